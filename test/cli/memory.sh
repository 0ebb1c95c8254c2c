# Whatever the memory that there is: the work is done (0), or could not be done (3), or one story was too
# large and is named (1); never is it the call's fault (2), also where options are checked by who ran out.
{ echo '{"id":"small","date":"2024-06-13","text":"Poland sent tanks to Ukraine on Monday."}'
  printf '{"id":"large","date":"2024-06-13","text":"'
  head -c 1000000 /dev/zero | tr '\0' '.' | sed 's/...................../Poland sent 9 tanks. /g'
  echo '"}'; } >in.jsonl
(ulimit -v 400000 && "$detente" --version) >/dev/null 2>&1 || { echo "this build needs more memory to start; skipped" >&2; exit 77; }
limit=20000 # the least in which the program's libraries can be mapped, and a little; json_loadb() of Jansson 2.14 falls over at a few limits of its own
until (ulimit -v $limit && "$detente" --version) >/dev/null 2>&1; do limit=$((limit + 4000)); done
limit=$((limit + 4000))
status=3
while [ $status -ne 0 ] && [ $limit -lt 4000000 ]; do
    (ulimit -v $limit && exec "$detente" code -f csv --quiet --status all --threads 2 in.jsonl >coded 2>said)
    status=$?
    echo $status >>statuses
    case $status in
    0) grep -q ^20 coded && [ ! -s said ] ;;
    1) grep -q ',small,' coded && grep -qx 'detente: in.jsonl:2: .*' said ;;
    3) grep -q '^detente: .*\(memory ran out\|Cannot allocate memory\|thread could not be started\)$' said ;;
    *) false ;;
    esac || { echo "$limit kB: exit status $status"; cat said; }
    limit=$((limit + limit / 8))
done
sort -u statuses
