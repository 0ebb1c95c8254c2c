#!/usr/bin/env python3
"""Writes a folder of made-up knowledge of a given size, to measure the compiler, the start and the
scan at scale:

    tools/generate_base.py DIR [--actors 15000] [--names 50000] [--frames 0]
    build/knowc big.dtk DIR

The same arguments give the same folder. All names are invented from syllables."""
import argparse
import itertools
import os
import random

SECTORS = ["GOV", "MIL", "OPP", "LEG", "REB", "BUS", "MED", "JUD"]
PROVENANCE = "provenance  made up by tools/generate_base.py\n\n"


def syllables(rng, n):
    onsets = "b br d dr f g k kl l m n p r s st t v z".split()
    parts = (rng.choice(onsets) + rng.choice("aeiou") + rng.choice(["", "n", "r", "s"])
             for _ in range(n))
    return "".join(parts)


def word(rng, seen):
    """A capitalised word that was not given before."""
    while True:
        w = syllables(rng, rng.choice([2, 2, 3])).capitalize()
        if w not in seen:
            seen.add(w)
            return w


def countries(rng, n, seen):
    """Country entries with three-letter codes from AAA on."""
    codes = ["".join(c) for c in itertools.islice(itertools.product("ABCDEFGHIJ", repeat=3), n)]
    text = PROVENANCE
    for code in codes:
        name = word(rng, seen)
        text += f"country {code}  {name}\n  people   {name}ian, {name}ians\n"
        text += f"  capital  {word(rng, seen)}\n\n"
    return codes, text


def person(rng, i, codes, first_names, seen, n_names):
    """A person with dated roles and `n_names` names in all."""
    family = word(rng, seen)
    lines = [f"person p-{i}  {rng.choice(first_names)} {family}", f"  gender   {rng.choice('mf')}"]
    lines += [f"  name     {rng.choice(first_names)} {word(rng, seen)} {family}"
              for _ in range(n_names - 1)]
    year, code = rng.randint(1980, 2015), rng.choice(codes)
    for _ in range(rng.randint(1, 3)):
        end = year + rng.randint(1, 6)
        day = f"{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        period = f"{year}-{day}..{end}-{day}"
        lines.append(f"  role     {code} {rng.choice(SECTORS)}  {period}  minister of things")
        year = end + 1
    return "\n".join(lines) + "\n\n"


def actors(rng, folder, n_actors, n_names):
    """Files of 1,000 actors each; every person's family name is one of the names."""
    seen = set()
    codes, text = countries(rng, min(200, n_actors), seen)
    first_names = [word(rng, seen) for _ in range(400)]
    with open(os.path.join(folder, "countries.txt"), "w", encoding="utf-8") as out:
        out.write(text)
    n_persons = n_actors - len(codes)
    left = n_names - 4 * len(codes) - n_persons  # family names
    for start in range(0, n_persons, 1000):
        text = PROVENANCE
        for i in range(start, min(start + 1000, n_persons)):
            n = max(1, left // (n_persons - i))
            left -= n
            text += person(rng, i, codes, first_names, seen, n)
        path = os.path.join(folder, f"persons-{start // 1000:02d}.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
    return codes


def frames(rng, folder, n, codes):
    """Frames with four examples each, in the form of doc/frames.md."""
    text = PROVENANCE
    for i in range(n):
        verb = syllables(rng, 3) + str(i)
        text += f"frame made/f{i}  The source does a made-up thing to the target.\n"
        text += f"  cameo 0{rng.randint(3, 9)}0\n"
        text += f"  verb {verb}; source subj; target obj\n"
        for _ in range(4):
            a, b = rng.sample(codes, 2) if len(codes) > 1 else ("AAA", "AAB")
            text += f'  yes "{a} will {verb} {b}."\n      {a} -> {b}\n'
        text += "\n"
    with open(os.path.join(folder, "made.txt"), "w", encoding="utf-8") as out:
        out.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir")
    parser.add_argument("--actors", type=int, default=15000)
    parser.add_argument("--names", type=int, default=50000)
    parser.add_argument("--frames", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    for name in ("actors", "frames"):
        os.makedirs(os.path.join(args.dir, name), exist_ok=True)
    codes = actors(rng, os.path.join(args.dir, "actors"), args.actors, args.names)
    if args.frames:
        frames(rng, os.path.join(args.dir, "frames"), args.frames, codes)


if __name__ == "__main__":
    main()
