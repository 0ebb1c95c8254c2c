"""Who is named with an office and a country in a text: "Italian Prime Minister Giorgia Meloni", "the president
of Mali, Ibrahim Boubacar Keita", "Hamas leader Ismail Haniyeh", "Giorgia Meloni, the prime minister of Italy".

Works on words alone, by lists of countries, peoples, bodies (knowledge/actors), divisions and large cities
(knowledge/places) and of the words that titles consist of. Made to be sure rather than complete: a title in the
plural, a candidate, a name of one word or next to something odd is passed over. Read by
tools/make_officeholders.py and bench/officeholders.py."""

import csv
import re
from pathlib import Path

from actor_text import BODY_WORDS, entry_names, fold, read_entries

TOKEN = re.compile(r"(?:[A-Z]\.)+|(?:Gen|Col|Lt|Maj|Brig|Capt|Sgt|Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Jr|Sr|St|Adm|Prof|Rev|Hon)\.|"
                   r"[^\W_](?:[\w’'`‘-]*\w)?|[^\w\s]")

# Words of titles without which a phrase is none, by what they say of the sector; the first row that has a word
# of the phrase decides. "general" stands behind "attorney" and "secretary".
HEADS = [
    ("GOV", "minister premier taoiseach tánaiste chancellor"),
    ("JUD", "judge justice prosecutor magistrate jurist attorney-general solicitor-general"),
    ("LEG", "senator congressman congresswoman representative lawmaker mp legislator parliamentarian speaker whip sen. rep. mep"),
    ("GOV", "president secretary vice-president king queen emir sultan prince princess monarch emperor governor mayor "
            "ambassador envoy diplomat consul governor-general regent dictator ruler strongman commissioner undersecretary "
            "under-secretary secretary-general spokesman spokeswoman spokesperson adviser advisor leader chief head chairman "
            "chairwoman chairperson director director-general deputy gov. negotiator administrator crown-prince commander "
            "commander-in-chief general admiral colonel marshal lieutenant brigadier major gen. col. lt. maj. adm. brig. "
            "capt. ayatollah warlord official councillor councilor inspector-general attorney politician boss chairmen"),
]
HEAD_WORDS = {w: s for s, ws in HEADS for w in ws.split()}
# What stands in a title beside its head.
TITLE_WORDS = set("""prime foreign interior internal external home defense defence finance financial economy economic economics trade commerce
industry industrial health education justice agriculture fisheries environment energy oil petroleum transport transportation labor labour culture
sports sport youth tourism information communications communication telecommunications media development planning security police public works
housing science technology research immigration migration integration employment social welfare women family families children human rights
religious affairs state states cabinet government deputy vice acting interim caretaker provisional transitional assistant associate senior junior
first second third chief executive head supreme high court constitutional appeals federal district national union central bank army navy air force forces
armed military naval marine land ground staff joint chiefs special presidential parliamentary parliament senate house assembly congress chamber
lower upper minority majority opposition party ruling rebel insurgent guerrilla militia separatist militant ambassador press royal crown grand
intelligence spy secret service agency general attorney solicitor lord privy exchequer treasury inland revenue budget tax water resources natural mining mines
infrastructure regional local rural urban municipal province provincial city mayoral relations cooperation european african international integration
new current incumbent longtime long-time embattled outgoing incoming newly elected re-elected reelected appointed sworn-in self-proclaimed populist conservative
liberal socialist communist democratic republican centrist left-wing right-wing far-right far-left nationalist islamist reformist moderate hardline veteran
spiritual political paramount top civil emergency emergencies management disaster counter-terrorism counterterrorism anti-terrorism anti-corruption peace nuclear climate
digital innovation business enterprise small consumer veterans homeland border ministry department office council of for and the
congressional county justice permanent plenipotentiary un special commissioner police coast guard republican revolutionary guards corps quds force
brigade division regiment battalion field wing fleet front-line frontline district area command northern southern eastern western
exiled jailed imprisoned detained late deceased former ex-prime ex-president ex-minister one-time onetime erstwhile past deposed ousted fugitive disgraced""".split())
FORMER = set("former ex onetime one-time erstwhile past deposed ousted late deceased disgraced exiled ex-prime ex-president ex-minister "
             "then then-".split())
NOT_IN_OFFICE = set("candidate nominee hopeful designate elect president-elect pick contender would-be aspirant "
                    "minister-designate then then-president then-prime".split())
RANKS = set("general gen. colonel col. lieutenant lt. major maj. brigadier brig. admiral adm. captain capt. marshal dr. mr. mrs. ms. sir dame lord "
            "lady prof. professor rev. reverend sheikh shaykh ayatollah hon. sergeant sgt. field dato datuk tun hajji haji sayyid mullah maulana "
            "king queen prince princess emir sultan grand imam comrade engineer doctor baroness baron count commodore capt col gen lt dr pm mr datuk seri dato' designate inspector".split())
NAME_PARTICLES = set("al el bin ben ibn de da do dos das del della di du la le van von der den ter y ul abu".split())
NO_NAME = set("""monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december the a an and or in on at for of to from with by as after before during while that this his her their its he she they it who
court party university college airport street square palace house summit conference agreement accord act bill treaty war revolution day
north south east west northern southern eastern western united states kingdom republic union nations democratic
minister president senate parliament congress ministry department committee council commission government administration army police force
prize award foundation institute center centre school hospital stadium church bank company corporation inc group club cup league team
british american russian chinese covid-19 twitter facebook cnn bbc reuters nobel olympic christian muslim jewish catholic protestant islamic""".split())
UNIQUE = re.compile(r"^(acting |interim |caretaker )?(president|prime minister|premier|taoiseach|chancellor|king|queen|emir|sultan|foreign minister|"
                    r"defen[cs]e minister|interior minister|finance minister|justice minister|vice president|vice-president|secretary of state|"
                    r"foreign secretary|home secretary|defence secretary|secretary of defen[cs]e|defense secretary|supreme leader|governor|attorney general|"
                    r"speaker|army chief|police chief|health minister|first minister)$")


class Lists:
    """Names of countries, peoples, bodies and places, by their folded words."""

    def __init__(self, knowledge):
        knowledge = Path(knowledge)
        self.sides, self.longest = {}, {}  # by folded words; by the first word: words of the longest such name
        self.add_places(knowledge / "places")
        for file in ("organisations.txt", "groups.txt", "agencies.txt", "companies.txt", "associations.txt"):
            for kind, key, name, fields in read_entries(knowledge / "actors" / file):
                self.add_body(kind, key, name, fields)
        for kind, key, name, fields in read_entries(knowledge / "actors" / "countries.txt"):
            if ("region", "yes") not in fields:
                for n in entry_names((kind, key, name, [f for f in fields if f[0] in ("name", "people")])):
                    self.add(n, ("country", key, ""))
        self.add("US", ("country", "USA", ""))
        self.states = {fold(r["name"]) for r in self.rows(knowledge / "places" / "states.tsv")}

    @staticmethod
    def rows(path):
        lines = path.read_text(encoding="utf-8").split("\n")
        return csv.DictReader([x for x in lines if not x.startswith("#")], delimiter="\t", quoting=csv.QUOTE_NONE)

    def add_places(self, folder):
        found = {}
        for file, least in (("cities.tsv", 400000), ("divisions.tsv", 0)):
            for row in self.rows(folder / file):
                if row["kind"] in "PTA" and (row["kind"] == "A" or int(row["population"] or 0) >= least):
                    found.setdefault(fold(row["name"]), set()).add(row["country"])
        for name, lands in found.items():
            if len(lands) == 1 and len(name) > 3:
                self.add(name, ("place", *lands, ""))
        for row in self.rows(folder / "states.tsv"):
            self.add(row["name"], ("place", row["country"], ""))

    def add_body(self, kind, key, name, fields):
        values = dict(fields)
        sector = values.get("sector", "")
        country = values.get("country", values.get("code", "")[:3])
        for n in entry_names((kind, key, name, [f for f in fields if f[0] == "name"])):
            if len(n) > 3 or n.isupper():
                self.add(n, ("body", f"{kind}/{key}", "NGO" if country == "NGO" else "" if country == "IGO" else sector))

    def add(self, name, side):
        words = tuple(fold(name).split())
        if words:
            self.sides[words] = side
            self.longest[words[0]] = max(self.longest.get(words[0], 0), min(len(words), 8))

    def at(self, folded, i):
        """(side, end) of the longest name that begins at word i, or None."""
        most = self.longest.get(folded[i].split(" ")[0], 0) if i < len(folded) else 0
        for n in range(min(most, len(folded) - i), 0, -1):
            key = tuple(w for f in folded[i:i + n] for w in f.split())
            if key in self.sides:
                return self.sides[key], i + n
        return None


class Text:
    def __init__(self, text):
        self.text = text
        self.spans = [m.span() for m in TOKEN.finditer(text)]
        self.words = [re.sub(r"['’]s?$", "", text[b:e]) for b, e in self.spans]
        self.possessive = [text[b:e].endswith(("'s", "’s", "'", "’")) for b, e in self.spans]
        self.folded = [fold(w) for w in self.words]
        self.lower = [w.lower() for w in self.words]

    def __len__(self):
        return len(self.words)

    def upper(self, i):
        return i < len(self) and self.words[i][:1].isupper()

    def word(self, i):
        return self.lower[i] if 0 <= i < len(self) else ""


def read_title(t, i):
    """(end, words) of the words of a title that begin at i; a domain behind 'of' and 'for' belongs to it."""
    end, found = i, []
    while end < len(t) and (t.word(end) in HEAD_WORDS or t.word(end) in TITLE_WORDS) and not t.possessive[end]:
        found.append(t.word(end))
        end += 1
    while found and found[-1] in ("of", "for", "and", "the", "un"):
        found.pop()
        end -= 1
    return end, found


def read_name(t, i):
    """End of a person's name of two to five words that begins at i, 0 if there is none."""
    begin = i
    while t.word(i) in RANKS:
        i += 1
    first = i
    if t.word(i) in TITLE_WORDS:
        return begin, 0
    while i < len(t) and i - first < 6:
        w = t.lower[i]
        if t.upper(i) and w not in NO_NAME and w not in HEAD_WORDS and re.fullmatch(r"(?:[A-Z]\.)+|[^\W\d_][\w’'`‘-]*\.?", t.words[i]):
            i += 1
            if t.possessive[i - 1]:
                break
        elif i > first and w in NAME_PARTICLES and t.upper(i + 1) or (i == first and w.startswith(("al-", "el-"))) or \
                (i > first and re.match(r"(al|el|ad|as|ash|ar|an|at)-[A-Z]", t.words[i])):
            i += 1
        else:
            break
    n = i - first
    full = [w for w in t.words[first:i] if len(w.strip(".")) > 1]
    if n < 2 or n > 5 or len(full) < 2 or t.words[i - 1].endswith(".") and t.words[i - 1] not in ("Jr.", "Sr."):
        return begin, 0
    if t.upper(i) and not t.possessive[i - 1]:
        return begin, 0
    if any(t.folded[k] == "" or t.folded[k] in BODY_WORDS for k in range(first, i)):
        return begin, 0
    return first, i


def sector_of(title, side):
    """Sector of a title, 'ELI' for a former one, None where it is no office."""
    words = set(title)
    heads = [w for w in title if w in HEAD_WORDS]
    if not heads or words & NOT_IN_OFFICE:
        return None
    text = " ".join(title)
    if "minister" in words or "premier" in words or "chancellor" in words or re.search(r"secretary of|state secretary|foreign secretary|"
                                                                                  r"(home|defen[cs]e|health|treasury|interior) secretary", text):
        return "GOV"
    if words & {"opposition"}:
        return "OPP"
    if words & {"rebel", "insurgent", "guerrilla", "militia", "separatist", "militant", "warlord"}:
        return "REB"
    if words & {"court", "judge", "prosecutor", "magistrate"} or re.search(r"(chief|associate) justice", text) or text == "justice":
        return "JUD"
    if words & {"senator", "sen.", "rep.", "congressman", "congresswoman", "lawmaker", "mp", "legislator", "parliamentarian", "speaker", "whip", "mep"} or \
            words & {"senate", "parliament", "parliamentary", "congress", "assembly", "chamber", "congressional"} or \
            re.search(r"house (majority|minority)|house speaker", text) or (text == "representative" and side[1] == "USA"):
        return "LEG"
    if words & {"party", "politician"}:
        return "PTY"
    if words & {"intelligence", "spy"}:
        return "SPY"
    if "attorney" in words and "general" not in words:
        return "JUD"
    if words & {"police"}:
        return "COP"
    if words & {"president", "vice-president", "king", "queen", "emir", "sultan", "prince", "princess", "monarch", "emperor", "governor",
                "mayor", "governor-general", "secretary-general", "gov.", "crown"} or "secretary" in words or "attorney" in words or "consul" in words:
        return "GOV"
    if words & {"army", "navy", "air", "military", "naval", "armed", "forces", "general", "admiral", "colonel", "marshal", "lieutenant", "brigadier",
                "major", "commander", "commander-in-chief", "gen.", "col.", "lt.", "maj.", "adm.", "brig.", "capt.", "joint"}:
        return "MIL"
    if words & {"ambassador", "envoy", "diplomat", "spokesman", "spokeswoman", "spokesperson", "negotiator", "supreme", "dictator", "ruler", "strongman"}:
        return "GOV"
    if text in ("leader", "paramount leader", "top leader"):
        return "GOV"
    if words & {"government", "ministry", "presidential", "cabinet", "bank", "security", "nuclear", "foreign"} and heads:
        return "GOV"
    return None


# Groups that came to govern: whose, and from when.
GOVERNING = {"group/taliban": ("AFG", "2021-08-15")}
BODY_HEADS = set("leader chief head director director-general chairman chairwoman chairperson spokesman spokeswoman spokesperson commander president secretary-general "
                 "secretary general commissioner official negotiator co-founder founder senator politician candidate envoy".split())


def role_of(side, title):
    """(side in the words of a role, sector) or None."""
    kind, key, body_sector = side
    if kind == "body":
        if not set(title) & BODY_HEADS or set(title) & NOT_IN_OFFICE or "candidate" in title:
            return None
        if not body_sector and set(title) <= {"leader"}:
            return None
        return key, body_sector or "GOV"
    sector = sector_of(title, side)
    if kind == "place":
        local = set(title) & {"governor", "mayor", "premier", "minister", "senator", "police", "attorney", "lieutenant", "gov.", "sen.", "congressman"}
        if not local or sector is None:
            return None
    return sector and (key, sector)


def is_former(t, side_begin, title):
    before = {t.word(side_begin - 1), t.word(side_begin - 2) if t.word(side_begin - 1) in ("-", "the") else ""}
    if re.match(r"(first|second|third) (president|prime minister|king|chancellor)", " ".join(title)):
        return True
    return bool((set(title) | before) & FORMER) or any(w.startswith(("ex-", "then-", "former-")) for w in title) or \
        t.word(side_begin - 1).startswith("ex")


def tuple_of(t, side, title, begin, end, former):
    role = role_of(side, title)
    if role is None:
        return None
    title = [w for w in title if w not in FORMER]
    return {"name": t.text[t.spans[begin][0]:t.spans[end - 1][0]] + t.words[end - 1], "side": role[0], "sector": role[1],
            "title": " ".join(title), "former": former, "begin": t.spans[begin][0],
            "end": t.spans[end - 1][0] + len(t.words[end - 1]), "place": side[0] == "place"}


def fix_side(t, side, title, end):
    """Georgia's governor and secretary of state are those of the state."""
    if side[0] == "country" and side[1] == "GEO" and set(title) & {"governor", "senator", "lieutenant", "gov.", "sen.", "congressman"}:
        return ("place", "USA", "")
    if side[1] == "GEO" and "secretary" in title:
        return ("place", "USA", "")
    return side


def before_name(t, lists, i):
    """SIDE TITLE NAME and SIDE's TITLE NAME, from a side at word i."""
    found = lists.at(t.folded, i)
    if found is None or not t.upper(i) or t.word(i - 1) in ("-", "and", "–") or (t.upper(i - 1) and t.word(i - 1) not in TITLE_WORDS
                                                            and t.word(i - 1) not in HEAD_WORDS and i > 1):
        return None
    side, end = found
    # "former Italian", "acting": what stands before the side counts; "'s" only with the whole name
    title_end, title = read_title(t, end)
    if title_end == end or title[0] in ("of", "for", "and", "the"):
        return None
    comma = t.word(title_end) == ","
    begin, name_end = read_name(t, title_end + (1 if comma else 0))
    if name_end == 0 or (comma and (not t.possessive[end - 1] or t.word(name_end) != ",")):
        return None
    side = fix_side(t, side, title, end)
    return tuple_of(t, side, title, begin, name_end, is_former(t, i, title))


def of_side(t, lists, i):
    """(side, title words, end) of TITLE of SIDE that begins at word i."""
    if t.word(i) in ("of", "for", "and", "the"):
        return None
    end, title = read_title(t, i)
    if end == i or t.word(end) not in ("of", "to"):
        return None
    k = end + (2 if t.word(end + 1) == "the" else 1)
    found = lists.at(t.folded, k)
    if found is None or not t.upper(k) or t.possessive[found[1] - 1]:
        return None
    if t.word(end) == "to" and not set(title) & {"ambassador", "envoy"}:
        return None
    if t.word(end) == "to":
        return None  # the ambassador to a country is another's
    return fix_side(t, found[0], title, end), title, found[1]


def title_of_side(t, lists, i):
    """TITLE of SIDE NAME; TITLE of SIDE, NAME,"""
    if t.word(i - 1) in TITLE_WORDS - {"the", "of", "and", "for"} or t.word(i - 1) in HEAD_WORDS:
        return None
    found = of_side(t, lists, i)
    if found is None:
        return None
    side, title, end = found
    comma = t.word(end) == ","
    begin, name_end = read_name(t, end + (1 if comma else 0))
    if name_end == 0 or (comma and t.word(name_end) not in (",", ".", ":")):
        return None
    return tuple_of(t, side, title, begin, name_end, is_former(t, i, title))


def after_name(t, lists, i):
    """NAME, the TITLE of SIDE; NAME, the SIDE TITLE."""
    if not t.upper(i) or t.upper(i - 1) and i > 0 and t.word(i - 1) not in TITLE_WORDS | HEAD_WORDS.keys():
        return None
    if t.word(i) in HEAD_WORDS or t.word(i) in RANKS:
        return None
    begin, end = read_name(t, i)
    if end == 0 or t.word(end) != ",":
        return None
    k = end + 1
    while t.word(k) in ("the", "a", "an", "who", "is", "then", "himself"):
        if t.word(k) in ("who", "then"):
            return None
        k += 1
    if lists.at(t.folded, i):
        return None
    found = of_side(t, lists, k)
    if found is None:
        first = k
        while t.word(k) in FORMER | {"current", "new", "acting", "deputy"}:
            k += 1
        side = lists.at(t.folded, k)
        if side is None or not t.upper(k):
            return None
        title_end, title = read_title(t, side[1])
        title = t.lower[first:k] + title
        if title_end == side[1] or t.upper(title_end) or t.word(title_end) not in (",", ".", "and", "since", "who", ";", "from", "until", "has", "said"):
            return None
        found = fix_side(t, side[0], title, k), title, title_end
    side, title, _ = found
    return tuple_of(t, side, title, begin, end, is_former(t, k, title))


def find(text, lists):
    """All persons of the text that are named with an office and a side."""
    t, out = Text(text), []
    for i in range(len(t)):
        for pattern in (before_name, title_of_side, after_name):
            found = pattern(t, lists, i)
            if found and not any(x["begin"] < found["end"] and found["begin"] < x["end"] for x in out):
                out.append(found)
    return out
