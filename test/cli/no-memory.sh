# Memory that runs out in opening is no wrong call: status 3 and a sentence that says so.
(ulimit -v 30000 && "$detente" --version >/dev/null 2>&1) || { echo "no limit can be set here: skipped" >&2; exit 77; }
echo '{"id":"1","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' >in.jsonl
mkdir mine
limited() {
    (ulimit -v "$1" && shift && "$detente" "$@" 2>&1)
    echo "status $?"
}
limited 30000 code in.jsonl | sed 's,/.*/,,'
limited 30000 code --status actual --knowledge mine in.jsonl | sed 's,/.*/,,'
limited 200000 code --status actual --threads 200 in.jsonl | sed "s,a thread could not be started,memory ran out,"
