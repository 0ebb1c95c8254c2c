# Everything that can be wrong with a line: each is named with file, line and reason; the rest is done.
printf '%s\n' \
    '{"id":"good","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' \
    '{"id":"cut off","text":"Poland sent' \
    'not json at all' \
    '["a list"]' \
    '{"id":"no text"}' \
    '{"id":"text is a number","text":7}' \
    '{"id":"impossible date","date":"2024-02-30","text":"x"}' \
    '{"id":8,"date":"2024-06-13","text":"Sudan refused to hold talks with Ethiopia."}' >in.jsonl
printf '{"id":"not utf8","text":"caf\351"}\n' >>in.jsonl
printf '{"id":"nul","date":"2024-06-13","text":"Poland sent\\u0000tanks to Ukraine."}\n' >>in.jsonl
"$detente" code -f csv --threads 2 in.jsonl 2>&1 >out.csv
status=$?
cut -d, -f2,3,6,7,11 out.csv | tr -d '\r'
exit $status
