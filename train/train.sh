#!/bin/sh
# train.sh - makes model/english.dtm from treebanks: venv, tools, training, export, packing.
#
#     train/train.sh [--treebank FILE]... [--dev FILE]... [--data DIR] [--out MODEL.dtm] [--quick]
#
# Without --treebank the data are those of model/card.md, below DIR (default: $DETENTE_SHARED/data): a
# teacher is trained, reads plain news, and the small network learns from both. That takes about an hour
# on two free cores, with --quick (no teacher) ten minutes. With --treebank (any Universal
# Dependencies file, plain or .gz) only the small network is trained, without names, and the result is
# build/own.dtm. With the data of the card it is model/english.dtm; write its scores into model/card.md.
# Python: $DETENTE_PYTHON, else .venv, which is made with torch and numpy from PyPI if it is not there.
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
    *) sed -n '2,12s/^# \{0,1\}//p' train/train.sh >&2; exit 2 ;;
    esac
done

python=${DETENTE_PYTHON:-.venv/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv .venv
    .venv/bin/python -m pip install --quiet torch numpy
    python=.venv/bin/python
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
    own="--data $data --gum-names"
    card="--card model/card.md"
    parts=build/model-parts
    out=${out:-model/english.dtm}
fi
out=${out:-build/own.dtm}
mkdir -p "$parts"
for file in $treebanks; do
    case $file in
    *.gz) gzip -dc "$file" ;;
    *) cat "$file" ;;
    esac
done > "$tools/treebank.conllu"

"$tools/lemma_train" "$parts" < "$tools/treebank.conllu"
"$tools/split_train" "$parts" "$tools/treebank.conllu"

train="$python train/train.py"
common="--tools $tools $own"
case "$quick $own" in
no*--data*)
    teacher="--width 256 --layers 4 --arc 128 --hidden 128"
    $train pretrain "$tools/words.pt" $common $teacher --drop 0.1 --rate 1.5e-3 --batch 3000 --epochs 4
    $train fit "$tools/teacher.pt" $common $teacher --drop 0.25 --epochs 25 --init "$tools/words.pt"
    $train fit "$tools/small.pt" $common --drop 0.15 --epochs 28
    $train label "$tools/silver.npz" "$tools/teacher.pt" "$tools/small.pt" $common --news 80000
    $train fit "$tools/student.pt" $common --silver "$tools/silver.npz" --gold-copies 2 \
        --init "$tools/small.pt" --drop 0.1 --word-drop 0.12 --rate 1.8e-3 --batch 2500 --epochs 10
    $train names "$tools/student.pt" $common --epochs 5 --rate 5e-4 --drop 0.5
    ;;
*)
    $train fit "$tools/student.pt" $common --epochs 25
    ;;
esac
$python train/export.py "$tools/student.pt" "$parts" $common $card
"$tools/pack" "$parts" "$out"
