#!/usr/bin/env python3
"""Takes a model file apart into the files that `pack` bundles, one a section.

    parts.py MODEL.dtm FOLDER [--six-bits]

FOLDER gets TAG.SIZE.bin for each section. --six-bits turns a model whose activations were rounded to 8 bits into one for
6 bits, as the kernels want it: inputs of each layer are multiplied by its SPREADS (and what comes out divided by it), so
that most of them lie within +-31; the two sides of the arc product nearly keep their scale and are cut off at +-31. The
numbers are those with which tags, trees and names of 500 stories of news without annotation (105,000 words) agree best
with what the model of 8 bits says: 1.5 % of the words differ in any of them.
"""
import argparse
import os
import struct

# By layer, in the order of net.in. Layers that read the same vector have the same factor.
SPREADS = [("W0", 0.35), ("W1", 0.42), ("W2", 0.42), ("C", 0.35), ("T1", 0.42), ("T2", 0.35), ("N1", 0.42), ("N2", 0.42),
           ("D", 0.42), ("H", 0.42), ("U", 0.35), ("Ld", 0.42), ("Lh", 0.42), ("Lo", 0.458)]
ARC_SPREADS = [1, 1.091]
HEADER, ROW = 64, 32


def sections(data):
    count = struct.unpack_from("<I", data, 20)[0]  # behind magic, kind, byte order, version
    for i in range(count):
        at = HEADER + i * ROW
        tag = data[at:at + 8].rstrip(b"\0").decode()
        offset, length, size = struct.unpack_from("<QQQ", data, at + 8)
        yield tag, size, data[offset:offset + length]


def scaled(raw, factors):
    numbers = struct.unpack(f"<{len(raw) // 4}f", raw)
    return struct.pack(f"<{len(numbers)}f", *(x * f for x, f in zip(numbers, factors)))


def outputs_of_layers(dim):
    """How many outputs each layer has, in the order of net.in (doc/model-format.md)."""
    width, half, recurrent, arcs, tags, names, relations, _, tag, name, relation, _, classes, window = dim
    return [6 * half] * recurrent + [(2 * window + 1) * width, tags, tag + classes, names, name, arcs, arcs, arcs,
                                     relations, relations, relation]


def six_bits(found):
    outputs = outputs_of_layers(struct.unpack("<14I", found["net.dim"][1]))
    assert len(outputs) == len(SPREADS) and 4 * sum(outputs) == len(found["net.ws"][1]), "three recurrent layers and C"
    found["net.in"] = (4, scaled(found["net.in"][1], [factor for _, factor in SPREADS] + ARC_SPREADS))
    found["net.ws"] = (4, scaled(found["net.ws"][1],
                                 [1 / factor for n, (_, factor) in zip(outputs, SPREADS) for _ in range(n)]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model")
    p.add_argument("folder")
    p.add_argument("--six-bits", action="store_true")
    args = p.parse_args()
    with open(args.model, "rb") as f:
        found = {tag: (size, raw) for tag, size, raw in sections(f.read())}
    if args.six_bits:
        six_bits(found)
    os.makedirs(args.folder, exist_ok=True)
    for tag, (size, raw) in found.items():
        with open(f"{args.folder}/{tag}.{size}.bin", "wb") as f:
            f.write(raw)


if __name__ == "__main__":
    main()
