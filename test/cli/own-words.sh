# A user's folder changes the words that who asks for and the classes of a sector.
mkdir -p mine/words
cat >mine/words/who.txt <<'X'
provenance  A test.

words plain-noun
  add  cousins

words pronoun-it
  drop  it
X
cat >mine/words/sectors.txt <<'X'
provenance  A test.

sector MED  the press
  class  local

sector VET  veterans
  class  home
X
cat >mine/roles.txt <<'X'
provenance  A test.

role VET
  person  old soldier
X
cat >in.jsonl <<'X'
{"id":"words","date":"2024-06-13","text":"Nigerian cousins blocked the road. Kenya said it would wait."}
{"id":"sectors","date":"2024-06-13","text":"Reporters left in Lagos. Ghana won. Ghana cheered. Ghana danced. Old soldiers sang."}
X
actors() { "$detente" annotate "$@" in.jsonl | grep -o '"text":"[^"]*","code":"[A-Z]*"'; }
echo ours
actors
echo mine
actors --knowledge mine
sed -i 's/local/loud/' mine/words/sectors.txt
"$detente" annotate --knowledge mine in.jsonl 2>&1
