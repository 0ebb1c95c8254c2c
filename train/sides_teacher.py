#!/usr/bin/env python3
"""The teacher of sides: of an event whose word and type are known, who is the source and who the target?

    sides_teacher.py fit   --base TEACHER.pt --train CORPUS.jsonl --dev CORPUS.jsonl --out MODEL
    sides_teacher.py label --base TEACHER.pt --model MODEL STORIES.jsonl LABELS.npz OUT.npz

The teacher of events (events_teacher.py) reads a text once for all of its events, this one once for each: where the layers
begin that are trained, the event's word gets a vector of its type, so that they read the text for the sake of that event.
Parties are those that the run time weighs (evidence_dump), and nobody in their place; a party is its head, the mean of its
words, the event's word, and the product of the first and the last.

`fit` begins with the weights of the teacher of events; its lowest layers stay as published. `label` takes the events that
LABELS.npz, the words of the teacher of events, are likely to name, and writes what the model thinks of their sides:
  ids         names of the stories             event_start  number of the first event of each story, and the end
  word, type  of each event: the byte at which its word begins, and the number in type_names
  party_start number of the first party of each event, and the end; begin, end: bytes of the party, of nobody 0 and 0
  score       [party][source, target], in log-odds
"""
import argparse
import json
import math
import os
import pathlib
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from encoder import Archive
from events_teacher import Pace, Vocabulary, load, rate_at
from evidence import evidence
from gold import MOST_TYPES, TYPES, Gold, read_sectors, sides_of
from network import Dropout

WIDEST = 160  # pieces of a text that is read as a whole; of a longer one the sentence is, and those beside it
FAR = 120  # words from the event's where those are too long
LIKELY = 0.4  # that a word names an event


class Window:
    """The part of a story around an event's word. `parties`: head, first and last word but one, in the window; `sides`: for
    each and for nobody whether it is source and target, None where that is to be found."""

    def __init__(self, story, words, count, token, kind, sides):
        low, high = 0, len(words)
        if count.sum() > WIDEST:
            near = np.abs(story.tokens[:, 2].astype(int) - int(story.tokens[token, 2])) <= 1
            low, high = int(np.flatnonzero(near)[0]), int(np.flatnonzero(near)[-1]) + 1
            if count[low:high].sum() > 3 * WIDEST:
                low, high = max(low, token - FAR), min(high, token + FAR)
        self.words, self.token, self.kind, self.sides = words[low:high], token - low, kind, sides
        self.width, self.place = int(count[low:high].sum()) + 2, (story.id, low, high)
        begin, end, last = story.tokens[low:high, 0], story.tokens[low:high, 1], high - low - 1
        self.actors = list(story.pairs[token])
        self.parties = []
        for actor in story.actors[self.actors]:
            first = min(int(np.searchsorted(end, actor[0], "right")), last)
            behind = min(max(int(np.searchsorted(begin, actor[1])), first + 1), last + 1)
            self.parties.append((min(max(int(actor[2]) - low, 0), last), first, behind))


def windows_of(stories, texts, events, vocabulary):
    """`events`: for each story (token, number of the type, sides)."""
    out = []
    for story, text, some in zip(stories, texts, events):
        if not some:
            continue
        words = vocabulary.words([text[a:b].decode("utf-8", "replace") for a, b in story.tokens[:, :2].tolist()])
        count = vocabulary.pieces.count[words]
        out += [Window(story, words, count, *event) for event in some if event[0] in story.nobody]
    return out


def make_batches(windows, most, rng=None):
    """Numbers of windows of like width, of at most `most` pieces with the padding."""
    width = np.array([w.width for w in windows], float)
    if rng is not None:
        width *= rng.uniform(0.9, 1.1, len(width))
    out, widest = [[]], 0
    for k in np.argsort(width, kind="stable"):
        widest = max(widest, windows[k].width)
        if out[-1] and (len(out[-1]) + 1) * widest > most:
            out.append([])
            widest = windows[k].width
        out[-1].append(int(k))
    return out


class Batch:
    """Windows to be read together: pieces in rows, one for each; the parties of all, nobody behind those of each."""

    def __init__(self, windows, pieces):
        first = np.concatenate([[0], np.cumsum([len(w.words) for w in windows])])
        words = np.concatenate([w.words for w in windows])
        self.ids, self.flat, self.owner, self.length = (torch.from_numpy(x) for x in pieces.layout(words, first))
        self.count = torch.from_numpy(pieces.count[words])
        self.word = torch.from_numpy(first[:-1] + np.array([w.token for w in windows]))
        self.kind = torch.tensor([w.kind for w in windows])
        rows = [(f + p[0], f + p[1], f + p[2], k, False) if p else (f + w.token, f + w.token, f + w.token + 1, k, True)
                for k, (w, f) in enumerate(zip(windows, first.tolist())) for p in w.parties + [None]]
        self.head, self.begin, self.end, self.event, self.nobody = (torch.tensor(x) for x in zip(*rows))
        self.sides = None
        if windows[0].sides is not None:
            self.sides = torch.from_numpy(np.concatenate([w.sides for w in windows])).float()


class SidesTeacher(nn.Module):
    def __init__(self, base, hidden=384, drop=0.2):
        super().__init__()
        width = base.encoder.word.weight.shape[1]
        self.base, self.drop, self.mark = base, Dropout(drop), nn.Embedding(MOST_TYPES, width)
        nn.init.normal_(self.mark.weight, std=0.3)
        self.inner, self.out = nn.Linear(4 * width, hidden), nn.Linear(hidden, 2)
        self.inner_of_nobody, self.out_of_nobody = nn.Linear(width, hidden), nn.Linear(hidden, 2)
        self.mix = nn.Parameter(torch.zeros(len(base.encoder.layers) - base.frozen))
        for p in base.parameters():
            p.requires_grad_(False)
        for layer in base.encoder.layers[base.frozen:]:
            layer.requires_grad_(True)

    def words(self, batch, lower):
        """A vector for each word, of a text in which the event's is marked."""
        at = torch.zeros(len(batch.count), dtype=torch.bool)
        kind = torch.zeros(len(batch.count), dtype=torch.long)
        at[batch.word], kind[batch.word] = True, batch.kind
        marked, flat = at[batch.owner], lower.reshape(-1, lower.shape[2])
        flat = flat + torch.zeros_like(flat).index_add(0, batch.flat[marked], self.mark(kind[batch.owner[marked]]))
        layers = self.base.run_layers(flat.view_as(lower), batch.length, self.base.encoder.layers[self.base.frozen:])
        mixed = sum(w * x for w, x in zip(F.softmax(self.mix, 0), layers))
        pieces = mixed.reshape(-1, mixed.shape[2])[batch.flat]
        return torch.zeros(len(batch.count), pieces.shape[1]).index_add(0, batch.owner, pieces) / batch.count[:, None]

    def forward(self, batch, lower):
        """[party][source, target]"""
        x = self.words(batch, lower)
        sums = torch.cat([torch.zeros(1, x.shape[1]), x.cumsum(0)])
        whole = (sums[batch.end] - sums[batch.begin]) / (batch.end - batch.begin)[:, None]
        word, head = x[batch.word][batch.event], x[batch.head]
        drop = lambda v: self.drop(v, self.training)
        party = self.out(drop(F.gelu(self.inner(drop(torch.cat([head, whole, word, head * word], 1))))))
        nobody = self.out_of_nobody(drop(F.gelu(self.inner_of_nobody(drop(word)))))
        return torch.where(batch.nobody[:, None], nobody, party)


class Lower:
    """What the frozen layers say of the windows, in 16 bits."""

    def __init__(self, base, windows, pieces, pace):
        different = list({w.place: w for w in windows}.values())
        first = np.concatenate([[0], np.cumsum([w.width for w in different])])
        self.at = {w.place: int(k) for w, k in zip(different, first)}
        self.rows = torch.empty(first[-1], base.encoder.word.weight.shape[1], dtype=torch.float16)
        for part in make_batches(different, 4000):
            batch = Batch([different[k] for k in part], pieces)
            pace.begin()
            x = base.lower(batch).half()
            pace.end(batch.ids.numel())
            for row, k in enumerate(part):
                self.rows[first[k]:first[k + 1]] = x[row, :different[k].width]

    def read(self, windows, batch):
        x = torch.zeros(*batch.ids.shape, self.rows.shape[1])
        for row, w in enumerate(windows):
            x[row, :w.width] = self.rows[self.at[w.place]:self.at[w.place] + w.width].float()
        return x


def loss_of(score, batch):
    """For each party by itself, and for the choice of a side among all and nobody; pairs_loss() of reader.py."""
    owner, share = batch.event[:, None].expand(-1, 2), score.clamp(max=15).exp()
    empty = torch.zeros(len(batch.word), 2)
    whole, right = empty.scatter_add(0, owner, share), empty.scatter_add(0, owner, share * batch.sides)
    return F.binary_cross_entropy_with_logits(score, batch.sides) + (whole.log() - (right + 1e-6).log()).mean()


def score_windows(model, windows, pieces, pace, most):
    """For each the scores of its parties and of nobody."""
    out = [None] * len(windows)
    with torch.inference_mode():
        for part in make_batches(windows, most):
            batch = Batch([windows[k] for k in part], pieces)
            pace.begin()
            score = model(batch, model.base.lower(batch))
            pace.end(batch.ids.numel())
            for k, s in zip(part, score.split([len(windows[k].parties) + 1 for k in part])):
                out[k] = s.numpy()
    return out


def report(windows, scores):
    """F1 of the parties that are likelier than not, and how often the likeliest of all, or nobody, is right."""
    figures = []
    for k, name in enumerate(("source", "target")):
        want = np.concatenate([w.sides[:-1, k] for w in windows]) > 0
        got = np.concatenate([s[:-1, k] for s in scores]) > 0
        best = np.mean([w.sides[s[:, k].argmax(), k] for w, s in zip(windows, scores)])
        figures.append(f"{name} F {200 * (want & got).sum() / (want.sum() + got.sum()):.1f}, likeliest right {100 * best:.1f}")
    return "; ".join(figures)


def fit(args, tool, base, vocabulary):
    torch.manual_seed(args.seed)
    rng, began, pace, pieces = np.random.default_rng(args.seed), time.time(), Pace(args.threads), vocabulary.pieces
    sectors = read_sectors(args.knowledge)
    train, dev = (windows_of(g.stories, [r["text"].encode() for r in g.rows], sides_of(g), vocabulary)
                  for g in (Gold(tool, path, sectors) for path in (args.train, args.dev)))
    print(f"{len(train)} events to learn from, {len(dev)} to develop", flush=True)
    model, lower = SidesTeacher(base), Lower(base, train, pieces, pace)
    print(f"frozen layers read after {time.time() - began:.0f} s", flush=True)
    encoder = [p for p in base.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("base.")]
    optimizer = torch.optim.AdamW([{"params": heads, "lr": args.rate}, {"params": encoder, "lr": args.encoder_rate}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    epochs = [make_batches(train, args.batch, rng) for _ in range(args.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: rate_at(k, steps, math.ceil(0.1 * steps)))
    for epoch, parts in enumerate(epochs, 1):
        losses = []
        model.train()
        for number, k in enumerate(rng.permutation(len(parts)), 1):
            windows = [train[i] for i in parts[k]]
            batch = Batch(windows, pieces)
            pace.begin()
            loss = loss_of(model(batch, lower.read(windows, batch)), batch)
            loss.backward()
            nn.utils.clip_grad_norm_(heads + encoder, 5.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            pace.end(batch.ids.numel())
            losses.append(loss.item())
            if number % 50 == 0:
                print(f"epoch {epoch} step {number}/{len(parts)} loss {np.mean(losses[-50:]):.3f} {time.time() - began:.0f} s",
                      flush=True)
        found = score_windows(model.eval(), dev, pieces, pace, args.batch)
        print(f"epoch {epoch} dev {report(dev, found)} {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), args.out)


def likely_events(stories, labels):
    """For each story the words that a teacher's labels say name an event, with the number of its type."""
    at = {name: k for k, name in enumerate(labels["ids"].tolist())}
    names, start, begin = labels["type_names"].tolist(), labels["doc_start"], labels["begin"]
    none, share, out = names.index("none"), labels["type"].astype(np.float32), []
    for s in stories:
        first, end = (int(start[at[s.id] + k]) for k in (0, 1))
        row, mine = {int(b): first + k for k, b in enumerate(begin[first:end])}, []
        for t, _, _ in s.words:
            p = share[row[int(s.tokens[t, 0])]] if int(s.tokens[t, 0]) in row else None
            if p is not None and 1 - p[none] > LIKELY:
                mine.append((t, TYPES.index(names[int(np.where(np.arange(len(p)) == none, 0, p).argmax())])))
        out.append(mine)
    return out


def label(args, tool, base, vocabulary):
    began, model = time.time(), SidesTeacher(base)
    model.load_state_dict(torch.load(args.model, weights_only=True))
    labels = np.load(args.labels, allow_pickle=False)
    texts = {r["id"]: r["text"].encode() for r in map(json.loads, open(args.stories, encoding="utf-8"))}
    first = evidence(tool, args.stories)
    events = likely_events(first, labels)
    asked = {s.id: "".join(f" {s.tokens[t, 0]}" for t, _ in some) for s, some in zip(first, events)}
    stories = evidence(tool, args.stories, [i + asked.get(i, "") for i in texts])  # one may be in another language
    events = [[e for e in some if e[0] in s.nobody] for s, some in zip(stories, events)]
    windows = windows_of(stories, [texts[s.id] for s in stories], [[(*e, None) for e in some] for some in events], vocabulary)
    scores = score_windows(model.eval(), windows, vocabulary.pieces, Pace(args.threads), args.batch)
    owners = [s for s, some in zip(stories, events) for _ in some]
    spans = [s.actors[w.actors, :2].tolist() + [[0, 0]] for s, w in zip(owners, windows)]
    begin, end = np.array([p for x in spans for p in x], np.uint32).T
    with open(f"{args.out}.part", "wb") as f:
        np.savez_compressed(
            f, ids=np.array([s.id for s in stories]), event_start=np.cumsum([0] + [len(e) for e in events]),
            word=np.array([s.tokens[t, 0] for s, some in zip(stories, events) for t, _ in some], np.uint32),
            type=np.array([k for some in events for _, k in some], np.uint8), type_names=np.array(TYPES),
            party_start=np.cumsum([0] + [len(x) for x in spans]), begin=begin, end=end,
            score=np.concatenate(scores).astype(np.float16))
    os.replace(f"{args.out}.part", args.out)
    print(f"{args.out}: {len(stories)} stories, {len(windows)} events, {time.time() - began:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    modes = parser.add_subparsers(required=True)
    one = modes.add_parser("fit", help="fine-tune on a corpus")
    one.add_argument("--train", required=True)
    one.add_argument("--dev", required=True)
    one.add_argument("--out", required=True)
    one.add_argument("--epochs", type=int, default=2)
    one.add_argument("--batch", type=int, default=1400, help="pieces")
    one.add_argument("--rate", type=float, default=1e-3, help="of the heads")
    one.add_argument("--encoder-rate", type=float, default=4e-5)
    one.add_argument("--seed", type=int, default=1)
    one.set_defaults(run=fit)
    one = modes.add_parser("label", help="write what a model thinks of stories")
    one.add_argument("--model", required=True)
    one.add_argument("--batch", type=int, default=4000, help="pieces")
    one.add_argument("stories")
    one.add_argument("labels", help="of the teacher of events")
    one.add_argument("out")
    one.set_defaults(run=label)
    for one in modes.choices.values():
        one.add_argument("--base", required=True, help="the teacher of events")
        one.add_argument("--tools", default="build")
        one.add_argument("--knowledge", default="knowledge")
        one.add_argument("--meanings", default="model/events.dtm", help="the file whose table of meanings is used")
        one.add_argument("--threads", type=int, default=2, help="at most")
    args = parser.parse_args()
    archive = Archive()
    tool = [str(pathlib.Path(args.tools) / "evidence_dump"), args.meanings]
    args.run(args, tool, load(args.base, archive), Vocabulary(archive))


if __name__ == "__main__":
    main()
