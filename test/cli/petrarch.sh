# Dictionaries of PETRARCH and TABARI on top of our knowledge; what cannot be read is left out with its place.
mkdir -p dic
cat >dic/our.actors.txt <<'X'
# Actors of a place that is on no map.
<!-- made for this test -->
ARNOR_ [ARN]
+ARNORIAN_
AARON_AARDVARK_ ; a minister
+MISTER_AARDVARK
	[ARNGOV 20010203-050607]
	[ARNELI >050607]
	[ARNBUS]
BREE_POST_ [BREMED <990101]
BREE_LEAGUE_(BL)_ [NGOBRE]
UNITED_NATIONS_ [IGOWHO]
SHIRE_WATCH_
	[SHR 20011340-20020101]
	[shrgov]
NOBODY_AT_ALL_
+BROKEN<NAME_
X
cat >dic/our.agents.txt <<'X'
!PERSON! = MAN, MEN
SORCERER [~MAG] # with a plural by rule
ORACLE {ORACLES_OF_DELPHI} [~SEEOLD]
FERRY!PERSON! [~BUS]
HELPING_HAND {} [NGO~]
X
cat >dic/our.verbs.txt <<'X'
--- BEFRIEND [050] ---
BEFRIEND
- * WITH [051]
X
printf '\037\213\010' >dic/packed.gz
stories() {
    for day in "$@"; do
        echo '{"id":"'"$day"'","date":"'"$day"'","text":"Aaron Aardvark met Arnorian sorcerers. The Bree League (BL) thanked Arnor. Mister Aardvark called the Bree Post. The Bree League hosted United Nations officials, Arnorian ferrymen and an Arnorian helping hand."}'
    done
}
codes() {
    "$detente" annotate "$@" 2>/dev/null | python3 -c '
import json, sys
for line in sys.stdin:
    story = json.loads(line)
    print(story["id"], "; ".join("%s %s %s" % (a["text"], a["code"], a["sector"] or "-") for a in story["actors"]))'
}
stories 1995-01-01 2003-01-01 2020-01-01 >in.jsonl
codes --petrarch dic in.jsonl
echo "-- without"
codes in.jsonl | sed -n 1p
echo "-- his own knowledge wins"
mkdir -p mine/actors
printf 'provenance  A test.\n\ngroup league  Bree League\n  country GBR\n  sector CVL\n' >mine/actors/a.txt
codes --petrarch dic --knowledge mine in.jsonl | sed -n 1p | grep -o 'Bree League[^;]*'
echo "-- left out"
"$detente" code --petrarch dic in.jsonl 2>&1 >/dev/null
echo "$?"
echo "-- nothing to read"
mkdir empty
"$detente" code --petrarch empty in.jsonl 2>&1
echo "$?"
"$detente" code --petrarch nowhere in.jsonl 2>&1
