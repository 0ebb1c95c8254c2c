#!/usr/bin/env python3
"""Our own example sentences as stories, to train the reader of events on (train/reader.py --examples).

    tools/spec_stories.py > STORIES.jsonl

In: the `yes` and `no` examples of knowledge/**/*.txt and the stories of test/spec/**/*.txt, see doc/spec.md. Out: a row
{id, date, text} for each, in the order of the files. Left out is what the frames are known to misread, as what they find is
what is learned: stories with a `miss`; classify.txt, whose stories are asked for one relation each; and faults.txt, which is
kept to measure by."""
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
NO_EXAMPLES = {"classify.txt", "faults.txt"}
EXAMPLE = re.compile(r"\s+(?:yes|no)\s+(\d{4}-\d\d-\d\d)\s+(.*\S)")


def of_knowledge(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if m := EXAMPLE.match(line):
            yield m[1], m[2]


def of_spec(path):
    """A story is the lines with `>` up to the first expectation; the date that stands before the first title is the file's."""
    file_date = date = ""
    titled, missed, expected, paragraphs = False, False, False, []
    for line in path.read_text(encoding="utf-8").splitlines() + ["### "]:
        begins = line.startswith(("### ", ">", "story-date"))
        if begins and expected:
            if paragraphs and not missed:
                yield date, "\n".join(paragraphs)
            missed, expected, paragraphs = False, False, []
        if line.startswith("### "):
            titled, date = True, file_date
        elif line.startswith("story-date"):
            date = line.split()[1].replace("none", "")
            file_date = file_date if titled else date
        elif line.startswith(">"):
            paragraphs.append(line[1:].strip())
        elif line.strip() and not line.startswith("#"):
            expected, missed = True, missed or line.startswith("miss ")


def main():
    number = 0
    for folder, read in (("knowledge", of_knowledge), ("test/spec", of_spec)):
        for path in sorted((ROOT / folder).rglob("*.txt")):
            for date, text in read(path) if path.name not in NO_EXAMPLES else ():
                print(json.dumps({"id": f"example-{number}", "date": date, "text": text}, ensure_ascii=False))
                number += 1


if __name__ == "__main__":
    main()
