"""inputs.py PROGRAM - writes a file of each kind and codes it: one line each, with the events' story, day and
codes, or the sentence that refuses it. A new kind is a case() below."""
import bz2
import gzip
import io
import json
import lzma
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile

PROGRAM = sys.argv[1]
NEWS = "Poland sent tanks to Ukraine on Monday."
CAFE = NEWS + " The café was full, “for now”, naïve or not."
DAY = "2024-06-13"
n_cases = 0


def case(what, name, content, *options, piped=False):
    """Writes `content` to `name` (None: it is there), codes it, prints what came of it."""
    global n_cases
    n_cases += 1
    if content is not None:
        os.makedirs(os.path.dirname(name) or b"." if isinstance(name, bytes) else os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as to:
            to.write(content if isinstance(content, bytes) else content.encode())
    call = [PROGRAM, "code", "--threads", "2", *options] + ([] if piped else [name])
    with open(name if piped else os.devnull, "rb") as given:
        done = subprocess.run(call, stdin=given, capture_output=True, timeout=120)
    events = [json.loads(line) for line in done.stdout.decode().splitlines()]
    said = [re.sub(r"^detente: ", "", line) for line in done.stderr.decode().splitlines() if "no date is known" not in line]
    coded = " ".join(f"{e['story']}@{e['date']}:{e['source'][0]['code']}>{e['target'][0]['code']}" for e in events)
    print(f"{what}: {coded or 'no event'}{''.join(f' [{s}]' for s in said)}" + (f" exit {done.returncode}" if done.returncode else ""))


def line(**members):
    return json.dumps({"id": "s", "date": DAY, "text": NEWS, **members}) + "\n"


def gz(content):
    return gzip.compress(content.encode(), mtime=0)


def zstandard(content):
    """A frame of one block that is kept as it is (RFC 8878)."""
    n = len(content)
    return b"\x28\xb5\x2f\xfd\xa0" + n.to_bytes(4, "little") + (n << 3 | 1).to_bytes(3, "little") + content


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in members.items():
            z.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def tarred(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as t:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
    return out.getvalue()


# ---- plain text ----
case("a text file", "a.txt", NEWS, "--date", DAY)
case("capital ending", "a.TXT", NEWS, "--date", DAY)
case("Markdown", "a.md", NEWS, "--date", DAY)
case("no ending", "story", NEWS, "--date", DAY)
case("pasted", "pasted", "It rained.\n\n" + NEWS, "--date", DAY, piped=True)
case("an empty file", "empty", "")
case("several lines of dashes", "dashes.txt", "----\n" + NEWS, "--date", DAY)

# ---- encodings ----
for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"):
    case(f"text in {name}", f"{name}.txt", CAFE.encode(name), "--date", DAY)
case("Latin-1", "latin1.txt", (NEWS + " Café.").encode("latin-1"), "--date", DAY)
case("Russian in KOI8-R", "koi8.txt", (NEWS + "\n" + "Польша отправила танки на Украину в понедельник. " * 9).encode("koi8-r"), "--date", DAY, "--any-language")
case("Chinese in GB18030", "gb.txt", (NEWS + "\n" + "波兰星期一向乌克兰派遣了坦克。双方举行了会谈。" * 9).encode("gb18030"), "--date", DAY, "--any-language")
case("UTF-8 with a stray byte", "stray.txt", CAFE.encode() + b" A na\xefve one.", "--date", DAY)
case("a table in UTF-16", "utf16.csv", f"id,date,text\nr,{DAY},{NEWS}\n".encode("utf-16"), "--quiet")
case("JSON Lines in UTF-16", "utf16.jsonl", line().encode("utf-16"))
case("JSON Lines in Windows-1252", "cp1252.jsonl", (line()[:-2] + ',"title":"Caf\u00e9"}').encode("cp1252"))
case("a name of odd bytes", b"na\xefve\x01.txt", NEWS, "--date", DAY)

# ---- JSON ----
case("JSON Lines", "a.jsonl", line(id="a") + "\n" + line(id="b"))
case("big integers, lone surrogates, NaN", "odd.jsonl", line(n=10 ** 300, x=["\ud800", {"y": [[]]}], z=float("nan")))
case("a list", "list.json", json.dumps([json.loads(line(id=i)) for i in range(2)]))
case("printed prettily", "pretty.json", json.dumps(json.loads(line()), indent=2))
case("a pretty list", "pretty-list.json", json.dumps([json.loads(line(id=i)) for i in range(2)], indent=1))
case("objects behind each other", "many.json", "".join(json.dumps(json.loads(line(id=i)), indent=1) for i in range(2)))
case("JSON on standard input", "piped.json", line(), piped=True)
case("members of other names", "named.jsonl", json.dumps({"body": NEWS, "day": DAY, "key": 7}), "--text-column", "body",
     "--date-column", "day", "--id-column", "key")
case("no text in it", "no-text.jsonl", json.dumps({"words": NEWS}))
case("members of usual names", "usual.jsonl", json.dumps({"_id": {"$oid": "a"}, "Headline": "T", "publishedAt": DAY, "source": {"name": "C"},
     "content": NEWS}))
case("usual names that hold something else", "else.jsonl", line(article={"n": 1}, body=[], time="14:05", uid=[1]))
case("a text that is null", "null.jsonl", line(text=None, body=NEWS))
STORY = {"date": DAY, "text": NEWS}
for name in ("articles", "data", "results", "docs", "items"):
    case(f"a list in {name}", f"in-{name}.json", json.dumps({"status": "ok", name: [STORY, {**STORY, "id": "b"}], "next": {"page": [2]}}))
case("a hit of Elasticsearch", "hits.json", json.dumps({"took": 1, "hits": {"total": {"value": 2}, "hits": [
     {"_index": "n", "_id": "h1", "_source": STORY}, {"_index": "n", "_id": "h2", "_source": {**STORY, "id": "own"}}]}}, indent=1))
case("hits, a line each", "hits.jsonl", "".join(json.dumps({"_id": f"h{i}", "_source": STORY}) + "\n" for i in range(2)))
case("an answer behind another", "answers.json", "".join(json.dumps({"response": {"docs": [{**STORY, "id": i}], "n": 1}}) + "\n" for i in range(2)))
case("an empty list of stories", "none.json", json.dumps({"articles": []}))
case("a story with a list", "listed.jsonl", json.dumps({"items": [{"text": "x"}], **STORY}))
case("a cut list of stories", "cut-in.json", json.dumps({"docs": [STORY, STORY]})[:-40])
case("no list of objects", "numbers.json", json.dumps({"data": [STORY, 7]}))
case("an id with NUL", "nul.jsonl", line(id="a\0b"))
case("a cut line", "cut.jsonl", line(id="a") + line(id="b")[:30])
case("a cut list", "cut.json", "[" + line(id="a") + "," + line(id="b")[:30])
case("a line that is too long", "long.jsonl", line(text="x" * 1200000) + line(), "--max-record", "1")

# ---- dates ----
for i, date in enumerate(["20240613", "2024/06/13", "June 13, 2024", "13 June 2024", "13 Jun. 2024", "13.06.2024", "13/06/2024",
                          "6/13/24", "Thu, 13 Jun 2024 14:05:00 +0200", "2024-06-13T23:30:00-05:00", 1718236800, 1718236800000,
                          "Thursday, June 13, 2024 2:05 PM EDT", {"$date": "2024-06-13T00:00:00Z"}]):
    case(f"dated {date}", f"date{i}.jsonl", line(date=date))
case("an empty date with --date", "empty-date.jsonl", line(date=""), "--date", DAY)
case("a date with NUL", "nul-date.jsonl", line(date="2024-06-13\0xx"))
case("no date at all", "no-date.jsonl", line(date="some day"))
case("day first, told by the second", "days.jsonl", line(id="a", date="05/06/2024") + line(id="b", date="13/06/2024"))
case("month first, told by the second", "months.jsonl", line(id="a", date="05/06/2024") + line(id="b", date="06/13/2024"))
case("nothing tells", "none.jsonl", line(date="05/06/2024"))
case("told by an option", "option.jsonl", line(date="05/06/2024"), "--date-order", "day")

# ---- tables ----
case("CSV", "a.csv", f'id,date,title,body\r\nr,{DAY},"T, U","It rained.\r\n{NEWS}"\r\n')
case("TSV", "a.tsv", f"id\tpublished\ttext\nr\t{DAY}\t{NEWS}\n", "--quiet")
case("semicolons", "semi.csv", f"id;datum;text\nr;{DAY};{NEWS}\n", "--date-column", "datum", "--quiet")
case("named columns", "named.csv", f"a,b,c\n{DAY},{NEWS},r\n", "--text-column", "b", "--date-column", "a", "--id-column", "c", "--quiet")
case("no such column", "a2.csv", f"id,text\nr,{NEWS}\n", "--text-column", "body")
case("no header", "bare.csv", f'{DAY},"{NEWS} {NEWS}"\n')
case("broken quotes", "broken.csv", f'id,date,text\na,{DAY},"{NEWS}\nb,{DAY},{NEWS}\nc,{DAY},"{NEWS}"\n', "--quiet")
case("a table on standard input", "piped.csv", f"id,date,text\nr,{DAY},{NEWS}\n", "--quiet", piped=True)

# ---- pages ----
case("a page", "a.html", f"<!doctype html><html><head></head><body><article><p>{NEWS}</p><p>It rained.</p></article></body></html>",
     "--date", DAY)

# ---- containers ----
case("gz", "z.jsonl.gz", gz(line()))
case("bz2", "z.jsonl.bz2", bz2.compress(line().encode()))
case("xz", "z.jsonl.xz", lzma.compress(line().encode()))
case("zst", "z.jsonl.zst", zstandard(line().encode()))
case("gz on standard input", "z2.gz", gz(NEWS), "--date", DAY, piped=True)
case("zip", "a.zip", zipped({"x/a.txt": NEWS, "b.jsonl": line(), "p.png": b"\x89PNG\r\n\x1a\n"}), "--date", DAY)
case("tar", "a.tar", tarred({"a.txt": NEWS.encode(), "b.jsonl.gz": gz(line())}), "--date", DAY)
case("tar.gz with a zip in it", "b.tgz", tarred({"c.zip": zipped({"b.jsonl": line()})}, "w:gz"))
case("a cut gz", "cut.gz", gz(line(text=os.urandom(9000).hex()))[:3000])
case("no gz", "fake.gz", line())
os.makedirs("folder/deep")
pathlib.Path("folder/b.txt").write_text(NEWS)
pathlib.Path("folder/.hidden").write_text(NEWS)
pathlib.Path("folder/style.css").write_text("p { x: y }")
pathlib.Path("folder/deep/a.jsonl").write_text(line())
os.symlink("..", "folder/deep/loop")
case("a folder", "folder", None, "--date", DAY)
os.makedirs("bare")
case("an empty folder", "bare", None)

# ---- what is no story ----
case("PDF", "a.pdf", b"%PDF-1.7\n%\xe2\xe3")
case("Word", "a.docx", zipped({"[Content_Types].xml": "<x/>"}))
case("old Word", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
case("rich text", "a.rtf", "{\\rtf1 x}")
case("a picture", "a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0")
case("a database", "a.db", b"SQLite format 3\0" + b"\0" * 100)
case("bytes of no kind", "bytes", bytes(range(256)))
case("an address", "https://example.org/a.html", None)
case("nowhere", "nowhere.txt", None)

# Control characters of ids and titles do not reach a terminal.
pathlib.Path("control.jsonl").write_text(line(id="a\r\x1a", title="T\x1b[2J\u009b"))
print(subprocess.run([PROGRAM, "code", "-f", "table", "control.jsonl"], capture_output=True, timeout=120).stdout.decode().split("\n")[0])
print(f"{n_cases} inputs")
