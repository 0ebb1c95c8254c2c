/* frames.h - frames, operators and word classes as the engine reads them: compiled tables.
 *
 * A frame says what an event is called and how it is coded; a trigger says by which words it is
 * recognised and where its roles stand in the dependency tree. An operator takes a whole event and
 * gives another (agree to, threaten, refuse, fail to ...). Their text form is described in
 * doc/frames.md; frames_compile.h turns it into sections frm.* of the knowledge bundle. */
#ifndef DETENTE_FRAMES_H
#define DETENTE_FRAMES_H

#include "know/know.h"

enum trigger_kind { TRIGGER_VERB, TRIGGER_NOUN, TRIGGER_ADJ };

/* Where an argument stands, seen from the trigger. */
#define PATH_LIST(X)                                                                               \
    X(SUBJ, "subj", "who does it: subject of the active, agent of the passive, by control")        \
    X(OBJ, "obj", "whom it is done to: object of the active, subject of the passive")              \
    X(IOBJ, "iobj", "indirect object")                                                             \
    X(XCOMP, "xcomp", "infinitive or participle: agreed to SEND")                                  \
    X(CCOMP, "ccomp", "clause: said that it WITHDREW")                                             \
    X(ADVCL, "advcl", "adverbial clause or purpose")                                               \
    X(POSS, "poss", "possessive: RUSSIA'S invasion")                                               \
    X(COMPOUND, "compound", "noun or adjective before it: U.S. sanctions, RUSSIAN invasion")       \
    X(APPOS, "appos", "apposition")                                                                \
    X(PREP, "prep", "noun after the preposition that is named")

#define PATH_ENUM(name, text, meaning) PATH_##name,
enum path_kind { PATH_LIST(PATH_ENUM) PATH_COUNT };

enum slot_role {
    SLOT_SOURCE,
    SLOT_TARGET,
    SLOT_EVENT, /* operators: the event that it works on */
    SLOT_NEEDS, /* a word that must stand there, of a class */
    SLOT_BARS   /* a word that must not stand there */
};

struct frame_path {
    uint32_t prep; /* symbol of the preposition for PATH_PREP */
    uint8_t kind;  /* enum path_kind */
    uint8_t zero[3];
};

struct frame_slot {
    uint32_t path_begin, path_end;
    uint32_t word_class; /* class number + 1, or 0: any word */
    uint32_t word;       /* symbol of one word instead of a class, or 0 */
    uint8_t role;        /* enum slot_role */
    uint8_t zero[3];
};

enum { TRIGGER_WORDS = 3 };

struct frame_trigger {
    uint32_t frame;                /* index into frames */
    uint32_t words[TRIGGER_WORDS]; /* symbols; the first carries the tree, others hang on it */
    uint32_t slot_begin, slot_end;
    uint8_t kind;    /* enum trigger_kind */
    uint8_t passive; /* 1: only when passive or a bare participle */
    uint8_t zero[2];
};

enum frame_flag {
    FRAME_OPERATOR = 1,
    FRAME_RECIPROCAL = 2,
    FRAME_NEEDS_SOURCE = 4,
    FRAME_NEEDS_TARGET = 8,
    FRAME_SUPPORT = 16,   /* operator: says only that the event takes place */
    FRAME_DROPS = 32,     /* operator: the event is not to be coded at all */
    FRAME_SWAP = 64,      /* operator: who is to act in the inner event becomes the target */
    FRAME_SPEAKER = 128,  /* the source is whoever says it, where it is said in quoted speech */
    FRAME_SEEKS = 256,    /* a target that the words leave out is sought in the sentence */
    FRAME_MEETING = 512,  /* a meeting, talks, a call: its nouns take the subject of their clause,
                             and  all its mentions are one happening */
    FRAME_VIOLENCE = 1024 /* killing and fighting: an attack, the shelling, those killed in it are
                             one happening */
};

/* What an operator does to the status of the event. STATUS_KEEP leaves it. */
#define STATUS_LIST(X)                                                                             \
    X(ACTUAL, "actual")                                                                            \
    X(PLANNED, "planned")                                                                          \
    X(THREATENED, "threatened")                                                                    \
    X(HYPOTHETICAL, "hypothetical") X(NEGATED, "negated") X(HISTORICAL, "historical")
#define STATUS_ENUM(name, text) STATUS_##name,
enum event_status { STATUS_LIST(STATUS_ENUM) STATUS_COUNT, STATUS_KEEP = 15 };
extern const char *const event_status_name[STATUS_COUNT];

struct frame_record {
    uint32_t id; /* "sanction/impose"; operators: "operator/refuse" */
    uint32_t definition;
    uint32_t cameo;    /* "163"; operators: "" */
    uint32_t plover;   /* "SANCTION", or "" to follow the CAMEO table */
    uint32_t mode;     /* "" to follow the CAMEO table */
    uint32_t contexts; /* "economic,legal" */
    uint32_t opens, closes;
    uint32_t map_begin, map_end; /* operators: code maps */
    uint16_t flags;              /* enum frame_flag */
    uint8_t status;              /* enum event_status or STATUS_KEEP */
    uint8_t priority; /* wins over frames of lower priority at the same word; 10 is ordinary */
};

/* An operator's map: events coded `from`... become `to`. Sorted by operator, longest `from` first.
 */
struct frame_map {
    char from[8], to[8];
};

struct frame_symbol {
    uint32_t text;
    uint32_t trigger_begin, trigger_end; /* triggers whose first word it is */
    uint32_t member_begin, member_end;   /* classes that it heads a member of */
    uint32_t inflects; /* "ruled" of "rule": the symbol that it is a form of, or 0 */
    uint32_t verb; /* of a word of its own that is a verb's form, too ("shot"): the verb's symbol,
                      or 0 */
};

/* Finds symbols: open addressing by the word's hash, which stands for the word. */
struct symbol_slot {
    uint64_t key;    /* 0: empty */
    uint32_t symbol; /* of an inflected form that of its lemma */
    uint32_t zero;
};

/* `lower` is a word in lower case. */
static inline uint64_t symbol_key(struct str lower)
{
    uint64_t key = str_hash(lower);
    return key != 0 ? key : 1;
}

/* The slot of that key, or the empty one where it belongs. The table has an empty slot. */
static inline uint32_t symbol_slot_of(const struct symbol_slot *table, uint32_t mask, uint64_t key)
{
    uint32_t at = (uint32_t)key & mask;
    while (table[at].key != key && table[at].key != 0)
        at = (at + 1) & mask;
    return at;
}

struct frame_member { /* of a class */
    uint32_t word_class;
    uint32_t modifier; /* symbol that must hang on the word ("asset" on "freeze"), or 0 */
    uint32_t name;     /* hash of the class's name: the same in every codebook */
};

struct frames {
    const struct know *know;
    const struct frame_record *records;
    const struct frame_trigger *triggers;
    const struct frame_slot *slots;
    const struct frame_path *paths;
    const struct frame_map *maps;
    const struct frame_symbol *symbols; /* symbol 0 is none */
    const struct frame_member *members;
    const struct symbol_slot *table;
    uint32_t n_records, n_triggers, n_slots, n_paths, n_maps, n_symbols, n_members, table_mask;
    const uint8_t *own; /* for each record: 1 if it is the user's own, which no reader has learned
                           of; NULL: there are none */
};

/* Checks the frm.* sections of know's bundle, once and completely. Borrows from `know`. */
dt_status frames_open(const struct know *know, struct frames *out, dt_error *err);
/* Marks those records that `ours` does not have, or has with other triggers, as the user's own, in
 * `own`, which has room for all of them. Time: records of the one times those of the other's ids,
 * by hash; memory for them for a while. False only when memory ran out. */
bool frames_mark_own(struct frames *frames, const struct frames *ours, uint8_t *own);
/* The symbol of a word in any case, or 0. A regular inflected form gives its lemma's symbol. */
uint32_t frames_symbol(const struct frames *frames, struct str word);
/* The same in two steps. The table is larger than the near caches: whoever looks many words up
 * takes all their keys first, so that their slots are on the way. */
uint64_t frames_key(const struct frames *frames, struct str word);
uint32_t frames_symbol_of(const struct frames *frames, uint64_t key);

#endif
