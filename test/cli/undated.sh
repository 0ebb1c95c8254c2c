# Stories without a day: one warning a run, none with --quiet, none where the text tells the day or nothing hangs on it.
for text in "Poland sent tanks to Ukraine on Monday." "Poland sent tanks to Ukraine last week." "It rained."; do
    echo '{"text":"'"$text"'"}'
done >undated.jsonl
echo '{"id":"a","text":"LAGOS, Oct 14, 2009 (Agency) - Poland sent tanks to Ukraine on Monday."}' >told.jsonl
"$detente" code -f table undated.jsonl 2>&1 >/dev/null
"$detente" code -q -f table undated.jsonl 2>&1 >/dev/null
"$detente" annotate told.jsonl 2>&1 | grep -o '"date":"[^"]*"\|"date_[a-z]*":[^,]*' | sort -u
