#!/bin/sh
# The kernels of 64-bit ARM against plain C, under emulation: cross-compiles test/unit/kernel_test.c and runs it.
# Needs aarch64-linux-gnu-gcc, qemu-aarch64-static and cmocka for arm64; skipped where they are missing.
#   arm64.sh   (to install them on Debian: dpkg --add-architecture arm64; apt-get update;
#              apt-get install gcc-aarch64-linux-gnu qemu-user-static libcmocka-dev:arm64)
set -eu
cd "$(dirname "$0")/../.."
cc=aarch64-linux-gnu-gcc
qemu=qemu-aarch64-static
libs=/usr/lib/aarch64-linux-gnu
command -v $cc >/dev/null && command -v $qemu >/dev/null && [ -e $libs/libcmocka.so ] || {
    echo "no cross compiler, emulator or cmocka for arm64: skipped"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Werror -ffp-contract=off -march=armv8.2-a+dotprod -Isrc -Iinclude -c \
    src/lang/kernel_dotprod.c -o "$work/kernel_dotprod.o"
$cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Werror -ffp-contract=off -Isrc -Iinclude \
    test/unit/kernel_test.c src/lang/kernel.c src/lang/kernel_[anv]*.c "$work/kernel_dotprod.o" -L$libs -lcmocka -lm -o "$work/kernel_test"
$qemu -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=$libs "$work/kernel_test" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
grep -q "kernel neon is tested" "$work/log" && grep -q "kernel dotprod is tested" "$work/log"
