"""Reading treebanks and names, and turning sentences into rows of numbers.

A Sentence holds forms, joint tags, heads (0 is the root), relations and, where the source says, names.
Features come from build/features, the C code of the run time, asked once for each distinct word.
"""
import gzip
import re
import subprocess

import numpy as np

FIRST, CAPS = 1, 2
# words before a name that are not part of it; alone they are no name
TITLES = set("""mr mrs ms dr prof professor president vice chief justice general gen major lieutenant lt colonel col
captain capt sergeant sgt admiral adm senator sen representative rep governor gov secretary minister prime mayor judge
king queen prince princess sir lord lady father chairman director ambassador command commander general-major court
congress state states army government empire""".split())
NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}


class Sentence:
    __slots__ = ("id", "forms", "tags", "heads", "deprels", "names", "entities")

    def __init__(self):
        self.id, self.names = "", None
        self.forms, self.tags, self.heads, self.deprels, self.entities = [], [], [], [], []


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def read_conllu(path):
    """The sentences of a treebank: syntactic words only."""
    out, s = [], Sentence()
    with open_text(path) as f:
        for line in f:
            line = line.rstrip("\r\n")
            if line.startswith("#"):
                if line.startswith("# sent_id"):
                    s.id = line.split("=", 1)[1].strip()
            elif not line:
                if s.forms:
                    out.append(s)
                s = Sentence()
            else:
                c = line.split("\t")
                if c[0].isdigit():
                    s.forms.append(c[1])
                    s.tags.append("\t".join(c[3:6]))
                    s.heads.append(int(c[6]))
                    s.deprels.append(c[7])
                    misc = re.search(r"(?:^|\|)Entity=([^|]*)", c[9]) if len(c) > 9 else None
                    s.entities.append(misc.group(1) if misc else "")
    if s.forms:
        out.append(s)
    return out


def read_iob(path):
    """sent_id -> tags, from an IOB2 file."""
    out, key, tags = {}, None, []
    with open_text(path) as f:
        for line in f:
            line = line.rstrip("\r\n")
            if line.startswith("# sent_id"):
                key = line.split("=", 1)[1].strip()
            elif line and line[0].isdigit():
                tags.append(line.split("\t")[2])
            elif not line and tags:
                out[key], tags = tags, []
    if tags:
        out[key] = tags
    return out


def add_names(sentences, tags_by_id):
    for s in sentences:
        tags = tags_by_id.get(s.id)
        if tags is not None and len(tags) == len(s.forms):
            s.names = list(tags)


def entity_spans(column):
    """(first, last, type) of the bracket notation of GUM, innermost last opened."""
    stack, spans = [], []
    for i, text in enumerate(column):
        for piece in re.findall(r"\([^()]*\)?|[^()]*\)", text):
            if piece.startswith("("):
                fields = piece[1:].rstrip(")").split("-")
                stack.append((fields[0], i, fields[1] if len(fields) > 1 else ""))
                if piece.endswith(")"):
                    spans.append((i, i, stack.pop()[2]))
            else:
                number = piece[:-1]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == number:
                        spans.append((stack[k][1], i, stack.pop(k)[2]))
                        break
    return spans


def name_core(s, first, last):
    """The run of proper nouns round the syntactic head of a mention: "the President of France" has none
    but "France", "University of Portsmouth" is one."""
    head = next((i for i in range(first, last + 1) if not first <= s.heads[i] - 1 <= last), first)
    proper = [t.split("\t")[1] in ("NNP", "NNPS") for t in s.tags]
    if not proper[head]:
        return None
    begin = end = head
    joints = {"of", "the", "-", "and", "&", "de", "al", "'s"}
    while begin > first:
        k = begin - 1
        while k > first and s.forms[k].lower() in joints:
            k -= 1
        if not proper[k]:
            break
        begin = k
    while end < last:
        k = end + 1
        while k < last and s.forms[k].lower() in joints:
            k += 1
        if not proper[k] or k > end + 1 and "and" in s.forms[end + 1:k]:
            break
        end = k
    while begin <= end and s.forms[begin].lower().rstrip(".") in TITLES | {"-"}:
        begin += 1
    plural_people = begin == end and s.tags[begin].split("\t")[1] == "NNPS"
    return None if begin > end or plural_people else (begin, end)


def add_gum_names(sentences):
    """Names of persons, places and organizations among GUM's entities, outermost first."""
    for s in sentences:
        s.names = ["O"] * len(s.forms)
        spans = sorted(entity_spans(s.entities), key=lambda x: (x[0] - x[1], x[0]))
        for first, last, kind in spans:
            core = name_core(s, first, last) if kind in NAME_TYPES else None
            if core and all(s.names[i] == "O" for i in range(core[0], core[1] + 1)):
                kind = NAME_TYPES[kind]
                for i in range(core[0], core[1] + 1):
                    s.names[i] = ("B-" if i == core[0] else "I-") + kind


def in_capitals(forms):
    """As the text stage decides it: two words or more, seven letters of ten capitals."""
    letters = [c for f in forms for c in f if c.isalpha()]
    words = sum(any(c.isalpha() for c in f) for f in forms)
    return words >= 2 and sum(c.isupper() for c in letters) * 10 >= len(letters) * 7


def keyed(forms):
    caps = CAPS if in_capitals(forms) else 0
    return [((FIRST if i == 0 else 0) | caps, f) for i, f in enumerate(forms)]


class Features:
    """Rows of words, each asked for once."""

    def __init__(self, tool):
        self.tool = tool
        sizes = subprocess.run([tool, "sizes"], capture_output=True, text=True, check=True).stdout.split()
        self.count, self.rows, self.version = map(int, sizes)
        self.number, self.table = {}, np.zeros((0, self.count), np.int32)

    def words(self, sentences):
        """For each sentence (a list of forms) the numbers of its words in self.table."""
        fresh, out = [], []
        for forms in sentences:
            numbers = []
            for key in keyed(forms):
                n = self.number.get(key)
                if n is None:
                    n = self.number[key] = len(self.number)
                    fresh.append(key)
                numbers.append(n)
            out.append(np.array(numbers, np.int32))
        if fresh:
            text = "".join(f"{flags}\t{form}\n" for flags, form in fresh)
            raw = subprocess.run([self.tool], input=text.encode(), capture_output=True, check=True).stdout
            rows = np.frombuffer(raw, np.uint32).astype(np.int32).reshape(-1, self.count)
            assert len(rows) == len(fresh)
            self.table = np.concatenate([self.table, rows])
        return out


class Labels:
    def __init__(self, tags, names, deprels):
        self.tags, self.names, self.deprels = tags, names, deprels
        self.tag = {x: i for i, x in enumerate(tags)}
        self.name = {x: i for i, x in enumerate(names)}
        self.deprel = {x: i for i, x in enumerate(deprels)}

    @staticmethod
    def of(sentences, rare):
        """Tags seen at least `rare` times, all names and relations, in order of their text."""
        count = {}
        for s in sentences:
            for t in s.tags:
                count[t] = count.get(t, 0) + 1
        tags = sorted(t for t, n in count.items() if n >= rare)
        types = sorted({n[2:] for s in sentences if s.names for n in s.names if n != "O"})
        names = ["O"] + [p + t for t in types for p in ("B-", "I-")]
        return Labels(tags, names, sorted({d for s in sentences for d in s.deprels}))

    def nearest_tag(self, tag):
        """The number of a tag; of a rare one, that of a tag with the same UPOS and XPOS; or -1."""
        n = self.tag.get(tag)
        if n is None:
            start = tag.rsplit("\t", 1)[0] + "\t"
            n = next((i for t, i in self.tag.items() if t.startswith(start)), -1)
        return n


class Corpus:
    """Sentences as flat arrays, with variants of their spelling for augmentation."""

    def __init__(self, sentences, labels, features, variants=True):
        self.start = np.zeros(len(sentences) + 1, np.int64)
        self.start[1:] = np.cumsum([len(s.forms) for s in sentences])
        flat = lambda key, kind: np.array([key(s, i) for s in sentences for i in range(len(s.forms))], kind)
        tag_of = {t: labels.nearest_tag(t) for s in sentences for t in s.tags}
        self.tags = flat(lambda s, i: tag_of[s.tags[i]], np.int64)
        self.names = flat(lambda s, i: labels.name.get(s.names[i], -1) if s.names else -1, np.int64)
        self.heads = flat(lambda s, i: s.heads[i], np.int64)
        self.deprels = flat(lambda s, i: labels.deprel.get(s.deprels[i], -1), np.int64)
        spelled = [[s.forms for s in sentences]]
        if variants:
            spelled.append([[f.lower() for f in s.forms] for s in sentences])
            spelled.append([[f.upper() for f in s.forms] for s in sentences])
        self.words = [np.concatenate(features.words(v)) for v in spelled]
        # a final stop on which nothing depends may be left out
        self.droppable = np.zeros(len(sentences), bool)
        for k, s in enumerate(sentences):
            n = len(s.forms)
            self.droppable[k] = n > 3 and s.forms[-1] in ".!?" and n not in s.heads and s.heads[-1] > 0

    def __len__(self):
        return len(self.start) - 1


def tokenise(text):
    """Rough tokens of running news text, in the convention of English-EWT; for unlabelled text only."""
    text = re.sub(r"([A-Za-z])(n['’]t)\b", r"\1 \2", text)
    text = re.sub(r"(['’])(s|S|ll|re|ve|d|m)\b", r" \1\2", text)
    pattern = (r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?:[A-Za-z]\.){2,}|n['’]t\b|['’](?:s|S|ll|re|ve|d|m)\b|"
               r"(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Inc|Corp|Co|Ltd|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|"
               r"\d[\d,.]*\d|\d+|[^\W\d_]+|\.\.\.|--+|[^\w\s]|_")
    return re.findall(pattern, text)


def read_news(path, limit):
    """Sentences of unlabelled stories {text}: hard-wrapped lines are joined, capitals titles kept. About `limit` of
    them, evenly spread, or all for 0."""
    import json
    out = []
    with open_text(path) as f:
        for line in f:
            text = json.loads(line)["text"].replace("&lt;", "<").replace("&amp;", "&")
            for paragraph in re.split(r"\n\s*\n|\n {3,}", text):
                paragraph = " ".join(paragraph.split())
                for piece in re.split(r"(?<=[a-z0-9)\"”%][.!?])[\"”']? +(?=[A-Z\"“])|(?<=[A-Z]{2}[.!?]) +(?=[A-Z])",
                                      paragraph):
                    forms = tokenise(piece)
                    if 3 <= len(forms) <= 80 and sum(f.isalpha() for f in forms) * 2 >= len(forms):
                        out.append(forms)
    return out[::max(1, len(out) // limit)] if limit else out
