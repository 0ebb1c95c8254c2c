# The sentence of ARCHITECTURE.md, in short: one event, with these fields, whichever model is in use.
echo '{"id":"tour","date":"2024-06-13","text":"Turkish police arrested three Syrian journalists in Ankara on Monday, the Interior Ministry said."}' >in.jsonl
"$detente" code -f jsonl in.jsonl >out.jsonl
wc -l <out.jsonl
grep -o '"\(date\|cameo\|plover\|mode\|status\|frame\)":"[^"]*"' out.jsonl
grep -o '"code":"[^"]*"' out.jsonl
grep -o '"place":{"name":"[^"]*","country":"[^"]*"' out.jsonl
grep -o '"quantities":\[[^]]*\]' out.jsonl
