# What a corpus names and the knowledge lacks: counts, examples, and entries that --knowledge reads.
{
    echo '{"id":"a","date":"2024-06-13","text":"The guerrilla chieftain Ali Foobar praised NATO. Foobar slept. The Gropian League outwitted Iran."}'
    echo '{"id":"b","date":"2024-06-14","text":"Ali Foobar, a sage, met Russian officials. The Russian-Iranian tontine with Japan failed."}'
    echo '{"id":"c","date":"2024-06-14","text":"France outwitted Germany. \"Ali Foobar\" is a play. Turkey outwitted the Gropian League."}'
} >in.jsonl
"$detente" missing in.jsonl
echo "-- for programs"
"$detente" missing --json --kind verb,title --limit 1 in.jsonl
echo "-- what is proposed can be read, and then is missing no more"
mkdir -p mine/actors mine/frames
"$detente" missing --kind person,org in.jsonl >mine/actors/missing.txt
"$detente" missing --kind title in.jsonl >mine/roles.txt
"$detente" missing --kind verb,noun in.jsonl >mine/frames/missing.txt
"$detente" missing --knowledge mine in.jsonl
"$detente" code -f csv --knowledge mine in.jsonl | grep -o 'missing/[a-z]*' | sort | uniq -c | tr -s ' '
echo "-- the same for every number of threads"
i=0
while [ $i -lt 60 ]; do
    sed "s/\"id\":\"/&$i/" in.jsonl
    i=$((i + 1))
done >many.jsonl
"$detente" missing -j1 many.jsonl >one
"$detente" missing -j4 many.jsonl >four
cmp one four && echo same
grep "^# person" one
"$detente" missing nowhere.jsonl in.jsonl --kind org 2>&1 | grep -v '^#'
"$detente" missing --kind people in.jsonl 2>&1
