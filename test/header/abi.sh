#!/bin/sh
# The libraries export the functions of detente.h and nothing else: header, shared library and archive are
# compared with the list in abi.txt.   abi.sh BUILD
# A function that is dropped or renamed breaks programs: see CONTRIBUTING.md. DT_BLESS=1 rewrites the list.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
command -v nm >/dev/null || { echo "no nm: skipped"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C
export LC_ALL
# every name before a bracket in a declaration that DT_API begins
grep -v '^#' "$here/../../include/detente.h" | tr '\n' ' ' | grep -o 'DT_API [^(;]*(' | sed 's/.*[ *]\(dt_[a-z0-9_]*\)($/\1/' | sort >"$work/detente.h"
nm -D --defined-only "$build/libdetente.so" | awk '{print $3}' | sed 's/@.*//' | sort >"$work/libdetente.so"
nm -g --defined-only "$build/libdetente.a" | awk 'NF == 3 {print $3}' | sort >"$work/libdetente.a"
if [ "${DT_BLESS:-}" = 1 ]; then
    cp "$work/detente.h" "$here/abi.txt"
fi
failed=0
for what in detente.h libdetente.so libdetente.a; do
    diff -u --label abi.txt --label $what "$here/abi.txt" "$work/$what" || failed=1
done
[ $failed -eq 0 ] || echo "what is exported is not what test/header/abi.txt lists; ./dev bless rewrites it"
exit $failed
