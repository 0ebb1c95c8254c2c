/* words.h - what the stages know of English words, as data.
 *
 * A word class is a set of words that one stage or several treat alike: verbs of motion, titles,
 * negations, the preposition "of". Which classes there are stands here, because C asks for them by
 * name; their words stand in knowledge/words/ and a user's folder may change them
 * (doc/knowledge.md). The compiler of the base gives each word one record with a bit for each class
 * (words_read.c), so that a stage looks a word up once and then asks bits: word_has() of
 * lang/tree.h. The same record says what the word is as a word of time (timeword.h) and which
 * currency it names (times_read.c). */
#ifndef DETENTE_WORDS_H
#define DETENTE_WORDS_H

#include "know/know.h"
#include "know/timeword.h"

/* Name in C, name in the files, what its words are. One block for each stage that asks first. */
#define LANG_WORDS(X)                                                                              \
    X(BE, "be", "forms of the verb be")                                                            \
    X(HAVE, "have", "the auxiliary of the perfect")                                                \
    X(TO, "to", "the mark of the infinitive and the preposition")                                  \
    X(BY, "by", "the preposition of the agent")                                                    \
    X(OF, "of", "the preposition of")                                                              \
    X(IN, "in", "the preposition in")                                                              \
    X(FOR, "for", "the preposition for")                                                           \
    X(FROM, "from", "the preposition from")                                                        \
    X(THE, "the", "the definite article")                                                          \
    X(POSSESSIVE, "possessive", "marks of a possessor")                                            \
    X(AND, "and", "the conjunction and")                                                           \
    X(JOINT, "joint", "conjunctions of a list: and, or")                                           \
    X(RELATIVE, "relative", "relative pronouns")                                                   \
    X(TIME_NOUN, "time-noun", "nouns of time that may stand without a preposition")                \
    X(NOT, "not", "adverbs that negate")                                                           \
    X(NO, "no", "determiners that negate")                                                         \
    X(NO_LONGER, "no-longer", "adverbs that negate behind \"no\"")                                  \
    X(WITHOUT, "without", "prepositions and conjunctions that negate")                             \
    X(CONDITION, "condition", "conjunctions of what has not happened: if, unless, until")
#define KNOW_WORDS(X)                                                                              \
    X(NOUN_LINK, "noun-link", "what the head of a role noun stands before: secretaries of state")  \
    X(SHORT_WORD, "short-word", "words that a headline in capitals makes look like acronyms: US")
#define WHO_WORDS(X)                                                                               \
    X(TITLE, "title", "what stands before the name of a person who is somebody")                   \
    X(SURE_TITLE, "sure-title", "titles that are no family names: behind words, an office")        \
    X(HONORIFIC_MAN, "honorific-man", "what stands before the name of any man")                    \
    X(HONORIFIC_WOMAN, "honorific-woman", "what stands before the name of any woman")              \
    X(MAN, "man", "nouns of roles that say that it is a man")                                      \
    X(WOMAN, "woman", "nouns of roles that say that it is a woman")                                \
    X(HIGH_OFFICE, "high-office", "the highest offices: their holder needs no first name")         \
    X(COMMON_OFFICE, "common-office", "offices that companies and clubs have, too")                \
    X(GENERIC_NOUN, "generic-noun", "nouns of roles that leave the sector to another noun")        \
    X(PLAIN_NOUN, "plain-noun", "nouns without a sector, actors together with a country")          \
    X(COUNTED_REST, "counted-rest", "with a number, people: 14 others, dozens more")               \
    X(OFFICER, "officer", "of the police where nothing says that it is of an army")                \
    X(RULE_NOUN, "rule-noun", "what is called by who rules: the Doe administration")               \
    X(KIN, "kin", "who is another's, of his country: the brother of")                              \
    X(HARMING, "harming", "verbs whose object, a mere number, counts people")                      \
    X(LEAST, "least", "behind at, of a number that may be greater or smaller")                     \
    X(COUNTRIES, "countries", "what many states are called: nations")                              \
    X(ANYONE, "anyone", "nouns that say no more than that it is a person")                         \
    X(ASSAILING, "assailing", "with harm, verbs of an attack by one's own hand")                   \
    X(OPENING, "opening", "verbs before fire: open")                                               \
    X(GUNFIRE, "gunfire", "what is opened: fire")                                                  \
    X(SUSPECTED, "suspected", "verbs of those who are thought to have done it, or are armed")      \
    X(DYING, "dying", "verbs whose subject is a victim")                                           \
    X(REST, "rest", "who is of those named before: others")                                        \
    X(LED, "led", "participles behind a hyphen that say whose something is: French-led")           \
    X(NAMESAKE, "namesake", "what is called after somebody: Airport, Square")                      \
    X(FROM_ELSEWHERE, "from-elsewhere", "of those who are not from where they are")                \
    X(ETHNIC, "ethnic", "before a people: one that lives elsewhere")                               \
    X(FOLLOWER, "follower", "who belongs to another without holding his office")                   \
    X(DEED_OF_FORCES, "deed-of-forces", "what of a state only its armed forces do: an airstrike")  \
    X(STRIKE_OF_WORK, "strike-of-work", "what makes of a strike one of workers: general")          \
    X(COUNTERPART, "counterpart", "who holds the same office elsewhere")                           \
    X(SPEAKER_FOR, "speaker-for", "who may be somebody for a body: a spokesman for the army")      \
    X(OFFICE_SHELL, "office-shell", "what stands for the person whose it is: the office of")       \
    X(FORMER, "former", "adjectives and prefixes of those who were in office")                     \
    X(THEN, "then", "adverbs of those who were in office at that time")                            \
    X(ABOUT_PREFIX, "about-prefix", "prefixes that make of a country a word about it")             \
    X(OFFICE_PREFIX, "office-prefix", "prefixes behind which an office is still one")              \
    X(JOIN, "join", "verbs in whose company forces are no soldiers")                               \
    X(FORCES, "forces", "what one joins in order to act together")                                 \
    X(SPEAK, "speak", "verbs whose object is a language")                                          \
    X(MOTION, "motion", "verbs whose object is a place, not its government")                       \
    X(RECEIVING, "receiving", "verbs whose receiver is somebody, not a place")                     \
    X(JOURNEY, "journey", "nouns behind which to and for lead to a place")                         \
    X(PARTY_PREPOSITION, "party-preposition", "prepositions before somebody, not a place")         \
    X(RECEIVER_PREPOSITION, "receiver-preposition", "prepositions before a receiver or a place")   \
    X(PASSAGE, "passage", "prepositions of a way: with the locative ones, of places")              \
    X(PRONOUN_HE, "pronoun-he", "pronouns of a man")                                               \
    X(PRONOUN_SHE, "pronoun-she", "pronouns of a woman")                                           \
    X(PRONOUN_IT, "pronoun-it", "pronouns of a body or a state")                                   \
    X(PRONOUN_THEY, "pronoun-they", "pronouns of several")                                         \
    X(PAIR, "pair", "words for two")                                                               \
    X(PAIR_OF_STATES, "pair-of-states", "nouns that, two of them, are the states spoken of last")  \
    X(PAIR_OF_PERSONS, "pair-of-persons",                                                          \
      "nouns that, two of them, are the persons spoken of last")                                   \
    X(PAIR_OF_GOVERNMENTS, "pair-of-governments", "likewise, the governments of those states")     \
    X(EACH, "each", "the first word of each other")                                                \
    X(OTHER, "other", "the second word of each other")                                             \
    X(ONE, "one", "the first word of one another")                                                 \
    X(ANOTHER, "another", "the second word of one another")                                        \
    X(MEETING, "meeting", "verbs after which both are they: met him")                              \
    X(DISCUSSING, "discussing", "verbs that tell of the same meeting again")                       \
    X(HAPPENING, "happening", "nouns of what nobody owns things: their armies after talks")        \
    X(AMOUNT, "amount", "nouns that say how many: hundreds of them")                               \
    X(CONTRAST, "contrast", "adjectives of another one: the other group")                          \
    X(TELLING, "telling", "verbs whose it is what was said: denied it")                            \
    X(REFLEXIVE, "reflexive", "pronouns that mean the subject of their clause")                    \
    X(MAN_NAME, "man-name", "given names of men")                                                  \
    X(WOMAN_NAME, "woman-name", "given names of women")                                            \
    X(PERSON_NOUN, "person-noun", "nouns of persons that are no roles: he may mean them")          \
    X(DEED_VERB, "deed-verb", "verbs whose subject is somebody, beside those of speech")           \
    X(ANSWER_VERB, "answer-verb", "verbs that answer what their object did: condemned it for its") \
    X(ANSWER_NOUN, "answer-noun", "nouns that do: sanctions on it for its")                        \
    X(CAUSE, "cause", "prepositions and conjunctions that may say why: for, after, because")       \
    X(DEED, "deed", "nouns of deeds that are answered: its invasion")                              \
    X(PROMISING, "promising", "verbs whose subject does what their infinitive says")               \
    X(COUNTRY, "country", "nouns that, with the, are the state spoken of last")                    \
    X(COMPANY, "company", "likewise, the company")                                                 \
    X(GROUP, "group", "likewise, the body that is no state's")                                     \
    X(BLOC, "bloc", "likewise, the alliance of states")                                            \
    X(AGENCY, "agency", "likewise, the organ of a state or of several")                            \
    X(RULER, "ruler", "likewise, the person of rank")                                              \
    X(VICTIM, "victim", "nouns of whom the last verb of harm was done to")                         \
    X(ATTACKER, "attacker", "nouns of who did it")                                                 \
    X(HARM, "harm", "verbs of harm")                                                               \
    X(CAPTIVE, "captive", "nouns of whom the last verb of catch was done to")                      \
    X(CATCH, "catch", "verbs that take people's freedom")                                          \
    X(FORMER_OF_TWO, "former-of-two", "the word for the first of two")                             \
    X(LATTER, "latter", "the word for the second of two")                                          \
    X(DUO, "duo", "nouns for two persons or bodies: the pair")
#define WHEN_WORDS(X)                                                                              \
    X(AUX_AHEAD, "aux-ahead", "auxiliaries that point ahead in time beside those of aux-planned")  \
    X(SCHEDULE, "schedule", "verbs whose participle says that something lies ahead: due to meet")  \
    X(AGE, "age", "the word age: six years of age")                                                \
    X(ANNIVERSARY, "anniversary", "days that remember another: the tenth anniversary of the war")  \
    X(HOLIDAY_SEASON, "holiday-season", "holidays that name a season before a noun: Christmas")    \
    X(HOLIDAY_DEED, "holiday-deed", "nouns of what is done on the holiday itself: truce, mass")    \
    X(SET_DOWN, "set-down", "verbs that put something on a day to come: put off, call for")        \
    X(UP_TO, "up-to", "prepositions before the day on which something ends: until")                \
    X(BETWEEN, "between", "the preposition before the two ends of a stretch of time")              \
    X(BEGINNING, "beginning", "participles that stand as prepositions of time: beginning Monday")  \
    X(DAY_AIM, "day-aim", "prepositions before the day that they put it on: until, for")           \
    X(PERCENT, "percent", "nouns for hundredths behind a number")                                  \
    X(CENT, "cent", "the noun of per cent")                                                        \
    X(AT_LEAST, "at-least", "what stands before a number that is the least: more than")            \
    X(AT_MOST, "at-most", "what stands before a number that is the most: up to")                   \
    X(ALMOST, "almost", "what stands before a number that is not quite reached: nearly")           \
    X(ROUGHLY, "roughly", "what stands before a number that is not exact: about, some")            \
    X(BOUND_END, "bound-end", "the last words of bounds of several words: at least, up to")        \
    X(OR_MORE, "or-more", "what stands behind a number that is the least: or more")                \
    X(OR_LESS, "or-less", "what stands behind a number that is the most: or fewer")                \
    X(OR_SO, "or-so", "what stands behind a number that is not exact: or so")                      \
    X(SEVERAL, "several", "words for a small number that is not said: several, a few")             \
    X(KILL, "kill", "verbs whose object is killed")                                                \
    X(DIE, "die", "verbs whose subject is killed")                                                 \
    X(DEATH, "death", "nouns and adjectives of the killed: death, dead, toll")                     \
    X(WOUND, "wound", "verbs whose object is wounded")                                             \
    X(INJURY, "injury", "nouns and adjectives of the wounded")                                     \
    X(CASUALTY, "casualty", "nouns of killed and wounded together")                                \
    X(MISSING, "missing", "adjectives of the missing, and verbs of going so")                      \
    X(ABDUCT, "abduct", "verbs whose object is abducted")                                          \
    X(ABDUCTED, "abducted", "nouns and adjectives of the abducted: hostage")                       \
    X(ARREST, "arrest", "verbs whose object is arrested")                                          \
    X(ARRESTED, "arrested", "nouns of the arrested: arrest, detainee")                             \
    X(FREE, "free", "verbs whose object, a person, is released")                                   \
    X(FREED, "freed", "nouns of the released")                                                     \
    X(DISPLACE, "displace", "verbs whose object, people, is driven away")                          \
    X(FLEE, "flee", "verbs whose subject is driven away")                                          \
    X(DISPLACED, "displaced", "nouns and adjectives of the displaced: refugee, homeless")          \
    X(TROOP, "troop", "nouns of troops")                                                           \
    X(PROTESTER, "protester", "nouns of those who protest")                                        \
    X(RALLY, "rally", "verbs whose subject protests")                                              \
    X(LIFE, "life", "what is lost or taken by death: lives")                                       \
    X(LOSE, "lose", "verbs whose subject, with lives as object, is killed")                        \
    X(TAKE_LIFE, "take-life", "verbs whose object, lives, is killed: claimed 12 lives")            \
    X(INCLUDE, "include", "verbs whose subject is made up of the object: the dead include")        \
    X(PERSON, "person", "nouns of people whom something may befall")                               \
    X(COLLECTIVE, "collective", "nouns of as many as are counted: a total of")                     \
    X(NUMBERED, "numbered", "nouns of what has a number for its name: Flight 370")                 \
    X(SINCE, "since", "prepositions before a year: since 2014")
#define WHERE_WORDS(X)                                                                             \
    X(PLACE_PREPOSITION, "place-preposition",                                                      \
      "prepositions that a place may follow, beside locative ones")                                \
    X(SIDE, "side", "sides and parts of a place: northern, downtown")                              \
    X(NAME_BEGINNING, "name-beginning", "words that begin the name of a place: New, Saint")        \
    X(PLACE_NOUN, "place-noun", "what a place is called before its name: the town of Brega")       \
    X(DIVISION_NOUN, "division-noun",                                                              \
      "what a part of a country is called: the state of, province")                                \
    X(TOWN_NOUN, "town-noun", "what a town is called before its name: the city of")                \
    X(LANDFORM, "landform", "what makes another place of a name before it: Turkey Creek")          \
    X(TOWN_WORD, "town-word", "what follows the name of a town: police, mayor")                    \
    X(DISEASE, "disease", "what follows the name of a disease")                                    \
    X(NEWSPAPER, "newspaper", "what follows the name of a newspaper")                              \
    X(SITE, "site", "what follows the name of a street, a school or a park")
#define SAID_WORDS(X)                                                                              \
    X(CUE_CLAUSE, "cue-clause", "verbs of saying and thinking that take a clause: said that")      \
    X(CUE_TO, "cue-to", "verbs of speech that take an infinitive: vowed to leave")                 \
    X(CUE_OBJECT, "cue-object", "verbs of speech whose object is what is said: denied the charge") \
    X(CUE_QUOTE, "cue-quote", "verbs of speech that a quotation may stand beside")                 \
    X(CUE_PREP, "cue-prep", "verbs of speech with a preposition: called for a truce")              \
    X(CUE_NOUN, "cue-noun", "nouns of speech and thought with a clause: his promise to leave")     \
    X(CUE_ADJ, "cue-adj", "adjectives of speech and thought with a clause: confident that")        \
    X(SPEECH_PREP, "speech-prep", "the prepositions that verbs of cue-prep take")                  \
    X(ADDRESSING, "addressing", "verbs whose object before a clause is who hears it: warned him")  \
    X(TOLD_TO, "told-to", "verbs whose object is no part of the infinitive: promised him to go")   \
    X(SELF, "self", "pronouns by which a quoted person speaks of himself or his hearer")           \
    X(ACCORDING, "according", "the first word of according to")                                    \
    X(REPORT, "report", "verbs and nouns by which somebody tells that something is so")
#define WHAT_WORDS(X)                                                                              \
    X(AUX_PLANNED, "aux-planned", "auxiliaries of what is to come")                                \
    X(AUX_HYPOTHETICAL, "aux-hypothetical", "auxiliaries of what may, could or should be")         \
    X(MEASURE, "measure", "nouns that only count or measure an event: a round of talks")           \
    X(LOCATIVE, "locative", "prepositions that say where an event takes place")                    \
    X(ACCIDENT, "accident", "what hurts people without anybody's doing: earthquake, crash")        \
    X(WEAPON, "weapon", "what says that somebody did it: bomb, raid, gunman")                      \
    X(WITHIN, "within", "prepositions whose noun says when or where all of it was: during, in")    \
    X(OCCUR, "occur", "verbs by which an event begins, ends or goes on: erupt, take place")        \
    X(BROUGHT_BY, "brought-by", "prepositions before what brought something about: killed in")
#define WORD_CLASSES(X)                                                                            \
    LANG_WORDS(X)                                                                                  \
    KNOW_WORDS(X) WHO_WORDS(X) WHEN_WORDS(X) WHERE_WORDS(X) SAID_WORDS(X) WHAT_WORDS(X)

#define WORD_CLASS_ENUM(name, text, meaning) CLASS_##name,
enum word_class { WORD_CLASSES(WORD_CLASS_ENUM) CLASS_COUNT };

enum {
    WORD_BITS = 4, /* times 64 classes: a static assertion in words.c */
    WORD_MOST = 63 /* bytes of the longest word that is found */
};

struct know_word {
    uint64_t classes[WORD_BITS]; /* bit c % 64 of number c / 64: class c */
    int64_t time_value;          /* as the class of time has it: timeword.h */
    uint32_t text;               /* lower case; offset into the pool */
    uint32_t currency;           /* ISO 4217 code of the currency that it names or signs, or 0 */
    uint8_t time_class;          /* enum time_class */
    uint8_t begins_time;         /* 1: a name of several words for a time begins with it */
    uint8_t sign;                /* 1: as a currency it stands before the amount: "$" */
    uint8_t zero[5];
};

struct word_slot {
    uint64_t key;  /* 0: empty */
    uint32_t word; /* index into know->words */
    uint32_t zero;
};

extern const char *const word_class_name[CLASS_COUNT];

/* The word's index in know->words, whatever its case; 0, which has no class, when it is not known.
 * Words longer than 63 bytes are not known. */
uint32_t words_find(const struct know *know, struct str word);

static inline bool words_bit(const struct know_word *word, enum word_class class)
{
    return word->classes[(unsigned)class / 64] >> ((unsigned)class % 64) & 1;
}

/* The text with A to Z in lower case, in `lower` with room for WORD_MOST; empty when it has
 * more bytes than that. */
static inline struct str words_lower(struct str text, char *lower)
{
    if (text.len > WORD_MOST) return (struct str){lower, 0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (struct str){lower, text.len};
}

/* The key of a text in lower case. */
static inline uint64_t words_key(struct str lower)
{
    uint64_t key = str_hash(lower);
    return key != 0 ? key : 1;
}

/* The slot of that key, or the empty one where it belongs. The table has an empty slot. */
static inline uint32_t words_slot(const struct word_slot *table, uint32_t mask, uint64_t key)
{
    uint32_t at = (uint32_t)key & mask;
    while (table[at].key != key && table[at].key != 0)
        at = (at + 1) & mask;
    return at;
}

/* Whether a text is of the class: "prime minister" as somebody's title. */
static inline bool words_has(const struct know *know, struct str word, enum word_class class)
{
    return words_bit(&know->words[words_find(know, word)], class);
}

#endif
