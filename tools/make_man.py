#!/usr/bin/env python3
"""Writes the manual pages in man/ from what the program and the header say of themselves.

    tools/make_man.py [--build DIR] [--check]

In:  `detente --help`, `detente COMMAND --help`, include/detente.h.
Out: man/detente.1, man/detente-COMMAND.1, man/detente.3; with --check nothing is written, and the exit
     status is 1 when a page is not what it would be."""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPTION = re.compile(r"^  (?P<term>-\S.*?)(?:  +(?P<text>\S.*))?$")
COMMAND = re.compile(r"^  (?P<term>[a-z]+)  +(?P<text>\S.*)$")
SECTION = re.compile(r"^/\* -+ (?P<title>.+?) -* ?-+ \*/$")


def roff(text):
    """Text that roff prints as it stands."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.M)


def head(name, section, version, summary):
    return (f'.\\" Made by tools/make_man.py. Do not edit.\n.TH {name.upper()} {section} "" "detente {version}" "Detente"\n'
            f".SH NAME\n{roff(name)} \\- {roff(summary)}\n")


def literal(lines):
    return ".nf\n" + "".join(roff(line) + "\n" for line in lines) + ".fi\n"


def listed(lines, pattern):
    """Terms with their explanations, which may go on over deeper indented lines."""
    out = ""
    for line in lines:
        match = pattern.match(line)
        if match:
            out += f".TP\n.B {roff(match['term'])}\n" + (f"{roff(match['text'])}\n" if match["text"] else "")
        else:
            out += roff(line.strip()) + "\n"
    return out


def is_list(lines):
    return bool(OPTION.match(lines[0]) or COMMAND.match(lines[0]))


def body(text):
    """Paragraphs of a help text; those that are lists as lists."""
    out = ""
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines = paragraph.split("\n")
        if is_list(lines):
            pattern = OPTION if OPTION.match(lines[0]) else COMMAND
            out += f".SH {'OPTIONS' if pattern is OPTION else 'COMMANDS'}\n" + listed(lines, pattern)
        else:
            out += ".PP\n" + "".join(roff(line) + "\n" for line in lines)
    return out


SURROUNDINGS = """.SH ENVIRONMENT
.TP
.B DETENTE_MODEL
Path of the model file, where no \\-\\-model is given.
.TP
.B DETENTE_KNOWLEDGE
Path of the compiled knowledge.
.TP
.B NO_COLOR
Where set, nothing is printed in colours.
"""


def help_of(program, *arguments):
    return subprocess.run([program, *arguments, "--help"], check=True, capture_output=True, text=True).stdout


def main_page(text, version, commands):
    summary, _, rest = text.partition("\n")
    usage = re.search(r"^usage: (.*)\n", rest, re.M)
    rest = rest.replace(usage[0], "")
    return (head("detente", 1, version, summary.removeprefix("detente ").rstrip("."))
            + f".SH SYNOPSIS\n.B {roff(usage[1])}\n.SH DESCRIPTION\n" + body(rest) + SURROUNDINGS
            + ".SH SEE ALSO\n" + ", ".join(f"detente\\-{c}(1)" for c in commands) + ", detente(3)\n")


def command_page(command, text, version):
    usage, summary, rest = text.split("\n", 2)
    return (head(f"detente-{command}", 1, version, summary)
            + f".SH SYNOPSIS\n.B {roff(usage.removeprefix('usage: '))}\n.SH DESCRIPTION\n" + body(rest)
            + SURROUNDINGS + ".SH SEE ALSO\ndetente(1)\n")


def comment_text(lines):
    """The words of a C comment, without its frame."""
    text = "\n".join(lines).strip()
    text = re.sub(r"^/\*\s?|\s*\*/$", "", text)
    return [re.sub(r"^ ?\* ?", "", line) for line in text.split("\n")]


def header_page(text, version):
    """The header as a page: its first comment, then each section's comments and declarations."""
    lines = text.split("\n")
    end = next(i for i, line in enumerate(lines) if line.strip().endswith("*/"))
    opening = comment_text(lines[:end + 1])
    out = head("detente", 3, version, opening[0].partition(" - ")[2].rstrip("."))
    out += ".SH SYNOPSIS\n.B #include <detente.h>\n.SH DESCRIPTION\n" + literal(opening[2:])
    begin = next(i for i, line in enumerate(lines) if SECTION.match(line))
    stop = max(i for i, line in enumerate(lines) if line.startswith("#ifdef __cplusplus"))
    code = []
    for line in lines[begin:stop] + ["/* ---- end ---- */"]:
        section = SECTION.match(line)
        if section is None:
            code.append(line)
            continue
        if any(code):
            out += literal("\n".join(code).strip("\n").split("\n"))
        code = []
        if section["title"] != "end":
            out += f".SH {roff(section['title'].upper())}\n"
    return out + ".SH SEE ALSO\ndetente(1)\n"


def pages(build):
    program = str(build / "detente")
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    text = help_of(program)
    commands = [m["term"] for m in map(COMMAND.match, text.split("\n")) if m]
    found = {"detente.1": main_page(text, version, commands),
             "detente.3": header_page((ROOT / "include/detente.h").read_text(encoding="utf-8"), version)}
    for command in commands:
        found[f"detente-{command}.1"] = command_page(command, help_of(program, command), version)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="the folder of the program")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    args = parser.parse_args()
    folder = ROOT / "man"
    folder.mkdir(exist_ok=True)
    found = pages(args.build.resolve())
    stale = [p.name for p in folder.iterdir() if p.name not in found]
    for name, text in found.items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not args.check:
            path.write_text(text, encoding="utf-8")
    if args.check and stale:
        print("out of date: " + ", ".join(sorted(stale)) + "; run ./dev bless")
        return 1
    print(f"{len(found)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
