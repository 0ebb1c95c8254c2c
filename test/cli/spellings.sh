# The ways in which a call may be written; of an option that is given twice the last one counts.
echo '{"id":"a","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' >in.jsonl
cp in.jsonl ./--dyads
"$detente" code --format csv in.jsonl >wanted
same() {
    "$detente" code "$@" | cmp - wanted && echo "$*"
}
same -f csv in.jsonl
same in.jsonl -f csv
same -fcsv in.jsonl
same -f=csv in.jsonl
same --format=csv in.jsonl
same --threads=4 --format=csv in.jsonl
same -j4 -f csv in.jsonl
same -j 4 -f csv in.jsonl
same -qj4 -fcsv in.jsonl
same -qfcsv in.jsonl
same -f jsonl -f table -f csv in.jsonl
same -f csv -- --dyads
same -f csv - <in.jsonl
same -f csv <in.jsonl
"$detente" code --header in.jsonl | head -n 1 | sed 's/[0-9a-f]\{16\}/HASH/g; s/[0-9]*\.[0-9]*\.[0-9]*/VERSION/'
