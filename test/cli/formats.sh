echo '{"id":"a","date":"2024-06-13","text":"Armenia and Azerbaijan held talks in Tbilisi on Monday."}' >in.jsonl
"$detente" code -f jsonl in.jsonl
"$detente" code -f jsonl --dyads in.jsonl | wc -l
"$detente" code -f csv in.jsonl
"$detente" code -f table in.jsonl
"$detente" code -f nonsense in.jsonl 2>&1
