/* sense.c - which of the names found in the story are meant, and in what sense; see who_work.h.
 *
 * In: the matches of the lexicon, which may overlap and have several senses. Out: finds that do
 * not overlap. First sweep: what occurs beyond doubt (full names, names with one sense). Second
 * sweep, left to right, the longest match first: the best sense that its support allows. A family
 * name needs its bearer's full name in the story, a title, or his being in office; an ordinary word
 * needs to be tagged as a name. Last the names that only the language engine saw. Linear in matches
 * and senses. */
#include "base/utf8.h"
#include "who/who_work.h"

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
    return w->day == DAY_MIN || e->since == DAY_MIN || w->day >= e->since - 366;
}

/* ---- what occurs beyond doubt ------------------------------------------------------------------
 */

static void note_place(struct who_work *w, const struct name_match *m, const struct know_sense *s)
{
    uint32_t *slot = &w->place_at[m->token_begin];
    const struct know_place *places = w->know->places;
    if (s->weak) return;
    if (*slot == 0 || places[*slot - 1].population < places[s->of].population) *slot = s->of + 1;
}

static void note_match(struct who_work *w, const struct name_match *m)
{
    bool country = false; /* Georgia the country or the state: no ground to build on */
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++)
        country |= w->know->senses[i].kind == SENSE_NAME;
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &w->know->senses[i];
        if (s->kind == SENSE_PLACE && !country) note_place(w, m, s);
        if (!is_entity_sense(s) || s->weak || s->kind == SENSE_FAMILY) continue;
        if (entity_of(w, s->of)->kind == ENTITY_PERSON && m->token_end - m->token_begin < 2)
            continue;
        see_entity(w, s->of);
    }
}

/* ---- support -----------------------------------------------------------------------------------
 */

static const struct lang_entity *lang_name(const struct who_work *w, uint32_t token)
{
    return w->name_at[token] == 0 ? NULL : &w->lang->entities[w->name_at[token] - 1];
}

static bool is_title(const struct who_work *w, uint32_t token)
{
    static const char *const titles[] = {
        "mr",           "mr.",        "mrs",        "mrs.",        "ms",
        "ms.",          "dr",         "dr.",        "sir",         "lord",
        "lady",         "senator",    "sen.",       "president",   "minister",
        "secretary",    "chancellor", "premier",    "general",     "gen.",
        "king",         "queen",      "prince",     "pope",        "governor",
        "gov.",         "mayor",      "envoy",      "ambassador",  "spokesman",
        "spokeswoman",  "leader",     "chief",      "congressman", "representative",
        "rep.",         "emir",       "sultan",     "ayatollah",   "chairman",
        "commissioner", "adviser",    "negotiator", NULL};
    return phrase_in(w, token, titles);
}

/* The words are tagged as a name, of a type that does not speak against the sense. */
static bool named_as(const struct who_work *w, const struct name_match *m, bool person)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name != NULL) return (name->type == NAME_PER) == person;
    return w->lang->words[m->token_begin].upos == UPOS_PROPN && phrase_capital(w, m->token_begin);
}

/* The match is only a part of a longer name, of a type that would be something else. */
static bool inside_name(const struct who_work *w, const struct name_match *m, uint8_t type)
{
    const struct lang_entity *name = lang_name(w, m->token_begin);
    if (name == NULL || name->type != type) return false;
    return name->token_begin < m->token_begin || name->token_end > m->token_end;
}

/* How well a person is known to be in office: 0 not, 4 once, 10 now, more for the highest offices.
 */
static int office_score(const struct who_work *w, const struct know_entity *e)
{
    enum { LATELY = 3653 };
    static const char *const high[] = {"president",      "prime minister", "chancellor", "king",
                                       "supreme leader", "premier",        "queen",      NULL};
    int best = e->role_begin == e->role_end ? 3 : 0;
    for (uint32_t r = e->role_begin; r < e->role_end; r++) {
        const struct know_role *role = &w->know->roles[r];
        int score = 0;
        if (w->day == DAY_MIN)
            score = role->to == DAY_MAX ? 10 : 4;
        else if (role->from <= w->day && w->day < role->to)
            score = 10;
        else if (role->to <= w->day && w->day - role->to < LATELY)
            score = 4;
        else if (role->from > w->day && role->from - w->day < 90)
            score = 4;
        struct str title = know_str(w->know, role->title);
        for (const char *const *h = high; score != 0 && *h != NULL; h++)
            if (str_eq(title, str_c(*h))) score += 3;
        if (score > best) best = score;
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

static int family_score(const struct who_work *w, const struct name_match *m,
                        const struct know_sense *s)
{
    const struct know_entity *e = entity_of(w, s->of);
    bool longer = inside_name(w, m, NAME_PER);
    if (longer && given_name_fits(w, m, e)) return 120;
    if (longer && !is_title(w, lang_name(w, m->token_begin)->token_begin)) return 0;
    if (inside_name(w, m, NAME_ORG) || inside_name(w, m, NAME_LOC)) return 0;
    if (!phrase_capital(w, m->token_begin)) return 0;
    const struct lang_entity *name = lang_name(w, m->token_begin);
    bool tagged = w->lang->words[m->token_begin].upos == UPOS_PROPN || name != NULL;
    bool title = m->token_begin > 0 && is_title(w, m->token_begin - 1);
    if (!tagged && !title && w->text->n_tokens > 2) return 0;
    int score = office_score(w, e) + (entity_seen(w, s->of) ? 100 : 0);
    uint64_t hash;
    bool other = *surname_entry(w, phrase_form(w, m->token_end - 1), &hash) != 0;
    if (score == 0 || (score < 100 && other))
        return 0; /* the story has its own bearer of the name */
    if (title) score += 6;
    if (name != NULL && name->type == NAME_PER) score += 3;
    if (s->weak && score < 13) return 0;
    return score;
}

/* ---- choosing a sense ---------------------------------------------------------------------------
 */

static int name_score(const struct who_work *w, const struct name_match *m,
                      const struct know_sense *s)
{
    const struct know_entity *e = entity_of(w, s->of);
    bool person = e->kind == ENTITY_PERSON, single = m->token_end - m->token_begin == 1;
    if (!existed(w, e)) return 0;
    if (!person && inside_name(w, m, NAME_PER) && single) return 0;
    if (s->weak) {
        const struct lang_entity *name = lang_name(w, m->token_begin);
        if (entity_seen(w, s->of) && phrase_capital(w, m->token_begin)) return 60;
        if (!person && name != NULL && name->type == NAME_PER) return 0;
        if (!named_as(w, m, person) && w->text->n_tokens > 3) return 0;
        return 35;
    }
    if (person && single && !named_as(w, m, true) && w->text->n_tokens > 3) return 0;
    bool past = w->day != DAY_MIN && e->until <= w->day;
    return 60 + (person ? office_score(w, e) : 0) - (past ? 3 : 0);
}

static int sense_score(const struct who_work *w, const struct name_match *m,
                       const struct know_sense *s)
{
    uint8_t upos = w->lang->words[m->token_begin].upos;
    switch ((enum sense_kind)s->kind) {
    case SENSE_NAME: return name_score(w, m, s);
    case SENSE_SEAT:
        if (s->weak && !named_as(w, m, false)) return 0;
        return existed(w, entity_of(w, s->of)) ? 58 : 0;
    case SENSE_PEOPLE:
        if (inside_name(w, m, NAME_PER) || !existed(w, entity_of(w, s->of))) return 0;
        return s->weak && upos != UPOS_ADJ && upos != UPOS_PROPN ? 0 : 55;
    case SENSE_CAPITAL:
        if (inside_name(w, m, NAME_PER) || !existed(w, entity_of(w, s->of))) return 0;
        if (s->weak && !named_as(w, m, false)) return 0;
        return s->weak ? 12 : 50;
    case SENSE_ROLE: return 40;
    case SENSE_FAMILY: {
        int score = family_score(w, m, s);
        return score > 0 && score < 10 ? 9 : score;
    }
    case SENSE_PLACE: return s->weak ? 0 : 1;
    }
    return 0;
}

/* "three-man committee", "two-party system": the second half of a compound adjective. */
static bool after_hyphen(const struct who_work *w, uint32_t token)
{
    static const char *const prefixes[] = {"ex", "then", "co", "anti", "pro", "non", "vice", NULL};
    if (token < 2 || !phrase_is(w, token - 1, "-") || phrase_in(w, token - 2, prefixes))
        return false;
    return !(w->text->tokens[token - 2].flags & TOKEN_SPACE_AFTER);
}

static bool before_noun(const struct who_work *w, uint32_t token)
{
    if (token >= w->text->n_tokens) return false;
    uint8_t upos = w->lang->words[token].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_ADJ || upos == UPOS_NUM;
}

/* A role noun that is used as something else: a verb, an adjective, a part of a name. */
static bool role_reads(const struct who_work *w, const struct name_match *m)
{
    static const char *const join[] = {"join", "joins", "joined", "joining", NULL};
    uint32_t last = m->token_end - 1;
    const struct lang_entity *name = lang_name(w, m->token_begin);
    uint8_t upos = w->lang->words[phrase_head(w, m->token_begin, m->token_end)].upos;
    bool of_follows = phrase_is(w, m->token_end, "of");
    if (m->token_end - m->token_begin == 1 && upos != UPOS_NOUN && upos != UPOS_PROPN &&
        (upos != UPOS_ADJ || before_noun(w, last + 1)))
        return false;
    if (after_hyphen(w, m->token_begin)) return false;
    if (last > 0 && phrase_is(w, last, "forces") && phrase_in(w, last - 1, join)) return false;
    if (phrase_is(w, m->token_end, "-") && !(w->text->tokens[last].flags & TOKEN_SPACE_AFTER))
        return false;
    if (name == NULL) return true;
    if (name->type == NAME_PER)
        return name->token_begin == m->token_begin && name->token_end > m->token_end;
    if (name->type == NAME_ORG) return name->token_end <= m->token_end || of_follows;
    return true;
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

static void add_find(struct who_work *w, const struct find *f)
{
    struct find *grown =
        arena_grow(w->arena, w->finds, w->n_finds, w->n_finds + 1, &w->finds_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return;
    }
    w->finds = grown;
    w->finds[w->n_finds] = *f;
    w->n_finds++;
    for (uint32_t t = f->begin; t < f->end; t++)
        w->find_at[t] = (uint32_t)w->n_finds;
}

/* A family name that two persons could bear as well as each other names nobody. */
static const struct know_sense *best_sense(const struct who_work *w, const struct name_match *m,
                                           int *score)
{
    const struct know_sense *best = NULL;
    int best_score = 0;
    bool tie = false, alone = true;
    for (uint32_t i = m->sense_begin; i < m->sense_end; i++) {
        const struct know_sense *s = &w->know->senses[i];
        int sc = sense_score(w, m, s);
        if (s->kind == SENSE_ROLE && !role_reads(w, m)) sc = 0;
        if (best != NULL && s->of != best->of && s->kind != SENSE_PLACE) alone = false;
        if (sc > 0 && sc == best_score && s->of != best->of) tie = true;
        if (sc <= best_score) continue;
        best = s;
        best_score = sc;
        tie = false;
    }
    if (best != NULL && best->kind == SENSE_FAMILY && (tie || (best_score < 10 && !alone)))
        best_score = 0;
    *score = best_score;
    return best;
}

/* True when the match takes its tokens, as a find or as a place that hides what is inside it. */
static bool take_match(struct who_work *w, const struct name_match *m)
{
    int score = 0;
    const struct know_sense *s = best_sense(w, m, &score);
    if (s == NULL || score == 0) return false;
    if (s->kind == SENSE_PLACE) return m->token_end - m->token_begin > 1;
    struct find f = {.begin = m->token_begin,
                     .end = m->token_end,
                     .of = s->of,
                     .sector = s->sector,
                     .kind = (uint8_t)kind_of_sense(w, s),
                     .plural = s->plural};
    if (f.kind == FIND_PERSON) {
        const struct lang_entity *name = lang_name(w, f.begin);
        if (name != NULL && name->type == NAME_PER && name->token_end == f.end &&
            name->token_begin < f.begin && given_name_fits(w, m, entity_of(w, s->of)))
            f.begin = name->token_begin;
    }
    f.head = phrase_head(w, f.begin, f.end);
    add_find(w, &f);
    return true;
}

/* ---- names that only the language engine saw
 * ------------------------------------------------------ */

static void absorb_inner(struct who_work *w, const struct lang_entity *name)
{
    for (uint32_t t = name->token_begin; t < name->token_end; t++) {
        struct find *f = phrase_find(w, t);
        if (f != NULL) f->absorbed = 1;
    }
}

/* Whether the base already says what the name is. Inside the name of a person nothing else counts;
 * inside that of a body a country may stand, and a role noun makes it a matter of composition. */
static bool covered(const struct who_work *w, const struct lang_entity *name)
{
    for (uint32_t t = name->token_begin; t < name->token_end; t++) {
        const struct find *f = phrase_find(w, t);
        if (f == NULL) continue;
        if (f->kind == FIND_ROLE || f->kind == FIND_PERSON || f->kind == FIND_SEAT) return true;
        if (f->kind == FIND_ORG && name->type == NAME_ORG) return true;
        if (f->begin <= name->token_begin && f->end >= name->token_end) return true;
    }
    return false;
}

static void take_new_name(struct who_work *w, const struct lang_entity *name)
{
    struct find f = {.begin = name->token_begin, .end = name->token_end, .of = NONE};
    if (name->type != NAME_PER && name->type != NAME_ORG) return;
    while (f.begin < f.end) { /* a title is not part of the name */
        const struct find *first = phrase_find(w, f.begin);
        if (name->type != NAME_PER || first == NULL || first->kind != FIND_ROLE) break;
        f.begin = first->end;
    }
    if (f.begin >= f.end) return;
    struct lang_entity rest = {.token_begin = f.begin, .token_end = f.end, .type = name->type};
    if (covered(w, &rest)) return;
    f.kind = name->type == NAME_PER ? FIND_NEW_PERSON : FIND_NEW_ORG;
    f.head = phrase_head(w, f.begin, f.end);
    if (f.kind == FIND_NEW_PERSON) {
        absorb_inner(w, &rest);
        add_find(w, &f);
        return;
    }
    bool inner = false;
    for (uint32_t t = f.begin; t < f.end; t++)
        inner |= w->find_at[t] != 0;
    if (!inner) add_find(w, &f);
}

bool sense_find_all(struct who_work *w)
{
    const struct match_layer *ml = w->matches;
    uint32_t next = 0;
    for (uint32_t i = 0; i < w->lang->n_entities; i++) {
        const struct lang_entity *e = &w->lang->entities[i];
        for (uint32_t t = e->token_begin; t < e->token_end; t++)
            w->name_at[t] = i + 1;
        note_surname(w, e);
    }
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
