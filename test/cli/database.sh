# A story that is stored again replaces what was there.
echo '{"id":"a","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday."}' >in.jsonl
"$detente" code --db events.db in.jsonl && "$detente" code --db events.db in.jsonl
sqlite3 events.db "PRAGMA user_version; SELECT count(*) FROM story; SELECT date, cameo, status, text FROM event; SELECT side, code, name FROM event_actor ORDER BY side; SELECT text FROM mention"
