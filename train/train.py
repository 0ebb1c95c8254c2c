#!/usr/bin/env python3
"""Trains the language engine: tags, names, heads and relations together, from treebanks.

    train.py fit OUT.pt [options]            train a network
    train.py pretrain OUT.pt [options]       train its recurrent layers to guess hidden words of plain text
    train.py names OUT.pt [options]          train the last layers of OUT.pt for names again, for whole sequences
    train.py label OUT.npz TEACHER.pt...     annotate plain text with networks trained before
    train.py test MODEL.pt                   score a network on the development parts

The networks are in network.py; export.py writes what `pack` bundles into the model file. All seeds are fixed; what
is left of chance is the order of sums on several threads.
"""
import argparse
import math
import time

import numpy as np
import torch
import torch.nn.functional as F

import network
import treebank
from network import Network, head_rows, legal_transitions, tree_heads, viterbi
from treebank import Corpus, Features, Labels

VOCABULARY = 8000


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("task", choices=["fit", "pretrain", "names", "label", "test"])
    p.add_argument("out")
    p.add_argument("teachers", nargs="*")
    p.add_argument("--data", default="../shared/data", help="folder with ud/, ner/ and rawnews/")
    p.add_argument("--treebank", action="append", help="train on this file instead (repeatable); no names then")
    p.add_argument("--dev", action="append", help="development part for --treebank")
    p.add_argument("--tools", default="build", help="folder with the programs features and sru_scan.so")
    p.add_argument("--init", help="start from this network's layers")
    p.add_argument("--silver", help="annotated plain text that `label` wrote, added to the treebanks")
    p.add_argument("--silver-share", type=float, default=1.0, help="share of it to use in each epoch")
    p.add_argument("--gold-copies", type=int, default=1, help="times that the treebanks are seen in each epoch")
    p.add_argument("--gum-names", action="store_true", help="names from GUM's entities, too")
    p.add_argument("--news", type=int, default=0, help="sentences of plain text to use (0: all)")
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=2000, help="words")
    p.add_argument("--width", type=int, default=128)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--arc", type=int, default=96)
    p.add_argument("--hidden", type=int, default=64, help="of tags, names and relations")
    p.add_argument("--drop", type=float, default=0.2)
    p.add_argument("--word-drop", type=float, default=0.08)
    p.add_argument("--minutes", type=float, default=0, help="plan the epochs to end after this time, at most")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


def load_sentences(args):
    """Training sentences and development parts, name -> sentences."""
    if args.treebank:
        train = [s for path in args.treebank for s in treebank.read_conllu(path)]
        return train, {path: treebank.read_conllu(path) for path in args.dev or []}
    ud, ner = args.data + "/ud/", args.data + "/ner/uner_en_ewt-ud-"
    train, dev = [], {}
    for name in ("ewt", "gum"):
        part = treebank.read_conllu(f"{ud}en_{name}-ud-train.conllu.gz")
        dev[name] = treebank.read_conllu(f"{ud}en_{name}-ud-dev.conllu.gz")
        if name == "ewt":
            treebank.add_names(part, treebank.read_iob(ner + "train.iob2.gz"))
            treebank.add_names(dev[name], treebank.read_iob(ner + "dev.iob2.gz"))
        elif args.gum_names:
            treebank.add_gum_names(part)
        train += part
    return train, dev


def news_path(args):
    return args.data + "/rawnews/news.jsonl.gz"


class Silver:
    """What `label` wrote; the same members as Corpus."""

    def __init__(self, path, features):
        z = np.load(path)
        forms = z["forms"].tobytes().decode("utf-8").split("\n")
        self.start = z["start"]
        cut = [forms[a:b] for a, b in zip(self.start[:-1], self.start[1:])]
        self.words = [np.concatenate(features.words(cut))]
        self.tags, self.names = z["tags"].astype(np.int64), z["names"].astype(np.int64)
        self.heads, self.deprels = z["heads"].astype(np.int64), z["deprels"].astype(np.int64)
        self.droppable = np.zeros(len(cut), bool)


class Batches:
    """Batches of sentences of similar length from several corpora."""

    def __init__(self, features, size, word_drop, rng):
        self.features, self.size, self.word_drop, self.rng = features, size, word_drop, rng
        self.corpora, self.rare, self.pools = [], None, []

    def add(self, corpus, share=1.0, copies=1):
        self.corpora.append((corpus, share, copies))
        return self

    def count_words(self):
        count = np.zeros(len(self.features.number), np.int64)
        for corpus, _, _ in self.corpora:
            np.add.at(count, corpus.words[0], 1)
        self.rare = np.maximum(self.word_drop, 1.0 / (2.0 + count)).astype(np.float32)

    def gather_names(self, labels):
        """Lets words of names be replaced by words that stand in the same place of other names of the type, so that
        names are known by what is round them, too. Words of annotated plain text must be often seen so."""
        forms = np.array([f for _, f in self.features.number])
        fit = np.array([not flags and len(f) > 2 and f.isalpha() and f.istitle() for flags, f in self.features.number])
        types = sorted({n[2:] for n in labels.names if n != "O"})
        counts = np.zeros((3 * len(types) + 1, len(forms)), np.int64)
        gold = np.zeros(counts.shape, bool)
        for corpus, _, _ in self.corpora:
            name = np.append(corpus.names, 0)
            inside = np.array([n[:1] == "I" for n in labels.names] + [False])[name]
            type_of = np.array([types.index(n[2:]) if n != "O" else -1 for n in labels.names] + [-1])[name[:-1]]
            place = np.where(inside[1:], np.where(inside[:-1], -9, 1), np.where(inside[:-1], 2, 0))
            corpus.place = np.where((type_of >= 0) & (place >= 0) & fit[corpus.words[0]], 3 * type_of + place, -1)
            np.add.at(counts, (corpus.place, corpus.words[0]), 1)
            if not isinstance(corpus, Silver):
                gold[corpus.place, corpus.words[0]] = True
        share = counts[:-1].reshape(len(types), 3, -1).sum(1) / np.maximum(1, counts.sum(0))
        trusted = (counts[:-1] > 3) & np.repeat(share > 0.8, 3, 0)
        self.pools = [np.flatnonzero(row) for row in gold[:-1] | trusted]
        print("words to change in names:", [len(p) for p in self.pools], flush=True)

    def change_names(self, words, place):
        chosen = np.flatnonzero((place >= 0) & (self.rng.random(len(words)) < 0.25))
        for k, pool in enumerate(self.pools):
            here = chosen[place[chosen] == k]
            if len(here) and len(pool):
                words[here] = self.rng.choice(pool, len(here))

    def plan(self):
        """One epoch: a list of (corpus, sentence numbers)."""
        out = []
        for corpus, share, copies in self.corpora:
            n = len(corpus.start) - 1
            for _ in range(copies):
                chosen = self.rng.permutation(n)[:max(1, int(n * share))]
                length = corpus.start[chosen + 1] - corpus.start[chosen]
                chosen = chosen[np.argsort(length + self.rng.random(len(chosen)) * 3, kind="stable")]
                length = corpus.start[chosen + 1] - corpus.start[chosen]
                cut = np.cumsum(length) // self.size
                out += [(corpus, part) for part in np.split(chosen, np.flatnonzero(np.diff(cut)) + 1)]
        return [out[i] for i in self.rng.permutation(len(out))]

    def take(self, corpus, numbers, training=True):
        a, b = corpus.start[numbers], corpus.start[numbers + 1].copy()
        variant = np.zeros(len(numbers), int)
        if training:
            b -= corpus.droppable[numbers] & (self.rng.random(len(numbers)) < 0.05)
            if len(corpus.words) == 3:
                variant = self.rng.choice(3, len(numbers), p=[0.92, 0.04, 0.04])
        rows = np.concatenate([np.arange(x, y) for x, y in zip(a, b)])
        start = np.concatenate([[0], np.cumsum(b - a)])
        words = corpus.words[0][rows]
        if training and self.pools:
            self.change_names(words, corpus.place[rows])
        for v in (1, 2):
            here = np.repeat(variant == v, b - a)
            if here.any():
                words = np.where(here, corpus.words[v][rows], words)
        weights = np.ones((len(rows), self.features.count), np.float32)
        if training:
            gone = self.rng.random(len(rows)) < self.rare[words]
            weights[gone, :2] = 0.0
        t = torch.from_numpy
        return (t(self.features.table[words]), t(start), t(weights),
                *(t(x[rows]) for x in (corpus.tags, corpus.names, corpus.heads, corpus.deprels)))


def loss_of(model, batch):
    ids, start, weights, tags, names, heads, deprels = batch
    y = model.encode(ids, start, weights)
    tag_scores, name_scores, arcs, valid = model.scores(y, start)
    rows = head_rows(heads, start)
    relation_scores = model.relations(y, rows)
    # within a padded sentence the head is a column; the root is the last one
    column = torch.where(heads > 0, heads - 1, arcs.shape[2] - 1)
    parts = [F.cross_entropy(tag_scores, tags, ignore_index=-1),
             F.cross_entropy(arcs[valid], column),
             F.cross_entropy(relation_scores, deprels, ignore_index=-1)]
    if (names >= 0).any():  # twice as heavy: names are few
        parts.append(F.cross_entropy(name_scores, names, ignore_index=-1) * 2 * (names >= 0).float().mean())
    return sum(parts)


def optimiser(model, rate):
    return torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98), eps=1e-8, fused=True)


def rate_at(done, warm):
    """done: share of the training that is over."""
    return min(1.0, done / warm) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-3


class Average:
    """Exponential average of the weights, used instead of the last ones."""

    EVERY = 4  # steps

    def __init__(self, model, decay=0.997):
        self.decay, self.steps = decay ** self.EVERY, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model):
        self.steps += 1
        if self.steps % self.EVERY:
            return
        k = min(self.decay, (1 + self.steps) / (10 + self.steps))
        mine = list(self.state.values())
        torch._foreach_mul_(mine, k)
        torch._foreach_add_(mine, list(model.state_dict().values()), alpha=1 - k)


def save(path, model, state, labels, features):
    torch.save({"sizes": model.sizes, "state": state, "tags": labels.tags, "names": labels.names,
                "deprels": labels.deprels, "version": features.version, "step": torch.from_numpy(labels.step),
                "first": torch.from_numpy(labels.first)}, path)


def load(path, drop=0.0):
    z = torch.load(path, weights_only=True)
    labels = Labels(z["tags"], z["names"], z["deprels"])
    labels.step, labels.first = legal_transitions(labels.names)
    if "step" in z:
        labels.step, labels.first = z["step"].numpy(), z["first"].numpy()
    model = Network(labels=labels, drop=drop, **z["sizes"])
    model.load_state_dict(z["state"])
    return model.eval(), labels


def analyse(models, labels, batches, corpus, order=None, trees=True):
    """Yields for each batch: sentence numbers, starts, tags, names (Viterbi), heads, relations."""
    step, first = labels.step, labels.first
    length = np.diff(corpus.start)
    order = np.argsort(length, kind="stable") if order is None else order
    cut = np.flatnonzero(np.diff(np.cumsum(length[order]) // 4000)) + 1
    for numbers in np.split(order, cut):
        ids, start, *_ = batches.take(corpus, numbers, training=False)
        with torch.no_grad():
            ys = [m.encode(ids, start) for m in models]
            parts = [m.scores(y, start) for m, y in zip(models, ys)]
            tags = sum(F.softmax(p[0], 1) for p in parts).argmax(1).numpy()
            names = sum(F.log_softmax(p[1], 1) for p in parts).numpy() / len(models)
            arcs = sum(F.log_softmax(p[2], 2) for p in parts).numpy()
            s = start.numpy()
            name_out, heads = np.zeros(s[-1], int), np.zeros(s[-1], np.int64)
            for k in range(len(numbers)):
                a, b = s[k], s[k + 1]
                n = b - a
                name_out[a:b] = viterbi(names[a:b], step, first)
                own = np.concatenate([arcs[k, :n, :n], arcs[k, :n, -1:]], 1)
                best = own.argmax(1)
                heads[a:b] = tree_heads(own) if trees else np.where(best == n, 0, best + 1)
            rows = head_rows(torch.from_numpy(heads), start)
            scores = sum(F.log_softmax(m.relations(y, rows), 1) for m, y in zip(models, ys))
            scores[:, labels.deprel["root"]] = torch.where(rows < 0, 1e9, -1e9)
            yield numbers, s, tags, name_out, heads, scores.argmax(1).numpy()


def spans(tags):
    out, begin, kind = set(), 0, None
    for i, t in enumerate(list(tags) + ["O"]):
        if kind and (t[:1] != "I" or t[2:] != kind):
            out.add((begin, i, kind))
            kind = None
        if t != "O" and kind is None:
            begin, kind = i, t[2:]
    return out


def evaluate(models, labels, batches, sentences, features):
    """Shares of right UPOS, XPOS, heads, heads with relation (without subtype), and F1 of names."""
    corpus = Corpus(sentences, labels, features, variants=False)
    right = np.zeros(4)
    found = np.zeros(3)
    for numbers, s, tags, names, heads, deprels in analyse(models, labels, batches, corpus):
        for k, number in enumerate(numbers):
            gold, a = sentences[number], s[k]
            for i in range(len(gold.forms)):
                own, tag = labels.tags[tags[a + i]].split("\t"), gold.tags[i].split("\t")
                head = heads[a + i] == gold.heads[i]
                same = labels.deprels[deprels[a + i]].split(":")[0] == gold.deprels[i].split(":")[0]
                right += [own[0] == tag[0], own[1] == tag[1], head, head and same]
            if gold.names:
                own = spans([labels.names[n] for n in names[a:s[k + 1]]])
                true = spans(gold.names)
                found += [len(own & true), len(own), len(true)]
    right = right / corpus.start[-1] * 100
    f1 = 200 * found[0] / max(1, found[1] + found[2])
    return "UPOS {:.2f} XPOS {:.2f} UAS {:.2f} LAS {:.2f}".format(*right) + (f" NER {f1:.2f}" if found[2] else "")


def fit(args):
    rng = np.random.default_rng(args.seed)
    features = Features(args.tools + "/features")
    train, dev = load_sentences(args)
    teacher = load(args.teachers[0])[1] if args.teachers else None
    labels = teacher or Labels.of(train, 3)
    labels.step, labels.first = legal_transitions(labels.names)
    batches = Batches(features, args.batch, args.word_drop, rng).add(Corpus(train, labels, features),
                                                                     copies=args.gold_copies)
    if args.silver:
        batches.add(Silver(args.silver, features), args.silver_share)
    batches.count_words()
    if args.silver and len(labels.names) > 1:
        batches.gather_names(labels)
    model = Network(features.rows, features.count, labels, args.width, args.layers, args.arc, args.hidden, args.hidden,
                    args.hidden, args.drop)
    if args.init:
        start = torch.load(args.init, weights_only=True)["state"]
        own = model.state_dict()
        own.update({k: v for k, v in start.items() if k in own and v.shape == own[k].shape})
        model.load_state_dict(own)
    average, opt = Average(model), optimiser(model, args.rate)
    print(f"{len(train)} sentences, {sum(p.numel() for p in model.parameters())} parameters, {len(labels.tags)} tags, "
          f"names {labels.names}", flush=True)
    began, step = time.time(), 0
    for epoch in range(args.epochs):
        model.train()
        plan, total = batches.plan(), 0.0
        for k, (corpus, numbers) in enumerate(plan):
            done = (epoch + k / len(plan)) / args.epochs
            if args.minutes:
                done = max(done, (time.time() - began) / 60 / args.minutes)
                if done >= 1:
                    break
            for g in opt.param_groups:
                g["lr"] = args.rate * rate_at(done, 0.04)
            opt.zero_grad(set_to_none=True)
            loss = loss_of(model, batches.take(corpus, numbers))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            average.update(model)
            total += loss.item()
        last = done >= 1 or epoch == args.epochs - 1
        print(f"epoch {epoch + 1}: loss {total / max(1, k):.4f}, {time.time() - began:.0f} s", flush=True)
        if epoch % 4 == 3 or last:
            shown = Network(labels=labels, **model.sizes)
            shown.load_state_dict(average.state)
            save(args.out, model, average.state, labels, features)
            for name, part in dev.items():
                print("   ", name, evaluate([shown.eval()], labels, batches, part, features), flush=True)
        if last:
            break


def pretrain(args):
    """Words are hidden and guessed from their neighbours (Devlin et al., NAACL 2019, in small)."""
    rng = np.random.default_rng(args.seed)
    features = Features(args.tools + "/features")
    train, _ = load_sentences(args)
    labels = Labels.of(train, 3)
    labels.step, labels.first = legal_transitions(labels.names)
    texts = [s.forms for s in train] * 2 + treebank.read_news(news_path(args), args.news)
    count = {}
    for forms in texts:
        for f in forms:
            f = f.lower()
            count[f] = count.get(f, 0) + 1
    known = {f: i for i, f in enumerate(sorted(count, key=lambda f: (-count[f], f))[:VOCABULARY])}
    words = features.words(texts)
    target = [np.array([known.get(f.lower(), -1) for f in forms], np.int64) for forms in texts]
    order = np.argsort([len(w) for w in words], kind="stable")
    ends = np.cumsum([len(words[i]) for i in order]) // args.batch
    groups = np.split(order, np.flatnonzero(np.diff(ends)) + 1)
    model = Network(features.rows, features.count, labels, args.width, args.layers, args.arc, args.hidden, args.hidden,
                    args.hidden, args.drop)
    out = torch.nn.Linear(args.width, VOCABULARY)
    opt = torch.optim.Adam(list(model.parameters()) + list(out.parameters()), lr=args.rate, betas=(0.9, 0.98),
                           fused=True)
    began, seen, total = time.time(), 0, 0.0
    print(f"{len(texts)} sentences, {sum(map(len, texts))} words", flush=True)
    model.train()
    for epoch in range(args.epochs):
        for k, g in enumerate(rng.permutation(len(groups))):
            done = (epoch + k / len(groups)) / args.epochs
            if args.minutes:
                done = max(done, (time.time() - began) / 60 / args.minutes)
                if done >= 1:
                    break
            for group in opt.param_groups:
                group["lr"] = args.rate * rate_at(done, 0.03)
            w = np.concatenate([words[i] for i in groups[g]])
            t = np.concatenate([target[i] for i in groups[g]])
            start = np.concatenate([[0], np.cumsum([len(words[i]) for i in groups[g]])])
            hidden = rng.random(len(w)) < 0.18
            weights = np.ones((len(w), features.count), np.float32)
            weights[hidden] = 0.0
            chosen = torch.from_numpy(np.flatnonzero(hidden & (t >= 0)))
            opt.zero_grad(set_to_none=True)
            y = model.encode(torch.from_numpy(features.table[w]), torch.from_numpy(start), torch.from_numpy(weights))
            loss = F.cross_entropy(out(y[chosen]), torch.from_numpy(t)[chosen])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            total, seen = total + loss.item(), seen + 1
            if seen % 200 == 0:
                print(f"{done:.3f} done, loss {total / 200:.3f}, {time.time() - began:.0f} s", flush=True)
                total = 0.0
                if seen % 1000 == 0:
                    save(args.out, model, model.state_dict(), labels, features)
        if done >= 1:
            break
    save(args.out, model, model.state_dict(), labels, features)


def sequence_loss(scores, gold, valid, step, first):
    """Minus the log probability of the gold labels among all sequences (a linear-chain conditional random field)."""
    total = scores[:, 0] + first
    own = total.gather(1, gold[:, :1])[:, 0]
    for k in range(1, scores.shape[1]):
        here = valid[:, k]
        total = torch.where(here[:, None], torch.logsumexp(total[:, :, None] + step, 1) + scores[:, k], total)
        own = own + torch.where(here, step[gold[:, k - 1], gold[:, k]] + scores[:, k].gather(1, gold[:, k:k + 1])[:, 0],
                                0.0)
    return (torch.logsumexp(total, 1) - own).mean()


def encode_all(model, batches, corpus):
    """The last layer of all tokens, without dropout."""
    parts = []
    for numbers in np.array_split(np.arange(len(corpus)), len(corpus) // 200 + 1):
        ids, start, *_ = batches.take(corpus, numbers, training=False)
        with torch.no_grad():
            parts.append(model.encode(ids, start))
    return torch.cat(parts)


def names(args):
    rng = np.random.default_rng(args.seed)
    features = Features(args.tools + "/features")
    train, dev = load_sentences(args)
    model, labels = load(args.out)
    batches = Batches(features, args.batch, 0, rng)
    corpus = Corpus([s for s in train if s.names], labels, features, variants=False)
    y, start, length = encode_all(model, batches, corpus), corpus.start, np.diff(corpus.start)
    step, first = (torch.from_numpy(x) for x in legal_transitions(labels.names))
    learned = [torch.zeros_like(step, requires_grad=True), torch.zeros_like(first, requires_grad=True)]
    parameters = [*model.n1.parameters(), *model.n2.parameters(), *learned]
    opt = torch.optim.AdamW(parameters, lr=args.rate, weight_decay=0.05)
    for epoch in range(args.epochs):
        order = np.argsort(length + rng.random(len(length)) * 4)
        groups, total = np.array_split(order, len(order) // 48), 0.0
        for k, g in enumerate(rng.permutation(len(groups))):
            opt.param_groups[0]["lr"] = args.rate * (1 - (epoch + k / len(groups)) / args.epochs)
            a, n = start[groups[g]], length[groups[g]]
            column = np.arange(n.max())[None]
            valid = torch.from_numpy(column < n[:, None])
            at = torch.where(valid, torch.from_numpy(a[:, None] + column), 0)
            hidden = F.relu(model.n1(F.dropout(y[at], args.drop)))
            scores = model.n2(F.dropout(hidden, 0.3))
            gold = torch.from_numpy(corpus.names)[at]
            loss = sequence_loss(scores, gold, valid, step + learned[0], first + learned[1])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
    labels.step, labels.first = ((a + b).detach().numpy() for a, b in zip((step, first), learned))
    save(args.out, model, model.state_dict(), labels, features)
    for name, part in dev.items():
        print("   ", name, evaluate([model], labels, batches, part, features), flush=True)


def label(args):
    features = Features(args.tools + "/features")
    loaded = [load(t) for t in args.teachers]
    labels = loaded[0][1]
    texts = treebank.read_news(news_path(args), args.news)
    start = np.concatenate([[0], np.cumsum([len(t) for t in texts])])
    corpus = type("Plain", (), {})()
    corpus.start, corpus.words = start, [np.concatenate(features.words(texts))]
    blank = np.zeros(start[-1], np.int64)
    corpus.tags = corpus.names = corpus.heads = corpus.deprels = blank
    out = {k: np.zeros(start[-1], np.int16) for k in ("tags", "names", "heads", "deprels")}
    batches = Batches(features, args.batch, 0, np.random.default_rng(1))
    began, seen = time.time(), 0
    for numbers, s, *parts in analyse([m for m, _ in loaded], labels, batches, corpus, trees=False):
        rows = np.concatenate([np.arange(start[n], start[n + 1]) for n in numbers])
        for key, part in zip(("tags", "names", "heads", "deprels"), parts):
            out[key][rows] = part
        seen += 1
        if seen % 100 == 0:
            print(f"{seen} batches, {time.time() - began:.0f} s", flush=True)
    forms = np.frombuffer("\n".join(f for t in texts for f in t).encode(), np.uint8)
    np.savez(args.out, forms=forms, start=start, **out)


def test(args):
    features = Features(args.tools + "/features")
    loaded = [load(t) for t in [args.out] + args.teachers]
    batches = Batches(features, args.batch, 0, np.random.default_rng(1))
    for name, part in load_sentences(args)[1].items():
        print(name, evaluate([m for m, _ in loaded], loaded[0][1], batches, part, features))


def main():
    args = parse_arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    network.load_scan(args.tools + "/sru_scan.so")
    {"fit": fit, "pretrain": pretrain, "names": names, "label": label, "test": test}[args.task](args)


if __name__ == "__main__":
    main()
