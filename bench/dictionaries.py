#!/usr/bin/env python3
"""Entries of published actor dictionaries: does our own base give them their country and sector?

    dictionaries.py FOLDER DETENTE [--misses]

FOLDER holds Phoenix.{Countries,International,MilNonState}.actors.txt.gz. Draws 2,000 entries by a fixed seed out of
those whose code names a country or an international body, puts each name into a sentence of the middle of a period of
its (for offices without an end: two years after they began; without any date: June 2013), annotates, and compares the
longest coded actor in the place of the name. Codes are brought to those of corpus/guide.md: MNC is BUS, NGM is NGO,
the country is the first that the code names, the sector the first behind it. Prints a line of figures."""

import datetime
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import dictionaries  # noqa: E402
from actor_text import title_case  # noqa: E402
from make_dictionaries import country_codes, side_and_sector  # noqa: E402

FILES = ("Countries", "International", "MilNonState")
ACTORS = Path(__file__).resolve().parent.parent / "knowledge" / "actors"
DRAWN = 2000


def day_in(begin, end):
    first = datetime.date.fromisoformat(begin) if begin else None
    last = datetime.date.fromisoformat(end) if end else None
    if first and last:
        return first + (last - first) / 2
    if first:
        return max(first, min(first + datetime.timedelta(730), datetime.date(2013, 12, 31)))
    return last - datetime.timedelta(365) if last else datetime.date(2013, 6, 1)


def usable(folder):
    """(name, country, sector, day) of every entry with a code that says whose it is."""
    countries, out = country_codes(ACTORS), []
    for name in FILES:
        for entry in dictionaries.read(Path(folder) / f"Phoenix.{name}.actors.txt.gz"):
            codes = [c for c in entry["codes"] if side_and_sector(c[0], countries)]
            offices = [c for c in codes if side_and_sector(c[0], countries)[1] != "ELI"]
            if not codes:
                continue
            code, begin, end = (offices or codes)[-1]
            country, sector = side_and_sector(code, countries)
            out.append((entry["names"][0], country, sector, day_in(begin, end)))
    return out


def main():
    drawn = random.Random(20141).sample(usable(sys.argv[1]), DRAWN)
    stories, spans = [], []
    for i, (name, _, _, day) in enumerate(drawn):
        name = name if len(name.split()) == 1 and len(name) < 6 else title_case(name)
        stories.append(json.dumps({"id": str(i), "date": day.isoformat(), "text": f"{name} met reporters on Monday."}))
        spans.append(len(name.encode()))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        f.write("\n".join(stories) + "\n")
        f.flush()
        found = subprocess.run([sys.argv[2], "annotate", "--quiet", f.name], check=True, capture_output=True, text=True).stdout
    country_right = sector_right = 0
    for row in map(json.loads, found.splitlines()):
        i = int(row["id"])
        name, country, sector, day = drawn[i]
        coded = [a for a in row["actors"] if a.get("code") and a["begin"] < spans[i]]
        best = max(coded, key=lambda a: a["end"] - a["begin"], default={})
        same_country = (best.get("country") or "") == country
        same_sector = country in ("IGO", "EUR") or (best.get("sector") or "") == (sector or "")
        country_right += same_country
        sector_right += same_country and same_sector
        if "--misses" in sys.argv and not (same_country and same_sector):
            print(f"{name}  {day}  {country} {sector}  found {best.get('code')} {best.get('entity')}", file=sys.stderr)
    print(f"country {100 * country_right / DRAWN:.1f} %, country and sector {100 * sector_right / DRAWN:.1f} %")


if __name__ == "__main__":
    main()
