#!/usr/bin/env python3
"""Takes a model file apart into the files that `pack` bundles, one a section.

    parts.py MODEL.dtm FOLDER [--six-bits]

FOLDER gets TAG.SIZE.bin for each section. --six-bits turns a model whose activations were rounded to 8 bits into one for
6 bits, as the kernels want it: inputs of all layers are multiplied by SPREAD (and what comes out divided by it), so that
most of them lie within +-31; the two sides of the arc product keep their scale and are cut off at +-31. SPREAD was chosen
among 0.35, 0.42 and 0.5 on the development parts of EWT and GUM.
"""
import argparse
import os
import struct

SPREAD = 0.42
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


def six_bits(found):
    muls, scales = len(found["net.in"][1]) // 4, len(found["net.ws"][1]) // 4
    found["net.in"] = (4, scaled(found["net.in"][1], [SPREAD] * (muls - 2) + [1, 1]))
    found["net.ws"] = (4, scaled(found["net.ws"][1], [1 / SPREAD] * scales))


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
