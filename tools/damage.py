#!/usr/bin/env python3
"""damage.py - damages text as bad copies do, to measure what that costs.

    damage.py [--share 0.01] [--kinds drop,double,case,space] [--seed 1] FILE.jsonl   > DAMAGED.jsonl
    damage.py --whole upper|lower FILE.jsonl                                          > DAMAGED.jsonl
    damage.py ... FILE.conllu                                                         > DAMAGED.conllu

Each character that a kind can damage is damaged with the probability --share; where several kinds can, one is
drawn. The kinds: drop (it is missing), double (it stands twice), case (a letter gets the other case), space (the blank
between two words is lost). --whole puts all letters into capitals or all into lower case instead.
JSON Lines: the `text` of each story is damaged, nothing else. A field `edits` is added, [[begin, old, new], ...]: at
byte `begin` of the text as it was, `old` bytes have become `new` bytes; bench/robust.py aligns with it.
CoNLL-U: the forms of words are damaged and none is dropped wholly, so that the gold tree still fits; `space` does not
apply, and comments and the lines of multi-word tokens stay as they are.
The same seed gives the same damage, story by story (sentence by sentence), in whatever order they come.
"""
import argparse
import json
import random
import sys

KINDS = ("drop", "double", "case", "space")


def other_case(c):
    """The letter in the other case, or c itself if it has none of one character."""
    other = c.lower() if c.isupper() else c.upper()
    return other if len(other) == 1 else c


def kinds_for(text, i, kinds):
    """Those of `kinds` that can damage text[i]."""
    c = text[i]
    if c.isspace():
        between = 0 < i < len(text) - 1 and not text[i - 1].isspace() and not text[i + 1].isspace()
        return ["space"] if "space" in kinds and between else []
    return [k for k in kinds if k in ("drop", "double") or (k == "case" and other_case(c) != c)]


def damaged_char(text, i, kinds, share, rng):
    """What text[i] becomes. Two numbers are drawn for each character, whatever comes of it."""
    hit, which = rng.random() < share, rng.random()
    possible = kinds_for(text, i, kinds) if hit else []
    if not possible:
        return text[i]
    kind = possible[int(which * len(possible))]
    return {"drop": "", "space": "", "double": 2 * text[i], "case": other_case(text[i])}[kind]


def damaged(text, args, name):
    """The list of what each character of the text becomes."""
    if args.whole:
        return [w if len(w := getattr(c, args.whole)()) == 1 else c for c in text]
    rng = random.Random(f"{args.seed}:{name}")
    return [damaged_char(text, i, args.kinds, args.share, rng) for i in range(len(text))]


def edits_of(text, pieces):
    edits, at = [], 0
    for c, piece in zip(text, pieces):
        old, new = len(c.encode()), len(piece.encode())
        if old != new:
            edits.append([at, old, new])
        at += old
    return edits


def damage_stories(lines, args):
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        story = json.loads(line)
        text = story["text"]
        pieces = damaged(text, args, story.get("id", number))
        story["text"], story["edits"] = "".join(pieces), edits_of(text, pieces)
        print(json.dumps(story, ensure_ascii=False))


def damage_treebank(lines, args):
    for number, line in enumerate(lines, 1):
        columns = line.rstrip("\n").split("\t")
        if columns[0].isdigit() and len(columns) > 1:
            form = "".join(damaged(columns[1], args, number))
            columns[1] = form if form.strip() else columns[1]
            line = "\t".join(columns) + "\n"
        sys.stdout.write(line)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file", metavar="FILE", help="JSON Lines, or CoNLL-U if the name ends in .conllu")
    p.add_argument("--share", type=float, default=0.01)
    p.add_argument("--kinds", default=",".join(KINDS), type=lambda s: [k for k in s.split(",") if k])
    p.add_argument("--seed", default="1")
    p.add_argument("--whole", choices=("upper", "lower"))
    args = p.parse_args()
    unknown = set(args.kinds) - set(KINDS)
    if unknown:
        p.error(f"there is no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    if args.file.endswith(".conllu"):
        args.kinds = [k for k in args.kinds if k != "space"]
    with open(args.file, encoding="utf-8") as lines:
        (damage_treebank if args.file.endswith(".conllu") else damage_stories)(lines, args)


if __name__ == "__main__":
    main()
