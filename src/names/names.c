/* names.c - what the trained engine and the knowledge base say of names, made one; see names.h. */
#include "names/names.h"

#include "base/utf8.h"
#include "know/words.h"

enum { SURE_POPULATION = 50000 };

struct name_work {
    const struct know *know;
    const struct text_layer *text;
    struct match_layer *matches;
    struct lang_layer *lang;
};

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
static struct opinion opinion_of_match(const struct name_work *w, const struct name_match *m)
{
    struct opinion best = {NAME_NONE, false};
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        struct opinion one =
            opinion_of(w->know, &w->know->senses[i], m->token_end - m->token_begin > 1);
        if (one.type == NAME_NONE) continue;
        if (best.type == NAME_NONE || (one.sure && !best.sure)) best = one;
    }
    return best;
}

static bool is_free(const struct name_work *w, const struct name_match *m)
{
    for (uint32_t i = m->token_begin; i < m->token_end; i++)
        if (w->lang->words[i].name != NAME_NONE) return false;
    return true;
}

/* Tagged as a name, or, for peoples, as an adjective or noun; capitals are checked by the scan. */
static bool is_supported(const struct name_work *w, const struct name_match *m, uint8_t type)
{
    bool name = false;
    for (uint32_t i = m->token_begin; i < m->token_end; i++) {
        uint8_t upos = w->lang->words[i].upos;
        name = name || upos == UPOS_PROPN ||
               (type == NAME_NORP && (upos == UPOS_ADJ || upos == UPOS_NOUN));
    }
    return name;
}

static void set_name(const struct name_work *w, uint32_t begin, uint32_t end, uint8_t type)
{
    for (uint32_t i = begin; i < end; i++) {
        w->lang->words[i].name = type;
        w->lang->words[i].name_begin = i == begin && type != NAME_NONE;
    }
}

static bool is_whole_name(const struct name_work *w, const struct name_match *m)
{
    const struct word *words = w->lang->words;
    if (!words[m->token_begin].name_begin) return false;
    for (uint32_t i = m->token_begin + 1; i < m->token_end; i++)
        if (words[i].name == NAME_NONE || words[i].name_begin) return false;
    return m->token_end == w->text->n_tokens || words[m->token_end].name == NAME_NONE ||
           words[m->token_end].name_begin;
}

/* A longer name of a person that begins with this match. */
static bool begins_person(const struct name_work *w, const struct name_match *m)
{
    const struct word *words = w->lang->words;
    return words[m->token_begin].name == NAME_PER && words[m->token_begin].name_begin &&
           m->token_end < w->text->n_tokens && words[m->token_end].name == NAME_PER &&
           !words[m->token_end].name_begin;
}

/* "Norwegian Foreign Ministry": what the name of a people begins is no person. */
static void split_person(const struct name_work *w, const struct name_match *m)
{
    const struct word *words = w->lang->words;
    uint32_t end = m->token_end;
    while (end < w->text->n_tokens && words[end].name == NAME_PER && !words[end].name_begin)
        end++;
    set_name(w, m->token_begin, m->token_end, NAME_NORP);
    set_name(w, m->token_end, end, NAME_ORG);
}

/* Flags of the role noun that the match is, 0 where it is none. */
static uint16_t role_of_match(const struct name_work *w, const struct name_match *m)
{
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &w->know->senses[i];
        if (s->kind == SENSE_ROLE) return w->know->role_nouns[s->of].flags;
    }
    return 0;
}

/* A whole name of a person that is a role noun is none: "Foreign Ministry" is an organization, and
 * "emir", in small letters, no name. "King" may be one. */
static void correct_role(const struct name_work *w, const struct name_match *m)
{
    const uint32_t begin = m->token_begin;
    uint32_t first;
    if (w->lang->words[begin].name != NAME_PER || !is_whole_name(w, m)) return;
    const uint16_t flags = role_of_match(w, m);
    (void)utf8_decode(w->text->tokens[begin].form, 0, &first);
    if ((flags & ROLE_BODY) != 0)
        set_name(w, begin, m->token_end, NAME_ORG);
    else if (flags != 0 && !utf8_is_upper(first))
        set_name(w, begin, m->token_end, NAME_NONE);
}

static void settle_match(const struct name_work *w, const struct name_match *m)
{
    struct opinion o = opinion_of_match(w, m);
    if (o.type == NAME_NONE) return;
    if (is_whole_name(w, m)) {
        uint8_t type = w->lang->words[m->token_begin].name;
        if (o.sure || (is_place_type(type) && is_place_type(o.type)))
            set_name(w, m->token_begin, m->token_end, o.type);
    } else if (o.sure && o.type == NAME_NORP && begins_person(w, m)) {
        split_person(w, m);
    } else if (o.sure && is_free(w, m) && is_supported(w, m, o.type)) {
        set_name(w, m->token_begin, m->token_end, o.type);
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

/* Matches are in the order of their first tokens. */
static bool is_name_of_base(const struct name_work *w, uint32_t begin, uint32_t end)
{
    const struct name_match *all = w->matches->matches;
    uint32_t low = 0, high = w->matches->n_matches;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (all[middle].token_begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < w->matches->n_matches && all[low].token_begin == begin; low++)
        if (all[low].token_end == end) return true;
    return false;
}

/* "San Rafael California" is two names: the match, a country or division, is the second one. Not
 * so where the words before it, or one of them, belong to it ("Gulf of Mexico"). */
static void split_place(const struct name_work *w, const struct name_match *m)
{
    const struct word *words = w->lang->words;
    const struct token *tokens = w->text->tokens;
    uint32_t begin = m->token_begin;
    if (!is_place_type(words[begin].name) || words[begin].name_begin) return;
    if (m->token_end < w->text->n_tokens && words[m->token_end].name != NAME_NONE &&
        !words[m->token_end].name_begin)
        return;
    while (!words[begin].name_begin) {
        begin--;
        uint32_t first;
        (void)utf8_decode(tokens[begin].form, 0, &first);
        if (!utf8_is_upper(first)) return;
    }
    if (joins_what_follows(w->know, tokens[m->token_begin - 1].form)) return;
    if (is_country_or_division(w->know, m) && !is_name_of_base(w, begin, m->token_end))
        set_name(w, m->token_begin, m->token_end, NAME_GPE);
}

static bool gather_names(const struct name_work *w, struct arena *arena)
{
    struct lang_layer *lang = w->lang;
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->text->n_tokens; i++)
        n += lang->words[i].name_begin;
    lang->entities = ARENA_NEW(arena, n, struct lang_entity);
    if (lang->entities == NULL) return false;
    lang->n_entities = 0;
    for (uint32_t i = 0; i < w->text->n_tokens; i++) {
        const struct word *word = &lang->words[i];
        if (word->name_begin)
            lang->entities[lang->n_entities++] = (struct lang_entity){i, i + 1, word->name};
        else if (word->name != NAME_NONE && lang->n_entities != 0)
            lang->entities[lang->n_entities - 1].token_end = i + 1;
    }
    return true;
}

/* Where there are no capitals, a match is one only if the engine, too, sees a name there: "turkey"
 * may be a bird. */
static void drop_common_words(const struct name_work *w)
{
    struct match_layer *all = w->matches;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->n_matches; i++) {
        const struct name_match *m = &all->matches[i];
        struct opinion o = opinion_of_match(w, m);
        bool role = o.type == NAME_NONE, any = w->lang->words[m->token_begin].name != NAME_NONE;
        if (role || any || is_supported(w, m, o.type)) all->matches[kept++] = *m;
    }
    all->n_matches = kept;
}

bool names_settle(const struct know *know, struct arena *arena, const struct text_layer *text,
                  struct match_layer *matches, struct lang_layer *lang)
{
    const struct name_work work = {know, text, matches, lang}, *w = &work;
    if (text->caseless) drop_common_words(w);
    uint32_t settled = 0; /* tokens before this one are done: longer matches come first */
    for (uint32_t i = 0; i < w->matches->n_matches; i++) {
        const struct name_match *m = &w->matches->matches[i];
        if (m->token_begin < settled) continue;
        struct opinion o = opinion_of_match(w, m);
        if (o.type == NAME_NONE) continue;
        settle_match(w, m);
        if (o.sure) settled = m->token_end;
    }
    for (uint32_t i = 0; i < w->matches->n_matches; i++) {
        split_place(w, &w->matches->matches[i]);
        correct_role(w, &w->matches->matches[i]);
    }
    return gather_names(w, arena);
}
