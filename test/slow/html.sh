#!/bin/sh
# The articles of 88 pages against their gold text, runs of four words: F1 of 97 at least (measured: 97.9).
#   html.sh BUILD     Exit status 77: skipped, because DETENTE_SHARED names no data.
set -u
detente=$(cd "$1" && pwd)/detente
shared=${DETENTE_SHARED:-}
if [ -z "$shared" ] || [ ! -f "$shared/data/html/ground-truth.json" ]; then
    echo "skipped: set DETENTE_SHARED to the folder that holds data/html and score/score_html.py"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$detente" extract "$shared"/data/html/pages/*.html.gz >"$work/articles.jsonl" || { echo "exit status $?"; exit 1; }
python3 "$shared/score/score_html.py" --json "$shared/data/html/ground-truth.json" "$work/articles.jsonl" >"$work/score" || exit 1
python3 - "$work/score" <<'PY'
import json, sys
score = json.load(open(sys.argv[1]))["result"]
print("precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f}".format(**score))
sys.exit(score["f1"] < 97)
PY
