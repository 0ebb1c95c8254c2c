"""Learns the reader of events (src/what/reading.h): which words name events, who is on their sides, whose country is meant.

    reader.py OUT --train CORPUS.jsonl --dev CORPUS.jsonl [--silver STORIES.jsonl LABELS.npz [SIDES.npz]]...
              [--examples STORIES.jsonl] [--words-of EVENTS.dtm]

OUT is a folder; `pack --events OUT EVENTS.dtm` makes the file of it. Evidence comes from the program `evidence_dump`,
which is the code of the run time. Four small networks over it, each a sum of rows with one hidden layer
(src/what/scorer.h): words (type, status, mode, code), parties (source, target), homes, sectors.
"""
import argparse
import collections
import copy
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from evidence import STATUS, Csr, Table, with_type
from gold import TYPES, Examples, Gold, Silver, add_types, ask, homeless, read_sectors, sides_of, split_code

VERSION = 4  # EVIDENCE_VERSION
STATE_ZERO, STATE_UNIT = 32, 0.125  # LANG_STATE_ZERO, STATE_UNIT of scorer.c


def read_bundle(path):
    """Sections of a model file, by tag (doc/model-format.md)."""
    raw = pathlib.Path(path).read_bytes()
    if raw[:12] != b"DETENTE\nEVNT":
        raise SystemExit(f"reader: {path} is no file of a reader of events")
    kinds, out = {1: np.uint8, 2: np.uint16, 4: np.uint32}, {}
    for k in range(int(np.frombuffer(raw, np.uint32, 1, 20)[0])):
        tag = raw[64 + 32 * k:72 + 32 * k].rstrip(b"\0").decode()
        offset, length, size = (int(x) for x in np.frombuffer(raw, np.uint64, 3, 72 + 32 * k))
        out[tag] = np.frombuffer(raw, kinds[size], length // size, offset)
    return out


class Labels:
    """Modes and codes by type, sectors: what the corpus has at least `least` times; a type's most frequent code anyway, as
    the run time reads no event without a label for its code."""

    def __init__(self, gold, least=3):
        modes, codes, sectors, both = (collections.Counter() for _ in range(4))
        for s, events in zip(gold.stories, gold.events):
            for _, e, sides in events:
                modes[e["plover"], e["mode"] or ""] += 1
                codes[e["plover"], e["cameo"]] += 1
                both[e["plover"], e["cameo"]] += bool(e["reciprocal"])
                for side in sides:
                    sectors.update(c[1] for c in side.values() if c and c[0] != "IGO")  # IGOUNO is a body, UNO no sector
        self.modes = sorted(k for k, n in modes.items() if n >= 2)
        first = {t: max((k for k in codes if k[0] == t), key=lambda k: (codes[k], k)) for t, _ in codes}
        self.codes = sorted(k for k, n in codes.items() if n >= least or k == first[k[0]])
        self.sectors = sorted(k for k, n in sectors.items() if n >= least)
        self.reciprocal = {k for k in self.codes if both[k] * 2 > codes[k]}

    def lines(self):
        out = [f"type {t} - -" for t in TYPES]
        out += [f"mode {m or '-'} {t} -" for t, m in self.modes]
        out += [f"code {c or '-'} {t} {'r' if (t, c) in self.reciprocal else '-'}" for t, c in self.codes]
        return "".join(line + "\n" for line in out + [f"sector {s or '-'} - -" for s in self.sectors])


def number(names, name):
    return names.index(name) if name in names else -100


# ---- the network ----

class Scorer(nn.Module):
    """With `others` it has a second look: what others of the same event are likely to be (scorer_among() of scorer.c)."""

    def __init__(self, table, dim, outs, drop, states=0, width=0, product=0, others=False):
        super().__init__()
        self.table, self.dim, self.states, self.width, self.product = table, dim, states, width, product
        self.linear = nn.ModuleList(nn.Linear(width, dim, bias=False) for _ in range(states))
        self.factor = nn.ModuleList(nn.Linear(width, product) for _ in range(states if product else 0))
        self.joined, self.drop_states = nn.Linear(product, dim, bias=False), nn.Dropout(0.3)
        for layer in self.linear:
            nn.init.normal_(layer.weight, std=0.02)
        self.rows = nn.EmbeddingBag(len(table), dim, mode="sum", sparse=True)
        nn.init.normal_(self.rows.weight, std=0.03)
        self.bias, self.hidden, self.drop = nn.Parameter(torch.zeros(dim)), nn.Linear(dim, dim), nn.Dropout(drop)
        self.out = nn.ModuleList(nn.Linear(dim, n) for n in outs)
        self.second = nn.Linear(dim, dim) if others else None
        self.others = nn.ModuleList(nn.Linear(dim, dim, bias=False) for _ in range(outs[0] if others else 0))
        for layer in self.others:
            nn.init.zeros_(layer.weight)

    def look_again(self, h, owner):
        """`owner`: which event each row is of, from 0 on, in order."""
        n, wide = int(owner[-1]) + 1, owner[:, None].expand(-1, self.dim)
        score = self.out[0](h).clamp(max=15).exp()
        total = torch.zeros(n, len(self.others)).index_add(0, owner, score)
        share, seen = score / total[owner], self.second(h)
        for k, layer in enumerate(self.others):
            part = share[:, k:k + 1] * h
            seen = seen + layer(torch.zeros(n, self.dim).scatter_add(0, wide, part)[owner] - part)
        return h + F.relu(seen)

    def forward(self, rows, begin, words=None, words_begin=None, states=(), owner=None):
        z = self.rows(rows, begin) + self.bias
        if words is not None:
            n = torch.diff(torch.cat([words_begin, torch.tensor([len(words)])])).clamp(min=1)
            z = z + 2 * self.rows(words, words_begin) / n[:, None]
        states = [self.drop_states(x) for x in states]
        z = z + sum(layer(x) for layer, x in zip(self.linear, states))
        if self.product:
            z = z + self.joined(torch.tanh(self.factor[0](states[0])) * torch.tanh(self.factor[1](states[1])))
        h = self.drop(F.relu(z))
        h = h + F.relu(self.hidden(h))
        if self.second is not None:
            h = self.look_again(h, owner)
        return [o(h) for o in self.out]


class Training:
    """Adam with a rate that rises for a while and then falls; rows that were not seen stay as they are."""

    def __init__(self, net, rate, steps, warm=100):
        self.rate, self.steps, self.warm, self.step_number = rate, steps, warm, 0
        rest = [p for n, p in net.named_parameters() if n != "rows.weight"]
        self.parts = [torch.optim.SparseAdam([net.rows.weight], rate), torch.optim.Adam(rest, rate)]

    def step(self, loss):
        self.step_number += 1
        share = min(1, self.step_number / self.warm) * max(0.02, 1 - self.step_number / self.steps)
        for o in self.parts:
            o.zero_grad()
            for g in o.param_groups:
                g["lr"] = self.rate * share
        loss.backward()
        for o in self.parts:
            o.step()


def run(net, data, chunk=4096):
    net.eval()
    parts, n = [], len(data.y)
    with torch.inference_mode():
        for idx in data.chunks(chunk) if hasattr(data, "chunks") else (np.arange(i, min(n, i + chunk)) for i in range(0, n, chunk)):
            parts.append(net(*data.take(idx)))
    net.train()
    return [torch.cat([p[k] for p in parts]) for k in range(len(parts[0]))]


# ---- words ----

class Words:
    """Candidates: rows, sentence, labels; `where` is (story, token). `soft` and `told` are a teacher's shares; of its modes
    and codes those count that go with the type."""

    def __init__(self, gold, labels):
        own, sentences, y, self.where, of, self.lemma, free = [], [], [], [], [], [], []
        for k, (s, events) in enumerate(zip(gold.stories, gold.events)):
            at = {t: e for t, e, _ in events}
            first = len(sentences)
            sentences += s.sentences
            free += s.free
            for t, rows, lemma in s.words:
                e = at.get(t)
                own.append(rows)
                of.append(first + int(s.tokens[t, 2]))
                self.where.append((k, t))
                self.lemma.append(lemma)
                y.append((TYPES.index(e["plover"]), STATUS.index(e["status"]), number(labels.modes, (e["plover"], e["mode"] or "")),
                          number(labels.codes, (e["plover"], e["cameo"]))) if e else (0, -100, -100, -100))
        self.own, self.sentences, self.of, self.y = Csr(own, free), Csr(sentences), np.array(of), torch.tensor(y)
        self.lemma, self.soft = np.array(self.lemma, np.uint32), None
        if isinstance(gold, Silver):
            self.soft, self.told = torch.from_numpy(np.array(gold.soft)), torch.from_numpy(np.array(gold.told))
            self.y = torch.tensor([(0, -100, number(labels.modes, (k[0], k[1].split("/")[1]) if k[1].startswith(k[0]) else ""),
                                    number(labels.codes, (k[0], k[2]))) if k else (0, -100, -100, -100) for k in gold.kinds])

    def take(self, idx, hide=0.0):
        return *self.own.take(idx, hide, MASKED if hide else 0), *self.sentences.take(self.of[idx])

    def tables(self):
        return [self.own, self.sentences]


def own_reports(gold):
    """The reports that we wrote in the manner of news agencies: few, and all that tells how those write."""
    out = copy.copy(gold)
    kept = [k for k, s in enumerate(gold.stories) if s.id.startswith("wire/")]
    out.stories, out.events = [gold.stories[k] for k in kept], [gold.events[k] for k in kept]
    return out


def words_loss(net, data, idx, hide):
    o = net(*data.take(idx, hide))
    y, share = data.y[idx], 0.2
    if data.soft is not None:
        loss = -(data.soft[idx] * F.log_softmax(o[0], 1)).sum(1).mean()
        loss = loss - share * (data.told[idx] * F.log_softmax(o[1], 1)).sum(1).mean()
    else:
        loss = F.cross_entropy(o[0], y[:, 0])
    for k in (1, 2, 3):
        if (y[:, k] >= 0).any():
            loss = loss + share * F.cross_entropy(o[k], y[:, k], ignore_index=-100)
    return loss


FLOOR, NAMES, ONE_MORE = 0.03, 0.25, 0.7  # of counting.c and reading.c


def events_of_sentence(p, strong, beside):
    """counting_settle() for the shares of a sentence's words: (word, type, whether it needs company)."""
    kind, out = 1 + p[:, 1:].argmax(1), []
    for t in set(kind[p[:, 1:].max(1) > NAMES].tolist()):
        share, count = p[:, t], 0
        total = share[share > FLOOR].sum()
        for i in sorted(np.flatnonzero((kind == t) & (share > NAMES)), key=lambda i: -share[i]):
            if total - count <= (ONE_MORE if count else beside):
                break
            out.append((i, t, total - count < strong))
            count += 1
    return out


def score_types(p, told, of, where, rows, strong, beside):
    """F1, precision, recall of told types, and the share of stories without a told event that get one. Events that are
    likelier than `strong` are; where a story has one, those that are likelier than `beside` are, too."""
    found, weak = collections.defaultdict(collections.Counter), []
    cuts = np.flatnonzero(np.diff(of)) + 1
    for first, part in zip(np.concatenate([[0], cuts]), np.split(p, cuts)):
        for i, t, needs in events_of_sentence(part, strong, beside):
            if not told[first + i]:
                continue
            if needs:
                weak.append((where[first + i][0], t))
            else:
                found[where[first + i][0]][TYPES[t]] += 1
    has = set(found)
    for story, t in weak:
        if story in has:
            found[story][TYPES[t]] += 1
    right = n = wanted = false = empty = 0
    for k, r in enumerate(rows):
        gold = collections.Counter(e["plover"] for e in r["events"] if e["status"] in ("actual", "historical"))
        right, n, wanted = right + (gold & found[k]).total(), n + found[k].total(), wanted + gold.total()
        empty, false = empty + (not gold), false + (not gold and bool(found[k]))
    return 200 * right / max(1, n + wanted), 100 * right / max(1, n), 100 * right / wanted, 100 * false / max(1, empty)


MOST_FALSE = 12.0  # per cent of the texts without an event that may get one


def report_words(net, dev, rows):
    """Figures at the thresholds that are best, and at those at which texts without an event are left alone, too; the net
    keeps the latter."""
    o = run(net, dev)
    p = [F.softmax(x, 1).numpy() for x in o]
    told = p[1][:, 0] + p[1][:, 5] > 0.5
    scored = [(score_types(p[0], told, dev.of, dev.where, rows, a, b), a, b)
              for a in np.arange(0.3, 0.96, 0.05) for b in np.arange(0.2, a + 0.01, 0.1)]
    best, strict = max(scored), max([x for x in scored if x[0][3] <= MOST_FALSE] or scored[-1:])
    net.thresholds = strict[1:]
    y = dev.y.numpy()
    at = y[:, 2] >= 0
    say = "; ".join("F %.1f (P %.1f R %.1f false %.1f) at %.2f, %.2f" % (*x[0], *x[1:]) for x in (best, strict))
    return say + "; mode %.1f code %.1f" % (100 * (p[2].argmax(1) == y[:, 2])[at].mean(), 100 * (p[3].argmax(1) == y[:, 3])[y[:, 3] >= 0].mean())


# ---- parties ----

class Pairs:
    """Each party of an event, and nobody behind them."""

    def __init__(self, gold, events=None):
        """`events`: as sides_of() has them."""
        rows, y, words = [], [], []
        first, self.choice = np.cumsum([0] + [len(s.tokens) for s in gold.stories]), None
        for b, s, some in zip(first, gold.stories, events or sides_of(gold)):
            for t, kind, sides in some:
                for x, r in s.pairs[t].items():
                    rows.append(with_type(r, kind))
                    words.append((b + t, b + int(s.actors[x, 2])))
                rows.append(with_type(s.nobody[t], kind))
                words.append((b + t, b + t))
                y.append(sides)
        self.own, self.y, size = Csr(rows), torch.from_numpy(np.concatenate(y)).float(), [len(x) for x in y]
        self.first = np.cumsum([0] + size[:-1])  # pairs of one event stand together, nobody behind them
        self.event = np.repeat(np.arange(len(size)), size)
        self.states, self.words = torch.from_numpy(np.concatenate([s.states for s in gold.stories])), np.array(words)

    def take(self, idx, hide=0.0):
        event = self.event[idx]
        states = [(self.states[self.words[idx, k]].float() - STATE_ZERO) * STATE_UNIT for k in (0, 1)]
        return *self.own.take(idx, hide), None, None, states, torch.from_numpy(np.cumsum(np.diff(event, prepend=event[0]) != 0))

    def tables(self):
        return [self.own]

    def chunks(self, size):
        """All of them in order, those of one event together."""
        cuts = self.first[1:][np.diff(self.first // size) > 0]
        return np.split(np.arange(len(self.y)), cuts)


class SilverPairs(Pairs):
    """Those of teachers' stories: what the teacher of sides says, mixed with what networks say that the corpus taught: both
    err, but seldom in the same."""

    def __init__(self, silver):
        super().__init__(silver, silver.sides)
        self.teacher = self.y.numpy()

    def mix(self, nets):
        """Makes the shares to be learned of the scores."""
        others = [run(net, self)[0].numpy() for net in nets]
        weights = [TEACHER] + [(1 - TEACHER) / len(nets) for _ in nets]
        self.y, self.choice = torch.zeros(self.y.shape), torch.zeros(self.y.shape)
        for score, weight in zip([self.teacher] + others, weights):
            share = np.exp(np.minimum(score, 15))
            whole = np.zeros((len(self.first), 2), np.float32)
            np.add.at(whole, self.event, share)
            self.y += torch.from_numpy(weight / (1 + np.exp(-score)))
            self.choice += torch.from_numpy(weight * share / whole[self.event])


def pairs_loss(net, data, idx, hide):
    """For each pair by itself, and for the choice of a side among an event's parties and nobody."""
    taken, y = data.take(idx, hide), data.y[idx]
    score, owner = net(*taken)[0], taken[-1][:, None].expand(-1, 2)
    empty, share = torch.zeros(int(owner[-1, 0]) + 1, 2), score.clamp(max=15).exp()
    whole = empty.scatter_add(0, owner, share).log()
    if data.choice is None:
        choice = (whole - (empty.scatter_add(0, owner, share * y) + 1e-6).log()).mean()
    else:
        choice = -(data.choice[idx] * (score.clamp(max=15) - whole.gather(0, owner))).sum() / whole.numel()
    return F.binary_cross_entropy_with_logits(score, y) + CHOICE * choice


def batches_of(data, batch):
    """Samples in random order; pairs of one event together."""
    first = getattr(data, "first", np.arange(len(data.y)))
    end = np.append(first[1:], len(data.y))
    order = np.random.permutation(len(first))
    samples = np.concatenate([np.arange(first[k], end[k]) for k in order]) if len(first) < len(data.y) else order
    size = np.cumsum((end - first)[order])
    return np.split(samples, size[:-1][np.diff(size // batch) > 0])


def report_pairs(net, dev):
    somebody, out = dev.words[:, 0] != dev.words[:, 1], []
    p = torch.sigmoid(run(net, dev)[0]).numpy()[somebody]
    for side in (0, 1):
        y = dev.y[:, side].numpy()[somebody] > 0
        out += ["%.1f" % max(200 * (y & (p[:, side] > th)).sum() / (y.sum() + (p[:, side] > th).sum()) for th in (0.3, 0.4, 0.5))]
    return "source F %s target F %s" % tuple(out)


# ---- homes ----

class Homes:
    def __init__(self, gold):
        rows, self.start, self.y = [], [0], []
        for s, events in zip(gold.stories, gold.events):
            for t, _, sides in events:
                for side in (0, 1):
                    for x, c in sides[side].items():
                        choices = s.guesses.get((t, x), [])[:len(s.homes) + 1]
                        if not homeless(s, x) or c is None or len(choices) != len(s.homes) + 1:
                            continue
                        rows += choices
                        self.start.append(len(rows))
                        self.y.append(s.homes.index(c[0]) if c[0] in s.homes else len(s.homes))
        self.own, self.start, self.y = Csr(rows), np.array(self.start), torch.tensor(self.y)

    def tables(self):
        return [self.own]


class Rows:
    def __init__(self, own):
        self.own, self.y = own, own.start[1:]

    def take(self, idx, hide=0.0):
        return self.own.take(idx, hide)


def homes_loss(net, data, idx, hide):
    n = data.start[idx + 1] - data.start[idx]
    begin = np.cumsum(n) - n
    at = np.arange(n.sum()) - np.repeat(begin - data.start[idx], n)
    z = net(*data.own.take(at, hide))[0][:, 0]
    place = torch.from_numpy(np.repeat(np.arange(len(idx)), n)), torch.from_numpy(np.arange(n.sum()) - np.repeat(begin, n))
    return F.cross_entropy(torch.full((len(idx), int(n.max())), -1e9).index_put(place, z), data.y[idx])


def report_homes(net, dev):
    z = run(net, Rows(dev.own))[0][:, 0].numpy()
    right = [z[a:b].argmax() == y for a, b, y in zip(dev.start, dev.start[1:], dev.y.tolist())]
    return "right %.1f of %d" % (100 * np.mean(right), len(right))


# ---- sectors ----

class Sectors:
    """What actors are in an event."""

    def __init__(self, gold, labels):
        rows, y, self.own_sector = [], [], []
        for s, events in zip(gold.stories, gold.events):
            for t, _, sides in events:
                for side in (0, 1):
                    for x, c in sides[side].items():
                        guess = s.guesses.get((t, x), [])[len(s.homes) + 1:len(s.homes) + 2]
                        if c is None or not guess or number(labels.sectors, c[1]) < 0 or s.code[x] == "UNK":
                            continue
                        rows += guess
                        y.append(number(labels.sectors, c[1]))
                        self.own_sector.append(s.sector[x])
        self.own, self.y = Csr(rows), torch.tensor(y)

    def take(self, idx, hide=0.0):
        return self.own.take(idx, hide)

    def tables(self):
        return [self.own]


def sectors_loss(net, data, idx, hide):
    return F.cross_entropy(net(*data.take(idx, hide))[0], data.y[idx])


def report_sectors(net, dev, labels):
    """Of those without a code, and of the others at some shares above which the reader has its way."""
    p = F.softmax(run(net, dev)[0], 1).numpy()
    known = np.array([-1 if x is None else number(labels.sectors, x) for x in dev.own_sector])
    best, y, bare = p.argmax(1), dev.y.numpy(), known == -1
    right = [np.where(p.max(1) > least, best, known)[~bare] == y[~bare] for least in (0.7, 0.8, 0.9, 1)]
    return "bare %.1f of %d, known %s" % (100 * (best == y)[bare].mean(), bare.sum(), " ".join("%.1f" % (100 * r.mean()) for r in right))


def fit(name, net, parts, loss_of, report, epochs, rate, hide, batch):
    """`parts`: pairs of data and how often an epoch sees each."""
    begin, total = time.time(), 0.0
    order = [(k, d) for k, (d, times) in enumerate(parts) for _ in range(times)]
    steps = epochs * sum(len(d.y) // batch + 1 for _, d in order)
    training = Training(net, rate, steps)
    net.train()
    for epoch in range(epochs):
        batches = [(d, idx) for _, d in order for idx in batches_of(d, batch)]
        np.random.shuffle(batches)
        total = 0.0
        for d, idx in batches:
            loss = loss_of(net, d, idx, hide)
            training.step(loss)
            total += loss.item()
        print(f"{name} epoch {epoch + 1}: loss {total / len(batches):.4f}; {report()}; {time.time() - begin:.0f} s", flush=True)


# ---- sides as a whole ----

def choose_sides(score):
    """take_side() of reading.c for both sides: the numbers of the parties. The last score is nobody's."""
    score, nobody, sides = score[:-1], score[-1], []
    for k in (0, 1):
        may = [i for i in range(len(score)) if score[i, k] >= score[i, 1 - k]]
        side = [i for i in may if score[i, k] > FURTHER_PARTY]
        if not side and may and max(score[i, k] for i in may) - nobody[k] > FIRST_PARTY:
            side = [max(may, key=lambda i: score[i, k])]
        sides.append(side)
    return sides


def report_sides(tool, path, gold, party, pairs, home, sectors):
    """How often the countries of an event's sides are right where its word and its type are given."""
    score, at, chosen = run(party, pairs)[0].numpy(), 0, []
    for s, events in zip(gold.stories, gold.events):
        chosen.append([])
        for t, e, _ in events:
            here = list(s.pairs[t])
            sides = choose_sides(score[at:at + len(here) + 1]) if t in s.nobody else ([], [])
            at += len(here) + (t in s.nobody)
            chosen[-1].append((t, e, [{here[i]: None for i in side} for side in sides]))
    ask(tool, path, gold.stories, chosen)
    right = collections.Counter()
    for s, events in zip(gold.stories, chosen):
        for t, e, sides in events:
            found = []
            for side in sides:
                countries = set()
                for x in side:
                    if not homeless(s, x):
                        countries.add(split_code(s.code[x], sectors)[0])
                        continue
                    own = home.table.number(Csr(s.guesses[t, x][:len(s.homes) + 1]))
                    idx = np.arange(len(own.start) - 1)
                    with torch.inference_mode():
                        best = int(home.eval()(*own.take(idx))[0][:, 0].argmax())
                    countries.add((s.homes + [""])[best])
                found.append(countries or {""})
            wanted = [{split_code(c, sectors)[0] for c in e[k + "_code"]} or {""} for k in ("source", "target")]
            if e["reciprocal"] and found[::-1] == wanted:
                found = wanted
            right.update(n=1, source=found[0] == wanted[0], target=found[1] == wanted[1], both=found == wanted)
    return "countries right at given words and types: source %.1f target %.1f both %.1f of %d" % (
        *(100 * right[k] / right["n"] for k in ("source", "target", "both")), right["n"])


# ---- the parts of the file ----

def write_scorer(net, name, folder, limit=99.995):
    w = net.rows.weight.detach().numpy()
    scale = float(np.percentile(np.abs(w), limit)) / 127
    f = [np.array([scale], np.float32), net.bias, net.hidden.weight.T, net.hidden.bias]
    for o in net.out:
        f += [o.weight.T, o.bias]
    for k in range(net.states):
        f += [net.linear[k].weight.T] + ([net.factor[k].weight.T, net.factor[k].bias] if net.product else [])
    f += [net.joined.weight.T] + ([net.second.weight.T, net.second.bias] if net.second is not None else [])
    f += [layer.weight.T for layer in net.others]
    f = np.concatenate([np.asarray(x.detach() if torch.is_tensor(x) else x, np.float32).reshape(-1) for x in f])
    np.clip(np.round(w / scale), -127, 127).astype(np.int8).tofile(folder / f"{name}.row.1.bin")
    f.tofile(folder / f"{name}.num.4.bin")
    dims = [len(net.table), net.dim, net.states, net.width, net.product, len(net.others), len(net.out)] + [o.out_features for o in net.out]
    np.array(dims, np.uint32).tofile(folder / f"{name}.dim.4.bin")
    net.table.slots().tofile(folder / f"{name}.idx.4.bin")


def write_lemmas(parts, dev, folder, bits=17, least=0.02):
    """Lemmas that may name an event: a bit for each value of the last bits of their hashes. A lemma may that names one in
    fifty of its occurrences, by the corpus and the teacher; at others the run time asks the frames alone."""
    low = np.uint32((1 << bits) - 1)
    seen, named = np.zeros(1 << bits), np.zeros(1 << bits)
    for p in parts:
        share = 1 - p.soft[:, 0].numpy() if p.soft is not None else (p.y[:, 0] > 0).float().numpy()
        np.add.at(seen, p.lemma & low, 1)
        np.add.at(named, p.lemma & low, share)
    table = (named >= least * seen) & (named >= 0.5)
    wanted = dev.y[:, 0].numpy() > 0
    print(f"{table.sum()} lemmas may name an event, {100 * table[dev.lemma & low].mean():.1f} % of the candidates, "
          f"{100 * table[dev.lemma[wanted] & low].mean():.1f} % of the events of the development part", flush=True)
    np.packbits(table, bitorder="little").tofile(folder / "lemmas.1.bin")


def write_settings(thresholds, folder):
    np.array([VERSION, *thresholds, FIRST_PARTY, FURTHER_PARTY, 0, 1, 0], np.float32).tofile(folder / "settings.4.bin")


def keep_sections(path, tags, folder):
    sections = read_bundle(path)
    for tag in tags:
        sections[tag].tofile(folder / f"{tag}.{sections[tag].dtype.itemsize}.bin")
    return sections


def keep_words(path, labels, folder):
    """What an earlier file knows of words, beside the sectors of this corpus."""
    sections = keep_sections(path, ("wrd.dim", "wrd.idx", "wrd.row", "wrd.num", "lemmas"), folder)
    old, new = sections["labels"].tobytes().decode().splitlines(), labels.lines().splitlines()
    kept = [line for line in old if not line.startswith("sector ")] + [line for line in new if line.startswith("sector ")]
    (folder / "labels.1.bin").write_text("".join(line + "\n" for line in kept))
    write_settings(sections["settings"].view(np.float32)[1:3], folder)


MASKED = 0.15  # of the words whose lemma is hidden in training, so that their meaning and place have to do
SILVER_SIGHT = 0.3  # what a sight of a row in a teacher's story counts beside one in the corpus
LEAST, LEAST_OF_WORDS = 3, 5  # sights that a row needs
MOST_ROWS = 340_000  # two thirds of the slots that the index then has
TEACHER = 0.6  # of what silver says of sides: the teacher's share
SCHOOLED = 2  # networks that learn sides from the corpus alone, to be mixed with it
EXAMPLES_TIMES = 3  # our examples are few, and what they say holds
REPORTS_TIMES = 4  # how often an epoch sees our own reports, beside the rest of the corpus
CHOICE = 0.5  # the weight of the choice of a side beside that of its pairs
FIRST_PARTY, FURTHER_PARTY = -1.2, 1.5  # what the first party of a side needs more than nobody, and what further ones need


def number_rows(parts, dev, least=LEAST):
    """The table of rows that `parts` give, pairs of data and how often an epoch sees each; all data get its numbers."""
    sight = lambda d: SILVER_SIGHT if getattr(d, "soft", None) is not None or isinstance(d, SilverPairs) else 1.0
    table = Table([(csr, sight(d)) for d, _ in parts for csr in d.tables()], least, MOST_ROWS)
    for csr in [csr for d in [d for d, _ in parts] + [dev] for csr in d.tables()]:
        table.number(csr)
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", help="folder for the parts of the file")
    parser.add_argument("--train", required=True)
    parser.add_argument("--dev", required=True)
    parser.add_argument("--tools", default="build")
    parser.add_argument("--knowledge", default="knowledge")
    parser.add_argument("--silver", nargs="+", action="append", default=[], metavar=("STORIES LABELS", "SIDES"))
    parser.add_argument("--words-of", metavar="EVENTS.dtm", help="keep this file's network for words, with its labels and thresholds")
    parser.add_argument("--meanings", metavar="EVENTS.dtm", default="model/events.dtm", help="the file whose table of meanings is used and kept")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", help="our example sentences")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)
    torch.set_num_threads(1)
    tool = [str(pathlib.Path(args.tools) / "evidence_dump"), args.meanings]
    sectors, folder = read_sectors(args.knowledge), pathlib.Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    add_types(args.train, args.dev)
    train, dev = Gold(tool, args.train, sectors), Gold(tool, args.dev, sectors)
    labels, width = Labels(train), train.stories[0].states.shape[1]
    examples = [Examples(tool, args.examples, sectors)] if args.examples else []
    silver = [Silver(tool, *x) for x in args.silver if len(x) == 3 or not args.words_of]
    for x in silver + examples:
        print(f"{type(x).__name__}: {len(x.stories)} stories", flush=True)
    keep_sections(args.meanings, ("mng.key", "mng.cls"), folder)

    homes, known = [(Homes(train), 1)], Homes(dev)
    home = Scorer(number_rows(homes, known), 24, [1], 0.2)
    fit("homes", home, homes, homes_loss, lambda: report_homes(home, known), 4, 3e-3, 0.3, 64)

    of_sectors, ds = [(Sectors(train, labels), 1)], Sectors(dev, labels)
    sector = Scorer(number_rows(of_sectors, ds), 24, [len(labels.sectors)], 0.2)
    fit("sectors", sector, of_sectors, sectors_loss, lambda: report_sectors(sector, ds, labels), 6, 3e-3, 0.2, 128)

    pairs, pd = [(Pairs(train), 1)] + [(Pairs(x), EXAMPLES_TIMES) for x in examples], Pairs(dev)
    read = [SilverPairs(x) for x in silver if x.sides is not None]
    of_pairs = number_rows(pairs + [(x, 1) for x in read], pd)
    fit_pairs = lambda net, parts: fit("pairs", net, parts, pairs_loss, lambda: report_pairs(net, pd), 3, 2e-3, 0.25, 256)
    party = [Scorer(of_pairs, 32, [2], 0.25, 2, width, 32, True) for _ in range(1 + SCHOOLED * bool(read))]
    for net in party[1:]:
        fit_pairs(net, pairs)
    for x in read:
        x.mix(party[1:])
    party = party[0]
    fit_pairs(party, pairs + [(x, 1) for x in read])

    print(report_sides(tool, args.dev, dev, party, pd, home, sectors), flush=True)
    for net, name in ((party, "pty"), (home, "hom"), (sector, "sct")):
        write_scorer(net, name, folder)
    if args.words_of:
        keep_words(args.words_of, labels, folder)
        return
    # a teacher's stories are many: the corpus weighs twice beside them
    words = [(Words(train, labels), 2 if silver else 1)] + [(Words(x, labels), 1) for x in silver]
    words += [(Words(x, labels), EXAMPLES_TIMES) for x in examples]
    reports = own_reports(train)
    words += [(Words(reports, labels), REPORTS_TIMES)] if reports.stories else []
    wd = Words(dev, labels)
    outs = [len(TYPES), len(STATUS), len(labels.modes), len(labels.codes)]
    word = Scorer(number_rows(words, wd, LEAST_OF_WORDS), 48, outs, 0.3)
    fit("words", word, words, words_loss, lambda: report_words(word, wd, dev.rows), args.epochs, 2e-3, 0.2, 256)
    write_scorer(word, "wrd", folder)
    write_lemmas([d for d, _ in words], wd, folder)
    (folder / "labels.1.bin").write_text(labels.lines())
    write_settings(word.thresholds, folder)


if __name__ == "__main__":
    main()
