# Parquet and Arrow, read by readers that are not ours, hold what JSON Lines and CSV hold. The interpreter
# is $DETENTE_PYTHON, or python3; without pyarrow this is skipped. With $DETENTE_SHARED, 2,000 stories of
# news are compared, too.
python=${DETENTE_PYTHON:-python3}
"$python" -c 'import pyarrow.parquet' 2>/dev/null ||
    { echo "skipped: '$python' has no pyarrow; name one that has in DETENTE_PYTHON" >&2; exit 77; }
printf '%s\n' \
    '{"id":"a","date":"2024-06-13","text":"Armenia and Azerbaijan held talks in Tbilisi on Monday. About 40 people were killed in Baku."}' \
    '{"id":"none","text":"It rained."}' \
    '{"id":"é","text":"France, Germany and Italy condemned Iran last week. Police arrested three people in 2023."}' \
    '{"text":"Poland sent tanks to Ukraine on Monday. Poland plans to send missiles to Ukraine."}' >in.jsonl
printf 'Le Qu\351bec: France condemned Iran on Monday, M\374ller said.' >latin.txt
"$python" "$here/columns.py" "$detente" in.jsonl latin.txt "$here"/../../demo/*.txt
news=${DETENTE_SHARED:-}/data/rawnews/news.jsonl.gz
if [ -f "$news" ]; then
    gunzip -c "$news" | head -n 2000 >news.jsonl
    "$python" "$here/columns.py" "$detente" news.jsonl >/dev/null || echo "2,000 stories of news differ"
fi
# Without an event, there are the columns all the same.
echo '{"id":"none","text":"It rained."}' | "$detente" code -f parquet -o none.parquet -
echo '{"id":"none","text":"It rained."}' | "$detente" code -f arrow >none.arrow
"$python" -c 'import pyarrow.parquet as p, pyarrow.ipc as i; a, b = p.read_table("none.parquet"), i.open_file("none.arrow").read_all(); print(a.num_rows, b.num_rows, a.column_names == b.column_names, a.num_columns > 40)'
# A full disk, a place that is not there.
"$detente" code -q -f parquet -o /dev/full in.jsonl 2>&1
"$detente" code -f arrow -o nowhere/events.arrow in.jsonl 2>&1
"$detente" code -f parquet --header in.jsonl 2>&1
"$detente" code -o events.parquet --db events.db in.jsonl 2>&1
ls nowhere none.parquet.part 2>/dev/null
true
