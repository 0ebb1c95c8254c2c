#!/usr/bin/env python3
"""detente_spark.py - event records on a Spark cluster: the program itself, run by each task.

As a job:

    spark-submit cluster/detente_spark.py --out events.parquet news/*.warc.gz
    spark-submit cluster/detente_spark.py --out events.parquet --shards 64 /mnt/all/news.jsonl
    spark-submit cluster/detente_spark.py --out events.parquet --table stories.parquet

Files must lie where all machines reach them. With --shards each file is read by that many tasks, each of which
codes its part of the stories (`detente code --shard i/n`). With --table the stories are the rows of a table with a
column "text" (and "id", "date", "title", "publisher", "url", "lang", if it has them).

As a module: code_files(spark, paths, shards) and code_table(frame) give the events as a DataFrame; `record` is the
whole record as `detente code -f jsonl` prints it, the other columns are its most used fields.

The program must be on every machine: --detente names it (default: `detente` on the PATH).
"""
import argparse
import glob
import json
import os
import subprocess
import threading

SCHEMA = ("id string, story string, date string, source array<string>, target array<string>, cameo string, plover string, "
          "mode string, quad int, goldstein double, status string, confidence double, record string")
COLUMNS = [column.split()[0] for column in SCHEMA.split(", ")]
STORY = ["id", "date", "text", "title", "publisher", "url", "lang"]
BATCH = 5000  # events a pandas frame


def row_of(line):
    event = json.loads(line)
    sides = {side: [party["code"] for party in event[side] if party["code"]] for side in ("source", "target")}
    return [sides[c] if c in sides else line if c == "record" else event[c] for c in COLUMNS]


def frames_of(lines):
    import pandas
    rows = []
    for line in lines:
        rows.append(row_of(line.rstrip("\n")))
        if len(rows) == BATCH:
            yield pandas.DataFrame(rows, columns=COLUMNS)
            rows = []
    yield pandas.DataFrame(rows, columns=COLUMNS)


def run(call, feed=None):
    """The lines that a call prints; `feed` writes its standard input. Status 1, some inputs could not be used, is
    told by the program in the task's log; anything worse ends the task, and Spark tries it again."""
    with subprocess.Popen(call, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                          encoding="utf-8") as child:
        if feed:
            threading.Thread(target=feed, args=(child.stdin,), daemon=True).start()
        yield from child.stdout
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(call)}: exit status {child.returncode}")


def code_files(spark, paths, shards=1, detente="detente", options=()):
    def code(frames):
        for frame in frames:
            for path, shard in zip(frame["path"], frame["shard"]):
                call = [detente, "code", "--quiet", "--threads", "1", "--format", "jsonl", *options, "--shard", f"{shard}/{shards}", path]
                yield from frames_of(run(call))
    parts = [(path, shard) for path in paths for shard in range(1, shards + 1)]
    return spark.createDataFrame(parts, "path string, shard int").repartition(len(parts)).mapInPandas(code, SCHEMA)


def code_table(table, detente="detente", options=()):
    def code(frames):
        def feed(to):
            with to:
                for frame in frames:
                    for row in frame.itertuples(index=False):
                        story = {k: str(v) for k, v in zip(frame.columns, row) if v is not None and v == v}
                        to.write(json.dumps(story) + "\n")
        yield from frames_of(run([detente, "code", "--quiet", "--threads", "1", "--format", "jsonl", *options], feed))
    return table.select([c for c in table.columns if c in STORY]).mapInPandas(code, SCHEMA)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--table", help="a Parquet table of stories instead of files")
    parser.add_argument("--out", required=True, help="where the events go, as Parquet")
    parser.add_argument("--shards", type=int, default=1, help="tasks a file")
    parser.add_argument("--detente", default="detente")
    parser.add_argument("--option", action="append", default=[], help="handed on to `detente code`, such as --option=--status=all")
    a = parser.parse_args()
    if bool(a.files) == bool(a.table):
        parser.error("give files, or --table")
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("detente").getOrCreate()
    if a.table:
        events = code_table(spark.read.parquet(a.table), a.detente, a.option)
    else:
        paths = sorted(os.path.abspath(p) for pattern in a.files for p in (glob.glob(pattern) or [pattern]))
        missing = [p for p in paths if not os.path.exists(p)]
        if missing:
            parser.error(f"{missing[0]} is not there")
        events = code_files(spark, paths, a.shards, a.detente, a.option)
    events.write.mode("overwrite").parquet(a.out)
    print(f"{spark.read.parquet(a.out).count()} events in {a.out}")
    spark.stop()


if __name__ == "__main__":
    main()
