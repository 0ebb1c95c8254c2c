#!/usr/bin/env python3
"""The table of meanings (src/what/meanings.h): classes of lemmas that mean like things, by the vectors of the teacher of events.

    meanings.py --parser DETENTE --model TEACHER.pt OUT STORIES.jsonl...

A lemma's vector is the mean of the teacher's vectors over the words of the stories that have it: one of those in which the
teacher finds events, and one of its highest layer that is as published. Classes are clusters of directions (k-means), once
for each grain: of the first, of both, of both finer, and of the second. OUT, a folder, gets the parts mng.key and mng.cls of
the file of events. Linear in the words of the stories, and in lemmas times classes.
"""
import argparse
import itertools
import json
import pathlib
import tempfile
import time

import numpy as np
import torch
import xxhash

from encoder import Archive
from events_teacher import Batch, Layout, Pace, Vocabulary, load, make_batches, read_stories

AT_ONCE = 3000  # stories
MOST_BYTES = 64  # of a lemma that has a key, frames_key() of src/what/frames.c
GRAINS = (("events", 64), ("both", 1024), ("both", 4096), ("words", 256))  # MEANING_GRAINS


def small(text):
    """Letters of ASCII in lower case, as frames_key() makes them."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def parts_of(path):
    """Files with some of the stories each."""
    with open(path, encoding="utf-8") as f:
        while rows := [json.loads(line) for line in itertools.islice(f, AT_ONCE)]:
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
                out.writelines(json.dumps({k: r.get(k) for k in ("id", "date", "text")}, ensure_ascii=False) + "\n" for r in rows)
                out.flush()
                yield out.name


class Means:
    """Sums of both vectors, and occurrences, by lemma."""

    def __init__(self, width):
        self.number, self.sum, self.count = {}, np.zeros((1 << 12, 2 * width), np.float32), np.zeros(1 << 12, np.int64)

    def add(self, lemmas, vectors):
        at = np.array([self.number.setdefault(x, len(self.number)) for x in lemmas])
        while len(self.number) > len(self.sum):
            self.sum, self.count = (np.concatenate([x, np.zeros_like(x)]) for x in (self.sum, self.count))
        order = np.argsort(at, kind="stable")
        seen, first = np.unique(at[order], return_index=True)
        self.sum[seen] += np.add.reduceat(vectors[order], first, 0)
        self.count[seen] += np.diff(np.append(first, len(at)))

    def of(self, least):
        """Lemmas that occur often enough, their two mean vectors, their occurrences."""
        names = list(self.number)
        rows = [k for k, x in enumerate(names)
                if self.count[k] >= least and any(map(str.isalpha, x)) and len(x.encode()) <= MOST_BYTES]
        mean = self.sum[rows] / self.count[rows, None]
        half = mean.shape[1] // 2
        return [names[k] for k in rows], mean[:, :half], mean[:, half:], self.count[rows]


def read(model, vocabulary, path, parser, most, pace, means):
    stories = read_stories(path, parser)
    layouts = [Layout(s, vocabulary) for s in stories]
    with torch.inference_mode():
        for part in make_batches(layouts, most):
            batch = Batch([layouts[k] for k in part], vocabulary.pieces)
            pace.begin()
            lower = model.lower(batch)
            upper = model.vectors(batch, lower)
            pace.end(batch.ids.numel())
            own = lower.reshape(-1, lower.shape[2])[batch.flat]
            own = torch.zeros_like(upper).index_add(0, batch.owner, own) / batch.count[:, None]
            means.add([small(x) for k in part for x in stories[k].lemmas], torch.cat([upper, own], 1).numpy())
    return len(stories)


def directions(x, weight):
    x = x - np.average(x, 0, weights=weight)
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def cluster(x, k, weight, seed=1, rounds=25):
    """Spherical k-means: the class of each row."""
    x, weight = torch.from_numpy(np.ascontiguousarray(x)), torch.from_numpy(weight.astype(np.float32))
    k = min(k, len(x))
    random = torch.Generator().manual_seed(seed)
    centres = x[torch.multinomial(weight, k, generator=random)]
    for _ in range(rounds):
        nearest = torch.cat([(part @ centres.T).argmax(1) for part in x.split(4096)])
        total = torch.zeros_like(centres).index_add(0, nearest, x * weight[:, None])
        empty = torch.bincount(nearest, minlength=k) == 0
        centres = of_length_one(total)
        if empty.any():
            centres[empty] = x[torch.multinomial(weight, int(empty.sum()), generator=random)]
    return nearest.numpy()


def of_length_one(x):
    return x / x.norm(dim=1, keepdim=True).clamp(min=1e-9)


def write(lemmas, classes, folder):
    """Open addressing by the last bits of the key, at most half full."""
    size = 1 << int(np.ceil(np.log2(2 * max(1, len(lemmas)))))
    keys, table = np.zeros(size, np.uint32), np.zeros((size, len(GRAINS)), np.uint16)
    for lemma, own in zip(lemmas, classes):
        key = xxhash.xxh3_64_intdigest(lemma.encode()) & 0xFFFFFFFF
        if key == 0:
            continue
        at = key & (size - 1)
        while keys[at] not in (0, key):
            at = (at + 1) & (size - 1)
        if keys[at] == 0:
            keys[at], table[at] = key, own
    keys.tofile(folder / "mng.key.4.bin")
    table.tofile(folder / "mng.cls.2.bin")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("out")
    p.add_argument("stories", nargs="+")
    p.add_argument("--parser", required=True, help="the program detente")
    p.add_argument("--model", required=True)
    p.add_argument("--least", type=int, default=3, help="occurrences of a lemma that gets classes")
    p.add_argument("--batch", type=int, default=4000, help="pieces")
    p.add_argument("--threads", type=int, default=2, help="at most")
    args = p.parse_args()
    archive, began, done = Archive(), time.time(), 0
    model, vocabulary = load(args.model, archive), Vocabulary(archive)
    means, pace = Means(archive.config()["hidden_size"]), Pace(args.threads)
    for path in args.stories:
        for part in parts_of(path):
            done += read(model, vocabulary, part, args.parser, args.batch, pace, means)
            print(f"{done} stories, {len(means.number)} lemmas, {time.time() - began:.0f} s", flush=True)
    lemmas, upper, lower, count = means.of(args.least)
    weight = np.sqrt(np.minimum(count, 1000))
    upper, lower = directions(upper, weight), directions(lower, weight)
    kinds = {"events": upper, "words": lower, "both": np.concatenate([upper, lower], 1) / np.sqrt(2)}
    classes = np.stack([1 + cluster(kinds[kind], k, weight) for kind, k in GRAINS], 1)
    folder = pathlib.Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    write(lemmas, classes, folder)
    print(f"{len(lemmas)} lemmas have classes")


if __name__ == "__main__":
    main()
