#!/usr/bin/env python3
"""places.py - is an event put where the annotation puts it?

    bench/places.py SCORERS GOLD.jsonl ANNOTATED.jsonl [--names NAMES.tsv] [--wrong]

The gold has places as words ("the suburbs of Aleppo"). Their country is that of NAMES.tsv (text, words, country; checked
by hand, `-` for what lies in no single country), else that of the places which `detente annotate` found in these words.
Events are paired by type as score_annotation.py pairs them, whatever their status. Prints one JSON object:
  country    of the pairs whose gold has a place with a country, the share whose record has that country
  placed     of the same, the share whose record has any place
  unnamed    gold places that neither the table nor the program could name
"""
import collections
import json
import os
import sys


def read_names(path):
    out = {}
    if path and os.path.exists(path):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    story, words, country = line.rstrip("\n").split("\t")
                    out[story, words] = country
    return out


def spans(text, words):
    """Byte spans of the words in the text."""
    raw, part, at = text.encode(), words.encode(), -1
    while (at := raw.find(part, at + 1)) >= 0:
        yield at, at + len(part)


def country_of_words(story, places, words):
    """The country of the places in the words, if they agree; '-' if they name only what is in none; else None."""
    found = [p["country"] or "-" for b, e in spans(story["text"], words) for p in places if b <= p["begin"] and p["end"] <= e]
    named = {c for c in found if c != "-"}
    if len(named) == 1:
        return named.pop()
    return "-" if found and not named else None


def main():
    arguments = sys.argv[1:]
    show = "--wrong" in arguments
    if show:
        arguments.remove("--wrong")
    names = {}
    if "--names" in arguments:
        at = arguments.index("--names")
        names = read_names(arguments[at + 1])
        del arguments[at:at + 2]
    scorers, gold_path, found_path = arguments
    sys.path.insert(0, scorers)
    import score_annotation as scorer

    with open(found_path, encoding="utf-8") as lines:
        found = {d["id"]: d for d in map(json.loads, lines)}
    n, basis = collections.Counter(), collections.defaultdict(collections.Counter)
    with open(gold_path, encoding="utf-8") as lines:
        for story in map(json.loads, lines):
            mine = found.get(story["id"], {"events": [], "places": []})
            gold, coded = ([scorer.view(e) for e in x["events"]] for x in (story, mine))
            n["gold"] += sum(e.get("where") is not None for e in story["events"])
            for i, j in scorer.pairs(gold, coded, "type"):
                g, p = gold[i]["raw"], coded[j]["raw"]
                if not g.get("where"):
                    continue
                country = names.get((story["id"], g["where"])) or country_of_words(story, mine["places"], g["where"])
                if country is None:
                    n["unnamed"] += 1
                    if show:
                        print("UNNAMED", story["id"], g["where"], sep="\t")
                if country in (None, "-"):
                    continue
                place = p.get("place") or {}
                right = place.get("country") == country
                n["pairs"] += 1
                n["placed"] += bool(place)
                n["right"] += right
                basis[place.get("basis") or "none"][right] += 1
                if show and not right:
                    print("WRONG", story["id"], g["trigger"], g["where"], country, p["text"][:200], place.get("name"),
                          place.get("country"), place.get("basis"), sep="\t")
    share = lambda k: round(100 * n[k] / max(1, n["pairs"]), 1)
    print(json.dumps({"result": {"gold": n["gold"], "pairs": n["pairs"], "country": share("right"), "placed": share("placed"), "unnamed": n["unnamed"],
                                 "basis": ", ".join(f"{k} {v[True]}/{v[True] + v[False]}" for k, v in sorted(basis.items()))}}))


if __name__ == "__main__":
    main()
