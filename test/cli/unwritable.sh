# A full disk, a closed pipe, a database that cannot be: exit status 3, and one sentence where the
# user cannot know it himself.
i=0
while [ $i -lt 300 ]; do
    echo '{"id":"'$i'","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday. Sudan refused to hold talks with Ethiopia."}'
    i=$((i + 1))
done >in.jsonl
"$detente" code -f jsonl in.jsonl 2>&1 >/dev/full; echo "full disk: $?"
head -n 1 in.jsonl | "$detente" code -f jsonl 2>&1 >/dev/full; echo "full disk, a little: $?"
"$detente" --help 2>&1 >/dev/full; echo "full disk, help: $?"
"$detente" info 2>&1 >/dev/full; echo "full disk, info: $?"
("$detente" code -f jsonl in.jsonl 2>err; echo $? >status) | head -n 1 >/dev/null
echo "closed pipe: $(cat err status)"
"$detente" code --db /nowhere/at/all.db in.jsonl 2>&1; echo "database: $?"
echo 'this is no database, whatever its name says, and it is long enough' >foreign.db
"$detente" code --db foreign.db in.jsonl 2>&1; echo "foreign file: $?"
