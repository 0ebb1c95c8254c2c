#!/usr/bin/env python3
"""Draws batches of portal items that are still to be annotated.

    tools/draw_corpus.py PORTAL.jsonl.gz OUT-FOLDER BATCHES [--seed N] [--train] DONE.jsonl...

As the first batches were drawn: of each 150 items 70 from the four political sections, 65 from the others if they hold a
political word, 15 at random; at most 700 characters; days are spread over all years. Items of DONE are left out; with --train those of days
of the parts to develop and to test, too (split_corpus.py)."""
import argparse
import gzip
import json
import pathlib
import random
import re

from split_corpus import part_of

SECTIONS = ("Armed conflicts and attacks", "International relations", "Law and crime", "Politics and elections")
POLITICAL = re.compile(
    r"\b(government|minister|president|parliament|army|troops|soldiers?|police|rebels?|militants?|protest\w*|court|sanctions?"
    r"|treaty|agreement|talks|summit|embassy|ambassador|attack\w*|bomb\w*|kill\w*|arrest\w*|missiles?|strikes?|border|coup|"
    r"opposition|refugees|ceasefire|UN|United Nations|NATO|EU|war|navy|military|hostages?|shot|shooting|accus\w+|condemn\w*|"
    r"aid|embargo|visit\w*|nuclear)\b", re.I)
PER_BATCH = {"section": 70, "word": 65, "random": 15}
LONGEST = 700


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("portal")
    parser.add_argument("out")
    parser.add_argument("batches", type=int)
    parser.add_argument("done", nargs="*")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--train", action="store_true", help="days of the part to train only")
    args = parser.parse_args()
    done = {json.loads(line)["id"] for path in args.done for line in open(path, encoding="utf-8")}
    kinds = {"section": [], "word": [], "random": []}
    with gzip.open(args.portal, "rt", encoding="utf-8") as portal:
        for line in portal:
            item = json.loads(line)
            if item["id"] in done or len(item["text"]) > LONGEST or args.train and part_of(item) != "train":
                continue
            kinds["random"].append(item)
            if item["category"] in SECTIONS:
                kinds["section"].append(item)
            elif POLITICAL.search(item["text"]):
                kinds["word"].append(item)
    rng, taken = random.Random(args.seed), set()
    for kind in kinds.values():
        rng.shuffle(kind)
    for b in range(args.batches):
        batch = []
        for kind, wanted in PER_BATCH.items():
            while wanted and kinds[kind]:
                item = kinds[kind].pop()
                if item["id"] in taken:
                    continue
                taken.add(item["id"])
                batch.append({k: item[k] for k in ("id", "date", "text")})
                wanted -= 1
        batch.sort(key=lambda item: item["id"])
        path = pathlib.Path(args.out) / f"b{b + 1:02d}.jsonl"
        path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in batch), encoding="utf-8")


if __name__ == "__main__":
    main()
