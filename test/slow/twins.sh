#!/bin/sh
# A floor under recall and precision of twins on variants of wire stories.   twins.sh BUILD   (skipped without DETENTE_SHARED)
set -eu
news=${DETENTE_SHARED:-}/data/rawnews/news.jsonl.gz
[ -n "${DETENTE_SHARED:-}" ] && [ -f "$news" ] || { echo "no DETENTE_SHARED: skipped"; exit 77; }
project=$(cd "$(dirname "$0")/../.." && pwd)
python3 "$project/bench/twins.py" "$1/detente" "$news" | tee /dev/stderr |
    python3 -c 'import json, sys; r = json.load(sys.stdin); sys.exit(not (r["recall"] >= 97 and r["precision"] >= 99))'
