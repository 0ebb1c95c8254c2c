#!/usr/bin/env python3
"""petrarch.py - are the entries of PETRARCH and TABARI dictionaries of actors found where a text names them?

    petrarch.py sample FOLDER [--entries N] [--seed S]      stories as JSON Lines: each names one entry on one of its days
    petrarch.py score STORIES ANNOTATED [--misses]          ANNOTATED: `detente annotate [--petrarch FOLDER] STORIES`

The sample reads the files FOLDER/*actors* by a reader of its own: an entry is a name, a synonym counts as one, with the
codes that hold on a day; the day is drawn from the period of one of its codes, between 1945 and 2026. The name is
written as people write it: small words and the rest of each word in small letters, acronyms in capitals. Names with marks
that the format itself uses, and entries that stand for nobody (---), are not drawn.

Out of `score`: one line of JSON, shares in per cent: of all entries those of which an actor in the name's place has a
code that the dictionary gives the name on that day (code), its first three letters as the country (country), and the
three behind them as the sector (sector; of the entries that have one).
"""
import argparse
import datetime
import json
import pathlib
import random
import re
import sys

SMALL = {"of", "the", "and", "for", "in", "de", "la", "du", "des", "on", "to", "al", "el", "del", "y", "e", "von", "van"}
FIRST, LAST = datetime.date(1945, 1, 1), datetime.date(2026, 11, 1)


def day(text):
    """The day of a date of six or eight digits, or None."""
    if not re.fullmatch(r"\d{6}|\d{8}", text):
        return None
    year = int(text[:-4])
    if len(text) == 6:
        year += 1900 if year > 30 else 2000
    try:
        return datetime.date(year, int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        return None


def period(text):
    """(first day, day behind the last) or None for what is no period; open ends are those of the sample."""
    text = text.replace(" ", "")
    if not text:
        return FIRST, LAST
    if text[0] in "<>":
        d = day(text[1:])
        return d and ((FIRST, d) if text[0] == "<" else (d, LAST))
    begin, _, end = text.partition("-")
    begin, end = day(begin), day(end)
    if not begin or not end:
        return None
    if begin > end:
        begin = begin.replace(year=begin.year - 100)
    return begin, max(end, begin + datetime.timedelta(days=1))


def entries(path):
    """[(names, [(code, dated, begin, end)])] of a dictionary of actors."""
    text = path.read_bytes()
    try:
        text = text.decode("utf-8")
    except UnicodeDecodeError:
        text = text.decode("latin-1")
    names, codes, coded = [], [], False  # coded: codes were met, readable or not
    text = re.sub(r"^<(\w+)>.*?^</\1>", "", text, flags=re.M | re.S)  # words of TABARI that are no actors
    for line in text.split("\n"):
        line = re.sub(r"(?:[#;](?![^\[]*\])|<!).*", "", line).strip()
        name, _, rest = line.partition("[")
        name = name.strip()
        if not line:
            if not coded:
                names = []
            continue
        if name:
            if not name.startswith("+") and coded:
                if codes:
                    yield names, codes
                names, codes, coded = [], [], False
            names.append(name.lstrip("+").strip())
        for content in re.findall(r"\[([^\]]*)\]", line):
            found = re.fullmatch(r"\s*([A-Z][A-Z0-9]+|-+|#+)\s*([<>\d][\d\s<>-]*)?", content)
            coded = True
            span = found and period((found.group(2) or "").strip())
            if span:
                codes.append((found.group(1), bool(found.group(2)), *span))
    if names and codes:
        yield names, codes


def codes_on(codes, date):
    """The codes that hold on the day: those that are dated to it, else those without a date; nobody has none."""
    dated = [c for c, with_date, begin, end in codes if with_date and begin <= date < end]
    return [c for c in dated or [c for c, with_date, _, _ in codes if not with_date] if c.isalnum()]


def written(name):
    words = name.replace("_", " ").split()
    out = []
    for i, word in enumerate(words):
        short = len(words) == 1 and len(word.strip(".")) <= 3
        acronym = not re.search(r"[AEIOUY]", word.upper()) or re.search(r"\w\.\w", word)
        if any(c.islower() for c in word) or short or acronym:
            out.append(word)
        elif 0 < i < len(words) - 1 and word.lower() in SMALL:
            out.append(word.lower())
        else:
            out.append("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")))
    return " ".join(out)


def key(name):
    return re.sub(r"[\s._-]+", " ", name.replace(".", "")).strip().lower()


def sample(folder, n, seed):
    drawn, known = [], {}
    for path in sorted(folder.glob("*actors*")):
        for names, codes in entries(path):
            for name in names:
                name = name.replace("_", " ").strip()
                if re.search(r"[\[\]{}<>|\\\x00-\x1f]|\+ ", name) or not re.search(r"[^\W\d]", name) or len(name) < 2:
                    continue
                known.setdefault(key(name), []).append(codes)
                if any(c[0].isalnum() for c in codes):
                    drawn.append((name, codes))
    random.Random(seed).shuffle(drawn)
    rng = random.Random(seed + 1)
    n_printed = 0
    for name, codes in drawn:
        if n_printed == n:
            break
        code, _, begin, end = rng.choice([c for c in codes if c[0].isalnum()])
        begin, end = max(begin, FIRST), min(end, LAST)
        date = begin + datetime.timedelta(days=rng.randrange(max(1, (end - begin).days)))
        right = sorted({c for each in known[key(name)] for c in codes_on(each, date)})
        if not right:  # another entry says that it is nobody then
            continue
        n_printed += 1
        surface = written(name)
        print(json.dumps({"id": f"{n_printed:04d}", "date": date.isoformat(), "text": f"{surface} condemned the attack on Tuesday.",
                          "name": surface, "codes": right}, ensure_ascii=False))


def score(stories, annotated, misses):
    found = {}
    for line in open(annotated, encoding="utf-8"):
        story = json.loads(line)
        found[story["id"]] = story["actors"]
    n = {"entries": 0, "code": 0, "country": 0, "sector": 0, "with_sector": 0}
    for line in open(stories, encoding="utf-8"):
        story = json.loads(line)
        end = len(story["name"].encode())
        actors = [a for a in found.get(story["id"], []) if a["begin"] < end and a["code"]]
        sectors = {c[3:6] for c in story["codes"] if len(c) > 3}
        code = any(a["code"] in story["codes"] for a in actors)
        country = any((a["country"] or "")[:3] in {c[:3] for c in story["codes"]} for a in actors)
        n["entries"] += 1
        n["code"] += code
        n["country"] += code or country
        if sectors:
            n["with_sector"] += 1
            n["sector"] += any(a["sector"] in sectors or a["code"][3:6] in sectors for a in actors)
        if misses and not code:
            print(story["id"], story["date"], story["name"], story["codes"],
                  [(a["text"], a["code"]) for a in actors], file=sys.stderr)
    share = {k: 100 * n[k] / max(1, n["with_sector" if k == "sector" else "entries"]) for k in ("code", "country", "sector")}
    print(json.dumps({"result": {"entries": n["entries"], **share}}))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = args.add_subparsers(dest="verb", required=True)
    draw = verbs.add_parser("sample")
    draw.add_argument("folder", type=pathlib.Path)
    draw.add_argument("--entries", type=int, default=2000)
    draw.add_argument("--seed", type=int, default=12)
    rate = verbs.add_parser("score")
    rate.add_argument("stories")
    rate.add_argument("annotated")
    rate.add_argument("--misses", action="store_true")
    a = args.parse_args()
    if a.verb == "sample":
        sample(a.folder, a.entries, a.seed)
    else:
        score(a.stories, a.annotated, a.misses)


if __name__ == "__main__":
    main()
