#!/usr/bin/env python3
"""Countries and their leaders: does the base have them right, on the day?

    leaders.py current FACTBOOK.jsonl.gz DETENTE [--misses]
    leaders.py since-1990 REIGN.csv DETENTE [--misses]
    leaders.py countries FACTBOOK.jsonl.gz DETENTE [--misses]

current: chiefs of state and heads of government of The World Factbook, each in "NAME met ministers on Monday." of
2026-05-01, are COUNTRY GOV. since-1990: leaders of REIGN who ended in 1990 or later (a file to check single facts against;
nothing of it is in the base) are GOV in the middle of their term, and two years after its end are not, unless they
held another office by then. REIGN mostly has the family name: the person is the one of that name in the base
whose roles in that country fit best. countries: the Factbook's countries by their names, adjectives and capitals
(for a capital it is enough that the place is right).
Prints a line of figures."""

import csv
import datetime
import difflib
import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import make_leaders  # noqa: E402
from actor_text import entry_names, fold, read_entries  # noqa: E402
from make_dictionaries import country_codes  # noqa: E402

TODAY = "2026-05-01"
COW = dict(x.split(":") for x in """AAB:ATG AFG:AFG ALB:ALB ALG:DZA AND:AND ANG:AGO ARG:ARG ARM:ARM AUL:AUS AUS:AUT AZE:AZE BAH:BHR
BAR:BRB BEL:BEL BEN:BEN BFO:BFA BHM:BHS BHU:BTN BLR:BLR BLZ:BLZ BNG:BGD BOL:BOL BOS:BIH BOT:BWA BRA:BRA BUI:BDI BUL:BGR CAM:KHM CAN:CAN
CAP:CPV CDI:CIV CEN:CAF CHA:TCD CHL:CHL CHN:CHN COL:COL COM:COM CON:COG COS:CRI CRO:HRV CUB:CUB CYP:CYP CZE:CSK CZR:CZE DEN:DNK DJI:DJI DMA:DMA
DOM:DOM DRC:COD DRV:VNM ECU:ECU EGY:EGY EST:EST ETH:ETH ETM:TLS FIJ:FJI FIN:FIN FRN:FRA FSM:FSM GAB:GAB GAM:GMB GDR:DDR GHA:GHA GMY:DEU
GNB:GNB GRC:GRC GRG:GEO GRN:GRD GUA:GTM GUI:GIN GUY:GUY HAI:HTI HON:HND HUN:HUN ICE:ISL IND:IND INS:IDN IRE:IRL IRN:IRN IRQ:IRQ ISR:ISR
ITA:ITA JAM:JAM JOR:JOR JPN:JPN KEN:KEN KIR:KIR KOS:XKX KUW:KWT KYR:KGZ KZK:KAZ LAO:LAO LAT:LVA LBR:LBR LEB:LBN LES:LSO LIB:LBY LIT:LTU
LUX:LUX MAA:MRT MAC:MKD MAD:MDV MAG:MDG MAL:MYS MAS:MUS MAW:MWI MEX:MEX MLD:MDA MLI:MLI MLT:MLT MNC:MCO MNG:MNE MON:MNG MOR:MAR MSI:MHL
MYA:MMR MZM:MOZ NAM:NAM NAU:NRU NEP:NPL NEW:NZL NIC:NIC NIG:NGA NIR:NER NOR:NOR NTH:NLD OMA:OMN PAK:PAK PAL:PLW PAN:PAN PAR:PRY PER:PER
PHI:PHL PNG:PNG POL:POL POR:PRT PRK:PRK QAT:QAT ROK:KOR ROM:ROU RUS:RUS RWA:RWA SAF:ZAF SAL:SLV SAU:SAU SEN:SEN SEY:SYC SIE:SLE SIN:SGP
SKN:KNA SLO:SVK SLU:LCA SLV:SVN SNM:SMR SOL:SLB SOM:SOM SPN:ESP SRI:LKA STP:STP SUD:SDN SUR:SUR SVG:VCT SWD:SWE SWZ:CHE SYR:SYR TAJ:TJK
TAZ:TZA THI:THA TKM:TKM TOG:TGO TON:TON TRI:TTO TUN:TUN TUR:TUR TUV:TUV UAE:ARE UKG:GBR UKR:UKR URU:URY USA:USA UZB:UZB VAN:VUT
VEN:VEN WSM:WSM YAR:YEM YEM:YEM YPR:YEM YUG:SRB ZAM:ZMB ZIM:ZWE SSD:SSD SSU:SSD LIE:LIE SWA:SWZ TAW:TWN KZN:KAZ ERI:ERI""".split())
HEAD = re.compile(r"(acting )?(president|prime minister|king|emir|sultan|chancellor|premier|taoiseach|$)")
SAME_STATE = {"RUS": {"SUN", "SOV"}, "SRB": {"YUG", "SCG", "MNE"}, "CSK": {"CZE", "CZS"}, "DDR": {"DEU", "GDR"}, "YEM": {"YMD", "YAR"}}


def annotate(program, stories):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.write("".join(json.dumps(s) + "\n" for s in stories))
        f.flush()
        done = subprocess.run([program, "annotate", "--quiet", f.name], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def code_of(row, begin, end):
    over = [a for a in row.get("actors") or [] if a["begin"] < end and begin < a["end"] and a.get("code")]
    best = max(over, key=lambda a: a["end"] - a["begin"], default={})
    return best.get("country"), best.get("sector"), best.get("entity")


def name_codes(program, named):
    """[(name, day)] -> [(country, sector, entity)]"""
    rows = annotate(program, [{"id": str(i), "date": day, "text": f"{name} met ministers on Monday."} for i, (name, day) in enumerate(named)])
    return [code_of(row, 0, len(name.encode())) for (name, _), row in zip(named, rows)]


def factbook(path):
    iso = make_leaders.countries() | {"uk": "GBR"}
    for line in gzip.open(path, "rt", encoding="utf-8"):
        row = json.loads(line)
        domain = re.search(r"\.([a-z]{2})\b", row.get("internet_code") or "")
        if row.get("gec") == "KV" or (domain and domain[1] in iso):
            yield "XKX" if row.get("gec") == "KV" else iso[domain[1]], row


def miss(text):
    if "--misses" in sys.argv:
        print(text, file=sys.stderr)


def current(path, program):
    wanted = []
    for code, row in factbook(path):
        executive = row.get("executive")
        for part in ("chief of state", "head of government"):
            office = isinstance(executive, dict) and make_leaders.office(executive.get(part) or "")
            if office and (code, office[1]) not in wanted:
                wanted.append((code, office[1]))
    codes = name_codes(program, [(name, TODAY) for _, name in wanted])
    right, lands = 0, {}
    for code, name in wanted:
        lands.setdefault(name, set()).add(code)
    for (code, name), (country, sector, entity) in zip(wanted, codes):
        ok = sector == "GOV" and country in lands[name]  # the king of one state is head of others
        right += ok
        if not ok:
            miss(f"{code} {name}: {country} {sector} {entity}")
    print(f"of {len(wanted)} chiefs of state and heads of government {100 * right / len(wanted):.1f} % on {TODAY}")


# ---- REIGN

def persons():
    """By country: (folded names, main name, [(sector, from, to, title)])."""
    found = {}
    for path in sorted((ROOT / "knowledge" / "actors").glob("*.txt")):
        for entry in read_entries(path):
            if entry[0] != "person":
                continue
            roles = []
            for field, value in entry[3]:
                if field == "role":
                    land, sector, period, *title = value.split(None, 3)
                    roles.append((land, sector, *period.split(".."), title[0] if title else ""))
            for land in {r[0] for r in roles}:
                found.setdefault(land, []).append(([fold(n) for n in entry_names(entry)], entry[2], [r[1:] for r in roles if r[0] == land]))
    return found


def plain(name):
    return re.sub(r"(.)\1", r"\1", fold(name).replace("kh", "k").replace("ou", "u").replace("y", "i").replace("j", "i").replace("w", "v").replace("ei", "i"))


def covers(roles, day):
    return any(s == "GOV" and (f or "0") <= day < (t or "9") for s, f, t, _ in roles)


def fits(leader, names):
    """The share of the leader's words that one of the names has, spelled nearly so."""
    words = plain(leader).replace("dek", "de k").split()

    def near(word, others):
        return word in others or any(len(word) > 4 and difflib.SequenceMatcher(None, word, o).ratio() >= 0.83 for o in others)
    return max(sum(near(w, plain(n).split()) for w in words) for n in names) / len(words)


def find_leader(people, leader, middle):
    """The person of the base that the leader is: of the name, best one in office then."""
    best, most = None, 0
    for names, name, roles in people:
        fit = fits(leader, names)
        if fit == 0:
            continue
        fit += covers(roles, middle)
        if fit > most:
            best, most = (name, roles), fit
    return best


def other_office(roles, end, day):
    """He holds an office then that began when the first one ended, or later, or one that is no head's."""
    return any(s == "GOV" and (f or "0") <= day < (t or "9") and (f >= end or not HEAD.match(title)) for s, f, t, title in roles)


def since_1990(path, program):
    people, rows = persons(), []
    for row in csv.DictReader(open(path, encoding="utf-8", errors="replace")):
        if not row["eyear"] or int(row["eyear"]) < 1990 or row["stateabb"] not in COW:
            continue
        begin = datetime.date(int(row["syear"]), int(row["smonth"]), min(28, int(row["sdate"] or 15)))
        end = max(datetime.date(int(row["eyear"]), int(row["emonth"]), 15), begin + datetime.timedelta(2))
        middle, after = begin + (end - begin) / 2, end + datetime.timedelta(730)
        lands = {COW[row["stateabb"]]} | SAME_STATE.get(COW[row["stateabb"]], set())
        known = [p for land in lands for p in people.get(land, [])]
        rows.append((lands, row["leader"], middle.isoformat(), end, after, find_leader(known, row["leader"], middle.isoformat())))
    again = {(min(r[0]), fold(r[1])) for r in rows}
    asked = [r for r in rows if r[5]]
    during = dict(zip(map(id, asked), name_codes(program, [(r[5][0], r[2]) for r in asked])))
    later = dict(zip(map(id, asked), name_codes(program, [(r[5][0], r[4].isoformat()) for r in asked])))
    right = over = counted = 0
    for r in rows:
        lands, leader, middle, end, after, person = r
        code = during.get(id(r), (None, None, None))
        ok = code[0] in lands and code[1] == "GOV"
        right += ok
        if not ok:
            miss(f"{min(lands)} {leader} {middle}: {person and person[0]} {code}")
        terms_later = any(x is not r and (min(x[0]), fold(x[1])) == (min(lands), fold(leader)) and x[3] > end for x in rows)
        if not ok or end > datetime.date(2021, 2, 1) or terms_later:
            continue
        counted += 1
        still = later[id(r)][0] in lands and later[id(r)][1] == "GOV" and not other_office(person[1], (end - datetime.timedelta(120)).isoformat(), after.isoformat())
        over += not still
        if still:
            miss(f"{min(lands)} {leader} still GOV on {after}: {person[0]}")
    print(f"of {len(rows)} leaders {100 * right / len(rows):.1f} % GOV in the middle of their term; of {counted} "
          f"{100 * over / counted:.1f} % not two years after its end")


# ---- countries

def country_names(row):
    names = row.get("names") or {}
    out = [("name", names.get("conventional short form") or names.get("conventional long form"))]
    out += [("name", names.get("conventional long form"))]
    adjective = (row.get("nationality") or {}).get("adjective") or ""
    capital = (row.get("capital") or {}).get("name") or ""
    out += [("people", re.split(r"[;,(]| or ", adjective)[0])]
    out += [("capital", re.split(r"[;,(\n]", capital)[0])]
    return [(k, re.sub(r"\s*\(.*", "", n).strip()) for k, n in out if n and n.strip().lower() not in ("none", "n/a")]


SENTENCE = {"name": "{} signed a treaty with the Vatican on Monday.", "people": "{} troops left the town on Monday.",
            "capital": "{} signed a treaty on Monday."}


def countries(path, program):
    known = country_codes(ROOT / "knowledge" / "actors")  # without uninhabited islands and the like
    wanted = [(code, kind, name) for code, row in factbook(path) if code in known
              for kind, name in dict.fromkeys(country_names(row)) if name and name != "NA"]
    stories = [{"id": str(i), "date": "2024-06-13", "text": SENTENCE[kind].format(name)} for i, (_, kind, name) in enumerate(wanted)]
    figures = {}
    for (code, kind, name), row, story in zip(wanted, annotate(program, stories), stories):
        found = code_of(row, 0, len(name.encode()))
        ok = found[0] == code or (kind == "capital" and any(p["begin"] == 0 and p["country"] == code for p in row["places"]))
        n, right = figures.get(kind, (0, 0))
        figures[kind] = (n + 1, right + ok)
        if not ok:
            miss(f"{code} {kind} {name}: {found}")
    print(", ".join(f"{kind}s {100 * right / n:.1f} % of {n}" for kind, (n, right) in figures.items()))


if __name__ == "__main__":
    {"current": current, "since-1990": since_1990, "countries": countries}[sys.argv[1]](sys.argv[2], sys.argv[3])
