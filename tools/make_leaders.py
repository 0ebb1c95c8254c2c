#!/usr/bin/env python3
"""Writes knowledge/actors/leaders-current.txt: heads of state and of government after The World
Factbook, those that stand in no other file of leaders.

    make_leaders.py FACTBOOK.jsonl.gz knowledge/actors > knowledge/actors/leaders-current.txt

The Factbook writes family names in capitals and the start of office in brackets ("President Duma
BOKO (since 1 November 2024)"). Who holds an office again is listed there from his last inauguration:
FIRST gives the first day in office where it is another. SKIP names persons that the other files know
under another spelling. WEAK family names are words or names of many."""

import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

ISO_CODES = "/usr/share/iso-codes/json/iso_3166-1.json"
MONTHS = {m: i for i, m in enumerate(
    "January February March April May June July August September October November December".split(), 1)}
MONTHS["Sep"], MONTHS["Oct"] = 9, 10

TITLES = [
    ("Sultan and Prime Minister", "sultan"), ("Crown Prince and Prime Minister", "prime minister"),
    ("Transition Prime Minister", "prime minister"), ("Interim Prime Minister", "prime minister"),
    ("CNSP Prime Minister", "prime minister"), ("Prime Minister and Foreign Minister", "prime minister"),
    ("Prime Minister", "prime minister"), ("Vice President", "vice president"),
    ("Transitional President", "president"), ("Transition President", "president"),
    ("Interim President", "president"), ("Acting President", "president"),
    ("President of French Polynesia", "president"), ("President of the Government", "president"),
    ("President of the Swiss Confederation", "president"),
    ("Chairperson of the Council of Ministers", "prime minister"),
    ("Chairman of the Cabinet of Ministers", "prime minister"), ("President", "president"),
    ("Premier", "premier"), ("Chancellor", "chancellor"), ("Chief Executive", "chief executive"),
    ("Chief Minister", "chief minister"), ("Governor", "governor"), ("Grand Duke", "grand duke"),
    ("King", "king"), ("Prince", "prince"), ("Minister of State", "minister of state"),
]
RANKS = re.compile(r"^(Sir|Dame|Dr\.|Gen\.|General|Col\.|Capt\.|Ratu|Sr\. Gen\.|Grand Chief|Amir) ")
# What stands in capitals without being a name, and the words that go with a family name.
PARTICLES = {"VAN", "DER", "DE", "LA", "DI", "DA", "DOS", "VON", "EL", "AL", "LE", "DU", "DEL", "TE"}

DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}  # nobody is named so alone

# Persons whom the other files have under another spelling, by the words that stand in capitals.
SKIP = {
    "CHARLES III", "WILLEM-ALEXANDER", "TRUMP", "MUHAMMAD BIN ZAYID", "MUHAMMAD BIN RASHID",
    "NETANYAHU", "RASHID", "SALMAN", "MUHAMMAD", "ABDALLAH II", "CHRISTODOULIDIS", "PHILIPPE", "FREDERIK", "GUILLAUME",
}
FIRST = {"CHIWENGA": "2017-12-28", "SIMINA": "2023-05-11"}  # family name in capitals: first day in office
WEAK = {"Brown", "Burt", "Drew", "Man", "Te", "Teo", "Pierre", "Bah", "Davis", "Mitchell", "Bryan"}
FEMALE = {
    "Mia", "Sylvanie", "Catherine", "Halla", "Kristrun", "Inga", "Brigitte", "Myriam", "Sarra",
    "Jennifer", "Hilda", "Gordana", "Natasa", "Christine", "Kamla", "Robinah", "Borjana", "Cora",
    "Lourdes", "Maria", "Jenniffer", "Andrea", "Lindsay",
}
FAMILY_NONE = {"king", "prince", "grand duke"}


def plain(text):
    text = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in text if not unicodedata.combining(c))


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower().replace("'", "")).strip("-")


def recase(word):
    if not word.isupper() or re.fullmatch(r"[IVX]+|[A-Z]\.?", word):
        return word
    if word in PARTICLES:
        return word.capitalize()
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word)


def iso_date(text):
    m = re.search(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", text)
    if not m:
        return None
    day, month, year = m.groups()
    date = year
    if month in MONTHS:
        date += "-%02d" % MONTHS[month]
        if day:
            date += "-%02d" % int(day)
    return date


def office(text):
    """One passage ("Prime Minister Edi RAMA (since 10 September 2013)") -> title, name, family, since."""
    m = re.match(r"([^(;]+?)\s*\(\s*since ([^)]*)\)", text)
    if not m or "represented" in m[1]:
        return None
    who, since = m[1], iso_date(m[2])
    title = None
    for long, short in TITLES:
        if who.startswith(long + " "):
            who, title = who[len(long) + 1:], short
            break
    if title is None or since is None or who.startswith("of ") or " of " in who:
        return None
    while RANKS.match(who):
        who = RANKS.sub("", who)
    who = who.replace(", Jr.", " Jr.")
    words = who.split()
    caps = [w for w in words if w.isupper() and len(w.strip(".")) > 1]
    if not caps:
        return None
    return title, " ".join(recase(w) for w in words), " ".join(caps), since


def countries():
    with open(ISO_CODES, encoding="utf-8") as f:
        return {c["alpha_2"].lower(): c["alpha_3"] for c in json.load(f)["3166-1"]}


def known_persons(folder):
    """(country, words of a name in plain capitals) and keys of all persons in the files of leaders."""
    seen, keys = set(), set()
    for path in sorted(Path(folder).glob("leaders-*.txt")):
        if path.name == "leaders-current.txt":
            continue
        names, key = [], None
        for line in path.read_text(encoding="utf-8").splitlines() + ["person end  End"]:
            field = line.split(None, 2)
            if line.startswith("person "):
                key, names = field[1], [field[2]]
                keys.add(key)
            elif line.startswith("  name "):
                names += line.split(None, 1)[1].split(",")
            elif line.startswith("  role "):
                for name in names:
                    seen.add((field[1], frozenset(plain(name).upper().replace("-", " ").split())))
    return seen, keys


def entry(iso, title, name, family, since):
    words = name.split()
    lines = ["person %s  %s" % (slug(name), name)]
    lines.append("  gender  %s" % ("f" if words[0] in FEMALE else "m"))
    family_name = " ".join(recase(w) for w in family.split())
    if title in FAMILY_NONE or family_name in DAYS:
        lines.append("  family  none")
    elif family_name != words[-1]:
        lines.append("  family  " + family_name)
    if family_name in WEAK:
        lines.append("  weak    " + family_name)
    if plain(name) != name:
        lines.append("  name    " + plain(name))
    short = words[0] + " " + family_name
    if title not in FAMILY_NONE and len(words) > 2 and short != name and family_name not in words[0]:
        lines.append("  name    " + short)
    if title in FAMILY_NONE:
        lines.append("  name    %s %s" % (title.title(), name))
    lines.append("  role    %s GOV  %-24s %s" % (iso, FIRST.get(family, since) + "..", title))
    return "\n".join(lines)


def main():
    seen, keys = known_persons(sys.argv[2])
    iso3 = countries()
    iso3["uk"] = "GBR"
    found = {}
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            executive = d.get("executive")
            code = re.search(r"\.([a-z]{2})\b", d.get("internet_code") or "")
            if not isinstance(executive, dict) or not code or code[1] not in iso3:
                continue
            iso = "XKX" if d.get("gec") == "KV" else iso3[code[1]]
            for part in ("chief of state", "head of government"):
                got = office(executive.get(part) or "")
                if got is None or got[2] in SKIP:
                    continue
                title, name, family, since = got
                words = set(plain(name).upper().replace("-", " ").split())
                families = set(plain(family).upper().replace("-", " ").split())
                known = any(land == iso and families <= other and len(other & words) > 1 for land, other in seen)
                if known or slug(name) in keys:
                    continue
                found.setdefault(slug(name), (iso, title, name, family, since))
    print("# Heads of state and of government in office, after The World Factbook. Written by\n"
          "# tools/make_leaders.py; persons that the other files of leaders have are left out.\n\n"
          "provenance  The World Factbook (CIA), 2026-05-17, public domain\n")
    for key in sorted(found, key=lambda k: (found[k][0], k)):
        print(entry(*found[key]))


if __name__ == "__main__":
    main()
