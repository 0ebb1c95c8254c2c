#!/bin/sh
# Runs test/cli/NAME.sh with $detente set and compares standard output, and the exit status, with what
# is written beside it.   run.sh NAME BUILD
#   NAME.stdout.exact  the very output      NAME.stdout.glob  a shell pattern for each line
#   NAME.exit          the exit status (default 0)
# DT_BLESS=1 rewrites NAME.stdout.exact and NAME.exit.
set -u
here=$(cd "$(dirname "$0")" && pwd)
name=$1
detente=$(cd "$2" && pwd)/detente
export detente here
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
sh "$here/$name.sh" >out 2>err
status=$?
[ $status -ne 77 ] || { cat err; exit 77; } # skipped, and says why
if [ "${DT_BLESS:-}" = 1 ]; then
    [ -f "$here/$name.stdout.glob" ] || cp out "$here/$name.stdout.exact"
    if [ $status -ne 0 ]; then echo $status >"$here/$name.exit"; else rm -f "$here/$name.exit"; fi
    exit 0
fi
failed=0
wanted=0
[ -f "$here/$name.exit" ] && wanted=$(cat "$here/$name.exit")
[ $status -eq "$wanted" ] || { echo "exit status $status where $wanted was expected"; failed=1; }
if [ -f "$here/$name.stdout.exact" ]; then
    diff -u "$here/$name.stdout.exact" out || failed=1
elif [ -f "$here/$name.stdout.glob" ]; then
    while IFS= read -r pattern <&3; do
        IFS= read -r line <&4 || { echo "output ends before '$pattern'"; failed=1; break; }
        # shellcheck disable=SC2254
        case $line in $pattern) ;; *) echo "'$line' is not like '$pattern'"; failed=1 ;; esac
    done 3<"$here/$name.stdout.glob" 4<out
else
    echo "there is no $name.stdout.exact; run ./dev bless and review it"
    failed=1
fi
[ $failed -eq 0 ] || cat err
exit $failed
