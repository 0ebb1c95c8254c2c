# A story that is stored again replaces what was there; two with one id: the later one stays, on any
# number of threads.
echo '{"id":"a","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday."}' >in.jsonl
"$detente" code --db events.db in.jsonl && "$detente" code --db events.db in.jsonl
sqlite3 events.db "PRAGMA user_version; PRAGMA integrity_check; SELECT count(*) FROM story; SELECT date, cameo, status, text FROM event; SELECT side, code, name FROM event_actor ORDER BY side; SELECT text FROM mention"
i=0
while [ $i -lt 100 ]; do
    echo '{"id":"'$((i % 5))'","date":"2024-06-13","title":"'$i'","text":"Poland sent tanks to Ukraine on Monday."}'
    echo 'no story'
    i=$((i + 1))
done >many.jsonl
"$detente" code --db one.db --threads 1 many.jsonl 2>/dev/null; echo $?
"$detente" code --db four.db --threads 4 many.jsonl 2>/dev/null; echo $?
sqlite3 one.db .dump >one; sqlite3 four.db .dump >four
cmp one four && echo same
sqlite3 four.db "SELECT id, title FROM story; SELECT count(*) FROM event_actor"
sqlite3 four.db "PRAGMA user_version = 99"
"$detente" code --db four.db in.jsonl 2>&1
sqlite3 old.db "CREATE TABLE story(id TEXT PRIMARY KEY); PRAGMA user_version = 1"
"$detente" code --db old.db in.jsonl 2>&1
