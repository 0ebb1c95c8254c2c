#!/usr/bin/env python3
"""Writes a trained network as the parts of a model file, in the arithmetic of the run time.

    export.py MODEL.pt PARTS [--data DIR] [--reference FILE]

PARTS gets one raw little-endian file per section, TAG.SIZE.bin; `pack` bundles them. Weights become whole numbers of
8 bits with one scale per output, embeddings the same with one scale per row, activations 6 bits with the scales that
they were rounded with in training. After that the same whole-number arithmetic is run here on
the development parts, so that the printed scores are those of the run time; --reference saves its scores for some
sentences (numpy .npz), --conllu DIR its analysis of the development parts.
"""
import argparse
import os

import numpy as np
import torch

import network
import train as trainer
from sources import spans
from treebank import Corpus, Features

QUANT, WEIGHT = network.Rounding.LIMIT, network.Rounding.WEIGHT_LIMIT


class Whole:
    """One linear layer in whole numbers, of which one more stands for `step` more of an input."""

    def __init__(self, weight, bias, step):
        w = weight.detach().double().numpy()
        scale = np.maximum(np.abs(w).max(1), 1e-8) / WEIGHT
        self.w = np.clip(np.rint(w / scale[:, None]), -WEIGHT, WEIGHT).astype(np.int8)
        self.bias = np.zeros(len(w), np.float32) if bias is None else bias.detach().numpy().astype(np.float32)
        self.mul = np.float32(1 / step)
        self.scale = (scale / np.float64(self.mul)).astype(np.float32)

    def __call__(self, x):
        total = quantised(x, self.mul).astype(np.float32) @ self.w.T.astype(np.float32)  # exact: below 2^24
        return total * self.scale + self.bias


def quantised(x, mul):
    v = x.astype(np.float32) * np.float32(mul)
    return np.rint(np.clip(v, -QUANT, QUANT)).astype(np.int16)


def shrunk(x):
    """Rows as the cache of the first layer keeps them: 16 bits and a scale each."""
    most = np.abs(x).max(1, keepdims=True)
    factor = np.where(most > 1e-30, np.float32(32767) / np.maximum(most, np.float32(1e-30)), 0).astype(np.float32)
    scale = np.where(most > 1e-30, most / np.float32(32767), 0).astype(np.float32)
    return np.rint(x * factor).astype(np.float32) * scale


def relu(x):
    return np.maximum(x, np.float32(0))


def recur(u, v, start, x):
    """The bidirectional recurrence in single precision, in the order of operations of kernel.c."""
    half, one, h5 = u.shape[1] // 6, np.float32(1), np.float32(0.5)
    for s in range(len(start) - 1):
        for back in (0, 1):
            vf, vr = v[2 * back], v[2 * back + 1]
            c = np.zeros(half, np.float32)
            rows = range(start[s], start[s + 1])
            for t in reversed(rows) if back else rows:
                z, f, r = u[t, back * 3 * half:(back + 1) * 3 * half].reshape(3, half)
                a, b = f + vf * c, r + vr * c
                g = h5 + h5 * (a / (one + np.abs(a)))
                c = g * c + (one - g) * z
                o = one + np.abs(b)
                x[t, back * half:(back + 1) * half] += h5 * (o + b) * c / (o * (one + np.abs(c)))


def windowed(parts, window, start):
    """The layer beside the first one, in the order of operations of kernel.c."""
    width = parts.shape[1] // (2 * window + 1)
    out = np.zeros((len(parts), width), np.float32)
    for a, b in zip(start[:-1], start[1:]):
        for k in range(-window, window + 1):
            if abs(k) < b - a:
                part = parts[:, (k + window) * width:(k + window + 1) * width]
                out[max(a, a - k):min(b, b - k)] += part[max(a, a + k):min(b, b + k)]
    return relu(out)


class WholeNetwork:
    """The forward pass of net.c in numpy."""

    def __init__(self, m):
        step = m.rounding.step
        self.sizes = m.sizes
        table = m.emb.weight.detach().numpy()
        self.emb_scale = (np.maximum(np.abs(table).max(1), 1e-12) / 127).astype(np.float32)
        self.emb = np.clip(np.rint(table / self.emb_scale[:, None]), -127, 127).astype(np.int8)
        self.b0 = m.b0.detach().numpy()
        self.recurrent = [Whole(w.weight, w.bias, step(f"w{k}")) for k, w in enumerate(m.w)]
        half = m.sizes["width"] // 2
        self.v = [v.detach().numpy().reshape(4, half) for v in m.v]
        self.near = [Whole(m.near.weight, m.near.bias, step("w0"))] if self.sizes["window"] else []
        self.heads = {k: Whole(layer.weight, layer.bias, step(network.INPUT_OF.get(k, k)))
                      for k, layer in ((k, getattr(m, k)) for k in ("t1", "t2", "n1", "n2", "d", "h", "u", "ld", "lh", "lo"))}
        self.root_h, self.root_l = m.root_h.detach().numpy(), m.root_l.detach().numpy()
        self.p_mul, self.h_mul = np.float32(1 / step("p")), np.float32(1 / step("q"))

    def layers(self):
        return self.recurrent + self.near + list(self.heads.values())

    def encode(self, ids, start):
        x = np.broadcast_to(self.b0, (len(ids), len(self.b0))).astype(np.float32)
        for f in range(ids.shape[1]):
            x = x + self.emb[ids[:, f]].astype(np.float32) * self.emb_scale[ids[:, f], None]
        near = [windowed(shrunk(w(x)), self.sizes["window"], start) for w in self.near]
        first, x = shrunk(self.recurrent[0](x)), shrunk(x)
        for k, (w, v) in enumerate(zip(self.recurrent, self.v)):
            recur(first if k == 0 else w(x), v, start, x)
            if k == 0 and near:
                x += near[0]
        return x

    def scores(self, y, start):
        h = self.heads
        tags, names = h["t2"](relu(h["t1"](y))), h["n2"](relu(h["n1"](y)))
        p, q = h["u"](relu(h["d"](y))), relu(h["h"](y))
        arcs = []
        for a, b in zip(start[:-1], start[1:]):
            heads = np.concatenate([q[a:b], self.root_h[None]])
            m = quantised(p[a:b], self.p_mul).astype(np.float32) @ quantised(heads, self.h_mul).T.astype(np.float32)
            m *= np.float32(1 / (self.p_mul * self.h_mul))
            np.fill_diagonal(m[:, :b - a], -1e9)
            arcs.append(m)
        return tags, names, arcs

    def relations(self, y, rows):
        h = self.heads
        other = np.where((rows < 0)[:, None], self.root_l[None], h["lh"](y)[np.maximum(rows, 0)])
        return h["lo"](relu(h["ld"](y) + other))


def analyse(net, labels, features, sentences):
    """One batch through the whole-number network: all scores and decisions."""
    corpus = Corpus(sentences, labels, features, variants=False)
    start = corpus.start
    y = net.encode(features.table[corpus.words[0]], start)
    tags, names, arcs = net.scores(y, start)
    step, first = labels.step, labels.first
    heads = np.concatenate([network.tree_heads(m) for m in arcs])
    name_path = np.concatenate([network.viterbi(names[a:b], step, first) for a, b in zip(start[:-1], start[1:])])
    origin = np.repeat(start[:-1], np.diff(start))
    rel = net.relations(y, np.where(heads > 0, origin + heads - 1, -1))
    choice = rel.copy()
    choice[heads > 0, labels.deprel["root"]] = -np.inf
    deprels = np.where(heads == 0, labels.deprel["root"], choice.argmax(1))
    return dict(start=start, tags=tags, names=names, arcs=arcs, relations=rel, tag=labels.best_tags(tags),
                name=name_path, head=heads, deprel=deprels)


def batches_of(sentences, size=100):
    return [sentences[i:i + size] for i in range(0, len(sentences), size)]


def put_part(folder, tag, size, data):
    path = f"{folder}/{tag}.{size}.bin"
    with open(path + ".new", "wb") as f:
        f.write(data if isinstance(data, bytes) else data.tobytes())
    os.replace(path + ".new", path)


def write_parts(folder, net, labels, features):
    s = net.sizes
    layers = net.layers()

    put = lambda tag, size, data: put_part(folder, tag, size, data)
    flat = lambda key, kind: np.concatenate([np.asarray(key(x), kind).reshape(-1) for x in layers])
    dim = [s["width"], s["width"] // 2, s["layers"], s["arc"], s["tag"], s["name"], s["label"], s["rows"],
           len(labels.tags), len(labels.names), len(labels.deprels), features.version, s["classes"], s["window"]]
    step, first = labels.step, labels.first
    put("net.dim", 4, np.array(dim, "<u4"))
    put("net.emb", 1, net.emb)
    put("net.embs", 4, net.emb_scale.astype("<f4"))
    put("net.b0", 4, net.b0.astype("<f4"))
    put("net.w", 1, flat(lambda x: x.w, "i1"))
    put("net.ws", 4, flat(lambda x: x.scale, "<f4"))
    put("net.wb", 4, flat(lambda x: x.bias, "<f4"))
    put("net.in", 4, np.array([x.mul for x in layers] + [net.p_mul, net.h_mul], "<f4"))
    put("net.v", 4, np.concatenate([v.reshape(-1) for v in net.v]).astype("<f4"))
    put("net.root", 4, np.concatenate([net.root_h, net.root_l]).astype("<f4"))
    put("net.tr", 4, np.concatenate([step.reshape(-1), first]).astype("<f4"))
    for tag, lines in (("lab.tag", labels.tags), ("lab.name", labels.names), ("lab.dep", labels.deprels)):
        put(tag, 1, "".join(x + "\n" for x in lines).encode())


def write_conllu(path, sentences, results, labels):
    with open(path, "w", encoding="utf-8") as f:
        for batch, r in zip(sentences, results):
            for k, s in enumerate(batch):
                for i, form in enumerate(s.forms):
                    at = r["start"][k] + i
                    upos, xpos, feats = labels.tags[r["tag"][at]].split("\t")
                    f.write("\t".join([str(i + 1), form, "_", upos, xpos, feats, str(r["head"][at]),
                                       labels.deprels[r["deprel"][at]], "_", "Entity=" + labels.names[r["name"][at]]]))
                    f.write("\n")
                f.write("\n")


def measure(sentences, results, labels):
    right, found, n = np.zeros(3), np.zeros(3), 0
    for batch, r in zip(sentences, results):
        for k, s in enumerate(batch):
            a = r["start"][k]
            for i in range(len(s.forms)):
                head = r["head"][a + i] == s.heads[i]
                same = labels.deprels[r["deprel"][a + i]].split(":")[0] == s.deprels[i].split(":")[0]
                upos = labels.tags[r["tag"][a + i]].split("\t")[0] == s.tags[i].split("\t")[0]
                right += [upos, head, head and same]
            n += len(s.forms)
            if s.names:
                own = spans([labels.names[x] for x in r["name"][a:a + len(s.forms)]], three=True)
                true = spans(s.names, three=True)
                found += [len(own & true), len(own), len(true)]
    text = "UPOS {:.2f} UAS {:.2f} LAS {:.2f}".format(*(100 * right / n))
    return text + (f" NER {200 * found[0] / (found[1] + found[2]):.2f}" if found[2] else "")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("parts")
    p.add_argument("--data", default="../shared/data")
    p.add_argument("--treebank", action="append")
    p.add_argument("--dev", action="append")
    p.add_argument("--tools", default="build")
    p.add_argument("--knowledge", default="knowledge")
    p.add_argument("--card", help="the model card to put into the model; otherwise a few lines are made")
    p.add_argument("--reference")
    p.add_argument("--conllu", help="folder for the analysed development parts")
    args = p.parse_args()
    features = Features(args.tools + "/features")
    model, labels = trainer.load(args.model)
    if model.rounding is None or model.reach:
        raise SystemExit(f"{args.model}: the run time has recurrent layers, trained with rounding to 8 bits, only")
    sentences, dev = trainer.load_sentences(args)
    net = WholeNetwork(model)
    os.makedirs(args.parts, exist_ok=True)
    write_parts(args.parts, net, labels, features)
    scores = []
    for name, part in dev.items():
        groups = batches_of(part)
        results = [analyse(net, labels, features, b) for b in groups]
        scores.append(f"{name}: {measure(groups, results, labels)}")
        print(scores[-1], flush=True)
        if args.conllu:
            os.makedirs(args.conllu, exist_ok=True)
            write_conllu(f"{args.conllu}/{name}.conllu", groups, results, labels)
    if args.card:
        with open(args.card, encoding="utf-8") as f:
            card = f.read()
    else:
        card = "\n".join(["Trained on " + ", ".join(args.treebank or ["EWT and GUM"])] + scores) + "\n"
    put_part(args.parts, "card", 1, card.encode())
    if args.reference:
        some = sentences[:20]
        r = analyse(net, labels, features, some)
        r["arcs"] = np.concatenate([m.reshape(-1) for m in r["arcs"]])
        np.savez(args.reference, forms="\n".join(" ".join(s.forms) for s in some), **r)


if __name__ == "__main__":
    main()
