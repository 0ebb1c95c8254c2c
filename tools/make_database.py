#!/usr/bin/env python3
"""Writes the tables and views of a database into doc/database.md, between two marker lines.

    tools/make_database.py [--check] DATABASE

In:  a SQLite file that `detente code --db` made; the sentences of src/store/fields.h and db_schema.c.
Out: doc/database.md. With --check nothing is written, and the exit status is 1 when it would change."""
import argparse
import pathlib
import re
import sqlite3
import sys

import make_records

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "<!-- made by tools/make_database.py; do not edit -->\n"
END = "<!-- end of what it makes -->\n"
HEADS = {"key": "Its number here.", "run": "Which run made it: `run.id`.", "story": "Its story: `story.key`.",
         "event": "Its event: `event.key`.", "side": "source or target.", "number": "Its place in the list, from 0."}
OWN = {
    "meta": ("What the database is: schema, whether it keeps text, the next keys, what it was migrated from.",
             {"name": "\"schema\", \"text\", \"next_story\", \"next_event\", \"migrated_from\".", "value": "As text."}),
    "progress": ("How far runs have come (`--resume`).",
                 {"input": "Key of the run.", "records_done": "Records of its input that are done.", "updated": "When, UTC."}),
    "cameo": ("CAMEO codes.", {"code": "\"046\".", "name": "What CAMEO calls it.", "root": "Its root code.", "quad": "Its quad class.",
                               "goldstein": "Goldstein's scale.", "plover": "PLOVER type.", "mode": "PLOVER mode."}),
    "plover": ("PLOVER types (`mode` NULL) and their modes.", {"type": "\"CONSULT\".", "mode": "\"visit\".", "score": "PLOVER's score.",
                                                              "quad": "Quad class of the type."}),
    "context": ("PLOVER contexts.", {"name": "\"economic\".", "meaning": "What is meant."}),
    "country": ("Countries.", {"code": "ISO 3166-1 alpha-3.", "name": "Its name."}),
    "sector": ("Sectors of actors.", {"code": "\"GOV\".", "name": "Its name."}),
    "twin": ("SQLite: stories that were told before (`detente twins --db`).",
             {"story": "The story: `story.key`.", "twin_of": "The earlier one it is a twin of: `story.key`.", "first": "The first of all that are "
              "twins with each other: `story.key`.", "kind": "same, revised or part-of.", "similarity": "The share of the smaller story in the other.",
              "shared": "Runs of three words that both samples have,", "compared": "of so many."}),
    "happening": ("SQLite: what one or several stories tell (`detente happenings`).",
                  {"id": "Its number.", "date": "Its first day.", "date_end": "Its last day.", "source": "Countries, or codes, of who did it.",
                   "target": "Those of to whom it was done.", "event": "The event that stands for it: `event.key`.", "events": "How many events.",
                   "stories": "Of how many stories.", "publishers": "Of how many publishers, copies left out.",
                   "confidence": "That of independent witnesses, 0 to 1."}),
    "happening_event": ("SQLite: the events of happenings.",
                        {"happening": "The happening: `happening.id`.", "reason": "Why it was joined, \"the first\" for the one that began it."}),
    "story_text": ("View: title and text of each story, what the search reads.",
                   {"key": "`story.key`.", "title": "Its title.", "text": "The sentences of its text, joined by blanks."}),
    "story_search": ("Search over title and text: FTS5 in SQLite (`MATCH`, `snippet`, `bm25`; rowid is `story.key`); in PostgreSQL "
                     "`story` and `words`, a tsvector with a GIN index.", {}),
    "events_dyadic": ("View: a row for each source-target pair, both ways where the event is reciprocal; the ids are those of "
                      "`code --dyads`.", {"event": "The event: `event.key`.", "source": "Code of who does it.",
                       "target": "Code of to whom it is done.", **{f"{side}_{what}": f"{name} {what}." for side, name in
                       (("source", "Its"), ("target", "The other's")) for what in ("country", "sector", "name")}, "turned": "1 for the other way of a reciprocal event."}),
    "events_daily": ("View: events of a day by countries, root and quad class; only those whose day is known.",
                     {"events": "How many pairs.", "goldstein": "Their mean on Goldstein's scale.", "day": "The day.", "source_country": "Whose it is.", "target_country": "To whom it is done."}),
}


def schema_sentences():
    """Table -> its kind of record and its sentence."""
    source = (ROOT / "src/store/db_schema.c").read_text(encoding="utf-8")
    found = {}
    for name, kind, sentence in re.findall(r'\[DB_\w+\]\s*=\s*\{"(\w+)",\s*KIND_(\w+),.*?(?:NULL|"source"|"target"),\s*'
                                           r'(?:"((?:[^"\\]|\\.)*)"|NULL)\}', source, re.S):
        found.setdefault(name, (kind, sentence))
    return found


def column_sentences(kinds, kind):
    out = {}
    for field in (f for k in kinds if k["name"] == kind for f in k["fields"]):
        if field["type"] == "PART":
            out.update(column_sentences(kinds, field["value"]))
        out.setdefault(field["column"], field["sentence"])
    return out


def section(db):
    kinds = make_records.read_table()
    schema, out = schema_sentences(), BEGIN
    event = column_sentences(kinds, "event")
    names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB "
                                      "'story_search_*' AND name NOT GLOB 'sqlite_*' ORDER BY rowid")]
    for name in names:
        kind, sentence = schema.get(name, (None, None))
        known = column_sentences(kinds, kind) if kind else {}
        if name in OWN:
            sentence, known = OWN[name][0], event | OWN[name][1]
        out += f"\n### {name}\n{sentence}\n\n| column | type | what it is |\n|---|---|---|\n"
        if name == "run":
            known["id"] = "Its number."
        for column, kind_of_value in db.execute("SELECT name, type FROM pragma_table_info(?)", (name,)):
            heads = HEADS if name not in ("events_dyadic", "events_daily") else {"story": HEADS["story"]}
            text = OWN.get(name, ("", {}))[1].get(column) or heads.get(column) or known.get(column, "")
            out += f"| `{column}` | {kind_of_value.lower()} | {text.replace('|', chr(92) + '|')} |\n"
    return out + "\n" + END


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")
    parser.add_argument("database")
    args = parser.parse_args()
    page = ROOT / "doc/database.md"
    text = page.read_text(encoding="utf-8")
    made = text[:text.index(BEGIN)] + section(sqlite3.connect(args.database)) + text[text.index(END) + len(END):]
    if made == text:
        return 0
    if args.check:
        print("doc/database.md is out of date: tools/make_database.py DATABASE writes it", file=sys.stderr)
        return 1
    page.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
