# A story of 40 MB on one line, most of it a word without end.
printf '{"id":"long","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday. ' >long.jsonl
head -c 40000000 /dev/zero | tr '\0' x >>long.jsonl
printf ' It rained."}\n{"id":"next","text":"It rained."}\n' >>long.jsonl
"$detente" code -f csv long.jsonl | cut -c1-200 | cut -d, -f2,3,6,7,11 | tr -d '\r'
"$detente" annotate long.jsonl | cut -c1-20
