#!/bin/sh
# 18,830 wire stories of 1987 as they came, on one thread and on two: no crash, no story lost, the same
# bytes.   rawnews.sh BUILD     Exit status 77: skipped, because DETENTE_SHARED names no data.
set -u
detente=$(cd "$1" && pwd)/detente
news=${DETENTE_SHARED:-}/data/rawnews/news.jsonl.gz
if [ -z "${DETENTE_SHARED:-}" ] || [ ! -f "$news" ]; then
    echo "skipped: set DETENTE_SHARED to the folder that holds data/rawnews/news.jsonl.gz"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gunzip -c "$news" >"$work/news.jsonl" || exit 1
for threads in 1 2; do
    "$detente" annotate --quiet --threads $threads "$work/news.jsonl" >"$work/$threads" || { echo "exit status $?"; exit 1; }
done
cmp "$work/1" "$work/2" || exit 1
stories=$(wc -l <"$work/news.jsonl") lines=$(wc -l <"$work/1")
echo "$stories stories, $lines annotated, $(cksum <"$work/1")"
[ "$stories" -eq "$lines" ]
