/* what.h - events: who did what to whom, with status, time, place and attribution.
 *
 * In: everything that earlier stages found. Out: one event a mention, in order. How: triggers are
 * looked up by lemma; roles are read off the dependency tree (roles.h); operators above the trigger
 * are applied from the inside out (operators.h); time, place, quantities and attribution are
 * attached (attach.h). Linear in the number of tokens; a few tree steps for each trigger. */
#ifndef DETENTE_WHAT_H
#define DETENTE_WHAT_H

#include "said/said.h"
#include "lang/tree.h"
#include "what/counting.h"
#include "what/frames.h"
#include "what/meanings.h"
#include "when/when.h"
#include "where/where.h"
#include "who/who.h"

/* What the day of an event rests on. */
#define DATE_BASES(X)                                                                              \
    X(STORY, "story")       /* only the story's day */                                             \
    X(INFERRED, "inferred") /* worked out from the text */                                         \
    X(STATED, "stated")     /* the text says when */
#define DATE_BASIS_ENUM(name, text) BASIS_##name,
enum date_basis { BASIS_NONE, DATE_BASES(DATE_BASIS_ENUM) BASIS_COUNT };
/* NULL for BASIS_NONE: the event has no date. */
extern const char *const date_basis_name[BASIS_COUNT];

/* An actor as source or target. */
struct party {
    uint32_t actor;            /* index into who->actors */
    const char *code, *sector; /* at the event's date, not always the mention's own */
    const char *country; /* the mention's, or that of the place where it happened; "" if none */
};

struct applied_operator {
    uint32_t record; /* index into frames->records */
    uint32_t token;
};

/* What says where an event took place: the words that govern it, another place of its sentence or
 * of its paragraph, the dateline; with no place in the text that could, the country of a side. */
#define PLACE_BASES(X)                                                                             \
    X(NONE, "")                                                                                    \
    X(PHRASE, "phrase")                                                                            \
    X(SENTENCE, "sentence")                                                                        \
    X(PARAGRAPH, "paragraph")                                                                      \
    X(DATELINE, "dateline")                                                                        \
    X(PARTY, "party")
#define PLACE_BASIS_ENUM(name, text) PLACE_BY_##name,
enum place_basis { PLACE_BASES(PLACE_BASIS_ENUM) PLACE_BASIS_COUNT };
extern const char *const place_basis_name[PLACE_BASIS_COUNT];

struct event_span {
    uint32_t sentence, begin, end; /* bytes */
};

struct event {
    uint32_t sentence;
    uint32_t token;              /* the trigger's main word */
    uint32_t begin, end;         /* bytes of the words that name it */
    uint32_t frame;              /* index into frames->records */
    uint32_t trigger;            /* index into frames->triggers */
    struct range source, target; /* of the layer's parties */
    struct range operators;      /* of the layer's operators, innermost first */
    struct range quantities;     /* of the layer's quantities */
    struct range mentions;       /* of the layer's mentions; the first is this one */
    uint8_t status;              /* enum event_status */
    uint8_t reciprocal;
    uint8_t incomplete; /* lacks an actor that its frame needs: story_join() finds it
                           in another mention or drops the event */
    uint8_t weak; /* too unlikely to stand alone: kept beside a likelier event of the sentence or of
                     the ones next to it */
    uint8_t truncated;         /* it had more actors or operators than a working list holds */
    uint8_t date_basis;        /* enum date_basis */
    uint8_t precision;         /* 'd' day, 'w' week, 'm' month, 'y' year, 0 unknown */
    uint16_t kind;             /* FRAME_MEETING, FRAME_VIOLENCE: what its frame says it is, until an
                                  operator makes another event of it */
    const char *cameo;         /* "163" */
    const char *plover, *mode; /* "SANCTION"; mode NULL if none */
    const char *contexts;      /* "economic,legal" or "" */
    int32_t from, to;          /* days, `to` excluded; DAY_MIN when unknown */
    uint32_t time;             /* index into when->times, or NONE: the story's date */
    uint32_t place;            /* index into where->places: the mention that says where; or NONE */
    uint32_t place_id;         /* index into know->places, or NONE */
    uint8_t place_basis;       /* enum place_basis */
    uint32_t saying;           /* index into said->sayings, or NONE: told by the reporter */
    uint32_t attribution;      /* actor who says it, index, or NONE */
    float confidence;          /* 0..1 */
};

struct what_layer {
    struct event *events;
    struct party *parties;
    struct applied_operator *operators;
    uint32_t *quantities; /* indices into when->quantities */
    struct event_span *mentions;
    uint32_t n_events, n_parties, n_operators, n_quantities, n_mentions;
    bool answered; /* the last event answers what was asked; it is kept as it is */
};

/* What the stage reads; borrowed. `symbol`, `cover`, `key` and `meaning` are its own, filled
 * by what_find(). */
struct what_input {
    const struct frames *frames;
    const struct text_layer *text;
    const struct lang_layer *lang;
    const struct tree *tree;
    const struct who_layer *who;
    const struct when_layer *when;
    const struct where_layer *where;
    const struct said_layer *said;
    int32_t day;            /* the story's date, or DAY_MIN */
    int32_t from, to;       /* without it, it lies in [from, to) where both are known */
    const uint32_t *symbol; /* for each token: its word in the codebook, frames_symbol(), or 0 */
    const uint32_t *cover;  /* for each token: the actor whose mention it is part of, or NONE */
    const uint32_t *key;    /* for each token: a hash of its lemma in lower case */
    const uint16_t *const *meaning;   /* for each token: the classes of its lemma */
    bool any;                         /* unlikely events are wanted, too */
    bool asks;                        /* the relation of two actors is asked for: */
    uint32_t asked[2];                /* actors whose relation is asked for, or NONE */
    const struct reader *reader;      /* NULL: the frames alone */
    const struct evidence_sink *sink; /* for trainers; NULL: none */
};

/* The country of a place of in->where, "" if it has none. */
static inline const char *what_place_country(const struct what_input *in, uint32_t place)
{
    const struct know *know = in->frames->know;
    return know_z(know, know->places[in->where->places[place].id].country);
}

/* A trigger that was looked at and the reason why it gave no event: for `explain`. */
enum attempt_result {
    ATTEMPT_FIRED,
    ATTEMPT_WORD_MISSING,
    ATTEMPT_SLOT_MISSING,
    ATTEMPT_BARRED,
    ATTEMPT_NO_SOURCE,
    ATTEMPT_NO_TARGET,
    ATTEMPT_OUTRANKED,
    ATTEMPT_PART_OF_ANOTHER,
    ATTEMPT_SAME_ACTOR,
    ATTEMPT_DROPPED
};
extern const char *const attempt_result_text[];

struct attempt {
    uint32_t token, trigger;
    uint8_t result; /* enum attempt_result */
};

/* A word that the reader weighed: for `explain`. */
struct reading_note {
    uint32_t token;
    const char *plover;  /* the likeliest type */
    float likelihood;    /* that it names an event of any type */
    uint8_t result;      /* enum counting_result: whether it became an event */
    const char *reasons; /* what speaks for that type and against it, "the word +2.1, ..." */
    const char *sides;   /* who was weighed as source and target; "" if it became no event */
};

struct attempt_log {
    struct attempt *attempts; /* in the arena */
    uint32_t n;
    size_t cap;
    struct reading_note *notes;
    uint32_t n_notes;
    size_t notes_cap;
};

/* Codes the document. `log` may be NULL. False only when memory ran out. */
bool what_find(const struct what_input *in, struct arena *arena, struct attempt_log *log,
               struct what_layer *out);

#endif
