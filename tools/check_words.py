#!/usr/bin/env python3
"""check_words.py - no list of English words stands in C: words are data, under knowledge/ or in the model.

    check_words.py [--list] [ROOT]

Looks through the C of src/ and cli/ for string literals that are plain lower-case words and are

- gathered: two or more of them in one initialiser, in one macro with a list (X("one") X("two")), or
  in one string with a blank at both ends (" one two ");
- compared with text, in the folders that read stories: str_is(form, "the"), STR("said"), strcmp ...

What is no English of the stories (fields of our own files, names of statuses, labels of Universal
Dependencies) is named in ALLOWED with a reason; folders that are still to be converted in PENDING. The
exit status is 1 when a word is found anywhere else, or when an entry of ALLOWED matches nothing any
more. Prints how many literals were found; --list prints each. Before that the tool tries itself on a
few lines of C.
"""
import argparse
import os
import re
import sys

# Folders (or files) whose words are still to go: reported, no failure. The one place to empty.
PENDING = []

# Folders that read the text of stories: there a comparison with a word counts, too.
READERS = {"text", "lang", "names", "who", "when", "where", "said", "what", "story"}

# (file, owner): why its words are no English of the stories. The owner is the array or macro that
# gathers the words, or the function that compares them. A folder with "*" reads no story's text.
FIELDS = "kinds and fields of the files under knowledge/"
ALLOWED = {
    ("cli", "*"): "commands, options and help",
    ("src/page", "*"): "names of elements, attributes and classes of web pages",
    ("src/store", "*"): "fields and headings of the records",
    ("src/base/anydate.c", "month_names"): "spellings of dates in files",
    ("src/input/columns.c", "column_names"): "names of columns in tables",
    ("src/input/columns.c", "labels"): "names of columns in tables",
    ("src/input/jscan.c", "words"): "literals of JSON",
    ("src/input/kinds.c", "magics"): "first bytes of files",
    ("src/input/export_text.c", "nexis_fields"): "elements and fields of file formats",
    ("src/input/form_warc.c", "fields"): "elements and fields of file formats",
    ("src/input/xml_feed.c", "feed_rules"): "elements and fields of file formats",
    ("src/input/xml_feed.c", "roots"): "elements and fields of file formats",
    ("src/input/xml_feed.c", "stories"): "elements and fields of file formats",
    ("src/input/xml_feed.c", "blocks"): "elements and fields of file formats",
    ("src/input/xml_news.c", "petrarch_rules"): "elements and fields of file formats",
    ("src/input/xml_news.c", "roots"): "elements and fields of file formats",
    ("src/input/xml_news.c", "stories"): "elements and fields of file formats",
    ("src/input/xml_news.c", "news_rules"): "elements and fields of file formats",
    ("src/input/xml_news.c", "texts"): "elements and fields of file formats",
    ("src/input/xml_news.c", "skipped"): "elements and fields of file formats",
    ("src/know/codes.h", "CODE_SETS"): FIELDS,
    ("src/know/codes_read.c", "codes_columns"): FIELDS,
    ("src/know/languages_read.c", "names"): FIELDS,
    ("src/text/charref.c", "charref_names"): "names of characters in HTML",
    ("src/text/language.c", "language_given"): "codes of languages",
    ("src/text/markup.c", "hiding"): "names of elements of HTML",
    ("src/text/markup.c", "block"): "names of elements of HTML",
    ("src/text/markup.c", "flat"): "names of elements of HTML",
    ("src/text/markup.c", "is_code"): "names of elements of HTML",
    ("src/text/markup.c", "read_tag"): "names of elements of HTML",
    ("src/text/markup.c", "read_declaration"): "names of elements of HTML",
    ("src/know/actors_read.c", "kind_names"): FIELDS,
    ("src/know/actors_read.c", "actor_fields"): FIELDS,
    ("src/know/fold.c", "plain_letters"): "letters for letters",
    ("src/know/inflection_read.c", "sibilants"): "endings of a rule",
    ("src/know/ontology_read.c", "code_columns"): FIELDS,
    ("src/know/ontology_read.c", "type_columns"): FIELDS,
    ("src/know/ontology_read.c", "context_columns"): FIELDS,
    ("src/know/places_read.c", "place_columns"): FIELDS,
    ("src/know/roles_read.c", "fields"): FIELDS,
    ("src/know/sectors.h", "SECTOR_CLASSES"): "names and meanings of classes of sectors",
    ("src/know/timeword.c", "month_names"): "rules of holidays in the files under knowledge/",
    ("src/know/timeword.c", "weekday_names"): "rules of holidays in the files under knowledge/",
    ("src/know/timeword.c", "nth_names"): "rules of holidays in the files under knowledge/",
    ("src/know/timeword.c", "value_kinds"): FIELDS,
    ("src/know/timeword.h", "TIME_UNITS"): FIELDS,
    ("src/know/timeword.h", "DAY_PARTS"): FIELDS,
    ("src/know/timeword.h", "TIME_MODS"): FIELDS,
    ("src/know/timeword.h", "TIME_REFS"): FIELDS,
    ("src/know/timeword.h", "SEASONS"): FIELDS,
    ("src/know/timeword.h", "CLOCK_HALVES"): FIELDS,
    ("src/know/timeword.h", "ERAS"): FIELDS,
    ("src/know/timeword.h", "TIME_CLASSES"): "names and meanings of classes of times",
    ("src/know/words.h", "LANG_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "KNOW_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "WHO_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "WHEN_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "WHERE_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "SAID_WORDS"): "names and meanings of word classes",
    ("src/know/words.h", "WHAT_WORDS"): "names and meanings of word classes",
    ("src/lang/kernel.c", "kernel_named"): "names of kernels",
    ("src/lang/kernel.c", "names"): "names of kernels",
    ("src/lang/lang.h", "DEP_LIST"): "relations of Universal Dependencies",
    ("src/story/codebook.c", "is_class"): FIELDS,
    ("src/story/codebook.c", "is_operator"): FIELDS,
    ("src/story/codebook.c", "take_entry"): FIELDS,
    ("src/story/codebook.c", "triggers"): FIELDS,
    ("src/story/codebook.c", "examples"): FIELDS,
    ("src/story/coder.c", "read_status_list"): "names of statuses",
    ("src/story/road.h", "LAYER_LIST"): "names of layers",
    ("src/story/road.h", "STAGE_LIST"): "names of stages",
    ("src/text/boiler.h", "BOILER_KINDS"): FIELDS,
    ("src/text/splitword.h", "SPLIT_CLASSES"): "names of classes in train/abbreviations.txt",
    ("src/what/frames.h", "PATH_LIST"): FIELDS,
    ("src/what/frames.h", "STATUS_LIST"): "names of statuses",
    ("src/what/what.h", "PLACE_BASES"): "names of bases of places",
    ("src/what/frames_compile.c", "kinds"): FIELDS,
    ("src/what/frames_compile.c", "texts"): FIELDS,
    ("src/what/frames_compile.c", "flags"): FIELDS,
    ("src/what/frames_compile.c", "gather_entry"): FIELDS,
    ("src/what/frames_compile.c", "read_needs"): FIELDS,
    ("src/what/frames_compile.c", "read_status"): FIELDS,
    ("src/what/frames_compile.c", "read_flag"): FIELDS,
    ("src/what/frames_compile.c", "read_field"): FIELDS,
    ("src/what/frames_compile.c", "add_record"): FIELDS,
    ("src/what/frames_compile.c", "add_class"): FIELDS,
    ("src/what/frames_compile.c", "build_all"): FIELDS,
    ("src/what/frames_trigger.c", "roles"): FIELDS,
    ("src/what/frames_trigger.c", "build_trigger"): FIELDS,
    ("src/what/what.h", "DATE_BASES"): "names of what a date rests on",
    ("src/what/what.c", "attempt_result_text"): "what `explain` says of an attempt",
    ("src/what/evidence.h", "EVIDENCE_GROUPS"): "what `explain` says of the reader's reasons",
    ("src/story/model.c", "open_reader"): "a value of an option",
    ("src/story/model.c", "describe_events"): "a value of an option",
    ("src/what/reader_file.c", "lists"): "kinds of labels in the file",
    ("src/what/scorer.c", "parts"): "sections of the file",
    ("src/when/when.h", "QUANTITY_KINDS"): "values of the field kind",
}

COMPARES = re.compile(r"^(STR|str_is|str_is_whole|str_eq\w*|str_cmp|str_starts|str_ends|strn?cmp|strstr|memcmp|"
                      r"phrase_\w+|\w+_(is|in|equals|matches))$")
WORD = re.compile(r"^[a-z]['a-z]*[a-z](\.|[ -]['a-z]+)*$")
PADDED = re.compile(r"^ ([^ ]*[a-z]{2}[^ ]* )([^ ]+ )+$")
TOKEN = re.compile(r"""
    (?P<skip>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<string>"(?:[^"\\\n]|\\.)*")
  | (?P<char>'(?:[^'\\\n]|\\.)*')
  | (?P<name>[A-Za-z_]\w*)
  | (?P<number>\.?\d[\w.]*)
  | (?P<mark>.)""", re.X | re.S)
CONTROL = {"if", "for", "while", "switch", "return", "sizeof", "else", "do"}


class Token:
    def __init__(self, kind, text, line):
        self.kind, self.text, self.line = kind, text, line


def tokens_of(source):
    """The tokens of C, without comments; neighbouring strings are one."""
    found, line = [], 1
    for m in TOKEN.finditer(source):
        kind, text = m.lastgroup, m.group()
        if kind == "string":
            text = text[1:-1]
            if found and found[-1].kind == "string":
                found[-1].text += text
            else:
                found.append(Token(kind, text, line))
        elif kind != "skip":
            found.append(Token(kind, text, line))
        line += m.group().count("\n")
    return found


def split_macros(source):
    """The source without directives, and each #define as (name, line, body)."""
    plain, macros, lines = [], [], source.split("\n")
    at = 0
    while at < len(lines):
        first, text = at, lines[at]
        if not re.match(r"\s*#", text):
            plain.append(text)
            at += 1
            continue
        while lines[at].endswith("\\") and at + 1 < len(lines):
            at += 1
            text = text.rstrip("\\") + "\n" + lines[at]
        m = re.match(r"\s*#\s*define\s+(\w+)(\([^)]*\))?", text)
        if m:
            macros.append((m.group(1), first + 1, "\n" * text[:m.end()].count("\n") + text[m.end():]))
        plain.extend([""] * (at - first + 1))
        at += 1
    return "\n".join(plain), macros


def is_word(text):
    return len(text) > 1 and WORD.match(text.strip()) is not None


class Finding:
    def __init__(self, path, line, owner, words):
        self.path, self.line, self.owner, self.words = path, line, owner, words


def name_of_initialiser(tokens, at):
    """The variable before `= {` at tokens[at]."""
    at -= 2
    depth = 0
    while at >= 0:
        text = tokens[at].text
        depth += (text == "]") - (text == "[")
        if depth == 0 and tokens[at].kind == "name":
            return text
        if depth == 0 and text not in "[]":
            break
        at -= 1
    return "?"


class Walk:
    """Goes over the tokens of a file with the brackets that are open."""

    def __init__(self, path, reads_text):
        self.path, self.reads_text = path, reads_text
        self.findings = []
        self.lists = []     # open initialisers, the outermost first: (owner, line, words)
        self.open = []      # one a bracket: (mark, is an initialiser, function called or "")
        self.function = "file"

    def is_initialiser(self, tokens, at):
        before = tokens[at - 1].text if at > 0 else ""
        if before in ("=", ",", "{", "("):
            return True
        # (struct x){...}: the bracket that has just closed opened after no name
        return before == ")" and self.closed_cast

    def opens(self, tokens, at):
        mark, before = tokens[at].text, tokens[at - 1] if at > 0 else None
        called = before.text if before is not None and before.kind == "name" else ""
        initialiser = mark == "{" and self.is_initialiser(tokens, at)
        if mark == "{" and not initialiser and not self.open:
            self.function = self.last_called or self.function
        if mark == "(" and not self.open and called:
            self.last_called = called
        if initialiser and not any(b[1] for b in self.open):
            owner = name_of_initialiser(tokens, at) if tokens[at - 1].text == "=" else self.function
            self.lists.append((owner, tokens[at].line, []))
        self.open.append((mark, initialiser, called))

    def closes(self):
        if not self.open:
            return
        mark, initialiser, called = self.open.pop()
        self.closed_cast = mark == "(" and (called == "" or called in CONTROL - {"if", "for", "while", "switch"})
        if initialiser and not any(b[1] for b in self.open):
            owner, line, words = self.lists.pop()
            if len(words) > 1:
                self.findings.append(Finding(self.path, line, owner, words))

    def string(self, tokens, at):
        text, line = tokens[at].text, tokens[at].line
        calls = [b[2] for b in self.open if b[0] == "(" and b[2]]
        if PADDED.match(text):
            self.findings.append(Finding(self.path, line, self.owner_of(tokens, at), text.split()))
        elif not is_word(text):
            return
        elif self.reads_text and any(COMPARES.match(c) for c in calls):
            self.findings.append(Finding(self.path, line, self.function, [text]))
        elif self.lists:
            self.lists[-1][2].append(text)

    def owner_of(self, tokens, at):
        if tokens[at - 1].text == "=":
            return name_of_initialiser(tokens, at)
        return self.lists[-1][0] if self.lists else self.function

    def run(self, tokens):
        self.closed_cast, self.last_called = False, ""
        for at, token in enumerate(tokens):
            if token.kind == "string":
                self.string(tokens, at)
            elif token.text in ("(", "{", "["):
                self.opens(tokens, at)
            elif token.text in (")", "}", "]"):
                self.closes()
        return self.findings


def in_macro(path, name, line, body, reads_text):
    """Words of a macro: a list of them, or a comparison."""
    tokens = tokens_of(body)
    findings, words = [], []
    for at, token in enumerate(tokens):
        if token.kind != "string":
            continue
        called = tokens[at - 2].text if at > 1 and tokens[at - 1].text == "(" else ""
        if PADDED.match(token.text):
            findings.append(Finding(path, line, name, token.text.split()))
        elif is_word(token.text) and reads_text and COMPARES.match(called):
            findings.append(Finding(path, line + token.line - 1, name, [token.text]))
        elif is_word(token.text):
            words.append(token.text)
    if len(words) > 1:
        findings.append(Finding(path, line, name, words))
    return findings


def look_through(path, source):
    parts = path.split("/")
    reads_text = parts[0] == "src" and len(parts) > 2 and parts[1] in READERS
    plain, macros = split_macros(source)
    findings = Walk(path, reads_text).run(tokens_of(plain))
    for name, line, body in macros:
        findings += in_macro(path, name, line, body, reads_text)
    return findings


TRIALS = [  # path, C, the words that are to be found
    ("src/who/a.c", 'bool f(struct str s) { return str_is(s, "the") || str_eq(s, STR("said")); }', "the said"),
    ("src/who/a.c", 'static const char *const titles[] = {"mr", "dr"};', "mr dr"),
    ("src/store/a.c", 'static const struct row rows[] = {{"mr", 1}, {"prime minister", 2}};', "mr prime_minister"),
    ("src/store/a.c", 'static const char *const one[] = {"mr"};', ""),
    ("src/store/a.c", 'if (str_eq(s, STR("list"))) return;', ""),
    ("src/text/a.c", '#define WORDS(X) X("one", A) \\\n    X("two", B)\n', "one two"),
    ("src/text/a.c", 'bool f(void) { return token_in(t, " north south "); }', "north south"),
    ("src/text/a.c", 'static const char list[] = " in at "\n    "near ";', "in at near"),
    ("src/text/a.c", 'void f(void) { err_set(err, 1, 0, "memory ran out"); }', ""),
    ("src/text/a.c", 'static const char *const marks[] = {",", "--", "UTC", "%s"}; /* {"no", "yes"} */', ""),
    ("src/text/a.c", 'void f(void) { g((const char *[]){"left", "right"}); }', "left right"),
    ("src/text/a.c", 'bool f(void) { if (x) { puts("a word"); puts("another"); } return str_is(w, "a"); }', ""),
]


def try_itself():
    for path, source, wanted in TRIALS:
        found = [w.replace(" ", "_") for f in look_through(path, source) for w in f.words]
        if sorted(found) != sorted(wanted.split()):
            sys.exit(f"check_words: found {found} where '{wanted}' was expected in\n  {source}")


def c_files(root):
    for top in ("src", "cli"):
        for folder, _, names in sorted(os.walk(os.path.join(root, top))):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def judge(finding, used):
    folder = os.path.dirname(finding.path)
    for key in ((finding.path, finding.owner), (folder, "*")):
        if key in ALLOWED:
            used.add(key)
            return "allowed"
    pending = any(finding.path == p or finding.path.startswith(p + "/") for p in PENDING)
    return "pending" if pending else "wrong"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="print each literal that was found")
    parser.add_argument("root", nargs="?", default=os.path.join(os.path.dirname(__file__), ".."))
    options = parser.parse_args()
    try_itself()
    counts, used = {"allowed": 0, "pending": 0, "wrong": 0}, set()
    for path in c_files(options.root):
        with open(os.path.join(options.root, path), encoding="utf-8") as file:
            findings = look_through(path, file.read())
        for f in findings:
            verdict = judge(f, used)
            counts[verdict] += len(f.words)
            if verdict == "wrong" or options.list:
                words = ", ".join(f.words[:8]) + (" ..." if len(f.words) > 8 else "")
                print(f"{f.path}:{f.line}: {verdict}: {f.owner}: {words}")
    unused = [key for key in ALLOWED if key not in used]
    for path, owner in unused:
        print(f"check_words: ALLOWED has {path}, {owner}, which has no words any more")
    print(f"{counts['wrong']} English words in C, {counts['pending']} more in folders still to be converted, "
          f"{counts['allowed']} literals allowed as no English of the stories")
    return 1 if counts["wrong"] or (unused and not PENDING) else 0


if __name__ == "__main__":
    sys.exit(main())
