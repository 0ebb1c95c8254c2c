"""Events to learn from, beside their evidence: the corpus's, a teacher's, and those of our own examples."""
import json
import pathlib

import numpy as np

from evidence import STATUS, evidence

# PLOVER's types; add_types() puts those behind them that a corpus has besides.
TYPES = ["none"] + ("ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT "
                    "SANCTION SUPPORT THREATEN").split()
MOST_TYPES = 64  # READER_TYPES
MORE_SECTORS = {"UAF", "CIV", "NON", "SET", "INS", "MOD", "RAD", "REB"}  # in codes only
UPOS_ORDER = {15: 0, 7: 1, 0: 2}  # of several words that head a trigger: verb, noun, adjective


def read_sectors(knowledge):
    """The sectors of actor codes: what begins with none of them begins with a country or a body of states."""
    text = (pathlib.Path(knowledge) / "words" / "sectors.txt").read_text(encoding="utf-8")
    return {line.split()[1] for line in text.splitlines() if line.startswith("sector ")} | MORE_SECTORS


def add_types(*paths):
    """Types of the corpus that are not PLOVER's: an ontology of one's own."""
    found = {e["plover"] for path in paths for line in open(path, encoding="utf-8") for e in json.loads(line)["events"]}
    own = sorted(found - set(TYPES))
    if any(not t or t == "-" or any(c.isspace() for c in t) for t in own) or len(TYPES) + len(own) > MOST_TYPES:
        raise SystemExit(f"reader: types are words without blanks, {MOST_TYPES - 1} at most: {', '.join(own)}")
    TYPES.extend(own)
    if own:
        print(f"types besides PLOVER's: {', '.join(own)}")


def read_rows(path):
    """Rows of the corpus; a code may be left out."""
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    for r in rows:
        for e in r["events"]:
            e["cameo"] = e["cameo"] or ""
    return rows


def find_all(text, phrase):
    at, out = text.find(phrase), []
    while at >= 0 and phrase:
        out.append((at, at + len(phrase)))
        at = text.find(phrase, at + 1)
    return out


def head_of(story, begin, end):
    """The token that carries a phrase: its head is outside; a word that may name an event first."""
    inside = set(np.nonzero((story.tokens[:, 0] < end) & (story.tokens[:, 1] > begin))[0].tolist())
    candidates = {w[0] for w in story.words}
    tops = [i for i in inside if int(story.tokens[i, 3]) not in inside]
    return min(tops, key=lambda i: (i not in candidates, UPOS_ORDER.get(int(story.tokens[i, 4]), 3), i)) if tops else None


def find_triggers(story, row):
    text, out = row["text"].encode(), []
    for e in row["events"]:
        spots = find_all(text, e["trigger"].encode())
        phrases = [s for side in ("source", "target") for p in e[side] for s in find_all(text, p.encode())]
        if phrases:
            spots.sort(key=lambda s: min(abs(s[0] - p[0]) for p in phrases))
        token = head_of(story, *spots[0]) if spots else None
        if token is not None:
            out.append((token, e))
    return out


def homeless(story, actor):
    return bool(story.actors[actor, 4] >> 16 & 1)


def split_code(code, sectors):
    """"RUSGOV" is RUS, GOV; "GOV" and "UNK" have no country."""
    code = "" if code in ("UNK", "---") else code
    return ("", code[:3]) if code[:3] in sectors else (code[:3], code[3:6])


def find_sides(story, row, token, event, sectors):
    """For each side {actor: (country, sector)} as the corpus has them; None where its lists do not match."""
    text, begin, here, sides = row["text"].encode(), int(story.tokens[token, 0]), list(story.pairs[token]), []
    for side in ("source", "target"):
        found, codes = {}, event[side + "_code"]
        for k, phrase in enumerate(event[side]):
            code = codes[k] if len(codes) == len(event[side]) else codes[0] if len(codes) == 1 else None
            got = None
            for b, e in sorted(find_all(text, phrase.encode()), key=lambda s: abs(s[0] - begin))[:3]:
                over = [x for x in here if story.actors[x, 0] < e and story.actors[x, 1] > b]
                if over:
                    head = head_of(story, b, e)
                    got = min(over, key=lambda x: (story.actors[x, 2] != head and story.code[x] != code, story.code[x] != code,
                                                   story.country[x] != (code or "")[:3], story.actors[x, 2] != head,
                                                   int(story.actors[x, 0]) - int(story.actors[x, 1])))
                    break
            if got is None and code:
                same = [x for x in here if story.code[x] == code]
                got = min(same, key=lambda x: abs(int(story.actors[x, 2]) - token)) if same else None
            if got is not None:
                found[got] = split_code(code, sectors) if code is not None else None
        sides.append(found)
    return sides


def own_sectors(story, sectors):
    """What the knowledge base says of each actor; None where it has no code."""
    return [split_code(c, sectors)[1] if c else None for c in story.code]


def ask(tool, path, stories, events):
    """Their homes and sectors."""
    questions = []
    for s, some in zip(stories, events):
        line = s.id
        for t, e, sides in some:
            for side in (0, 1):
                for x in sides[side]:
                    line += question(s, t, x, side, TYPES.index(e["plover"]), sides[1 - side])
        questions.append(line)
    for s, g in zip(stories, evidence(tool, path, questions)):
        s.guesses = g.guesses


def question(story, token, actor, side, type_, others):
    """Asks for the homes and the sector of an actor; see speaker_of_side() of reading.c."""
    others = sorted(others, key=lambda y: homeless(story, y))
    return f" {story.tokens[token, 0]},{actor},{side},{type_},{others[0] if others else -1}"


class Gold:
    """A part of the corpus beside its evidence: events is a list of (token, event, sides) for each story."""

    def __init__(self, tool, path, sectors):
        self.rows = read_rows(path)
        first = evidence(tool, path)
        triggers = [find_triggers(s, r) for s, r in zip(first, self.rows)]
        self.stories = evidence(tool, path, [
            s.id + "".join(f" {s.tokens[t, 0]}" for t in sorted({t for t, _ in g})) for s, g in zip(first, triggers)])
        self.events = [[(t, e, find_sides(s, r, t, e, sectors)) for t, e in g]
                       for s, r, g in zip(self.stories, self.rows, triggers)]
        ask(tool, path, self.stories, self.events)
        for s in self.stories:
            s.sector = own_sectors(s, sectors)


def sides_of(gold):
    """For each story its events: token, number of the type, and of each party and of nobody, who stands last, whether it is
    source and target; an empty side is nobody's."""
    for s, events in zip(gold.stories, gold.events):
        out = []
        for t, e, sides in events:
            if t in s.nobody:
                y = [(float(x in sides[0]), float(x in sides[1])) for x in s.pairs[t]]
                y.append(tuple(float(not any(p[k] for p in y)) for k in (0, 1)))
                out.append((t, TYPES.index(e["plover"]), np.array(y)))
        yield out


class Examples:
    """Our own example sentences, which the frames read as they should: what they find is the gold."""

    def __init__(self, tool, path, sectors):
        first = evidence(tool, path)
        self.stories = evidence(tool, path, [s.id + "".join(f" {s.tokens[t, 0]}" for t in sorted({f[0] for f in s.frames}))
                                             for s in first])
        self.events = []
        for s in self.stories:
            events = []
            for token, status, plover, mode, cameo, source, target in s.frames:
                sides = [{x: split_code(s.code[x], sectors) for x in side if x in s.pairs[token]} for side in (source, target)]
                events.append((token, {"plover": plover, "mode": mode, "cameo": cameo, "status": status}, sides))
            self.events.append(events)


class Silver:
    """Stories that teachers have read. That of events gives its shares for each word (events_teacher.py label), that of
    sides, where there is a file of its own, the scores of the parties of likely events (sides_teacher.py label)."""

    SURE = 0.3  # of a word that is likelier than this to name an event mode and code count, too

    def __init__(self, tool, path, labels_path, sides_path=None):
        if sides_path is None:
            self.stories, self.sides = evidence(tool, path), None
        else:
            self.read_sides(tool, path, np.load(sides_path, allow_pickle=False))
        z = np.load(labels_path, allow_pickle=False)
        at = {i: k for k, i in enumerate(z["ids"].tolist())}
        self.events = [[] for _ in self.stories]
        start, begin = z["doc_start"], z["begin"]
        status, columns = z["status"], [TYPES.index(t) for t in z["type_names"].tolist()]
        type_ = np.zeros((len(z["type"]), len(TYPES)), np.float16)
        type_[:, columns] = z["type"]
        order = [STATUS.index(x) for x in z["status_names"].tolist()]
        mode, cameo = z["mode"], z["cameo"]
        modes, codes = z["mode_names"].tolist(), z["cameo_names"].tolist()
        self.soft, self.told, self.kinds = [], [], []
        for s in self.stories:
            k = at[s.id]
            a, b = int(start[k]), int(start[k + 1])
            token = {int(x): a + i for i, x in enumerate(begin[a:b])}
            for t, _, _ in s.words:
                g = token.get(int(s.tokens[t, 0]))
                p = type_[g].astype(np.float32) if g is not None else np.eye(1, len(TYPES), dtype=np.float32)[0]
                q = np.zeros(len(STATUS), np.float32)
                if g is not None:
                    q[order] = status[g]
                self.soft.append(p)
                self.told.append(q * (1 - p[0]))
                sure = g is not None and 1 - p[0] > self.SURE
                self.kinds.append((TYPES[1 + int(p[1:].argmax())], modes[mode[g]], codes[cameo[g]]) if sure else None)

    def read_sides(self, tool, path, z):
        """`sides`: for each story its events (token, type), with the scores of each party that the run time sees, and of
        nobody, [source, target]; events with a party that the teacher did not see are left out."""
        ids, start, parties = z["ids"].tolist(), z["event_start"], z["party_start"]
        word, names, kind, score = z["word"], z["type_names"].tolist(), z["type"], z["score"].astype(np.float32)
        spans = np.stack([z["begin"], z["end"]], 1).tolist()
        ranges = {i: range(start[k], start[k + 1]) for k, i in enumerate(ids)}
        order = [json.loads(line)["id"] for line in open(path, encoding="utf-8")]
        self.stories = evidence(tool, path, [i + "".join(f" {word[e]}" for e in ranges.get(i, ())) for i in order])
        self.sides = []
        for s in self.stories:
            token, mine = {int(b): k for k, b in enumerate(s.tokens[:, 0])}, []
            for e in ranges[s.id]:
                here = range(parties[e], parties[e + 1])
                seen = {tuple(spans[k]): score[k] for k in here}
                t = token.get(int(word[e]))
                wanted = [tuple(s.actors[x, :2].tolist()) for x in s.pairs.get(t, {})] + [(0, 0)]
                if t in s.nobody and all(x in seen for x in wanted):
                    mine.append((t, TYPES.index(names[kind[e]]), np.array([seen[x] for x in wanted])))
            self.sides.append(mine)
