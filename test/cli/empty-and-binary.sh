# Empty files and binary files are no errors as plain text; they hold no events.
: >empty.txt
head -c 3000 /dev/zero >zero.txt
i=0
while [ $i -lt 256 ]; do printf "\\$(printf '%03o' $i)"; i=$((i + 1)); done >bytes.txt
: >empty.jsonl
"$detente" code empty.txt zero.txt bytes.txt empty.jsonl 2>&1
