#!/usr/bin/env python3
"""says.py - who says so: the attribution of events against an annotation made by the guide.

    says.py SCORERS GOLD.jsonl PREDICTED.jsonl [--errors N]

SCORERS is the folder of score_annotation.py, whose loose pairs of events are compared, whatever their status. GOLD has
`says` (a mention, or null) for each event, PREDICTED is what `detente annotate` printed of the same stories. Prints
one JSON object with
  said_p, said_r, said_f1   whether anybody says so
  says_p, says_r, says_f1   and that it is the same one: a word of the name in common, titles and the like aside
  coded                     of the attributions that are right, those that have a code
--errors N prints that many disagreements instead.
"""
import argparse
import json
import random
import re
import sys

COMMON = set("the a an of for in on at and to his her its their president minister secretary foreign prime general state news "
             "agency spokesman spokeswoman spokesperson official officials government ministry mr mrs ms dr sir former".split())


def words(name):
    found = re.findall(r"\w+", name.lower())
    return {w for w in found if w not in COMMON} or set(found)


def same(gold, found, text):
    """The found one may be told by its name in the base or as it stands in the text."""
    names = [found.get("name") or "", text[found["begin"]:found["end"]].decode("utf-8", "replace")]
    return any(words(gold) & words(name) for name in names)


def f1(right, found, gold):
    p, r = 100 * right / max(found, 1), 100 * right / max(gold, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("scorers")
    p.add_argument("gold")
    p.add_argument("found")
    p.add_argument("--errors", type=int, default=0)
    args = p.parse_args()
    sys.path.insert(0, args.scorers)
    from score_annotation import pairs, view
    found = {d["id"]: d for d in map(json.loads, open(args.found, encoding="utf-8"))}
    n = dict.fromkeys(("pairs", "gold", "found", "said", "right", "coded"), 0)
    errors = []
    for line in open(args.gold, encoding="utf-8"):
        story = json.loads(line)
        events = found.get(story["id"], {}).get("events", [])
        text = story["text"].encode("utf-8")
        for i, j in pairs([view(e) for e in story["events"]], [view(e) for e in events], "loose"):
            says, attribution = story["events"][i].get("says"), events[j].get("attribution")
            both = bool(says and attribution)
            right = both and same(says, attribution, text)
            n["pairs"] += 1
            n["gold"] += bool(says)
            n["found"] += bool(attribution)
            n["said"] += both
            n["right"] += right
            n["coded"] += right and bool(attribution.get("code"))
            if (says or attribution) and not right:
                errors.append((says, attribution and text[attribution["begin"]:attribution["end"]].decode(), story["events"][i], events[j]))
    if args.errors:
        for says, other, gold, event in random.Random(1).sample(errors, min(args.errors, len(errors))):
            print(f"gold {says!r}, found {other!r}: {gold['plover']} {gold['status']} {gold['trigger']!r} <- {event['status']} {event['plover']}\n    {event['text'][:600]}")
        return
    result = dict(n)
    for name, count in (("said", "said"), ("says", "right")):
        result[name + "_p"], result[name + "_r"], result[name + "_f1"] = f1(n[count], n["found"], n["gold"])
    result["coded"] = 100 * n["coded"] / max(n["right"], 1)
    print(json.dumps({"result": result}))


if __name__ == "__main__":
    main()
