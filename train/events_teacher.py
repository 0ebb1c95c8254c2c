#!/usr/bin/env python3
"""The teacher of events: a pretrained encoder that finds events, their kinds and their two sides in a story.

    events_teacher.py fit   --parser DETENTE --train FILE --dev FILE --out MODEL [--frozen N] [--epochs N] ...
    events_teacher.py label --parser DETENTE --model MODEL STORIES.jsonl OUT [--part N [--first K]]
    events_teacher.py choose --parser DETENTE --data SHARED-DATA --gold FILE... --out FOLDER [--portal N] [--news N]

Every word gets the mean of its pieces' vectors, a learned mix of MPNet's upper layers (see encoder.py). Heads tell
  - the type of the event whose trigger the word is, or none;
  - status, mode and CAMEO code of that event;
  - for a trigger and another word at most FARTHEST words away: is it a source, or a target, of the event? By both
    vectors, their product, their distance, the path between them in the parser's tree, and the event's type.

`fit` fine-tunes on a gold corpus. The lowest layers stay as published, and what they say of the training texts is
computed once. A phrase of the corpus counts as one word, the head of the phrase in the parser's tree.

`label` writes what the model thinks of any stories, as OUT.npz; with --part as OUT000.npz, OUT001.npz, ... of so many
stories each, beside OUT000.jsonl, ... with the texts. The arrays:
  ids         names of the stories             doc_start    number of the first word of each story, and the end
  begin       byte at which each word begins   type         [word][type]; status [word][status]: probabilities
  mode        number of the best pair in mode_names, for each word; cameo likewise in cameo_names
type_names, status_names, mode_names ("TYPE/mode") and cameo_names name the columns and numbers.

`choose` draws the stories to label, portal.jsonl and news.jsonl: items of Wikipedia's Current Events portal and the first
sentences of news stories that hold political words, only of days of the training part (tools/split_corpus.py) and none that
stands in a gold file.
"""
import argparse
import collections
import gzip
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from encoder import LAYERS, Archive, Encoder, Pieces
from network import Dropout

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from draw_corpus import POLITICAL  # noqa: E402
from split_corpus import part_of  # noqa: E402

STATUSES = ["actual", "historical", "planned", "negated", "hypothetical"]
TOLD = 2  # the first statuses are those of events that are told as having happened
NONE = "none"
LEAST_CODE = 3  # times a CAMEO code must be seen to be learnt
CHUNK, LONGEST = 200, 500  # pieces read at once: as many whole sentences as fit; a longer sentence is cut at LONGEST
FARTHEST = 100  # words between a trigger and its sides
PATHS, LONGEST_PATH = 1 << 12, 6  # rows for paths, by their hash; relations of the longest that is told from others
STEPS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70])  # from which distances count as one kind
WEIGHTS = {"type": 1.0, "status": 0.3, "mode": 0.3, "cameo": 0.3, "arcs": 0.5}  # of the losses
THRESHOLDS = [k / 20 for k in range(1, 20)]  # of the probability to be a trigger
TRIGGER_TAGS, SIDE_TAGS = ("VERB", "NOUN"), ("NOUN", "PROPN", "PRON")
ROLES = ("source", "target")
LEAST_POLITICAL = 2  # political words of a news story that is to be labelled
CPU = pathlib.Path("/proc/cpuinfo")
SHORT = CPU.exists() and any(flag in CPU.read_text() for flag in ("avx512_bf16", "amx_bf16"))  # 16 bits are faster


class Story:
    """Words and trees of a text; `head` is the number of a word's head in the story, -1 for a root."""

    def __init__(self, row, parsed):
        self.id, self.text, self.row = row["id"], row["text"].encode("utf-8"), row
        self.begin, self.end, self.head, self.tags, self.forms, self.lemmas, self.sentences = [], [], [], [], [], [], [0]
        self.relations, self.known_paths = [], {}
        for sentence in parsed["sentences"]:
            first = len(self.forms)
            for word in sentence:
                self.begin.append(word["begin"])
                self.end.append(word["end"])
                self.head.append(first + word["head"] - 1 if word["head"] else -1)
                self.tags.append(word["upos"])
                self.relations.append(word["deprel"].split(":")[0])
                self.forms.append(word["form"])
                self.lemmas.append(word["lemma"])
            self.sentences.append(len(self.forms))

    def sentence_of(self, word):
        return int(np.searchsorted(self.sentences, word, "right"))

    def climb(self, word):
        """The word and those above it, and the relations passed on the way to each."""
        out = [(word, ())]
        while self.head[word] >= 0 and len(out) <= LONGEST_PATH:
            out.append((self.head[word], (*out[-1][1], self.relations[word])))
            word = self.head[word]
        return out

    def paths(self, trigger):
        """For each word of the story a number for the path from the trigger; 0 where it is too long or in another
        sentence."""
        if trigger not in self.known_paths:
            out, up = np.zeros(len(self.forms), np.int64), dict(self.climb(trigger))
            k = self.sentence_of(trigger)
            for word in range(self.sentences[k - 1], self.sentences[k]):
                for above, down in self.climb(word):
                    if above in up:
                        if len(up[above]) + len(down) <= LONGEST_PATH:
                            shape = "<".join(up[above]) + ">" + ">".join(reversed(down))
                            out[word] = 1 + zlib.crc32(shape.encode()) % (PATHS - 1)
                        break
            self.known_paths[trigger] = out
        return self.known_paths[trigger]

    def occurrences(self, phrase):
        """Runs of words that make the phrase: those that end where words end, or else all."""
        phrase, at, runs, whole = phrase.encode("utf-8"), -1, [], []
        while phrase and (at := self.text.find(phrase, at + 1)) >= 0:
            run = (int(np.searchsorted(self.end, at, "right")), int(np.searchsorted(self.begin, at + len(phrase))))
            if run[0] < run[1]:
                runs.append(run)
                if self.begin[run[0]] == at and self.end[run[1] - 1] == at + len(phrase):
                    whole.append(run)
        return whole or runs

    def head_of(self, run, preferred):
        """The word of a run whose head lies outside it; of several the one with the first of the preferred tags."""
        tops = [w for w in range(*run) if not run[0] <= self.head[w] < run[1]]
        rank = {tag: k for k, tag in enumerate(preferred)} | {"PUNCT": len(preferred) + 1}
        return min(tops or range(*run), key=lambda w: rank.get(self.tags[w], len(preferred)))


def read_stories(path, parser):
    rows = [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
    run = subprocess.run([parser, "parse", "--quiet", "--format", "json", path], check=True, stdout=subprocess.PIPE)
    parsed = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    if [r["id"] for r in rows] != [p["id"] for p in parsed]:
        raise SystemExit(f"events_teacher: the parser left stories of {path} out")
    return [Story(r, p) for r, p in zip(rows, parsed)]


class Gold:
    """The events of a story by the word of their trigger. Of two events at one word the first gives all but the sides,
    to which both add."""

    def __init__(self, story):
        self.events, self.sides, self.lost = {}, {}, 0
        for event in story.row["events"]:
            phrases = [[story.occurrences(p) for p in event[role]] for role in ROLES]
            known = [runs for role in phrases for runs in role if runs]
            runs = story.occurrences(event["trigger"])
            if not runs:
                self.lost += 1
                continue
            best = min(runs, key=lambda r: sum(min(abs(r[0] - o[0]) for o in other) for other in known))
            trigger = story.head_of(best, TRIGGER_TAGS)
            self.lost += trigger in self.events
            self.events.setdefault(trigger, event)
            sides = self.sides.setdefault(trigger, (set(), set()))
            for side, role in zip(sides, phrases):
                for heads in ([story.head_of(o, SIDE_TAGS) for o in other] for other in role if other):
                    side.add(min(heads, key=lambda w: (story.sentence_of(w) != story.sentence_of(trigger),
                                                       abs(w - trigger))))


class Names:
    """What the numbers of the four kinds of label stand for."""

    def __init__(self, golds):
        events = [e for gold in golds for e in gold.events.values()]
        codes = collections.Counter(e["cameo"] for e in events)
        self.type = [NONE] + sorted({e["plover"] for e in events})
        self.status = STATUSES
        self.mode = sorted({self.pair(e) for e in events})
        self.cameo = sorted(c for c, n in codes.items() if c and n >= LEAST_CODE)

    @staticmethod
    def pair(event):
        return f"{event['plover']}/{event['mode'] or ''}"

    def numbers(self, event):
        """Of type, status, mode and code; -1 where the label is not learnt."""
        labels = (event["plover"], event["status"], self.pair(event), event["cameo"])
        lists = (self.type, self.status, self.mode, self.cameo)
        return [known.index(x) if x in known else -1 for known, x in zip(lists, labels)]


class Vocabulary:
    """Numbers of forms, and the pieces of each."""

    def __init__(self, archive):
        self.pieces, self.forms, self.number = Pieces(archive.vocabulary()), [], {}

    def words(self, forms):
        for form in forms:
            if form not in self.number:
                self.number[form] = len(self.forms)
                self.forms.append(form)
        self.pieces.extend(self.forms)
        return np.array([self.number[f] for f in forms], np.int64)


class Layout:
    """A story's words as numbers, the word at which each chunk begins, and the pieces of the longest chunk."""

    def __init__(self, story, vocabulary):
        self.story, self.words = story, vocabulary.words(story.forms)
        count = vocabulary.pieces.count[self.words]
        self.start, size = [0], 0
        for first, end in zip(story.sentences, story.sentences[1:]):
            length = int(count[first:end].sum())
            if size and size + length > CHUNK:
                self.start.append(first)
                size = 0
            if length <= LONGEST:
                size += length
                continue
            for word in range(first, end):
                if size + count[word] > LONGEST:
                    self.start.append(word)
                    size = 0
                size += int(count[word])
        bounds = np.array(self.start + [len(self.words)])
        self.width = 2 + int(max(count[a:b].sum() for a, b in zip(bounds, bounds[1:])))


class Pace:
    """Uses as many threads as get most done: on a machine shared with others fewer may be faster."""

    def __init__(self, most):
        self.speed, self.round, self.now, self.began = {n: math.inf for n in range(1, most + 1)}, 0, 1, 0.0

    def begin(self):
        self.round += 1
        self.now = max(self.speed, key=self.speed.get) if self.round % 8 else self.round // 8 % len(self.speed) + 1
        torch.set_num_threads(self.now)
        self.began = time.time()

    def end(self, work):
        speed = work / (time.time() - self.began)
        known = self.speed[self.now]
        self.speed[self.now] = speed if known == math.inf else 0.5 * (known + speed)


def make_batches(layouts, most, jitter=0.0, rng=None):
    """Lists of stories of like length, of at most `most` pieces with the padding; stories without words are left
    out."""
    width = np.array([p.width for p in layouts], float)
    if jitter:
        width *= rng.uniform(1 - jitter, 1 + jitter, len(width))
    out, rows, widest = [[]], 0, 0
    for k in np.argsort(width, kind="stable"):
        if not len(layouts[k].words):
            continue
        rows, widest = rows + len(layouts[k].start), max(widest, layouts[k].width)
        if out[-1] and rows * widest > most:
            out.append([])
            rows, widest = len(layouts[k].start), layouts[k].width
        out[-1].append(int(k))
    return out


class Batch:
    """Stories to be read together: their pieces in rows, one for each chunk, and `first`, the first word of each."""

    def __init__(self, layouts, pieces):
        self.layouts, sizes = layouts, [len(p.words) for p in layouts]
        self.first = np.concatenate([[0], np.cumsum(sizes)])
        words = np.concatenate([p.words for p in layouts])
        start = np.concatenate([np.array(p.start) + f for p, f in zip(layouts, self.first)] + [self.first[-1:]])
        self.ids, self.flat, self.owner, self.length = (torch.from_numpy(x) for x in pieces.layout(words, start))
        self.count = torch.from_numpy(pieces.count[words])

    def pairs(self, triggers):
        """For each trigger the words near enough in its story: number of the trigger, word, path between them."""
        triggers = np.asarray(triggers, np.int64)
        story = np.searchsorted(self.first, triggers, "right") - 1
        low = np.maximum(self.first[story], triggers - FARTHEST)
        count = np.minimum(self.first[story + 1], triggers + FARTHEST + 1) - low
        owner = np.repeat(np.arange(len(triggers)), count)
        paths = [self.layouts[s].story.paths(int(t - self.first[s]))[a - self.first[s]:a - self.first[s] + n]
                 for t, s, a, n in zip(triggers, story, low, count)]
        word = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)
        return owner, word, np.concatenate([np.zeros(0, np.int64), *paths])


class EventTeacher(nn.Module):
    def __init__(self, names, config, frozen, hidden=512, arc_hidden=256, drop=0.2):
        super().__init__()
        width = config["hidden_size"]
        self.names, self.frozen = names, frozen
        self.encoder, self.drop = Encoder(config), Dropout(drop)
        for part in (self.encoder.word, self.encoder.place, self.encoder.distance, self.encoder.norm,
                     self.encoder.layers[:frozen]):
            part.requires_grad_(False)
        self.mix = nn.Parameter(torch.zeros(LAYERS - frozen + 1))
        self.to_type, self.to_kind = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.types = nn.Linear(hidden, len(names.type))
        self.kinds = nn.ModuleList(nn.Linear(hidden, len(x)) for x in (names.status, names.mode, names.cameo))
        self.arc_trigger, self.arc_word = nn.Linear(width, arc_hidden), nn.Linear(width, arc_hidden)
        self.arc_step = nn.Embedding(2 * len(STEPS) + 1, arc_hidden)
        self.arc_path, self.arc_type = nn.Embedding(PATHS, arc_hidden), nn.Embedding(len(names.type), arc_hidden)
        self.arc_product = nn.Linear(arc_hidden, arc_hidden, bias=False)
        for part in (self.arc_path, self.arc_type, self.arc_product):
            nn.init.zeros_(part.weight)
        self.arc = nn.Linear(arc_hidden, len(ROLES))

    def run_layers(self, x, length, layers):
        """The outputs of some of the encoder's layers; in 16 bits where the processor multiplies those faster."""
        enc, (n, longest) = self.encoder, x.shape[:2]
        training = self.training and torch.is_grad_enabled()
        out = []
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=SHORT):
            kind = torch.bfloat16 if SHORT else torch.float32
            x = x.to(kind)
            bias = enc.distance_bias(longest)[None].masked_fill(
                (torch.arange(longest)[None] >= length[:, None])[:, None, None], -1e9).to(kind)
            for layer in layers:
                q, k, v = layer["qkv"](x).view(n, longest, 3, enc.heads, -1).permute(2, 0, 3, 1, 4)
                a = (torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(2, 3)) + bias).softmax(3, dtype=kind) @ v
                a = a.transpose(1, 2).reshape(n, longest, -1)
                x = layer["n1"](x + enc.drop(layer["o"](a), training))
                x = layer["n2"](x + enc.drop(layer["down"](F.gelu(layer["up"](x))), training))
                out.append(x)
        return [x.float() for x in out]

    @torch.no_grad()
    def lower(self, batch):
        """The output of the last frozen layer [chunk][place]."""
        enc = self.encoder
        place = enc.place.weight[enc.first_place:enc.first_place + batch.ids.shape[1]]
        x = enc.norm(enc.word(batch.ids) + place)
        return self.run_layers(x, batch.length, enc.layers[:self.frozen])[-1] if self.frozen else x

    def vectors(self, batch, lower):
        """A vector for each word, from what the frozen layers say."""
        layers = [lower] + self.run_layers(lower, batch.length, self.encoder.layers[self.frozen:])
        mixed = sum(w * x for w, x in zip(F.softmax(self.mix, 0), layers))
        pieces = mixed.view(-1, mixed.shape[2])[batch.flat]
        out = torch.zeros(len(batch.count), pieces.shape[1]).index_add(0, batch.owner, pieces)
        return self.drop(out / batch.count[:, None], self.training)

    def type_scores(self, x):
        return self.types(self.drop(F.gelu(self.to_type(x)), self.training))

    def kind_scores(self, x):
        """Of status, mode and CAMEO code."""
        hidden = self.drop(F.gelu(self.to_kind(x)), self.training)
        return [kind(hidden) for kind in self.kinds]

    def arc_scores(self, x, triggers, types, owner, word, path):
        """[pair][role]: is the word a source, or a target, of the trigger, an event of that type?"""
        triggers, types = np.asarray(triggers, np.int64), torch.as_tensor(types)
        step = word - triggers[owner]
        kind = len(STEPS) + np.sign(step) * np.searchsorted(STEPS, np.abs(step), "right")
        owner, word, path, kind = (torch.from_numpy(k) for k in (owner, word, path, kind))
        one = self.arc_trigger(x[torch.from_numpy(triggers)])[owner]
        other = self.arc_word(x)[word]
        hidden = one + other + self.arc_step(kind) + self.arc_path(path) + self.arc_type(types)[owner] \
            + self.arc_product(torch.tanh(one) * torch.tanh(other))
        return self.arc(self.drop(F.gelu(hidden), self.training))


class Lower:
    """The output of the frozen layers for texts that are read again and again, in 16 bits."""

    def __init__(self, model, layouts, pieces, pace):
        length = [int(pieces.count[p.words].sum()) + 2 * len(p.start) for p in layouts]
        self.first = np.concatenate([[0], np.cumsum(length)])
        self.rows = torch.empty(self.first[-1], model.encoder.word.weight.shape[1], dtype=torch.float16)
        for part in make_batches(layouts, 4000):
            batch = Batch([layouts[k] for k in part], pieces)
            pace.begin()
            self.rows[self.places(part, batch)] = model.lower(batch)[self.real(batch)].half()
            pace.end(batch.ids.numel())

    @staticmethod
    def real(batch):
        return torch.arange(batch.ids.shape[1])[None] < batch.length[:, None]

    def places(self, part, batch):
        return torch.cat([torch.arange(self.first[k], self.first[k + 1]) for k in part])

    def read(self, part, batch):
        x = torch.zeros(*batch.ids.shape, self.rows.shape[1])
        x[self.real(batch)] = self.rows[self.places(part, batch)].float()
        return x


class Targets:
    """The labels of a batch: types of all words; words, labels and sides of the triggers."""

    def __init__(self, golds, names, batch):
        self.type = torch.zeros(batch.first[-1], dtype=torch.int64)
        self.triggers, labels, sides = [], [], []
        for gold, first in zip(golds, batch.first):
            for word, event in gold.events.items():
                self.triggers.append(int(first) + word)
                labels.append(names.numbers(event))
                sides.append([{int(first) + w for w in side} for side in gold.sides[word]])
        self.labels = torch.tensor(labels, dtype=torch.int64).reshape(-1, 4)
        self.type[self.triggers] = self.labels[:, 0]
        self.owner, self.word, self.path = batch.pairs(self.triggers)
        self.arcs = torch.tensor([[w in side for side in sides[o]] for o, w in zip(self.owner, self.word)],
                                 dtype=torch.float32).reshape(-1, len(ROLES))


    def scores(self, model, x):
        return model.arc_scores(x, self.triggers, self.labels[:, 0].clamp(min=0), self.owner, self.word, self.path)

    def choice(self, arcs):
        """The loss of choosing a side among the words, or none of them, whose score is 0."""
        owner = torch.from_numpy(self.owner)[:, None].expand(-1, len(ROLES))
        share = arcs.clamp(max=15).exp()
        empty = torch.zeros(len(self.triggers), len(ROLES))
        whole, right = 1 + empty.scatter_add(0, owner, share), empty.scatter_add(0, owner, share * self.arcs)
        none = empty.scatter_add(0, owner, self.arcs) == 0
        return (whole.log() - (right + none).log()).sum()


def loss_of(model, x, targets, stories):
    """The sum over words, triggers and pairs, for one story."""
    parts = {"type": F.cross_entropy(model.type_scores(x), targets.type, reduction="sum")}
    if targets.triggers:
        scores = model.kind_scores(x[targets.triggers])
        for name, score, label in zip(("status", "mode", "cameo"), scores, targets.labels.T[1:]):
            parts[name] = F.cross_entropy(score, label, reduction="sum", ignore_index=-1)
        arcs = targets.scores(model, x)
        parts["arcs"] = F.binary_cross_entropy_with_logits(arcs, targets.arcs, reduction="sum") + targets.choice(arcs)
    return sum(WEIGHTS[name] * part for name, part in parts.items()) / stories


def f1(right, told, gold):
    return 200 * right / max(told + gold, 1)


def evaluate(model, stories, golds, layouts, pieces, lower):
    """Figures in percent; types are those of told events, counted by story, at the best threshold, which is one of the
    figures; sides are told for gold triggers."""
    model.eval()
    names, tokens, hits, sides = model.names, [], collections.Counter(), collections.Counter()
    with torch.inference_mode():
        for part in make_batches(layouts, 4000):
            batch = Batch([layouts[k] for k in part], pieces)
            x = model.vectors(batch, lower.read(part, batch))
            targets = Targets([golds[k] for k in part], names, batch)
            p = model.type_scores(x).softmax(1)
            some = 1 - p[:, 0]
            kinds = [s.argmax(1) for s in model.kind_scores(x)]
            for row, k in enumerate(part):
                first, end = int(batch.first[row]), int(batch.first[row + 1])
                for w in first + np.flatnonzero(some[first:end].numpy() > THRESHOLDS[0]):
                    tokens.append((k, float(some[w]), names.type[int(p[w, 1:].argmax()) + 1],
                                   int(kinds[0][w]) < TOLD, w - first in golds[k].events))
            for name, best, label in zip(("status", "mode", "cameo"), kinds, targets.labels.T[1:]):
                hits[name] += int((best[targets.triggers] == label).sum())
            hits["triggers"] += len(targets.triggers)
            if targets.triggers:
                told = targets.scores(model, x) > 0
                for role, guess, gold in zip(ROLES, told.T, targets.arcs.bool().T):
                    sides[role, "right"] += int((guess & gold).sum())
                    sides[role, "told"] += int(guess.sum())
            for k in part:
                for role, side in zip(ROLES, zip(*golds[k].sides.values())):
                    sides[role, "gold"] += sum(map(len, side))
    gold = collections.Counter((k, e["plover"]) for k, s in enumerate(stories)
                               for e in s.row["events"] if e["status"] in STATUSES[:TOLD])
    best = (-1.0, 0.0)
    for threshold in THRESHOLDS:
        told = collections.Counter((k, t) for k, p, t, happened, _ in tokens if happened and p > threshold)
        best = max(best, (f1((told & gold).total(), told.total(), gold.total()), threshold))
    found = [right for _, p, _, _, right in tokens if p > best[1]]
    return {"types": best[0], "threshold": best[1], "triggers": f1(sum(found), len(found), hits["triggers"]),
            **{role: f1(*(sides[role, x] for x in ("right", "told", "gold"))) for role in ROLES},
            **{name: 100 * hits[name] / hits["triggers"] for name in ("status", "mode", "cameo")}}


def rate_at(step, steps, warm):
    return min((step + 1) / warm, (steps - step) / (steps - warm))


def fit(args):
    torch.manual_seed(args.seed)
    rng, began, pace = np.random.default_rng(args.seed), time.time(), Pace(args.threads)
    archive = Archive()
    vocabulary = Vocabulary(archive)
    stories, dev = (read_stories(path, args.parser) for path in (args.train, args.dev))
    golds, dev_golds = ([Gold(s) for s in part] for part in (stories, dev))
    layouts, dev_layouts = ([Layout(s, vocabulary) for s in part] for part in (stories, dev))
    old = load(args.begin_with, archive, strict=False) if args.begin_with else None
    names, pieces = old.names if old else Names(golds), vocabulary.pieces
    print(f"{len(stories)} stories, {sum(len(g.events) for g in golds)} triggers, {sum(g.lost for g in golds)} events "
          f"lost or at the word of another; {len(dev)} stories to develop; types {len(names.type)}, modes "
          f"{len(names.mode)}, codes {len(names.cameo)}", flush=True)
    model = EventTeacher(names, archive.config(), args.frozen)
    if old:
        model.load_state_dict(old.state_dict())
    else:
        model.encoder.read(archive.weights())
    lower, dev_lower = (Lower(model.eval(), part, pieces, pace) for part in (layouts, dev_layouts))
    print(f"frozen layers read after {time.time() - began:.0f} s", flush=True)
    epochs = [make_batches(layouts, args.batch, 0.1, rng) for _ in range(args.epochs)]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": heads, "lr": args.rate}, {"params": encoder, "lr": args.encoder_rate}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: rate_at(k, steps, math.ceil(args.warm * steps)))
    best = -1.0
    for epoch, parts in enumerate(epochs, 1):
        model.train()
        losses = []
        for number, k in enumerate(rng.permutation(len(parts)), 1):
            part = parts[k]
            batch = Batch([layouts[s] for s in part], pieces)
            targets = Targets([golds[s] for s in part], names, batch)
            pace.begin()
            loss = loss_of(model, model.vectors(batch, lower.read(part, batch)), targets, len(part))
            loss.backward()
            nn.utils.clip_grad_norm_(heads + encoder, args.clip)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            pace.end(batch.ids.numel())
            losses.append(loss.item())
            if number % 20 == 0:
                print(f"epoch {epoch} step {number}/{len(parts)} loss {np.mean(losses[-20:]):.3f} "
                      f"{time.time() - began:.0f} s, {pace.now} threads", flush=True)
        figures = evaluate(model, dev, dev_golds, dev_layouts, pieces, dev_lower)
        print(f"epoch {epoch} dev " + " ".join(f"{k} {v:.2f}" for k, v in figures.items())
              + f" {time.time() - began:.0f} s", flush=True)
        worth = figures["types"] + figures["source"] + figures["target"]
        if worth > best:
            best = worth
            torch.save({"state": model.state_dict(), "names": vars(names), "frozen": args.frozen, "figures": figures},
                       args.out)


def load(path, archive, strict=True):
    saved = torch.load(path, weights_only=True)
    names = Names([])
    vars(names).update(saved["names"])
    model = EventTeacher(names, archive.config(), saved["frozen"])
    model.load_state_dict(saved["state"], strict=strict)
    return model.eval()


def label_stories(model, stories, vocabulary, most, pace):
    """The arrays of the module's comment."""
    layouts, names = [Layout(s, vocabulary) for s in stories], model.names
    start = np.concatenate([[0], np.cumsum([len(s.forms) for s in stories])]).astype(np.int64)
    out = {"type": np.zeros((start[-1], len(names.type)), np.float16),
           "status": np.zeros((start[-1], len(names.status)), np.float16),
           "mode": np.zeros(start[-1], np.int16), "cameo": np.zeros(start[-1], np.int16)}
    with torch.inference_mode():
        for part in make_batches(layouts, most):
            batch = Batch([layouts[k] for k in part], vocabulary.pieces)
            pace.begin()
            x = model.vectors(batch, model.lower(batch))
            pace.end(batch.ids.numel())
            at = np.concatenate([np.arange(start[k], start[k + 1]) for k in part])
            types = model.type_scores(x).softmax(1)
            status, mode, cameo = model.kind_scores(x)
            out["type"][at], out["status"][at] = types.numpy(), status.softmax(1).numpy()
            out["mode"][at], out["cameo"][at] = mode.argmax(1).numpy(), cameo.argmax(1).numpy()
    return {"ids": np.array([s.id for s in stories]), "doc_start": start,
            "begin": np.array([b for s in stories for b in s.begin], np.uint32), **out,
            "type_names": np.array(names.type), "status_names": np.array(names.status),
            "mode_names": np.array(names.mode), "cameo_names": np.array(names.cameo)}


def label_file(model, vocabulary, path, out, args):
    began = time.time()
    stories = read_stories(path, args.parser)
    arrays = label_stories(model, stories, vocabulary, args.batch, Pace(args.threads))
    with open(f"{out}.part", "wb") as f:
        np.savez_compressed(f, **arrays)
    os.replace(f"{out}.part", f"{out}.npz")
    took = time.time() - began
    print(f"{out}.npz: {len(stories)} stories, {len(arrays['begin'])} words, "
          f"{took:.0f} s, {60 * len(stories) / took:.0f} stories a minute", flush=True)


def label(args):
    archive = Archive()
    model, vocabulary = load(args.model, archive), Vocabulary(archive)
    if not args.part:
        label_file(model, vocabulary, args.stories, args.out, args)
        return
    lines = pathlib.Path(args.stories).read_text(encoding="utf-8").splitlines()
    for number, at in enumerate(range(0, len(lines), args.part), args.first):
        out = f"{args.out}{number:03}"
        rows = [json.loads(line) for line in lines[at:at + args.part]]
        with open(f"{out}.jsonl", "w", encoding="utf-8") as f:
            for row in rows:
                print(json.dumps({k: row.get(k) for k in ("id", "date", "text")}, ensure_ascii=False), file=f)
        label_file(model, vocabulary, f"{out}.jsonl", out, args)


# ---- stories to label ----

def read_days(path, gold):
    """Stories of the training part's days that are not in the gold."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    return [{k: r[k] for k in ("id", "date", "text")} for r in rows if part_of(r) == "train" and r["id"] not in gold]


def shorten(rows, parser, most):
    """Cuts each text after its first sentences."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        f.flush()
        run = subprocess.run([parser, "parse", "--quiet", "--format", "json", f.name], check=True, stdout=subprocess.PIPE)
    for row, line in zip(rows, run.stdout.decode("utf-8").splitlines(), strict=True):
        sentences = json.loads(line)["sentences"][:most]
        row["text"] = row["text"].encode("utf-8")[:sentences[-1][-1]["end"] if sentences else 0].decode("utf-8")
    return [r for r in rows if r["text"]]


def choose(args):
    gold = {json.loads(line)["id"] for path in args.gold
            for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()}
    data, out = pathlib.Path(args.data), pathlib.Path(args.out)
    portal = read_days(data / "wce/portal.jsonl.gz", gold)
    random.Random(args.seed).shuffle(portal)
    news = read_days(data / "rawnews/news.jsonl.gz", gold)
    news = random.Random(args.seed).sample(news, min(args.news, len(news)))
    out.mkdir(parents=True, exist_ok=True)
    news = [r for r in shorten(news, args.parser, args.sentences) if len(POLITICAL.findall(r["text"])) >= LEAST_POLITICAL]
    for name, rows in (("portal", portal[:args.portal]), ("news", news)):
        with open(out / f"{name}.jsonl", "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        print(f"{name}: {len(rows)} stories")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    modes = parser.add_subparsers(required=True)
    one = modes.add_parser("fit", help="fine-tune on a corpus")
    one.add_argument("--train", required=True)
    one.add_argument("--dev", required=True)
    one.add_argument("--out", required=True)
    one.add_argument("--begin-with", metavar="MODEL", help="go on with a model, and its labels")
    one.add_argument("--frozen", type=int, default=6, help="layers that stay as published")
    one.add_argument("--epochs", type=int, default=4)
    one.add_argument("--batch", type=int, default=1200, help="pieces")
    one.add_argument("--rate", type=float, default=1e-3, help="of the heads")
    one.add_argument("--encoder-rate", type=float, default=3e-5)
    one.add_argument("--warm", type=float, default=0.1, help="share of the steps in which the rates grow")
    one.add_argument("--clip", type=float, default=5.0)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(run=fit)
    one = modes.add_parser("label", help="write what a model thinks of stories")
    one.add_argument("--model", required=True)
    one.add_argument("--part", type=int, help="stories of a part")
    one.add_argument("--first", type=int, default=0, help="number of the first part")
    one.add_argument("--batch", type=int, default=4000, help="pieces")
    one.add_argument("stories")
    one.add_argument("out")
    one.set_defaults(run=label)
    one = modes.add_parser("choose", help="draw the stories to label")
    one.add_argument("--data", required=True, help="the folder that holds wce/ and rawnews/")
    one.add_argument("--gold", nargs="+", required=True, help="files whose stories are not drawn")
    one.add_argument("--out", required=True)
    one.add_argument("--portal", type=int, default=80_000, help="items of the portal")
    one.add_argument("--news", type=int, default=16_000, help="news stories, of which those stay that hold political words")
    one.add_argument("--sentences", type=int, default=12, help="of a news story")
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(run=choose)
    for one in modes.choices.values():
        one.add_argument("--parser", required=True, help="the program detente")
        one.add_argument("--threads", type=int, default=2, help="at most")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
