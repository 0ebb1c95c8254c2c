"""Tries each command with each option that `detente help --json` lists.

    each_option.py DETENTE PROJECT        in an empty folder

An option that a command does not have must be refused: exit status 2, one sentence that names the commands
that have it, nothing written. Of one that it has, bad values must be refused, and what its sentence of help
promises must be seen: PROMISES holds a test for each option, so that a new one fails here until it has one.
Prints what went wrong and the counts."""
import concurrent.futures
import json
import os
import pathlib
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROGRAM, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2])
STORIES = [
    {"id": "talks", "date": "2024-06-13", "text": "Armenia and Azerbaijan held talks in Tbilisi on Monday."},
    {"id": "undated", "text": "Poland sent tanks to Ukraine on Monday."},
    {"id": "twice", "date": "2024-06-13", "text": "Poland sent tanks to Ukraine on Monday. Poland sent tanks to Ukraine on Monday."},
    {"id": "plan", "date": "2024-06-13", "text": "The United States plans to impose sanctions on Iran."},
    {"id": "own", "date": "2024-06-13", "text": "Arnor sent wizards to Poland on Monday. Poland condemned Arnor."},
]
PAIRS = [
    {"id": "dated", "text": "Barack Obama criticised Iran.", "source": "Barack Obama", "target": "Iran"},
    {"id": "own", "text": "Arnor sent wizards to Poland on Monday.", "source": "Arnor", "target": "Poland"},
]
LACKING = [{"id": "a", "text": "The Gropian League outwitted Iran. France outwitted Germany."},
           {"id": "b", "text": "The Elvish Committee outwitted Iran. The guerrilla chieftain Ali Foobar praised the Gropian League."},
           {"id": "c", "text": "Ali Foobar met Russian officials. The Russian-Iranian tontine with Japan failed."}]
SENTENCE = " ".join(s["text"] for s in STORIES[2:])
FREIGHTER = ("The harbour of Port Arlen was closed on Friday after a freighter ran aground at its mouth. Two tugs tried in vain "
             "to pull the ship off the sand. The harbour master said that it would take three days until ferries could leave again.")
COPIES = [{"id": "first", "date": "2024-06-13", "text": FREIGHTER}, {"id": "copy", "text": "COAST NEWS\n\n" + FREIGHTER},
          {"id": "other", "date": "2024-06-13", "text": "Parliament voted on Friday for a new law. The opposition left the hall before "
           "the vote and said that it would go to court. The law lets the state sell three harbours and a railway line."}]
WITNESSES = [{"id": "a", "date": "2024-06-13", "text": "Turkish police arrested three Syrian journalists in Ankara on Monday."},
             {"id": "b", "date": "2024-06-13", "text": "On Monday, police in Turkey arrested three Syrian journalists in Ankara."},
             {"id": "c", "date": "2024-06-13", "text": "Poland sent tanks to Ukraine on Monday."}]
OWN = {"mine/actors/a.txt": "provenance  A test.\n\ncountry ARN  Arnor\n  people Arnorian, Arnorians\n"
                            "org league  Gropian League\n  country ARN\n",
       "dictionaries/our.actors": "ARNOR_ [ARN]\n+ARNORIAN_\nGROPIAN_LEAGUE_ [ARNNGO]\n",
       "mine/frames/f.txt": "provenance  A test.\n\nframe test/send-wizards  The source sends wizards to the target.\n"
                            "  cameo 017\n  verb send; obj = wizard; source subj; target to\n"}
ARGUMENTS = {"code": ["in.jsonl"], "annotate": ["in.jsonl"], "parse": ["in.jsonl"], "explain": [SENTENCE],
             "classify": ["pairs.jsonl"], "codebook": [], "extract": ["in.jsonl"], "twins": ["copies.jsonl"], "happenings": [],
             "fetch": ["ftp://nowhere.example/"],
             "missing": ["lacking.jsonl"], "bench": ["in.jsonl"], "info": [], "completion": ["bash"], "help": []}


def run(command, *options, arguments=None):
    """Exit status, standard output, standard error; a terminal is nowhere."""
    call = [PROGRAM, command, *options, *(ARGUMENTS[command] if arguments is None else arguments)]
    done = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def succeed(command, *options, arguments=None):
    status, out, err = run(command, *options, arguments=arguments)
    err = re.sub("detente: no date is known of 1 of [0-9]+ stories: .*\n", "", err)  # of STORIES, one has none
    assert status == 0 and err == "", f"exit status {status}: {err}"
    return out


def refused(command, *options):
    """The sentence by which a call is refused."""
    status, out, err = run(command, *options)
    assert status == 2, f"exit status {status} where {options} should be refused"
    assert out == "" and re.fullmatch(r"detente: .+\n", err), f"not one sentence: {out!r} {err!r}"
    return err


# ---- what each option promises ----

BINARY = ["parquet", "arrow", "arrow-stream"]


def formats(command, option):
    outputs = [succeed(command, "--format", c) for c in option["choices"] if c not in BINARY]
    assert len(set(outputs)) == len(outputs), "two formats are the same"
    for binary in set(BINARY) & set(option["choices"]):  # what is in them, columns.sh asks
        succeed(command, "--format", binary, "--output", "binary")
        outputs.append(pathlib.Path("binary").read_bytes()[:8])
    assert len(set(outputs)) == len(outputs), "two formats are the same"


def database(command, option):
    if command == "happenings":
        return happenings_db(command, option)
    if command == "twins":
        return twins_db(command, option)
    assert succeed(command, "--db", "new.db") == ""
    with sqlite3.connect("new.db") as db:
        assert db.execute("SELECT count(*) FROM event").fetchone()[0] == succeed(command).count("\n")
    pathlib.Path("new.db").unlink()


def no_text(command, option):
    assert succeed(command, "--db", "bare.db", "--no-text") == ""
    with sqlite3.connect("bare.db") as db:
        assert db.execute("SELECT count(*) > 0, count(text) FROM sentence").fetchone() == (1, 0)
    pathlib.Path("bare.db").unlink()


def statuses(command, option):
    for wanted in option["choices"]:
        found = set(re.findall(r'"status":"(\w+)"', succeed(command, *extra(command), f"--status={wanted}")))
        assert found >= {"actual", "planned"} if wanted == "all" else found <= {wanted}, (wanted, found)
        assert found or wanted not in ("actual", "planned"), wanted


def extra(command):
    """explain says statuses and codes in its JSON only."""
    return ["--json"] if command == "explain" else []


def dyads(command, option):
    assert succeed(command, "--dyads").count("\n") == succeed(command).count("\n") + 1


def per_sentence(command, option):
    def events(*options):
        return succeed(command, *extra(command), *options).count('"cameo_name":')
    assert events("--per-sentence") > events()


def header(command, option):
    first, _, rest = succeed(command, "--header").partition("\n")
    facts = json.loads(succeed("info", "--json"))
    assert json.loads(first) == {"detente": facts["version"], "model": facts["model hash"],
                                 "knowledge": facts["knowledge hash"], "events": facts["events hash"]}
    assert rest == succeed(command)


def forms(conllu):
    return [line.split("\t")[1] for line in conllu.split("\n") if re.match(r"\d+\t", line)]


def tokenized(command, option):
    given = "".join(f"{i}\t{form}" + "\t_" * 8 + "\n" for i, form in enumerate(["Ira", "n", "held", "talks"], 1)) + "\n"
    pathlib.Path("given.conllu").write_text(given)
    assert forms(succeed(command, "--tokenized", arguments=["given.conllu"])) == forms(given)


def plain_text(command, option):
    pathlib.Path("plain").write_text("It rained.\nIt snowed.")
    assert forms(succeed(command, arguments=["plain"])) == ["It", "rained", ".", "It", "snowed", "."]
    pathlib.Path("braces").write_text('{"text":"It rained."}')
    assert forms(succeed(command, arguments=["braces"])) != forms(succeed(command, "--text", arguments=["braces"]))
    assert forms(succeed(command, "--text", arguments=["plain"])) == ["It", "rained", ".", "It", "snowed", "."]


def as_json(command, option):
    out = succeed(command, "--json")
    for record in out.splitlines() if command == "missing" else [out]:
        json.loads(record)


def kinds(command, option):
    for wanted in option["choices"]:
        assert set(re.findall(r"^# (\w+) '", succeed(command, "--kind", wanted), re.M)) == {wanted}
    assert succeed(command, "--kind", ",".join(option["choices"])) == succeed(command)


def limit(command, option):
    assert succeed(command, "--limit", "1").count("\n# org ") < succeed(command, "--limit", "5").count("\n# org ")


def date(command, option):
    sentence = refused(command, "--date", "2024-02-30")
    assert "is not a day of the calendar" in sentence
    if command not in ("bench", "missing", "classify", "twins"):  # they throw records away, print no dates, answer one question
        assert succeed(command, "--date", "1999-12-31") != succeed(command)


def date_order(command, option):
    dated = {"day": "2024-06-05", "dmy": "2024-06-05", "month": "2024-05-06", "mdy": "2024-05-06"}
    pathlib.Path("slashed.jsonl").write_text(json.dumps(dict(PAIRS[0], date="05/06/2024")) + "\n")
    for order, day in dated.items():
        out = succeed(command, "--date-order", order, arguments=["slashed.jsonl"])
        assert command not in ("code", "annotate") or day in out, (order, out)


def column(command, option):
    """A member of JSON by another name, and a column of a table."""
    piece = option["name"].removesuffix("-column")
    story = {"id": "i", "date": "2024-06-13", "title": "T", "publisher": "P", "url": "u:", "lang": "en",
             "text": "Poland sent tanks to Ukraine on Monday.", "source": "Poland", "target": "Ukraine"}
    story["zz"] = story.pop(piece)
    name = f"{command}-{piece}.jsonl"
    pathlib.Path(name).write_text(json.dumps(story) + "\n")
    out = succeed(command, "--quiet", f"--{piece}-column", "zz", arguments=[name])
    if piece == "text":
        assert run(command, arguments=[name])[0] == 1
    elif command == "annotate" and piece in ("id", "date"):
        assert json.dumps(story["zz"]) in out, out


def max_record(command, option):
    with open(f"{command}-long.jsonl", "w") as to:
        for text in ("Poland sent tanks to Ukraine." + " " * 1100000, "Poland sent tanks to Ukraine."):
            to.write(json.dumps({"id": "i", "date": "2024-06-13", "text": text, "source": "Poland", "target": "Ukraine"}) + "\n")
    status, _, err = run(command, "--max-record", "1", arguments=[f"{command}-long.jsonl"])
    assert status == 1 and ":1: the line has more than 1 MB and was left out" in err, (status, err)
    assert run(command, "--max-record", "2", arguments=[f"{command}-long.jsonl"])[0] == 0


def many_threads(command, option):
    if command == "bench":
        assert json.loads(succeed(command, "--json", "--threads", "3"))["runs"][1]["threads"] == 3
        return
    assert succeed(command, "--threads", "1") == succeed(command, "-j3")
    if not os.path.exists("/proc/self/status"):
        return
    with subprocess.Popen([PROGRAM, command, "--threads", "5"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        for _ in range(1000):
            running = re.search(r"Threads:\s+(\d+)", pathlib.Path(f"/proc/{child.pid}/status").read_text())[1]
            if running == "6":
                break
            time.sleep(0.01)
        child.stdin.close()
    assert running == "6", f"{running} threads"


def knowledge(command, option):
    status, _, err = run(command, "--knowledge", "nowhere")
    assert status == 3 and "nowhere" in err, (status, err)
    if command not in ("bench", "twins"):  # the one's records are thrown away, the other names no actors
        assert succeed(command, "--knowledge", "mine") != succeed(command)


def petrarch(command, option):
    status, _, err = run(command, "--petrarch", "nowhere")
    assert status == 3 and "nowhere" in err, (status, err)
    changed = succeed(command, "--petrarch", "dictionaries") != succeed(command)
    assert changed or command in ("bench", "classify", "twins")  # these print no actors


def model(command, option):
    status, out, err = run(command, "--model", "nowhere")
    assert (status, out) == (3, "") and err.startswith("detente: nowhere could not be opened"), (status, err)
    if command == "info":
        assert json.loads(succeed(command, "--json", "--model", "copy.dtm"))["model"].endswith("copy.dtm")
    elif command != "bench":  # its figures differ from run to run
        assert succeed(command, "--model", "copy.dtm") == succeed(command)


def events(command, option):
    status, out, err = run(command, "--events", "nowhere")
    assert (status, out) == (3, "") and err.startswith("detente: nowhere could not be opened"), (status, err)
    if command == "info":
        assert json.loads(succeed(command, "--json", "--events", "none"))["events"] == "none"
    elif command in ("code", "annotate", "explain"):
        assert succeed(command, "--events", "none") != succeed(command)


def min_confidence(command, option):
    assert refused(command, "--min-confidence", "1").endswith("wants a number above 0 and below 1, not '1'\n")
    count = [succeed(command, *extra(command), "--min-confidence", p).count('"cameo_name":') for p in ("0.01", "0.5", "0.99")]
    assert count[0] > count[2] and count == sorted(count, reverse=True), count


def progress_of(command, *options):
    """What a command says on a terminal, which standard error is here, in two seconds of work."""
    stories = "".join(json.dumps(s) + "\n" for s in (PAIRS if command == "classify" else STORIES))
    pipe = f"{command}{''.join(options)}.jsonl"
    os.mkfifo(pipe)
    terminal, other_end = pty.openpty()
    call = [PROGRAM, command, "--threads", "1", *options, pipe]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=other_end), open(pipe, "w") as to:
        os.close(other_end)
        for _ in range(20):
            to.write(stories)
            to.flush()
            time.sleep(0.1)
        to.close()
        return read_all(terminal)


def read_all(terminal):
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return said.decode()


def have_terminals():
    try:
        for end in pty.openpty():
            os.close(end)
        return True
    except OSError as fault:
        print(f"the progress line was not looked at: {fault}", file=sys.stderr)
        return False


def quiet(command, option):
    if command == "fetch":  # it has no progress line: the stories are the same
        with served() as (at, _):
            assert fetched("--quiet", of=[f"{at}/page"]) == fetched(of=[f"{at}/page"]) != []
        return
    if command == "twins":  # only a sentence at the end, on a terminal
        assert succeed(command, "--quiet") == succeed(command)
        return
    if not have_terminals():
        assert succeed(command, "--quiet") == succeed(command) or command == "bench"
        return
    assert "stories, " in progress_of(command), "no progress line without it"
    assert progress_of(command, "--quiet") == ""


def print_help(command, option):
    text = succeed(command, "--help")
    assert text == succeed(command, "-h") == succeed("help", arguments=[command])
    assert text.startswith(f"usage: detente {command} ")


def version(command, option):
    assert re.fullmatch(r"detente \d+\.\d+\.\d+\n", succeed(command, "--version"))


def against(command, option):
    race = json.loads(succeed(command, "--json", "--against", f"'{PROGRAM}' code -j1 -q"))
    assert race["rounds"] > 2 and race["cpu_seconds"] > 0 and race["other_cpu_seconds"] > 0, race
    assert race["ratio_least"] <= race["ratio"] <= race["ratio_most"], race
    assert "processor time" in succeed(command, "--against", "cat")
    status, out, err = run(command, "--against", "nowhere 2>&1 #")
    assert (status, out, err) == (3, "", "detente: 'nowhere 2>&1 #' could not be run, or failed\n"), (status, err)


def any_language(command, option):
    with open("german.jsonl", "w", encoding="utf-8") as to:
        to.write('{"id": "g", "lang": "de", "date": "2024-06-13", "text": "Iran attacked Iraq."}\n')
    status, out, _ = run(command, "--any-language", arguments=["german.jsonl"])
    assert status == 0 and '"g"' in out, out
    status, out, told = run(command, arguments=["german.jsonl"])
    assert status == 0 and out == "" and "1 German" in told, told


def output(command, option):
    assert succeed(command, "--output", f"{command}.out") == ""
    assert pathlib.Path(f"{command}.out").read_text() == succeed(command)
    assert not list(pathlib.Path().glob(f"{command}.out.*")), "something is left beside the file"
    assert "would overwrite the input" in refused(command, "--output", ARGUMENTS[command][0])
    status, _, err = run(command, "--output", "nowhere/a")
    assert status == 3 and err.startswith("detente: nowhere/a.part could not be written"), (status, err)


def resume(command, option):
    """resume.sh breaks runs off; here: what is whole is left alone."""
    assert "wants --db or --output" in refused(command, "--resume")
    succeed(command, "--resume", "--output", f"{command}.whole")
    pathlib.Path(f"{command}.whole").write_text("mine")
    assert run(command, "--quiet", "--resume", "--output", f"{command}.whole")[0] == 0
    assert pathlib.Path(f"{command}.whole").read_text() == "mine"


def report(command, option):
    succeed(command, "--report", f"{command}.report")
    told = json.loads(pathlib.Path(f"{command}.report").read_text())
    assert told["coded"] == len(STORIES) and (told["events"] > 0) == (command != "extract") and told["unused"] == 0, told


def stories_of(command, *options):
    """Of annotate: it prints every story."""
    ids = re.findall(r'^{"id":"(\w+)"', succeed("annotate", *options), re.M)
    if command != "annotate":
        succeed(command, *options)
    return ids


def since(command, option):
    assert stories_of(command, "--since", "2024-06-13") == ["talks", "twice", "plan", "own"]
    assert stories_of(command, "--since", "2024-06-14") == []


def until(command, option):
    assert stories_of(command, "--until", "2024-06-12") == []
    assert stories_of(command, "--until", "2024-06-13") == ["talks", "twice", "plan", "own"]


def where(command, option):
    assert "--where wants" in refused(command, "--where", "colour=red")
    assert stories_of(command, "--where", "id=talks") == ["talks"]
    assert stories_of(command, "--where", "id!=talks") == ["undated", "twice", "plan", "own"]
    assert stories_of(command, "--where", "id~n") == ["undated", "plan", "own"]


def sample(command, option):
    few, more = (stories_of(command, "--sample", p) for p in ("0.3", "0.9"))
    assert set(few) <= set(more) and len(more) > 1, (few, more)


def shard(command, option):
    for wrong in ("0/3", "4/3", "1", "a/b", "1/2x"):
        assert "--shard wants" in refused(command, "--shard", wrong)
    assert [stories_of(command, "--shard", f"{i}/3") for i in (1, 2, 3)] == [["talks", "plan"], ["undated", "own"], ["twice"]]


# ---- twins ----

def listed(command, *options, arguments=None):
    """The ids that a command prints, a line each."""
    return re.findall(r'^{"id":"(\w+)"', succeed(command, "--quiet", *options, arguments=arguments), re.M)


def index(command, option):
    assert listed(command, "--index", "stories.index") == ["copy"]
    for name in ("stories.index", "stories.index.table"):
        assert pathlib.Path(name).stat().st_size > 0
    pathlib.Path("late.jsonl").write_text(json.dumps(dict(COPIES[1], id="late")) + "\n")
    assert listed(command, arguments=["late.jsonl"]) == [], "without the index it is the first"
    assert listed(command, "--index", "stories.index", arguments=["late.jsonl"]) == ["late"]


def why(command, option):
    told = json.loads(succeed(command, "--why", "copy"))
    assert (told["id"], told["other"]) == ("copy", "first") and told["passages"][0]["text"] in FREIGHTER + ".", told
    status, out, err = run(command, "--why", "other")
    assert (status, out) == (1, "") and "is no twin of an earlier one" in err, (status, err)


def why_with(command, option):
    assert json.loads(succeed(command, "--why", "first", "--with", "copy"))["other"] == "copy"
    assert json.loads(succeed(command, "--why", "other", "--with", "first"))["other"] == "first"
    status, _, err = run(command, "--why", "other", "--with", "nobody")
    assert status == 1 and "there is no story nobody" in err, (status, err)


def retold(command, option):
    """--twins of the commands that code: what was told before is left out, in this run and with FILE in a later one."""
    def coded(*options, arguments=("copies.jsonl",)):
        name = f"{command}.told"
        succeed(command, "--quiet", "--report", name, *options, arguments=list(arguments))
        return json.loads(pathlib.Path(name).read_text())["coded"]
    assert (coded(), coded("--twins", "-")) == (3, 2)
    kept = f"{command}.index"
    late = f"{command}-late.jsonl"
    pathlib.Path(late).write_text(json.dumps(dict(COPIES[0], id="late")) + "\n")
    assert coded("--twins", kept) == 2 and pathlib.Path(kept).stat().st_size > 0
    assert (coded(arguments=[late]), coded("--twins", kept, arguments=[late])) == (1, 0)


# ---- happenings ----

def witnesses(name):
    """A database of its own for each test: three events, two of one happening."""
    pathlib.Path(name).unlink(missing_ok=True)
    assert succeed("code", "--quiet", "--db", name, arguments=["witnesses.jsonl"]) == ""
    return name


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def twins_db(command, option):
    assert "give no files beside it" in refused(command, "--db", witnesses("twins.db"))
    lines(succeed(command, "--db", "twins.db", arguments=[]))
    with sqlite3.connect("twins.db") as db:
        assert db.execute("SELECT count(*) FROM twin").fetchone()[0] >= 0


def happenings_db(command, option):
    assert "wants --db FILE" in refused(command)
    found = lines(succeed(command, "--db", witnesses("joined.db")))
    assert [h["stories"] for h in found] == [2], found
    with sqlite3.connect("joined.db") as db:
        assert db.execute("SELECT count(*) FROM happening").fetchone() == (2,)
    status, out, err = run(command, "--db", "nowhere.db")
    assert (status, out) == (3, "") and "nowhere.db" in err, (status, err)


def every(command, option):
    if command == "twins":
        assert listed(command, "--all") == ["first", "copy", "other"] and listed(command) == ["copy"]
        return
    found = lines(succeed(command, "--all", "--db", witnesses("all.db")))
    assert sorted(h["stories"] for h in found) == [1, 2], found


def undo(command, option):
    def rows():
        with sqlite3.connect("undone.db") as db:
            return [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("happening", "happening_event")]
    witnesses("undone.db")
    succeed(command, "--db", "undone.db")
    assert min(rows()) > 0
    assert succeed(command, "--db", "undone.db", "--undo") == "" and rows() == [0, 0]


def one_a_day(command, option):
    found = lines(succeed(command, "--one-a-day", "--db", witnesses("day.db")))
    assert sorted((h["source"], h["events"]) for h in found) == [("POL", 1), ("TURCOP", 2)], found


def explain_happening(command, option):
    many, = lines(succeed(command, "--db", witnesses("why.db")))
    joined_events = lines(succeed(command, "--db", "why.db", "--explain", str(many["id"])))
    assert [e["story"] for e in joined_events] == ["a", "b"] and all(e["reason"] for e in joined_events), joined_events
    assert "wants the number" in refused(command, "--db", "why.db", "--explain", "first")
    status, out, err = run(command, "--db", "why.db", "--explain", "999")
    assert (status, out) == (1, "") and "there is no happening 999" in err, (status, err)


# ---- fetch: from a server of this test's own ----

class Site(BaseHTTPRequestHandler):
    """A feed of one entry and the page that it leads to; each test has a server, which notes what was asked for."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.asked.append((self.path, time.monotonic()))
        here = f"http://127.0.0.1:{self.server.server_port}"
        status, body, kind = 200, "", "text/plain; charset=utf-8"
        if self.path == "/feed":
            kind = "application/rss+xml"
            body = (f'<rss version="2.0"><channel><title>Courier</title><item><title>Hostages</title><link>{here}/page</link>'
                    "<guid>1</guid><description>Rebels freed ten.</description></item></channel></rss>")
            status = 304 if self.headers.get("If-None-Match") == '"v1"' else 200
        elif self.path == "/page":
            body = "Rebels freed ten hostages in Goma."
        elif self.path == "/slow":
            self.server.end.wait(20)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(0 if status == 304 else len(body)))
        self.end_headers()
        try:
            self.wfile.write(b"" if status == 304 else body.encode())
        except OSError:  # it waits no longer
            pass


class served:
    """`with served() as (address, asked)`: a server while the block runs."""

    def __enter__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        self.server.daemon_threads, self.server.asked, self.server.end = True, [], threading.Event()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}", self.server.asked

    def __exit__(self, *_):
        self.server.end.set()
        self.server.shutdown()
        self.server.server_close()


def fetched(*options, of):
    return lines(succeed("fetch", *(() if "--delay" in options else ("--delay", "0.01")), *options, arguments=of))


def articles(command, option):
    with served() as (at, _):
        assert [s["text"] for s in fetched(of=[f"{at}/feed"])] == ["Rebels freed ten."]
        assert [s["text"] for s in fetched("--articles", of=[f"{at}/feed"])] == ["Rebels freed ten hostages in Goma."]


def archive(command, option):
    with served() as (at, _):
        for times in (1, 2):  # pages are added
            fetched("--archive", "pages.warc", of=[f"{at}/page"])
            kept = pathlib.Path("pages.warc").read_bytes()
            assert kept.count(b"Rebels freed ten hostages in Goma.") == times, kept
    assert kept.startswith(b"WARC/1.")


def state(command, option):
    with served() as (at, _):
        assert len(fetched("--state", "seen", of=[f"{at}/feed"])) == 1 and pathlib.Path("seen").stat().st_size > 0
        assert fetched("--state", "seen", of=[f"{at}/feed"]) == []
        assert len(fetched(of=[f"{at}/feed"])) == 1


def delay(command, option):
    with served() as (at, asked):
        fetched("--delay", "0.6", of=[f"{at}/page", f"{at}/page"])
        times = [when for path, when in asked if path == "/page"]
        assert len(times) == 2 and times[1] - times[0] > 0.5, times
        asked.clear()
        fetched("--delay", "0.01", of=[f"{at}/page"] * 4)
        times = [when for path, when in asked if path == "/page"]
        assert len(times) == 4 and times[3] - times[0] < 3, times


def timeout(command, option):
    with served() as (at, _):
        begin = time.monotonic()
        status, out, err = run(command, "--delay", "0.01", "--timeout", "1", arguments=[f"{at}/slow"])
        assert (status, out) == (1, "") and "no whole answer in 1 seconds" in err, (status, err)
        assert time.monotonic() - begin < 10


PROMISES = {"any-language": any_language, "output": output, "resume": resume, "report": report, "since": since, "until": until, "where": where,
            "sample": sample, "shard": shard, "format": formats, "db": database, "no-text": no_text,
            "status": statuses, "dyads": dyads, "per-sentence": per_sentence,
            "header": header, "tokenized": tokenized, "text": plain_text, "json": as_json, "date": date,
            "threads": many_threads, "knowledge": knowledge, "model": model, "quiet": quiet, "help": print_help,
            "version": version, "against": against, "events": events, "min-confidence": min_confidence,
            "petrarch": petrarch, "index": index, "all": every, "why": why, "with": why_with, "twins": retold, "undo": undo,
            "one-a-day": one_a_day, "explain": explain_happening, "articles": articles, "archive": archive, "state": state,
            "delay": delay, "timeout": timeout, "kind": kinds, "limit": limit, "date-order": date_order, "max-record": max_record,
            **{f"{piece}-column": column for piece in ("text", "title", "date", "id", "publisher", "url", "lang")}}


# ---- each command with each option ----

def keeps(command, option):
    """Bad values are refused, and the promise is kept."""
    name = "--" + option["name"]
    if option["value"] is None:
        assert refused(command, name + "=yes") == f"detente: {name} takes no value\n"
    else:
        wants = refused(command, name + "=")
        assert wants.startswith(f"detente: {name} wants ") and wants.endswith(", not ''\n"), wants
        assert all(choice in wants for choice in option["choices"]), wants
    PROMISES[option["name"]](command, option)


def lettered(commands, letter):
    """The commands that have an option of that letter, whatever its name."""
    return [c["name"] for c in commands if any(o["letter"] == letter for o in c["options"])]


def joined(names):
    return names[0] + " has" if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] + " have"


def refuses(command, option, owners, commands):
    value = [] if option["value"] is None else [(option["choices"] or ["1"])[0]]
    before = sorted(os.listdir())
    spellings = {"--" + option["name"]: owners}
    if option["letter"] and command not in lettered(commands, option["letter"]):
        spellings["-" + option["letter"]] = lettered(commands, option["letter"])
    for spelled, having in spellings.items():
        assert refused(command, spelled, *value) == f"detente: {command} has no option {spelled}; {joined(having)}\n"
    assert sorted(os.listdir()) == before, "something was written"


def prepare():
    pathlib.Path("in.jsonl").write_text("".join(json.dumps(s) + "\n" for s in STORIES))
    pathlib.Path("copies.jsonl").write_text("".join(json.dumps(s) + "\n" for s in COPIES))
    pathlib.Path("witnesses.jsonl").write_text("".join(json.dumps(s) + "\n" for s in WITNESSES))
    pathlib.Path("pairs.jsonl").write_text("".join(json.dumps(p) + "\n" for p in PAIRS))
    pathlib.Path("lacking.jsonl").write_text("".join(json.dumps(s) + "\n" for s in LACKING))
    for name, text in OWN.items():
        pathlib.Path(name).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(name).write_text(text)
    shutil.copy(PROJECT / "model/english.dtm", "copy.dtm")


def attempt(what, function, *arguments):
    """1 when it is as it should be."""
    try:
        function(*arguments)
        return 1
    except (AssertionError, KeyError, ValueError, OSError, subprocess.SubprocessError) as fault:
        print(f"{what}: {type(fault).__name__} {fault}")
        return 0


def main():
    for name in [n for n in os.environ if n.lower().endswith("_proxy")]:
        del os.environ[name]
    prepare()
    commands = json.loads(succeed("help", "--json"))["commands"]
    options = {o["name"]: o for c in commands for o in c["options"]}
    own = {(c["name"], o["name"]): o for c in commands for o in c["options"]}
    foreign = [(c["name"], name) for c in commands for name in options if (c["name"], name) not in own]
    refusals = sum(attempt(f"{c} --{o}", refuses, c, options[o], [d["name"] for d in commands if (d["name"], o) in own], commands)
                   for c, o in foreign)
    with concurrent.futures.ThreadPoolExecutor(6) as several:
        slow_last = sorted(own, key=lambda pair: pair[1] != "quiet")
        kept = sum(several.map(lambda pair: attempt(f"{pair[0]} --{pair[1]}", keeps, pair[0], own[pair]), slow_last))
    print(f"{len(commands)} commands, {len(options)} options: {len(own)} accepted, {kept} of them do what they promise; "
          f"{len(foreign)} foreign, {refusals} of them refused; {len(own) - kept + len(foreign) - refusals} ignored")


if __name__ == "__main__":
    main()
