# Every format. What a new model may change a little, confidence and the hash at an id's end, is masked.
mask() { sed 's/"confidence":[0-9.]*/"confidence":C/; s/-[0-9a-f]\{16\}"/-HASH"/; s/-[0-9a-f]\{16\},/-HASH,/; s/confidence [0-9.]*$/confidence C/; s/,[0-9.]*,Armenia and/,C,Armenia and/'; }
echo '{"id":"a","date":"2024-06-13","text":"Armenia and Azerbaijan held talks in Tbilisi on Monday."}' >in.jsonl
"$detente" code -f jsonl in.jsonl | mask
"$detente" code -f jsonl --dyads in.jsonl | wc -l
"$detente" code -f csv in.jsonl | tr -d '\r' | mask
"$detente" code -f table in.jsonl | mask
NO_COLOR=1 "$detente" code --format=table in.jsonl | mask | head -n 1
"$detente" code -f nonsense in.jsonl 2>&1
