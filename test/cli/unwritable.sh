# A full disk, a closed pipe, a database that cannot be: exit status 3.
i=0
while [ $i -lt 300 ]; do
    echo '{"id":"'$i'","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday. Sudan refused to hold talks with Ethiopia."}'
    i=$((i + 1))
done >in.jsonl
"$detente" code -f jsonl in.jsonl 2>err >/dev/full; echo "full disk: $?"
sed 's/: No space.*//' err
("$detente" code -f jsonl in.jsonl 2>err; echo $? >status) | head -n 1 >/dev/null
echo "closed pipe: $(cat status)"
"$detente" code --db /nowhere/at/all.db in.jsonl 2>&1; echo "database: $?"
