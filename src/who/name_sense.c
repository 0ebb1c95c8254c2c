/* name_sense.c - see name_sense.h.
 *
 * First sweep: what occurs beyond doubt (full names, names with one sense). Second sweep, left to
 * right, the longest match first: the best sense that its support allows. A family name needs its
 * bearer's full name in the story, a title, or his being in office; an ordinary word needs to be
 * tagged as a name. Last the names that only the language engine saw. Linear in matches and senses.
 */
#include "who/name_sense.h"

#include "who/locate.h"
#include "who/phrase.h"

/* What speaks for a sense, so that senses can be compared; 0 is "not this one". Set by hand on
 * news, not fitted: their order is what counts, and which sums may cross it. */
enum support {
    SUPPORT_GIVEN = 200,       /* a name of the user's dictionary: wins over all */
    SUPPORT_GIVEN_NAME = 120,  /* a family name behind the given name that the base has: certain */
    SUPPORT_SEEN = 100,        /* added where the bearer's full name stands in the story: wins over
                                  every sense that is known only from the base */
    SUPPORT_NAME = 60,         /* a full name; one that is an ordinary word, if seen in the story */
    SUPPORT_SEAT = 58,         /* a seat of government: behind what has that name itself */
    SUPPORT_PEOPLE = 55,       /* a people: behind a body that is called so ("Nigerian" a paper) */
    SUPPORT_CAPITAL = 50,      /* a capital: behind all that has the name itself */
    SUPPORT_ROLE = 40,         /* a role noun: behind every name that is sure */
    SUPPORT_WEAK_NAME = 35,    /* an ordinary word as a name: behind a role noun of that form */
    SUPPORT_WEAK_FAMILY = 13,  /* the least for a family name that is an ordinary word: in office
                                  and a title, a tag, or a high office */
    SUPPORT_WEAK_CAPITAL = 12, /* a capital that is an ordinary word: behind most that compete */
    SUPPORT_IN_OFFICE = 10,    /* in office on the day; the least for a name with other bearers */
    SUPPORT_FAMILY = 9, /* a family name with less than that: the same for all, so that two tie */
    SUPPORT_TITLE = 6,  /* added: "President" before it */
    SUPPORT_LATELY = 4, /* in office some years ago, or soon */
    SUPPORT_HIGH = 3,   /* added: the office is one of the highest */
    SUPPORT_TAGGED = 3, /* added: lang took it for a person's name */
    SUPPORT_NO_OFFICE = 3, /* one who is known for something else than an office */
    SUPPORT_ENDED = -3,    /* added: the country or body had ended by then */
    SUPPORT_PLACE = 1      /* a place: where nothing else is left */
};

enum {
    DAYS_LATELY = 3653,  /* an office that ended in these ten years is still spoken of */
    DAYS_BEFORE = 90,    /* one that begins soon is spoken of already: "president-elect" */
    DAYS_UNBORN = 366,   /* a country or body may be named so long before it begins */
    TOKENS_OF_A_NAME = 3 /* a text no longer than this is a name, however its words are tagged */
};

static const struct know_entity *entity_of(const struct who_work *w, uint32_t id)
{
    return &w->know->entities[id];
}

static void see_entity(struct who_work *w, uint32_t id)
{
    uint32_t at = (id * 2654435761u) & w->seen_mask;
    while (w->seen[at] != 0 && w->seen[at] != id + 1)
        at = (at + 1) & w->seen_mask;
    w->seen[at] = id + 1;
}

static bool entity_seen(const struct who_work *w, uint32_t id)
{
    uint32_t at = (id * 2654435761u) & w->seen_mask;
    while (w->seen[at] != 0 && w->seen[at] != id + 1)
        at = (at + 1) & w->seen_mask;
    return w->seen[at] != 0;
}

/* The slot of a surname in the table of those that follow a given name in this story. */
static uint64_t *surname_entry(const struct who_work *w, struct str surname, uint64_t *hash)
{
    *hash = str_hash(surname) | 1;
    uint32_t at = (uint32_t)(*hash >> 8) & w->surnames_mask;
    while (w->surnames[at] != 0 && w->surnames[at] != *hash)
        at = (at + 1) & w->surnames_mask;
    return &w->surnames[at];
}

static void note_surname(struct who_work *w, const struct lang_entity *name)
{
    uint64_t hash;
    if (name->type != NAME_PER || name->token_end - name->token_begin < 2) return;
    uint64_t *entry = surname_entry(w, phrase_form(w, name->token_end - 1), &hash);
    *entry = hash;
}

static bool is_entity_sense(const struct know_sense *s)
{
    return s->kind != SENSE_ROLE && s->kind != SENSE_PLACE;
}

/* Not before it began; what has ended can still be spoken of. */
static bool existed(const struct who_work *w, const struct know_entity *e)
{
    return w->day == DAY_MIN || e->since == DAY_MIN || w->day >= e->since - DAYS_UNBORN;
}

/* A dictionary that gives the name says itself what its code was before. */
static bool sense_existed(const struct who_work *w, const struct know_sense *s)
{
    return s->given != GIVEN_NOT || existed(w, entity_of(w, s->of));
}

/* ---- what occurs beyond doubt ---- */

static void note_match(struct who_work *w, const struct name_match *m)
{
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &w->know->senses[i];
        if (!is_entity_sense(s) || s->weak || s->kind == SENSE_FAMILY) continue;
        if (entity_of(w, s->of)->kind == ENTITY_PERSON && m->token_end - m->token_begin < 2)
            continue;
        see_entity(w, s->of);
    }
}

/* ---- support ---- */

static const struct lang_entity *lang_name(const struct who_work *w, uint32_t token)
{
    return w->name_at[token] == NONE ? NULL : &w->lang->entities[w->name_at[token]];
}

static bool is_title(const struct who_work *w, uint32_t token)
{
    return word_has(w->tree, token, CLASS_TITLE) || word_has(w->tree, token, CLASS_HONORIFIC_MAN) ||
           word_has(w->tree, token, CLASS_HONORIFIC_WOMAN);
}

/* The words are tagged as a name, of a type that does not speak against the sense. */
static bool named_as(const struct who_work *w, const struct name_match *m, bool person)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name != NULL) return (name->type == NAME_PER) == person;
    return w->words[m->token_begin].upos == UPOS_PROPN && phrase_capital(w, m->token_begin);
}

/* The match is only a part of a longer name, of a type that would be something else. */
static bool inside_name(const struct who_work *w, const struct name_match *m, uint8_t type)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name == NULL || name->type != type) return false;
    return name->token_begin < m->token_begin || name->token_end > m->token_end;
}

/* A word that may stand between titles: "President of the Senate". */
static bool joins_titles(const struct who_work *w, uint32_t token)
{
    uint8_t upos = w->words[token].upos;
    return upos == UPOS_ADP || upos == UPOS_DET || upos == UPOS_CCONJ || upos == UPOS_PUNCT ||
           phrase_possessive(w, token);
}

/* "King of", "President of the" before it. */
static bool behind_title(const struct who_work *w, uint32_t begin)
{
    uint32_t of = begin;
    if (of > 0 && form_has(w->tree, of - 1, CLASS_THE)) of--;
    bool link =
        of >= 2 && (form_has(w->tree, of - 1, CLASS_OF) || form_has(w->tree, of - 1, CLASS_TO) ||
                    form_has(w->tree, of - 1, CLASS_FOR));
    return link && is_title(w, of - 2);
}

/* "Jane Doe of Kenya", "Elizabeth II of the United Kingdom": the country ends the name. */
static bool behind_name(const struct who_work *w, const struct name_match *m,
                        const struct lang_entity *name)
{
    uint32_t of = m->token_begin;
    if (of > 0 && form_has(w->tree, of - 1, CLASS_THE)) of--;
    return of > name->token_begin + 1 && form_has(w->tree, of - 1, CLASS_OF) &&
           name->token_end == m->token_end;
}

/* A country belongs to the title of whoever is named behind it: "U.S. Senator Jane Doe", "King of
 * Bahrain Hamad" may be one name to lang. */
static bool before_title(const struct who_work *w, const struct name_match *m)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name == NULL) return false;
    if (behind_name(w, m, name)) return true;
    for (uint32_t t = name->token_begin; t < m->token_begin; t++)
        if (!joins_titles(w, t)) return false;
    if (behind_title(w, m->token_begin)) return true;
    for (uint32_t t = m->token_end; t < name->token_end; t++)
        if (word_has(w->tree, t, CLASS_SURE_TITLE) || (is_title(w, t) && t + 1 < name->token_end))
            return true;
    return false;
}

/* The match is part of a person's name, and no country before his title. */
static bool inside_person(const struct who_work *w, const struct name_match *m)
{
    return inside_name(w, m, NAME_PER) && !before_title(w, m);
}

/* What an office says for its holder on the day; nothing when it is long past. */
static int support_of_role(const struct who_work *w, const struct know_role *role)
{
    if (w->day == DAY_MIN) return role->to == DAY_MAX ? SUPPORT_IN_OFFICE : SUPPORT_LATELY;
    if (role->from <= w->day && w->day < role->to) return SUPPORT_IN_OFFICE;
    if (role->to <= w->day && w->day - role->to < DAYS_LATELY) return SUPPORT_LATELY;
    if (role->from > w->day && role->from - w->day < DAYS_BEFORE) return SUPPORT_LATELY;
    return 0;
}

/* How well a person is known to be in office: 0 not, more for the highest offices. */
static int support_of_offices(const struct who_work *w, const struct know_entity *e)
{
    int best = e->role_begin == e->role_end ? SUPPORT_NO_OFFICE : 0;
    for (uint32_t r = e->role_begin; r < e->role_end; r++) {
        const struct know_role *role = &w->know->roles[r];
        int support = support_of_role(w, role);
        if (support == 0) continue;
        if (words_has(w->know, know_str(w->know, role->title), CLASS_HIGH_OFFICE))
            support += SUPPORT_HIGH;
        if (support > best) best = support;
    }
    return best;
}

/* The given name before the match fits the person: "Vladimir V. Putin". */
static bool given_name_fits(const struct who_work *w, const struct name_match *m,
                            const struct know_entity *e)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name == NULL || name->token_end != m->token_end) return false;
    struct str given = phrase_form(w, name->token_begin), full = know_str(w->know, e->name);
    return str_starts(full, given) && full.len > given.len && full.at[given.len] == ' ';
}

/* All words of the name before the match are taken: "New Zealand's" before "Senator". */
static bool taken_before(const struct who_work *w, const struct name_match *m, uint32_t begin)
{
    for (uint32_t t = begin; t < m->token_begin; t++)
        if (w->find_at[t] == NONE && !joins_titles(w, t)) return false;
    return true;
}

/* "Paul" of "Paul Heinbecker": a given name, also where the language engine cut the name short. */
static bool is_given_name(const struct who_work *w, const struct name_match *m)
{
    uint32_t last = m->token_end - 1, next = m->token_end;
    if (next >= w->text->n_tokens || w->words[next].upos != UPOS_PROPN) return false;
    if (w->words[next].dep == DEP_FLAT) return true;
    const struct word *a = &w->words[last], *b = &w->words[next];
    bool one = b->head == last || a->head == next || (a->head == b->head && a->dep == b->dep);
    return one && w->name_at[next] == NONE && phrase_capital(w, next) &&
           !word_has(w->tree, next, CLASS_RULE_NOUN);
}

/* The dictionary that gave the name says who it is on the day. */
static bool given_holds(const struct who_work *w, const struct know_entity *e)
{
    return e->role_begin == e->role_end || know_role_on(w->know, e, w->day) != NULL;
}

/* "Kim Il-sung Square", "Hamid Karzai International Airport": what is called after somebody. */
static bool before_site(const struct who_work *w, const struct name_match *m)
{
    uint32_t t = m->token_end;
    for (uint32_t end = t + 2; t < end && phrase_capital(w, t); t++)
        if (form_has(w->tree, t, CLASS_NAMESAKE)) return true;
    return false;
}

/* "Su-27", "May 22": a number belongs to it. */
static bool before_number(const struct who_work *w, uint32_t end, bool weak)
{
    uint32_t t = end;
    if (phrase_hyphen(w, t))
        t++;
    else if (!weak)
        return false;
    return t < w->text->n_tokens && phrase_form(w, t).at[0] >= '0' &&
           phrase_form(w, t).at[0] <= '9';
}

/* "Albert II of Belgium" is not Monaco's, "Lord Taylor of Warwick" not Liberia's. */
static bool of_elsewhere(const struct who_work *w, const struct name_match *m,
                         const struct know_entity *e)
{
    uint32_t t = m->token_end;
    if (!form_has(w->tree, t, CLASS_OF)) return false;
    t += form_has(w->tree, t + 1, CLASS_THE) ? 2 : 1;
    if (t >= w->text->n_tokens || w->place_at[t] == NONE) return false;
    uint32_t there = locate_at(w, t);
    if (there == NONE ||
        str_eq(know_str(w->know, e->country), know_str(w->know, entity_of(w, there)->code)))
        return false;
    for (uint32_t r = e->role_begin; r < e->role_end; r++)
        if (str_eq(know_str(w->know, w->know->roles[r].country),
                   know_str(w->know, entity_of(w, there)->code)))
            return false;
    return true;
}

/* The form of a family name allows that it is one: no part of something else, and written or tagged
 * as a name. */
static bool family_reads(const struct who_work *w, const struct name_match *m, bool title)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    bool longer = inside_name(w, m, NAME_PER);
    if (longer && !is_title(w, name->token_begin) && !taken_before(w, m, name->token_begin))
        return false;
    bool body = inside_name(w, m, NAME_ORG) && !word_has(w->tree, m->token_end, CLASS_RULE_NOUN);
    if (body || inside_name(w, m, NAME_LOC)) return false;
    if (!phrase_capital(w, m->token_begin) || is_given_name(w, m)) return false;
    bool tagged = w->words[m->token_begin].upos == UPOS_PROPN || name != NULL;
    return tagged || title || w->text->n_tokens < TOKENS_OF_A_NAME;
}

static int support_of_family(const struct who_work *w, const struct name_match *m,
                             const struct know_sense *s)
{
    const struct know_entity *e = entity_of(w, s->of);
    const struct lang_entity *name = lang_name(w, m->token_begin);
    bool title = m->token_begin > 0 && is_title(w, m->token_begin - 1),
         seen = entity_seen(w, s->of);
    uint64_t hash;
    if (s->given == GIVEN_ALONE && !given_holds(w, e)) return 0;
    if (inside_name(w, m, NAME_PER) && given_name_fits(w, m, e)) return SUPPORT_GIVEN_NAME;
    if (of_elsewhere(w, m, e)) return 0;
    if (!family_reads(w, m, title) || before_site(w, m) || before_number(w, m->token_end, s->weak))
        return 0;
    if (!title && !seen && locate_is_place(w, m->token_begin, m->token_end)) return 0;
    int support = support_of_offices(w, e) + (seen ? SUPPORT_SEEN : 0);
    bool other = *surname_entry(w, phrase_form(w, m->token_end - 1), &hash) != 0;
    if (support == 0 || (!seen && other)) return 0; /* the story has its own bearer of the name */
    if (title) support += SUPPORT_TITLE;
    if (name != NULL && name->type == NAME_PER) support += SUPPORT_TAGGED;
    if (s->weak && support < SUPPORT_WEAK_FAMILY) return 0;
    return support < SUPPORT_IN_OFFICE ? SUPPORT_FAMILY : support;
}

/* ---- choosing a sense ---- */

static int support_of_weak_name(const struct who_work *w, const struct name_match *m,
                                const struct know_sense *s, bool person)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (entity_seen(w, s->of) && phrase_capital(w, m->token_begin)) return SUPPORT_NAME;
    if (!person && name != NULL && name->type == NAME_PER) return 0;
    if (!named_as(w, m, person) && w->text->n_tokens > TOKENS_OF_A_NAME) return 0;
    return SUPPORT_WEAK_NAME;
}

/* "Turkey Creek": no country. */
static bool before_landform(const struct who_work *w, const struct name_match *m)
{
    return form_has(w->tree, m->token_end, CLASS_LANDFORM) && phrase_capital(w, m->token_end);
}

/* "Democratic Party" of "New Democratic Party", "Zaman" of "Waker-Uz-Zaman", names that only lang
 * saw: another body. */
static bool inside_other_body(const struct who_work *w, const struct name_match *m)
{
    if (!inside_name(w, m, NAME_ORG)) return false;
    uint32_t first = lang_name(w, m->token_begin)->token_begin, before = m->token_begin - 1;
    if (m->token_begin > first + 1 && phrase_hyphen(w, before)) before--;
    return m->token_begin > first && w->find_at[before] == NONE && phrase_capital(w, before) &&
           (w->words[before].upos == UPOS_PROPN || w->words[before].upos == UPOS_ADJ ||
            phrase_possessive(w, before));
}

static int support_of_name(const struct who_work *w, const struct name_match *m,
                           const struct know_sense *s)
{
    const struct know_entity *e = entity_of(w, s->of);
    bool person = e->kind == ENTITY_PERSON, single = m->token_end - m->token_begin == 1;
    bool long_text = w->text->n_tokens > TOKENS_OF_A_NAME;
    /* a part of a longer name of a person is somebody else */
    bool part = single && inside_name(w, m, NAME_PER);
    if (s->given != GIVEN_NOT && !part && given_holds(w, e)) return SUPPORT_GIVEN;
    if (!existed(w, e) || s->given == GIVEN_ALONE) return 0;
    if (e->kind == ENTITY_COUNTRY &&
        (before_landform(w, m) || locate_elsewhere(w, m->token_begin, m->token_end, s->of)))
        return 0;
    if (!person && single && inside_person(w, m)) return 0;
    if (person && of_elsewhere(w, m, e)) return 0;
    if (person && (before_site(w, m) || before_number(w, m->token_end, s->weak))) return 0;
    if (e->kind == ENTITY_ORG && inside_other_body(w, m)) return 0;
    if (s->weak) return support_of_weak_name(w, m, s, person);
    if (person && single && !named_as(w, m, true) && long_text) return 0;
    bool ended = w->day != DAY_MIN && e->until <= w->day;
    return SUPPORT_NAME + (person ? support_of_offices(w, e) : 0) + (ended ? SUPPORT_ENDED : 0);
}

/* "American Jane Doe" may be one name to lang: two words of it are left for her. */
static bool before_full_name(const struct who_work *w, const struct name_match *m)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    return name != NULL && name->token_begin == m->token_begin &&
           name->token_end - m->token_end >= 2;
}

static int support_of_people(const struct who_work *w, const struct name_match *m,
                             const struct know_sense *s)
{
    uint8_t upos = w->words[m->token_begin].upos;
    if ((inside_person(w, m) && !before_full_name(w, m)) || !sense_existed(w, s)) return 0;
    if (before_landform(w, m)) return 0;
    return s->weak && upos != UPOS_ADJ && upos != UPOS_PROPN ? 0 : SUPPORT_PEOPLE;
}

static int support_of_capital(const struct who_work *w, const struct name_match *m,
                              const struct know_sense *s)
{
    if (inside_name(w, m, NAME_PER) || !sense_existed(w, s)) return 0;
    if (locate_elsewhere(w, m->token_begin, m->token_end, s->of)) return 0;
    if (s->weak && !named_as(w, m, false)) return 0;
    return s->weak ? SUPPORT_WEAK_CAPITAL : SUPPORT_CAPITAL;
}

/* "three-man committee", "two-party system": the second half of a compound adjective. */
static bool after_hyphen(const struct who_work *w, uint32_t token)
{
    return token >= 2 && phrase_hyphen(w, token - 1) &&
           !word_has(w->tree, token - 2, CLASS_ABOUT_PREFIX) &&
           !word_has(w->tree, token - 2, CLASS_OFFICE_PREFIX);
}

static bool before_noun(const struct who_work *w, uint32_t token)
{
    if (token >= w->text->n_tokens) return false;
    uint8_t upos = w->words[token].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_ADJ || upos == UPOS_NUM;
}

/* The tag of a single word is one that a role noun may have. */
static bool tag_reads(const struct who_work *w, const struct name_match *m)
{
    uint8_t upos = w->words[m->token_begin].upos;
    if (m->token_end - m->token_begin > 1) return true;
    return upos == UPOS_NOUN || upos == UPOS_PROPN ||
           (upos == UPOS_ADJ && !before_noun(w, m->token_end));
}

/* "joined forces", "force-fed": no forces. */
static bool other_use(const struct who_work *w, const struct name_match *m)
{
    uint32_t last = m->token_end - 1;
    if (after_hyphen(w, m->token_begin)) return true;
    if (last > 0 && form_has(w->tree, last, CLASS_FORCES) &&
        word_has(w->tree, last - 1, CLASS_JOIN))
        return true;
    return phrase_hyphen(w, m->token_end);
}

/* "Department of Energy", "Commission on Elections": the name goes on behind its noun. */
static bool name_goes_on(const struct who_work *w, uint32_t token)
{
    return form_has(w->tree, token, CLASS_OF) ||
           (token < w->text->n_tokens && w->words[token].upos == UPOS_ADP);
}

/* In what lang took for a person's name: "Foreign Secretary", "U.S. Senator Jane Doe", "Emergency
 * Situations Minister Jane Doe", not the last word of "Jane King". */
static bool title_reads(const struct who_work *w, const struct name_match *m,
                        const struct lang_entity *name)
{
    if (word_has(w->tree, m->token_end - 1, CLASS_SURE_TITLE)) return true;
    if (!taken_before(w, m, name->token_begin)) return false;
    return name->token_end > m->token_end || m->token_end - m->token_begin > 1;
}

/* "Prime Minister Jane Doe", which lang may take for a body: a title, and a name behind it. */
static bool holder_follows(const struct who_work *w, const struct name_match *m,
                           const struct lang_entity *name)
{
    uint32_t next = m->token_end;
    return name->token_end > next && word_has(w->tree, next - 1, CLASS_SURE_TITLE) &&
           w->words[next].upos == UPOS_PROPN && phrase_capital(w, next);
}

/* A role noun, and not the same word as a verb, an adjective, a part of a name. */
static bool role_reads(const struct who_work *w, const struct name_match *m)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (!tag_reads(w, m) || other_use(w, m)) return false;
    if (name == NULL) return true;
    if (name->type == NAME_PER) return title_reads(w, m, name);
    if (name->type == NAME_ORG && holder_follows(w, m, name)) return true;
    if (name->type == NAME_ORG)
        return name->token_end <= m->token_end || name_goes_on(w, m->token_end);
    return true;
}

/* "OTTAWA - The House of Commons": a body of that name which other states have too is that of the
 * dateline. */
static bool seat_of_others(const struct who_work *w, const struct name_match *m,
                           const struct know_sense *s)
{
    bool common = false;
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++)
        common |= w->know->senses[i].kind == SENSE_ROLE;
    return common && w->dateline != NONE && w->dateline != s->of;
}

static int support_of_sense(const struct who_work *w, const struct name_match *m,
                            const struct know_sense *s)
{
    switch ((enum sense_kind)s->kind) {
    case SENSE_NAME: return support_of_name(w, m, s);
    case SENSE_SEAT:
        if (seat_of_others(w, m, s)) return 0;
        if (s->weak && !named_as(w, m, false)) return 0;
        return existed(w, entity_of(w, s->of)) ? SUPPORT_SEAT : 0;
    case SENSE_PEOPLE: return support_of_people(w, m, s);
    case SENSE_CAPITAL: return support_of_capital(w, m, s);
    case SENSE_ROLE: return role_reads(w, m) ? SUPPORT_ROLE : 0;
    case SENSE_FAMILY: return support_of_family(w, m, s);
    case SENSE_PLACE: return s->weak ? 0 : SUPPORT_PLACE;
    }
    return 0;
}

static enum find_kind kind_of_sense(const struct who_work *w, const struct know_sense *s)
{
    if (s->kind == SENSE_ROLE) return FIND_ROLE;
    if (s->kind == SENSE_SEAT) return FIND_SEAT;
    if (s->kind == SENSE_PEOPLE) return FIND_PEOPLE;
    if (s->kind == SENSE_CAPITAL) return FIND_CAPITAL;
    switch ((enum entity_kind)entity_of(w, s->of)->kind) {
    case ENTITY_COUNTRY: return FIND_COUNTRY;
    case ENTITY_PERSON: return FIND_PERSON;
    case ENTITY_ORG:
    case ENTITY_GROUP: break;
    }
    return FIND_ORG;
}

struct name_find *name_at_token(const struct who_work *w, uint32_t token)
{
    if (token >= w->text->n_tokens || w->find_at[token] == NONE) return NULL;
    return &w->finds[w->find_at[token]];
}

bool name_is_about(const struct who_work *w, const struct name_find *f)
{
    return f->begin >= 2 && phrase_hyphen(w, f->begin - 1) &&
           word_has(w->tree, f->begin - 2, CLASS_ABOUT_PREFIX);
}

bool name_is_region(const struct who_work *w, const struct name_find *f)
{
    const struct know_entity *e = entity_of(w, f->of);
    bool names = f->kind == FIND_PEOPLE || f->kind == FIND_COUNTRY;
    return names && e->region && !str_eq(know_str(w->know, e->code), STR(CODE_EUROPE));
}

static void add_find(struct who_work *w, const struct name_find *f)
{
    struct name_find *grown =
        arena_grow(w->arena, w->finds, w->n_finds, w->n_finds + 1, &w->finds_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return;
    }
    w->finds = grown;
    w->finds[w->n_finds] = *f;
    for (uint32_t t = f->begin; t < f->end; t++)
        w->find_at[t] = (uint32_t)w->n_finds;
    w->n_finds++;
}

/* A family name that two persons could bear as well as each other names nobody. */
static const struct know_sense *best_sense(const struct who_work *w, const struct name_match *m,
                                           int *support)
{
    const struct know_sense *best = NULL;
    int most = 0;
    bool tie = false, alone = true;
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &w->know->senses[i];
        int now = support_of_sense(w, m, s);
        if (best != NULL && s->of != best->of && s->kind != SENSE_PLACE) alone = false;
        if (now > 0 && now == most && s->of != best->of) tie = true;
        if (now <= most) continue;
        best = s;
        most = now;
        tie = false;
    }
    bool nobody = tie || (most < SUPPORT_IN_OFFICE && !alone);
    *support = best != NULL && best->kind == SENSE_FAMILY && nobody ? 0 : most;
    return best;
}

/* Lang may have seen that a given name belongs to it: "Vladimir V. Putin". */
static uint32_t begin_of_person(const struct who_work *w, const struct name_match *m, uint32_t of)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name == NULL || name->type != NAME_PER || name->token_end != m->token_end)
        return m->token_begin;
    if (name->token_begin >= m->token_begin || !given_name_fits(w, m, entity_of(w, of)))
        return m->token_begin;
    return name->token_begin;
}

/* True when the match takes its tokens, as a find or as a place that hides what is inside it. */
static bool take_match(struct who_work *w, const struct name_match *m)
{
    int support = 0;
    const struct know_sense *s = best_sense(w, m, &support);
    if (s == NULL || support == 0) return false;
    if (s->kind == SENSE_PLACE) return m->token_end - m->token_begin > 1;
    struct name_find f = {.begin = m->token_begin,
                          .end = m->token_end,
                          .of = s->of,
                          .sector = s->sector,
                          .unit = NONE,
                          .kind = (uint8_t)kind_of_sense(w, s),
                          .plural = s->plural};
    if (f.kind == FIND_PERSON) f.begin = begin_of_person(w, m, s->of);
    f.head = tree_span_head(w->tree, f.begin, f.end);
    add_find(w, &f);
    return true;
}

/* ---- names that only the language engine saw ---- */

static void absorb_inner(struct who_work *w, const struct name_find *name)
{
    for (uint32_t t = name->begin; t < name->end; t++) {
        struct name_find *f = name_at_token(w, t);
        if (f != NULL) f->absorbed = 1;
    }
}

/* Whether the base already says what the name is. Inside the name of a person nothing else counts;
 * inside that of a body a country may stand, and a role noun makes it a matter of composition. */
static bool is_covered(const struct who_work *w, const struct name_find *name)
{
    for (uint32_t t = name->begin; t < name->end; t++) {
        const struct name_find *f = name_at_token(w, t);
        if (f == NULL) continue;
        if (f->kind == FIND_ROLE || f->kind == FIND_PERSON || f->kind == FIND_SEAT) return true;
        if (f->kind == FIND_ORG && name->kind == FIND_NEW_ORG) return true;
        if (f->begin <= name->begin && f->end >= name->end) return true;
    }
    return false;
}

/* Titles are not part of the name, nor is what stands before them or between them. */
static uint32_t begin_after_titles(const struct who_work *w, const struct lang_entity *name)
{
    uint32_t begin = name->token_begin;
    while (begin < name->token_end && w->words[begin].upos == UPOS_ADP)
        begin++; /* a preposition that lang took for a part of it */
    bool title = behind_title(w, begin);
    for (uint32_t t = begin; t < name->token_end; t++) {
        const struct name_find *f = name_at_token(w, t);
        if (f == NULL && title && !joins_titles(w, t)) break;
        if (f == NULL) continue; /* "Foreign Affairs" before "Minister" */
        title |= f->kind == FIND_ROLE;
        t = f->end - 1;
        bool people = f->kind == FIND_PEOPLE && f->begin == begin && f->end + 2 <= name->token_end;
        if (title || people) begin = f->end;
    }
    while (title && begin < name->token_end && joins_titles(w, begin))
        begin++;
    return begin;
}

/* "Slovak Prime Minister Jane Doe", which lang took for a body, is a person. */
static bool begins_with_office(const struct who_work *w, const struct lang_entity *name)
{
    for (uint32_t t = name->token_begin; t < name->token_end; t++) {
        const struct name_find *f = name_at_token(w, t);
        if (f == NULL || f->kind != FIND_ROLE) continue;
        return f->end < name->token_end && (w->know->role_nouns[f->of].flags & ROLE_PERSON) &&
               word_has(w->tree, f->end - 1, CLASS_SURE_TITLE) &&
               w->words[f->end].upos == UPOS_PROPN;
    }
    return false;
}

/* "Jane Doe" of "Jane Doe of Kenya". */
static uint32_t end_before_country(const struct who_work *w, const struct name_find *name)
{
    for (uint32_t t = name->begin + 1; t + 1 < name->end; t++) {
        uint32_t next = form_has(w->tree, t + 1, CLASS_THE) ? t + 2 : t + 1;
        const struct name_find *f = name_at_token(w, next);
        if (form_has(w->tree, t, CLASS_OF) && f != NULL && f->kind == FIND_COUNTRY) return t;
    }
    return name->end;
}

static void take_new_name(struct who_work *w, const struct lang_entity *name)
{
    if (name->type != NAME_PER && name->type != NAME_ORG) return;
    bool inner = false, person = name->type == NAME_PER || begins_with_office(w, name);
    struct name_find f = {.begin = person ? begin_after_titles(w, name) : name->token_begin,
                          .end = name->token_end,
                          .of = NONE,
                          .unit = NONE,
                          .kind = person ? FIND_NEW_PERSON : FIND_NEW_ORG};
    if (person) f.end = end_before_country(w, &f);
    if (f.begin >= f.end || is_covered(w, &f)) return;
    if (f.end - f.begin == 1 && before_number(w, f.end, false)) return;
    f.head = tree_span_head(w->tree, f.begin, f.end);
    if (person) absorb_inner(w, &f);
    for (uint32_t t = f.begin; t < f.end; t++)
        inner |= w->find_at[t] != NONE;
    if (person || !inner) add_find(w, &f);
}

/* ---- the sweeps ---- */

static void note_names(struct who_work *w)
{
    for (uint32_t i = 0; i < w->lang->n_entities; i++) {
        const struct lang_entity *e = &w->lang->entities[i];
        for (uint32_t t = e->token_begin; t < e->token_end; t++)
            w->name_at[t] = i;
        note_surname(w, e);
    }
}

bool name_sense_find_all(struct who_work *w)
{
    const struct match_layer *ml = w->matches;
    uint32_t next = 0;
    note_names(w);
    for (uint32_t i = 0; i < ml->n_matches; i++)
        note_match(w, &ml->matches[i]);
    for (uint32_t i = 0; i < ml->n_matches; i++) {
        const struct name_match *m = &ml->matches[i];
        if (m->token_begin >= next && m->token_begin < m->token_end && take_match(w, m))
            next = m->token_end;
    }
    for (uint32_t i = 0; i < w->lang->n_entities; i++)
        take_new_name(w, &w->lang->entities[i]);
    return !w->failed;
}
