#!/usr/bin/env python3
"""Reads what `detente code -f FORMAT` writes with readers that are not ours.

    formats_out.py DETENTE FILE...

In:  the program and stories. The columns of each format stand in format-columns.tsv beside this file.
Out: a line a format: rows, and what of the checks failed; exit status 1 where one did. Tables are read
     with csv, quoting off: so many cells in every row, no control characters, no id twice, dates and codes
     of the right form, the same rows for one thread and for three. Where pandas is at hand it reads them, too."""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = {row[0]: row[1:] for line in (HERE / "format-columns.tsv").read_text().splitlines()
           if not line.startswith("#") for row in [line.split("\t")]}
WITH_HEADER = {"icews", "polecat"}
ID = {"phoenix": "EventID", "icews": "Event ID", "gdelt1": "GLOBALEVENTID", "gdelt2": "GLOBALEVENTID",
      "polecat": "Event ID"}
FORMS = {
    "Date": r"(\d{6}|\d{8})?", "SQLDATE": r"(\d{8})?", "MonthYear": r"(\d{6})?", "Year": r"(\d{4})?",
    "FractionDate": r"(\d{4}\.\d{4})?", "EventCode": r"\d{2,4}", "EventRootCode": r"\d\d", "EventBaseCode": r"\d{2,3}",
    "QuadClass": r"[0-4]", "IsRootEvent": r"[01]", "CAMEO Code": r"\d{2,4}", "Event Date": r"(\d{4}-\d\d-\d\d)?|None",
    "GLOBALEVENTID": r"\d{1,19}", "Event Type": r"[A-Z]+|None", "Quad Code": r"[VM]-(COOP|CONF)|None",
    "ActionGeo_Type": r"[0-5]", "ActionGeo_CountryCode": r"([A-Z]{2})?", "Actor1CountryCode": r"([A-Z]{3})?",
    "Actor COW": r"\d{1,3}|None", "Confidence": r"\d{2,3}", "MentionType": r"[12]", "SourceActorEntity": r"([A-Z]{3})?",
    "SourceActorRole": r"([A-Z]{3})?", "Latitude": r"(-?\d+(\.\d+)?)?|None", "DATEADDED": r"(\d{8}|\d{14})?"}


def code(program, name, files, *more):
    done = subprocess.run([program, "code", "-q", "-f", name, *more, *files], capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{name}: exit status {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def check_table(name, output):
    """Rows, and what is wrong with them."""
    wrong = []
    text = output.decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    if name in WITH_HEADER and rows.pop(0) != COLUMNS[name]:
        wrong.append("another header")
    if len(rows) + (name in WITH_HEADER) != text.count("\n"):
        wrong.append("lines that are no rows")
    if any(len(row) != len(COLUMNS[name]) for row in rows):
        return len(rows), wrong + ["rows of another width"]
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        wrong.append("control characters")
    for i, column in enumerate(COLUMNS[name]):
        form = re.compile(FORMS.get(column, ".*"))
        bad = next((row[i] for row in rows if not form.fullmatch(row[i])), None)
        if bad is not None:
            wrong.append(f"{column} is {bad!r}")
        if column == ID.get(name) and len({row[i] for row in rows}) != len(rows):
            wrong.append("an id twice")
    return len(rows), wrong


def check_lines(name, output):
    records = [json.loads(line) for line in output.decode("utf-8").splitlines()]
    ids = {r["properties"]["id"] if name == "geojsonl" else r["id"] for r in records}
    return len(records), ["an id twice"] if len(ids) != len(records) else []


def check_map(output):
    collection = json.loads(output)
    wrong = [] if collection["type"] == "FeatureCollection" else ["no collection"]
    for feature in collection["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            wrong.append(f"a point at {lon}, {lat}")
        missing = {"type", "place", "place_basis", "text", "confidence"} - feature["properties"].keys()
        if missing or feature["properties"]["place_basis"] is None:
            wrong.append(f"a point without {missing or 'basis'}")
    return len(collection["features"]), wrong


def check_pandas(name, output, n):
    try:
        import pandas
    except ImportError:
        return []
    table = pandas.read_csv(io.BytesIO(output), sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False,
                            header=0 if name in WITH_HEADER else None, names=COLUMNS[name])
    return [] if table.shape == (n, len(COLUMNS[name])) else [f"pandas reads {table.shape}"]


def main():
    program, files = sys.argv[1], sys.argv[2:]
    failed = False
    for name in [*COLUMNS, "ngec", "plover", "geojsonl", "geojson"]:
        output = code(program, name, files, "-j", "1")
        if name in COLUMNS:
            n, wrong = check_table(name, output)
            wrong += check_pandas(name, output, n) if not wrong and n else []
        else:
            n, wrong = check_map(output) if name == "geojson" else check_lines(name, output)
        if code(program, name, files, "-j", "3") != output:
            wrong.append("other rows for three threads")
        failed = failed or bool(wrong)
        print(f"{name}: {n} rows{'; '.join(['', *wrong])}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
