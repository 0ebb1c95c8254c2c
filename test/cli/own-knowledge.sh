# A user's folder goes on top of ours; a mistake in it is named with file and line, and nothing is done.
mkdir -p mine/actors mine/frames
cat >mine/actors/a.txt <<'X'
provenance  A test.

country ARN  Arnor
  people Arnorian, Arnorians
X
cat >mine/frames/f.txt <<'X'
provenance  A test.

frame test/send-wizards  The source sends wizards to the target.
  cameo 017
  verb send; obj = wizard; source subj; target to
X
echo '{"id":"a","date":"2024-06-13","text":"Arnor sent wizards to Poland on Monday."}' >in.jsonl
"$detente" code -f csv --knowledge mine in.jsonl | cut -d, -f2,3,6,7,11 | tr -d '\r'
# Boilerplate, too: ours is left out of a story, a folder can keep it and leave out other texts.
mkdir -p plain
cat >plain/boilerplate.txt <<'X'
provenance  A test.

boilerplate beginning
  drop "editing by "
  add our partners
X
printf '%s\n' '{"id":"b","text":"Iran met Iraq.\nEditing by Ann Lee.\nOur partners sell maps."}' >notes.jsonl
"$detente" annotate notes.jsonl | grep -o '"sentences":[^]]*]'
"$detente" annotate --knowledge plain notes.jsonl | grep -o '"sentences":[^]]*]'
echo '  verb' >>mine/frames/f.txt
"$detente" code --knowledge mine in.jsonl 2>&1
status=$?
"$detente" code --knowledge nowhere in.jsonl 2>&1
echo "$?"
exit $status
