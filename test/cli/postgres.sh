# A real server, on a socket of its own: the same rows as in SQLite; foreign schemas are left alone; a
# server that hangs or goes away ends the run with a sentence, and what is taken up again is whole.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$bin" ] && command -v psql >/dev/null || { echo "no PostgreSQL server here: skipped" >&2; exit 77; }
base=$(mktemp -d /tmp/detente-pg-XXXXXX)
as=
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || { echo "no user postgres to run a server: skipped" >&2; exit 77; }
    chown postgres "$base"; as="runuser -u postgres --"
fi
control() { (cd / && $as "$bin/pg_ctl" -D "$base/data" -w -s -l "$base/log" -o "-k $base -c listen_addresses='' -c fsync=off" "$@") >/dev/null 2>&1; }
stop() { kill -CONT "$(head -n 1 "$base/data/postmaster.pid" 2>/dev/null)" 2>/dev/null; control -m immediate stop; rm -rf "$base"; }
trap stop EXIT
(cd / && $as "$bin/initdb" -D "$base/data" -A trust -E UTF8 --no-locale -U detente) >/dev/null 2>&1
control start || { echo "the server did not start" >&2; cat "$base/log" >&2; exit 1; }
at() { echo "host=$base user=detente dbname=$1"; }
say() { sed "s|$base|SOCKET|g; s|  *| |g" | cut -c 1-150; }

python3 "$here/database_stories.py" 3000 >in.jsonl
tail -n 700 in.jsonl >again.jsonl
psql -qc "CREATE DATABASE news" "$(at postgres)"
for name in events.db "$(at news)"; do
    "$detente" code -q --threads 2 --db "$name" in.jsonl 2>/dev/null; echo $?
    "$detente" code -q --threads 2 --status all --db "$name" again.jsonl 2>/dev/null; echo $? # replaces
done
python3 "$here/database_same.py" events.db "$(at news)"
python3 "$here/database_questions.py" "$here/../../doc/database.md" events.db >lite
python3 "$here/database_questions.py" "$here/../../doc/database.md" "$(at news)" | diff lite - && echo "the same answers"
"$detente" code -q --db "postgresql://detente@/news?host=$base" in.jsonl 2>/dev/null; echo "by address: $?"

# killed and taken up again
psql -qc "CREATE DATABASE killed" "$(at postgres)"
for pause in 0.1 0.2 0.3 0.15; do
    "$detente" code -q --db "$(at killed)" --resume in.jsonl 2>/dev/null &
    job=$!
    sleep $pause
    kill -9 $job 2>/dev/null
    wait $job 2>/dev/null
done
"$detente" code -q --db "$(at killed)" --resume in.jsonl 2>/dev/null
"$detente" code -q --db whole.db in.jsonl 2>/dev/null
python3 "$here/database_same.py" whole.db "$(at killed)"

# what is refused
psql -qc "CREATE DATABASE theirs" "$(at postgres)"
psql -qc "CREATE SCHEMA detente; CREATE TABLE detente.story(id text)" "$(at theirs)"
"$detente" code --db "$(at theirs)" in.jsonl 2>&1 | say
psql -qAtc "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'detente'" "$(at theirs)"
"$detente" code --db "$(at nobody)" in.jsonl 2>&1 | say
psql -qc "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'" "$(at postgres)"
"$detente" code --db "$(at latin)" in.jsonl 2>&1 | say
"$detente" code --db "postgres://nobody:secret@127.0.0.1:1/x" in.jsonl 2>&1 | grep -c secret

# a server that hangs
server=$(head -n 1 "$base/data/postmaster.pid")
kill -STOP "$server"
"$detente" code --db "$(at news) connect_timeout=2" in.jsonl 2>&1 | say
kill -CONT "$server"

# the server goes away in the midst
psql -qc "CREATE DATABASE gone" "$(at postgres)"
"$detente" code -q --threads 1 --db "$(at gone)" in.jsonl >gone 2>&1 &
job=$!
sleep 0.2
control -m immediate stop
wait $job; echo "gone: $?"
grep -c "PostgreSQL database gone at" gone
control start
"$detente" code -q --db "$(at gone)" --resume in.jsonl 2>/dev/null
python3 "$here/database_same.py" whole.db "$(at gone)"
