#!/usr/bin/env python3
"""robust.py - how much of an analysis outlives damage to the text.

    robust.py STORIES DAMAGED PARSED PARSED-DAMAGED ANNOTATED ANNOTATED-DAMAGED

In:  stories as JSON Lines and what tools/damage.py made of them; of both, the output of `detente parse --format json` and
     of `detente annotate`.
Out: one line of JSON, shares in per cent of what was found in the undamaged stories:
     tokens     tokens that are there again; trees: those whose head and relation (without subtype) are the same, too
     kept, new  event records: sentence, source, target and CAMEO code the same; records that were not there before
Places in the damaged text are led back to the undamaged one by the recorded edits. A border next to a lost character
may stand on either side of it.
"""
import bisect
import collections
import json
import sys


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Road:
    """From a byte of the damaged text back to the first and last byte that it may have been before."""

    def __init__(self, edits):
        self.at, self.first, self.last = [0], [0], [0]  # borders from which on the shift is constant
        shift = 0  # damaged minus undamaged
        for begin, old, new in edits:
            self.at.append(begin + shift)
            self.first.append(begin)
            self.last.append(begin + old if new == 0 else begin)
            shift += new - old
            if new:
                self.at.append(begin + shift + old)
                self.first.append(begin + old)
                self.last.append(begin + old)

    def back(self, place):
        i = bisect.bisect_right(self.at, place) - 1
        last = self.last[i] + place - self.at[i]
        while i > 0 and self.at[i - 1] == place:  # several characters lost in a row
            i -= 1
        return (self.first[i] if self.at[i] == place else last), last


def tokens_of(parsed):
    """[(begin, end, head's index or None, relation)] of a story."""
    tokens = []
    for sentence in parsed["sentences"]:
        first = len(tokens)
        for word in sentence:
            head = first + word["head"] - 1 if word["head"] else None
            tokens.append((word["begin"], word["end"], head, word["deprel"].split(":")[0]))
    return tokens


def align(clean, bad, road):
    """Index of a damaged token -> index of the undamaged one."""
    starts = collections.defaultdict(list)
    for i, (begin, end, _, _) in enumerate(clean):
        starts[begin].append((end, i))
    pairs, taken = {}, set()
    for k, (begin, end, _, _) in enumerate(bad):
        (b0, b1), (e0, e1) = road.back(begin), road.back(end)
        found = [i for b in range(b0, b1 + 1) for e, i in starts.get(b, []) if e0 <= e <= e1 and i not in taken]
        if found:
            pairs[k] = found[-1]
            taken.add(found[-1])
    return pairs


def compare_trees(clean, bad, road):
    clean, bad = tokens_of(clean), tokens_of(bad)
    pairs = align(clean, bad, road)
    same = 0
    for k, i in pairs.items():
        head = None if bad[k][2] is None else pairs.get(bad[k][2], -1)
        same += head == clean[i][2] and bad[k][3] == clean[i][3]
    return len(clean), len(pairs), same


def records(story, sentences, road):
    """Counter of (sentence, source, target, code); an event's sentence is that of its words in the undamaged text."""
    found = collections.Counter()
    starts = [s["begin"] for s in sentences]
    for e in story["events"]:
        begin = road.back(e["begin"])[1]
        sides = tuple(tuple(a["code"] for a in e[side]) for side in ("source", "target"))
        found[(bisect.bisect_right(starts, begin) - 1,) + sides + (e["cameo"],)] += 1
    return found


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    _, damaged, *analyses = [read(path) for path in sys.argv[1:]]
    counts = collections.Counter()
    for story, tree, bad_tree, found, bad_found in zip(damaged, *analyses, strict=True):
        road, straight = Road(story["edits"]), Road([])
        tokens, kept, same = compare_trees(tree, bad_tree, road)
        before = records(found, found["sentences"], straight)
        after = records(bad_found, found["sentences"], road)
        both = (before & after).total()
        counts.update(tokens=tokens, kept=kept, same=same, before=before.total(), both=both,
                      new=after.total() - both)
    print(json.dumps({"stories": len(damaged), "records": counts["before"],
                      "tokens": 100 * counts["kept"] / counts["tokens"], "trees": 100 * counts["same"] / counts["tokens"],
                      "kept": 100 * counts["both"] / counts["before"], "new": 100 * counts["new"] / counts["before"]}))


if __name__ == "__main__":
    main()
