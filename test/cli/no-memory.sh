# Memory that runs out in opening is no wrong call: status 3 and a sentence that says so.
least=20000 # in which the program's libraries can be mapped, and its model cannot
until (ulimit -v $least && "$detente" --version) >/dev/null 2>&1; do
    least=$((least + 4000))
    [ $least -lt 400000 ] || { echo "no limit can be set here: skipped" >&2; exit 77; }
done
least=$((least + 4000)) # and a little, so that it comes to the model
echo '{"id":"1","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' >in.jsonl
mkdir mine
limited() {
    (ulimit -v "$1" && shift && "$detente" "$@" 2>&1)
    echo "status $?"
}
limited $least code in.jsonl | sed 's,/.*/,,'
limited $least code --status actual --knowledge mine in.jsonl | sed 's,/.*/,,'
limited $((least + 170000)) code --status actual --threads 200 in.jsonl | sed "s,a thread could not be started,memory ran out,"
