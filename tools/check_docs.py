#!/usr/bin/env python3
"""Keeps the output that the documents show true.

    tools/check_docs.py [--build DIR] [--bless] [FILE.md...]

In:  Markdown with fenced blocks that follow a comment on a line of its own:
         <!-- output of: detente explain "A sentence." --date 2024-06-13 | head -n 3 -->
     The command is run by sh in the root of the project, with DIR (build) first in PATH and
     DETENTE_MODEL, DETENTE_KNOWLEDGE unset, so that the shipped model speaks.
Out: a diff for each block that differs, exit status 1; with --bless the block is rewritten instead.
     Tables of figures follow `<!-- figures: NAME... -->` up to the next empty line: the newest rows of these
     names in doc/measurements.md, which bench/measure.sh prints.
     Relative links between the documents are checked, too. Without FILE: README.md, ARCHITECTURE.md,
     CONTRIBUTING.md and doc/*.md."""
import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^<!-- output of: (?P<command>.+?) -->\n(?P<open>```\w*)\n(?P<output>.*?)^```$", re.M | re.S)
FIGURES = re.compile(r"^<!-- figures: (?P<names>.+?) -->\n(?P<table>(?:\|.*\n)*)", re.M)
ROW = re.compile(r"^\| (?P<run>[^|]+\|[^|]+)\|[^|]+\| `bench/measure.sh (?P<name>\w+)` \| (?P<figure>.+?) \| [^|]* \|$", re.M)
LINK = re.compile(r"\]\((?!\w+:)(?P<path>[^)#\s]+)")


def run(command, build):
    """Standard output of a command; what it says on standard error is shown when it fails."""
    env = dict(os.environ, PATH=f"{build}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
    env.pop("DETENTE_MODEL", None)
    env.pop("DETENTE_KNOWLEDGE", None)
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=env, capture_output=True, timeout=60)
    if done.returncode != 0:
        sys.stderr.write(f"'{command}' ended with {done.returncode}:\n{done.stderr.decode()}")
    lines = done.stdout.decode().rstrip("\n").split("\n")
    return "".join(line.rstrip() + "\n" for line in lines)


def check_blocks(path, text, build, bless):
    """Returns the text with the blocks as they should be and the number that differed."""
    differing = 0

    def replace(match):
        nonlocal differing
        now = run(match["command"], build)
        if now == match["output"]:
            return match[0]
        differing += 1
        if not bless:
            sys.stdout.writelines(difflib.unified_diff(
                match["output"].splitlines(True), now.splitlines(True),
                f"{path.relative_to(ROOT)}", match["command"]))
        return f"<!-- output of: {match['command']} -->\n{match['open']}\n{now}```"

    return BLOCK.sub(replace, text), differing


def newest_rows(name):
    """Figures of the last run in doc/measurements.md that measured `name`."""
    rows = [m for m in ROW.finditer((ROOT / "doc/measurements.md").read_text(encoding="utf-8")) if m["name"] == name]
    return [m["figure"] for m in rows if m["run"] == rows[-1]["run"]]


def check_figures(path, text, bless):
    """Returns the text with its tables of figures as they should be and the number that differed."""
    differing = 0

    def replace(match):
        nonlocal differing
        now = "| figure | measured by |\n|---|---|\n" + "".join(
            f"| {figure} | `bench/measure.sh {name}` |\n" for name in match["names"].split() for figure in newest_rows(name))
        if now == match["table"]:
            return match[0]
        differing += 1
        if not bless:
            print(f"{path.relative_to(ROOT)}: the table of figures is not that of doc/measurements.md; run ./dev bless")
        return f"<!-- figures: {match['names']} -->\n{now}"

    return FIGURES.sub(replace, text), differing


def dead_links(path, text):
    """Relative links that lead to no file."""
    return [m["path"] for m in LINK.finditer(text) if not (path.parent / m["path"]).exists()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default=str(ROOT / "build"), help="the folder of the program")
    parser.add_argument("--bless", action="store_true", help="rewrite the blocks")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    files = [f.resolve() for f in args.files] or [
        ROOT / n for n in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")] + sorted((ROOT / "doc").glob("*.md"))
    build = os.path.abspath(args.build)
    bad = blocks = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        blocks += len(BLOCK.findall(text))
        if text.count("<!-- output of:") != len(BLOCK.findall(text)):
            print(f"{path.relative_to(ROOT)}: an 'output of' comment has no fenced block right below it")
            bad += 1
        new, differing = check_blocks(path, text, build, args.bless)
        new, tables = check_figures(path, new, args.bless)
        differing += tables
        if args.bless and new != text:
            path.write_text(new, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {differing} blocks rewritten")
        elif not args.bless:
            bad += differing
        for link in dead_links(path, text):
            print(f"{path.relative_to(ROOT)}: the link to {link} leads nowhere")
            bad += 1
    print(f"{blocks} blocks of output, {len(files)} documents")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
