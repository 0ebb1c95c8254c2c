#!/usr/bin/env python3
"""Shares of the portal's items that get a told event, by section.

    sections.py PORTAL.jsonl DETENTE

1,500 items of each section, drawn at random, of days that the corpus has nothing of."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

SECTIONS = ["Armed conflicts and attacks", "International relations", "Sports", "Science and technology", "Arts and culture"]
CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus"


def main():
    portal, detente = sys.argv[1:]
    known = {json.loads(line)["date"] for name in ("portal", "chosen") for line in (CORPUS / f"{name}.jsonl").open(encoding="utf-8")}
    rows = [json.loads(line) for line in open(portal, encoding="utf-8")]
    shares = []
    for section in SECTIONS:
        items = [r for r in rows if r["category"] == section and r["date"] not in known]
        items = random.Random(1).sample(items, min(len(items), 1500))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
            f.write("".join(json.dumps({k: r[k] for k in ("id", "date", "text")}) + "\n" for r in items))
            f.flush()
            out = subprocess.run([detente, "annotate", "--quiet", "--status", "actual,historical", f.name],
                                 stdout=subprocess.PIPE, check=True).stdout.decode()
        told = sum(any(e["plover"] for e in json.loads(line)["events"]) for line in out.splitlines())
        shares.append(f"{section} {100 * told / max(1, len(items)):.1f} of {len(items)}")
    print("portal items with a told event, per cent: " + ", ".join(shares))


if __name__ == "__main__":
    main()
