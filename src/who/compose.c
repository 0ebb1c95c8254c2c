/* compose.c - actors made of parts: "Russian Foreign Ministry spokeswoman Maria Zakharova"; see
 * who_work.h.
 *
 * Each role noun that no longer phrase has taken, from the last of a sentence to its first, grows
 * into a noun phrase: to the left over modifiers, possessors and further role nouns, to the right
 * over a name and over "of", "for" and "in". Neighbourhood leads and the tree says no where it
 * knows better, for noun phrases are where parsers err least and news is most regular. Every token
 * is passed a bounded number of times. */
#include "who/who_work.h"

enum { LEFT_MOST = 12 };

static const char *const generic_nouns[] = {
    "spokesman",   "spokeswoman", "spokesperson",   "spokesmen",       "official",
    "officials",   "chief",       "chiefs",         "leader",          "leaders",
    "head",        "heads",       "president",      "director",        "chairman",
    "member",      "members",     "representative", "representatives", "source",
    "sources",     "delegation",  "team",           "mediator",        "negotiator",
    "negotiators", "governor",    "authorities",    "administration",  "agency",
    "executive",   "supporters",  "secretary",      "delegate",        "delegates",
    NULL};

/* Nouns without a sector that name an actor together with a country. */
static const char *const plain_nouns[] = {
    "ally",      "allies",     "side",       "sides",     "nation",   "nations",     "countries",
    "states",    "power",      "powers",     "partner",   "partners", "counterpart", "counterparts",
    "neighbour", "neighbours", "neighbor",   "neighbors", "capitals", "people",      "agent",
    "agents",    "operative",  "operatives", NULL};

static bool is_generic(const struct who_work *w, uint32_t token)
{
    return phrase_in(w, token, generic_nouns);
}

static bool gives_country(const struct find *f)
{
    return f->kind == FIND_COUNTRY || f->kind == FIND_ORG || f->kind == FIND_PEOPLE ||
           f->kind == FIND_CAPITAL || f->kind == FIND_SEAT || f->kind == FIND_PERSON;
}

static bool glued_hyphen(const struct who_work *w, uint32_t token)
{
    return token > 0 && phrase_is(w, token, "-") &&
           !(w->text->tokens[token - 1].flags & TOKEN_SPACE_AFTER);
}

/* "pro-Russian", "anti-American": a word about the country, not of it. */
static bool is_negated_modifier(const struct who_work *w, const struct find *f)
{
    static const char *const prefixes[] = {"pro", "anti", "non", "ex", NULL};
    return f->begin >= 2 && glued_hyphen(w, f->begin - 1) && phrase_in(w, f->begin - 2, prefixes);
}

static void add_modifier(struct who_work *w, struct unit *u, struct find *f)
{
    if (u->n_modifiers < UNIT_MODIFIERS) u->modifiers[u->n_modifiers++] = (uint32_t)(f - w->finds);
}

static bool is_acronym(const struct who_work *w, const struct find *f)
{
    struct str form = phrase_form(w, f->begin);
    for (size_t i = 0; i < form.len; i++)
        if (form.at[i] >= 'a' && form.at[i] <= 'z') return false;
    return f->end - f->begin == 1;
}

/* Whether a name before "and" stands beside the modifier after it: "Russian and U.S. teams". */
static bool coordinates(const struct who_work *w, const struct find *f, const struct find *with,
                        bool possessive)
{
    uint8_t dep = w->lang->words[f->head].dep;
    if (is_negated_modifier(w, f)) return false;
    if (f->kind == FIND_PEOPLE) return !f->plural;
    if (f->kind != FIND_COUNTRY && f->kind != FIND_ORG) return false;
    if (possessive) return w->lang->words[with->head].head == f->head;
    return dep == DEP_COMPOUND || dep == DEP_AMOD || dep == DEP_NMOD_DESC || is_acronym(w, f);
}

/* From a modifier leftwards over those coordinated with it. Returns the first token taken. */
static uint32_t take_coordinated(struct who_work *w, struct unit *u, const struct find *f,
                                 bool possessive)
{
    static const char *const joints[] = {"and", "&", "or", ",", "-", "\xE2\x80\x93", NULL};
    uint32_t at = f->begin;
    for (int i = 0; i < UNIT_MODIFIERS && at >= 2; i++) {
        uint32_t q = at - 1;
        if (!phrase_in(w, q, joints)) break;
        if (phrase_is(w, q, "-") && !glued_hyphen(w, q)) break; /* a dateline's dash */
        if (q > 1 && phrase_is(w, q, "and") && phrase_is(w, q - 1, ",")) q--;
        if (q > 1 && phrase_possessive(w, q - 1)) q--;
        struct find *g = q > 0 ? phrase_find(w, q - 1) : NULL;
        if (g == NULL || !coordinates(w, g, f, possessive)) break;
        add_modifier(w, u, g);
        at = g->begin;
    }
    return at;
}

static void take_flag_word(struct who_work *w, struct unit *u, uint32_t token)
{
    static const char *const former[] = {"former", "ex",      "deposed", "ousted",   "exiled",
                                         "late",   "onetime", "ex-",     "one-time", NULL};
    if (phrase_in(w, token, former)) u->flags |= UNIT_FORMER;
    if (phrase_is(w, token, "then")) u->flags |= UNIT_THEN;
    if (phrase_is(w, token, "the")) u->flags |= UNIT_DEFINITE;
}

/* A role noun inside the phrase lends its sector to a head that says little: "army spokesman". */
static void take_inner_role(struct who_work *w, struct unit *u, struct find *f)
{
    const struct know_role_noun *noun = &w->know->role_nouns[f->of];
    if ((u->role == NONE || is_generic(w, u->noun)) && noun->sector != 0) {
        u->sector = know_z(w->know, noun->sector);
        u->flags &= (uint16_t)~UNIT_NEEDS;
    }
}

/* The modifier find before the phrase. Returns where the scan goes on, NONE when it is over. */
static uint32_t take_left_find(struct who_work *w, struct unit *u, struct find *f, uint32_t unit)
{
    if (f->kind == FIND_ROLE) {
        take_inner_role(w, u, f);
        f->unit = unit;
        u->begin = f->begin;
        return f->begin;
    }
    if (f->kind == FIND_NEW_ORG) {
        u->flags |= UNIT_FIRM;
        f->absorbed = 1;
        u->begin = f->begin;
        return f->begin;
    }
    if (!gives_country(f) || f->plural) return NONE;
    if (is_negated_modifier(w, f)) return f->begin - 2;
    if (f->kind == FIND_PERSON && u->n_modifiers != 0) return NONE;
    f->unit = unit;
    add_modifier(w, u, f);
    u->begin = take_coordinated(w, u, f, false);
    return u->begin;
}

/* The possessor before 's at `mark`; the phrase ends there. */
static void take_possessor(struct who_work *w, struct unit *u, uint32_t mark, uint32_t unit)
{
    struct find *f = mark > 0 ? phrase_find(w, mark - 1) : NULL;
    if (f == NULL || f->kind == FIND_ROLE) {
        if (mark > 0) u->owner = mark - 1;
        return;
    }
    if (f->kind == FIND_NEW_ORG || f->kind == FIND_NEW_PERSON) {
        u->flags |= UNIT_FIRM;
        return;
    }
    if (!gives_country(f) || u->n_modifiers != 0) return;
    f->unit = unit;
    add_modifier(w, u, f);
    u->begin = take_coordinated(w, u, f, true);
}

static bool may_pass(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->lang->words[token];
    if (w->text->tokens[token].flags & TOKEN_CAPS_LINE)
        return false; /* tags are poor in capitals */
    switch (word->upos) {
    case UPOS_ADJ:
    case UPOS_NOUN:
    case UPOS_PROPN:
    case UPOS_NUM: return true;
    case UPOS_VERB: return word->dep == DEP_AMOD || word->dep == DEP_COMPOUND;
    case UPOS_ADV: return word->dep == DEP_AMOD || phrase_is(w, token, "then");
    default: return glued_hyphen(w, token);
    }
}

/* "Saudi-led", "U.S.-backed": a participle that ties the name to the noun in another way. */
static bool hyphen_participle(const struct who_work *w, uint32_t token)
{
    return w->lang->words[token].upos == UPOS_VERB && token > 0 && phrase_is(w, token - 1, "-");
}

static void grow_left(struct who_work *w, struct unit *u, uint32_t from, uint32_t unit)
{
    uint32_t t = u->begin;
    bool verb = false; /* a participle was passed: a role noun before it is its subject */
    for (int i = 0; i < LEFT_MOST && t > from; i++) {
        uint32_t p = t - 1;
        if (phrase_possessive(w, p)) {
            take_possessor(w, u, p, unit);
            return;
        }
        struct find *f = phrase_find(w, p);
        if (f != NULL && !f->absorbed) {
            if (verb && f->kind == FIND_ROLE) return;
            t = take_left_find(w, u, f, unit);
            if (t == NONE) return;
            continue;
        }
        take_flag_word(w, u, p);
        if (w->lang->words[p].upos == UPOS_PRON && w->lang->words[p].dep == DEP_NMOD_POSS)
            u->owner = p;
        if (!may_pass(w, p) || hyphen_participle(w, p)) return;
        verb |= w->lang->words[p].upos == UPOS_VERB;
        t = p;
    }
}

/* ---- to the right -------------------------------------------------------------------------------
 */

static uint32_t skip_article(const struct who_work *w, uint32_t token)
{
    return phrase_is(w, token, "the") ? token + 1 : token;
}

static void take_name(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    struct find *f = u->end < to ? phrase_find(w, u->end) : NULL;
    if (f == NULL || f->begin != u->end || f->unit != 0) return;
    bool person = f->kind == FIND_PERSON || f->kind == FIND_NEW_PERSON;
    bool body = f->kind == FIND_ORG || f->kind == FIND_NEW_ORG;
    if (!(person && (u->flags & UNIT_PERSON)) && !(body && (u->flags & UNIT_BODY))) return;
    f->unit = unit;
    u->name = (uint32_t)(f - w->finds);
    u->end = f->end;
}

/* A unit that follows "of" or "for" gives its country, and its sector where ours says little. */
static void take_unit(struct who_work *w, struct unit *u, struct unit *v)
{
    for (uint32_t i = 0; i < v->n_modifiers && u->n_modifiers < UNIT_MODIFIERS; i++)
        u->modifiers[u->n_modifiers++] = v->modifiers[i];
    if (u->owner == NONE) u->owner = v->owner;
    if (v->sector != NULL && is_generic(w, u->noun)) u->sector = v->sector;
    u->flags |= v->flags & (UNIT_FIRM | UNIT_DEFINITE);
    u->end = v->end;
    v->flags |= UNIT_ABSORBED;
}

/* "leaders of France, Germany and Italy": a list counts once its "and" has come. */
static void take_listed(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    uint32_t listed[UNIT_MODIFIERS], n = 0, end = u->end;
    bool last = false;
    while (!last && n + u->n_modifiers < UNIT_MODIFIERS && end + 1 < to) {
        uint32_t q = end;
        if (phrase_is(w, q, ",")) q++;
        last = q + 1 < to && phrase_is(w, q, "and");
        if (last) q++;
        struct find *f = q > end && q < to ? phrase_find(w, q) : NULL;
        if (f == NULL || f->kind != FIND_COUNTRY || f->begin != q || f->unit != 0) return;
        listed[n++] = (uint32_t)(f - w->finds);
        end = f->end;
    }
    if (!last || phrase_possessive(w, end)) return;
    for (uint32_t i = 0; i < n; i++) {
        w->finds[listed[i]].unit = unit;
        add_modifier(w, u, &w->finds[listed[i]]);
    }
    u->end = end;
}

static void take_of(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    static const char *const speakers[] = {"spokesman", "spokeswoman", "spokesperson", "lawyer",
                                           NULL};
    uint32_t e = u->end;
    bool of = phrase_is(w, e, "of"), from = phrase_is(w, e, "for") && phrase_in(w, e - 1, speakers);
    if ((!of && !from) || e + 1 >= to || u->n_modifiers != 0) return;
    uint32_t q = skip_article(w, e + 1);
    if (q >= to) return;
    if (w->unit_at[q] != 0) {
        struct unit *v = &w->units[w->unit_at[q] - 1];
        if (v->n_modifiers != 0 || from) take_unit(w, u, v);
        return;
    }
    struct find *f = phrase_find(w, q);
    if (f == NULL || f->begin != q || phrase_possessive(w, f->end)) return;
    if (f->kind == FIND_NEW_ORG) u->flags |= UNIT_FIRM;
    bool ruler =
        f->kind == FIND_PERSON && (u->flags & UNIT_BODY); /* "the government of Joe Biden" */
    if (f->kind != FIND_COUNTRY && f->kind != FIND_ORG && f->kind != FIND_CAPITAL &&
        f->kind != FIND_SEAT && !ruler)
        return;
    f->unit = unit;
    add_modifier(w, u, f);
    u->end = f->end;
    if (u->flags & UNIT_PLURAL) take_listed(w, u, to, unit);
}

/* The country that a place name at `q` lies in, or NONE. */
static uint32_t country_at(const struct who_work *w, uint32_t q)
{
    const struct find *f = phrase_find(w, q);
    if (f != NULL && (f->kind == FIND_COUNTRY || f->kind == FIND_CAPITAL)) return f->of;
    bool known = f != NULL && f->kind != FIND_NEW_ORG && f->kind != FIND_NEW_PERSON;
    if (known || w->place_at[q] == 0) return NONE;
    const struct know_place *place = &w->know->places[w->place_at[q] - 1];
    return know_country(w->know, know_str(w->know, place->country));
}

/* Those who act where they are; reporters, companies or experts may come from anywhere. */
static bool is_local(const char *sector)
{
    static const char *const local[] = {"COP", "MIL", "OPP", "REB", "JUD", "SEP", "REF", NULL};
    for (const char *const *s = local; sector != NULL && *s != NULL; s++)
        if (strcmp(sector, *s) == 0) return true;
    return false;
}

/* "police in Lagos"; else the one place that the sentence says it happens in. */
static void take_place(struct who_work *w, struct unit *u, uint32_t from, uint32_t to)
{
    if (u->n_modifiers != 0) return;
    uint32_t country = NONE;
    if (phrase_is(w, u->end, "in") && u->end + 1 < to)
        country = country_at(w, skip_article(w, u->end + 1));
    for (uint32_t t = from; t + 1 < to && country == NONE && is_local(u->sector); t++)
        if (phrase_is(w, t, "in") || phrase_is(w, t, "at") || phrase_is(w, t, "near"))
            country = country_at(w, t + 1);
    u->place_country = country;
}

/* ---- units --------------------------------------------------------------------------------------
 */

static struct unit *new_unit(struct who_work *w, uint32_t begin, uint32_t end)
{
    struct unit *grown =
        arena_grow(w->arena, w->units, w->n_units, w->n_units + 1, &w->units_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return NULL;
    }
    w->units = grown;
    struct unit *u = &w->units[w->n_units++];
    *u = (struct unit){.begin = begin,
                       .end = end,
                       .role = NONE,
                       .name = NONE,
                       .owner = NONE,
                       .place_country = NONE};
    u->noun = phrase_head(w, begin, end);
    if (w->lang->words[u->noun].plural) u->flags |= UNIT_PLURAL;
    return u;
}

static void read_role_noun(const struct who_work *w, struct unit *u, uint32_t role)
{
    const struct know_role_noun *noun = &w->know->role_nouns[role];
    struct str text = know_str(w->know, noun->noun);
    u->role = role;
    if (noun->sector != 0) u->sector = know_z(w->know, noun->sector);
    if (noun->code != 0) u->code = know_z(w->know, noun->code);
    if (noun->flags & ROLE_PERSON) u->flags |= UNIT_PERSON;
    if (noun->flags & ROLE_BODY) u->flags |= UNIT_BODY;
    if (noun->flags & ROLE_PLURAL) u->flags |= UNIT_PLURAL;
    if (noun->flags & ROLE_NEEDS_COUNTRY) u->flags |= UNIT_NEEDS;
    if (str_starts(text, STR("ex-")) || str_starts(text, STR("former "))) u->flags |= UNIT_FORMER;
}

/* "the office of Russia's prosecutor general" is he. */
static void take_office(struct who_work *w, struct unit *u, uint32_t from)
{
    static const char *const shells[] = {"office", "bureau", "headquarters", NULL};
    uint32_t b = u->begin;
    if (b > from && phrase_is(w, b - 1, "the")) b--;
    if (b < from + 2 || !phrase_is(w, b - 1, "of") || !phrase_in(w, b - 2, shells)) return;
    if (w->find_at[b - 2] != 0 || w->unit_at[b - 2] != 0) return;
    u->begin = b - 2;
    u->flags = (uint16_t)((u->flags & ~UNIT_PERSON) | UNIT_BODY);
}

static bool has_possessor(const struct who_work *w, const struct unit *u)
{
    for (uint32_t t = u->begin; t < u->noun; t++)
        if (phrase_possessive(w, t)) return true;
    return false;
}

static void close_unit(struct who_work *w, struct unit *u)
{
    const struct word *noun = &w->lang->words[u->noun];
    bool noun_after = u->end < w->text->n_tokens && (w->lang->words[u->end].upos == UPOS_NOUN ||
                                                     w->lang->words[u->end].upos == UPOS_PROPN);
    bool outer = u->name == NONE && noun->dep == DEP_COMPOUND && noun->head != NO_TOKEN &&
                 noun->head >= u->end && noun_after;
    /* "North Korea's missile test": possessor and noun both belong to a word outside */
    if (outer && u->noun > 0 && has_possessor(w, u)) {
        for (uint32_t i = 0; i < u->n_modifiers; i++)
            w->finds[u->modifiers[i]].unit = 0;
        return;
    }
    u->head = outer ? u->noun : phrase_head(w, u->begin, u->end);
    w->unit_at[u->begin] = (uint32_t)(u - w->units) + 1;
}

static void compose_one(struct who_work *w, struct find *f, const struct sentence *s)
{
    struct unit *u = new_unit(w, f->begin, f->end);
    if (u == NULL) return;
    uint32_t unit = (uint32_t)w->n_units;
    f->unit = unit;
    read_role_noun(w, u, f->of);
    take_name(w, u, s->token_end, unit);
    grow_left(w, u, s->token_begin, unit);
    take_of(w, u, s->token_end, unit);
    if (u->name == NONE) take_name(w, u, s->token_end, unit);
    take_place(w, u, s->token_begin, s->token_end);
    take_office(w, u, s->token_begin);
    close_unit(w, u);
}

/* "European allies", "Ukraine's Western partners": a country and a noun without a sector. */
static void compose_plain(struct who_work *w, uint32_t token, const struct sentence *s)
{
    struct unit *u = new_unit(w, token, token + 1);
    if (u == NULL) return;
    u->flags |= UNIT_NEEDS;
    u->flags |= phrase_is(w, token, "counterpart") ? UNIT_PERSON : UNIT_BODY;
    grow_left(w, u, s->token_begin, (uint32_t)w->n_units);
    if (u->n_modifiers != 0 || u->sector != NULL) close_unit(w, u);
}

static void compose_sentence(struct who_work *w, const struct sentence *s)
{
    for (uint32_t t = s->token_end; t-- > s->token_begin;) {
        struct find *f = phrase_find(w, t);
        if (f == NULL) {
            if (w->lang->words[t].upos == UPOS_NOUN && phrase_in(w, t, plain_nouns))
                compose_plain(w, t, s);
        } else if (f->kind == FIND_ROLE && f->unit == 0 && !f->absorbed && f->end == t + 1) {
            compose_one(w, f, s);
        }
        if (w->failed) return;
    }
}

bool compose_units(struct who_work *w)
{
    for (uint32_t i = 0; i < w->text->n_sentences && !w->failed; i++)
        compose_sentence(w, &w->text->sentences[i]);
    return !w->failed;
}
