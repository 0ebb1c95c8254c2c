# A story of 40 MB on one line, most of it a word without end.
printf '{"id":"long","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday. ' >long.jsonl
head -c 40000000 /dev/zero | tr '\0' x >>long.jsonl
printf ' It rained."}\n{"id":"next","text":"It rained."}\n' >>long.jsonl
"$detente" code -f csv --max-record 64 long.jsonl | cut -c1-200 | cut -d, -f2,3,6,7,11 | tr -d '\r'
"$detente" annotate --max-record 64 long.jsonl | cut -c1-20
# Without --max-record it is left out, and the next one is read; no more memory is taken than for a line of 16 MB.
limit=400000 # sanitizers map more than that before they begin
(ulimit -v $limit && "$detente" --version) >/dev/null 2>&1 || limit=unlimited
cat long.jsonl | (ulimit -v $limit && "$detente" annotate --threads 1 2>&1) | cut -c1-90
