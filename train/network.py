"""The network of src/lang/net.h in PyTorch."""
import ctypes

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

SCAN = None


def load_scan(path):
    """The recurrence as a C function, see scan/sru_scan.c."""
    global SCAN
    SCAN = ctypes.CDLL(path)


def pointer(t):
    return ctypes.c_void_p(t.data_ptr())


class Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u, v, start):
        u, v = u.contiguous(), v.contiguous()
        half = u.shape[1] // 6
        c, h = u.new_empty(len(u), 2 * half), u.new_empty(len(u), 2 * half)
        SCAN.scan_forward(pointer(u), pointer(v), pointer(start), ctypes.c_int64(len(start) - 1),
                          ctypes.c_int64(half), pointer(c), pointer(h))
        ctx.save_for_backward(u, v, start, c)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, v, start, c = ctx.saved_tensors
        half = u.shape[1] // 6
        du, dh = torch.empty_like(u), dh.contiguous()
        SCAN.scan_backward(pointer(u), pointer(v), pointer(start), ctypes.c_int64(len(start) - 1),
                           ctypes.c_int64(half), pointer(c), pointer(dh), pointer(du))
        d, p = du.view(-1, 2, 3, half), c.view(-1, 2, 1, half)
        dv = (d[:, :, 1:] * p).sum(0).reshape(-1)
        return du, dv, None


class Dropout:
    """Dropout with masks cut out of one large random array: drawing new numbers each time takes longer than the
    products of so small a network."""
    SIZE = 1 << 24

    def __init__(self, share):
        self.share, self.pool = share, None

    def __call__(self, x, training):
        if not training or not self.share:
            return x
        if self.pool is None:
            self.pool = ((torch.rand(self.SIZE) >= self.share).float() / (1 - self.share)).to(x.dtype)
        at = int(torch.randint(self.SIZE - x.numel(), (1,)))
        return x * self.pool[at:at + x.numel()].view_as(x)


class Rounding:
    """The run time's whole numbers while training: weights are rounded to 8 bits, inputs to 6, on the way forward and
    not on the way back (Jacob et al., CVPR 2018). `peak` is the largest input of a layer, by the name of the layer, but
    for one in ten thousand; while `learning`, the peaks are being measured.

    Most inputs are far below their peak: a step that gives it 127 * SPREAD, and cuts off what is beyond LIMIT, tells
    the others apart better. The two sides of the arc product are cut off only. SPREAD was chosen among 0.35, 0.42 and
    0.5 on the development parts of EWT and GUM."""

    LIMIT, WEIGHT_LIMIT, SHARE, SPREAD, ARC_SIDES = 31, 127, 0.9999, 0.42, ("p", "q")

    def __init__(self, peak=None):
        self.peak, self.learning = dict(peak or {}), peak is None

    @staticmethod
    def rounded(x, scale):
        return x + ((x / scale).round() * scale - x).detach()

    def measure(self, name, x, least=1e-3):
        sample = x.detach().abs().flatten()
        sample = sample[::max(1, len(sample) // 100000)]
        self.peak[name] = max(least, torch.quantile(sample, self.SHARE).item())

    def inputs(self, name, x):
        if self.learning:
            self.measure(name, x, self.peak.get(name, 1e-3))
            return x
        step = self.step(name)
        return self.rounded(x.clamp(-self.LIMIT * step, self.LIMIT * step), step)

    def step(self, name):
        """What one whole number more of a layer's input stands for."""
        return self.peak[name] / (127 if name in self.ARC_SIDES else 127 * self.SPREAD)

    def weights(self, w):
        scale = w.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / self.WEIGHT_LIMIT
        return self.rounded(w, scale)


# layers that read the same numbers share the scale of their inputs
INPUT_OF = {"near": "w0", "t1": "y", "n1": "y", "d": "y", "h": "y", "ld": "y", "lh": "y"}


class Network(nn.Module):
    """Sizes as in net.dim. `drop` is the share of numbers left out between layers while training. With a `reach` the
    layers are convolutions over so many words on each side, for comparison; the run time has recurrent ones only. The
    first of those is joined by a layer that sees `window` words on each side."""

    def __init__(self, rows, features, labels, width=192, layers=3, arc=128, tag=96, name=64, label=96, drop=0.2,
                 reach=0, window=0, classes=0):
        super().__init__()
        self.sizes = dict(rows=rows, features=features, width=width, layers=layers, arc=arc, tag=tag, name=name,
                          label=label, reach=reach, window=window, classes=classes)
        self.reach = reach
        self.drop, self.rounding = Dropout(drop), None
        self.emb = nn.EmbeddingBag(rows, width, mode="sum", sparse=True)
        nn.init.normal_(self.emb.weight, std=0.03)
        self.b0 = nn.Parameter(torch.zeros(width))
        inputs, outputs = ((2 * reach + 1) * width, width) if reach else (width, 3 * width)
        self.w = nn.ModuleList(nn.Linear(inputs, outputs) for _ in range(layers))
        self.v = nn.ParameterList(nn.Parameter(torch.zeros(2 * width)) for _ in range(layers))
        for w in self.w:
            nn.init.uniform_(w.weight, -(3.0 / inputs) ** 0.5, (3.0 / inputs) ** 0.5)
            nn.init.zeros_(w.bias)
        if window:
            self.near = nn.Linear(width, (2 * window + 1) * width)
            nn.init.uniform_(self.near.weight, -(1.0 / width) ** 0.5, (1.0 / width) ** 0.5)
            nn.init.zeros_(self.near.bias)
        self.t1, self.t2 = nn.Linear(width, tag), nn.Linear(tag, len(labels.tags) + classes)
        self.class_of = torch.from_numpy(labels.class_of)
        self.n1, self.n2 = nn.Linear(width, name), nn.Linear(name, len(labels.names))
        self.d, self.h, self.u = nn.Linear(width, arc), nn.Linear(width, arc), nn.Linear(arc, arc)
        self.ld, self.lh = nn.Linear(width, label), nn.Linear(width, label, bias=False)
        self.lo = nn.Linear(label, len(labels.deprels))
        self.root_h = nn.Parameter(torch.randn(arc) * 0.1)
        self.root_l = nn.Parameter(torch.randn(label) * 0.1)
        with torch.no_grad():
            self.u.weight.mul_(0.5).add_(torch.eye(arc) * 0.2)

    def product(self, name, layer, x):
        if self.rounding is None:
            return layer(x)
        x = self.rounding.inputs(INPUT_OF.get(name, name), x)
        return F.linear(x, self.rounding.weights(layer.weight), layer.bias)

    def head(self, name, x):
        return self.product(name, getattr(self, name), self.drop(x, self.training))

    def settled(self, name, x):
        """Numbers that are multiplied with numbers."""
        return x if self.rounding is None else self.rounding.inputs(name, x)

    def embed(self, batch):
        return self.emb(batch.ids, per_sample_weights=batch.weights) + self.b0

    def encode(self, batch):
        return self.recur(self.embed(batch), batch.start)

    def recur(self, x, start):
        for k, (w, v) in enumerate(zip(self.w, self.v)):
            u = self.drop(x, self.training)
            near = self.windowed(u, start) if k == 0 and self.sizes["window"] else None
            u = self.product(f"w{k}", w, self.neighbours(u, start) if self.reach else u)
            x = x + (F.relu(u) if self.reach else Scan.apply(u, v, start))
            if near is not None:
                x = x + near
        return x

    def windowed(self, x, start):
        """One hidden layer over each word and its neighbours: a product for each distance, all made of each word."""
        window, width = self.sizes["window"], x.shape[1]
        parts = self.product("near", self.near, x).view(len(x), 2 * window + 1, width)
        sentence = torch.repeat_interleave(torch.arange(len(start) - 1), start[1:] - start[:-1])
        total = parts[:, window]
        for k in range(1, min(window, len(x) - 1) + 1):
            same = (sentence[k:] == sentence[:-k])[:, None]
            total = total + F.pad(parts[k:, window + k] * same, (0, 0, 0, k))
            total = total + F.pad(parts[:-k, window - k] * same, (0, 0, k, 0))
        return F.relu(total)

    def neighbours(self, x, start):
        """Of each word the numbers of itself and of `reach` words on both sides, 0 beyond the sentence."""
        sentence = torch.repeat_interleave(torch.arange(len(start) - 1), start[1:] - start[:-1])
        parts = []
        for k in range(-self.reach, self.reach + 1):
            same = torch.roll(sentence, -k) == sentence
            at = torch.arange(len(x)) + k
            same &= (at >= 0) & (at < len(x))
            parts.append(torch.where(same[:, None], torch.roll(x, -k, 0), 0.0))
        return torch.cat(parts, 1)

    def scores(self, y, start):
        """Tag (and then class) and name scores by token; arc scores [sentence][dependent][head], the root at the end."""
        y = self.drop(y, self.training)
        tags = self.head("t2", F.relu(self.product("t1", self.t1, y)))
        names = self.head("n2", F.relu(self.product("n1", self.n1, y)))
        d = self.settled("p", self.head("u", F.relu(self.product("d", self.d, y))))
        h = self.settled("q", self.drop(F.relu(self.product("h", self.h, y)), self.training))
        root = self.settled("q", self.root_h)
        length = start[1:] - start[:-1]
        n, longest = len(length), int(length.max())
        column = torch.arange(longest)
        valid = column[None] < length[:, None]
        at = torch.where(valid, start[:-1, None] + column[None], 0)
        heads = torch.cat([h[at], root.expand(n, 1, -1)], 1)
        arcs = d[at] @ heads.transpose(1, 2)
        mask = torch.cat([valid, torch.ones(n, 1, dtype=torch.bool)], 1)
        arcs = arcs.masked_fill(~mask[:, None], -1e9)
        diagonal = torch.cat([torch.eye(longest, dtype=torch.bool), torch.zeros(longest, 1, dtype=torch.bool)], 1)
        return tags, names, arcs.masked_fill(diagonal[None], -1e9), valid

    def relations(self, y, rows):
        """Scores of relations; rows: the row of each token's head, or -1 for the root."""
        y = self.drop(y, self.training)
        lh = self.product("lh", self.lh, y)[rows.clamp(min=0)]
        lh = torch.where((rows < 0)[:, None], self.root_l, lh)
        return self.head("lo", F.relu(self.product("ld", self.ld, y) + lh))


def head_rows(heads, start):
    """Heads counted from 1 within the sentence (0: root) -> rows of the batch, or -1."""
    first = torch.repeat_interleave(start[:-1], start[1:] - start[:-1])
    return torch.where(heads > 0, first + heads - 1, -1)


def tree_heads(arcs):
    """Maximum spanning arborescence with one root: arcs[dependent][head], last column the root."""
    n = len(arcs)
    best = arcs.argmax(1)
    if is_tree(best, n):
        return np.where(best == n, 0, best + 1)
    scores, result = None, None
    for root in np.argsort(-arcs[:, n])[:6]:  # which word is the root: the likeliest few are tried
        m = np.full((n + 1, n + 1), -1e18)
        m[1:, 1:] = arcs[:, :n]
        m[root + 1, 0] = 0.0
        heads = edmonds(m)
        total = arcs[root, n] + sum(m[i + 1, heads[i + 1]] for i in range(n) if i != root)
        if scores is None or total > scores:
            scores, result = total, heads[1:]
    return result


def is_tree(best, n):
    if (best == n).sum() != 1:
        return False
    for i in range(n):
        k, steps = i, 0
        while k != n and steps <= n:
            k, steps = best[k], steps + 1
        if k != n:
            return False
    return True


def edmonds(m):
    """Chu-Liu/Edmonds on m[dependent][head]; node 0 is the root. Heads of all nodes."""
    n = len(m)
    m = m.copy()
    np.fill_diagonal(m, -1e20)
    heads = m.argmax(1)
    heads[0] = -1
    colour, cycle = [0] * n, None
    colour[0] = 2
    for i in range(1, n):
        path, k = [], i
        while colour[k] == 0:
            colour[k] = 1
            path.append(k)
            k = heads[k]
        if colour[k] == 1 and k in path:
            cycle = path[path.index(k):]
        for k in path:
            colour[k] = 2
        if cycle:
            break
    if not cycle:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    own = np.array([m[c, heads[c]] for c in cycle])
    k = len(outside)
    small = np.full((k + 1, k + 1), -1e18)
    small[:k, :k] = m[np.ix_(outside, outside)]
    into = m[np.ix_(cycle, outside)] - own[:, None]
    small[k, :k] = into.max(0)
    enter = into.argmax(0)
    out_of = m[np.ix_(outside, cycle)]
    small[:k, k] = out_of.max(1)
    leave = out_of.argmax(1)
    small[0] = -1e18
    sub = edmonds(small)
    result = heads.copy()
    for j in range(k):
        if outside[j] != 0:
            result[outside[j]] = cycle[leave[j]] if sub[j] == k else outside[sub[j]]
    broken = cycle[enter[sub[k]]]
    result[broken] = outside[sub[k]]
    result[0] = -1
    return result


def legal_transitions(names):
    """[from][to] and [first]: 0 where allowed, -1e9 where an I- follows neither its B- nor its I-."""
    def follows(a, b):
        return not b.startswith("I-") or a[2:] == b[2:] and a != "O"
    step = [[0.0 if follows(a, b) else -1e9 for b in names] for a in names]
    return np.array(step, np.float32), np.array([0.0 if not b.startswith("I-") else -1e9 for b in names], np.float32)


def viterbi(scores, step, first):
    best = scores[0] + first
    back = []
    for row in scores[1:]:
        total = best[:, None] + step
        back.append(total.argmax(0))
        best = total.max(0) + row
    path = [int(best.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]
