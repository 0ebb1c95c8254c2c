# A user's folder goes on top of ours; a mistake in it is named with file and line.
mkdir -p mine/actors mine/frames
cat >mine/actors/a.txt <<'X'
provenance  A test.

country ARN  Arnor
  people Arnorian, Arnorians
X
cat >mine/frames/f.txt <<'X'
provenance  A test.

frame test/serenade  The source sings for the target.
  cameo 017
  verb serenade; source subj; target obj
X
echo '{"id":"a","date":"2024-06-13","text":"Arnor serenaded Poland on Monday."}' >in.jsonl
"$detente" code -f csv --knowledge mine in.jsonl | cut -d, -f2,3,6,7,11 | tr -d '\r'
echo '  verb' >>mine/frames/f.txt
"$detente" code --knowledge mine in.jsonl 2>&1
