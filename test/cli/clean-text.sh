# Mark-up, references, invisible characters and a title: offsets are those of the story as given.
cat >stories.jsonl <<'END'
{"id":"a","date":"2024-06-13","title":"Russia, US hold talks in Istanbul","text":"<p>Russian and U.S. officials held talks in <b>Istanbul</b> on Monday.</p><script>var a='Iran attacked Iraq.';</script><p>Tur\u00adkish police arrested three Syrian jour\u200bnalists &amp; a poet.</p>"}
{"id":"b","date":"2024-06-13","title":"Iran attacks Iraq","text":"Nobody knows more."}
{"id":"c","date":"2024-06-13","title":"Iran attacks Iraq - The Daily","text":"Iran attacks Iraq\nIran attacked Iraq on Monday."}
{"id":"d","text":"Bundesregierung plant neue Sanktionen gegen Russland"}
{"id":"e","lang":"fr","text":"Iran attacked Iraq."}
END
"$detente" code -f jsonl stories.jsonl 2>told | python3 -c '
import json, sys
stories = {s["id"]: s for s in map(json.loads, open("stories.jsonl"))}
for line in sys.stdin:
    e = json.loads(line)
    s = stories[e["story"]]
    where = lambda x: (s["title"] if x.get("title") else s["text"]).encode()
    print(e["story"], e["sentence"], "title" if e.get("title") else "text", e["cameo"], e["text"])
    print("   ", where(e)[e["begin"]:e["end"]].decode(), e["mentions"])
    for a in e["source"] + e["target"]:
        print("   ", a["code"], ascii(where(a)[a["begin"]:a["end"]].decode()))'
cat told
"$detente" code --any-language -f jsonl stories.jsonl 2>/dev/null | tail -1 | cut -d'"' -f 8
"$detente" annotate stories.jsonl 2>/dev/null | head -1 | cut -d']' -f 1
