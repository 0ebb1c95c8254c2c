#!/usr/bin/env python3
"""Draws told events to be judged by eye, from stories that nobody has read.

    test/precision/draw.py PORTAL.jsonl NEWS.jsonl DETENTE OUT-FOLDER [--seed N]

200 told events of portal items that are not in the corpus, on days of its parts to develop and to test, so that nothing was
trained on them; whole items at a time, and all told events of 20
stories of NEWS of 150 to 400 words. Out: portal.jsonl and news.jsonl, a line an event: its story, its words, type, codes of
both sides, and "judgement": null to be filled in with "right", "type" (another type, or no event), "sides", or "both"; and
for each story how many events of it are missing. README.md tells how to judge."""
import argparse
import json
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from split_corpus import part_of  # noqa: E402


def events_of(detente, rows):
    lines = "".join(json.dumps({k: r.get(k) for k in ("id", "date", "text")}) + "\n" for r in rows)
    run = subprocess.run([detente, "annotate", "--quiet", "--status", "actual,historical", "-"], input=lines.encode(),
                         stdout=subprocess.PIPE, check=True)
    for row, line in zip(rows, run.stdout.decode().splitlines()):
        yield row, [e for e in json.loads(line)["events"] if e["plover"]]


def judged(row, e):
    words = row["text"].encode()[e["begin"]:e["end"]].decode()
    return {"id": row["id"], "text": row["text"], "words": words, "plover": e["plover"], "mode": e["mode"], "cameo": e["cameo"],
            "source": [p["code"] for p in e["source"]], "target": [p["code"] for p in e["target"]],
            "confidence": e["confidence"], "judgement": None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("portal")
    parser.add_argument("news")
    parser.add_argument("detente")
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    dice, out = random.Random(args.seed), pathlib.Path(args.out)
    known = {json.loads(line)["id"] for f in (ROOT / "corpus").glob("*.jsonl") for line in f.open(encoding="utf-8")}
    portal = [r for r in map(json.loads, open(args.portal, encoding="utf-8")) if r["id"] not in known and part_of(r) != "train"]
    news = [r for r in map(json.loads, open(args.news, encoding="utf-8")) if 150 <= len(r["text"].split()) <= 400]
    drawn, n = [], 0
    for row, events in events_of(args.detente, dice.sample(portal, 1000)):
        if n < 200:
            drawn += [judged(row, e) for e in events] or [{"id": row["id"], "text": row["text"], "words": None}]
            n += len(events)
    longer = [x for row, events in events_of(args.detente, dice.sample(news, 20))
              for x in [judged(row, e) for e in events] or [{"id": row["id"], "text": row["text"], "words": None}]]
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("portal", drawn), ("news", longer)):
        (out / f"{name}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        print(f"{name}: {sum(r['words'] is not None for r in rows)} events")


if __name__ == "__main__":
    main()
