#!/usr/bin/env python3
"""Parties of events: does the actor that stands where a reader marked a party have the reader's code?

GOLD.jsonl is a part of the corpus, PRED.jsonl what `detente annotate` says of it. Each mention that the gold gives as source or
target (once a place in the text: the occurrence nearest to its trigger) is compared with the actor whose span it shares most of.
Events play no part: what is measured is who, given where. Of all such mentions:

  found      an actor overlaps the mention by its better part, or lies in it
  country    its country, or code of an organisation, is the gold's (none where the gold has none)
  sector     its sector is
  both       country and sector are

A mention without an actor is wrong in all of them; where several actors share one span, each of them may be the right one.
The same follows by sort of mention and by the gold's sector. --list prints the commonest disagreements, by the last word of the
mention, with examples.
"""
import argparse
import collections
import json
import re

SECTORS = set("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL LAB REF REL NGO LEG ELI UAF INS SEP SET HLH AGR HRI ENV DEV "
              "IMG INT MNC RAD MOD UIS ELE".split())
MARKS = ("found", "country", "sector", "both")


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def halves(code):
    """Country or organisation, and sector: USAGOV -> USA, GOV; IGONAT -> IGONAT, ''; ALQREB, IGOMIL likewise."""
    code = "" if code in (None, "UNK", "---") else code
    if code.startswith("IGOEUREEC"):
        code = "EUR" + code[9:]
    if code[:3] in SECTORS:
        return "", code
    if code[:3] == "IGO" and code[3:6] not in SECTORS:
        return code[:6], code[6:9]
    return code[:3], code[3:6]


def nearest(text, words, near):
    """The occurrence of words that lies nearest to a byte offset, as a byte span, or None."""
    best, at = None, text.find(words)
    while at >= 0:
        if best is None or abs(at - near) < abs(best - near):
            best = at
        at = text.find(words, at + 1)
    return None if best is None else (best, best + len(words))


def mentions(row):
    """{(begin, end): code} of the parties of a story's events."""
    text, found = row["text"].encode(), {}
    for event in row["events"]:
        near = max(text.find(event["trigger"].encode()), 0)
        for side in ("source", "target"):
            for words, code in zip(event[side], event[side + "_code"]):
                span = nearest(text, words.encode(), near)
                if span:
                    found.setdefault(span, code)
    return found


def actors_at(actors, span, text):
    """The actors of the best span, or none. What stands behind a preposition is not what the mention is about."""
    behind = re.search(rb"[,(]| (?:in|of|at|from|near|for|on|who|that|with|and) ", text[span[0]:span[1]])
    head = (span[0], span[0] + behind.start()) if behind and behind.start() else span
    at_head = [a for a in actors if head[0] <= a["begin"] < head[1]]
    return best_of(at_head, span) or best_of(actors, span)


def best_of(actors, span):
    def share(a):
        both = min(a["end"], span[1]) - max(a["begin"], span[0])
        whole = max(a["end"], span[1]) - min(a["begin"], span[0])
        inside = span[0] <= a["begin"] and a["end"] <= span[1]
        return both / whole if both > 0 and (inside or 2 * both > whole) else 0
    best = max(actors, key=share, default=None)
    if best is None or share(best) == 0:
        return []
    return [a for a in actors if (a["begin"], a["end"]) == (best["begin"], best["end"])]


def sort_of(mine, span):
    if not mine:
        return "no actor"
    a = mine[0]
    if a["entity"]:
        return "of the base" if a["entity"].split("/")[0] != "country" else "country"
    if not a["code"]:
        return "without a code"
    return "made of words" if a["country"] else "sector alone"


def judge(gold, mine):
    """Which of MARKS hold."""
    country, sector = halves(gold)
    pairs = [halves(a["code"]) for a in mine]
    return {"found": bool(mine), "country": any(c == country for c, _ in pairs),
            "sector": any(s == sector for _, s in pairs), "both": (country, sector) in pairs}


def table(title, tally):
    print(f"{title:<18}{'n':>7}" + "".join(f"{m:>9}" for m in MARKS))
    for name, c in sorted(tally.items(), key=lambda x: -x[1]["n"]):
        print(f"{name:<18}{c['n']:>7}" + "".join(f"{100 * c[m] / c['n']:>9.1f}" for m in MARKS))
    print()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", metavar="GOLD.jsonl")
    p.add_argument("pred", metavar="PRED.jsonl")
    p.add_argument("--list", type=int, default=0, metavar="N", help="the N commonest disagreements")
    args = p.parse_args()
    predicted = {r["id"]: r for r in rows_of(args.pred)}
    tallies = {"all": collections.Counter()}, collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    wrong = collections.defaultdict(list)
    for row in rows_of(args.gold):
        text = row["text"].encode()
        for span, gold in mentions(row).items():
            mine = actors_at(predicted[row["id"]]["actors"], span, text)
            marks = judge(gold, mine)
            for tally, key in zip(tallies, ("all", sort_of(mine, span), halves(gold)[1] or "(none)")):
                tally[key]["n"] += 1
                for m in MARKS:
                    tally[key][m] += marks[m]
            if not marks["both"]:
                words = text[span[0]:span[1]].decode()
                said = f"{mine[0]['text']} = {mine[0]['code']}" if mine else "nobody"
                (gc, gs), (mc, ms) = halves(gold), halves(mine[0]["code"]) if mine else ("", "nobody")
                what = f"{gs or '-'} not {ms or '-'}" if gs != ms else "country" if mc else "no country"
                wrong[(words.split()[-1].lower(), what)].append(f"{row['id']}: {words} = {gold}, not {said}")
    for title, tally in zip(("", "our actor is", "sector"), tallies):
        table(title, tally)
    for (word, what), cases in sorted(wrong.items(), key=lambda x: -len(x[1]))[:args.list]:
        print(f"{len(cases):>4}  {word}: {what}\n      " + "\n      ".join(cases[:3]))


if __name__ == "__main__":
    main()
