echo '{"id":"1","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' >in.jsonl
"$detente" code -f csv nowhere.jsonl in.jsonl . 2>&1 | cut -d, -f2,3,6,7,11 | tr -d '\r'
"$detente" code nowhere.jsonl >/dev/null 2>&1
