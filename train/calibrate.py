"""Fits the confidence of events to the share of them that is right (Platt, 1999), on a part of the corpus.

    calibrate.py PARTS DETENTE EVENTS.dtm DEV.jsonl [--check]

PARTS is the folder of reader.py's output, from which EVENTS.dtm was packed: its settings get the two numbers of the scale,
and the confidence from which on events are kept, with the best F1 of such events; pack again afterwards. Run it on a file
that keeps all. An event is right when its type and the countries of both sides are those of an event of the corpus
that no other event has taken. With --check nothing is written: a table of reliability and the expected calibration error.
"""
import argparse
import json
import pathlib
import subprocess

import numpy as np

from reader import read_sectors, split_code

SCALE, LEAST = 5, 7  # where the numbers stand in settings


def countries(codes, sectors):
    return {split_code(c, sectors)[0] for c in codes} - {""}


def same(gold, found, sectors):
    a = [countries(gold[s + "_code"], sectors) for s in ("source", "target")]
    b = [countries([p["code"] or "" for p in found[s]], sectors) for s in ("source", "target")]
    turned = (gold["reciprocal"] or found["reciprocal"]) and a == b[::-1]
    return gold["plover"] == found["plover"] and (a == b or turned)


def judged(detente, events, path, sectors):
    """Confidence and whether it is right, for each event that the program finds."""
    out = subprocess.run([detente, "annotate", "--quiet", "--events", events, path], stdout=subprocess.PIPE, check=True).stdout
    rows = {r["id"]: r for r in map(json.loads, open(path, encoding="utf-8"))}
    pairs = []
    for record in map(json.loads, out.decode().splitlines()):
        left = list(rows[record["id"]]["events"])
        for e in record["events"]:
            if e["plover"] is None:
                continue
            match = next((g for g in left if same(g, e, sectors)), None)
            if match is not None:
                left.remove(match)
            pairs.append((e["confidence"], match is not None))
    if not pairs:
        raise SystemExit(f"calibrate: with {events} no event is found in {path}: there is nothing to fit confidence to")
    return np.array(pairs, float).T


def logit(p):
    p = np.clip(p, 0.001, 0.999)
    return np.log(p / (1 - p))


def fit(x, y, rounds=50):
    """Logistic regression of one number, by Newton's method; a step that goes too far is halved."""
    w = np.array([0.0, 1.0])
    z = np.stack([np.ones_like(x), x], 1)

    def loss(w):
        return (np.logaddexp(0, z @ w) - y * (z @ w)).sum()

    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -50, 50)))
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + 1e-6 * np.eye(2), z.T @ (y - p))
        while loss(w + step) > loss(w) and abs(step).max() > 1e-9:
            step = step / 2
        w = w + step
    return w


def best_least(p, y, n):
    """Of twentieths the one from which on events have the best F1; n: events of the corpus."""
    return max((2 * y[p >= k / 20].sum() / ((p >= k / 20).sum() + n), k / 20) for k in range(20))[1]


def show(p, y, bins=10):
    error = 0.0
    for k in range(bins):
        at = np.minimum((p * bins).astype(int), bins - 1) == k
        if at.any():
            error += at.sum() * abs(p[at].mean() - y[at].mean())
            print(f"confidence {k / bins:.1f} to {(k + 1) / bins:.1f}: {at.sum():4} events, {100 * y[at].mean():5.1f} % right")
    print(f"expected calibration error {100 * error / len(p):.1f} points, {len(p)} events")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts")
    parser.add_argument("detente")
    parser.add_argument("events")
    parser.add_argument("dev")
    parser.add_argument("--knowledge", default="knowledge")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    p, y = judged(args.detente, args.events, args.dev, read_sectors(args.knowledge))
    if not args.check:
        path = pathlib.Path(args.parts) / "settings.4.bin"
        settings = np.fromfile(path, np.float32)
        a, b = settings[SCALE:SCALE + 2]
        w = fit((logit(p) - a) / b, y)  # what the program gave, before its scale
        settings[SCALE:SCALE + 2] = w
        p = 1 / (1 + np.exp(-w[0] - w[1] * (logit(p) - a) / b))
        settings[LEAST] = best_least(p, y, sum(len(json.loads(line)["events"]) for line in open(args.dev, encoding="utf-8")))
        settings.tofile(path)
        print(f"events of a confidence of {settings[LEAST]:.2f} and more are kept")
    show(p, y)


if __name__ == "__main__":
    main()
