#!/usr/bin/env python3
"""Writes knowledge/actors/officeholders.txt: persons that Wikipedia's Current Events portal names with an office and
a country, with dated roles and the items that say so.

    make_officeholders.py PORTAL.jsonl.gz DICTIONARIES knowledge > knowledge/actors/officeholders.txt

Every tenth day (its ordinal number ends in 7: HELD_OUT) is left out, so that bench/officeholders.py can measure on
those. Persons that another file has are left out; their offices in the dictionaries of PETRARCH (DICTIONARIES)
are taken in.

Dates. Evidence is a day on which a person is called what he is. Evidence of one sector with nothing else between
makes one role, if no six years lie between. It is held to begin two years before its first evidence and to end two years
after its last (members of parliaments: three), but never
  - before the last evidence of the former holder, or after the first of the next one, of an office that only one has;
  - into another role of the person, or after he is called a former one.
Evidence of the last year and a half of the portal stays without an end. A side on which less than a fifth of a
person's evidence lies is taken for a slip."""

import collections
import datetime
import gzip
import json
import re
import sys
from pathlib import Path

import dictionaries
import officeholders
from actor_text import Known, fold, loose, quoted
from make_dictionaries import COMMON_FAMILY, PREFIX, country_codes, merge_periods, person_names, roles_of

OWN = "officeholders.txt"
GENERATED = (OWN, "dictionary-persons.txt", "dictionary-bodies.txt", "factbook-bodies.txt")
HELD_OUT = 7
MARGIN, MARGIN_LEG = 2 * 365, 3 * 365  # days that an office is held to last beyond its evidence
APART = 6 * 365  # days between evidence that make two roles of one
FAMILY_FIRST = {"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "MAC"}
FAMILY_TITLES = re.compile(r"^(acting |interim |caretaker )?(president|prime minister|foreign minister|secretary of state|vice president|"
                           r"chancellor|defen[cs]e minister|foreign secretary|interior minister|finance minister)$")
FILLER = {"the", "new", "current", "incumbent", "longtime", "long-time", "embattled", "outgoing", "incoming", "newly", "elected", "re-elected", "reelected",
          "appointed", "sworn-in", "self-proclaimed", "veteran", "populist", "hardline", "moderate", "un", "liberal", "conservative", "socialist"}


def held_out(day):
    return datetime.date.fromisoformat(day).toordinal() % 10 == HELD_OUT


def day_number(day):
    return datetime.date.fromisoformat(day).toordinal()


def iso(number):
    return datetime.date.fromordinal(number).isoformat()


def tidy(title):
    words = title.split()
    while words and words[0] in FILLER | {"of", "and", "for"}:
        words.pop(0)
    return " ".join(words)


def evidence(portal, lists):
    """[(day, id, tuple)] of the days that are not held out, and the last day of the portal."""
    out, last = [], ""
    for line in gzip.open(portal, "rt", encoding="utf-8"):
        row = json.loads(line)
        last = max(last, row["date"])
        if held_out(row["date"]):
            continue
        for found in officeholders.find(row["text"], lists):
            side = found["side"]
            if side in officeholders.GOVERNING and row["date"] >= officeholders.GOVERNING[side][1]:
                found["side"], found["sector"] = officeholders.GOVERNING[side][0], "GOV"
            found["title"] = tidy(found["title"])
            found["name"] = re.sub(r"\s+", " ", found["name"]).strip()
            out.append((row["date"], row["id"], found))
    return out, last


def gather(found):
    """Evidence by person: names of one side that are loosely the same are one person."""
    people = collections.defaultdict(list)
    for day, item, x in found:
        people[(x["side"], loose(x["name"]))].append((day, item, x))
    by_name = collections.defaultdict(list)
    for (side, name), rows in people.items():
        by_name[name].append((side, rows))
    out = []
    for name, sides in by_name.items():
        # One person with several sides ("Hamas leader", "Palestinian Prime Minister"), if the names are the same.
        sides.sort(key=lambda s: (-len(s[1]), s[0]))
        total = sum(len(rows) for _, rows in sides)
        out.append([row for _, rows in sides if 5 * len(rows) >= total for row in rows])
    return out


class Holders:
    """Who held the offices that only one can hold: for each, days of evidence and the person."""

    def __init__(self, found):
        self.days = collections.defaultdict(list)
        for day, _, x in found:
            if not x["former"] and not x["place"] and self.unique(x["title"]):
                self.days[(x["side"], self.plain(x["title"]))].append((day_number(day), loose(x["name"])))
        for days in self.days.values():
            days.sort()

    @staticmethod
    def plain(title):
        return re.sub(r"^(acting|interim|caretaker) ", "", title)

    @staticmethod
    def unique(title):
        return officeholders.UNIQUE.match(title) is not None

    def next_one(self, side, title, person, day):
        later = [d for d, p in self.days[(side, self.plain(title))] if d > day and p != person]
        return min(later, default=None)

    def last_one(self, side, title, person, day):
        earlier = [d for d, p in self.days[(side, self.plain(title))] if d < day and p != person]
        return max(earlier, default=None)


def spells(rows):
    """Runs of evidence of one side and sector: lists of rows in the order of days."""
    runs = []
    for row in sorted(rows, key=lambda r: (r[0], r[1])):
        if row[2]["former"]:
            continue
        last = runs[-1][-1] if runs else None
        same = last and (last[2]["side"], last[2]["sector"]) == (row[2]["side"], row[2]["sector"])
        if same and day_number(row[0]) - day_number(last[0]) < APART:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def roles_from(rows, holders, last_day):
    """[(side, sector, begin, end, title, comment)] of a person's evidence."""
    runs, former, out = spells(rows), sorted(day_number(r[0]) for r in rows if r[2]["former"]), []
    for n, run in enumerate(runs):
        first, last = day_number(run[0][0]), day_number(run[-1][0])
        title = collections.Counter(r[2]["title"] for r in run).most_common(1)[0][0]
        side, sector = run[0][2]["side"], run[0][2]["sector"]
        person, unique = loose(run[0][2]["name"]), Holders.unique(run[-1][2]["title"])
        margin = MARGIN_LEG if sector == "LEG" else MARGIN
        begin, end = first - margin, last + margin
        if unique:
            end = min(end, holders.next_one(side, run[-1][2]["title"], person, last) or end)
        if Holders.unique(run[0][2]["title"]):
            begin = max(begin, (holders.last_one(side, run[0][2]["title"], person, first) or begin - 1) + 1)
        bounded = end != last + margin
        if n > 0:
            begin = max(begin, (day_number(runs[n - 1][-1][0]) + first + 1) // 2)
        if n + 1 < len(runs):
            end, bounded = min(end, (last + day_number(runs[n + 1][0][0]) + 1) // 2), True
        over = next((d for d in former if d > last), None)
        if over is not None and over < end:
            end, bounded = over, True
        open_end = not bounded and last > day_number(last_day) - 550
        ids = [run[0][1]] + ([run[-1][1]] if len(run) > 1 else [])
        out.append((side, sector, iso(begin), "" if open_end else iso(max(end, last + 1)), title, " .. ".join(ids)))
    return out


def dictionary_roles(folder, countries):
    """{(country, loose name): (names, roles)} of the dictionaries."""
    found = {}
    for entry in dictionaries.read(Path(folder) / f"{PREFIX}Countries.actors.txt.gz"):
        names, roles = person_names(entry), roles_of(entry, countries)
        for country in {r[0] for r in roles}:
            for name in names:
                found.setdefault((country, loose(name)), (names, roles))
    return found


def join(mined, others):
    """Roles of the dictionaries beside the mined ones: where two of one side and sector overlap they are one."""
    plain = [r[:4] for r in mined]
    for role in others:
        plain.append((role[0], role[1], role[2] or "1990-01-01", role[3]))
    out = []
    for side, sector, begin, end in merge_periods(plain):
        same = [r for r in mined if r[:2] == (side, sector) and r[2] >= begin and (not end or r[2] < end)]
        title = same[-1][4] if same else ""
        out.append((side, sector, begin, end, title, "; ".join(r[5] for r in same)))
    return out


def family_of(name, roles, bearers, families):
    """The family name of who held one of the highest offices, if nobody else here is called so."""
    if not any(FAMILY_TITLES.match(r[4]) and len(r[0]) == 3 for r in roles):
        return "none"
    words = name.split()
    family = words[0] if roles[-1][0] in FAMILY_FIRST else words[-1]
    if fold(family) in COMMON_FAMILY | families or bearers[fold(family)] > 1 or len(family) < 4:
        return "none"
    return family


def write(people, known, out):
    bearers = collections.Counter()
    for p in people:
        for word in {fold(w) for w in p["name"].split()}:
            bearers[word] += 1
    for p in sorted(people, key=lambda p: (p["roles"][-1][0] if p["roles"] else p["side"], fold(p["name"]))):
        out.write(f"person {known.key('person', p['name'], p['side'][-3:])}  {p['name']}\n")
        out.write(f"  family  {family_of(p['name'], p['roles'], bearers, known.families)}\n")
        if p["names"]:
            out.write(f"  name    {', '.join(map(quoted, p['names']))}\n")
        for side, sector, begin, end, title, ids in sorted(p["roles"], key=lambda r: r[2], reverse=True):
            out.write(f"  role    {side} {sector}  {begin}..{end}  {title}".rstrip() + (f"  # {ids}" if ids else "") + "\n")
        if not p["roles"]:
            out.write(f"  country {p['side']}\n  sector  ELI  # {p['ids']}\n")


def usable(rows, name):
    """A side that is no country needs no former holder; a name of initials names nobody."""
    return bool(rows) and len(fold(name)) > 5 and sum(len(w) > 1 for w in fold(name).split()) > 1


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: make_officeholders.py PORTAL.jsonl.gz DICTIONARIES knowledge")
    portal, folder, knowledge = sys.argv[1:]
    actors = Path(knowledge) / "actors"
    known, countries = Known(actors, GENERATED), country_codes(actors)
    lists = officeholders.Lists(knowledge)
    found, last_day = evidence(portal, lists)
    holders, older = Holders(found), dictionary_roles(folder, countries)
    people, variants = [], {}
    for rows in gather(found):
        spelled = collections.Counter(x["name"] for _, _, x in rows)
        names = [n for n, _ in sorted(spelled.items(), key=lambda s: (-s[1], s[0]))]
        side = collections.Counter(x["side"] for _, _, x in rows).most_common(1)[0][0] if rows else ""
        if not names or not usable(rows, names[0]):
            continue
        if any(fold(n) in known.names for n in names):
            continue
        like = next((k for n in names for s in sorted({x["side"] for _, _, x in rows}) for k in [known.like(s, n)] if k), None)
        if like:
            variants.setdefault(like, []).extend(n for n in names if known.alias(like, n, side))
            continue
        roles = roles_from(rows, holders, last_day)
        more, older_roles = older.get((side, loose(names[0])), ([], []))
        if older_roles:
            roles = join(roles, older_roles)
        if not roles and "/" in side:
            continue
        extra = [n for n in names[1:] + more if fold(n) != fold(names[0])]
        extra = [n for i, n in enumerate(extra) if fold(n) not in known.names and fold(n) not in map(fold, extra[:i])]
        people.append({"name": names[0], "names": extra, "roles": roles, "side": side, "ids": rows[0][1]})
    taken = {}
    for p in sorted(people, key=lambda p: -len(p["roles"])):
        for n in [p["name"]] + p["names"]:
            taken.setdefault(fold(n), p)
    for p in people:
        p["names"] = [n for n in p["names"] if taken[fold(n)] is p]
    out = sys.stdout
    out.write("# Office-holders that Wikipedia's Current Events portal names, with the items that say so (the first and the\n"
              "# last). Written by tools/make_officeholders.py: persons that another file has are left out; to correct one,\n"
              "# move it there.\n\n"
              "provenance  facts after Wikipedia contributors, Portal:Current events, CC BY-SA 4.0 (2002 to 2026; every tenth day left out); older "
              "offices after the actor dictionaries of PETRARCH 2 (MIT licence, doc/licence-petrarch2.txt)\n\n")
    write(people, known, out)
    out.write("\n# Further names of persons that stand elsewhere.\n")
    for key in sorted(variants):
        names = [n for n in variants[key] if fold(n) not in taken]
        if names:
            out.write(f"alias person/{key}  {', '.join(map(quoted, names))}\n")
    print(f"{len(found)} tuples, {len(people)} persons", file=sys.stderr)


if __name__ == "__main__":
    main()
