# Files that cannot be used are named with the reason; what is left is done.
mkdir folder folder.txt
echo '{"id":"1","date":"2024-06-13","text":"Poland sent tanks to Ukraine."}' >in.jsonl
printf '{"id":"2","text":"It rained."}\r\n\r\n{"id":"3","text":"It ra' >cut.jsonl
"$detente" annotate --threads 2 folder folder.txt nowhere.jsonl cut.jsonl in.jsonl 2>err | cut -c1-20
cat err
# a last line without its end, an id that is a number, blanks around, a byte order mark
printf '\357\273\277{"id":4,"text":"It rained."}\n  {"id":"5","text":"It rained."}  ' | "$detente" annotate 2>&1 | cut -c1-20
"$detente" annotate nowhere.jsonl 2>/dev/null
