/* coding.h - what the parts of the stage share while a story is coded, and how an event is kept. */
#ifndef DETENTE_CODING_H
#define DETENTE_CODING_H

#include "what/attach.h"
#include "what/evidence.h"
#include "what/settle.h"

struct coding {
    const struct what_input *in;
    struct arena *arena;
    struct attempt_log *log;
    uint8_t *taken;         /* for each token: 1 when an event took it as part of its name */
    struct firing *firings; /* of the sentence's words, but for nouns: see mark_taken() */
    size_t firings_cap;
    uint32_t *saying_at;             /* for each token: the saying that it is part of, or NONE */
    struct frame_word *spoken;       /* for each token */
    uint32_t *parties, *party_start; /* see list_parties() */
    struct evidence_homes homes;
    float *scores; /* of the parties, see reading.c */
    size_t scores_cap;
    struct counted *counted; /* the words of a sentence, see counting.h */
    float *shares;           /* what was read of them, see reading.c */
    size_t counted_cap, shares_cap;
    struct settling settling;
    struct event answer; /* the best one so far to what is asked, see reader_seek() */
    float answer_score;  /* 0: none yet */
    struct what_layer *out;
    size_t cap_events, cap_parties, cap_operators, cap_mentions; /* of `out` */
};

/* NULL for an empty text. */
static inline const char *coding_nonempty(const char *s)
{
    return s != NULL && s[0] != '\0' ? s : NULL;
}

/* The words that name the draft's event. */
void coding_set_span(const struct coding *c, struct draft *d);
/* What is told as past and done long before the story's date is background. */
void coding_set_historical(const struct coding *c, struct event *e);
/* Appends the draft's event with all that hangs on it to the layer. False only when memory ran out.
 */
bool coding_keep(struct coding *c, struct draft *d);
/* Its two steps after the parties: operators and mention; the event itself. */
bool coding_fill(struct coding *c, struct draft *d);
/* Gives a copied event a mention of its own. */
bool coding_copy(struct coding *c, struct event *e);
bool coding_add(struct coding *c, const struct event *e);
/* Makes room for `more` items at the end of one of the layer's arrays; false when memory ran out.
 */
#define CODING_ROOM(c, array, more)                                                                \
    ((more) == 0 ||                                                                                \
     ((c)->out->array = arena_grow((c)->arena, (c)->out->array, (c)->out->n_##array,               \
                                   (c)->out->n_##array + (more), &(c)->cap_##array,                \
                                   sizeof *(c)->out->array)) != NULL)

#endif
