# Stories without ids get some that differ: of two folders' files of one name nothing is lost; what
# comes through a pipe keeps its ids when it comes again, and other stories have others.
mkdir 2023 2024
echo '{"date":"2023-06-13","text":"Poland sent tanks to Ukraine on Monday."}' >2023/news.jsonl
echo '{"date":"2024-06-13","text":"Armenia and Azerbaijan held talks on Monday."}' >2024/news.jsonl
"$detente" code --db e.db 2023/news.jsonl 2024/news.jsonl
sqlite3 e.db "SELECT id, date FROM story ORDER BY id; SELECT count(*) FROM event"
for year in 2023 2024 2023; do
    "$detente" code --db pipe.db <$year/news.jsonl
    cat $year/news.jsonl | "$detente" annotate | grep -o '^{"id":"[^"]*"'
done
sqlite3 pipe.db "SELECT count(*) FROM story"
echo "It rained." >2023/rain.txt
"$detente" annotate 2023/rain.txt | grep -o '^{"id":"[^"]*"'
# Events that share their words, with another one told between them, have ids of their own.
echo '{"id":"x","date":"2024-06-13","text":"Chilean president Gabriel Boric criticises the European Union for its refusal to condemn the daily Bolivian rocket attacks against Chilean civilians."}' |
    "$detente" code | grep -o '^{"id":"[^"]*"' | sort | uniq -d | wc -l
