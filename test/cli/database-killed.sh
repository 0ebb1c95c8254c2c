# Killed at any moment and taken up again: the same rows as a run that was not.
python3 "$here/database_stories.py" 4000 >in.jsonl
"$detente" code -q --db whole.db in.jsonl 2>/dev/null; echo $?
n=0
for pause in 0.05 0.15 0.3 0.2 0.1 0.25 0.35 0.12 0.22 0.4; do
    "$detente" code -q --db killed.db --resume in.jsonl 2>/dev/null &
    job=$!
    sleep $pause
    kill -9 $job 2>/dev/null && n=$((n + 1))
    wait $job 2>/dev/null
done
"$detente" code -q --db killed.db --resume in.jsonl 2>/dev/null
[ $n -gt 0 ] && echo "killed"
python3 "$here/database_same.py" whole.db killed.db
sqlite3 killed.db "PRAGMA integrity_check; INSERT INTO story_search(story_search, rank) VALUES('integrity-check', 1)"
# INT commits what is there
"$detente" code -q --db int.db in.jsonl 2>/dev/null &
job=$!
sleep 0.3; kill -INT $job 2>/dev/null
wait $job 2>/dev/null
"$detente" code -q --db int.db --resume in.jsonl 2>/dev/null
python3 "$here/database_same.py" whole.db int.db
