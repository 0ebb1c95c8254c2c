#!/usr/bin/env python3
"""measure.py - the shape of the C code: file and function lengths, include directions, unique names.

    measure.py [--check] [ROOT]

Prints a table per folder. With --check the exit status is 1 when a rule of the house is broken:
a function over 120 lines without "LONG:" in the comment above it, a file over 800 lines, two files of
one name, an include that points up the order of dependency, a program that includes more than
detente.h. Needs universal-ctags for the function lengths (skipped, visibly, without it).
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys

# Lower stages never include higher ones; stages on one level do not include each other.
LEVEL = {"base": 0, "page": 1, "text": 1, "twin": 2, "input": 2, "know": 2, "lang": 3, "names": 4, "when": 5, "where": 5, "said": 5, "who": 6,
         "what": 7, "story": 8, "store": 9, "ledger": 10}
MOST_FUNCTION, MOST_FILE = 120, 800


def c_files(root):
    for top in ("src", "cli", "serve", "train", "tools", "test", "bench", "include"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.join(folder, name)


def written(text):
    """What a person wrote of the file: the getters that detente.h ends with are made (fields.h), and long for that."""
    return re.sub(r"/\* ---- getters: made by .*?/\* ---- end of the getters ---- \*/", "", text, flags=re.S)


def include_faults(path, root, text):
    relative = os.path.relpath(path, root)
    parts = relative.split(os.sep)
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not found:
            continue
        target = found.group(1).split("/")[0]
        if (parts[0] in ("cli", "serve") or parts[:2] == ["test", "spec"]) and "/" in found.group(1):
            faults.append(f"{relative}:{number}: programs include detente.h only, not {found.group(1)}")
        if parts[0] != "src" or target not in LEVEL or parts[1] not in LEVEL:
            continue
        mine, other = LEVEL[parts[1]], LEVEL[target]
        if other > mine or (other == mine and target != parts[1]):
            faults.append(f"{relative}:{number}: {parts[1]} must not include {found.group(1)}")
    return faults


def functions(files):
    if shutil.which("ctags") is None:
        print("measure: universal-ctags is not installed; function lengths are not measured")
        return
    command = ["ctags", "--output-format=json", "--languages=C", "--kinds-C=f", "--fields=+ne", "-f", "-"] + files
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        tag = json.loads(line)
        if tag.get("_type") == "tag" and "end" in tag:
            yield tag["path"], tag["name"], tag["line"], tag["end"] - tag["line"] + 1


def quantile(values, q):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    check = "--check" in sys.argv
    root = arguments[0] if arguments else "."
    files = list(c_files(root))
    texts = {f: open(f, encoding="utf-8").read() for f in files}
    faults = []
    names = {}
    for f in files:
        base = os.path.basename(f)
        if base in names:
            faults.append(f"{os.path.relpath(f, root)}: {names[base]} has the same name")
        names[base] = os.path.relpath(f, root)
        lines = written(texts[f]).count("\n")
        if lines > MOST_FILE:
            faults.append(f"{os.path.relpath(f, root)}: {lines} lines; at most {MOST_FILE}")
        faults += include_faults(f, root, texts[f])
    by_folder = {}
    for path, name, line, length in functions(files):
        folder = os.path.relpath(os.path.dirname(path), root)
        by_folder.setdefault(folder, []).append(length)
        above = "\n".join(texts[path].splitlines()[max(0, line - 6):line])
        if length > MOST_FUNCTION and "LONG:" not in above:
            faults.append(f"{os.path.relpath(path, root)}:{line}: {name} has {length} lines; at most {MOST_FUNCTION}")
    print(f"{'folder':16} {'files':>5} {'lines':>6} {'fns':>5} {'median':>6} {'p95':>4} {'max':>4}")
    for folder in sorted(by_folder):
        lengths = by_folder[folder]
        own = [f for f in files if os.path.relpath(os.path.dirname(f), root) == folder]
        print(f"{folder:16} {len(own):5} {sum(texts[f].count(chr(10)) for f in own):6} {len(lengths):5} "
              f"{statistics.median(lengths):6.0f} {quantile(lengths, 0.95):4} {max(lengths):4}")
    everything = [n for lengths in by_folder.values() for n in lengths]
    if everything:
        print(f"{'all':16} {len(files):5} {sum(t.count(chr(10)) for t in texts.values()):6} {len(everything):5} "
              f"{statistics.median(everything):6.0f} {quantile(everything, 0.95):4} {max(everything):4}")
    for fault in faults:
        print("fault:", fault)
    return 1 if check and faults else 0


if __name__ == "__main__":
    sys.exit(main())
