# A story that is stored again replaces what was there; two with one id: the later one stays, on any
# number of threads. What is no database of ours is refused, and stays as it is.
echo '{"id":"a","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday."}' >in.jsonl
"$detente" code --db events.db in.jsonl && "$detente" code --db events.db in.jsonl
sqlite3 events.db "PRAGMA user_version; PRAGMA application_id; PRAGMA integrity_check; SELECT count(*) FROM story; SELECT date, day_begin, day_end, cameo, status, text FROM event; SELECT event, side, number, code, name FROM event_actor ORDER BY side; SELECT text FROM mention; SELECT id = (SELECT id || '.0.0' FROM event), source, target FROM events_dyadic; SELECT * FROM events_daily"
i=0
while [ $i -lt 100 ]; do
    echo '{"id":"'$((i % 5))'","date":"2024-06-13","title":"Item '$i'","text":"Poland sent tanks to Ukraine on Monday."}'
    echo 'no story'
    i=$((i + 1))
done >many.jsonl
"$detente" code --db one.db --threads 1 many.jsonl 2>/dev/null; echo $?
"$detente" code --db four.db --threads 4 many.jsonl 2>/dev/null; echo $?
sqlite3 one.db .dump | grep -v 'INTO progress' >one; sqlite3 four.db .dump | grep -v 'INTO progress' >four
cmp one four && echo same
sqlite3 four.db "SELECT id, title FROM story; SELECT count(*) FROM event_actor; SELECT records_done FROM progress"
sqlite3 four.db "SELECT rowid FROM story_search WHERE story_search MATCH 'tanks'"
"$detente" code --db "" in.jsonl 2>&1; echo $?
"$detente" code --db :memory: in.jsonl 2>&1; echo $?
"$detente" code --dyads --db four.db in.jsonl 2>&1; echo $?
"$detente" code --db none.db --no-text in.jsonl; sqlite3 none.db "SELECT count(*), count(text) FROM sentence; SELECT text FROM event"
sqlite3 foreign.db "PRAGMA journal_mode = WAL; CREATE TABLE story(id TEXT); INSERT INTO story VALUES('theirs')"
cp foreign.db before.db
"$detente" code --db foreign.db in.jsonl 2>&1; echo $?
cmp foreign.db before.db && sqlite3 foreign.db ".tables"
sqlite3 four.db "PRAGMA user_version = 99"
"$detente" code --db four.db in.jsonl 2>&1
sqlite3 old.db "CREATE TABLE story(id TEXT PRIMARY KEY); PRAGMA user_version = 1"
"$detente" code --db old.db in.jsonl 2>&1
