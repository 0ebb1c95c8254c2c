"""Sentences to rows of numbers.

Features come from build/features, the C code of the run time, asked once for each distinct word.
"""
import subprocess

import numpy as np

FIRST, CAPS = 1, 2


def in_capitals(forms):
    """As the text stage decides it: two words or more, seven letters of ten capitals."""
    letters = [c for f in forms for c in f if c.isalpha()]
    words = sum(any(c.isalpha() for c in f) for f in forms)
    return words >= 2 and sum(c.isupper() for c in letters) * 10 >= len(letters) * 7


def keyed(forms):
    caps = CAPS if in_capitals(forms) else 0
    return [((FIRST if i == 0 else 0) | caps, f) for i, f in enumerate(forms)]


class Features:
    """Rows of words, each asked for once."""

    def __init__(self, tool):
        self.tool = tool
        sizes = subprocess.run([tool, "sizes"], capture_output=True, text=True, check=True).stdout.split()
        self.count, self.rows, self.version = map(int, sizes)
        self.number, self.forms, self.table = {}, [], np.zeros((0, self.count), np.int32)

    def words(self, sentences):
        """For each sentence (a list of forms) the numbers of its words in self.table."""
        fresh, out = [], []
        for forms in sentences:
            numbers = []
            for key in keyed(forms):
                n = self.number.get(key)
                if n is None:
                    n = self.number[key] = len(self.number)
                    self.forms.append(key[1])
                    fresh.append(key)
                numbers.append(n)
            out.append(np.array(numbers, np.int32))
        if fresh:
            text = "".join(f"{flags}\t{form}\n" for flags, form in fresh)
            raw = subprocess.run([self.tool], input=text.encode(), capture_output=True, check=True).stdout
            rows = np.frombuffer(raw, np.uint32).astype(np.int32).reshape(-1, self.count)
            assert len(rows) == len(fresh)
            self.table = np.concatenate([self.table, rows])
        return out


class Labels:
    def __init__(self, tags, names, deprels):
        self.tags, self.names, self.deprels = tags, names, deprels
        self.tag = {x: i for i, x in enumerate(tags)}
        self.name = {x: i for i, x in enumerate(names)}
        self.deprel = {x: i for i, x in enumerate(deprels)}
        upos = [t.split("\t")[0] for t in tags]  # in order, so that those of one UPOS stand together
        self.classes = list(dict.fromkeys(upos))
        self.class_of = np.array([self.classes.index(u) for u in upos])

    def best_tags(self, scores):
        """Of scores of the tags and then of the classes: the best tag of the best class."""
        n = len(self.tags)
        if scores.shape[1] == n:
            return scores.argmax(1)
        outside = self.class_of[None] != scores[:, n:].argmax(1)[:, None]
        return np.where(outside, -np.inf, scores[:, :n]).argmax(1)

    @staticmethod
    def of(sentences, rare):
        """Tags seen at least `rare` times, all names and relations, in order of their text."""
        count = {}
        sentences = list(sentences)
        for s in sentences:
            for t in s.tags if s.heads[0] >= 0 else []:
                count[t] = count.get(t, 0) + 1
        tags = sorted(t for t, n in count.items() if n >= rare)
        types = sorted({n[2:] for s in sentences if s.names for n in s.names if n not in "O?"})
        names = ["O"] + [p + t for t in types for p in ("B-", "I-")]
        return Labels(tags, names, sorted({d for s in sentences for d in s.deprels if d != "?"}))

    def nearest_tag(self, tag):
        """The number of a tag; of a rare one, that of a tag with the same UPOS and XPOS; or -1."""
        n = self.tag.get(tag)
        if n is None:
            start = tag.rsplit("\t", 1)[0] + "\t"
            n = next((i for t, i in self.tag.items() if t.startswith(start)), -1)
        return n


class Target:
    """What is to be predicted, by token: up to k choices and their probabilities; all 0 where nothing is known."""

    def __init__(self, choice, share=None):
        self.choice = choice if choice.ndim == 2 else choice[:, None]
        self.share = (self.choice >= 0).astype(np.float32) if share is None else share

    def rows(self, at):
        return Target(self.choice[at], self.share[at])

    @property
    def best(self):
        return self.choice[:, 0]


class Corpus:
    """Sentences as flat arrays, with variants of their spelling for augmentation."""

    def __init__(self, sentences, labels, features, variants=True):
        self.start = np.zeros(len(sentences) + 1, np.int64)
        self.start[1:] = np.cumsum([len(s.forms) for s in sentences])
        flat = lambda key, kind: np.array([key(s, i) for s in sentences for i in range(len(s.forms))], kind)
        tag_of = {t: labels.nearest_tag(t) for s in sentences for t in s.tags}
        self.tags = Target(flat(lambda s, i: tag_of[s.tags[i]], np.int64))
        self.names = Target(flat(lambda s, i: labels.name.get(s.names[i], -1) if s.names else -1, np.int64))
        self.heads = Target(flat(lambda s, i: s.heads[i], np.int64))
        self.deprels = Target(flat(lambda s, i: labels.deprel.get(s.deprels[i], -1), np.int64))
        spelled = [[s.forms for s in sentences]]
        if variants:
            spelled.append([[f.lower() for f in s.forms] for s in sentences])
            spelled.append([[f.upper() for f in s.forms] for s in sentences])
        self.words = [np.concatenate(features.words(v)) for v in spelled]
        # a final stop on which nothing depends may be left out
        self.droppable = np.zeros(len(sentences), bool)
        for k, s in enumerate(sentences):
            n = len(s.forms)
            self.droppable[k] = n > 3 and s.forms[-1] in ".!?" and n not in s.heads and s.heads[-1] > 0

    def __len__(self):
        return len(self.start) - 1
