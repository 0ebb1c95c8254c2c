/* refer.c - pronouns and descriptions; the walk through the story that writes all actors; see
 * who_work.h.
 *
 * Left to right, so that what a mention goes back to is there already. A pronoun climbs the tree
 * from its own clause: the subject of each clause that holds it first, then the nearest actor
 * between; then the sentence before, its subject first. That is the order of Hobbs ("Resolving
 * pronoun references", Lingua 44, 1978) cut down to what precision allows; a pronoun without a
 * clear antecedent is no mention. Cost: a bounded number of ancestors and of earlier mentions each.
 */
#include "who/write.h"

enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY };
enum { CLIMB_MOST = 12, PARTIES = 6, LOOK_BACK_MOST = 60 };

struct parties { /* the actors that one mention stands for */
    uint32_t at[PARTIES];
    uint32_t n;
};

static enum pronoun pronoun_of(const struct who_work *w, uint32_t token)
{
    static const char *const he[] = {"he", "him", "his", "himself", NULL};
    static const char *const she[] = {"she", "her", "hers", "herself", NULL};
    static const char *const it[] = {"it", "its", "itself", NULL};
    static const char *const they[] = {"they", "them", "their", "theirs", "themselves", NULL};
    const struct word *word = &w->lang->words[token];
    struct str form = phrase_form(w, token);
    static const char *const *const lists[] = {he, she, it, they};
    if (word->upos != UPOS_PRON || word->dep == DEP_EXPL || form.len < 2) return PRONOUN_NONE;
    for (int i = 0; i < 4; i++)
        for (const char *const *p = lists[i]; *p != NULL; p++)
            if (str_is(form, *p)) return (enum pronoun)(PRONOUN_HE + i);
    return PRONOUN_NONE;
}

/* ---- who may be meant
 * ------------------------------------------------------------------------------ */

static bool agrees_in_kind(const struct who_work *w, uint32_t actor, enum pronoun p)
{
    const struct actor *a = &w->actors[actor];
    bool person = (a->flags & ACTOR_PERSON) != 0, plural = (a->flags & ACTOR_PLURAL) != 0;
    uint8_t gender = w->traces[actor].gender;
    switch (p) {
    case PRONOUN_HE: return person && !plural && gender != 'f';
    case PRONOUN_SHE: return person && !plural && gender != 'm';
    case PRONOUN_IT: return !person && !plural;
    case PRONOUN_THEY: return plural;
    case PRONOUN_NONE: break;
    }
    return false;
}

static void add_party(struct parties *out, uint32_t actor)
{
    if (out->n < PARTIES) out->at[out->n++] = actor;
}

static void add_head_actors(const struct who_work *w, uint32_t head, struct parties *out)
{
    uint32_t i = w->at_token[head];
    for (; i != 0 && i <= w->n_actors && w->actors[i - 1].head == head; i++)
        add_party(out, i - 1);
}

/* The actors at `head` and, for "they", those coordinated with it before the pronoun. */
static bool actors_fit(const struct who_work *w, uint32_t head, uint32_t before, enum pronoun p,
                       struct parties *out)
{
    if (w->at_token[head] == 0) return false;
    out->n = 0;
    add_head_actors(w, head, out);
    if (p != PRONOUN_THEY) {
        if (out->n != 1 || !agrees_in_kind(w, out->at[0], p)) return false;
        return !(w->actors[out->at[0]].flags & ACTOR_MODIFIER) ||
               phrase_possessive(w, w->actors[out->at[0]].token_end);
    }
    const struct actor *first = &w->actors[out->at[0]];
    for (uint32_t t = head + 1; t < before; t++) {
        uint32_t with = w->lang->words[t].head;
        if (w->lang->words[t].dep == DEP_CONJ && with != NO_TOKEN && with >= first->token_begin &&
            with < first->token_end && t >= first->token_end)
            add_head_actors(w, t, out);
    }
    return out->n > 1 || agrees_in_kind(w, out->at[0], p);
}

/* A subject of the verb, other than the one that holds the pronoun. */
static bool subject_fits(const struct who_work *w, uint32_t verb, uint32_t from, uint32_t before,
                         uint32_t but, enum pronoun p, struct parties *out)
{
    const struct word *words = w->lang->words;
    for (uint32_t t = from; t < before; t++)
        if (words[t].head == verb && t != but &&
            (words[t].dep == DEP_NSUBJ || words[t].dep == DEP_NSUBJ_PASS) &&
            actors_fit(w, t, before, p, out))
            return true;
    return false;
}

/* Between the verb and the pronoun, the nearest first. */
static bool nearest_between(const struct who_work *w, uint32_t verb, uint32_t before,
                            enum pronoun p, struct parties *out)
{
    for (uint32_t t = before; t-- > verb + 1;)
        if (w->at_token[t] != 0 && !w->traces[w->at_token[t] - 1].placelike &&
            actors_fit(w, t, before, p, out))
            return true;
    return false;
}

static bool is_argument(uint8_t dep)
{
    return dep == DEP_OBJ || dep == DEP_IOBJ || dep == DEP_OBL || dep == DEP_OBL_AGENT;
}

static bool climb(const struct who_work *w, uint32_t token, uint32_t from, enum pronoun p,
                  struct parties *out)
{
    const struct word *words = w->lang->words;
    bool own_clause = is_argument(words[token].dep);
    uint32_t child = token;
    for (int i = 0; i < CLIMB_MOST && words[child].head != NO_TOKEN; i++) {
        uint32_t at = words[child].head;
        if (words[at].upos == UPOS_VERB || words[at].upos == UPOS_AUX ||
            words[at].dep == DEP_ROOT) {
            if (!own_clause && subject_fits(w, at, from, token, child, p, out)) return true;
            own_clause = false;
            if (at < token && nearest_between(w, at, token, p, out)) return true;
        } else if (at < token && words[child].dep == DEP_ACL_RELCL &&
                   actors_fit(w, at, token, p, out)) {
            return true;
        }
        child = at;
    }
    return false;
}

/* In the sentence before: its first subject that agrees, else the only one that does. */
static bool in_sentence_before(const struct who_work *w, uint32_t sentence, enum pronoun p,
                               struct parties *out)
{
    uint32_t only = NONE;
    bool several = false;
    const struct sentence *s = &w->text->sentences[sentence];
    size_t i = w->n_actors;
    while (i > 0 && w->actors[i - 1].token_begin >= s->token_begin)
        i--;
    for (; i < w->n_actors && w->traces[i].sentence == sentence; i++) {
        const struct actor *a = &w->actors[i];
        struct parties found;
        if (!actors_fit(w, a->head, s->token_end, p, &found)) continue;
        if (w->traces[i].subject) {
            *out = found;
            return true;
        }
        if (w->traces[i].placelike) continue;
        if (only != NONE && w->actors[only].chain != a->chain) several = true;
        only = (uint32_t)i;
        *out = found;
    }
    return only != NONE && !several;
}

static bool find_antecedent(const struct who_work *w, uint32_t token, uint32_t sentence,
                            enum pronoun p, struct parties *out)
{
    uint32_t from = w->text->sentences[sentence].token_begin;
    if (climb(w, token, from, p, out)) return true;
    return sentence > 0 && in_sentence_before(w, sentence - 1, p, out);
}

/* ---- writing
 * ---------------------------------------------------------------------------------------- */

static void write_parties(struct who_work *w, struct mention *m, const struct parties *who)
{
    for (uint32_t i = 0; i < who->n; i++) {
        const struct actor *a = &w->actors[who->at[i]];
        m->code = a->code;
        m->country = a->country;
        m->sector = a->sector;
        m->name = a->name;
        m->entity = a->entity_id;
        m->chain = a->chain;
        m->gender = w->traces[who->at[i]].gender;
        m->noun = w->traces[who->at[i]].noun;
        m->flags = (uint8_t)(a->flags & ~ACTOR_MODIFIER);
        write_actor(w, m, i != 0);
    }
}

static struct mention refer_mention(const struct who_work *w, uint32_t begin, uint32_t end,
                                    uint8_t kind)
{
    return (struct mention){.begin = begin,
                            .end = end,
                            .head = phrase_head(w, begin, end),
                            .kind = kind,
                            .entity = NONE,
                            .noun = NONE};
}

static void refer_pronoun(struct who_work *w, uint32_t token, uint32_t sentence)
{
    struct parties who = {.n = 0};
    enum pronoun p = pronoun_of(w, token);
    if (p == PRONOUN_NONE || w->quoted[token] || w->n_actors == 0) return;
    if (!find_antecedent(w, token, sentence, p, &who)) {
        /* "they" of one body: only where it stands alone as the subject before */
        if (p != PRONOUN_THEY || !find_antecedent(w, token, sentence, PRONOUN_IT, &who)) return;
        if (!w->traces[who.at[0]].subject) return;
    }
    struct mention m = refer_mention(w, token, token + 1, ACTOR_PRONOUN);
    write_parties(w, &m, &who);
}

/* The two countries spoken of last, as actors: the first mentions back with different countries. */
static bool last_two(const struct who_work *w, bool persons, struct parties *out)
{
    out->n = 0;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK_MOST && out->n < 2; k++) {
        const struct actor *a = &w->actors[i];
        bool person = (a->flags & ACTOR_PERSON) && !(a->flags & ACTOR_PLURAL);
        if (a->country[0] == '\0' || w->traces[i].placelike || (persons && !person)) continue;
        if (know_country(w->know, str_c(a->country)) == UINT32_MAX) continue;
        if (out->n == 1 && strcmp(w->actors[out->at[0]].country, a->country) == 0) continue;
        add_party(out, (uint32_t)i);
    }
    if (out->n != 2) return false;
    uint32_t later = out->at[0];
    out->at[0] = out->at[1]; /* in the order of the text */
    out->at[1] = later;
    return true;
}

/* The states behind two actors, or their governments. */
static void write_countries(struct who_work *w, struct mention *m, const struct parties *who,
                            const char *sector)
{
    for (uint32_t i = 0; i < who->n; i++) {
        uint32_t id = know_country(w->know, str_c(w->actors[who->at[i]].country));
        const struct know_entity *e = &w->know->entities[id];
        m->country = know_z(w->know, e->code);
        m->code = write_code(w, m->country, sector);
        m->sector = sector;
        m->name = know_z(w->know, e->name);
        m->entity = sector == NULL ? id : NONE;
        m->chain = write_chain(w, CHAIN_CODE, str_c(m->code))->chain;
        write_actor(w, m, i != 0);
    }
}

/* "the two countries", "both sides", "the two leaders". Returns the token after it. */
static uint32_t refer_pair(struct who_work *w, uint32_t token, uint32_t end)
{
    static const char *const states[] = {"countries", "sides",  "nations", "neighbours",
                                         "neighbors", "powers", "states",  "allies",
                                         "capitals",  "rivals", NULL};
    static const char *const persons[] = {"leaders", "presidents", "ministers", "men", NULL};
    uint32_t noun = token + 1;
    while (noun < end && noun < token + 3 && !phrase_in(w, noun, states) &&
           !phrase_in(w, noun, persons) && !phrase_is(w, noun, "governments"))
        noun++;
    if (noun >= end || noun >= token + 3) return token;
    for (uint32_t t = token + 1; t < noun; t++)
        if (w->find_at[t] != 0 && w->finds[w->find_at[t] - 1].kind != FIND_ROLE) return token;
    struct parties who;
    struct mention m = refer_mention(w, token, noun + 1, ACTOR_DESCRIPTION);
    if (phrase_in(w, noun, persons) && last_two(w, true, &who)) {
        write_parties(w, &m, &who);
        return noun + 1;
    }
    m.flags = 0;
    if (!last_two(w, false, &who)) return token;
    write_countries(w, &m, &who, phrase_in(w, noun, states) ? NULL : "GOV");
    return noun + 1;
}

/* "each other", "one another": the group that is the subject, else the last two countries. */
static uint32_t refer_reciprocal(struct who_work *w, uint32_t token, uint32_t sentence)
{
    struct parties who;
    struct mention m = refer_mention(w, token, token + 2, ACTOR_PRONOUN);
    m.head = token + 1;
    if (w->lang->words[token + 1].head == token) m.head = token;
    uint32_t from = w->text->sentences[sentence].token_begin;
    if (climb(w, token + 1, from, PRONOUN_THEY, &who) && who.n > 1)
        write_parties(w, &m, &who);
    else if (last_two(w, false, &who))
        write_countries(w, &m, &who, NULL);
    return token + 2;
}

/* "the country": the state that was spoken of last in this sentence or the one before. */
static uint32_t refer_country(struct who_work *w, uint32_t token, uint32_t sentence)
{
    for (size_t i = w->n_actors; i-- > 0 && w->traces[i].sentence + 1 >= sentence;) {
        const struct actor *a = &w->actors[i];
        if (a->entity_id == UINT32_MAX || a->sector != NULL) continue;
        if (w->know->entities[a->entity_id].kind != ENTITY_COUNTRY) continue;
        struct mention m = refer_mention(w, token, token + 1, ACTOR_DESCRIPTION);
        struct parties who = {.at = {(uint32_t)i}, .n = 1};
        write_parties(w, &m, &who);
        break;
    }
    return token + 1;
}

/* ---- appositions
 * -------------------------------------------------------------------------------------- */

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
           w->traces[actor].noun == NONE;
}

/* "Maria Zakharova, a Russian spokeswoman," - "the Russian spokeswoman, Maria Zakharova,": two
 * mentions of one person. The base knows better than the phrase, the phrase than nothing. */
static void join_apposition(struct who_work *w, uint32_t first, uint32_t second)
{
    struct actor *a = &w->actors[first], *b = &w->actors[second];
    if (a->entity != NULL && b->entity != NULL) return;
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
    return a->token_end < comma && comma - a->token_end <= 4 &&
           w->lang->words[a->token_end].upos == UPOS_ADP;
}

static void refer_apposition(struct who_work *w, uint32_t second)
{
    const struct actor *b = &w->actors[second];
    const struct word *word = &w->lang->words[b->head];
    uint32_t t = b->token_begin;
    if (!code_single_person(b) || second == 0) return;
    if (word->dep == DEP_APPOS && word->head != NO_TOKEN && word->head < b->token_begin &&
        w->at_token[word->head] != 0 &&
        code_single_person(&w->actors[w->at_token[word->head] - 1])) {
        join_apposition(w, w->at_token[word->head] - 1, second);
        return;
    }
    while (t > 0 && w->lang->words[t - 1].upos == UPOS_DET)
        t--;
    if (t == 0 || !phrase_is(w, t - 1, ",")) return;
    for (uint32_t i = second; i-- > 0 && i + 4 > second;) {
        const struct actor *a = &w->actors[i];
        if (!code_single_person(a) || !ends_before(w, a, t - 1)) continue;
        if (phrase_is(w, b->token_end, ",")) join_apposition(w, i, second);
        return;
    }
}

/* ---- the walk
 * ------------------------------------------------------------------------------------------ */

static void refer_names(struct who_work *w, uint32_t token)
{
    size_t before = w->n_actors;
    if (w->unit_at[token] != 0) code_unit(w, &w->units[w->unit_at[token] - 1]);
    struct find *f = phrase_find(w, token);
    if (f != NULL && f->begin == token) code_find(w, f);
    for (size_t i = before; i < w->n_actors; i++)
        refer_apposition(w, (uint32_t)i);
}

static uint32_t refer_token(struct who_work *w, uint32_t t, uint32_t sentence, uint32_t end)
{
    if (phrase_is(w, t, "two") || phrase_is(w, t, "both")) {
        uint32_t next = refer_pair(w, t, end);
        if (next != t) return next;
    }
    if (t + 1 < end && ((phrase_is(w, t, "each") && phrase_is(w, t + 1, "other")) ||
                        (phrase_is(w, t, "one") && phrase_is(w, t + 1, "another"))))
        return refer_reciprocal(w, t, sentence);
    if (phrase_is(w, t, "the") && t + 1 < end && phrase_is(w, t + 1, "country") &&
        w->find_at[t + 1] == 0)
        return refer_country(w, t + 1, sentence);
    if (w->find_at[t] != 0 || w->unit_at[t] != 0)
        refer_names(w, t);
    else
        refer_pronoun(w, t, sentence);
    return t + 1;
}

bool refer_all(struct who_work *w)
{
    for (uint32_t i = 0; i < w->text->n_sentences && !w->failed; i++) {
        const struct sentence *s = &w->text->sentences[i];
        for (uint32_t t = s->token_begin; t < s->token_end && !w->failed;)
            t = refer_token(w, t, i, s->token_end);
    }
    return !w->failed;
}
