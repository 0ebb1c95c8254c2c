#!/usr/bin/env python3
"""Persons that the portal names with an office and a country: does `annotate` give them that country and sector?

    officeholders.py PORTAL.jsonl.gz DETENTE [--misses]

Takes the days that tools/make_officeholders.py leaves out (every tenth), finds the persons there
("Italian Prime Minister Giorgia Meloni"), annotates the items on their days, and looks at the actor that covers the
name: its country against the one named, its sector against that of the title (a former one: ELI). Then the same for the
name alone in a sentence without title and country, for the persons who hold their office: what the base itself knows.
Prints a line of figures."""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import officeholders  # noqa: E402
from make_officeholders import held_out  # noqa: E402


def annotate(program, stories):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.write("".join(json.dumps(s) + "\n" for s in stories))
        f.flush()
        done = subprocess.run([program, "annotate", "--quiet", f.name], check=True, capture_output=True, text=True)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def actor_at(row, begin, end):
    """The actor that covers the end of a name (bytes); a person before what only stands in the name."""
    over = [a for a in row.get("actors") or [] if a["begin"] < end and a["end"] >= end and a["end"] <= end + 3]
    over = over or [a for a in row.get("actors") or [] if a["begin"] < end and begin < a["end"]]
    return max(over, key=lambda a: (bool(a.get("code")), a["end"] - a["begin"]), default={})


def compare(rows, cases, misses):
    country = sector = 0
    for case in cases:
        x, row = case["found"], rows.get(case["id"], {})
        actor = actor_at(row, case["begin"], case["end"])
        wanted = "ELI" if x["former"] else x["sector"]
        same_country, same_sector = actor.get("country") == x["side"], actor.get("sector") == wanted
        country += same_country
        sector += same_sector
        if misses and not (same_country and same_sector):
            print(f"{case['id']}  {x['side']} {wanted}  {x['name']}, {x['title']}  found {actor.get('code')} {actor.get('entity')}", file=sys.stderr)
    n = max(1, len(cases))
    return f"{100 * country / n:.1f} % country, {100 * sector / n:.1f} % sector"


def main():
    lists, misses = officeholders.Lists(ROOT / "knowledge"), "--misses" in sys.argv
    stories, cases, alone, alone_cases = [], [], [], []
    for line in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
        row = json.loads(line)
        if not held_out(row["date"]):
            continue
        found = [x for x in officeholders.find(row["text"], lists) if "/" not in x["side"]]
        if found:
            stories.append({k: row[k] for k in ("id", "date", "text")})
        for x in found:
            begin, end = (len(row["text"][:x[k]].encode()) for k in ("begin", "end"))
            cases.append({"id": row["id"], "begin": begin, "end": end, "found": x})
            if not x["former"]:
                key = f"{len(alone)}"
                alone.append({"id": key, "date": row["date"], "text": f"{x['name']} met reporters on Monday."})
                alone_cases.append({"id": key, "begin": 0, "end": len(x["name"].encode()), "found": x})
    print(f"{len(cases)} persons on {len(stories)} items: {compare(annotate(sys.argv[2], stories), cases, misses)}; "
          f"their names alone: {compare(annotate(sys.argv[2], alone), alone_cases, False)}")


if __name__ == "__main__":
    main()
