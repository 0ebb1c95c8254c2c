"""twins.py - stories that were told before: recall and precision on variants of stories.

    twins.py DETENTE FILE.jsonl [--stories N] [--least WORDS] [--seed N] [--show N]

Takes N stories of at least WORDS words of which no two have the same words in the main (an exact comparison of
all runs of three words), makes four variants of each of five kinds in turn, mixes all behind the stories, runs
`detente twins` and prints one line of JSON. The kinds: cut (the first half, by paragraphs, else by sentences),
reled (another first paragraph), reordered (paragraphs in another order), changed (5 to 20 % of the words),
framed (another outlet's header and footer). A join is right when both stories come from one; what was joined
among the stories themselves is counted as wrong as well.
"""
import argparse
import collections
import gzip
import json
import random
import re
import subprocess
import tempfile

OUTLETS = [("THE DAILY LEDGER | World news, every day", "Copyright The Daily Ledger. All rights reserved. Send comments to the desk."),
           ("Coast Radio News -- read by Ann Hill", "You heard Coast Radio News. More at the top of the hour. Sign up for our letter."),
           ("NORTHERN WIRE SERVICE - FOR SUBSCRIBERS ONLY", "This report was distributed by Northern Wire Service; editing by P. Marsh and L. Stone.")]


def words_of(text):
    return re.findall(r"[^\W_]+(?:[.,'][^\W_]+)*", text.lower())


def shingles_of(text):
    w = words_of(text)
    return {hash(tuple(w[i:i + 3])) for i in range(len(w) - 2)}


def paragraphs_of(text):
    parts = [p for p in re.split(r"\n\s*\n|\n(?=    )|\n(?=\t)", text) if p.strip()]
    return parts if len(parts) > 2 else [p for p in re.split(r"(?<=[.?!])\s+", text) if p.strip()]


def cut(text, r, pool):
    parts = paragraphs_of(text)
    half, out = len(words_of(text)) / 2, []
    for p in parts:
        out.append(p)
        if len(words_of(" ".join(out))) >= half:
            break
    return "\n".join(out)


def reled(text, r, pool):
    parts = paragraphs_of(text)
    lead = r.choice(pool)
    return "\n".join([paragraphs_of(lead)[0]] + parts[1:])


def reordered(text, r, pool):
    parts = paragraphs_of(text)
    r.shuffle(parts)
    return "\n".join(parts)


def changed(text, r, pool):
    share = r.uniform(0.05, 0.20)
    other = r.choice(pool).split()
    pieces = re.split(r"(\s+)", text)
    return "".join(r.choice(other) if p.strip() and r.random() < share else p for p in pieces)


def framed(text, r, pool):
    head, foot = r.choice(OUTLETS)
    return head + "\n\n" + text + "\n\n" + foot


KINDS = [cut, reled, reordered, changed, framed]


def choose(stories, n, r):
    """n stories no two of which share 30 % of the smaller one's runs of words."""
    index, chosen = collections.defaultdict(list), []
    r.shuffle(stories)
    for s in stories:
        mine = shingles_of(s["text"])
        shared = collections.Counter(k for x in mine for k in index.get(x, ()))
        if any(v >= 0.3 * min(len(mine), len(chosen[k][1])) for k, v in shared.most_common(5)):
            continue
        for x in mine:
            if len(index[x]) < 50:
                index[x].append(len(chosen))
        chosen.append((s, mine))
        if len(chosen) == n:
            break
    return [s for s, _ in chosen]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("detente")
    a.add_argument("file")
    a.add_argument("--stories", type=int, default=5000)
    a.add_argument("--least", type=int, default=50)
    a.add_argument("--seed", type=int, default=13)
    a.add_argument("--show", type=int, default=0)
    a.add_argument("--natural", action="store_true", help="do not leave out stories that are alike as they came")
    a = a.parse_args()
    r = random.Random(a.seed)
    opened = gzip.open(a.file, "rt", encoding="utf-8") if a.file.endswith(".gz") else open(a.file, encoding="utf-8")
    stories = [s for s in map(json.loads, opened) if len(words_of(s["text"])) >= a.least]
    if a.natural:
        r.shuffle(stories)
    chosen = stories[:a.stories] if a.natural else choose(stories, a.stories, r)
    pool = [s["text"] for s in stories]
    variants = []
    for i, s in enumerate(chosen):
        for k in range(4):
            kind = KINDS[(i + k) % 5]
            variants.append({"id": f"{i}/{kind.__name__}/{k}", "text": kind(s["text"], r, pool)})
    r.shuffle(variants)
    everything = [{"id": f"{i}/first/0", "text": s["text"]} for i, s in enumerate(chosen)] + variants
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps(v) + "\n" for v in everything)
        f.flush()
        out = subprocess.run([a.detente, "twins", "-f", "jsonl", "--quiet", f.name], check=True, capture_output=True, text=True)
    found = [json.loads(line) for line in out.stdout.splitlines()]
    text_of = {v["id"]: v["text"] for v in everything}
    right, wrong, by_kind = set(), [], collections.Counter()
    for t in found:
        if t["id"].split("/")[0] == t["twin_of"].split("/")[0] == t["group"].split("/")[0]:
            right.add(t["id"])
            by_kind[t["id"].split("/")[1]] += 1
        else:
            wrong.append(t)
    wanted = collections.Counter(v["id"].split("/")[1] for v in variants)
    result = {"stories": len(chosen), "variants": len(variants), "recall": round(100 * len(right) / max(1, len(variants)), 2),
              "precision": round(100 * len(right) / max(1, len(found)), 2),
              **{k: round(100 * by_kind[k] / wanted[k], 2) for k in sorted(wanted)},
              "wrong among the stories": sum(1 for t in wrong if "/first/" in t["id"])}
    print(json.dumps(result))
    for t in r.sample(wrong, min(a.show, len(wrong))):
        print("---- wrong", t, "\n", text_of[t["id"]][:700], "\n ----\n", text_of[t["twin_of"]][:700])
    missed = [v for v in variants if v["id"] not in right]
    for v in r.sample(missed, min(a.show, len(missed))):
        print("---- missed", v["id"], len(words_of(v["text"])), len(words_of(text_of[v["id"].split("/")[0] + "/first/0"])), "\n", v["text"][:300])


if __name__ == "__main__":
    main()
