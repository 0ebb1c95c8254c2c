# The questions of doc/database.md have answers, and its tables and columns are those that there are.
python3 "$here/database_stories.py" 400 >in.jsonl
"$detente" code --status all --db events.db in.jsonl 2>/dev/null
python3 "$here/database_questions.py" "$here/../../doc/database.md" events.db
python3 "$here/../../tools/make_database.py" --check events.db && echo "the page is up to date"
