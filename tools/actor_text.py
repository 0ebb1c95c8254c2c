"""What the generators of knowledge/actors share: names as news writes them, keys, entries that exist."""

import re
import unicodedata
from pathlib import Path

# Parts of names that stand in lower case inside a name; the base matches them in either case.
PARTICLES = set("al el ad as ar az ash ul ud bin ben ibn bint bte de da do dos das del della di du la le las los van "
                "von der den ter ten y e af zu of and the for in on at to et des pour sur dans und für with".split())
ROMAN = re.compile(r"^(II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XVI)$")

# Words that only bodies have in their names; one makes an organisation of an entry.
BODY_WORDS = set("""academy action activists afd agence agency agenda aid aktion alert alliance army asamblea assembly assistance associates
association associations asylum bank bar board brigade brigades bureau business campaign capital caucus center centers central centre
chamber charity children christian church club coalition college comite commission commissioner committee committees communications community
company confederation conference congress consejo consortium convention cooperation cooperative corp corporation council counsel court
courts cross defence defenders democratic democrats department development directorate doctors education emergency energy environmental
european exchange federacion federation federal fellowship fighters financial force forces forest forum foundation freedom front fund
fundacion global government green group groups guard guards headquarters health help holdings home hospital house human humanitarian
inc industries information initiative initiatives institut institute institution insurance international islamic journal justice labor labour
law lawyers league liberation limited links ltd mission ministry missionaries monitor movement museum muslim national nations network newspaper
office oil operation organisation organization organizations organisations pact pact. parliament partners partnership party peace
people peoples plan plc police press program programme project protection radio reconstruction red refugee refugees relief reporters republican
research resistance resource resources rights saharan savings schools secretariat security senate service services socialist society
solidarity station statistics student students studies summit supreme support survey syndicate systems task team technologies trade training treaty
tribunal trust un unit united union unions university vision volunteers watch welfare women workers works world youth zone without of for
the and tv television news airlines energy media motors pharmaceuticals software solutions technology semiconductor bancorp properties realty
enterprises products laboratories mining gold petroleum networks steel electric power water gas bancshares financial stores brands foods""".split())


def fold(name):
    """The name as the base compares it, nearly: without diacritics, hyphens and apostrophes, in lower case."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = plain.replace("ø", "o").replace("đ", "d").replace("ł", "l").replace("ı", "i").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`]", "", plain)).strip()


def slug(name):
    return fold(name).replace(" ", "-")


def title_word(word, first):
    if ROMAN.match(word) or re.fullmatch(r"([A-Z]\.)+", word):
        return word
    if not first and word.lower() in PARTICLES:
        return word.lower()
    parts = re.split(r"([-'’])", word.lower())
    for i, part in enumerate(parts):
        prefix = i + 1 < len(parts) and parts[i + 1] == "-" and part in PARTICLES
        if part and not prefix and not (i > 0 and parts[i - 1] in "'’" and len(part) == 1):
            parts[i] = part[0].upper() + part[1:]
    return "".join(parts)


def title_case(capitals):
    """'ABDUL KARIM AL-ERYANI' -> 'Abdul Karim al-Eryani'"""
    return " ".join(title_word(w, i == 0) for i, w in enumerate(capitals.split()))


def quoted(name):
    return f'"{name}"' if "," in name else name


def split_list(value):
    return [x.strip().strip('"') for x in re.findall(r'"[^"]*"|[^,]+', value) if x.strip()]


def read_entries(path):
    """Entries of a file of actors: (kind, key, name, [(field, value), ...])."""
    entries = []
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        line = re.sub(r"(^|\s\s)#.*", "", line).rstrip()
        if not line:
            continue
        if line[0] != " ":
            head = line.split(None, 2)
            entries.append((head[0], head[1] if len(head) > 1 else "", head[2] if len(head) > 2 else "", []))
        else:
            field = line.split(None, 1)
            entries[-1][3].append((field[0], field[1] if len(field) > 1 else ""))
    return [e for e in entries if e[0] in ("country", "org", "group", "person")]


def entry_names(entry):
    names = [entry[2]]
    for field, value in entry[3]:
        if field in ("name", "weak", "capital", "people"):
            names += split_list(value)
        elif field == "seat":
            names += split_list(value.split(None, 1)[1])
    return names


def entry_countries(entry):
    found = {v for f, v in entry[3] if f == "country"} | {v[:3] for f, v in entry[3] if f == "code"}
    return found | {v.split()[0] for f, v in entry[3] if f == "role"} | ({entry[1]} if entry[0] == "country" else set())


class Known:
    """Names and keys that the files of a folder have, but for some of the files."""

    def __init__(self, folder, but=()):
        self.names, self.keys, self.loose, self.families, self.words = {}, set(), {}, set(), {}
        for path in sorted(Path(folder).glob("*.txt")):
            if path.name in but:
                continue
            for entry in read_entries(path):
                self.keys.add((entry[0], entry[1]))
                for name in entry_names(entry):
                    self.names.setdefault(fold(name), set()).update(entry_countries(entry))
                if entry[0] == "person":
                    self.families.add(fold(next((v for f, v in entry[3] if f == "family"), entry[2].split()[-1])))
                    for country in entry_countries(entry):
                        for name in [entry[2]] + [x for f, v in entry[3] if f == "name" for x in split_list(v)]:
                            self.loose[(country, loose(name))] = entry[1]
                            words = frozenset(respelt(name).split())
                            for word in words:
                                self.words.setdefault((country, word), []).append((words, entry[1]))

    def like(self, country, name):
        """The key of a person of the country with this name, loosely; or with all its words, or all of whose
        words it has ('Rodrigo Chaves', 'Rodrigo Chaves Robles'), if there is but one."""
        found = self.loose.get((country, loose(name)))
        words, keys = frozenset(respelt(name).split()), set()
        for word in words:
            for others, key in self.words.get((country, word), []):
                if min(len(words), len(others)) > 1 and (words <= others or others <= words):
                    keys.add(key)
        return found or (keys.pop() if len(keys) == 1 else None)

    def alias(self, key, name, country):
        """Whether a name that is like the person's may stand for him: no junior, nor words that leave some of his out."""
        words = frozenset(respelt(name).split())
        same = [w for word in words for w, k in self.words.get((country, word), []) if k == key]
        whole = self.loose.get((country, loose(name))) == key and len(words) > 1
        return "jr" not in fold(name).split() and (whole or any(w <= words for w in same))

    def key(self, kind, name, country=""):
        """A key that is new: the name's, with the country where another has it."""
        for key in (slug(name), f"{slug(name)}-{country.lower()}", f"{slug(name)}-{country.lower()}-2"):
            if (kind, key) not in self.keys:
                self.keys.add((kind, key))
                return key
        raise ValueError(f"no key for {name}")


def respelt(text):
    """The folded name with spellings of Arabic and Slavic names that news mixes made one, without particles."""
    text = " ".join(w for w in fold(text).split() if w not in PARTICLES)
    for a, b in (("mohammed", "muhammad"), ("mohammad", "muhammad"), ("mohamed", "muhammad"), ("mohamad", "muhammad"),
                 ("ahmed", "ahmad"), ("hussein", "husayn"), ("hossein", "husayn"), ("ou", "u"), ("oo", "u"),
                 ("ee", "i"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("w", "v"),
                 ("y", "i"), ("j", "i"), ("q", "k"), ("ck", "k"), ("z", "s"), ("e", "i"), ("o", "u")):
        text = text.replace(a, b)
    return re.sub(r"(.)\1+", r"\1", text)


def loose(name):
    """First and last word, so that 'George W. Bush' and 'George Walker Bush' are one within a country; of
    names that many begin with the second word counts, too."""
    words = [w for w in fold(name).split() if w not in PARTICLES]
    if not words:
        return fold(name)
    many = words[0].startswith(("moham", "muham", "ahm", "abd", "abu", "ali", "hass", "huss", "jose", "juan", "maria", "kim", "lee"))
    text = " ".join(words[:2] + words[-1:]) if many and len(words) > 2 else words[0] + " " + words[-1]
    return respelt(text)
