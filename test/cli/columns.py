"""Compares files of columns with the JSON Lines and the CSV of the same stories, row by row.

    columns.py DETENTE STORIES...        in an empty folder

Parquet, an Arrow file and an Arrow stream, whole events and dyads, are read by pyarrow and, where they are
installed, by DuckDB, Polars and pandas. Prints what differs and the counts."""
import calendar
import csv
import datetime
import json
import subprocess
import sys

import pyarrow
import pyarrow.ipc
import pyarrow.parquet

PROGRAM, STORIES = sys.argv[1], sys.argv[2:]
SIDE = ["code", "cameo", "country", "sector", "name", "entity", "begin", "end"]
SAME = ["id", "story", "date", "date_precision", "reciprocal", "cameo", "cameo_name", "root", "quad", "goldstein", "plover",
        "mode", "contexts", "plover_score", "status", "sentence", "begin", "end", "frame", "confidence", "text", "quantities",
        "operators", "date_basis"]


def code(form, options, name):
    call = [PROGRAM, "code", "--quiet", "--date", "2024-06-13", "--status", "all", "--format", form, "--output", name, *options, *STORIES]
    done = subprocess.run(call, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()


def days(date, end):
    """First and last day of a day, week, month or year; or up to a last day that was given."""
    if date is None:
        return None, None
    if "W" in date:
        first = datetime.date.fromisocalendar(int(date[:4]), int(date[6:]), 1)
        last = first + datetime.timedelta(6)
    else:
        year, month, day = (list(map(int, date.split("-"))) + [0, 0])[:3]
        first = datetime.date(year, month or 1, day or 1)
        last = datetime.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    return first, datetime.date.fromisoformat(end) if end is not None else last


def wanted(event, dyads):
    """The row that an event of JSON Lines must be."""
    row = {name: event[name] for name in SAME}
    row["date_begin"], row["date_end"] = days(event["date"], event["date_end"])
    for side in ("source", "target"):
        codes, names = ([party[field] for party in event[side]] for field in ("code", "name"))
        row[side], row[side + "_name"] = ((codes + [None])[0], (names + [None])[0]) if dyads else (codes, names)
        row[side + "s"] = [dict({field: party[field] for field in SIDE}, title=party.get("title", False)) for party in event[side]]
    said, place = event["attribution"] or {}, event["place"] or {}
    row.update(attribution=said.get("name"), attribution_code=said.get("code"), attribution_begin=said.get("begin"),
               attribution_end=said.get("end"), place=place.get("name"), place_basis=place.get("basis"),
               truncated=event.get("truncated", False), title=event.get("title", False),
               attribution_title=said.get("title", False) if said else None)
    row.update((field, place.get(field)) for field in ("country", "lat", "lon", "geonameid"))
    row["mentions"] = [dict(zip(("sentence", "begin", "end"), mention)) for mention in event["mentions"]]
    return row


def cell(name, value):
    """A value as CSV writes it, but for reals."""
    if isinstance(value, list):
        return ("," if name == "contexts" else ";").join(v or "" for v in value)
    return str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)


def compare_csv(rows, name):
    """Every column that CSV has, but for lists of structures and the last day, which it leaves out when it is the first."""
    with open(name, newline="", encoding="utf-8", errors="replace") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(rows), f"{len(lines)} lines of CSV, {len(rows)} rows"
    for line, row in zip(lines, rows):
        for column, text in line.items():
            value = row[column]
            if column in ("quantities", "mentions") or (column == "date_end" and text == ""):
                continue
            same = float(text) == value if isinstance(value, float) else text == cell(column, value)
            assert same, f"{row['id']}: {column} is {text!r} in CSV, {value!r} in Parquet"


def settle_begin(events, rows):
    """The first day of "the middle of 1987" is no first of January; it must lie in that year."""
    for event, row in zip(events, rows):
        first, last = days(event["date"], None)
        if event["date_precision"] != "day" and row["date_begin"] is not None and first <= row["date_begin"] <= last:
            event["date_begin"] = row["date_begin"]


def compare(rows, other, what):
    assert len(rows) == len(other), f"{what}: {len(other)} rows instead of {len(rows)}"
    for one, two in zip(rows, other):
        for column in one:
            assert one[column] == two[column], f"{what}: {one['id']}: {column} is {two[column]!r}, not {one[column]!r}"
        assert one.keys() == two.keys(), (what, one.keys() ^ two.keys())


def other_readers(rows):
    """DuckDB, Polars and pandas; those that are not here are named on standard error."""
    try:
        import duckdb
        found = duckdb.sql("SELECT * FROM 'events.parquet'")
        compare(rows, [dict(zip(found.columns, row)) for row in found.fetchall()], "DuckDB")
        some = duckdb.sql("SELECT count(*) FROM 'events.parquet' WHERE date_begin >= DATE '2000-01-01' AND status = 'actual'").fetchall()[0][0]
        assert some == sum(r["date_begin"] is not None and r["date_begin"].year >= 2000 and r["status"] == "actual" for r in rows)
    except ImportError:
        print("columns: no duckdb", file=sys.stderr)
    try:
        import polars
        compare(rows, polars.read_parquet("events.parquet").to_dicts(), "Polars, Parquet")
        compare(rows, polars.read_ipc("events.arrow").to_dicts(), "Polars, Arrow")
        compare(rows, polars.read_ipc_stream("events.arrow-stream").to_dicts(), "Polars, stream")
    except ImportError:
        print("columns: no polars", file=sys.stderr)
    try:
        import pandas
        for frame in (pandas.read_parquet("events.parquet"), pandas.read_feather("events.arrow")):
            assert list(frame["id"]) == [r["id"] for r in rows] and list(frame.columns) == list(rows[0]), "pandas"
    except ImportError:
        print("columns: no pandas", file=sys.stderr)


def notes_of(table):
    return {key.decode(): value.decode() for key, value in table.schema.metadata.items()}


def check(dyads):
    options = ["--dyads"] if dyads else []
    for form in ("jsonl", "csv", "parquet", "arrow", "arrow-stream"):
        code(form, options, "events." + form)
    with open("events.jsonl", encoding="utf-8") as file:
        events = [wanted(json.loads(line), dyads) for line in file]
    tables = {"Parquet": pyarrow.parquet.read_table("events.parquet"), "Arrow": pyarrow.ipc.open_file("events.arrow").read_all(),
              "stream": pyarrow.ipc.open_stream("events.arrow-stream").read_all()}
    facts = json.loads(subprocess.run([PROGRAM, "info", "--json"], capture_output=True, check=True).stdout)
    for what, table in tables.items():
        table.validate(full=True)
        rows = table.to_pylist()
        settle_begin(events, rows)
        compare([{column: event[column] for column in table.column_names} for event in events], rows, what)
        assert set(events[0]) == set(table.column_names), set(events[0]) ^ set(table.column_names)
        notes = notes_of(table)
        assert notes["detente.version"] == facts["version"] and notes["detente.dyads"] == str(int(dyads)), notes
        assert notes["detente.model_hash"] == facts["model hash"], notes
        assert notes["detente.knowledge_hash"] == facts["knowledge hash"] and "status=actual,planned" in notes["detente.options"], notes
    with open("events.csv", newline="", encoding="utf-8", errors="replace") as file:
        header = next(csv.reader(file))
    assert [name for name in rows[0] if name in header] == header, "another order than CSV's"
    compare_csv(rows, "events.csv")
    other_readers(rows)
    return len(rows)


whole, pairs = check(False), check(True)
assert 0 < whole < pairs
print("the same rows in JSON Lines, CSV, Parquet, an Arrow file and an Arrow stream, whole and as dyads")
print(f"{whole} events, {pairs} dyads", file=sys.stderr)
