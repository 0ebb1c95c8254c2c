/* refer.c - see refer.h.
 *
 * Left to right, so that what a mention goes back to is there already. A pronoun without a clear
 * antecedent is no mention; inside a quotation it can mean only whom the quotation names.
 */
#include "who/refer.h"

#include "know/sectors.h"
#include "who/antecedent.h"
#include "who/apposition.h"
#include "who/chain.h"
#include "who/definite.h"
#include "who/name_code.h"
#include "who/unit_code.h"

static struct mention span_mention(const struct who_work *w, uint32_t begin, uint32_t end,
                                   uint8_t kind)
{
    return mention_new(begin, end, tree_span_head(w->tree, begin, end), kind);
}

/* One mention for each actor of the group. */
static void append_group(struct who_work *w, struct mention *m, const struct group *who)
{
    for (uint32_t i = 0; i < who->n; i++) {
        mention_take_from(w, m, who->at[i]);
        m->noun = w->memories[who->at[i]].noun;
        m->flags = (uint8_t)(w->actors[who->at[i]].flags & ~ACTOR_MODIFIER);
        mention_append(w, m, i != 0);
    }
}

/* The states behind the actors of the group, or their governments. */
static void append_countries(struct who_work *w, struct mention *m, const struct group *who,
                             const char *sector)
{
    for (uint32_t i = 0; i < who->n; i++) {
        uint32_t id = know_country(w->know, str_c(w->actors[who->at[i]].country));
        const struct know_entity *e = &w->know->entities[id];
        m->country = know_z(w->know, e->code);
        m->code = mention_code(w, m->country, sector);
        m->sector = sector;
        m->name = know_z(w->know, e->name);
        m->entity = sector == NULL ? id : NONE;
        m->chain = chain_slot(w, CHAIN_CODE, str_c(m->code))->chain;
        mention_append(w, m, i != 0);
    }
}

/* ---- pronouns ---- */

/* Takes its place among the mentions, for they stand in the order of the text; close_sentence()
 * says whose it is, or drop_open() that it is nobody's. */
static void leave_open(struct who_work *w, uint32_t token, enum pronoun p)
{
    struct mention m = span_mention(w, token, token + 1, ACTOR_PRONOUN);
    if (p == PRONOUN_HE || p == PRONOUN_SHE) m.flags |= ACTOR_PERSON;
    if (p == PRONOUN_THEY) m.flags |= ACTOR_PLURAL;
    uint32_t actor = mention_append(w, &m, false);
    if (actor == NONE) return;
    w->memories[actor].open = 1;
    w->n_open++;
}

static void close_open(struct who_work *w, uint32_t open)
{
    struct group who;
    struct actor *a = &w->actors[open];
    enum pronoun p = agree_pronoun(w, a->head);
    if (!antecedent_behind(w, a->head, p, &who)) return;
    const struct actor *meant = &w->actors[who.at[0]];
    a->code = meant->code;
    a->country = meant->country;
    a->sector = meant->sector;
    a->name = meant->name;
    a->entity = meant->entity;
    a->entity_id = meant->entity_id;
    a->chain = meant->chain;
    a->flags = (uint8_t)((meant->flags & ~ACTOR_MODIFIER) | (a->flags & ACTOR_MODIFIER));
    w->memories[open].open = 0;
    w->n_open--;
    agree_note_pronoun(w, who.at[0], p);
}

/* The subjects of the sentence are there now. */
static void close_sentence(struct who_work *w, size_t first)
{
    for (size_t i = first; i < w->n_actors && w->n_open > 0; i++)
        if (w->memories[i].open) close_open(w, (uint32_t)i);
}

/* Pronouns that nobody turned out to be behind are no mentions. */
static void drop_open(struct who_work *w)
{
    size_t n = 0;
    if (w->n_open == 0) return;
    for (uint32_t t = 0; t < w->text->n_tokens; t++)
        w->actor_at[t] = NONE;
    for (size_t i = 0; i < w->n_actors; i++) {
        if (w->memories[i].open) continue;
        w->actors[n] = w->actors[i];
        w->memories[n] = w->memories[i];
        uint32_t *at = &w->actor_at[w->actors[n].head];
        if (*at == NONE) *at = (uint32_t)n;
        n++;
    }
    w->n_actors = n;
}

static void refer_pronoun(struct who_work *w, uint32_t token)
{
    enum pronoun p = agree_pronoun(w, token);
    struct group who;
    if (p == PRONOUN_NONE) return;
    if (!antecedent_find(w, token, p, &who)) {
        if (antecedent_may_follow(w, token)) leave_open(w, token, p);
        return;
    }
    struct mention m = span_mention(w, token, token + 1, ACTOR_PRONOUN);
    if (who.n == 1) agree_note_pronoun(w, who.at[0], p);
    append_group(w, &m, &who);
}

static bool is_reciprocal(const struct who_work *w, uint32_t token)
{
    const struct tree *t = w->tree;
    return (form_has(t, token, CLASS_EACH) && form_has(t, token + 1, CLASS_OTHER)) ||
           (form_has(t, token, CLASS_ONE) && form_has(t, token + 1, CLASS_ANOTHER));
}

/* "each other", "one another": the group that is the subject, else the last two countries. */
static void refer_reciprocal(struct who_work *w, uint32_t token)
{
    struct group who;
    uint32_t head = w->words[token + 1].head == token ? token : token + 1;
    struct mention m = mention_new(token, token + 2, head, ACTOR_PRONOUN);
    if (antecedent_above(w, token + 1, PRONOUN_THEY, &who) && who.n > 1)
        append_group(w, &m, &who);
    else if (antecedent_last_two(w, token, false, &who))
        append_countries(w, &m, &who, NULL);
}

/* ---- descriptions of countries and pairs ---- */

/* "both armies", "the two parliaments": the sector of organs that each state has one of, or NULL.
 */
static const char *organs_of_pair(const struct who_work *w, uint32_t two, uint32_t noun)
{
    const struct name_find *f = name_at_token(w, noun);
    bool definite =
        w->words[two].upos != UPOS_NUM || (two > 0 && form_has(w->tree, two - 1, CLASS_THE));
    if (!definite || f == NULL || f->kind != FIND_ROLE || f->end != noun + 1) return NULL;
    const struct know_role_noun *role = &w->know->role_nouns[f->of];
    if (!(role->flags & ROLE_BODY) || role->sector == 0 || !w->words[noun].plural) return NULL;
    const char *sector = know_z(w->know, role->sector);
    bool owned = form_has(w->tree, noun + 1, CLASS_OF);
    return !owned && sector_has(w->know, sector, SECTOR_STATE) ? sector : NULL;
}

static bool is_pair_noun(const struct who_work *w, uint32_t two, uint32_t token)
{
    return word_has(w->tree, token, CLASS_PAIR_OF_STATES) ||
           word_has(w->tree, token, CLASS_PAIR_OF_PERSONS) ||
           form_has(w->tree, token, CLASS_PAIR_OF_GOVERNMENTS) ||
           organs_of_pair(w, two, token) != NULL;
}

/* The noun of "the two countries", "both main sides" behind the word for two, or NONE. Names that
 * stand between say themselves who is meant. */
static uint32_t noun_of_pair(const struct who_work *w, uint32_t token, uint32_t end)
{
    enum { REACH = 3 };
    for (uint32_t noun = token + 1; noun < end && noun < token + REACH; noun++) {
        if (is_pair_noun(w, token, noun)) return noun;
        const struct name_find *f = name_at_token(w, noun);
        if (f != NULL && f->kind != FIND_ROLE) return NONE;
    }
    return NONE;
}

/* "the two countries", "both sides", "the two leaders". Returns the token after it, or `token` when
 * nothing of the kind is there. */
static uint32_t refer_pair(struct who_work *w, uint32_t token, uint32_t end)
{
    struct group who;
    uint32_t noun = noun_of_pair(w, token, end);
    if (noun == NONE) return token;
    struct mention m = span_mention(w, token, noun + 1, ACTOR_DESCRIPTION);
    if (word_has(w->tree, noun, CLASS_PAIR_OF_PERSONS) &&
        antecedent_last_two(w, noun, true, &who)) {
        append_group(w, &m, &who);
        return noun + 1;
    }
    bool states = word_has(w->tree, noun, CLASS_PAIR_OF_STATES);
    if (!antecedent_last_two(w, noun, false, &who)) return token;
    const char *organs = organs_of_pair(w, token, noun);
    if (organs == NULL) organs = sector_with(w->know, SECTOR_GOVERNMENT);
    append_countries(w, &m, &who, states ? NULL : organs);
    return noun + 1;
}

/* "the company", "the victims", "the latter". Returns the token after it, or `token`. */
static uint32_t refer_definite(struct who_work *w, uint32_t token, uint32_t end)
{
    struct group who;
    uint32_t noun = definite_noun(w, token, end);
    if (noun == NONE || !definite_find(w, token, noun, &who)) return token;
    struct mention m = mention_new(token + 1, noun + 1, noun, ACTOR_DESCRIPTION);
    if (!word_has(w->tree, noun, CLASS_COUNTRY))
        append_group(w, &m, &who);
    else if (know_country(w->know, str_c(w->actors[who.at[0]].country)) != NONE)
        append_countries(w, &m, &who, NULL);
    else
        return token;
    return noun + 1;
}

/* "both", "the two", "the pair" that are a party by themselves. */
static bool stands_for_two(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    bool the = token > 0 && form_has(w->tree, token - 1, CLASS_THE);
    bool party = word->dep == DEP_NSUBJ || word->dep == DEP_NSUBJ_PASS || word->dep == DEP_OBJ;
    if (!party || form_has(w->tree, token + 1, CLASS_OF)) return false;
    if (form_has(w->tree, token, CLASS_DUO)) return the;
    return form_has(w->tree, token, CLASS_PAIR) && (the || word->upos != UPOS_NUM);
}

static void refer_two(struct who_work *w, uint32_t token)
{
    struct group who;
    if (!definite_two(w, token, &who)) return;
    struct mention m = span_mention(w, token, token + 1, ACTOR_DESCRIPTION);
    append_group(w, &m, &who);
}

/* ---- the walk ---- */

static void refer_names(struct who_work *w, uint32_t token)
{
    size_t before = w->n_actors;
    const struct unit *u = w->unit_at[token] == NONE ? NULL : &w->units[w->unit_at[token]];
    if (u != NULL) unit_code(w, u);
    if (u != NULL && w->n_actors == before + 1) definite_join(w, u, (uint32_t)before);
    const struct name_find *f = name_at_token(w, token);
    if (f != NULL && f->begin == token) name_code(w, f);
    for (size_t i = before; i < w->n_actors; i++) {
        apposition_recall(w, (uint32_t)i);
        apposition_join(w, (uint32_t)i);
        agree_note_gender(w, (uint32_t)i);
    }
}

/* Returns the token after what was read. */
static uint32_t refer_token(struct who_work *w, uint32_t t, uint32_t end)
{
    if (form_has(w->tree, t, CLASS_PAIR)) {
        uint32_t next = refer_pair(w, t, end);
        if (next != t) return next;
    }
    if (t + 1 < end && is_reciprocal(w, t)) {
        refer_reciprocal(w, t);
        return t + 2;
    }
    if (form_has(w->tree, t, CLASS_THE)) {
        uint32_t next = refer_definite(w, t, end);
        if (next != t) return next;
    }
    if (stands_for_two(w, t)) {
        refer_two(w, t);
        return t + 1;
    }
    if (w->find_at[t] != NONE || w->unit_at[t] != NONE)
        refer_names(w, t);
    else
        refer_pronoun(w, t);
    return t + 1;
}

bool refer_all(struct who_work *w)
{
    for (uint32_t i = 0; i < w->text->n_sentences && !w->failed; i++) {
        const struct sentence *s = &w->text->sentences[i];
        const size_t first = w->n_actors;
        for (uint32_t t = s->token_begin; t < s->token_end && !w->failed;)
            t = refer_token(w, t, s->token_end);
        close_sentence(w, first);
    }
    drop_open(w);
    return !w->failed;
}
