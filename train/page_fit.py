#!/usr/bin/env python3
"""page_fit.py - fits the weights of src/page/pageweights.h.

    page_blocks FILE.html... > blocks.tsv
    page_fit.py GOLD.json blocks.tsv [--check] > src/page/pageweights.h

GOLD.json: {page: {articleBody}}. A block is the article's when most of its runs of four words (the words, in a block
of fewer) stand in the gold text. Logistic regression with a ridge, each page weighing the same; the second round is
fitted on odds of the first that were fitted without the page (ten folds). With --check prints instead what a fit on
nine tenths of the pages scores on the tenth left out: precision, recall, F1 of runs, as the scorer counts them.
"""
import collections
import json
import re
import sys

import numpy as np

RIDGE, SECOND, FOLDS = 2.0, 14, 10


def runs(words, n=4):
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words)


def read_names(path="src/page/pagejudge.h", hints="src/page/pagehint.h"):
    first = re.search(r"define PAGE_FEATURES\(X\)(.*?)\n\n", open(path).read(), re.S).group(1)
    second = re.search(r"define PAGE_HINTS\(X\)(.*?)\n\n", open(hints).read(), re.S).group(1)
    return re.findall(r"X\((\w+)\)", first) + ["HINT_" + x for x in re.findall(r"X\((\w+),", second)]


class Page:
    def __init__(self, gold):
        self.gold_words = re.findall(r"\w+", gold)
        self.gold = runs(self.gold_words)
        self.known = set(self.gold)
        self.lines = {" ".join(re.findall(r"\w+", x)) for x in gold.split("\n")}
        self.joined = " " + " ".join(self.gold_words) + " "
        self.x, self.second, self.text, self.words, self.ranges = [], [], [], [], []

    def label(self, words):
        if not words:
            return 0
        if len(words) < 4:
            return float(" ".join(words) in self.lines or
                         (len(words) > 1 and f" {' '.join(words)} " in self.joined))
        found = runs(words)
        return float(sum(n for r, n in found.items() if r in self.known) > 0.5 * sum(found.values()))

    def finish(self, used=None):
        self.x, self.ranges = np.array(self.x, dtype=np.float64), np.array(self.ranges)
        self.y = []
        used = collections.Counter()
        for words in self.words:
            y = self.label(words)
            if y:  # a text that stands in the gold once is found once
                key = " ".join(words)
                used[key] += 1
                if len(words) >= 8 and used[key] > max(1, self.joined.count(f" {key} ")):
                    y = 0.0
            self.y.append(y)
        self.y, self.counts = np.array(self.y), np.array([len(words) for words in self.words])
        # a wrong word is a wrong word, however long the block
        self.w = np.array([1 + len(words) for words in self.words], dtype=np.float64) ** 0.7
        self.w /= self.w.sum()

    def score(self, keep):
        found = runs([w for k, words in zip(keep, self.words) if k for w in words])
        both = sum((found & self.gold).values())
        p = both / sum(found.values()) if found else None
        return p, both / max(1, sum(self.gold.values()))


def read_pages(gold_path, blocks_path, n):
    gold = json.load(open(gold_path))
    pages = {}
    for line in open(blocks_path, encoding="utf-8", newline="\n"):
        cells = line.rstrip("\n").split("\t")
        key = re.sub(r"\.html$", "", cells[0].rsplit("/", 1)[-1])
        page = pages.setdefault(key, Page(gold[key]["articleBody"]))
        page.x.append([float(v) for v in cells[2:2 + n]])
        page.ranges.append([int(v) for v in cells[2 + n:8 + n]])
        page.text.append(cells[8 + n])
        page.words.append(re.findall(r"\w+", page.text[-1]))
    for page in pages.values():
        page.finish()
    return pages


def fit(pages, rows, ridge=RIDGE):
    """Newton's method; `rows` gives a page's matrix."""
    x = np.concatenate([rows(p) for p in pages])
    y = np.concatenate([p.y for p in pages])
    w = np.concatenate([p.w for p in pages]) * 100
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (w * (p - y)) + ridge * weights
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if abs(step).max() < 1e-6:
            break
    return weights


def second_rows(page, first, names):
    """As judge_second() in pagejudge.c."""
    x, n, heading, short = page.x, len(first), names.index("HEADING"), names.index("SHORT")
    likely = 1 / (1 + np.exp(-np.clip(first, -30, 30)))
    out = np.zeros((n, SECOND))
    out[:, 0], out[:, 1] = 1, first / 4
    out[1:, 2], out[:-1, 3] = likely[:-1], likely[1:]
    before = behind = 0
    for i in range(n):
        out[i, 4] = before
        before = 0.7 * before + 0.3 * likely[i]
    for i in range(n - 1, -1, -1):
        out[i, 5] = behind
        behind = 0.7 * behind + 0.3 * likely[i]
    out[:, 6] = x[:, heading] * out[:, 3]
    out[:, 7] = x[:, short] * (out[:, 2] + out[:, 3]) / 2
    for k, name in enumerate(["HINT_CAPTION", "LINKED", "LONE_LINK"]):
        out[:, 11 + k] = x[:, names.index(name)]
    weight = 1 + page.counts
    words, sums = np.append(0, np.cumsum(weight)), np.append(0, np.cumsum(weight * likely))
    for k in range(3):
        begin, end = page.ranges[:, 2 * k], page.ranges[:, 2 * k + 1]
        out[:, 8 + k] = (sums[end] - sums[begin]) / (words[end] - words[begin])
    return out


def fit_both(pages, names):
    for fold in range(FOLDS):
        rest = [p for i, p in enumerate(pages) if i % FOLDS != fold]
        weights = fit(rest, lambda p: p.x)
        for p in pages[fold::FOLDS]:
            p.second = second_rows(p, p.x @ weights, names)
    second = fit(pages, lambda p: p.second, 0.1)
    return fit(pages, lambda p: p.x), second


def keep_of(page, first, second, names):
    rows = second_rows(page, page.x @ first, names)
    odds = rows @ second
    plain = page.x[:, names.index("PLAIN")] > 0
    best = odds[plain].max() if plain.any() else -20
    return odds > (0 if best > 0 or best <= -4 else best - 1)  # as find_cut() in pagejudge.c


def print_score(name, scores):
    p = np.mean([a for a, _ in scores if a is not None])
    r = np.mean([b for _, b in scores])
    print(f"{name}: P {100 * p:.2f} R {100 * r:.2f} F1 {200 * p * r / (p + r):.2f}")


def check(pages, names):
    keys = sorted(pages)
    best, got, own = [], [], []
    first, second = fit_both([pages[k] for k in keys], names)
    for k in keys:
        best.append(pages[k].score(pages[k].y > 0))
        own.append(pages[k].score(keep_of(pages[k], first, second, names)))
    worst = []
    for fold in range(FOLDS):
        rest = [pages[k] for i, k in enumerate(keys) if i % FOLDS != fold]
        a, b = fit_both(rest, names)
        for k in keys[fold::FOLDS]:
            keep = keep_of(pages[k], a, b, names)
            got.append(pages[k].score(keep))
            p, r = got[-1]
            worst.append((2 * (p or 0) * r / ((p or 0) + r or 1), p, r, k))
    print_score("labels", best)
    print_score("fitted", own)
    print_score("left out", got)
    for f, p, r, k in sorted(worst, key=lambda x: x[0])[:25]:
        print(f"  {k[:12]} F {f:.3f} P {p or 0:.3f} R {r:.3f}")
    for name, value in zip(names, first):
        print(f"{name} {value:.2f}", end="  ")
    print("\nsecond", second.round(2))


def print_header(first, second, names):
    print("/* pageweights.h - see pagejudge.h. Written by train/page_fit.py: do not edit. */\n"
          "#ifndef DETENTE_PAGEWEIGHTS_H\n#define DETENTE_PAGEWEIGHTS_H\n")
    print("static const float first_weights[FEATURE_COUNT] = {")
    for name, value in zip(names, first):
        at = f"FEATURE_HINTS + HINT_BIT_{name[5:]}" if name.startswith("HINT_") else f"FEATURE_{name}"
        print(f"    [{at}] = {value:.2f}F,")
    print("};\nstatic const float second_weights[SECOND_COUNT] = {" +
          ", ".join(f"{v:.2f}F" for v in second) + "};\n\n#endif")


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    names = read_names()
    pages = read_pages(args[0], args[1], len(names))
    if "--check" in sys.argv:
        check(pages, names)
    else:
        first, second = fit_both([pages[k] for k in sorted(pages)], names)
        print_header(first, second, names)


if __name__ == "__main__":
    main()
