/* know.h - the knowledge base: what a person may edit under knowledge/, compiled into one file.
 *
 * knowledge/ holds text (doc/knowledge.md describes it); compile.h turns folders of it into a
 * bundle (kind "KNOW"), at build time by tools/knowc and at run time for a user's own folder. The
 * bundle is mapped and used where it lies: arrays joined by index, strings as offsets into one
 * pool. Everything here is immutable and shared by threads. */
#ifndef DETENTE_KNOW_H
#define DETENTE_KNOW_H

#include "base/bundle.h"
#include "base/calendar.h" /* DAY_MIN, DAY_MAX: open ends of a period */
#include "base/index.h"
#include "text/boiler.h"
#include "text/language.h"
#include "text/text.h"

enum { KNOW_VERSION = 6 };

/* ---- entities: countries, organisations, groups, persons ---- */

enum entity_kind { ENTITY_COUNTRY, ENTITY_ORG, ENTITY_GROUP, ENTITY_PERSON };

/* String members are offsets into the pool: know_str(know, x), know_z(know, x). 0 is "". */
struct know_entity {
    uint32_t key;     /* "country/RUS", "org/nato", "person/vladimir-putin" */
    uint32_t name;    /* for people: "Russia" */
    uint32_t code;    /* when no role is dated to the day: "RUS", "IGONAT", "PSEREB", "USAELI" */
    uint32_t cameo;   /* the same in full where CAMEO's manual says more: "PSEREBHMS"; or 0 */
    uint32_t country; /* "RUS"; an international code ("IGO", "EUR") where none applies */
    uint32_t sector;  /* "GOV" ... or 0 */
    uint32_t role_begin, role_end; /* know->roles: offices held, by date */
    uint32_t place;                /* index of its place + 1, or 0 */
    int32_t since, until;          /* days, `until` excluded; DAY_MIN, DAY_MAX where open */
    uint8_t kind;                  /* enum entity_kind */
    uint8_t gender;                /* 'm', 'f' or 0 */
    uint8_t region;                /* 1: a part of the world, not a state: "Europe" */
    uint8_t zero;
};

struct know_role {
    int32_t from, to; /* days since 1970-01-01, `to` excluded; DAY_MIN, DAY_MAX where open */
    uint32_t code, country, sector;
    uint32_t title; /* "president" */
};

/* ---- role nouns: "foreign minister", "rebels", "police" ---- */

enum role_flag {
    ROLE_PERSON = 1,
    ROLE_BODY = 2,
    ROLE_PLURAL = 4,
    ROLE_NEEDS_COUNTRY = 8 /* an actor only with a country or an organisation: "Iranian team" */
};

struct know_role_noun {
    uint32_t noun;   /* "prime minister" */
    uint32_t sector; /* "GOV" */
    uint32_t code;   /* in full where the noun needs no country ("jihadists" -> IMG...), or 0 */
    uint16_t flags;  /* enum role_flag */
    uint16_t zero;
};

/* ---- places ---- */

struct know_place {
    uint32_t name;    /* "Istanbul" */
    uint32_t country; /* ISO 3166-1 alpha-3 */
    uint32_t adm1;    /* first-level division code or 0 */
    uint32_t geonameid;
    uint32_t population;
    float lat, lon;
    uint8_t kind; /* C country, P capital, T town, A division, R region, W water */
    uint8_t zero[3];
};

/* ---- names: one trie over atoms for everything that has a name ---- */

enum sense_kind {
    SENSE_NAME,    /* a name of entity `of` */
    SENSE_FAMILY,  /* the family name of person `of` alone */
    SENSE_PEOPLE,  /* its people or nationality: "Russian", "Russians" */
    SENSE_CAPITAL, /* its capital, which can stand for it: "Moscow" */
    SENSE_SEAT,    /* its government's seat: "Kremlin"; the code is entity's code + `sector` */
    SENSE_ROLE,    /* role noun `of` */
    SENSE_PLACE    /* place `of` */
};

enum casing { CASE_ANY, CASE_CAPITAL, CASE_EXACT }; /* CASE_EXACT: acronyms, "US" is not "us" */

/* Of a dictionary that a user gave (petrarch.h): it wins where the entity has an office on the day
 * or none is dated. Else the name is what it would be without the dictionary; nothing, where the
 * entity stands only there. */
enum sense_given { GIVEN_NOT, GIVEN_CODE, GIVEN_ALONE };

struct know_sense {
    uint32_t of;     /* index into entities, role_nouns or places */
    uint32_t sector; /* SENSE_SEAT: the sector that the seat stands for, e.g. "GOV" */
    uint32_t name;   /* the name as it is written in knowledge/ */
    uint32_t caps;   /* bit i: atom i of the name begins with a capital */
    uint8_t kind;    /* enum sense_kind */
    uint8_t casing;  /* enum casing */
    uint8_t plural;  /* SENSE_PEOPLE: 1 for "Russians" */
    uint8_t weak;    /* 1: also an ordinary word or a common name; needs support */
    uint8_t given;   /* enum sense_given */
    uint8_t zero[3];
};

/* ---- the base ---- */

struct know {
    struct bundle bundle;
    const char *pool;
    size_t pool_len;
    const struct know_entity *entities;
    const struct know_role *roles;
    const struct know_role_noun *role_nouns;
    const struct know_place *places;
    const struct know_sense *senses;
    uint32_t n_entities, n_roles, n_role_nouns, n_places, n_senses, n_names;
    bool any_given;               /* some sense is of a dictionary */
    const uint32_t *name_begin;   /* n_names + 1: name i has the senses [begin i, begin i + 1) */
    const struct trie_slot *trie; /* lexicon.h */
    uint32_t trie_mask;
    const struct know_sector *sectors; /* sectors.h */
    uint32_t n_sectors;
    const struct know_word *words; /* words.h; word 0 is none */
    const struct word_slot *word_table;
    uint32_t n_words, word_mask;
    struct boiler_rules boiler;
    struct languages languages;
    const uint32_t *divisions; /* places of kind A, by country and adm1; codes.h */
    const struct know_code *other_codes;
    uint32_t n_divisions, n_other_codes;
    const struct ontology_code *codes; /* ontology.h */
    const struct ontology_type *types;
    const struct ontology_context *contexts;
    uint32_t n_codes, n_types, n_contexts;
};

/* Maps and checks a compiled base, once and completely. The frames in the same bundle are opened
 * by what/frames.h. */
dt_status know_open(const char *path, struct know *out, dt_error *err);
/* The same for bytes in memory (from compile.h), which must outlive it. */
dt_status know_attach(const void *bytes, size_t len, const char *name, struct know *out,
                      dt_error *err);
void know_close(struct know *know);

static inline const char *know_z(const struct know *know, uint32_t s)
{
    return know->pool + s;
}

static inline struct str know_str(const struct know *know, uint32_t s)
{
    return str_c(know->pool + s);
}

/* A hash of the names of the classes of words, sectors and times in their order. A base holds
 * numbers of classes, so one that was compiled with others would be misread: it has this, too. */
uint64_t know_numbering(void);
/* Index of the entity with that key ("country/RUS"), or NONE. */
uint32_t know_entity_by_key(const struct know *know, struct str key);
/* Index of the country with that ISO 3166-1 alpha-3 code, or NONE. */
uint32_t know_country(const struct know *know, struct str alpha3);
/* The entity's code in full, as CAMEO's manual has it, where that says more than `code` and `code`
 * is the entity's own; else NULL. */
const char *know_cameo(const struct know *know, uint32_t entity, const char *code);
/* Index of a role noun, or NONE. */
uint32_t know_role_noun(const struct know *know, struct str noun);
/* The office that `entity` held on `day` (the latest begun where several), or NULL. When `day` is
 * DAY_MIN, not known, the latest begun of all. */
const struct know_role *know_role_on(const struct know *know, const struct know_entity *entity,
                                     int32_t day);

/* ---- finding names in a text ---- */

struct name_match {
    uint32_t begin, end;             /* bytes */
    uint32_t token_begin, token_end; /* tokens; matches begin and end at token borders */
    uint32_t sense_begin, sense_end; /* know->senses, those whose casing fits */
};

struct match_layer {
    struct name_match *matches; /* by begin, longer first; they may overlap */
    uint32_t n_matches;
};

/* Takes away the ends of sentences that lie inside a name of a dictionary ("M. K. Anwar"). Nothing
 * to do, at no cost, where there is no dictionary. */
void lexicon_join_sentences(const struct know *know, struct text_layer *text);

/* All names of the base in the text, in one pass. False only when memory ran out. */
bool lexicon_scan(const struct know *know, struct arena *arena, const struct text_layer *text,
                  struct match_layer *out);

#endif
