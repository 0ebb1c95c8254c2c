# What README.md and CONTRIBUTING.md promise: every story of the demo gives events, the commands that are named
# work on a story of one's own, and the actor of the worked change is found.
cd "$here/../.." || exit 1
for story in demo/*.txt; do
    n=$("$detente" code -f jsonl --date "$(basename "$story" | cut -c1-10)" "$story" | wc -l)
    [ "$n" -ge 3 ] && echo "$story: events" || echo "$story: $n events"
done
cd - >/dev/null || exit 1
echo '{"id":"own","date":"2024-06-13","text":"Japan sent humanitarian aid to Tonga on Tuesday."}' >own.jsonl
"$detente" code -f csv own.jsonl | cut -d, -f2,3,6,7,11 | tr -d '\r'
"$detente" code --db own.db own.jsonl && sqlite3 own.db "SELECT count(*) FROM event"
"$detente" annotate own.jsonl | tr '[{' '\n\n' | grep -c '"entity":"country/'
"$detente" parse own.jsonl | grep -c '^[0-9]'
mkdir -p mine/actors
sed -n '/^person jane-doe/,/^```/p' "$here/../../CONTRIBUTING.md" | grep -v '^```' >jane
{ echo 'provenance  The worked change of CONTRIBUTING.md.'; echo; cat jane; } >mine/actors/jane.txt
"$detente" explain --knowledge mine "Jane Doe criticised Fiji." --date 2026-04-01 | grep 'person/jane-doe'
