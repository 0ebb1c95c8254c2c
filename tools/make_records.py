#!/usr/bin/env python3
"""Writes what follows from the record table, src/store/fields.h, outside of C.

    tools/make_records.py [--check]

In:  the table, expanded by the C preprocessor (cc -E).
Out: the getters' declarations in include/detente.h, between two marker lines; src/store/csv_columns.h, the
     CSV columns in their order; doc/records.md, all fields. With --check nothing is written, and the exit
     status is 1 when one of them is not what it would be."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "/* ---- getters: made by tools/make_records.py from src/store/fields.h; do not edit ---- */\n"
END = "/* ---- end of the getters ---- */\n"
# The table with each kind and field as one line of strings, between marks that no sentence holds.
EXPAND = """
#define KIND(name, fields, shape, owner, layout, rows, sentence) \\
    @kind@ #name @ #shape @ #owner @ #layout @ sentence @end@ fields(FIELD)
#define FIELD(kind, name, type, in, csv, column, value, sentence) \\
    @field@ #kind @ #name @ #type @ #in @ #csv @ column @ #value @ sentence @end@
RECORD_KINDS(KIND)
"""
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
C_TYPE = {"TEXT": "const char *", "INDEX": "size_t ", "REAL": "double ", "BOOL": "int ", "FLAG": "int "}
SQL_TYPE = {"TEXT": "text", "INDEX": "whole number", "REAL": "number", "BOOL": "true or false", "FLAG": "true, or left out",
            "ROWS": "list", "PART": "object or null"}
PARAMETERS = {"0": "const dt_doc *doc", "1": "const dt_doc *doc, size_t i", "P": "const dt_doc *doc, size_t i",
              "2": "const dt_doc *doc, size_t i, size_t k"}


def read_table():
    """Kinds in order, each with its fields."""
    source = (ROOT / "src/store/fields.h").read_text(encoding="utf-8") + EXPAND
    done = subprocess.run([os.environ.get("CC", "cc"), "-E", "-P", "-x", "c", "-"], input=source, capture_output=True,
                          text=True, check=True)
    kinds = []
    for mark, body in re.findall(r"@\s*(kind|field)\s*@(.*?)@\s*end\s*@", done.stdout, re.S):
        values = [s.replace('\\"', '"').replace("\\\\", "\\") for s in STRING.findall(body)]
        if mark == "kind":
            kinds.append(dict(zip(("name", "shape", "owner", "layout", "sentence"), values), fields=[]))
        else:
            kinds[-1]["fields"].append(
                dict(zip(("kind", "name", "type", "uses", "csv", "column", "value", "sentence"), values)))
    return kinds


def getters(kind):
    """The fields of a kind that have a getter of their own."""
    return [f for f in kind["fields"] if f["type"] in C_TYPE]


# ---- the header ------------------------------------------------------------------------------------------------

def comment(text, indent=""):
    lines = textwrap.wrap(text, 94 - len(indent))
    if len(lines) == 1 and len(lines[0]) <= 91:
        return f"{indent}/* {lines[0]} */\n"
    return f"{indent}/* " + f"\n{indent} * ".join(lines) + " */\n"


def declaration(result, name, parameters, sentence):
    line = f"DT_API {result}{name}({parameters});"
    together = f"{line} /* {sentence} */\n"
    return together if len(together) <= 101 else comment(sentence) + line + "\n"


def header_section(kinds):
    out = BEGIN + "/* clang-format off */\n"
    for kind in kinds:
        out += "\n" + comment(kind["sentence"])
        if kind["shape"] in "12":
            parameters = PARAMETERS["0"] if kind["shape"] == "1" else PARAMETERS["1"]
            out += f"DT_API size_t dt_{kind['name']}_count({parameters});\n"
        for f in getters(kind):
            out += declaration(C_TYPE[f["type"]], f"dt_{kind['name']}_{f['name']}", PARAMETERS[kind["shape"]], f["sentence"])
    return out + "\n/* clang-format on */\n" + END


def header(kinds):
    text = (ROOT / "include/detente.h").read_text(encoding="utf-8")
    begin, end = text.index(BEGIN), text.index(END) + len(END)
    return text[:begin] + header_section(kinds) + text[end:]


# ---- the CSV columns ---------------------------------------------------------------------------------------------

def csv_column(kind, field):
    """The name of a column: of parties that of their side, and more words where it is not their code."""
    if kind["shape"] != "2":
        return field["column"]
    side = kind["name"].removeprefix("event_")
    return side if field["column"] == "code" else f"{side}_{field['column']}"


def csv_columns(kinds):
    found = sorted((int(f["csv"]), kind["name"], f["name"], csv_column(kind, f))
                   for kind in kinds for f in kind["fields"] if f["csv"] != "0")
    ranks = [c[0] for c in found]
    if ranks != list(range(1, len(ranks) + 1)):
        sys.exit(f"src/store/fields.h: the places of the CSV columns are not 1, 2, 3 ...: {ranks}")
    return found


def csv_header(kinds):
    lines = "".join(f'    X({kind}, {name}, "{column}") \\\n' for _, kind, name, column in csv_columns(kinds))
    return ("/* csv_columns.h - made by tools/make_records.py from fields.h; do not edit. */\n"
            "#ifndef DETENTE_CSV_COLUMNS_H\n#define DETENTE_CSV_COLUMNS_H\n\n/* clang-format off */\n"
            "#define CSV_COLUMNS(X) \\\n" + lines.removesuffix(" \\\n") + "\n/* clang-format on */\n\n#endif\n")


# ---- the document ------------------------------------------------------------------------------------------------

INTRODUCTION = """# Records

Made by `tools/make_records.py` from [src/store/fields.h](../src/store/fields.h), the one table that JSON, CSV, the database and the
getters of [detente.h](../include/detente.h) follow from. Do not edit.

- **json**: the field is in the output of the commands that print such records (`code`, `annotate`, `parse --format json`, `explain --json`, `classify`).
- **csv**, **database**: the column's name in `code -f csv` and in `code --db`. In CSV the values of a list share a column, separated by `;` (contexts by `,`); a row of several values is separated by blanks.
- **getter**: what reads it in C. A field without a value is NULL, `DT_NONE` or NAN there, `null` in JSON, empty in CSV and NULL in the database.

Offsets are bytes of the story's text as it was given, begin included, end excluded. Numbers are the shortest decimals that read back as the same number.
"""


def cell(text):
    return text.replace("|", "\\|")


def document_row(kind, field):
    parameters = {"0": "doc", "1": "doc, i", "P": "doc, i", "2": "doc, i, k"}[kind["shape"]]
    getter = f"`dt_{kind['name']}_{field['name']}({parameters})`" if field["type"] in C_TYPE else ""
    in_json = "yes" if "J" in field["uses"] else ""
    csv = f"`{csv_column(kind, field)}`" if field["csv"] != "0" else ""
    in_db = f"`{field['column']}`" if "D" in field["uses"] and field["column"] else ""
    return f"| `{field['name']}` | {SQL_TYPE[field['type']]} | {in_json} | {csv} | {in_db} | {getter} | {cell(field['sentence'])} |\n"


def document(kinds):
    out = INTRODUCTION
    for kind in kinds:
        out += f"\n## {kind['name'].replace('_', ' ')}\n{kind['sentence']}"
        if kind["layout"] == "TUPLE":
            out += " JSON writes it as a list of its values."
        if kind["layout"] == "VALUE":
            out += " JSON writes its value alone."
        out += "\n\n| field | type | json | csv | database | getter | what it is |\n|---|---|---|---|---|---|---|\n"
        out += "".join(document_row(kind, f) for f in kind["fields"])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is out of date")
    args = parser.parse_args()
    kinds = read_table()
    found = {"include/detente.h": header(kinds), "src/store/csv_columns.h": csv_header(kinds), "doc/records.md": document(kinds)}
    stale = []
    for name, text in found.items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not args.check:
            path.write_text(text, encoding="utf-8")
    if args.check and stale:
        print("out of date: " + ", ".join(stale) + "; run tools/make_records.py")
        return 1
    print(f"{len(kinds)} kinds of record, {sum(len(k['fields']) for k in kinds)} fields, "
          f"{sum(len(getters(k)) for k in kinds)} of them with a value and a getter")
    return 0


if __name__ == "__main__":
    sys.exit(main())
