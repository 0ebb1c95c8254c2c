/* dating.c - see dating.h.
 *
 * Each time of the sentence is weighed for the event: how near it hangs in the tree, and whether
 * the way there leads past another event whose time it is rather. What hangs on the event itself is
 * stated; what is taken over from a clause beside it, or counted from another happening ("a day
 * after ..."), is inferred; where nothing fits it is the story's day. A sentence has few times, and
 * each takes a few steps up the tree. Which event a time belongs to: as in TempEval's event-time
 * links (UzZaman et al. 2013), by rule. */
#include "what/dating.h"

enum { STEPS_MOST = 12 };

enum fit {
    FIT_NONE,
    FIT_BESIDE, /* of a clause above or joined to the event's */
    FIT_SHARED, /* of the clause that a noun stands in; of what the event is part of */
    FIT_OWN
};

struct dating {
    const struct what_input *in;
    const struct tree *tree;
    struct arena *arena;
    struct draft *draft;
    uint32_t clause; /* head of the clause that the event stands in, or NONE */
    bool other_deed; /* see is_other_deed() */
};

/* ---- words ---- */

static bool is_own_word(const struct draft *d, uint32_t token)
{
    if (token == d->firing.token || token == d->top) return true;
    for (uint32_t i = 0; i < d->firing.used.n; i++)
        if (token == d->firing.used.at[i]) return true;
    for (uint32_t i = 0; i < d->n_operators; i++)
        if (token == d->operators[i].token) return true;
    return false;
}

static bool is_violence(const char *cameo)
{
    return strncmp(cameo, "18", 2) == 0 || strncmp(cameo, "19", 2) == 0 ||
           strncmp(cameo, "20", 2) == 0;
}

/* Of one kind are events of one CAMEO root, and all kinds of violence. */
static bool is_one_kind(const char *a, const char *b)
{
    return strncmp(a, b, 2) == 0 || (is_violence(a) && is_violence(b));
}

/* What fires at the word by itself; false for words that name no event. */
static bool fires_alone(const struct dating *w, uint32_t token, struct firing *out)
{
    uint8_t upos = w->tree->words[token].upos;
    if (w->in->symbol[token] == 0 || (upos != UPOS_NOUN && upos != UPOS_VERB)) return false;
    return fire_at(w->in, token, FIRE_FRAMES, NONE, w->arena, NULL, out);
}

static const char *code_fired(const struct dating *w, const struct firing *f)
{
    const struct frames *frames = w->in->frames;
    return know_z(frames->know, frames->records[frames->triggers[f->trigger].frame].cameo);
}

/* An operator made another event of what the trigger names: "CONDEMNED the attack", "AGREED to
 * meet". */
static bool is_other_deed(const struct dating *w)
{
    const struct draft *d = w->draft;
    if (d->n_operators == 0 || d->event.frame == NONE) return false;
    const struct frames *frames = w->in->frames;
    const char *code = know_z(frames->know, frames->records[d->event.frame].cameo);
    return !is_one_kind(code, d->event.cameo);
}

/* A word of the draft's event whose times are the event's, too: "held Monday's TALKS"; but the
 * attack of "condemned Monday's ATTACK" is another happening. */
static bool is_own(const struct dating *w, uint32_t token)
{
    const struct draft *d = w->draft;
    struct firing f;
    if (!is_own_word(d, token)) return false;
    if (w->other_deed && w->tree->words[token].upos == UPOS_NOUN) {
        for (uint32_t i = 0; i < d->n_operators; i++)
            if (token == d->operators[i].token) return true;
        return false;
    }
    if (token == d->firing.token || w->tree->words[token].upos != UPOS_NOUN) return true;
    return !fires_alone(w, token, &f) || is_one_kind(code_fired(w, &f), d->event.cameo);
}

/* A word of another event than the draft's; "came" in "came under attack" is of the attack. */
static bool names_event(const struct dating *w, uint32_t token)
{
    struct firing f;
    if (is_own(w, token) || !fires_alone(w, token, &f)) return false;
    for (uint32_t i = 0; i < f.used.n; i++)
        if (f.used.at[i] == w->draft->firing.token) return false;
    return true;
}

/* A participle in -ing or infinitive that goes on telling what the word above it tells. */
static bool is_phrase_of(const struct tree *t, uint32_t token)
{
    uint8_t verb = t->words[token].verb;
    if (t->words[token].dep != DEP_ADVCL || tree_marker(t, token) != NONE) return false;
    return verb == VERB_ING || tree_is_infinitive(t, token);
}

static bool marker_has(const struct tree *t, uint32_t token, enum word_class class)
{
    uint32_t marker = tree_preposition(t, token);
    return marker != NONE && form_has(t, marker, class);
}

/* "fought to topple the king in 2011" */
static bool is_purpose(const struct tree *t, uint32_t token)
{
    return t->words[token].dep == DEP_XCOMP && tree_is_infinitive(t, token);
}

/* "killed in a raid", "spoke during a visit": the noun is where all of it was; but not "arrested in
 * the bombing of a train". */
static bool holds_event(const struct dating *w, uint32_t noun)
{
    struct firing f;
    uint8_t dep = w->tree->words[noun].dep;
    uint32_t head = w->tree->words[noun].head;
    if ((dep != DEP_OBL && dep != DEP_NMOD) || head == NONE || !is_own(w, head)) return false;
    if (!marker_has(w->tree, noun, CLASS_WITHIN)) return false;
    if (!marker_has(w->tree, noun, CLASS_IN) || !fires_alone(w, noun, &f)) return true;
    return is_one_kind(code_fired(w, &f), w->draft->event.cameo);
}

/* A clause whose times are those of the word that it hangs on: "a truce that takes effect on
 * Friday", "a curfew beginning Monday". */
static bool is_open_clause(const struct tree *t, uint32_t token)
{
    if (form_has(t, token, CLASS_BEGINNING)) return true;
    uint8_t dep = t->words[token].dep;
    return (dep == DEP_ACL_RELCL || dep == DEP_ACL) && word_has(t, token, CLASS_OCCUR);
}

static bool ends_clause(const struct tree *t, uint32_t token)
{
    uint8_t dep = t->words[token].dep;
    if (dep == DEP_CCOMP || dep == DEP_ACL_RELCL || dep == DEP_PARATAXIS) return true;
    return (dep == DEP_CONJ || dep == DEP_ADVCL) && tree_is_clause(t, token);
}

bool dating_belongs(const struct tree *t, const struct draft *d, uint32_t token)
{
    for (int step = 0; step < STEPS_MOST && token != NONE; step++) {
        if (is_own_word(d, token)) return true;
        if (step > 0 && ends_clause(t, token)) return false;
        token = t->words[token].head;
    }
    return false;
}

/* ---- times ---- */

struct dated {
    const struct timex *x;
    uint32_t head; /* token */
};

/* Far from the story's day: years, months, days long past. News tells of such a time where it
 * explains, so it belongs to the nearest noun rather than to the sentence's verb. */
static bool is_remote(const struct dating *w, const struct timex *x)
{
    enum { NEAR_DAYS = 14 };
    int32_t day = w->in->day;
    if (x->to - x->from > 7) return true;
    return day != DAY_MIN && (x->to + NEAR_DAYS < day || x->from > day + NEAR_DAYS);
}

static bool is_modifier(uint8_t dep)
{
    return dep == DEP_COMPOUND || dep == DEP_NMOD_POSS || dep == DEP_AMOD || dep == DEP_NUMMOD ||
           dep == DEP_NMOD_UNMARKED || dep == DEP_NMOD || dep == DEP_NMOD_DESC;
}

/* "the 2010 treaty", "Thursday's raid", "the 2018 synagogue shooting": the noun that the time
 * stands before as its modifier, or NONE. Behind a preposition it is no modifier, whatever the
 * parser says ("On Sunday officers arrested ..."). */
static uint32_t modified_noun(const struct tree *t, const struct dated *time)
{
    uint32_t noun = time->head, first = time->x->token_begin;
    if (first > 0 && t->words[first - 1].upos == UPOS_ADP) {
        /* "on" leads to the day even where the parser took it for the noun's */
        const struct know_word *before = &t->know->words[t->form_word[first - 1]];
        bool on = before->time_class == TW_ON && t->words[noun].dep != DEP_NMOD_POSS;
        if (on || tree_marker(t, noun) == first - 1) return NONE;
    }
    for (int step = 0; step < STEPS_MOST; step++) {
        uint32_t head = t->words[noun].head;
        if (!is_modifier(t->words[noun].dep) || head == NONE || head < noun) break;
        noun = head;
    }
    uint8_t upos = t->words[noun].upos;
    bool found = noun >= time->x->token_end && (upos == UPOS_NOUN || upos == UPOS_PROPN);
    return found ? noun : NONE;
}

/* Whether the noun names the event, alone or joined to it: "the February raids and abductions". */
static bool is_own_noun(const struct dating *w, uint32_t noun)
{
    const struct tree *t = w->tree;
    uint32_t token = w->draft->firing.token;
    uint8_t verb = t->words[token].verb;
    if (is_own(w, noun)) return true;
    if (w->other_deed) return false;
    if (verb != VERB_NONE && verb != VERB_ING) return false;
    /* parsers err within names: "the synagogue shooting", "coup d'état" */
    if (noun + 1 == token || token + 1 == noun) return true;
    return tree_first_conjunct(t, token) == tree_first_conjunct(t, noun);
}

/* An event's noun between the event and a remote time behind both: "sentenced for the murder of a
 * man in 1999". */
static bool noun_between(const struct dating *w, const struct dated *time)
{
    uint32_t from = w->other_deed ? w->draft->top : w->draft->firing.token;
    if (time->head <= from || w->tree->words[from].upos != UPOS_VERB) return false;
    if (!is_remote(w, time->x)) return false;
    for (uint32_t i = time->x->token_begin; i-- > from + 1;) {
        /* "withheld its SUBSIDIES since last year": what is done to it has the verb's time */
        bool object = is_own_word(w->draft, i) && tree_marker(w->tree, i) == NONE;
        if (object || w->tree->words[i].upos != UPOS_NOUN) continue;
        if (names_event(w, i) && !holds_event(w, i)) return true;
    }
    return false;
}

/* "a meeting IN May": right behind the words of the event, wherever the parser hung it. */
static bool follows_event(const struct dating *w, const struct dated *time)
{
    uint32_t marker = tree_preposition(w->tree, time->head), last = w->draft->firing.token;
    for (uint32_t i = 0; i < w->draft->firing.used.n; i++)
        if (w->draft->firing.used.at[i] > last) last = w->draft->firing.used.at[i];
    return marker == last + 1 || time->x->token_begin == last + 1;
}

/* "the suspension of parliament FROM May to July": right behind the event's noun phrase, though the
 * parser hung it on the verb. */
static bool follows_phrase(const struct dating *w, const struct dated *time)
{
    uint32_t marker = tree_preposition(w->tree, time->head), token = w->draft->firing.token;
    if (w->tree->words[token].upos != UPOS_NOUN || marker == NONE) return false;
    if (marker + 1 != time->x->token_begin || w->tree->right[token] != marker) return false;
    return is_remote(w, time->x) || form_has(w->tree, marker, CLASS_FROM) ||
           form_has(w->tree, marker, CLASS_BETWEEN);
}

/* "protests in May in which forty people were KILLED": the clause tells of the noun's event. */
static bool told_of_noun(const struct dating *w, const struct dated *time)
{
    const struct tree *t = w->tree;
    if (w->clause == NONE || t->words[w->clause].dep != DEP_ACL_RELCL) return false;
    uint32_t noun = t->words[w->clause].head, token = time->head;
    if (noun == NONE || !names_event(w, noun)) return false;
    for (int step = 0; step < STEPS_MOST && token != NONE && token != noun; step++) {
        if (step > 0 && (ends_clause(t, token) || names_event(w, token))) return false;
        token = t->words[token].head;
    }
    return token == noun;
}

/* The event stands below the noun, in no clause of its own: "the May 6 ruling on the expulsion". */
static bool under_noun(const struct dating *w, uint32_t noun)
{
    uint32_t token = w->draft->firing.token;
    for (int step = 0; step < STEPS_MOST && token != NONE && token > noun; step++) {
        if (ends_clause(w->tree, token)) return false;
        token = w->tree->words[token].head;
    }
    return token == noun;
}

/* "AGREED to put off the vote to June": what is aimed at lies ahead of the deed; a meeting "set to
 * take place on Monday" is what is set. */
static bool is_aim(const struct dating *w, const struct timex *x)
{
    return w->in->day != DAY_MIN && x->from > w->in->day &&
           w->tree->words[w->draft->firing.token].upos == UPOS_VERB;
}

/* How a time below the event in the tree fits. */
static enum fit fit_below(const struct dating *w, const struct dated *time)
{
    const struct tree *t = w->tree;
    enum fit fit = FIT_OWN;
    bool relative = false; /* a clause about a noun was left on the way */
    uint32_t noun = modified_noun(t, time), token = time->head;
    if (noun != NONE && !is_own_noun(w, noun) && !holds_event(w, noun))
        return under_noun(w, noun) && !names_event(w, noun) ? FIT_SHARED : FIT_NONE;
    for (int step = 0; step < STEPS_MOST && token != NONE; step++) {
        bool deed = !relative || token == w->draft->firing.token;
        if (is_own(w, token)) return deed ? fit : FIT_NONE;
        if (step > 0 && is_own_noun(w, token)) return deed ? FIT_SHARED : FIT_NONE;
        if (step > 0 && ends_clause(t, token) && !is_open_clause(t, token)) {
            /* "raided a ship, killing nine men last May" */
            if (!is_phrase_of(t, token)) return FIT_NONE;
            if (is_aim(w, time->x)) return FIT_NONE;
            fit = FIT_BESIDE;
        } else if (step > 0 && is_purpose(t, token)) {
            if (is_aim(w, time->x)) return FIT_NONE;
            fit = FIT_BESIDE;
        } else if (step > 0 && names_event(w, token)) {
            if (is_remote(w, time->x) && !holds_event(w, token)) return FIT_NONE;
            if (fit == FIT_OWN) fit = FIT_SHARED;
        }
        relative = relative || (step > 0 && t->words[token].dep == DEP_ACL_RELCL);
        token = t->words[token].head;
    }
    return FIT_NONE;
}

/* Whether the clause's time is that of a noun that stands in it. The verb of another event has a
 * time of its own; only what takes part in it, or holds it, shares that. */
static bool shares_with_verb(const struct dating *w)
{
    const struct tree *t = w->tree;
    uint32_t top = w->draft->top;
    if (!names_event(w, w->clause)) return true;
    for (int step = 0; step < STEPS_MOST && t->words[top].head != w->clause; step++) {
        top = t->words[top].head;
        if (top == NONE) return false;
    }
    uint8_t dep = t->words[top].dep;
    if (dep == DEP_NSUBJ || dep == DEP_NSUBJ_PASS) return true;
    return dep == DEP_OBL && marker_has(t, top, CLASS_WITHIN);
}

/* How a time fits that hangs on a word above the event's noun. */
static enum fit fit_above(const struct dating *w, const struct dated *time)
{
    const struct tree *t = w->tree;
    uint32_t on = t->words[time->head].head, noun = modified_noun(t, time);
    if (noun != NONE || on == NONE) return FIT_NONE;
    for (uint32_t up = t->words[w->draft->top].head; up != NONE && up != w->clause;
         up = t->words[up].head)
        if (up == on) return names_event(w, up) ? FIT_NONE : FIT_SHARED;
    if (w->clause == NONE || is_own(w, w->clause)) return FIT_NONE;
    if (on != w->clause && tree_governing_verb(t, time->head) != w->clause) return FIT_NONE;
    bool behind = is_remote(w, time->x) && time->head > w->draft->firing.token;
    bool coarse =
        time->x->to - time->x->from > 27; /* "in 2019 a deal was dropped after protests" */
    return behind || coarse || shares_with_verb(w) ? FIT_SHARED : FIT_NONE;
}

static bool has_subject(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb)
        if (t->words[child].dep == DEP_NSUBJ || t->words[child].dep == DEP_NSUBJ_PASS) return true;
    return false;
}

/* "spoke on Wednesday and agreed to meet", "were kidnapped and jailed three weeks ago": one time
 * for verbs that share their subject. */
static bool in_joined_clause(const struct dating *w, uint32_t verb, const struct timex *x)
{
    const struct tree *t = w->tree;
    if (w->clause == NONE || verb == w->clause) return false;
    if (x->future && t->words[w->clause].verb == VERB_PAST) return false;
    if (t->words[w->clause].dep == DEP_CONJ && !has_subject(t, w->clause))
        return tree_first_conjunct(t, w->clause) == tree_first_conjunct(t, verb);
    return t->words[verb].dep == DEP_CONJ && !has_subject(t, verb) &&
           tree_first_conjunct(t, verb) == w->clause;
}

/* "cut ties in January, after crowds STORMED ...": a subordinate clause without a time of its own
 * takes that of the clause above it. */
static bool in_clause_above(const struct dating *w, uint32_t verb)
{
    const struct tree *t = w->tree;
    if (w->clause == NONE) return false;
    uint8_t dep = t->words[w->clause].dep;
    if (dep != DEP_ADVCL && dep != DEP_ACL_RELCL && dep != DEP_ACL) return false;
    return tree_governing_verb(t, w->clause) == verb;
}

/* "a truce until Monday" does not begin then; "put off the vote until Monday" puts it there, though
 * not the putting off. */
static bool only_ends(const struct dating *w, const struct dated *time)
{
    const struct draft *d = w->draft;
    bool until = marker_has(w->tree, time->head, CLASS_UP_TO);
    if (!until && !marker_has(w->tree, time->head, CLASS_TO)) return false;
    if (modified_noun(w->tree, time) != NONE) return false; /* "in response to Monday's raid" */
    uint32_t verb = tree_governing_verb(w->tree, time->head);
    if (verb == NONE || !word_has(w->tree, verb, CLASS_SET_DOWN)) return until;
    uint8_t dep = w->tree->words[d->firing.token].dep;
    bool put = dep == DEP_OBJ || dep == DEP_NSUBJ_PASS || dep == DEP_NSUBJ;
    return w->tree->words[d->firing.token].upos != UPOS_NOUN || w->other_deed || !put;
}

/* What is told as done cannot lie ahead: "they CALLED for protests on Monday"; but "called a
 * strike" is the strike. */
static bool lies_ahead(const struct dating *w, const struct timex *x)
{
    const struct word *word = &w->tree->words[w->draft->firing.token];
    return x->future && w->in->day != DAY_MIN && x->from > w->in->day && word->upos == UPOS_VERB &&
           word->verb == VERB_PAST && w->draft->n_operators == 0 && w->draft->firing.used.n == 0;
}

/* "AGREED to meet on Monday": the day of what is agreed on. */
static bool is_of_deed(const struct dating *w, const struct dated *time)
{
    if (!w->other_deed || !time->x->future) return false;
    uint32_t verb = tree_governing_verb(w->tree, time->head);
    for (uint32_t i = 0; i < w->draft->n_operators; i++)
        if (verb == w->draft->operators[i].token) return false;
    return true;
}

/* "this year": told beside an event it says no more than the story's day does. */
static bool says_nothing(const struct dating *w, const struct timex *x)
{
    int32_t day = w->in->day;
    return day != DAY_MIN && x->to - x->from > 7 && x->from <= day && day < x->to;
}

static enum fit fit_in_tree(const struct dating *w, const struct dated *time)
{
    enum fit fit = fit_below(w, time);
    if (fit == FIT_OWN && noun_between(w, time)) return FIT_NONE;
    if (fit != FIT_NONE) return fit;
    if (modified_noun(w->tree, time) != NONE) return told_of_noun(w, time) ? FIT_BESIDE : FIT_NONE;
    if (follows_event(w, time)) return FIT_OWN;
    if (follows_phrase(w, time)) return FIT_SHARED;
    fit = fit_above(w, time);
    if (fit != FIT_NONE) return fit;
    if (told_of_noun(w, time)) return FIT_BESIDE;
    uint32_t verb = tree_governing_verb(w->tree, time->head);
    if (verb == NONE || names_event(w, w->tree->words[time->head].head) != names_event(w, verb))
        return FIT_NONE;
    return in_joined_clause(w, verb, time->x) || in_clause_above(w, verb) ? FIT_BESIDE : FIT_NONE;
}

static enum fit fit_of(const struct dating *w, const struct dated *time)
{
    if (only_ends(w, time) || lies_ahead(w, time->x) || is_of_deed(w, time)) return FIT_NONE;
    enum fit fit = fit_in_tree(w, time);
    return fit != FIT_OWN && says_nothing(w, time->x) ? FIT_NONE : fit;
}

/* The word that carries what the step counts from: the vote. */
static uint32_t other_end(const struct tree *t, const struct time_step *step)
{
    uint32_t head = t->words[step->link].head;
    if (!step->anniversary) {
        /* "the day after Argentina CUT ties", where the parser took "after" for its subject's */
        bool subject = head != NONE &&
                       (t->words[head].dep == DEP_NSUBJ || t->words[head].dep == DEP_NSUBJ_PASS);
        return subject && head > step->link ? t->words[head].head : head;
    }
    EACH_CHILD(t, child, step->link)
        if (t->words[child].dep == DEP_NMOD && child > step->link) return child;
    return NONE;
}

static bool within(const struct tree *t, uint32_t token, uint32_t top)
{
    for (int step = 0; step < 2 * STEPS_MOST && token != NONE; step++) {
        if (token == top) return true;
        token = t->words[token].head;
    }
    return false;
}

/* "FREED two weeks after the vote of May 3": the time is of what the step counts from. */
static bool behind_step(const struct dating *w, const struct sentence *s, uint32_t token)
{
    for (uint32_t i = 0; i < w->in->when->n_steps; i++) {
        const struct time_step *step = &w->in->when->steps[i];
        if (step->link < s->token_begin || step->link >= s->token_end) continue;
        uint32_t other = other_end(w->tree, step);
        if (other != NONE && within(w->tree, token, other) &&
            !within(w->tree, w->draft->firing.token, other))
            return true;
    }
    return false;
}

static uint32_t apart(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The first time of the sentence; all are in order. */
static uint32_t first_time(const struct what_input *in, const struct sentence *s)
{
    uint32_t low = 0, high = in->when->n_times;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (in->when->times[middle].token_begin < s->token_begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool gives_days(const struct timex *x)
{
    return x->from != DAY_MIN && x->type != TIMEX_DURATION && x->type != TIMEX_SET && !x->ends;
}

/* The time of the sentence that fits the event best, or NONE; of equal ones the nearest. */
static uint32_t best_time(const struct dating *w, const struct sentence *s, enum fit *fit)
{
    uint32_t found = NONE, least = 0;
    *fit = FIT_NONE;
    for (uint32_t i = first_time(w->in, s); i < w->in->when->n_times; i++) {
        const struct timex *x = &w->in->when->times[i];
        if (x->token_begin >= s->token_end) break;
        if (!gives_days(x)) continue;
        struct dated time = {x, tree_span_head(w->tree, x->token_begin, x->token_end)};
        if (w->in->when->n_steps != 0 && behind_step(w, s, time.head)) continue;
        enum fit this = fit_of(w, &time);
        uint32_t far = apart(time.head, w->draft->firing.token);
        if (this == FIT_NONE || this < *fit || (this == *fit && found != NONE && far >= least))
            continue;
        *fit = this;
        found = i;
        least = far;
    }
    return found;
}

/* ---- steps: "two days after the vote" ---- */

/* The first time inside (or, with `outside`, a time that hangs on the clause of `verb` outside) of
 * the phrase of `top`. */
static const struct timex *time_near(const struct dating *w, const struct sentence *s, uint32_t top,
                                     uint32_t verb)
{
    for (uint32_t i = first_time(w->in, s); i < w->in->when->n_times; i++) {
        const struct timex *x = &w->in->when->times[i];
        if (x->token_begin >= s->token_end) break;
        if (!gives_days(x)) continue;
        uint32_t head = tree_span_head(w->tree, x->token_begin, x->token_end);
        bool inside = within(w->tree, head, top);
        if (verb == NONE ? inside : !inside && tree_governing_verb(w->tree, head) == verb) return x;
    }
    return NULL;
}

static uint8_t precision_of(const struct event *e)
{
    int32_t days = e->to - e->from;
    return days <= 1 ? 'd' : days <= 7 ? 'w' : days <= 31 ? 'm' : 'y';
}

/* Puts the event n units from the days [from, to). Weeks and days keep the day, months and years
 * are no finer than they say. */
static void put_away(struct event *e, const struct time_step *step, int32_t n, int32_t from,
                     int32_t to)
{
    struct date d = date_of(from);
    int64_t months = 0;
    bool day = step->unit == UNIT_DAY || step->unit == UNIT_WEEK || step->unit == UNIT_WEEKEND;
    if (day) {
        int32_t days = n * (step->unit == UNIT_DAY ? 1 : 7);
        e->from = from + days;
        e->to = to + days;
    } else {
        months = step->unit == UNIT_MONTH ? n : step->unit == UNIT_QUARTER ? 3 * n : 12 * n;
        if (step->unit == UNIT_DECADE) months *= 10;
        if (step->unit == UNIT_CENTURY) months *= 100;
        bool year = step->unit >= UNIT_YEAR && !step->anniversary;
        int64_t month = (int64_t)d.year * 12 + d.month - 1 + months;
        if (month < 0 || month > 12 * 9998) return;
        int32_t y = (int32_t)(month / 12), m = (int32_t)(month % 12) + 1;
        e->from = day_of((struct date){y, year ? 1 : m, 1});
        e->to = year ? day_of((struct date){y + 1, 1, 1}) : e->from + days_in_month(y, m);
    }
    e->precision = precision_of(e);
    e->date_basis = BASIS_INFERRED;
}

/* "freed nine days after they were SEIZED": counted back from the time of the clause above, or from
 * the story's day; ahead where both lie ahead. */
static bool step_inside(const struct dating *w, const struct sentence *s,
                        const struct time_step *step, uint32_t other, uint32_t verb)
{
    struct event *e = &w->draft->event;
    const struct timex *x = verb == NONE ? NULL : time_near(w, s, other, verb);
    /* "bans flights from Saturday, two weeks after ...": the step counts from today */
    if (x != NULL && w->in->day != DAY_MIN && x->from > w->in->day) x = NULL;
    if (x == NULL && (w->in->day == DAY_MIN || step->direction < 0)) return false;
    if (verb != NONE && tree_auxiliary(w->tree, verb, CLASS_AUX_PLANNED) != NONE) return false;
    int32_t from = x != NULL ? x->from : w->in->day, to = x != NULL ? x->to : from + 1;
    put_away(e, step, -step->direction * step->amount, from, to);
    return e->date_basis == BASIS_INFERRED;
}

/* "ATTACKED two days after the vote of May 3"; without a time behind "before" that is the story's
 * day. */
static bool step_outside(const struct dating *w, const struct sentence *s,
                         const struct time_step *step, uint32_t other, uint32_t verb)
{
    struct event *e = &w->draft->event;
    uint32_t token = w->draft->firing.token;
    uint32_t clause = tree_is_clause(w->tree, token) ? token : w->clause;
    if (step->anniversary || clause == NONE || clause != verb) return false;
    const struct timex *x = time_near(w, s, other, NONE);
    if (x == NULL && (step->direction > 0 || w->in->day == DAY_MIN)) return false;
    int32_t from = x != NULL ? x->from : w->in->day, to = x != NULL ? x->to : from + 1;
    put_away(e, step, step->direction * step->amount, from, to);
    return e->date_basis == BASIS_INFERRED;
}

/* One step for the event; false when it says nothing of it. */
static bool take_step(const struct dating *w, const struct sentence *s,
                      const struct time_step *step)
{
    uint32_t other = other_end(w->tree, step);
    if (other == NONE) return false;
    uint32_t verb = tree_governing_verb(w->tree, other);
    return within(w->tree, w->draft->firing.token, other) ? step_inside(w, s, step, other, verb)
                                                          : step_outside(w, s, step, other, verb);
}

static bool take_steps(const struct dating *w, const struct sentence *s)
{
    for (uint32_t i = 0; i < w->in->when->n_steps; i++) {
        const struct time_step *step = &w->in->when->steps[i];
        if (step->link < s->token_begin) continue;
        if (step->link >= s->token_end) break;
        if (take_step(w, s, step)) return true;
    }
    return false;
}

/* ---- all together ---- */

static void take_time(const struct what_input *in, struct event *e, uint32_t index, bool stated)
{
    const struct timex *x = &in->when->times[index];
    e->time = index;
    e->from = x->day != DAY_MIN ? x->day : x->from;
    e->to = x->day != DAY_MIN ? x->day + 1 : x->to;
    e->precision = precision_of(e);
    if (index + 1 < in->when->n_times && x[1].ends && x[1].to > e->to) e->to = x[1].to;
    e->date_basis = stated ? BASIS_STATED : BASIS_INFERRED;
}

/* The story's day, or the days in which it lies where these are few. */
static void take_story(const struct what_input *in, struct event *e)
{
    enum { FEW_DAYS = 31 };
    bool day = in->day != DAY_MIN;
    bool few = in->from != DAY_MIN && in->to != DAY_MAX && in->to - in->from <= FEW_DAYS;
    if (!day && !few) return;
    e->from = day ? in->day : in->from;
    e->to = day ? in->day + 1 : in->to;
    e->precision = precision_of(e);
    e->date_basis = BASIS_STORY;
}

void dating_set(const struct what_input *in, struct arena *arena, struct draft *draft)
{
    const struct tree *t = in->tree;
    struct event *e = &draft->event;
    const struct sentence *s = &in->text->sentences[e->sentence];
    struct dating w = {in, t, arena, draft, NONE, false};
    w.other_deed = is_other_deed(&w);
    w.clause = tree_is_clause(t, draft->top) ? draft->top : tree_governing_verb(t, draft->top);
    enum fit fit;
    uint32_t found = best_time(&w, s, &fit);
    if (fit != FIT_OWN && in->when->n_steps != 0 && take_steps(&w, s)) return;
    if (found != NONE) {
        take_time(in, e, found, fit == FIT_OWN);
    } else {
        take_story(in, e);
    }
}
