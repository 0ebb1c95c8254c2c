"""Compares two databases table by table, row by row: a SQLite file with another one, or with PostgreSQL.

    database_same.py FILE OTHER       OTHER: a file, or what psql takes: "host=... dbname=..."

Prints each table or view that differs, with the first rows that do; then how many are the same. When the
time of progress, which differs, is left out, all else must be equal: numbers as numbers, text as text."""
import json
import os
import sqlite3
import subprocess
import sys


def rows_of_lite(path, table, columns):
    with sqlite3.connect(path) as db:
        return list(db.execute(f'SELECT {columns} FROM "{table}"'))


def rows_of_postgres(name, table, columns):
    sql = f'SET search_path TO detente; SELECT row_to_json(x) FROM (SELECT {columns} FROM "{table}") x'
    out = subprocess.run(["psql", name, "-qAtXc", sql], capture_output=True, text=True, check=True).stdout
    return [tuple(json.loads(line).values()) for line in out.splitlines()]


def plain(row):
    """Numbers to twelve digits: a mean hangs on the order of its terms."""
    return tuple(float(f"{v:.12g}") if isinstance(v, (int, float)) else v for v in row)


def main():
    first, other = sys.argv[1:3]
    with sqlite3.connect(first) as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB "
                                           "'story_search*' AND name NOT GLOB 'sqlite_*' ORDER BY name")]
        columns = {t: [r[0] for r in db.execute("SELECT name FROM pragma_table_info(?)", (t,)) if r[0] != "updated"] for t in tables}
    if not os.path.exists(other):  # happenings are joined in SQLite only
        tables = [t for t in tables if t not in ("happening", "happening_event", "twin")]
    same = 0
    for table in tables:
        names = ", ".join(f'"{c}"' for c in columns[table])
        read = rows_of_lite if os.path.exists(other) else rows_of_postgres
        ours = sorted(repr(plain(r)) for r in rows_of_lite(first, table, names))
        theirs = sorted(repr(plain(r)) for r in read(other, table, names))
        same += ours == theirs
        if ours != theirs:
            print(f"{table}: {len(ours)} and {len(theirs)} rows;", *sorted(set(ours) ^ set(theirs))[:4], sep="\n  ")
    print(f"{same} of {len(tables)} tables and views are the same")


main()
