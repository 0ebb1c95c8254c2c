"""Asks a database the questions of doc/database.md and prints how many rows each answers.

    database_questions.py PAGE NAME       NAME: a SQLite file, or what psql takes"""
import os
import pathlib
import re
import sqlite3
import subprocess
import sys

# What the page says of PostgreSQL's search.
OWN_SEARCH = ("SELECT s.id, e.id FROM story_search f JOIN story s ON s.key = f.story LEFT JOIN event e ON e.story = s.key "
              "WHERE f.words @@ plainto_tsquery('simple', 'tanks') ORDER BY s.id, e.id")


def answer(name, sql):
    if os.path.exists(name):
        with sqlite3.connect(name) as db:
            return db.execute(sql).fetchall()
    sql = OWN_SEARCH if "MATCH" in sql else sql.strip().rstrip(";")
    call = ["psql", name, "-qAtXc", f"SET search_path TO detente; SELECT row_to_json(x) FROM ({sql}) x"]
    call[-1] = call[-1].replace("SELECT s.id, e.id", "SELECT s.id AS story, e.id AS event")
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()


questions = re.findall(r"\n([^\n]+(?:\n[^\n]+)*):\n```sql\n(.*?)```", pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), re.S)
for sentence, question in questions:
    print(f"{len(answer(sys.argv[2], question)):5}  {' '.join(sentence.split())[:70]}")
