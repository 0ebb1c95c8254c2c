#!/bin/sh
# ./dev fuzz goes on behind a target that crashes, names it and the input, and fails. Targets, cmake and
# ninja are stand-ins.   fails.sh SOURCE_DIR
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/bin" "$dir/build-fuzz"
cp "$1/dev" "$dir/dev"
for tool in cmake ninja; do printf '#!/bin/sh\n' >"$dir/bin/$tool"; done
printf '#!/bin/sh\necho install ok installed\n' >"$dir/bin/dpkg-query"
printf '#!/bin/sh\necho fine\n' | tee "$dir/build-fuzz/fuzz_a" >"$dir/build-fuzz/fuzz_c"
cat >"$dir/build-fuzz/fuzz_b" <<'END'
#!/bin/sh
for option in "$@"; do
    case $option in -artifact_prefix=*) file=${option#*=}crash-1 ;; esac
done
echo input >"$file"
echo "artifact_prefix='...'; Test unit written to $file"
exit 77
END
chmod +x "$dir/bin"/* "$dir/build-fuzz"/fuzz_*
PATH=$dir/bin:$PATH
export PATH
"$dir/dev" fuzz 1 >"$dir/out" 2>&1 && { cat "$dir/out"; echo "./dev fuzz did not fail"; exit 1; }
for wanted in 'fuzz_b failed with status 77 on build-fuzz/crashes/fuzz_b-crash-1' 'fuzzing fuzz_c' 'failed: fuzz_b'; do
    grep -qF "$wanted" "$dir/out" || { cat "$dir/out"; echo "./dev fuzz did not say '$wanted'"; exit 1; }
done
[ -f "$dir/build-fuzz/crashes/fuzz_b-crash-1" ] || { echo "the input was not kept"; exit 1; }
rm "$dir/build-fuzz/fuzz_b"
"$dir/dev" fuzz 1 >"$dir/out" 2>&1 || { cat "$dir/out"; echo "./dev fuzz failed where no target did"; exit 1; }
