/* names.c - what the trained engine and the knowledge base say of names, made one.
 *
 * In: names that the engine found, names of the base in the text. Out: entities, of which the base
 * settles whether a place has a government, and names that the base is sure of and the engine
 * missed. Where both see a name the engine's borders stand. Linear in tokens and matches. */
#include "base/utf8.h"
#include "story/story.h"

enum { SURE_POPULATION = 50000 };

static bool is_place_type(uint8_t type)
{
    return type == NAME_GPE || type == NAME_LOC;
}

/* What the base thinks of a match: its type, and whether it needs no support from the engine. */
struct opinion {
    uint8_t type; /* enum name_type; NAME_NONE: none */
    bool sure;
};

static uint8_t type_of_place(const struct know_place *p)
{
    return p->kind == 'C' || p->kind == 'P' || p->kind == 'T' || p->kind == 'A' ? NAME_GPE
                                                                                : NAME_LOC;
}

static struct opinion opinion_of(const struct know *know, const struct know_sense *s, bool several)
{
    switch ((enum sense_kind)s->kind) {
    case SENSE_NAME:
        switch ((enum entity_kind)know->entities[s->of].kind) {
        case ENTITY_COUNTRY: return (struct opinion){NAME_GPE, !s->weak};
        case ENTITY_PERSON: return (struct opinion){NAME_PER, several && !s->weak};
        case ENTITY_ORG:
        case ENTITY_GROUP:
            return (struct opinion){NAME_ORG, !s->weak && (several || s->casing == CASE_EXACT)};
        }
        break;
    case SENSE_FAMILY: return (struct opinion){NAME_PER, !s->weak};
    case SENSE_PEOPLE: return (struct opinion){NAME_NORP, !s->weak};
    case SENSE_CAPITAL: return (struct opinion){NAME_GPE, !s->weak};
    case SENSE_SEAT: return (struct opinion){NAME_ORG, false};
    case SENSE_PLACE: {
        const struct know_place *p = &know->places[s->of];
        bool large = p->kind != 'T' || p->population >= SURE_POPULATION;
        return (struct opinion){type_of_place(p), !s->weak && large};
    }
    case SENSE_ROLE: break;
    }
    return (struct opinion){NAME_NONE, false};
}

/* The strongest opinion: a sure one before an unsure one, countries before towns of their name. */
static struct opinion opinion_of_match(const struct dt_doc *doc, const struct name_match *m)
{
    struct opinion best = {NAME_NONE, false};
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        struct opinion one =
            opinion_of(doc->know, &doc->know->senses[i], m->token_end - m->token_begin > 1);
        if (one.type == NAME_NONE) continue;
        if (best.type == NAME_NONE || (one.sure && !best.sure)) best = one;
    }
    return best;
}

static bool is_free(const struct dt_doc *doc, const struct name_match *m)
{
    for (uint32_t i = m->token_begin; i < m->token_end; i++)
        if (doc->lang.words[i].name != NAME_NONE) return false;
    return true;
}

/* Tagged as a name, or, for peoples, as an adjective or noun; capitals are checked by the scan. */
static bool is_supported(const struct dt_doc *doc, const struct name_match *m, uint8_t type)
{
    bool name = false;
    for (uint32_t i = m->token_begin; i < m->token_end; i++) {
        uint8_t upos = doc->lang.words[i].upos;
        name = name || upos == UPOS_PROPN ||
               (type == NAME_NORP && (upos == UPOS_ADJ || upos == UPOS_NOUN));
    }
    return name;
}

static void set_name(struct dt_doc *doc, uint32_t begin, uint32_t end, uint8_t type)
{
    for (uint32_t i = begin; i < end; i++) {
        doc->lang.words[i].name = type;
        doc->lang.words[i].name_begin = i == begin && type != NAME_NONE;
    }
}

static bool is_whole_name(const struct dt_doc *doc, const struct name_match *m)
{
    const struct word *w = doc->lang.words;
    if (!w[m->token_begin].name_begin) return false;
    for (uint32_t i = m->token_begin + 1; i < m->token_end; i++)
        if (w[i].name == NAME_NONE || w[i].name_begin) return false;
    return m->token_end == doc->text.n_tokens || w[m->token_end].name == NAME_NONE ||
           w[m->token_end].name_begin;
}

/* A longer name of a person that begins with this match. */
static bool begins_person(const struct dt_doc *doc, const struct name_match *m)
{
    const struct word *w = doc->lang.words;
    return w[m->token_begin].name == NAME_PER && w[m->token_begin].name_begin &&
           m->token_end < doc->text.n_tokens && w[m->token_end].name == NAME_PER &&
           !w[m->token_end].name_begin;
}

/* "Norwegian Foreign Ministry": what the name of a people begins is no person. */
static void split_person(struct dt_doc *doc, const struct name_match *m)
{
    const struct word *w = doc->lang.words;
    uint32_t end = m->token_end;
    while (end < doc->text.n_tokens && w[end].name == NAME_PER && !w[end].name_begin)
        end++;
    set_name(doc, m->token_begin, m->token_end, NAME_NORP);
    set_name(doc, m->token_end, end, NAME_ORG);
}

/* Flags of the role noun that the match is, 0 where it is none. */
static uint16_t role_of_match(const struct dt_doc *doc, const struct name_match *m)
{
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &doc->know->senses[i];
        if (s->kind == SENSE_ROLE) return doc->know->role_nouns[s->of].flags;
    }
    return 0;
}

/* A whole name of a person that is a role noun is none: "Foreign Ministry" is an organization, and
 * "emir", in small letters, no name. "King" may be one. */
static void correct_role(struct dt_doc *doc, const struct name_match *m)
{
    const uint32_t begin = m->token_begin;
    uint32_t first;
    if (doc->lang.words[begin].name != NAME_PER || !is_whole_name(doc, m)) return;
    const uint16_t flags = role_of_match(doc, m);
    (void)utf8_decode(doc->text.tokens[begin].form, 0, &first);
    if ((flags & ROLE_BODY) != 0)
        set_name(doc, begin, m->token_end, NAME_ORG);
    else if (flags != 0 && !utf8_is_upper(first))
        set_name(doc, begin, m->token_end, NAME_NONE);
}

static void settle_match(struct dt_doc *doc, const struct name_match *m)
{
    struct opinion o = opinion_of_match(doc, m);
    if (o.type == NAME_NONE) return;
    if (is_whole_name(doc, m)) {
        uint8_t type = doc->lang.words[m->token_begin].name;
        if (o.sure || (is_place_type(type) && is_place_type(o.type)))
            set_name(doc, m->token_begin, m->token_end, o.type);
    } else if (o.sure && o.type == NAME_NORP && begins_person(doc, m)) {
        split_person(doc, m);
    } else if (o.sure && is_free(doc, m) && is_supported(doc, m, o.type)) {
        set_name(doc, m->token_begin, m->token_end, o.type);
    }
}

/* Words that stay with the name of a country or division behind them: "Northern Ontario". */
static bool joins_what_follows(const struct know *know, struct str form)
{
    return words_has(know, form, CLASS_SIDE) || words_has(know, form, CLASS_NAME_BEGINNING);
}

static bool is_country_or_division(const struct know *know, const struct name_match *m)
{
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &know->senses[i];
        if (s->kind == SENSE_NAME && know->entities[s->of].kind == ENTITY_COUNTRY) return true;
        if (s->kind == SENSE_PLACE && know->places[s->of].kind == 'A') return true;
    }
    return false;
}

static bool is_name_of_base(const struct dt_doc *doc, uint32_t begin, uint32_t end)
{
    for (uint32_t i = 0; i < doc->matches.n_matches; i++) {
        const struct name_match *m = &doc->matches.matches[i];
        if (m->token_begin == begin && m->token_end == end) return true;
    }
    return false;
}

/* "San Rafael California" is two names: the match, a country or division, is the second one. Not
 * so where the words before it, or one of them, belong to it ("Gulf of Mexico"). */
static void split_place(struct dt_doc *doc, const struct name_match *m)
{
    struct word *w = doc->lang.words;
    const struct token *tokens = doc->text.tokens;
    uint32_t begin = m->token_begin;
    if (!is_place_type(w[begin].name) || w[begin].name_begin) return;
    if (m->token_end < doc->text.n_tokens && w[m->token_end].name != NAME_NONE &&
        !w[m->token_end].name_begin)
        return;
    while (!w[begin].name_begin) {
        begin--;
        uint32_t first;
        (void)utf8_decode(tokens[begin].form, 0, &first);
        if (!utf8_is_upper(first)) return;
    }
    if (joins_what_follows(doc->know, tokens[m->token_begin - 1].form)) return;
    if (is_country_or_division(doc->know, m) && !is_name_of_base(doc, begin, m->token_end))
        set_name(doc, m->token_begin, m->token_end, NAME_GPE);
}

static bool gather_names(struct dt_doc *doc, struct arena *arena)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->text.n_tokens; i++)
        n += doc->lang.words[i].name_begin;
    doc->lang.entities = ARENA_NEW(arena, n, struct lang_entity);
    if (doc->lang.entities == NULL) return false;
    doc->lang.n_entities = 0;
    for (uint32_t i = 0; i < doc->text.n_tokens; i++) {
        const struct word *w = &doc->lang.words[i];
        if (w->name_begin)
            doc->lang.entities[doc->lang.n_entities++] = (struct lang_entity){i, i + 1, w->name};
        else if (w->name != NAME_NONE && doc->lang.n_entities != 0)
            doc->lang.entities[doc->lang.n_entities - 1].token_end = i + 1;
    }
    return true;
}

/* Where there are no capitals, a match is one only if the engine, too, sees a name there: "turkey"
 * may be a bird. */
static void drop_common_words(struct dt_doc *doc)
{
    struct match_layer *all = &doc->matches;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->n_matches; i++) {
        const struct name_match *m = &all->matches[i];
        struct opinion o = opinion_of_match(doc, m);
        bool role = o.type == NAME_NONE, any = doc->lang.words[m->token_begin].name != NAME_NONE;
        if (role || any || is_supported(doc, m, o.type)) all->matches[kept++] = *m;
    }
    all->n_matches = kept;
}

bool story_names(struct dt_doc *doc, struct arena *arena)
{
    if (doc->text.caseless) drop_common_words(doc);
    uint32_t settled = 0; /* tokens before this one are done: longer matches come first */
    for (uint32_t i = 0; i < doc->matches.n_matches; i++) {
        const struct name_match *m = &doc->matches.matches[i];
        if (m->token_begin < settled) continue;
        struct opinion o = opinion_of_match(doc, m);
        if (o.type == NAME_NONE) continue;
        settle_match(doc, m);
        if (o.sure) settled = m->token_end;
    }
    for (uint32_t i = 0; i < doc->matches.n_matches; i++) {
        split_place(doc, &doc->matches.matches[i]);
        correct_role(doc, &doc->matches.matches[i]);
    }
    return gather_names(doc, arena);
}

bool story_conllu_atoms(struct dt_doc *doc, struct arena *arena)
{
    struct text_layer *t = &doc->text;
    size_t cap = 0;
    t->atoms = NULL;
    t->n_atoms = 0;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        struct atom *own = NULL;
        struct str form = str_cut(t->text, t->tokens[i].begin, t->tokens[i].end);
        uint32_t n = text_atoms(arena, form, &own);
        t->atoms =
            arena_grow(arena, t->atoms, t->n_atoms, t->n_atoms + n + 1, &cap, sizeof *t->atoms);
        if (t->atoms == NULL || (n != 0 && own == NULL)) return false;
        t->tokens[i].atom = t->n_atoms;
        for (uint32_t k = 0; k < n; k++) {
            own[k].begin += t->tokens[i].begin;
            own[k].end += t->tokens[i].begin;
            if (k + 1 == n) own[k].gap = (t->tokens[i].flags & TOKEN_SPACE_AFTER) != 0;
            t->atoms[t->n_atoms++] = own[k];
        }
    }
    return true;
}
