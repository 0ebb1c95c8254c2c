#!/usr/bin/env python3
"""Splits the corpus by day: a tenth to test, a tenth to develop, the rest to train.

    tools/split_corpus.py OUT-FOLDER [corpus/FILE.jsonl...]

Out: train.jsonl, dev.jsonl, test.jsonl. All items of a day (of a document without a day: the document) fall into one part,
by a hash of the day, so that the parts stay what they are when texts are added. chosen.jsonl, which was drawn for rare
types, and wire/ reports, which we wrote, are never measured on: all of them train, but for the days of the test part,
which are left out. The test part is not to be read while rules are made."""
import argparse
import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def part_of(row):
    key = row["date"] or row["id"]
    return {0: "test", 1: "dev"}.get(int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10, "train")


def part_in(path, row):
    part = part_of(row)
    if path.name == "chosen.jsonl" or row["id"].startswith("wire/"):
        return None if part == "test" else "train"
    return part


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    parts = {"train": [], "dev": [], "test": []}
    for path in [pathlib.Path(f) for f in args.files] or sorted((ROOT / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            part = part_in(path, json.loads(line))
            if part:
                parts[part].append(line)
    for part, lines in parts.items():
        (out / f"{part}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        print(f"{part}: {len(lines)} texts, {sum(len(json.loads(line)['events']) for line in lines)} events")


if __name__ == "__main__":
    main()
