#!/bin/sh
# measure.sh - measures Detente and prints the rows of doc/measurements.md.
#
#     bench/measure.sh [NAME...]      names: see the end; without any, all of them
#
# Needs the development data beside the checkout (../shared, or DETENTE_SHARED=DIR) and a build (build/, or
# DT_BUILD_DIR). DETENTE_MODEL chooses another model file. A row is
#     | date | commit | machine | command | figure | bar |
# Speeds are those of an otherwise idle machine only. All rows together take about five minutes.
set -eu
cd "$(dirname "$0")/.."
build=$(cd "${DT_BUILD_DIR:-build}" && pwd)
detente=$build/detente
shared=${DETENTE_SHARED:-../shared}
data=$shared/data
[ -d "$data" ] || { echo "there is no $data: nothing can be measured" >&2; exit 3; }
[ -x "$detente" ] || { echo "there is no $detente: run ./dev build" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

date=$(date -u +%Y-%m-%d)
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
machine=$(python3 - <<'PY'
import os, re
cpu = open("/proc/cpuinfo").read()
name = re.search(r"model name\s*:\s*(.*)", cpu)
name = re.sub(r"\((R|TM)\)| Processor| CPU", "", name.group(1)).strip() if name else os.uname().machine
wide = "AVX-512 with AMX" if "amx_int8" in cpu else "AVX-512" if "avx512_vnni" in cpu else "AVX2" if " avx2 " in cpu else "plain C"
memory = int(re.search(r"MemTotal:\s*(\d+)", open("/proc/meminfo").read()).group(1)) / 2**20
system = re.search(r'PRETTY_NAME="([^"(]*)', open("/etc/os-release").read()).group(1).strip()
print(f"{name}, {wide}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {system}")
PY
)

# row NAME FIGURE BAR
row() { echo "| $date | $commit | $machine | \`bench/measure.sh $1\` | $2 | $3 |"; }
# score SCRIPT ARGUMENTS...: the scorer's JSON into $work/score
score() { script=$1; shift; python3 "$shared/score/score_$script.py" --json "$@" >"$work/score" 2>"$work/score.err" || cat "$work/score.err" >&2; }
# figures 'TEXT with {key}': fills in figures of the last score
figures() {
    python3 - "$work/score" "$1" <<'PY'
import json, sys
found = {k: v for k, v in json.load(open(sys.argv[1]))["result"].items() if isinstance(v, (int, float))}
print(sys.argv[2].format(**found))
PY
}
# unpack FILE: prints the path of the file, unpacked
unpack() {
    case $1 in
    *.gz) to=$work/$(basename "$1" .gz); [ -f "$to" ] || gzip -dc "$1" >"$to"; echo "$to" ;;
    *) echo "$1" ;;
    esac
}

parse_gold() { # TREEBANK
    gold=$(unpack "$data/ud/en_$1-ud-dev.conllu.gz")
    "$detente" parse --quiet --tokenized "$gold" >"$work/$1.parsed"
    score conllu --tokenized "$gold" "$work/$1.parsed"
}

ewt() {
    parse_gold ewt
    row ewt "parsing UD English-EWT dev, tokens given: $(figures 'UPOS {upos:.1f}, UAS {uas:.1f}, LAS {las:.1f}, lemmas {lemma:.1f}')" "UPOS 96.3, UAS 88, LAS 85.5, lemmas 97"
}

gum() {
    parse_gold gum
    row gum "parsing UD English-GUM dev, tokens given: $(figures 'UPOS {upos:.1f}, UAS {uas:.1f}, LAS {las:.1f}, lemmas {lemma:.1f}')" "LAS 86"
}

raw() {
    gold=$(unpack "$data/ud/en_ewt-ud-dev.conllu.gz")
    python3 - "$gold" >"$work/raw.txt" <<'PY'
import sys
paragraphs = [[]]
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith(("# newpar", "# newdoc")) and paragraphs[-1]:
        paragraphs.append([])
    elif line.startswith("# text = "):
        paragraphs[-1].append(line[len("# text = "):].strip())
print("\n\n".join(" ".join(p) for p in paragraphs))
PY
    "$detente" parse --quiet --text "$work/raw.txt" >"$work/raw.parsed"
    score conllu "$gold" "$work/raw.parsed"
    row raw "parsing EWT dev from raw text: $(figures 'tokens {tokens:.1f}, sentences {sentences:.1f}, UPOS {upos:.1f}, LAS {las:.1f}')" "LAS 82"
}

# names_of GOLD.iob2 [lower|upper]: scores the names in its sentences, PER ORG LOC; all of them in one case
names_of() {
    python3 - "$1" "${2:-}" >"$work/names.iob2" <<'PY'
import sys
for line in open(sys.argv[1], encoding="utf-8"):
    c = line.rstrip("\n").split("\t")
    if len(c) > 1 and sys.argv[2]:
        c[1] = getattr(c[1], sys.argv[2])()
    print("\t".join(c))
PY
    awk -F '\t' -v OFS='\t' 'NF < 2 { print; next } { print $1, $2, "_", "_", "_", "_", "_", "_", "_", "_" }' \
        "$work/names.iob2" >"$work/names.conllu"
    "$detente" parse --quiet --tokenized "$work/names.conllu" >"$work/names.parsed"
    score ner --map conll "$work/names.iob2" "$work/names.parsed"
}

uner() {
    names_of "$(unpack "$data/ner/uner_en_ewt-ud-dev.iob2.gz")"
    row uner "names, Universal NER English-EWT dev: $(figures 'F1 {f1:.1f}')" "76"
    names_of "$(unpack "$data/ner/uner_en_ewt-ud-dev.iob2.gz")" upper
    in_capitals=$(figures '{f1:.1f}')
    names_of "$(unpack "$data/ner/uner_en_ewt-ud-dev.iob2.gz")" lower
    row uner "the same, all in capitals: F1 $in_capitals; all in lower case: $(figures '{f1:.1f}')" "-"
}

gumnames() {
    python3 bench/gum_names.py "$(unpack "$data/ud/en_gum-ud-dev.conllu.gz")" >"$work/gum.iob2"
    names_of "$work/gum.iob2"
    row gumnames "names of persons, organizations and places among the entities of GUM dev: $(figures 'F1 {f1:.1f}')" "-"
}

kernel() { "$detente" info --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["kernel"])'; }

# bench_figure speed|stages|memory [RESULT]: of one run of `detente bench` on the raw news
bench_figure() {
    [ $# -gt 1 ] || [ -f "$work/bench" ] || "$detente" bench --quiet --json "$(unpack "$data/rawnews/news.jsonl.gz")" >"$work/bench"
    python3 - "${2:-$work/bench}" "$1" <<'PY'
import json, sys
b = json.load(open(sys.argv[1]))
if sys.argv[2] == "speed":
    print("; ".join(f"{run['threads']} thread{'s' * (run['threads'] > 1)}: {run['words_per_s']:,.0f} words/s, "
                    f"{run['stories_per_s']:,.0f} stories/s" for run in b["runs"]))
elif sys.argv[2] == "stages":
    whole = sum(b["stage_seconds"].values())
    print(", ".join(f"{k} {100 * v / whole:.0f} %" for k, v in b["stage_seconds"].items() if 200 * v >= whole))
else:
    print(f"{b['peak_mb']:.0f} MB")
PY
}

speed() { row speed "news (Reuters-21578, ABC), text to records, kernel $(kernel): $(bench_figure speed)" "200,000 words/s on 1 thread"; }

# the same with the arithmetic that most machines have
avx2() {
    DETENTE_KERNEL=avx2 "$detente" bench --quiet --json "$(unpack "$data/rawnews/news.jsonl.gz")" >"$work/bench-avx2"
    row avx2 "the same, kernel avx2: $(bench_figure speed "$work/bench-avx2")" "100,000 words/s on 1 thread"
}

# events of the corpus, development tenth
# told_events NAME PART WHAT OPTIONS...: events of a part of the corpus, told ones
told_events() {
    name=$1; part=$2; what=$3; shift 3
    "$detente" annotate --quiet "$@" "$work/corpus/$part.jsonl" >"$work/events"
    score annotation "$work/corpus/$part.jsonl" "$work/events"
    row "$name" "events of the corpus, $what, told ones: $(figures 'type F1 {type_f1:.1f}, countries of both sides too {event_f1:.1f} (precision {event_p:.1f}), full actor codes {code_f1:.1f}; told or not right {told_acc:.1f}, modes {mode_acc:.1f}, texts without an event that get one {false_rate:.1f}')" "70, 58, 42; 95, 75, 12"
}

events() {
    python3 tools/split_corpus.py "$work/corpus" >/dev/null
    told_events events dev "development tenth, frames alone" --events none
    told_events events dev "development tenth"
}

# The tenth that nobody reads: only the random items are scored.
heldout() {
    python3 tools/split_corpus.py "$work/corpus" >/dev/null
    grep '^{"id": "wce-' "$work/corpus/test.jsonl" >"$work/corpus/random.jsonl"
    told_events heldout random "test tenth, random items, frames alone" --events none
    told_events heldout random "test tenth, random items"
}

sections() {
    python3 bench/sections.py "$(unpack "$data/wce/portal.jsonl.gz")" "$detente" | while IFS= read -r line; do
        row sections "$line" "conflicts, relations at least 78; others at most 4"
    done
}

police() {
    gold=$(unpack "$data/events/india_police_train.jsonl.gz")
    "$detente" annotate --quiet "$gold" >"$work/police"
    score detect "$gold" "$work/police"
    row police "IndiaPoliceEvents train (not trained on): $(figures 'KILL F1 {KILL_f1:.1f}, ARREST F1 {ARREST_f1:.1f}')" "60, 65"
}

# the language analysis alone, printed
parsing() {
    news=$(unpack "$data/rawnews/news.jsonl.gz")
    took=$(python3 - "$detente" "$news" <<'PY'
import json, subprocess, sys, time
words = sum(len(json.loads(line)["text"].split()) for line in open(sys.argv[2], encoding="utf-8"))
begin = time.perf_counter()
subprocess.run([sys.argv[1], "parse", "--quiet", "--threads", "1", sys.argv[2]], check=True, stdout=subprocess.DEVNULL)
print(f"{words / (time.perf_counter() - begin):,.0f} words/s")
PY
)
    row parsing "\`detente parse\` on the news, 1 thread, start and output included: $took" "200,000 words/s"
}

stages() { row stages "time by stage: $(bench_figure stages)" "-"; }
memory() { row memory "peak memory of that run: $(bench_figure memory)" "250 MB"; }

start() {
    : >"$work/empty.txt"
    took=$(python3 - "$detente" "$work/empty.txt" <<'PY'
import statistics, subprocess, sys, time
times = []
for _ in range(21):
    begin = time.perf_counter()
    subprocess.run([sys.argv[1], "code", sys.argv[2]], check=True)
    times.append(time.perf_counter() - begin)
print(f"{1000 * statistics.median(times):.0f} ms")
PY
)
    row start "start to end of \`detente code\` on an empty file, median of 21: $took" "50 ms"
}

seed() {
    python3 - "$shared/seed/story.txt" >"$work/seed.jsonl" <<'PY'
import json, sys
print(json.dumps({"id": "seed", "date": "2025-02-27", "text": open(sys.argv[1], encoding="utf-8").read()}))
PY
    "$detente" annotate --quiet "$work/seed.jsonl" >"$work/seed.found"
    score seed --story "$work/seed.jsonl" "$shared/seed/expected.jsonl" "$work/seed.found"
    row seed "acceptance story: $(figures '{must_met} of {must_total} that it must find, {met} of {total} in all')" "22 of 31"
}

base() {
    python3 tools/generate_base.py "$work/base" --frames 500 >/dev/null
    took=$(python3 - "$build/knowc" "$work/base.dtk" "$work/base" <<'PY'
import subprocess, sys, time
begin = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(f"{time.perf_counter() - begin:.2f} s")
PY
)
    echo '{"text": "x"}' >"$work/one.jsonl"
    opened=$(DETENTE_KNOWLEDGE="$work/base.dtk" "$detente" bench --quiet --json --threads 1 "$work/one.jsonl" |
        python3 -c 'import json, sys; print("%.0f ms" % json.load(sys.stdin)["startup_ms"])')
    row base "generated base, 15,000 actors, 50,000 names, 500 frames: compiled in $took; opened with the model in $opened" "20 s, 50 ms"
}

# who is who: countries and leaders, office-holders on held-out days, entries of published dictionaries
leaders() {
    book=$data/facts/factbook.jsonl.gz
    row leaders "countries of The World Factbook: $(python3 bench/leaders.py countries "$book" "$detente")" "100"
    row leaders "The World Factbook: $(python3 bench/leaders.py current "$book" "$detente")" "97"
    row leaders "REIGN since 1990: $(python3 bench/leaders.py since-1990 "$data/facts/reign_leaders.csv" "$detente")" "97, 97"
}

officeholders() {
    found=$(python3 bench/officeholders.py "$data/wce/portal.jsonl.gz" "$detente")
    row officeholders "persons named with office and country on the portal's held-out days: $found" "95, 90"
}

dictionaries() {
    found=$(python3 bench/dictionaries.py "$data/petrarch/dictionaries" "$detente")
    row dictionaries "2,000 entries of the Phoenix dictionaries, from our own base: $found" "85, 75"
}

# annotated FILE.jsonl: annotates it and prints the path of the result
annotated() { "$detente" annotate --quiet "$1" >"$work/annotated"; echo "$work/annotated"; }

geo() {
    for name in lgl geovirus; do
        gold=$(unpack "$data/geo/$name.jsonl.gz")
        score geo "$gold" "$(annotated "$gold")"
        row geo "places, $name dev: $(figures 'exact F1 {exact_f1:.1f}, overlap F1 {overlap_f1:.1f}, within 161 km {acc161:.1f}, of those found {acc161_found:.1f}')" "-"
    done
}

# places of events against the annotation's, development tenth
places() {
    python3 tools/split_corpus.py "$work/corpus" >/dev/null
    annotated "$work/corpus/dev.jsonl" >/dev/null
    python3 bench/places.py "$shared/score" "$work/corpus/dev.jsonl" "$work/annotated" --names bench/places.tsv >"$work/score"
    row places "places of events, development tenth, $(figures '{pairs} events paired by type whose gold has a place: its country {country:.1f} %, any place {placed:.1f} %')" "85"
}

# times_of NAME GOLD.jsonl BAR: the day that a text was written, dct, is the story's
times_of() {
    python3 - "$2" >"$work/$1.jsonl" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    print(json.dumps({"id": d["id"], "date": d["dct"], "text": d["text"]}))
PY
    score times "$2" "$(annotated "$work/$1.jsonl")"
    row timex "times, $1: $(figures 'strict F1 {strict_f1:.1f}, relaxed {relaxed_f1:.1f}, value {value_f1:.1f}')" "$3"
}

timex() {
    times_of AQUAINT "$data/temporal/aquaint.jsonl" "80, 88, 76"
    times_of WikiWars "$(unpack "$data/temporal/wikiwars.jsonl.gz")" "-, -, 80"
}

quotes() {
    gold=$(unpack "$data/quotes/polnear_dev.jsonl.gz")
    annotated "$gold" >/dev/null
    score quotes "$gold" "$work/annotated"
    row quotes "quotations, PolNeAR dev, exact F1: $(figures 'source {source_f1:.1f}, cue {cue_f1:.1f}, content {content_f1:.1f}')" "64, 62, 50"
    score quotes --direct "$gold" "$work/annotated"
    row quotes "direct quotations, PolNeAR dev, exact F1: $(figures 'source {source_f1:.1f}, cue {cue_f1:.1f}, content {content_f1:.1f}')" "-"
}

# who_says PART FILE: attribution of the events of a part of the corpus
who_says() {
    annotated "$2" >/dev/null
    python3 bench/says.py "$shared/score" "$2" "$work/annotated" >"$work/score"
    row says "attribution of events, $1: $(figures 'precision {says_p:.1f}, recall {says_r:.1f}, F1 {says_f1:.1f}; whether anybody says so F1 {said_f1:.1f}; of those right with a code {coded:.1f}')" "-"
}

says() {
    python3 tools/split_corpus.py "$work/corpus" >/dev/null
    awk 'NR % 10 == 1' "$work/corpus/train.jsonl" >"$work/tenth.jsonl"
    who_says "development tenth" "$work/corpus/dev.jsonl"
    who_says "a tenth of the training part" "$work/tenth.jsonl"
}

relation() {
    gold=$(unpack "$data/events/plv_train.jsonl.gz")
    "$detente" classify --quiet "$gold" >"$work/relation"
    score relation "$gold" "$work/relation"
    row relation "relation of two given actors, PLV train (not trained on), macro F1: $(figures 'root {root_f1:.1f}, quad {quad_f1:.1f}, binary {binary_f1:.1f}; answered {coverage:.1f}')" "-"
    # 400 rows whose errors nobody reads
    python3 -c 'import random, sys; rows = open(sys.argv[1]).read().splitlines(); random.Random(11).shuffle(rows); print("\n".join(rows[650:]))' "$gold" >"$work/unread.jsonl"
    "$detente" classify --quiet "$work/unread.jsonl" >"$work/relation"
    score relation "$work/unread.jsonl" "$work/relation"
    row relation "the same, 400 rows that are only scored: $(figures 'root {root_f1:.1f}, quad {quad_f1:.1f}, binary {binary_f1:.1f}; answered {coverage:.1f}')" "75, 87, 93; 100"
}

petrarch() {
    mkdir "$work/petrarch"
    for f in "$data"/petrarch/dictionaries/Phoenix.*.actors.txt.gz "$data"/petrarch/dictionaries/Phoenix.agents.txt.gz; do
        gzip -dc "$f" >"$work/petrarch/$(basename "$f" .gz)"
    done
    python3 bench/petrarch.py sample "$work/petrarch" >"$work/entries.jsonl"
    for with in with without; do
        set --
        [ $with = without ] || set -- --petrarch "$work/petrarch"
        "$detente" annotate --quiet "$@" "$work/entries.jsonl" >"$work/entries.$with" 2>"$work/left-out"
        python3 bench/petrarch.py score "$work/entries.jsonl" "$work/entries.$with" >"$work/score"
        case $with in
        with) row petrarch "entries of the Phoenix dictionaries on a day of theirs, with --petrarch: $(figures '{entries:,} entries, found with their code {code:.1f}, country {country:.1f}, sector {sector:.1f}')" "100" ;;
        *) row petrarch "the same by our own base alone: $(figures 'code {code:.1f}, country {country:.1f}, sector {sector:.1f}')" "-, 85, 75" ;;
        esac
    done
}

# las_of OPTIONS...: LAS on EWT dev with its words damaged by tools/damage.py
las_of() {
    python3 tools/damage.py "$@" "$gold" >"$work/damaged.conllu"
    "$detente" parse --quiet --tokenized "$work/damaged.conllu" >"$work/damaged.parsed"
    score conllu --tokenized "$work/damaged.conllu" "$work/damaged.parsed"
    figures '{las:.1f}'
}

# analyses_of NAME: of the stories $work/NAME.jsonl
analyses_of() {
    "$detente" parse --quiet --format json "$work/$1.jsonl" >"$work/$1.trees"
    "$detente" annotate --quiet "$work/$1.jsonl" >"$work/$1.found"
}

# outlives NAME OPTIONS...: what is found in the stories again when tools/damage.py has been there
outlives() {
    name=$1; shift
    python3 tools/damage.py "$@" "$work/sound.jsonl" >"$work/damaged.jsonl"
    analyses_of damaged
    python3 bench/robust.py "$work/sound.jsonl" "$work/damaged.jsonl" "$work/sound.trees" "$work/damaged.trees" \
        "$work/sound.found" "$work/damaged.found" | sed 's/.*/{"result": &}/' >"$work/score"
    row robust "$(figures '{stories:,} news stories'), $name: $(figures 'tokens kept {tokens:.1f}, with their heads and relations {trees:.1f}; of {records} event records kept {kept:.1f}, new {new:.1f}')" "no crash"
}

robust() {
    gold=$(unpack "$data/ud/en_ewt-ud-dev.conllu.gz")
    row robust "parsing EWT dev, tokens given, 1 % of the characters of words damaged: LAS $(las_of); all dropped $(las_of --kinds drop), all doubled $(las_of --kinds double), all of the other case $(las_of --kinds case); sound $(las_of --share 0)" "no crash"
    row robust "parsing EWT dev, tokens given: LAS in capitals $(las_of --whole upper), in lower case $(las_of --whole lower)" "-"
    awk 'length >= 2000 && ++n % 3 == 0 && n <= 3000' "$(unpack "$data/rawnews/news.jsonl.gz")" >"$work/sound.jsonl"
    analyses_of sound
    outlives "1 % of characters damaged"
    for kind in drop double case space; do
        outlives "1 % damaged: $kind" --kinds $kind
    done
    outlives "in capitals" --whole upper
    outlives "in lower case" --whole lower
}

html() {
    begin=$(date +%s.%N)
    for _ in 1 2 3 4 5; do "$detente" extract "$data"/html/pages/*.html.gz >"$work/articles.jsonl"; done
    speed=$(echo "$begin $(date +%s.%N)" | awk -v n="$(($(wc -l <"$work/articles.jsonl") * 5))" '{printf "%.0f", n / ($2 - $1)}')
    score html "$data/html/ground-truth.json" "$work/articles.jsonl"
    row html "article text of $(figures '{pages} pages, those that the weights were fitted on: P {precision:.1f}, R {recall:.1f}, F1 {f1:.1f}'); $speed pages/s on one thread, unpacking included" "F1 96, 300 pages/s"
}

# stories told before: variants of stories, and a million made ones
twins() {
    news=$(unpack "$data/rawnews/news.jsonl.gz")
    python3 bench/twins.py "$detente" "$news" | sed 's/.*/{"result": &}/' >"$work/score"
    row twins "near-duplicates, $(figures '{variants:,} variants of {stories:,} stories: recall {recall:.1f}, precision {precision:.1f}; cut {cut:.1f}, re-led {reled:.1f}, re-ordered {reordered:.1f}, 5 to 20 % of words changed {changed:.1f}, framed {framed:.1f}')" "97, 99"
    "$build/twins_bench" "$news" 1000000 "$work/twins.index" | sed 's/.*/{"result": &}/' >"$work/score"
    row twins "$(figures '{stories:,} made stories, one thread: {signed/s:,.0f} signed/s, {added/s:,.0f} added/s, {both/s:,.0f} both/s; index {bytes:,.0f} bytes, peak memory {peak MB:,.0f} MB')" "20,000; 1 GB"
}

[ $# -gt 0 ] || set -- ewt gum raw uner gumnames speed avx2 parsing stages memory start seed base leaders officeholders dictionaries geo places timex quotes says relation events heldout sections police robust petrarch html twins
for name in "$@"; do
    case $name in
    ewt | gum | raw | uner | gumnames | speed | avx2 | parsing | stages | memory | start | seed | base | leaders | officeholders | dictionaries | geo | places | timex | quotes | says | relation | events | heldout | sections | police | robust | petrarch | html | twins) "$name" ;;
    *) echo "there is nothing named $name to measure" >&2; exit 2 ;;
    esac
done
