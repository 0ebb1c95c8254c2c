"""What the program sees of stories (src/what/evidence.h), as evidence_dump writes it, and the tables of rows over it."""
import collections
import pathlib
import subprocess
import tempfile

import numpy as np
import torch

STATUS = ["actual", "planned", "threatened", "hypothetical", "negated", "historical"]  # enum event_status
WITH_TYPE = 128  # ABOUT_TYPE of evidence.c
NOBODY = 0xFFFFFFFF  # in the place of an actor


class Csr:
    """Rows of many samples, one after another: hashes at first, later their numbers in a Table. `free`: of how many rows
    of a sample, which come first, its lemma has no part."""

    def __init__(self, rows, free=None):
        n = np.array([len(r) for r in rows], np.int64)
        self.flat = np.concatenate(rows).astype(np.uint32) if len(rows) else np.zeros(0, np.uint32)
        self.start = np.concatenate([[0], np.cumsum(n)])
        self.free = None if free is None else np.array(free, np.int64)

    def take(self, idx, hide=0.0, masked=0.0):
        """The rows of some samples, and where each begins. A share of the rows is hidden, and a share of the lemmas."""
        n = self.start[idx + 1] - self.start[idx]
        if masked:
            n = np.where(np.random.rand(len(idx)) < masked, self.free[idx], n)
        begin = np.concatenate([[0], np.cumsum(n)])
        rows = self.flat[np.arange(begin[-1]) - np.repeat(begin[:-1] - self.start[idx], n)]
        if hide:
            keep = np.random.rand(len(rows)) >= hide
            begin = np.concatenate([[0], np.cumsum(keep)])[begin]
            rows = rows[keep]
        return torch.from_numpy(rows.astype(np.int64)), torch.from_numpy(begin[:-1].copy())


class Table:
    """The rows of a network: pieces of evidence that training sees at least `least` times, the most frequent first and
    `most` at most. Others have no row: what was seen once is learned by heart, and rows of several owners help none."""

    def __init__(self, parts, least, most):
        """`parts`: Csrs and what a sight in them counts."""
        seen = [(*np.unique(csr.flat, return_counts=True), weight) for csr, weight in parts]
        hashes, at = np.unique(np.concatenate([x[0] for x in seen]), return_inverse=True)
        count = np.bincount(at, np.concatenate([n * weight for _, n, weight in seen]))
        order = np.argsort(-count, kind="stable")[:most]
        self.hashes = hashes[order[count[order] >= least]]  # by number
        self.sorted = np.argsort(self.hashes)

    def __len__(self):
        return len(self.hashes)

    def number(self, csr):
        """Hashes become numbers; what has none goes."""
        ordered = self.hashes[self.sorted]
        at = np.minimum(np.searchsorted(ordered, csr.flat), len(ordered) - 1)
        known = ordered[at] == csr.flat
        before = np.concatenate([[0], np.cumsum(known)])
        if csr.free is not None:
            csr.free = before[csr.start[:-1] + csr.free] - before[csr.start[:-1]]
        csr.flat, csr.start = self.sorted[at[known]].astype(np.uint32), before[csr.start]
        return csr

    def slots(self):
        """The index of scorer.h: open addressing by the last bits; the first bits of a hash above the number of its row."""
        n, bits, free = 1 << int(np.ceil(np.log2(1.5 * len(self)))), 20, 0xFFFFFFFF
        out = np.full(n, free, np.uint32)
        for number, h in enumerate(self.hashes.tolist()):
            at = h & (n - 1)
            while out[at] != free:
                at = (at + 1) & (n - 1)
            out[at] = h >> bits << bits | number
        return out


class Story:
    """What `evidence_dump` says of a story; see train/evidence_dump.c."""


def text_of(numbers):
    return numbers.tobytes().rstrip(b"\0").decode()


def read_evidence(raw):
    a, at, stories = np.frombuffer(raw, np.uint32), 0, []
    while at < len(a):
        s, n = Story(), int(a[at])
        k = (n + 3) // 4
        s.id = a[at + 1:at + 1 + k].tobytes()[:n].decode()
        at += 1 + k
        n = int(a[at])
        s.tokens = a[at + 1:at + 1 + 5 * n].reshape(n, 5)
        at += 1 + 5 * n
        n = int(a[at])
        rows = a[at + 1:at + 1 + 9 * n].reshape(n, 9)
        s.actors, s.country, s.code = rows[:, :5], [text_of(r[5:6]) for r in rows], [text_of(r[6:9]) for r in rows]
        at += 1 + 9 * n
        n = int(a[at])
        s.homes = [text_of(a[at + 1 + i:at + 2 + i]) for i in range(n)]
        at += 1 + n
        s.frames = []
        n, at = int(a[at]), at + 1
        for _ in range(n):
            r, k = a[at:at + 11], int(a[at + 11])
            m = int(a[at + 12 + k])
            s.frames.append((int(r[0]), STATUS[int(r[1])], text_of(r[2:5]), text_of(r[5:9]) or None, text_of(r[9:11]),
                             a[at + 12:at + 12 + k].tolist(), a[at + 13 + k:at + 13 + k + m].tolist()))
            at += 13 + k + m
        s.free = []
        s.words, s.pairs, s.guesses = [], collections.defaultdict(dict), collections.defaultdict(list)
        s.nobody = {}
        s.sentences = []
        n, at = int(a[at]), at + 1
        for _ in range(n):
            m = int(a[at])
            s.sentences.append(a[at + 1:at + 1 + m])
            at += 1 + m
        n, at = int(a[at]), at + 1
        for _ in range(n):
            m = int(a[at + 2])
            s.words.append((int(a[at]), a[at + 3:at + 3 + m], int(a[at + 1])))
            s.free.append(int(a[at + 3 + m]))
            at += 4 + m
        n, at = int(a[at]), at + 1
        for _ in range(n):
            m = int(a[at + 2])
            rows = a[at + 3:at + 3 + m]
            if a[at + 1] == NOBODY:
                s.nobody[int(a[at])] = rows
            else:
                s.pairs[int(a[at])][int(a[at + 1])] = rows
            at += 3 + m
        n, at = int(a[at]), at + 1
        for _ in range(n):
            m = int(a[at + 3])
            s.guesses[int(a[at]), int(a[at + 1])].append(a[at + 4:at + 4 + m])
            at += 4 + m
        stories.append(s)
    return stories


def evidence(tool, path, questions=None):
    """The stories of a file, by the program and its table of meanings; with questions also their pairs and guesses, and the states of their words."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*tool, str(path)]
        if questions is not None:
            asked, states = f"{folder}/questions", f"{folder}/states"
            pathlib.Path(asked).write_text("".join(q + "\n" for q in questions))
            command += [asked, states]
        stories = read_evidence(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        if questions is not None:
            n = np.cumsum([0] + [len(s.tokens) for s in stories])
            raw = np.fromfile(states, np.uint8).reshape(n[-1], -1)
            for k, s in enumerate(stories):
                s.states = raw[n[k]:n[k + 1]]
        return stories


def mix(about, a, b):
    """mix() of evidence.c."""
    low = np.uint64(0xFFFFFFFF)
    h = np.uint64(about * 0x9E3779B1 & 0xFFFFFFFF) ^ np.asarray(a, np.uint64)
    h = ((h ^ (h >> np.uint64(15))) * np.uint64(0x85EBCA77)) & low
    h = h ^ np.uint64(b * 0xC2B2AE3D & 0xFFFFFFFF)
    h = ((h ^ (h >> np.uint64(13))) * np.uint64(0x27D4EB2F)) & low
    return (h ^ (h >> np.uint64(16))).astype(np.uint32)


def with_type(rows, type_):
    return np.concatenate([rows, mix(WITH_TYPE, rows, type_)])
