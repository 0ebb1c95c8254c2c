#!/bin/sh
# Installs into a folder and builds small projects with it: find_package(detente), both libraries, and
# pkg-config. package.sh BUILD
set -eu
build=$(cd "$1" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cmake --install "$build" --prefix "$dir/root" >/dev/null
for file in LICENSE README.md CHANGELOG.md; do
    find "$dir/root" -path "*/doc/*/$file" | grep -q . || { echo "$file was not installed"; exit 1; }
done
mkdir "$dir/project"
cat >"$dir/project/use.c" <<'END'
#include <detente.h>
#include <stdio.h>

int main(void)
{
    dt_error err;
    dt_model *model = NULL;
    if (dt_model_open(NULL, &model, &err) != DT_OK) {
        printf("%s\n", err.text);
        return 1;
    }
    printf("detente %s\n", dt_version());
    dt_model_close(model);
    return 0;
}
END
cat >"$dir/project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.22)
project(use LANGUAGES C)
find_package(detente 0.1 REQUIRED)
add_executable(shared use.c)
target_link_libraries(shared PRIVATE detente::detente)
add_executable(static use.c)
target_link_libraries(static PRIVATE detente::detente_static)
END
cmake -G Ninja -S "$dir/project" -B "$dir/project/build" -DCMAKE_PREFIX_PATH="$dir/root" >"$dir/log" 2>&1 &&
    cmake --build "$dir/project/build" >>"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
DETENTE_MODEL="$dir/root/share/detente/english.dtm"
DETENTE_KNOWLEDGE="$dir/root/share/detente/detente.dtk"
DETENTE_EVENTS="$dir/root/share/detente/events.dtm"
export DETENTE_MODEL DETENTE_KNOWLEDGE DETENTE_EVENTS
"$dir/project/build/shared"
"$dir/project/build/static"
pc=$(dirname "$(find "$dir/root" -name detente.pc)")
sed "s|^prefix=.*|prefix=$dir/root|" "$pc/detente.pc" >"$dir/detente.pc"
PKG_CONFIG_PATH="$dir"
export PKG_CONFIG_PATH
static=$(pkg-config --libs --static detente)
for library in jansson utf8proc sqlite3 archive uchardet xml2 curl pq zstd z snappy modest; do
    case " $static " in *" -l$library "*) ;; *) echo "pkg-config --static does not name $library"; exit 1 ;; esac
done
# shellcheck disable=SC2046 # the flags are several words
"${CC:-cc}" "$dir/project/use.c" $(pkg-config --cflags --libs detente) -o "$dir/linked"
LD_LIBRARY_PATH=$(dirname "$(find "$dir/root" -name libdetente.so)") "$dir/linked"

# The archive alone, where the shared library would win.
mkdir "$dir/only"
cp "$(find "$dir/root" -name libdetente.a)" "$dir/only"
sed "s|^prefix=.*|prefix=$dir/root|; s|^libdir=.*|libdir=$dir/only|" "$pc/detente.pc" >"$dir/detente.pc"
# shellcheck disable=SC2046
"${CC:-cc}" "$dir/project/use.c" $(pkg-config --cflags --libs --static detente) -o "$dir/archived"
"$dir/archived"
