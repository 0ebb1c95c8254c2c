# The codebook as people and programs ask for it: by word, code, type, name; in a user's words, too. Our own
# frames change often, so what is shown in full is a test's.
mkdir -p mine/frames
cat >mine/frames/f.txt <<'Y'
provenance  A test.

frame test/enchant  The source enchants the target, which does not know of it until the spell wears off one day.
  cameo 173
  plover COERCE
  mode arrest
  context legal, military
  needs source
  reciprocal yes
  verb enchant, bewitch; obj {phone-call}; source subj; target obj
  noun spell
  yes 2024-06-13  Arnor enchanted Gondor.
      ARN <-> GON 173
  no 2024-06-13  Arnor was enchanting.
  miss 2024-06-13  Arnor's spell held.
      ARN <-> --- 173
Y
cat >mine/operators.txt <<'Y'
provenance  A test.

operator pretend  The source only says so.
  status negated
  verb pretend; event xcomp|obj
  map 18 19 -> 120
  map * -> 010
Y
"$detente" codebook --knowledge mine bewitched pretends
echo "-- for programs"
"$detente" codebook --knowledge mine -f jsonl enchanting operator/pretend
echo "-- who answers"
names() {
    "$detente" codebook "$@" | grep -E '^([a-z]+/|[0-9]|OP)'
}
names arrested
names 'broke off'
names SANCTION/convict
names 0871
names ambassadors | head -n 4
echo "-- nothing"
"$detente" codebook xyzzy 2>&1
echo "$?"
"$detente" codebook -f jsonl 9999 operator/lift "" 2>&1 | cut -c1-60
[ "$("$detente" codebook | grep -c '^[a-z-]*/')" = "$("$detente" codebook -f jsonl | wc -l | tr -d ' ')" ] || echo "the formats have other frames"
[ "$("$detente" codebook | awk 'length > 100' | wc -l)" = 0 ] || echo "long lines"
