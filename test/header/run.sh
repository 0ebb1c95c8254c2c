#!/bin/sh
# The public header compiles alone as C99 and as C++, and the example at its top runs and prints what
# it says.   run.sh BUILD
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '#include <detente.h>' >"$work/alone.c"
cp "$work/alone.c" "$work/alone.cpp"
cc -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -I"$here/include" -I"$build/include" "$work/alone.c"
if command -v c++ >/dev/null 2>&1; then
    c++ -std=c++11 -pedantic -Wall -Wextra -Werror -fsyntax-only -I"$here/include" -I"$build/include" "$work/alone.cpp"
else
    echo "no C++ compiler: the header was not tried as C++"
fi
# the complete program in the opening comment
sed -n '/^ \*     #include <detente.h>/,/^ \*     }$/p' "$here/include/detente.h" | sed 's/^ \* \{0,5\}//' >"$work/first.c"
wanted=$(sed -n 's/^ \* It prints: //p' "$here/include/detente.h")
cc -std=c99 -pedantic -Wall -Wextra -Werror -I"$here/include" -I"$build/include" "$work/first.c" -o "$work/first" \
    -L"$build" -ldetente -Wl,-rpath,"$build"
got=$("$work/first")
[ "$got" = "$wanted" ] || { echo "the example printed '$got' where '$wanted' was expected"; exit 1; }
echo "the header compiles alone, and its example prints: $got"
