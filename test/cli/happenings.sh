# Two stories of one happening, a third of another place; undone again.
cat >in.jsonl <<'END'
{"id":"a","date":"2024-06-13","publisher":"One","text":"Turkish police arrested three Syrian journalists in Ankara on Monday."}
{"id":"b","date":"2024-06-13","publisher":"Two","text":"On Monday, police in Turkey arrested three Syrian journalists in Ankara."}
{"id":"c","date":"2024-06-13","publisher":"Two","text":"Poland sent tanks to Ukraine on Monday."}
END
"$detente" code --quiet --db events.db in.jsonl
"$detente" happenings --db events.db
"$detente" happenings --db events.db --all | wc -l
"$detente" happenings --db events.db --explain "$(sqlite3 events.db 'SELECT id FROM happening WHERE stories > 1')" | sed 's/,"text.*//'
"$detente" happenings --db events.db --one-a-day
"$detente" happenings --db events.db --undo; echo $?
sqlite3 events.db 'SELECT count(*) FROM happening; SELECT count(*) FROM happening_event'
# A copy is no second witness; stories that are coded again leave no rows of theirs behind.
sed 's/"b"/"d"/; s/"Two"/"Three"/' in.jsonl | grep '"d"' | "$detente" code --quiet --db events.db -
"$detente" twins --db events.db
"$detente" happenings --db events.db | sed 's/.*"events"/"events"/; s/,"event".*//'
"$detente" code --quiet --db events.db in.jsonl
sqlite3 events.db 'SELECT count(*) FROM happening WHERE stories > 1; SELECT count(*) FROM happening_event; PRAGMA foreign_key_check; PRAGMA integrity_check'
"$detente" twins --db events.db in.jsonl 2>&1; echo $?
"$detente" happenings 2>&1; echo $?
"$detente" happenings --db none.db 2>&1; echo $?
