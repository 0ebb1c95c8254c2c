#!/usr/bin/env python3
"""coref.py - how often a pronoun or a description goes back to the right actor.

    coref.py [--show N] [--genres A,B] DETENTE TREEBANK.conllu          GUM's annotation of entities
    coref.py [--show N] DETENTE CORPUS.txt MENTIONS.json                ECB+: entity mentions, within a document
    coref.py [--show N] DETENTE STORIES.jsonl                           events annotated by the guide

In:  gold mentions with their entities, or events whose parties are written as the name that a pronoun or a description
     stands for. Each document is given to `DETENTE annotate` as plain text.
Out: for each class of mentions (he, she, it, they; descriptions without a name) two figures in per cent:
     right    of the mentions that Detente joins with an earlier one and the gold knows, those whose nearest earlier
              mention of the same chain is of the same entity
     found    of the gold's mentions whose entity stands earlier as an actor of Detente, those that were joined rightly
     ECB+ marks few entities only: a mention that it does not know is left out there; GUM marks all, and there a joined
     pronoun that it does not know (an expletive "it") is wrong.
Of events: the parties whose words do not stand in the sentence of the trigger, so that the reader found them elsewhere;
     there     of these, those where a pronoun or description of the sentence is in the chain of those words
     country   of these, those where a pronoun or description of the sentence has the party's country
     parties   of the parties of Detente's events that are pronouns or descriptions, at triggers that the gold has, too:
               those whose country is one of the gold's on that side (or on either side of a reciprocal event)
Mentions that stand for several actors at once ("the two countries") are counted as groups and not judged, for the gold
gives such a mention an entity of its own.
"""
import argparse
import collections
import json
import os
import re
import subprocess

CLASSES = {"he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
           "they": "they them their theirs themselves"}
CLASS_OF = {word: name for name, words in CLASSES.items() for word in words.split()}


class Mention:
    def __init__(self, first, last, head, entity):
        self.first, self.last, self.head, self.entity = first, last, head, entity  # tokens of the document, inclusive


class Document:
    def __init__(self, name):
        self.name, self.text, self.tokens, self.mentions = name, "", [], []

    def add(self, form, space):
        begin = len(self.text.encode())
        self.text += form
        self.tokens.append((begin, len(self.text.encode()), form))
        self.text += " " if space else ""


def gum(path, genres):
    doc, documents, open_, keep = None, [], [], True
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            name = line.split("=")[1].strip()
            keep = not genres or name.split("_")[1] in genres
            doc, open_ = Document(name), []
            documents += [doc] if keep else []
        elif line.startswith("# newpar") and doc.text:
            doc.text = doc.text.rstrip() + "\n" if not line.startswith("# newpar_block") else doc.text
        elif line[:1].isdigit():
            columns = line.rstrip("\n").split("\t")
            if not columns[0].isdigit():
                continue
            at = len(doc.tokens)
            misc = dict(x.split("=", 1) for x in columns[9].split("|") if "=" in x)
            doc.add(columns[1], misc.get("SpaceAfter") != "No")
            for opened, closed in re.findall(r"\(([^()]+\)?)|([^()]+)\)", misc.get("Entity", "")):
                fields = (opened or closed).rstrip(")").split("-")
                if opened:
                    group, head = re.sub(r"\[.*", "", fields[0]), fields[5] if len(fields) > 5 else "1"
                    offset = int(head.split(",")[0]) if head.split(",")[0].isdigit() else 1
                    m = Mention(at, at, at + offset - 1, group)
                    doc.mentions.append(m)
                    if not opened.endswith(")"):
                        open_.append(m)
                else:
                    for m in reversed(open_):
                        if m.entity == re.sub(r"\[.*", "", fields[0]):
                            m.last = at
                            open_.remove(m)
                            break
    return documents


def ecb(corpus, mentions):
    documents, at = {}, {}
    for line in open(corpus, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 5:
            continue
        name, sentence, number, form = fields[:4]
        doc = documents.setdefault(name, Document(name))
        at[name, int(sentence), int(number)] = len(doc.tokens)
        tight = re.fullmatch(r"[.,;:?!%)]|'s|n't|''", form)
        doc.text = doc.text.rstrip() if tight else doc.text
        doc.add(form, form not in ("(", "$", "``"))
    for m in json.load(open(mentions)):
        if m["mention_type"][:3] in ("ACT", "NEG", "TIM"):
            continue
        tokens = [at[m["doc_id"], m["sent_id"], n] for n in m["tokens_number"]]
        documents[m["doc_id"]].mentions.append(Mention(tokens[0], tokens[-1], tokens[-1], m["coref_chain"]))
    return list(documents.values())


def annotate(detente, documents):
    lines = "".join(json.dumps({"id": d.name, "date": "2015-06-15", "text": d.text}) + "\n" for d in documents)
    out = subprocess.run([os.path.abspath(detente), "annotate", "-q", "-"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return {row["id"]: row for row in map(json.loads, out.decode().splitlines())}


def tokens_of(doc, actor):
    inside = [i for i, (b, e, _) in enumerate(doc.tokens) if b < actor["end"] and e > actor["begin"]]
    return (inside[0], inside[-1]) if inside else (0, -1)


def gold_of(doc, first, last):
    """The gold mention that shares most tokens with those given, of those whose head is among them."""
    best, most = None, 0.0
    for m in doc.mentions:
        if not first <= m.head <= last:
            continue
        shared = min(last, m.last) - max(first, m.first) + 1
        share = shared / (max(last, m.last) - min(first, m.first) + 1)
        if share > most:
            best, most = m, share
    return best


def class_of(text):
    if text.lower() in CLASS_OF:
        return CLASS_OF[text.lower()]
    return "names" if re.search(r"\b[A-Z]", re.sub(r"^(The|This|That|These|Those|Both|Its|His|Her|Their)\b", "", text)) else "described"


def look(doc, row, marks_all, count, shown):
    spans = collections.Counter((a["begin"], a["end"]) for a in row["actors"])
    earlier, aligned, joined = collections.defaultdict(list), {}, {}
    for a in row["actors"]:
        first, last = tokens_of(doc, a)
        if first > last:
            continue
        gold, name = gold_of(doc, first, last), class_of(a["text"])
        if spans[a["begin"], a["end"]] > 1:
            count[name]["groups"] += 1 / spans[a["begin"], a["end"]]
            continue
        before = [g for g, _ in earlier[a["chain"]] if g is not None]
        if earlier[a["chain"]] and (gold is not None or (marks_all and name in CLASSES)) and (before or marks_all):
            right = gold is not None and bool(before) and before[-1].entity == gold.entity
            count[name]["joined"] += 1
            count[name]["right"] += right
            if gold is not None:
                joined[gold] = right
            if not right:
                shown[name].append((doc, a, earlier[a["chain"]][-1][1]))
        earlier[a["chain"]].append((gold, a["text"]))
        if gold is not None:
            aligned.setdefault(gold, name)
    known = set()
    for m in sorted(doc.mentions, key=lambda m: m.first):
        text = " ".join(t[2] for t in doc.tokens[m.first:m.last + 1])
        name = class_of(text)
        if m.entity in known and (name in CLASSES or m in aligned):
            count[name]["gold"] += 1
            count[name]["found"] += joined.get(m, False)
            if m not in joined:
                shown["no " + name].append((doc, {"text": text, "begin": doc.tokens[m.first][0]}, m.entity))
        if aligned.get(m, "they") not in CLASSES:
            known.add(m.entity)


def sentence_at(row, at):
    return next((s for s in row["sentences"] if s["begin"] <= at < s["end"]), None)


def country_of(code):
    return "" if code in ("UNK", "") or len(code) % 3 or code in SECTORS else code[:3]


SECTORS = set("GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL LAB REF REL NGO LEG ELI AGR UAF SET".split())


def look_at_event(text, row, event, count, shown):
    at = text.find(event["trigger"].encode())
    sentence = sentence_at(row, at) if at >= 0 else None
    if sentence is None:
        return
    inside = [a for a in row["actors"] if sentence["begin"] <= a["begin"] < sentence["end"] and class_of(a["text"]) != "names"]
    words = text[sentence["begin"]:sentence["end"]]
    for side in ("source", "target"):
        for name, code in zip(event[side], event[side + "_code"]):
            if name.encode() in words or text.find(name.encode()) < 0:
                continue
            begin = text.find(name.encode())
            chains = {a["chain"] for a in row["actors"] if begin < a["end"] and a["begin"] < begin + len(name.encode())}
            there = any(a["chain"] in chains for a in inside)
            country = country_of(code)
            count["elsewhere"] += 1
            count["there"] += there
            count["with country"] += country != ""
            count["country"] += country != "" and any(a["country"] == country for a in inside)
            if not there:
                shown["elsewhere"].append((text, name, words))
    for mine in row["events"]:
        if not (mine["begin"] < at + len(event["trigger"].encode()) and at < mine["end"]) or mine["plover"] != event["plover"]:
            continue
        for side, other in (("source", "target"), ("target", "source")):
            gold = {country_of(c) for c in event[side + "_code"] + (event[other + "_code"] if event["reciprocal"] else [])}
            for a in mine[side]:
                written = text[a["begin"]:a["end"]].decode(errors="ignore")
                if class_of(written) == "names" or not a["country"] or gold <= {""}:
                    continue
                count["parties"] += 1
                count["right parties"] += a["country"] in gold
                if a["country"] not in gold:
                    shown["party " + a["code"]].append((text, written, words))


def events(path, detente, show):
    gold = [json.loads(line) for line in open(path, encoding="utf-8")]
    lines = "".join(json.dumps({"id": g["id"], "date": g["date"], "text": g["text"]}) + "\n" for g in gold)
    out = subprocess.run([os.path.abspath(detente), "annotate", "-q", "-"], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    rows = {row["id"]: row for row in map(json.loads, out.decode().splitlines())}
    count, shown = collections.Counter(), collections.defaultdict(list)
    for g in gold:
        for event in g["events"]:
            look_at_event(g["text"].encode(), rows[g["id"]], event, count, shown)
    for name, cases in shown.items():
        for text, written, words in cases[:show]:
            print(f"[{name}] {written!r}: {text.decode()[:200]!r} ... {words.decode()!r}")
    for name, of in (("there", "elsewhere"), ("country", "with country"), ("right parties", "parties")):
        print(f"{name:14} {100 * count[name] / max(1, count[of]):5.1f} ({count[name]}/{count[of]})")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--show", type=int, default=0, help="print so many wrong and missing ones of each class")
    p.add_argument("--genres", default="", help="of GUM: only these, for example news,interview")
    p.add_argument("detente")
    p.add_argument("files", nargs="+")
    args = p.parse_args()
    if args.files[0].endswith(".jsonl"):
        events(args.files[0], args.detente, args.show)
        return
    marks_all = len(args.files) == 1
    documents = gum(args.files[0], args.genres.split(",") if args.genres else []) if marks_all else ecb(*args.files)
    rows = annotate(args.detente, documents)
    count, shown = collections.defaultdict(collections.Counter), collections.defaultdict(list)
    for doc in documents:
        look(doc, rows[doc.name], marks_all, count, shown)
    for name, cases in shown.items():
        for doc, a, to in cases[:args.show]:
            text = doc.text.encode()
            print(f"[{name}] {a['text']!r} -> {to!r}: {text[max(0, a['begin'] - 220):a['begin']].decode(errors='ignore')} <<{a['text']}>> "
                  f"{text[a['begin'] + len(a['text'].encode()):][:60].decode(errors='ignore')}".replace("\n", " / "))
    pronouns = collections.Counter()
    for name in CLASSES:
        pronouns.update(count[name])
    count["pronouns"] = pronouns
    for name in [*CLASSES, "pronouns", "described", "names"]:
        c = count[name]
        right = 100 * c["right"] / c["joined"] if c["joined"] else 0
        found = 100 * c["found"] / c["gold"] if c["gold"] else 0
        print(f"{name:10} right {right:5.1f} ({c['right']}/{c['joined']})  found {found:5.1f} ({c['found']}/{c['gold']})  groups {c['groups']:.0f}")


if __name__ == "__main__":
    main()
