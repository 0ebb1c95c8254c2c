# A feed and pages from a local server with every fault: conditional requests, robots.txt, redirects, a
# server that hangs, one that fails, one without end.
command -v python3 >/dev/null || { echo "python3 is not installed" >&2; exit 77; }
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
python3 "$here/fetch_server.py" log >port &
server=$!
trap 'kill $server 2>/dev/null' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s port ] || sleep 0.2; done
at=http://127.0.0.1:$(cat port)
fetch() { "$detente" fetch --delay 0.01 "$@" 2>&1; echo "status $?"; }
plain() { sed "s|$at|AT|g"; }
echo "a feed, then again:"
fetch --state state "$at/feed" | plain
fetch --state state "$at/feed" | plain
echo "its articles:"
fetch --articles -o pages.warc "$at/feed" | plain
grep -c '^WARC/1.1' pages.warc
echo "faults:"
fetch "$at/private/x" | plain
fetch "$at/loop" | plain
fetch "$at/move" | plain
fetch "$at/file" | plain
fetch --timeout 1 "$at/hang" | plain
fetch "$at/broken" | plain
fetch "$at/huge" | plain
fetch file:///etc/passwd
fetch http://127.0.0.1:1/ | sed 's/could not be fetched: .*/could not be fetched/'
echo "what was asked for:"
sort log | uniq -c | sed 's/^ *//' | grep -v -e hang
echo "half a second apart:"
begin=$(date +%s%N)
"$detente" fetch --delay 0.5 "$at/a.txt" "$at/a.txt" "$at/a.txt" >/dev/null
[ $(($(date +%s%N) - begin)) -ge 1400000000 ] && echo yes
