#!/usr/bin/env python3
"""Writes the manual pages in man/ from what the program and the header say of themselves.

    tools/make_man.py [--build DIR] [--check]

In:  `detente help --json`, include/detente.h.
Out: man/detente.1, man/detente-COMMAND.1, man/detente.3; with --check nothing is written, and the exit
     status is 1 when a page is not what it would be."""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
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


def term_list(title, entries):
    """A list of terms with their explanations."""
    return f".SH {title}\n" + "".join(f".TP\n.B {roff(term)}\n{roff(text)}\n" for term, text in entries)


def notes(title, entries):
    return term_list(title, [(e["term"], e["text"]) for e in entries])


def term_of(option):
    letter = f"-{option['letter']}, " if option["letter"] else ""
    value = f" {option['value']}" if option["value"] else ""
    return f"{letter}--{option['name']}{value}"


def synopsis(usage, text):
    paragraphs = text.split("\n\n") if text else []
    return (f".SH SYNOPSIS\n.B {roff(usage)}\n" + (".SH DESCRIPTION\n" if paragraphs else "")
            + "".join(f".PP\n{roff(p)}\n" for p in paragraphs))


def main_page(told, version):
    commands = told["commands"]
    return (head("detente", 1, version, told["summary"].removeprefix("detente ").rstrip("."))
            + synopsis(told["usage"], told["text"])
            + term_list("COMMANDS", [(c["name"], c["summary"]) for c in commands])
            + notes("EXIT STATUS", told["exit"]) + notes("ENVIRONMENT", told["environment"])
            + ".SH SEE ALSO\n" + ", ".join(f"detente\\-{c['name']}(1)" for c in commands) + ", detente(3)\n")


def command_page(command, told, version):
    usage = f"detente {command['name']} [OPTIONS] {command['arguments']}".rstrip()
    return (head(f"detente-{command['name']}", 1, version, command["summary"]) + synopsis(usage, command["text"])
            + term_list("OPTIONS", [(term_of(o), o["help"]) for o in command["options"]])
            + notes("EXIT STATUS", told["exit"]) + notes("ENVIRONMENT", told["environment"])
            + ".SH SEE ALSO\ndetente(1)\n")


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


def output(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def pages(build):
    program = str(build / "detente")
    version = output(program, "--version").split()[1]
    told = json.loads(output(program, "help", "--json"))
    found = {"detente.1": main_page(told, version),
             "detente.3": header_page((ROOT / "include/detente.h").read_text(encoding="utf-8"), version)}
    for command in told["commands"]:
        found[f"detente-{command['name']}.1"] = command_page(command, told, version)
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
