#!/bin/sh
# Calls every function of the library with NULL for each of its pointers. nulls.sh BUILD
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 "$here/nulls.py" "$here/../../include/detente.h" "$here/abi.txt" "$dir/nulls.c"
"${CC:-cc}" -std=c11 -Wall -I"$here/../../include" -I"$build/include" "$dir/nulls.c" -L"$build" -ldetente \
    -Wl,-rpath,"$build" -o "$dir/nulls"
cd "$dir" && DETENTE_KNOWLEDGE="$build/detente.dtk" ./nulls
