#!/usr/bin/env python3
"""Writes knowledge/actors/factbook-bodies.txt: parties, chambers of parliaments, forces and police services of The
World Factbook that no other file has.

    make_bodies.py FACTBOOK.jsonl.gz PORTAL.jsonl.gz knowledge/actors > knowledge/actors/factbook-bodies.txt

A name must belong to one country only ("Labour Party" does not). One of a single word must be no word of the portal's
text in lower case; an
abbreviation has four letters or more and needs support of the context (weak)."""

import collections
import gzip
import json
import re
import sys
from pathlib import Path

import make_leaders
from actor_text import Known, fold, quoted
from make_dictionaries import country_codes, vocabulary

GENERATED = ("factbook-bodies.txt", "dictionary-bodies.txt", "dictionary-persons.txt", "officeholders.txt")
SECTOR = [("COP", r"police|gendarm|constabulary|carabinier|law enforcement|border guard|coast guard|customs"), ("SPY", r"intelligence|secret service|state security"),
          ("MIL", r"\b(army|navy|air force|forces|force|guard|marine|marines|military|defen[cs]e|corps|regiment|commandos?|aviation|infantry|militia)\b")]
NO_FORCE = re.compile(r"ministry|department of|headquarters|directorate of|includes|command$|^(the )?(land|ground|air|naval|joint|special|strategic|regular|"
                      r"maritime|support|reserve|territorial|general|national|internal|security|central|rocket|cyber|space|medical|active|civil|federal|state|public)"
                      r"( (and|or|air|naval|land|ground|defense|defence|operations|security|support|special|logistics|mobile|strategic|missile|rapid|reaction|assault))* "
                      r"(forces?|army|navy|guard|police|command|corps|service|services|component|troops|infantry|aviation|defen[cs]e)s?$|"
                      r"^(army|navy|air force|naval force|marines|marine corps|coast guard|gendarmerie|national gendarmerie|presidential guard|republican guard|"
                      r"national guard|special forces|border guards?|border police|customs.*|air corps|honor guard|home guard|military police|"
                      r"people's militia|national militia|armed forces|defen[cs]e forces?|police|police force|national army|national navy|national air force|"
                      r"army aviation|naval aviation|naval infantry|naval forces|royal guard|traffic police|riot police|tourist police)$", re.I)
# Of a name of ordinary words alone, one must be of these.
HEADS = set("party movement front union alliance league rally congress coalition army force forces police guard navy democrats socialists "
            "communists republicans greens parliament council assembly".split())


def split_outside(text, marks):
    """Pieces between marks that stand outside of parentheses."""
    out, depth, last = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth <= 0 and c in marks:
            out.append(text[last:i])
            last = i + 1
    return [x.strip() for x in out + [text[last:]] if x.strip()]


def variants(text):
    """'Name or ABBR (aka Other; Third)' -> names and abbreviations."""
    inner = re.findall(r"\(([^()]*)\)", text)
    bare = re.sub(r"\s*\([^()]*\)?", "", text).strip()
    names, short = [], []
    for piece in re.split(r" or (?=[A-ZÀ-Ý])|/", bare):
        names.append(piece.strip())
    for piece in inner:
        if re.search(r"\d{4}|\b(coalition|alliance|dissolved|formerly|former|includes|part|member|banned|note|seats?|see|under)\b", piece):
            continue
        for x in re.split(r"; |, | or ", piece):
            names.append(re.sub(r"^(aka|also known as|also) ", "", x.strip()).strip('" '))
    good = []
    for x in names:
        x = re.sub(r"[.,;:]+$", "", x.replace("“", "").replace("”", "").replace('"', "")).strip()
        if re.fullmatch(r"[A-Z][A-Z0-9-]{3,6}", x):
            short.append(x)
        elif re.match(r"[A-ZÀ-Ý']", x) and 4 < len(x) < 70 and not re.search(r"[:;\[\]=]|\d", x):
            good.append(re.sub(r"^The ", "", x))
    return good, short


def forces(text):
    """(names, abbreviations, sector) of armed forces and police services."""
    for line in text.split("\n"):
        for piece in split_outside(re.sub(r"\(20\d\d\)", "", line), ":;,"):
            names, short = variants(re.sub(r"\([^()]*(includ|aka land|law enforcement)[^()]*\)", "", piece))
            names = [n for n in names if not NO_FORCE.search(n) and len(n.split()) > 1 and len(n.split()) < 8]
            sector = next((s for s, pattern in SECTOR if names and re.search(pattern, names[0], re.I)), None)
            if sector and names:
                yield names, short, sector


def texts(value):
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return [value] if isinstance(value, str) else []


def chambers(row):
    for branch in (row.get("legislative") or {}).values() if isinstance(row.get("legislative"), dict) else []:
        for key in ("legislature name", "chamber name"):
            name = branch.get(key) if isinstance(branch, dict) else None
            if name:
                local = re.findall(r"\(([^()]*)\)", name)
                yield [x.strip() for piece in local for x in re.split(r" - |, |/", piece)]


def gather(factbook, countries):
    iso = make_leaders.countries() | {"uk": "GBR"}
    for line in gzip.open(factbook, "rt", encoding="utf-8"):
        row = json.loads(line)
        domain = re.search(r"\.([a-z]{2})\b", row.get("internet_code") or "")
        code = "XKX" if row.get("gec") == "KV" else iso.get(domain[1]) if domain else None
        if code not in countries:
            continue
        for text in texts(row.get("parties")):
            for party in text.split("\n"):
                names, short = variants(party)
                if names:
                    yield code, "PTY", names, short
        for names in chambers(row):
            yield code, "LEG", [n for n in names if re.match(r"[A-ZÀ-Ý]", n) and len(n) > 5], []
        for text in texts(row.get("military")):
            for names, short, sector in forces(text):
                yield code, sector, names, short


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: make_bodies.py FACTBOOK.jsonl.gz PORTAL.jsonl.gz knowledge/actors")
    factbook, portal, actors = sys.argv[1:]
    known, countries, words = Known(actors, GENERATED), country_codes(actors), vocabulary(portal)
    found = list(gather(factbook, countries))
    owners = collections.defaultdict(set)
    for code, _, names, short in found:
        for n in names + short:
            owners[fold(n)].add(code)
    out = sys.stdout
    out.write("# Parties, chambers of parliaments, forces and police services after The World Factbook. Written by\n"
              "# tools/make_bodies.py: those that another file has are left out; to correct one, move it there.\n\n"
              "provenance  The World Factbook (CIA), 2026-05-17, public domain\n\n")
    seen = set()

    def usable(name):
        key = fold(name)
        if key in known.names or key in seen or len(owners[key]) > 1 or len(key) < 5:
            return False
        parts = key.split()
        strange = any(w not in words and len(w) > 4 for w in parts)
        return strange or (2 < len(parts) < 9 and bool(HEADS & set(parts)))
    for code, sector, names, short in sorted(found, key=lambda f: (f[0], f[1], f[2])):
        if any(fold(n) in known.names and code in known.names[fold(n)] for n in names):
            continue
        names = [n for n in dict.fromkeys(names) if usable(n)]
        short = [s for s in short if fold(s) not in known.names and len(owners[fold(s)]) == 1 and fold(s) not in seen and fold(s) not in words]
        if not names:
            continue
        seen.update(fold(n) for n in names + short)
        kind = "group" if sector == "PTY" else "org"
        out.write(f"{kind} {known.key(kind, names[0], code)}  {names[0]}\n  code    {code}{sector}\n  country {code}\n  sector  {sector}\n")
        if names[1:]:
            out.write(f"  name    {', '.join(map(quoted, names[1:]))}\n")
        if short:
            out.write(f"  weak    {', '.join(short)}\n")


if __name__ == "__main__":
    main()
