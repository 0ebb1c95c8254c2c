#!/bin/sh
# Floors under the accuracy of each stage on the development sets, a little below what doc/measurements.md
# says: a change that falls through one is not ready.   accuracy.sh BUILD   (skipped without DETENTE_SHARED)
set -eu
[ -n "${DETENTE_SHARED:-}" ] && [ -d "$DETENTE_SHARED/data" ] || { echo "no DETENTE_SHARED: skipped"; exit 77; }
detente=$(cd "$1" && pwd)/detente
project=$(cd "$(dirname "$0")/../.." && pwd)
data=$DETENTE_SHARED/data
score=$DETENTE_SHARED/score
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# floor WHAT KEY FLOOR: KEY of the last line NAME: key=value ... in $work/score
floor() {
    got=$(tr ' ' '\n' <"$work/score" | sed -n "s/^$2=//p" | tail -n 1)
    if [ "$(awk -v a="$got" -v b="$3" 'BEGIN { print (a + 0 >= b + 0) }')" = 1 ]; then
        echo "$1: $2 $got, floor $3"
    else
        echo "$1: $2 $got is below the floor $3"
        failed=1
    fi
}

for bank in ewt gum; do
    gzip -dc "$data/ud/en_$bank-ud-dev.conllu.gz" >"$work/gold"
    "$detente" parse --quiet --tokenized "$work/gold" >"$work/parsed"
    python3 "$score/score_conllu.py" "$work/gold" "$work/parsed" | tail -n 1 >"$work/score"
    case $bank in
    ewt) floor "EWT dev" upos 96.1; floor "EWT dev" las 86.8 ;;
    gum) floor "GUM dev" las 86.8 ;;
    esac
done
gzip -dc "$data/ner/uner_en_ewt-ud-dev.iob2.gz" >"$work/gold"
"$detente" parse --quiet --tokenized "$work/gold" >"$work/parsed"
python3 "$score/score_ner.py" "$work/gold" "$work/parsed" --map conll | tail -n 1 >"$work/score"
floor "UNER dev" f1 75.5
"$detente" annotate --quiet --date 2025-02-27 "$DETENTE_SHARED/seed/story.txt" >"$work/story"
python3 "$score/score_seed.py" "$DETENTE_SHARED/seed/expected.jsonl" "$work/story" \
    --story "$DETENTE_SHARED/seed/story.txt" | tail -n 1 >"$work/score"
floor "acceptance story" must_met 28
python3 "$project/tools/split_corpus.py" "$work/corpus" >/dev/null
"$detente" annotate --quiet "$work/corpus/dev.jsonl" >"$work/events"
python3 "$score/score_annotation.py" "$work/corpus/dev.jsonl" "$work/events" | tail -n 1 >"$work/score"
floor "events" type_f1 69
floor "events" event_f1 42.5
floor "events" told_acc 95
gzip -dc "$data/events/plv_train.jsonl.gz" >"$work/gold"
"$detente" classify --quiet "$work/gold" >"$work/relations"
python3 "$score/score_relation.py" "$work/gold" "$work/relations" | tail -n 1 >"$work/score"
floor "relations" root_f1 69
floor "relations" coverage 100
exit $failed
