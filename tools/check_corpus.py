#!/usr/bin/env python3
"""Checks annotated events against what corpus/guide.md asks of them.

    tools/check_corpus.py [--figures] FILE.jsonl...

In:  rows {id, date, text, events} with the guide's fields.
Out: a line for each fault, FILE:LINE: id: what; with --figures a table of the types as Markdown. Exit status 1 when there
     are faults. Spans must stand in the text, types, modes and codes in knowledge/ontology, countries in
     knowledge/actors/countries.txt."""
import argparse
import collections
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIELDS = {"trigger", "plover", "mode", "cameo", "source", "target", "source_code", "target_code", "reciprocal", "status",
          "when", "where", "says"}
STATUS = ["actual", "planned", "hypothetical", "negated", "historical"]
SECTORS = {"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL", "LAB", "REF", "REL",
           "NGO", "LEG", "ELI"}
# The codes that a type may have: by their first digits.
CODES = {"AGREE": "03 057", "CONSULT": "04", "SUPPORT": "05", "CONCEDE": "080 081 082 083 085", "COOPERATE": "06", "AID": "07",
         "RETREAT": "0831 084 086 087", "REQUEST": "02 10", "ACCUSE": "09 110 111 112 113 114 115", "REJECT": "12",
         "THREATEN": "13", "PROTEST": "14", "SANCTION": "116 16 173", "MOBILIZE": "15", "COERCE": "170 171 172 173 174 176 191 192",
         "ASSAULT": "1712 175 18 190 193 194 195 196 20"}
WHEN = re.compile(r"^\d{4}(-\d{2}(-\d{2})?|-W\d{2})?$")


def column(path, *columns):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if not line.startswith("#")]
    at = [rows[0].index(c) for c in columns]
    return {tuple(r[i] for i in at) for r in rows[1:]}


MODES = column(ROOT / "knowledge/ontology/plover.tsv", "type", "mode")
CAMEO = {c for c, in column(ROOT / "knowledge/ontology/cameo.tsv", "code")}
COUNTRIES = set(re.findall(r"^country (\w{3}) ", (ROOT / "knowledge/actors/countries.txt").read_text(encoding="utf-8"), re.M))


def code_fault(code):
    """What is wrong with an actor's code, or None."""
    if code in ("UNK", "EUR", "PSE") or re.fullmatch(r"IGO(\w{3}){0,2}", code):
        return None
    country, sectors = ("", code) if code[:3] in SECTORS else (code[:3], code[3:])
    parts = re.findall("...", sectors)
    if "".join(parts) != sectors or not parts and not country:
        return f"the code {code} is no country and sectors of three letters each"
    if country and country not in COUNTRIES and country != "EUR":
        return f"{country} in the code {code} is no country and no sector"
    unknown = [s for s in parts if s not in SECTORS]
    return f"{unknown[0]} in the code {code} is no sector" if unknown else None


def event_faults(text, e):
    if set(e) != FIELDS:
        yield f"fields missing or too many: {sorted(set(e) ^ FIELDS)}"
        return
    for field in ("trigger", "where", "says"):
        if e[field] is not None and e[field] not in text:
            yield f"{field} '{e[field]}' does not stand in the text"
    if not e["trigger"]:
        yield "no trigger"
    if (e["plover"], e["mode"] or "") not in MODES:
        yield f"there is no mode {e['mode']} of {e['plover']}"
    if e["cameo"] not in CAMEO or len(e["cameo"]) < 3:
        yield f"there is no code {e['cameo']} of three digits or more"
    elif not e["cameo"].startswith(tuple(CODES.get(e["plover"], "?").split())):
        yield f"the code {e['cameo']} is not one of {e['plover']}"
    for side in ("source", "target"):
        if len(e[side]) != len(e[side + "_code"]):
            yield f"{len(e[side])} mentions and {len(e[side + '_code'])} codes of the {side}"
        for mention in e[side]:
            if mention not in text:
                yield f"{side} '{mention}' does not stand in the text"
        for fault in filter(None, map(code_fault, e[side + "_code"])):
            yield fault
    if e["status"] not in STATUS:
        yield f"there is no status {e['status']}"
    if e["reciprocal"] not in (True, False):
        yield "reciprocal is neither true nor false"
    if e["when"] is not None and not WHEN.match(e["when"]):
        yield f"when '{e['when']}' is no day, week, month or year"


def row_faults(row):
    for field in ("id", "date", "text", "events"):
        if field not in row:
            yield f"no {field}"
            return
    seen = set()
    for e in row["events"]:
        for fault in event_faults(row["text"], e):
            yield f"'{e.get('trigger')}': {fault}"
        same = json.dumps([e.get(k) for k in ("trigger", "plover", "source", "target")])
        if same in seen:
            yield f"'{e.get('trigger')}' stands here twice"
        seen.add(same)


def print_figures(found):
    types = [t for t, _ in collections.Counter(e["plover"] for rows in found.values() for r in rows for e in r["events"]).most_common()]
    print("| file | texts | events | without | " + " | ".join(types) + " |\n|" + "---|" * (len(types) + 4))
    for path, rows in found.items():
        count = collections.Counter(e["plover"] for r in rows for e in r["events"])
        print(f"| {pathlib.Path(path).name} | {len(rows)} | {sum(count.values())} | {sum(not r['events'] for r in rows)} | "
              + " | ".join(str(count[t]) for t in types) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    found, faults, ids = collections.defaultdict(list), 0, set()
    for path in args.files:
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            try:
                row = json.loads(line)
            except ValueError as why:
                print(f"{path}:{number}: no JSON: {why}")
                faults += 1
                continue
            found[path].append(row)
            wrong = list(row_faults(row))
            if row.get("id") in ids:
                wrong.append("the id stands in another row, too")
            ids.add(row.get("id"))
            for fault in wrong:
                print(f"{path}:{number}: {row.get('id')}: {fault}")
            faults += len(wrong)
    if args.figures:
        print_figures(found)
    print(f"{sum(map(len, found.values()))} texts, {sum(len(r['events']) for rows in found.values() for r in rows)} events, "
          f"{faults} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
