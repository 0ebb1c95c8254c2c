/* apposition.c - see apposition.h. The tree says it, or the commas do. A few earlier mentions are
 * looked at. */
#include "who/apposition.h"

#include "who/chain.h"
#include "who/mention.h"
#include "who/phrase.h"

enum {
    MENTIONS_BETWEEN = 3, /* that may stand between the two: "Ann Lee, envoy to Peru, ..." */
    WORDS_BETWEEN = 4     /* "the envoy to Moscow, ..." */
};

static void copy_code(struct who_work *w, uint32_t to, uint32_t from)
{
    struct actor *a = &w->actors[to];
    const struct actor *b = &w->actors[from];
    a->code = b->code;
    a->country = b->country;
    a->sector = b->sector;
    a->entity = b->entity;
    a->entity_id = b->entity_id;
    if (b->kind == ACTOR_UNKNOWN) return;
    if (b->entity != NULL) a->name = b->name;
    if (a->kind == ACTOR_UNKNOWN) a->kind = ACTOR_COMPOSED;
}

static bool is_name_mention(const struct who_work *w, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    return a->kind == ACTOR_UNKNOWN || a->kind == ACTOR_NAMED || a->entity != NULL ||
           w->memories[actor].noun == NONE;
}

/* "Ismail Haniyeh, the Iranian president and a Turkish envoy": a list, whatever its tree. */
static bool of_two_states(const struct who_work *w, const struct actor *a, const struct actor *b)
{
    if (a->country[0] == '\0' || b->country[0] == '\0') return false;
    return strcmp(a->country, b->country) != 0 &&
           know_country(w->know, str_c(a->country)) != NONE &&
           know_country(w->know, str_c(b->country)) != NONE;
}

/* The base knows better than the phrase, the phrase than nothing. */
static void join_persons(struct who_work *w, uint32_t first, uint32_t second)
{
    struct actor *a = &w->actors[first], *b = &w->actors[second];
    if (a->kind == ACTOR_DESCRIPTION && b->code[0] != '\0') { /* the name beside it knows better */
        copy_code(w, first, second);
        a->name = b->name;
        a->chain = b->chain;
        return;
    }
    if ((a->entity != NULL && b->entity != NULL) || of_two_states(w, a, b)) return;
    if (is_name_mention(w, first) == is_name_mention(w, second)) return;
    if (a->entity != NULL || b->code[0] == '\0')
        copy_code(w, second, first);
    else
        copy_code(w, first, second);
    if (is_name_mention(w, first))
        b->name = a->name;
    else
        a->name = b->name;
    b->chain = a->chain;
}

/* The mention ends at the comma, or a short "to Moscow" stands between. */
static bool ends_before(const struct who_work *w, const struct actor *a, uint32_t comma)
{
    if (a->token_end == comma) return true;
    return a->token_end < comma && comma - a->token_end <= WORDS_BETWEEN &&
           w->words[a->token_end].upos == UPOS_ADP;
}

/* The single person before that the tree calls it an apposition of, or NONE. */
static uint32_t person_above(const struct who_work *w, const struct actor *b)
{
    const struct word *word = &w->words[b->head];
    if (word->dep != DEP_APPOS || word->head == NONE || word->head >= b->token_begin) return NONE;
    uint32_t at = w->actor_at[word->head];
    return at != NONE && actor_is_single_person(&w->actors[at]) ? at : NONE;
}

/* The single person that ends before the comma in front of the mention, or NONE. */
static uint32_t person_before_comma(const struct who_work *w, uint32_t second)
{
    uint32_t t = w->actors[second].token_begin;
    while (t > 0 && w->words[t - 1].upos == UPOS_DET)
        t--;
    if (t == 0 || !phrase_is_mark(w, t - 1, ",")) return NONE;
    for (uint32_t i = second; i-- > 0 && second - i <= MENTIONS_BETWEEN;)
        if (actor_is_single_person(&w->actors[i]) && ends_before(w, &w->actors[i], t - 1)) return i;
    return NONE;
}

/* ---- bodies ---- */

static bool is_body(const struct actor *a)
{
    return !(a->flags & ACTOR_PERSON);
}

/* A body by a name that the base does not have. */
static bool is_new_body(const struct who_work *w, const struct actor *a)
{
    return is_body(a) && a->kind == ACTOR_UNKNOWN && phrase_capital(w, a->head);
}

static void remember_body(struct who_work *w, const struct actor *a, uint32_t actor)
{
    struct chain_slot *slot =
        chain_slot(w, CHAIN_NAME, str_c(mention_text(w, a->token_begin, a->token_end)));
    slot->actor = actor;
    slot->chain = w->actors[actor].chain;
}

static void share_chain(struct who_work *w, uint32_t first, uint32_t second)
{
    w->actors[second].chain = w->actors[first].chain;
    remember_body(w, &w->actors[second], first);
}

/* "Free Galoma Movement (FGM)": from now on the short name is the long one's. */
static bool join_short_name(struct who_work *w, uint32_t second)
{
    struct actor *a = &w->actors[second - 1], *b = &w->actors[second];
    bool bracketed = b->token_begin > 0 && phrase_is_mark(w, b->token_begin - 1, "(") &&
                     phrase_is_mark(w, b->token_end, ")");
    if (!bracketed || a->token_end + 1 != b->token_begin || !is_body(a)) return false;
    if (!is_new_body(w, b)) return false;
    share_chain(w, second - 1, second);
    if (a->code[0] != '\0') copy_code(w, second, second - 1);
    b->name = a->name;
    return true;
}

/* The body before that the tree calls it an apposition of, or NONE. */
static uint32_t body_above(const struct who_work *w, const struct actor *b)
{
    const struct word *word = &w->words[b->head];
    if (word->dep != DEP_APPOS || word->head == NONE || word->head >= b->token_begin) return NONE;
    uint32_t at = w->actor_at[word->head];
    return at != NONE && is_body(&w->actors[at]) ? at : NONE;
}

/* What it is, and no name. */
static bool is_what(const struct actor *a)
{
    return (a->kind == ACTOR_COMPOSED || a->kind == ACTOR_DESCRIPTION) && a->code[0] != '\0';
}

/* "the Galoma Front, a rebel group in Chad", "Ukraine's spy agency, the HUR": the name has the code
 * of what it is. */
static void join_bodies(struct who_work *w, uint32_t second)
{
    if (join_short_name(w, second)) return;
    uint32_t first = body_above(w, &w->actors[second]);
    if (first == NONE) return;
    struct actor *a = &w->actors[first], *b = &w->actors[second];
    if (is_what(b) && is_new_body(w, a)) {
        copy_code(w, first, second);
        b->chain = a->chain;
        b->name = a->name;
        remember_body(w, a, first);
    } else if (is_what(a) && is_new_body(w, b)) {
        copy_code(w, second, first);
        b->chain = a->chain;
        a->name = b->name;
        remember_body(w, b, second);
    }
}

void apposition_learn(struct who_work *w, uint32_t body, uint32_t from)
{
    const char *name = w->actors[body].name;
    copy_code(w, body, from);
    w->actors[body].name = name;
    remember_body(w, &w->actors[body], body);
}

void apposition_recall(struct who_work *w, uint32_t actor)
{
    struct actor *a = &w->actors[actor];
    if (!is_new_body(w, a) || a->code[0] != '\0') return;
    const struct chain_slot *slot =
        chain_slot(w, CHAIN_NAME, str_c(mention_text(w, a->token_begin, a->token_end)));
    if (slot->actor == NONE || slot->actor == actor) return;
    a->chain = w->actors[slot->actor].chain;
    a->name = w->actors[slot->actor].name;
    if (w->actors[slot->actor].code[0] != '\0') copy_code(w, actor, slot->actor);
}

void apposition_join(struct who_work *w, uint32_t actor)
{
    const struct actor *b = &w->actors[actor];
    if (actor == 0) return;
    if (is_body(b)) {
        join_bodies(w, actor);
        return;
    }
    if (!actor_is_single_person(b)) return;
    uint32_t first = person_above(w, b);
    if (first == NONE && phrase_is_mark(w, b->token_end, ","))
        first = person_before_comma(w, actor);
    if (first != NONE) join_persons(w, first, actor);
}
