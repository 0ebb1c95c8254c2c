#!/usr/bin/env python3
"""Trains the language engine: tags, names, heads and relations together, from treebanks.

    train.py fit OUT.pt [options]            train a network
    train.py names OUT.pt [options]          train the last layers of OUT.pt for names again, for whole sequences
    train.py label OUT.npz TEACHER.pt        annotate plain text with a network trained before
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
import sources
from encoder import Teacher
from network import Network, Rounding, head_rows, legal_transitions, tree_heads, viterbi
from sources import spans
from treebank import Corpus, Features, Labels, Target


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("task", choices=["fit", "names", "label", "test"])
    p.add_argument("out")
    p.add_argument("teachers", nargs="*")
    p.add_argument("--data", default="../shared/data", help="folder with ud/, ner/ and rawnews/")
    p.add_argument("--treebank", action="append", help="train on this file instead (repeatable); no names then")
    p.add_argument("--dev", action="append", help="development part for --treebank")
    p.add_argument("--tools", default="build", help="folder with the programs features and sru_scan.so")
    p.add_argument("--init", help="start from this network's layers")
    p.add_argument("--silver", action="append", help="annotated plain text that `label` wrote (repeatable)")
    p.add_argument("--part", default="0/1", help="label: K/N, only each N-th sentence, beginning with the K-th")
    p.add_argument("--gold-copies", type=int, default=1, help="times that the treebanks are seen in each epoch")
    p.add_argument("--news", type=int, default=0, help="label: sentences of plain text to use (0: all)")
    p.add_argument("--recombine", type=int, default=2, help="label: times that new sentences are made of the treebanks'")
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--batch", type=int, default=2000, help="words")
    p.add_argument("--width", type=int, default=192)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--reach", type=int, default=0, help="convolutions of this reach instead of recurrent layers")
    p.add_argument("--rename", type=int, default=0,
                   help="label: instead of these, so many times the treebanks' sentences with other names")
    p.add_argument("--window", type=int, default=2, help="neighbours that a layer beside the first one sees")
    p.add_argument("--arc", type=int, default=128)
    p.add_argument("--hidden", type=int, default=128, help="of tags and names")
    p.add_argument("--label", type=int, default=96, help="hidden size of relations")
    p.add_argument("--drop", type=float, default=0.2)
    p.add_argument("--word-drop", type=float, default=0.08)
    p.add_argument("--names-weight", type=float, default=2, help="of the loss of names, which are few")
    p.add_argument("--teacher", action="store_true", help="with the pretrained encoder of encoder.py")
    p.add_argument("--encoder-rate", type=float, default=1e-4, help="learning rate of the pretrained encoder")
    p.add_argument("--knowledge", default="knowledge", help="folder of the knowledge base, for the types of names")
    p.add_argument("--round-from", type=float, default=0.65,
                   help="share of the training after which numbers are rounded as at run time")
    p.add_argument("--minutes", type=float, default=0, help="plan the epochs to end after this time, at most")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


def load_sentences(args):
    """Training sentences and development parts, name -> sentences."""
    if args.treebank:
        train = [s for path in args.treebank for s in sources.read_conllu(path)]
        return train, {path: sources.read_conllu(path) for path in args.dev or []}
    base, ner = sources.Base(args.knowledge), args.data + "/ner/"
    train, dev = [], {}
    for name in ("ewt", "gum"):
        for part in ("train", "dev"):
            sentences = sources.read_conllu(f"{args.data}/ud/en_{name}-ud-{part}.conllu.gz")
            if name == "ewt":
                sources.add_names(sentences, sources.read_iob(f"{ner}uner_en_ewt-ud-{part}.iob2.gz"))
            else:
                sources.add_gum_names(sentences)
            if part == "dev":
                dev[name] = sentences
            else:
                train += sentences
    train += sources.read_re3d(ner + "re3d_free.jsonl.gz")
    for s in train:
        if s.names:
            base.settle(s)
    return train, dev


def news_path(args):
    return args.data + "/rawnews/news.jsonl.gz"


SPELLED = [0.92, 0.04, 0.04]  # shares of sentences as they are, in small letters, in capitals


class Silver:
    """What `label` wrote; the same members as Corpus."""

    def __init__(self, path, features):
        z = np.load(path)
        forms = z["forms"].tobytes().decode("utf-8").split("\n")
        self.start = z["start"]
        cut = [forms[a:b] for a, b in zip(self.start[:-1], self.start[1:])]
        spelled = [cut, [[f.lower() for f in s] for s in cut], [[f.upper() for f in s] for s in cut]]
        self.words = [np.concatenate(features.words(v)) for v in spelled]
        for key in ("tags", "names", "heads", "deprels"):
            setattr(self, key, Target(z[key], z[key + "_share"]))
        self.droppable = np.zeros(len(cut), bool)


class Batch:
    """Some sentences, one after another. Sentence s has the tokens [start[s], start[s + 1])."""

    def __init__(self, features, words, start, weights):
        self.features, self.words = features, words
        self.ids, self.start = torch.from_numpy(features.table[words]), torch.from_numpy(start)
        self.weights = torch.from_numpy(weights)


class Batches:
    """Batches of sentences of similar length from several corpora."""

    def __init__(self, features, size, word_drop, rng):
        self.features, self.size, self.word_drop, self.rng = features, size, word_drop, rng
        self.corpora, self.rare, self.pools = [], None, []

    def add(self, corpus, copies=1):
        self.corpora.append((corpus, copies))
        return self

    def count_words(self):
        count = np.zeros(len(self.features.number), np.int64)
        for corpus, _ in self.corpora:
            np.add.at(count, corpus.words[0], 1)
        self.seen = count
        self.rare = np.maximum(self.word_drop, 1.0 / (2.0 + count)).astype(np.float32)

    def gather_names(self, labels, listed):
        """Lets words of names be replaced by words that stand in the same place of other names of the type, so that
        names are known by what is round them, too. Words of annotated plain text must be often seen so. `listed` has
        more such words, by type and place, of which those are taken that are never seen in small letters."""
        numbers = {key: np.concatenate(self.features.words([["x", word] for word in words])).reshape(-1, 2)[:, 1]
                   for key, words in listed.items()}
        self.count_words()
        common = {f for (_, f), n in zip(self.features.number, self.seen) if n > 3 and f.islower()}
        forms = np.array([f for _, f in self.features.number])
        fit = np.array([not flags and len(f) > 2 and f.isalpha() and f.istitle() for flags, f in self.features.number])
        types = sorted({n[2:] for n in labels.names if n != "O"})
        counts = np.zeros((3 * len(types) + 1, len(forms)), np.int64)
        gold = np.zeros(counts.shape, bool)
        for corpus, _ in self.corpora:
            name = np.append(corpus.names.best, 0)
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
        self.listed = [np.array([n for n in numbers.get((types[k // 3], k % 3), []) if forms[n].lower() not in common],
                                int) for k in range(len(self.pools))]
        for part in self.listed:
            self.rare[part] = self.word_drop
        print("words to change in names:", [len(p) for p in self.pools], [len(p) for p in self.listed], flush=True)

    def change_names(self, words, place):
        chosen = np.flatnonzero((place >= 0) & (self.rng.random(len(words)) < 0.3))
        of_list = self.rng.random(len(chosen)) < 0.5
        for k, pools in enumerate(zip(self.pools, self.listed)):
            for pool, wanted in zip(pools, (~of_list, of_list)):
                here = chosen[(place[chosen] == k) & wanted]
                if len(here) and len(pool):
                    words[here] = self.rng.choice(pool, len(here))

    def plan(self):
        """One epoch: a list of (corpus, sentence numbers)."""
        out = []
        for corpus, copies in self.corpora:
            n = len(corpus.start) - 1
            for _ in range(copies):
                chosen = self.rng.permutation(n)
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
                variant = self.rng.choice(3, len(numbers), p=SPELLED)
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
        batch = Batch(self.features, words, start, weights)
        for key in ("tags", "names", "heads", "deprels"):
            setattr(batch, key, getattr(corpus, key).rows(rows))
        return batch


def soft_loss(scores, choice, share):
    """Cross entropy against the known part of a distribution, the mean over tokens for which there is one."""
    got = F.log_softmax(scores, 1).gather(1, choice.clamp(min=0))
    return -(got * share).sum() / share.sum().clamp(min=1)


def tag_loss(model, scores, choice, share):
    """Of the tags; and of the classes, where the model has scores for them, by what their tags have together."""
    n = len(model.class_of)
    loss = soft_loss(scores[:, :n], choice, share)
    if scores.shape[1] == n:
        return loss
    known = F.one_hot(model.class_of[choice.clamp(min=0)], scores.shape[1] - n) * share[..., None]
    known = known.sum(1)
    return loss - (F.log_softmax(scores[:, n:], 1) * known).sum() / known.sum().clamp(min=1)


def loss_of(model, batch, names_weight):
    t = lambda x: (torch.from_numpy(x.choice).long(), torch.from_numpy(x.share).float())
    y = model.encode(batch)
    tag_scores, name_scores, arcs, valid = model.scores(y, batch.start)
    heads, share = t(batch.heads)
    # within a padded sentence the head is a column; the root is the last one
    column = torch.where(heads > 0, heads - 1, arcs.shape[2] - 1)
    names = t(batch.names)
    return (tag_loss(model, tag_scores, *t(batch.tags)) + soft_loss(arcs[valid], column, share) +
            soft_loss(model.relations(y, head_rows(heads[:, 0], batch.start)), *t(batch.deprels)) +
            soft_loss(name_scores, *names) * names_weight * names[1].sum() / len(y))


class Optimiser:
    """Adam. The embeddings have a lazy one: of a batch only the rows of its words change."""

    def __init__(self, model, args):
        self.model, adam = model, dict(lr=args.rate, betas=(0.9, 0.98), eps=1e-8)
        encoder = [p for name, p in model.named_parameters() if name.startswith("encoder.")]
        self.rest = [p for name, p in model.named_parameters() if not name.startswith(("encoder.", "emb."))]
        self.parts = [torch.optim.SparseAdam(list(model.emb.parameters()), **adam),
                      torch.optim.AdamW(self.rest, weight_decay=0.0, fused=True, **adam)]
        self.peaks = [args.rate, args.rate]
        if encoder:
            self.parts.append(torch.optim.AdamW(encoder, weight_decay=0.01, fused=True, **adam))
            self.peaks.append(args.encoder_rate)
            self.rest = self.rest + encoder

    def step(self, loss, rate):
        for opt, peak in zip(self.parts, self.peaks):
            opt.zero_grad(set_to_none=True)
            opt.param_groups[0]["lr"] = peak * rate
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.rest, 5.0)
        for opt in self.parts:
            opt.step()


def rate_at(done, warm):
    """done: share of the training that is over."""
    return min(1.0, done / warm) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-3


class Average:
    """Exponential average of the weights, used instead of the last ones."""

    EVERY, EVERY_ROW = 4, 64  # steps; the embeddings, which are most of the weights, less often

    def __init__(self, model, decay=0.997):
        self.decay, self.steps = decay, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model):
        self.steps += 1
        state = model.state_dict()
        for every, keys in ((self.EVERY, [k for k in state if not k.startswith("emb.")]),
                            (self.EVERY_ROW, ["emb.weight"])):
            if self.steps % every == 0:
                k = min(self.decay ** every, (1 + self.steps) / (10 * every + self.steps))
                mine = [self.state[x] for x in keys]
                torch._foreach_mul_(mine, k)
                torch._foreach_add_(mine, [state[x] for x in keys], alpha=1 - k)


def save(path, model, state, labels, features):
    torch.save({"sizes": model.sizes, "peak": model.rounding.peak if model.rounding else {}, "state": state,
                "tags": labels.tags, "names": labels.names,
                "deprels": labels.deprels, "version": features.version, "step": torch.from_numpy(labels.step),
                "first": torch.from_numpy(labels.first)}, path)


def load(path, drop=0.0):
    z = torch.load(path, weights_only=True)
    labels = Labels(z["tags"], z["names"], z["deprels"])
    labels.step, labels.first = legal_transitions(labels.names)
    if "step" in z:
        labels.step, labels.first = z["step"].numpy(), z["first"].numpy()
    model = make_network(labels, z["sizes"], drop)
    model.load_state_dict(z["state"])
    if z.get("peak"):
        model.rounding = Rounding(z["peak"])
    return model.eval(), labels


def make_network(labels, sizes, drop=0.0, fresh=False):
    sizes = dict(sizes, drop=drop)
    return Teacher(labels=labels, fresh=fresh, **sizes) if sizes.pop("teacher", 0) else Network(labels=labels, **sizes)


def analyse(models, labels, batches, corpus):
    """Yields for each batch: sentence numbers, starts, tags, names (Viterbi), heads, relations."""
    step, first = labels.step, labels.first
    length = np.diff(corpus.start)
    order = np.argsort(length, kind="stable")
    cut = np.flatnonzero(np.diff(np.cumsum(length[order]) // 4000)) + 1
    for numbers in np.split(order, cut):
        batch = batches.take(corpus, numbers, training=False)
        start = batch.start
        with torch.no_grad():
            ys = [m.encode(batch) for m in models]
            parts = [m.scores(y, start) for m, y in zip(models, ys)]
            tags = labels.best_tags(sum(p[0] for p in parts).numpy())
            names = sum(F.log_softmax(p[1], 1) for p in parts).numpy() / len(models)
            arcs = sum(F.log_softmax(p[2], 2) for p in parts).numpy()
            s = start.numpy()
            name_out, heads = np.zeros(s[-1], int), np.zeros(s[-1], np.int64)
            for k in range(len(numbers)):
                a, b = s[k], s[k + 1]
                n = b - a
                name_out[a:b] = viterbi(names[a:b], step, first)
                heads[a:b] = tree_heads(np.concatenate([arcs[k, :n, :n], arcs[k, :n, -1:]], 1))
            rows = head_rows(torch.from_numpy(heads), start)
            scores = sum(F.log_softmax(m.relations(y, rows), 1) for m, y in zip(models, ys))
            scores[:, labels.deprel["root"]] = torch.where(rows < 0, 1e9, -1e9)
            yield numbers, s, tags, name_out, heads, scores.argmax(1).numpy()


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
                own = spans([labels.names[n] for n in names[a:s[k + 1]]], three=True)
                true = spans(gold.names, three=True)
                found += [len(own & true), len(own), len(true)]
    right = right / corpus.start[-1] * 100
    f1 = 200 * found[0] / max(1, found[1] + found[2])
    return "UPOS {:.2f} XPOS {:.2f} UAS {:.2f} LAS {:.2f}".format(*right) + (f" NER {f1:.2f}" if found[2] else "")


def sizes_of(args, features, labels):
    sizes = dict(rows=features.rows, features=features.count, width=args.width, layers=args.layers, arc=args.arc,
                 tag=args.hidden, name=args.hidden, label=args.label, reach=args.reach, window=args.window,
                 classes=len(labels.classes))
    return dict(sizes, teacher=1, window=0, classes=0) if args.teacher else sizes


def start_from(model, state):
    own = model.state_dict()
    own.update({k: v for k, v in state.items() if k in own and v.shape == own[k].shape})
    model.load_state_dict(own)


def fit(args):
    rng = np.random.default_rng(args.seed)
    features = Features(args.tools + "/features")
    train, dev = load_sentences(args)
    labels = load(args.teachers[0])[1] if args.teachers else Labels.of(train, 3)
    labels.step, labels.first = legal_transitions(labels.names)
    batches = Batches(features, args.batch, args.word_drop, rng).add(Corpus(train, labels, features),
                                                                     copies=args.gold_copies)
    for path in args.silver or []:
        batches.add(Silver(path, features))
    batches.count_words()
    if args.silver and len(labels.names) > 1:
        batches.gather_names(labels, sources.listed_names(args.knowledge))
    model = make_network(labels, sizes_of(args, features, labels), args.drop, fresh=True)
    if args.init:
        start_from(model, torch.load(args.init, weights_only=True)["state"])
    elif args.silver:
        start_embeddings(model, features, args.silver)
    average, opt = Average(model), Optimiser(model, args)
    print(f"{len(train)} sentences, {sum(p.numel() for p in model.parameters())} parameters, {len(labels.tags)} tags, "
          f"names {labels.names}", flush=True)
    began, measuring = time.time(), 0
    for epoch in range(args.epochs):
        model.train()
        plan, total = batches.plan(), 0.0
        for k, (corpus, numbers) in enumerate(plan):
            done = (epoch + k / len(plan)) / args.epochs
            if args.minutes:
                done = max(done, (time.time() - began) / 60 / args.minutes)
                if done >= 1:
                    break
            if done >= args.round_from and not args.teacher:
                if model.rounding is None:
                    model.rounding = Rounding()
                measuring += 1
                model.rounding.learning = measuring <= 30
            loss = loss_of(model, batches.take(corpus, numbers), args.names_weight)
            opt.step(loss, rate_at(done, 0.04))
            average.update(model)
            total += loss.item()
        last = done >= 1 or epoch == args.epochs - 1
        print(f"epoch {epoch + 1}: loss {total / max(1, k):.4f}, {time.time() - began:.0f} s", flush=True)
        if epoch % 3 == 2 or last:
            shown = make_network(labels, model.sizes)
            shown.load_state_dict(average.state)
            shown.rounding = Rounding(model.rounding.peak) if model.rounding else None
            save(args.out, model, average.state, labels, features)
            for name, part in dev.items():
                print("   ", name, evaluate([shown.eval()], labels, batches, part, features), flush=True)
        if last:
            break


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
    """The last layer of all tokens, without dropout, of each spelling after the other."""
    parts, spelled = [], corpus.words
    for words in spelled:
        corpus.words = [words]
        for numbers in np.array_split(np.arange(len(corpus)), len(corpus) // 200 + 1):
            with torch.no_grad():
                parts.append(model.encode(batches.take(corpus, numbers, training=False)))
    corpus.words = spelled
    return torch.cat(parts)


def names(args):
    rng = np.random.default_rng(args.seed)
    features = Features(args.tools + "/features")
    train, dev = load_sentences(args)
    model, labels = load(args.out)
    if model.rounding is None:
        raise SystemExit(f"{args.out}: was trained without rounding to 8 bits, as --round-from says")
    batches = Batches(features, args.batch, 0, rng)
    corpus = Corpus([s for s in train if s.names and "?" not in s.names], labels, features)
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
            gold = torch.from_numpy(corpus.names.best)[at]
            spelled = rng.choice(3, len(a), p=SPELLED)[:, None] * start[-1]
            hidden = F.relu(model.product("n1", model.n1, F.dropout(y[at + torch.from_numpy(spelled)], args.drop)))
            scores = model.n2(F.dropout(hidden, 0.3))
            loss = sequence_loss(scores, gold, valid, step + learned[0], first + learned[1])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
    with torch.no_grad():  # the last layer has new inputs
        model.rounding.measure("n2", F.relu(model.product("n1", model.n1, y)))
    labels.step, labels.first = ((a + b).detach().numpy() for a, b in zip((step, first), learned))
    save(args.out, model, model.state_dict(), labels, features)
    for name, part in dev.items():
        print("   ", name, evaluate([model], labels, batches, part, features), flush=True)


TOP = dict(tags=3, names=3, heads=4, deprels=3)  # choices kept of each distribution


def annotate(model, labels, batch):
    """The likeliest choices and their probabilities, by token, and the vectors of the last layer."""
    y = model.encode(batch)
    tags, names, arcs, valid = model.scores(y, batch.start)
    arcs, root = arcs[valid].softmax(1), arcs.shape[2] - 1
    share, column = arcs.topk(min(TOP["heads"], arcs.shape[1]), 1)
    head = torch.where(column == root, 0, column + 1)
    relations = model.relations(y, head_rows(head[:, 0], batch.start))
    relations[:, labels.deprel["root"]] = torch.where(head[:, 0] == 0, 1e9, -1e9)
    out = {"heads": (head, share)}
    for key, scores in (("tags", tags[:, :len(labels.tags)]), ("names", names), ("deprels", relations)):
        share, choice = scores.softmax(1).topk(TOP[key], 1)
        out[key] = (choice, share)
    return out, y


def label(args):
    features = Features(args.tools + "/features")
    model, labels = load(args.teachers[0])
    if isinstance(model, Teacher):
        model.encoder.layers.bfloat16()  # it computes so anyway
    train, _ = load_sentences(args)
    texts = sources.read_news(news_path(args), args.news)
    print(f"news: {sum(map(len, texts))} words", flush=True)
    if args.rename:
        listed = [w for part in sources.listed_names(args.knowledge).values() for w in part]
        words = sorted(set(listed) | set(sources.proper_words(texts)))
        print(f"{len(words)} words for names", flush=True)
        texts = [t for seed in range(args.rename)
                 for t in sources.renamed(train, words, np.random.default_rng(args.seed + 100 + seed))]
    else:
        for seed in range(args.recombine):
            texts += sources.recombined(train, np.random.default_rng(args.seed + seed))
    own_part, parts = map(int, args.part.split("/"))
    texts = texts[own_part::parts]
    start = np.concatenate([[0], np.cumsum([len(t) for t in texts])])
    words = np.concatenate(features.words(texts))
    known = {}
    form = np.array([known.setdefault(f.lower(), len(known)) for f in features.forms])
    vectors = torch.zeros(len(known), model.sizes["width"])
    seen = torch.zeros(len(known))
    size = start[-1]
    out = {k: (np.zeros((size, n), np.int16), np.zeros((size, n), np.float16)) for k, n in TOP.items()}
    length = np.diff(start)
    order = np.argsort(length, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(np.cumsum(length[order]) // args.batch)) + 1)
    began = time.time()
    print(f"{len(texts)} sentences, {len(words)} words", flush=True)
    for k, numbers in enumerate(groups):
        rows = np.concatenate([np.arange(start[n], start[n + 1]) for n in numbers])
        own = np.concatenate([[0], np.cumsum(length[numbers])])
        batch = Batch(features, words[rows], own, np.ones((len(rows), features.count), np.float32))
        with torch.no_grad():
            found, y = annotate(model, labels, batch)
            at = torch.from_numpy(form[words[rows]])
            vectors.index_add_(0, at, y)
            seen.index_add_(0, at, torch.ones(len(at)))
        for key, (choice, share) in found.items():
            width = choice.shape[1]
            out[key][0][rows, :width] = choice.numpy()
            out[key][1][rows, :width] = share.numpy()
        if k % 200 == 199:
            print(f"{k + 1} of {len(groups)} batches, {time.time() - began:.0f} s", flush=True)
    forms = np.frombuffer("\n".join(f for t in texts for f in t).encode(), np.uint8)
    np.savez(args.out, forms=forms, start=start, word=np.array("\n".join(known)), vectors=vectors.numpy(),
             seen=seen.numpy(),
             **{k: v[0] for k, v in out.items()}, **{k + "_share": v[1] for k, v in out.items()})


def mean_vectors(paths):
    """The words that `label` saw, the teacher's mean vector of each, and how often it was seen."""
    files = [np.load(path) for path in paths]
    forms = [str(z["word"]).split("\n") for z in files]
    number = {f: i for i, f in enumerate(dict.fromkeys(f for part in forms for f in part))}
    total, seen = np.zeros((len(number), files[0]["vectors"].shape[1]), np.float32), np.zeros(len(number), np.float32)
    for part, z in zip(forms, files):
        at = [number[f] for f in part]
        total[at] += z["vectors"]
        seen[at] += z["seen"]
    return list(number), torch.from_numpy(total / seen[:, None]), torch.from_numpy(seen)


def start_embeddings(model, features, paths):
    """Fits the embeddings so that their sum for a word comes near the teacher's mean vector of the word, brought to the
    width of the model by its principal components."""
    forms, vector, seen = mean_vectors(paths)
    weight = seen.sqrt()
    vector = vector - (vector * weight[:, None]).sum(0) / weight.sum()
    _, _, axes = torch.linalg.svd(vector * (weight / weight.sum()).sqrt()[:, None], full_matrices=False)
    target = vector @ axes[:model.sizes["width"]].T
    # turned so that no number is more important than another
    spin, _ = torch.linalg.qr(torch.randn(target.shape[1], target.shape[1]))
    target = target @ spin
    target *= 0.3 / target.std()
    numbers = np.concatenate(features.words([["x"] + [f] for f in forms])).reshape(-1, 2)[:, 1]
    ids = torch.from_numpy(features.table[numbers])
    with torch.no_grad():
        model.emb.weight.mul_(0.3)
    opt = torch.optim.SparseAdam(list(model.emb.parameters()), lr=3e-3)
    chance = (seen.clamp(max=50)).sqrt()
    steps = 1200
    for step in range(steps):
        at = torch.multinomial(chance, 4096, replacement=True)
        keep = torch.ones(len(at), ids.shape[1])
        keep[torch.rand(len(at)) < 0.25, :2] = 0.0  # endings and shapes learn, too
        opt.param_groups[0]["lr"] = 5e-3 * (1 - step / steps) + 1e-5
        opt.zero_grad()
        loss = (model.emb(ids[at], per_sample_weights=keep) - target[at]).square().mean()
        loss.backward()
        opt.step()
    print(f"embeddings: {len(forms)} words, error {loss.item():.4f} of {target.square().mean().item():.4f}", flush=True)


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
    {"fit": fit, "names": names, "label": label, "test": test}[args.task](args)


if __name__ == "__main__":
    main()
