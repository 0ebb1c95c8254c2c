# A Parquet file is read where it lies, also one of a folder: nothing is written, where no file may be.
# One in a pipe is copied to a temporary file first.
files=$here/../fuzz/corpus/fuzz_parquet
mkdir folder
cp "$files/plain-v1.parquet" "$files/snappy-dictionary.parquet" folder
count() { "$@" 2>/dev/null | grep -c '^{"id"'; }
count sh -c 'ulimit -f 0; exec "$detente" annotate folder/plain-v1.parquet'
count sh -c 'ulimit -f 0; exec "$detente" annotate folder'
count "$detente" annotate - <folder/plain-v1.parquet
gzip -c folder/plain-v1.parquet >packed.parquet.gz
count "$detente" annotate packed.parquet.gz
"$detente" annotate folder/plain-v1.parquet 2>&1 >/dev/null | grep 'is column'
