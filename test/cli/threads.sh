# The same output, byte for byte, for every number of threads.
i=0
while [ $i -lt 200 ]; do
    echo '{"id":"'$i'","date":"2024-06-13","text":"Poland sent '$i' tanks to Ukraine on Monday. Armenia and Azerbaijan held talks in Tbilisi. Police arrested protesters."}'
    i=$((i + 1))
done >in.jsonl
"$detente" code -f jsonl --threads 1 in.jsonl >one
"$detente" code -f jsonl --threads 3 in.jsonl >three
cmp one three && echo same
"$detente" annotate --threads 1 in.jsonl >one
"$detente" annotate --threads 4 <in.jsonl >four
cmp one four && echo same
