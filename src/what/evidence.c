/* evidence.c - what speaks for an event at a word; see evidence.h. */
#include "what/evidence.h"

#include "know/words.h"
#include "what/evidence_rows.h"

static uint32_t kind_at(const struct evidence_view *v, uint32_t token)
{
    if (token == NONE) return 0;
    uint32_t actor = v->in->who->actor_at[token];
    if (actor == NONE) actor = v->in->cover[token];
    const struct word *w = &v->in->tree->words[token];
    if (actor == NONE) return 0x10000u | w->name << 8 | w->upos;
    const struct actor *a = &v->in->who->actors[actor];
    return kind_of_actor(a) ^ text_key(a->sector);
}

/* ---- words ---- */

bool evidence_is_candidate(const struct evidence_view *v, uint32_t token)
{
    const struct word *w = &v->in->tree->words[token];
    if (v->in->symbol[token] != 0 && v->in->key[token] != 0) return true;
    return w->upos == UPOS_VERB || w->upos == UPOS_NOUN || w->upos == UPOS_ADJ;
}

bool evidence_is_party(const struct what_input *in, uint32_t actor)
{
    const struct actor *a = &in->who->actors[actor];
    uint32_t whole = in->cover[a->head];
    if (!(a->flags & ACTOR_MODIFIER) || whole == NONE) return true;
    const struct actor *b = &in->who->actors[whole];
    return b->token_end - b->token_begin <= a->token_end - a->token_begin;
}

enum { NOUN_REACH = 6 }; /* words from an event to a noun that is nobody of the base */

bool evidence_fits(const struct evidence_view *v, uint32_t place, uint32_t token)
{
    const struct actor *a = &v->in->who->actors[v->parties[place]];
    uint32_t far = a->head > token ? a->head - token : token - a->head;
    bool here = place >= v->n_earlier && place < v->n_parties;
    if (here && (a->flags & ACTOR_BARE)) return far != 0 && far <= NOUN_REACH;
    if (here) return far != 0;
    bool named = a->country[0] != '\0' && a->inferred == INFERRED_NOT;
    return named && a->kind != ACTOR_PRONOUN && !(a->flags & ACTOR_PLACE);
}

static void add_classes(const struct evidence_view *v, uint32_t about, uint32_t token,
                        struct evidence *e)
{
    const struct frames *f = v->in->frames;
    const struct frame_symbol *s = &f->symbols[v->in->symbol[token]];
    uint32_t end = s->member_end - s->member_begin > 6 ? s->member_begin + 6 : s->member_end;
    for (uint32_t m = s->member_begin; m < end; m++)
        if (f->members[m].modifier == 0) add(e, about, f->members[m].name, 0);
}

static uint32_t record_key(const struct frames *f, uint32_t record)
{
    return text_key(know_z(f->know, f->records[record].id));
}

static uint32_t root_key(const struct frames *f, uint32_t record)
{
    const char *root = know_z(f->know, f->records[record].cameo);
    return root[0] != '\0' ? (uint32_t)root[0] << 8 | (uint8_t)root[1] : record_key(f, record);
}

/* What the codebook says of the word at best: the type of the event that it gave, else the root of
 * the frame that fired, else that of a frame or the operator that knows the word; 0: nothing. */
static uint32_t codebook_says(const struct evidence_view *v, uint32_t token)
{
    const struct frames *f = v->in->frames;
    const struct frame_word *s = &v->spoken[token];
    if (s->event != NONE) return text_key(v->what->events[s->event].plover);
    if (s->frame != NONE) return root_key(f, s->frame);
    const struct frame_symbol *symbol = &f->symbols[v->in->symbol[token]];
    if (symbol->trigger_begin == symbol->trigger_end) return 0;
    return mix(1, root_key(f, f->triggers[symbol->trigger_begin].frame), 0);
}

/* Frames and operators that know the word, whether they fired or not. */
static void add_known(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    enum { MOST = 6 };
    const struct frames *f = v->in->frames;
    const struct frame_symbol *s = &f->symbols[v->in->symbol[token]];
    uint32_t last = 0;
    for (uint32_t i = s->trigger_begin, n = 0; i < s->trigger_end && n < MOST; i++) {
        uint32_t root = root_key(f, f->triggers[i].frame);
        if (root == last) continue;
        add(e, ABOUT_KNOWN, root, f->triggers[i].kind);
        last = root;
        n++;
    }
}

static void add_frames(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    const struct frames *f = v->in->frames;
    const struct frame_word *s = &v->spoken[token];
    add_classes(v, ABOUT_CLASS, token, e);
    add_known(v, token, e);
    if (s->frame != NONE) {
        add(e, ABOUT_FRAME, record_key(f, s->frame), s->result);
        add(e, ABOUT_FRAME_TYPE, root_key(f, s->frame), s->result);
    }
    if (s->event == NONE) {
        add(e, ABOUT_EVENT, 0, s->frame != NONE ? s->result + 1u : 0);
        return;
    }
    const struct event *event = &v->what->events[s->event];
    uint32_t sides = (uint32_t)(range_count(event->source) != 0) |
                     (uint32_t)(range_count(event->target) != 0) << 1;
    uint32_t type = text_key(event->plover);
    add(e, ABOUT_EVENT, type, s->operator);
    add(e, ABOUT_EVENT, type, 2u + s->operator+ 2u * event->status);
    add(e, ABOUT_EVENT, type, 32u + sides);
    add(e, ABOUT_EVENT, event->incomplete, 64u);
    add(e, ABOUT_EVENT_CODE, text_key(event->cameo), s->operator);
    add(e, ABOUT_EVENT_CODE, text_key(event->mode), 2u + s->operator);
}

static void add_neighbours(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    uint32_t own = key(v, token);
    uint32_t p = token > v->begin ? key(v, token - 1) : 2;
    uint32_t n = token + 1 < v->end ? key(v, token + 1) : 3;
    uint32_t pp = token > v->begin + 1 ? key(v, token - 2) : 2;
    uint32_t nn = token + 2 < v->end ? key(v, token + 2) : 3;
    add(e, ABOUT_NEAR, p, 1);
    add(e, ABOUT_NEAR, n, 2);
    add(e, ABOUT_NEAR, pp, 3);
    add(e, ABOUT_NEAR, nn, 4);
    add(e, ABOUT_NEAR, mix(5, own, p), 5);
    add(e, ABOUT_NEAR, mix(6, own, n), 6);
}

static void add_above(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    const struct word *words = v->in->tree->words, *w = &words[token];
    uint32_t own = key(v, token), head = w->head;
    add(e, ABOUT_UP, w->dep, 0);
    add(e, ABOUT_UP, own, w->dep);
    add(e, ABOUT_UP, key(v, head), w->dep + 100u);
    add(e, ABOUT_UP, mix(1, own, key(v, head)), w->dep + 200u);
    if (head == NONE) return;
    add(e, ABOUT_KNOWN_NEAR, codebook_says(v, head), w->dep);
    add(e, ABOUT_KNOWN_NEAR, mix(1, own, codebook_says(v, head)), w->dep);
    add(e, ABOUT_UP2, key(v, words[head].head), w->dep * 64u + words[head].dep);
    uint32_t verb = tree_governing_verb(v->in->tree, token);
    if (verb != NONE && verb != head) add(e, ABOUT_GOVERNOR, key(v, verb), w->dep);
}

static void add_below(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    enum { MOST = 10 };
    const struct tree *t = v->in->tree;
    uint32_t own = key(v, token), n = 0;
    EACH_CHILD(t, child, token) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_PUNCT) continue;
        if (n++ == MOST) break;
        uint32_t marker = tree_marker(t, child), prep = marker == NONE ? 0 : key(v, marker);
        add(e, ABOUT_CHILD, key(v, child), dep);
        add(e, ABOUT_CHILD_OF, mix(1, own, key(v, child)), dep);
        add(e, ABOUT_PREP, own, mix(2, prep, dep));
        if (dep == DEP_XCOMP || dep == DEP_CCOMP || dep == DEP_OBJ || dep == DEP_OBL ||
            dep == DEP_NMOD || dep == DEP_CONJ || dep == DEP_ADVCL) {
            uint32_t says = codebook_says(v, child);
            if (says != 0) add(e, ABOUT_KNOWN_NEAR, says, dep + 64u);
            if (says != 0) add(e, ABOUT_KNOWN_NEAR, mix(2, own, says), dep + 64u);
        }
        if (prep != 0) add(e, ABOUT_PREP, prep, mix(3, kind_at(v, child), dep));
        if (dep == DEP_XCOMP || dep == DEP_CCOMP) {
            uint32_t object = tree_object(t, child);
            if (object != NONE) add(e, ABOUT_OBJECT_INNER, mix(4, own, key(v, object)), dep);
        }
    }
}

static void add_arguments(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    const struct tree *t = v->in->tree;
    uint32_t own = key(v, token);
    bool passive = tree_is_passive(t, token);
    uint32_t subject = tree_subject(t, token), object = tree_object(t, token);
    add(e, ABOUT_SUBJECT, key(v, subject), passive);
    add(e, ABOUT_SUBJECT, kind_at(v, subject), 2u + passive);
    add(e, ABOUT_SUBJECT, mix(1, own, kind_at(v, subject)), 4u + passive);
    add(e, ABOUT_OBJECT, key(v, object), 0);
    add(e, ABOUT_OBJECT, kind_at(v, object), 1);
    add(e, ABOUT_OBJECT_OF, mix(1, own, key(v, object)), 0);
    add(e, ABOUT_OBJECT_OF, mix(2, own, kind_at(v, object)), 1);
    add(e, ABOUT_OBJECT_OF, mix(3, kind_at(v, subject), kind_at(v, object)), passive);
    if (object == NONE) return;
    add_classes(v, ABOUT_OBJECT_CLASS, object, e);
    EACH_CHILD(t, child, object) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_NMOD || dep == DEP_COMPOUND || dep == DEP_AMOD)
            add(e, ABOUT_OBJECT_INNER, mix(5, own, key(v, child)), 0);
    }
}

static void add_modality(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    const struct tree *t = v->in->tree;
    uint32_t bits =
        (uint32_t)tree_is_passive(t, token) | (uint32_t)tree_is_infinitive(t, token) << 1 |
        (uint32_t)(tree_negation(t, token) != NONE) << 2 |
        (uint32_t)(tree_condition(t, token) != NONE) << 3 | (uint32_t)t->words[token].verb << 4;
    add(e, ABOUT_AUX, bits, 0);
    add(e, ABOUT_AUX, bits, key(v, token));
    EACH_CHILD(t, child, token)
        if (t->words[child].dep == DEP_AUX) add(e, ABOUT_AUX, key(v, child), bits | 256u);
}

static void add_setting(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    const struct tree *t = v->in->tree;
    uint32_t parties = v->n_parties, countries = 0, saying = v->saying_at[token];
    for (uint32_t i = 0; i < v->n_parties; i++)
        countries += v->in->who->actors[v->parties[i]].country[0] != '\0';
    add(e, ABOUT_PARTIES, parties > 3 ? 3 : parties, countries > 2 ? 2 : countries);
    add(e, ABOUT_PLACE_IN_STORY, v->sentence > 2 ? 2 : v->sentence, t->words[token].head == NONE);
    add(e, ABOUT_SPEECH, saying != NONE, t->quote[token] != NONE);
    add(e, ABOUT_SPEECH, key(v, token), saying != NONE ? 2 : 3);
}

/* The same by what the words mean: what the corpus has seldom is like something that it has. */
static void add_meanings(const struct evidence_view *v, uint32_t token, struct evidence *e)
{
    enum { MOST = 8 };
    const struct tree *t = v->in->tree;
    const struct word *w = &t->words[token];
    uint32_t own = meaning(v, token), lemma = key(v, token), head = w->head, n = 0;
    uint32_t subject = tree_subject(t, token), object = tree_object(t, token);
    for (uint32_t g = 0; g < MEANING_GRAINS; g++)
        add(e, ABOUT_MEANING, v->in->meaning[token][g], g);
    add(e, ABOUT_MEANING, mix(1, own, w->upos), w->verb);
    add(e, ABOUT_MEANING_UP, meaning(v, head), w->dep);
    add(e, ABOUT_MEANING_UP, mix(1, own, meaning(v, head)), w->dep);
    add(e, ABOUT_MEANING_UP, mix(2, lemma, meaning(v, head)), w->dep);
    add(e, ABOUT_MEANING_ARGUMENT, meaning(v, subject), tree_is_passive(t, token));
    add(e, ABOUT_MEANING_ARGUMENT, mix(1, own, meaning(v, subject)), tree_is_passive(t, token));
    add(e, ABOUT_MEANING_ARGUMENT, mix(2, own, meaning(v, object)), 0);
    add(e, ABOUT_MEANING_ARGUMENT, mix(3, lemma, meaning(v, object)), 0);
    add(e, ABOUT_MEANING_ARGUMENT, mix(4, v->in->meaning[token][0], meaning(v, object)), 0);
    add(e, ABOUT_MEANING_ARGUMENT, mix(5, own, kind_at(v, object)), 0);
    EACH_CHILD(t, child, token) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_PUNCT || dep == DEP_DET || dep == DEP_AUX) continue;
        if (n++ == MOST) break;
        uint32_t marker = tree_marker(t, child), prep = marker == NONE ? 0 : key(v, marker);
        add(e, ABOUT_MEANING_BELOW, meaning(v, child), dep);
        add(e, ABOUT_MEANING_BELOW, mix(1, own, meaning(v, child)), dep);
        add(e, ABOUT_MEANING_BELOW, mix(2, lemma, meaning(v, child)), dep);
        add(e, ABOUT_MEANING_BELOW, mix(3, own, prep), dep);
    }
    uint32_t p = token > v->begin ? token - 1 : NONE, q = token + 1 < v->end ? token + 1 : NONE;
    add(e, ABOUT_MEANING_NEAR, meaning(v, p), 0);
    add(e, ABOUT_MEANING_NEAR, meaning(v, q), 1);
    add(e, ABOUT_MEANING_NEAR, mix(1, own, meaning(v, p)), 2);
    add(e, ABOUT_MEANING_NEAR, mix(1, own, meaning(v, q)), 3);
}

void evidence_of_sentence(const struct evidence_view *v, struct evidence *out)
{
    out->n = 0;
    for (uint32_t i = v->begin; i < v->end; i++) {
        uint8_t upos = v->in->tree->words[i].upos;
        if (upos == UPOS_VERB || upos == UPOS_NOUN || upos == UPOS_ADJ || upos == UPOS_PROPN)
            add(out, ABOUT_SENTENCE_WORD, key(v, i), 0);
    }
}

#define EVIDENCE_GROUP_TEXT(name, text) text,
const char *const evidence_group_text[EVIDENCE_GROUP_COUNT] = {
    EVIDENCE_GROUPS(EVIDENCE_GROUP_TEXT)};

void evidence_of_word(const struct evidence_view *v, uint32_t token, struct evidence *out)
{
    const struct word *w = &v->in->tree->words[token];
    uint32_t own = key(v, token);
    out->n = 0;
    add(out, ABOUT_LEMMA, own, 0);
    add(out, ABOUT_TAG, w->upos, w->verb);
    add(out, ABOUT_TAG, own, w->upos + 16u);
    add(out, ABOUT_FORM, own, w->verb + 8u * w->plural);
    out->end[EVIDENCE_WORD] = out->n;
    add_frames(v, token, out);
    out->end[EVIDENCE_FRAMES] = out->n;
    add_neighbours(v, token, out);
    out->end[EVIDENCE_NEAR] = out->n;
    add_above(v, token, out);
    out->end[EVIDENCE_ABOVE] = out->n;
    add_arguments(v, token, out);
    out->end[EVIDENCE_ARGUMENTS] = out->n;
    add_modality(v, token, out);
    out->end[EVIDENCE_MODALITY] = out->n;
    add_setting(v, token, out);
    out->end[EVIDENCE_SETTING] = out->n;
    add_below(v, token, out);
    out->end[EVIDENCE_BELOW] = out->n;
    add_meanings(v, token, out);
    out->end[EVIDENCE_MEANING] = out->n;
}
