#!/usr/bin/env python3
"""Writes knowledge/actors/dictionary-persons.txt and dictionary-bodies.txt: dated offices, organisations,
companies and armed groups after the actor dictionaries of PETRARCH 2 (MIT licence, see LICENSE-petrarch2.txt).

    make_dictionaries.py FOLDER PORTAL.jsonl.gz knowledge/actors

PORTAL serves to tell ordinary words. FOLDER holds petrarch2.Phoenix.{Countries,International,MilNonState}.actors.txt.gz. Only facts are taken:
names, countries, sectors, periods; codes are brought to country and sector (AZEGOVMIL -> AZE GOV).

What is left out: persons and bodies that another file of the folder has (under any of their names, or within
the country under a like one); names of one word; names that persons of several countries bear; English names so
common that news means somebody else; codes of regions, peoples and of nobody known.

An office without an end (">030101") was held when the dictionaries were made, early in 2014; it ends here a
year later, and from then on its holder is a former one until another file says more. Offices before 1945 are
left out. Persons get no family name: it would name too many, and where a story has the full name, the family
name follows from it."""

import collections
import datetime
import gzip
import json
import re
import sys
from pathlib import Path

import dictionaries
from actor_text import BODY_WORDS, Known, fold, quoted, read_entries, title_case

PREFIX = "petrarch2.Phoenix."
OPEN_UNTIL = "2015-01"
FIRST_DAY = "1945-01-01"
SECTORS = set("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL LAB REF REL NGO LEG ELI".split())
# Second-level roles that say more than GOV does.
GOV_FINER = {"LEG": "LEG", "JUD": "JUD", "SPY": "SPY"}
OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX", "GZA": "PSE", "PAL": "PSE", "ABW": "ABW"}
RANKS = re.compile(r"^(SIR|DAME|LORD|DR|DR\.|GEN|GEN\.|GENERAL|COL|COL\.|CAPT|CAPT\.|MAJ|LT|PRESIDENT|PRIME MINISTER|"
                   r"FOREIGN MINISTER|SHAYKH|SHEIKH|PRINCE|KING|QUEEN|PROF|PROF\.|AMIR|MR|MRS|MS|REV|AMBASSADOR|"
                   r"MINISTER|CHANCELLOR|KANZLER|BUNDESKANZLER|PREMIER|COMMODORE|ISRAELI|SERI|DATO SERI|DATUK SERI|SECRETARY|SENATOR|CHIEF|JUDGE|JUSTICE|ADMIRAL|MARSHAL|RATU|TUN|DATUK|DATO) ")
COMMON_GIVEN = set("""james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas peter
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle
carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen
jim bob bill tom joe mike dave steve dan ben sam tony ron don ken fred alan ian simon martin keith philip phillip roger bruce""".split())
COMMON_FAMILY = set("""smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor
moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen
hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins
reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson
watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez jordan
west bell gordon hunt black stone fox ford grant""".split())


def country_codes(folder):
    """Codes of the countries of the base."""
    return {key for kind, key, _, fields in read_entries(Path(folder) / "countries.txt")
            if kind == "country" and ("region", "yes") not in fields}


def side_and_sector(code, countries):
    """'AZEGOVMIL' -> ('AZE', 'GOV'), 'MNCUSAHLH' -> ('USA', 'BUS'); None for what says no country."""
    parts = [code[i:i + 3] for i in range(0, len(code), 3)]
    parts = [OLD_CODES.get(p, p) for p in parts]
    if "MUS" in parts[1:] or parts[0] == "IMG":
        parts = [p for p in parts if p != "MUS"]
    body = {"MNC": "BUS", "NGO": "NGO", "NGM": "NGO"}.get(parts[0])
    if body:
        country = next((p for p in parts[1:] if p in countries), None)
        return country and (country, body)
    if parts[0] == "IGO":
        return ("EUR" if "EUR" in parts[1:3] else "IGO"), None
    country = next((p for p in parts if p in countries), None)
    if country is None:
        return None
    sector = next((p for p in parts if p in SECTORS), None)
    if sector == "GOV":
        sector = next((GOV_FINER[p] for p in parts if p in GOV_FINER), sector)
    return country, sector


def day_after(day, days):
    return (datetime.date.fromisoformat(day + "-01" if len(day) == 7 else day) + datetime.timedelta(days)).isoformat()


def merge_periods(roles):
    """Roles of one country and sector that touch or overlap, or nearly, become one."""
    merged = []
    for role in sorted(roles):
        last = merged[-1] if merged else None
        if last and last[:2] == role[:2] and (not last[3] or role[2] <= day_after(last[3], 62)):
            merged[-1] = (*last[:3], "" if "" in (last[3], role[3]) else max(last[3], role[3]))
        else:
            merged.append(role)
    return merged


def roles_of(entry, countries):
    """[(country, sector, from, to)] of the offices; no role for what makes only a former one."""
    roles = []
    for code, begin, end in entry["codes"]:
        found = side_and_sector(code, countries)
        if not found or found[0] == "EUR" or found[0] == "IGO" or found[1] in (None, "ELI"):
            continue
        if end and end < FIRST_DAY:
            continue
        roles.append((*found, begin, end or (OPEN_UNTIL if begin else "")))
    return merge_periods(r for r in roles if not r[3] or r[2] < r[3])


def person_name(capitals):
    while RANKS.match(capitals):
        capitals = RANKS.sub("", capitals)
    return capitals


def readable(name):
    return re.fullmatch(r"[A-ZÀ-Ý][-A-ZÀ-Ý'’. ]*", name) is not None


def too_common(name):
    words = fold(name).split()
    return words[0] in COMMON_GIVEN and words[-1] in COMMON_FAMILY and all(len(w) == 1 or w in COMMON_GIVEN | COMMON_FAMILY for w in words)


def is_body(name):
    return bool(set(fold(name).split()) & BODY_WORDS)


def person_names(entry):
    """Usable names of a person, as news writes them; none where the entry is no person or not to be used."""
    names = []
    for raw in entry["names"]:
        name = person_name(raw)
        if not readable(name) or not 2 <= len(name.split()) <= 9 or too_common(name):
            continue
        if max(map(len, fold(name).split())) < 3:
            continue
        name = title_case(name)
        if fold(name) not in map(fold, names):
            names.append(name)
    return names


def write_persons(entries, known, countries, out):
    bearers = collections.defaultdict(set)
    for entry in entries:
        for name in person_names(entry):
            bearers[fold(name)].update(r[0] for r in roles_of(entry, countries))
    people, aliases = {}, {}
    for entry in entries:
        names = person_names(entry)
        roles = roles_of(entry, countries)
        if not roles or not names or is_body(" ".join(entry["names"])):
            continue
        lands = {r[0] for r in roles}
        same = next((k for n in names for c in sorted(lands) for k in [known.like(c, n)] if k), None)
        if same or any(known.names.get(fold(n)) for n in names):
            more = [n for n in names if fold(n) not in known.names and len(bearers[fold(n)]) == 1 and any(known.alias(same, n, c) for c in lands)]
            if same and more:
                aliases.setdefault(same, []).extend(n for n in more if fold(n) not in map(fold, aliases.get(same, [])))
            continue
        names = [n for n in names if len(bearers[fold(n)]) == len(lands)]
        if not names:
            continue
        same = next((people[fold(n)] for n in names if fold(n) in people), None)
        if same is None:
            same = {"names": [], "roles": []}
        same["names"] += [n for n in names if fold(n) not in map(fold, same["names"])]
        same["roles"] = merge_periods(same["roles"] + roles)
        for n in names:
            people[fold(n)] = same
    written = set()
    for person in sorted(people.values(), key=lambda p: (p["roles"][-1][0], fold(p["names"][0]))):
        if id(person) in written:
            continue
        written.add(id(person))
        name, country = person["names"][0], person["roles"][-1][0]
        out.write(f"person {known.key('person', name, country)}  {name}\n  family  none\n")
        if len(person["names"]) > 1:
            out.write(f"  name    {', '.join(map(quoted, person['names'][1:]))}\n")
        for land, sector, begin, end in sorted(person["roles"], key=lambda r: r[2], reverse=True):
            out.write(f"  role    {land} {sector}  {begin}..{end}\n")
    out.write("\n# Further names of persons that stand elsewhere.\n")
    given = set()
    for key in sorted(aliases):
        names = [n for n in aliases[key] if fold(n) not in people and fold(n) not in given]
        given.update(map(fold, names))
        if names:
            out.write(f"alias person/{key}  {', '.join(map(quoted, names))}\n")
    return len(written)


def company_names(raw):
    """'DOLLAR THRIFTY GROUP INC' -> as it stands and without the legal form, where two words stay."""
    bare = re.sub(r"[ ,]+(INC|CORP|LTD|LIMITED|PLC|CO|LLC|LP|L\.P|S\.A|SA|NV|N\.V)\.?$", "", raw)
    names = [raw] if bare != raw or len(raw.split()) > 1 else []
    return names + ([bare] if bare != raw and len(bare.split()) > 1 else [])


def body_names(entry, company):
    names = []
    for raw in entry["names"]:
        raw = re.sub(r"^THE ", "", re.sub(r"\s*\([^)]*\)", "", raw)).replace("_", " ").strip(" ,.-")
        if not re.fullmatch(r"[A-ZÀ-Ý0-9][-A-ZÀ-Ý0-9'’.,&/ ]*", raw) or not re.search("[A-Z]{3}", raw):
            continue
        if company:
            names += company_names(raw)
        elif len(raw.split()) > 1 or "-" in raw:
            names.append(raw)
    out = []
    for raw in names:
        name = re.sub(r" & ", " & ", title_case(raw))
        if fold(name) not in map(fold, out) and 5 < len(fold(name)) < 70:
            out.append(name)
    return out


def vocabulary(portal):
    """Words that the portal's text has in lower case."""
    words = set()
    for line in gzip.open(portal, "rt", encoding="utf-8"):
        words.update(fold(w) for w in re.findall(r"\b[a-zà-ÿ][\w'’]+", json.loads(line)["text"]))
    return words


MONTHS = set("january february march april may june july august september october november december".split())


def ordinary(name, words):
    """A short name of ordinary words alone: "Central Garden", "Good Times"; not one that ends in its legal form."""
    parts = fold(name).split()
    return len(parts) < 4 and all(w in words or len(w) < 3 or w in MONTHS for w in parts) and parts[-1] not in ("inc", "corp", "corporation", "ltd", "plc")


# Words of countries and of armed groups that stand alone for something else, and entries that say nothing.
NO_BODY = re.compile(r"\b(then|soldiers|justices|official|spokesman|spokeswoman|spokesperson|leader|committee on|secretary|minister|president)\b")


def write_bodies(entries, kind, known, countries, words, out):
    seen, n = {}, 0
    for entry in sorted(entries, key=lambda e: e["names"][0]):
        sides = [side_and_sector(c[0], countries) for c in entry["codes"]]
        side = next((s for s in sides if s), None)
        company = entry["codes"][0][0].startswith("MNC")
        if side is None or side[0] in ("IGO", "EUR") or side[1] is None:
            continue
        if side[1] in ("GOV", "ELI") and not is_body(entry["names"][0]):
            continue
        if not company and side[1] != "REB" and not is_body(" ".join(entry["names"])):
            continue
        if kind == "group" and side[1] != "REB":
            continue
        names = [x for x in body_names(entry, company) if not NO_BODY.search(fold(x))]
        if any(fold(x) in known.names for x in names):
            continue
        names = [x for x in names if fold(x) not in seen and not ordinary(x, words)]
        if not names:
            continue
        for x in names:
            seen[fold(x)] = True
        n += 1
        out.write(f"{kind} {known.key(kind, names[0], side[0])}  {names[0]}\n  code    {''.join(side)}\n"
                  f"  country {side[0]}\n  sector  {side[1]}\n")
        if len(names) > 1:
            out.write(f"  name    {', '.join(map(quoted, names[1:]))}\n")
    return n


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: make_dictionaries.py FOLDER PORTAL.jsonl.gz knowledge/actors")
    source, portal, actors = map(Path, sys.argv[1:])
    read = {x: dictionaries.read(source / f"{PREFIX}{x}.actors.txt.gz") for x in ("Countries", "International", "MilNonState")}
    own = ("dictionary-persons.txt", "dictionary-bodies.txt")  # what make_bodies.py writes wins
    known, countries, words = Known(actors, own), country_codes(actors), vocabulary(portal)
    notice = ("provenance  facts of the actor dictionaries of PETRARCH 2 (Open Event Data Alliance, 2014; MIT licence, "
              "doc/licence-petrarch2.txt), cleaned by the Detente developers\n\n")
    with (actors / own[0]).open("w", encoding="utf-8") as out:
        out.write("# Ministers and other office-holders, mostly of 1990 to 2014. Written by tools/make_dictionaries.py: persons\n"
                  "# that another file has are left out; to correct one, move it there.\n\n" + notice)
        persons = write_persons(read["Countries"], known, countries, out)
    with (actors / own[1]).open("w", encoding="utf-8") as out:
        out.write("# Companies, organisations and armed groups. Written by tools/make_dictionaries.py: those that another file\n"
                  "# has are left out; to correct one, move it there.\n\n" + notice)
        bodies = write_bodies(read["Countries"] + read["International"], "org", known, countries, words, out)
        groups = write_bodies(read["MilNonState"], "group", known, countries, words, out)
    print(f"{persons} persons, {bodies} organisations, {groups} groups", file=sys.stderr)


if __name__ == "__main__":
    main()
