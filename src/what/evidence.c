/* evidence.c - see evidence.h. */
#include "what/evidence.h"

#include "know/words.h"
#include "who/home.h"

/* What a piece of evidence is about; part of its hash, so that order matters to trained tables. */
enum about {
    ABOUT_LEMMA = 1,
    ABOUT_TAG,
    ABOUT_FORM,
    ABOUT_NEAR,
    ABOUT_UP,
    ABOUT_UP2,
    ABOUT_CHILD,
    ABOUT_CHILD_OF,
    ABOUT_PREP,
    ABOUT_SUBJECT,
    ABOUT_OBJECT,
    ABOUT_OBJECT_OF,
    ABOUT_OBJECT_INNER,
    ABOUT_AUX,
    ABOUT_FRAME,
    ABOUT_FRAME_TYPE,
    ABOUT_EVENT,
    ABOUT_EVENT_CODE,
    ABOUT_CLASS,
    ABOUT_OBJECT_CLASS,
    ABOUT_PLACE_IN_STORY,
    ABOUT_SPEECH,
    ABOUT_PARTIES,
    ABOUT_SENTENCE_WORD,
    ABOUT_GOVERNOR,
    ABOUT_KNOWN,
    ABOUT_KNOWN_NEAR,
    ABOUT_PATH = 40, /* from here on: of a party; each also together with the event's type */
    ABOUT_PATH_LEMMA,
    ABOUT_PATH_LIST,
    ABOUT_MARKER,
    ABOUT_MARKER_LEMMA,
    ABOUT_DEP,
    ABOUT_HEAD,
    ABOUT_ORDER,
    ABOUT_KIND,
    ABOUT_SECTOR,
    ABOUT_WORD,
    ABOUT_ROLE,
    ABOUT_SYNTAX,
    ABOUT_CLAUSE,
    ABOUT_RANK,
    ABOUT_SENTENCE,
    ABOUT_HOME = 80,
    ABOUT_HOME_OTHER,
    ABOUT_SECTOR_OF,
    ABOUT_SECTOR_WORD,
    ABOUT_SECTOR_SIDE,
    ABOUT_TYPE = 128 /* added to those of a party */
};

static inline uint32_t mix(uint32_t about, uint32_t a, uint32_t b)
{
    uint32_t h = about * 0x9E3779B1u ^ a;
    h = (h ^ h >> 15) * 0x85EBCA77u;
    h ^= b * 0xC2B2AE3Du;
    h = (h ^ h >> 13) * 0x27D4EB2Fu;
    return h ^ h >> 16;
}

static inline void add(struct evidence *e, uint32_t about, uint32_t a, uint32_t b)
{
    if (e->n < EVIDENCE_MOST) e->at[e->n++] = mix(about, a, b);
}

static inline uint32_t key(const struct evidence_view *v, uint32_t token)
{
    return token == NONE ? 1u : v->in->key[token];
}

static uint32_t text_key(const char *s)
{
    return s == NULL ? 0 : (uint32_t)str_hash(str_c(s));
}

/* ---- kinds of actors ---- */

static uint32_t kind_of_actor(const struct actor *a)
{
    uint32_t country = a->country[0] != '\0', code = a->code[0] != '\0';
    return a->kind | (uint32_t)a->flags << 4 | country << 8 | code << 9;
}

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
    if (place >= v->n_earlier && (a->flags & ACTOR_BARE)) return far != 0 && far <= NOUN_REACH;
    if (place >= v->n_earlier) return far != 0;
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
}

/* ---- parties ---- */

enum { PATH_MOST = 12 };

/* The words from `token` up to the root. */
static uint32_t climb(const struct tree *t, uint32_t token, uint32_t out[PATH_MOST])
{
    uint32_t n = 0;
    for (uint32_t i = token; i != NONE && n < PATH_MOST; i = t->words[i].head)
        out[n++] = i;
    return n;
}

struct tree_path {
    uint32_t shape; /* hash of the relations on the way, with prepositions */
    uint32_t plain; /* without prepositions */
    uint32_t up, down;
    uint32_t top; /* where it turns */
};

static struct tree_path path_between(const struct evidence_view *v, uint32_t from, uint32_t to)
{
    const struct tree *t = v->in->tree;
    uint32_t a[PATH_MOST], b[PATH_MOST];
    uint32_t na = climb(t, from, a), nb = climb(t, to, b);
    struct tree_path p = {.shape = 1, .plain = 1, .up = PATH_MOST, .down = PATH_MOST, .top = NONE};
    for (uint32_t i = 0; i < na && p.top == NONE; i++)
        for (uint32_t k = 0; k < nb && p.top == NONE; k++)
            if (a[i] == b[k]) {
                p.up = i;
                p.down = k;
                p.top = a[i];
            }
    if (p.top == NONE) return p;
    for (uint32_t i = 0; i < p.up; i++) {
        p.shape = mix(1, p.shape, t->words[a[i]].dep);
        p.plain = mix(1, p.plain, t->words[a[i]].dep);
    }
    for (uint32_t k = p.down; k-- > 0;) {
        uint32_t marker = tree_marker(t, b[k]);
        p.shape = mix(2, p.shape, t->words[b[k]].dep);
        p.plain = mix(2, p.plain, t->words[b[k]].dep);
        if (marker != NONE) p.shape = mix(3, p.shape, key(v, marker));
    }
    return p;
}

static bool side_has(const struct evidence_view *v, struct range side, uint32_t actor, bool chain)
{
    const struct actor *a = &v->in->who->actors[actor];
    for (uint32_t i = side.begin; i < side.end; i++) {
        uint32_t other = v->what->parties[i].actor;
        if (other == actor || (chain && v->in->who->actors[other].chain == a->chain)) return true;
    }
    return false;
}

/* What the frames' event at the token makes of the actor. */
static uint32_t role_in_frames(const struct evidence_view *v, uint32_t token, uint32_t actor)
{
    const struct frame_word *s = &v->spoken[token];
    if (s->event == NONE) return 0;
    const struct event *e = &v->what->events[s->event];
    bool source = side_has(v, e->source, actor, false),
         target = side_has(v, e->target, actor, false);
    if (source || target) return 2u + source + 2u * target;
    source = side_has(v, e->source, actor, true);
    target = side_has(v, e->target, actor, true);
    if (source || target) return 6u + source + 2u * target;
    return 1u + 16u * (range_count(e->source) != 0) + 32u * (range_count(e->target) != 0);
}

static uint32_t bucket(uint32_t distance)
{
    return distance < 4 ? distance : distance < 8 ? 4 : distance < 16 ? 5 : 6;
}

static uint32_t party_at(const struct evidence_view *v, uint32_t token)
{
    return token != NONE && (v->in->who->actor_at[token] != NONE || v->in->cover[token] != NONE);
}

static void add_syntax(const struct evidence_view *v, uint32_t token, uint32_t head,
                       struct evidence *e)
{
    const struct tree *t = v->in->tree;
    uint32_t first = tree_first_conjunct(t, head);
    uint32_t verb = tree_governing_verb(t, token);
    uint32_t own_verb = tree_governing_verb(t, head);
    uint32_t subject = tree_subject(t, token), object = tree_object(t, token);
    uint32_t bits = (uint32_t)(subject == head || subject == first) |
                    (uint32_t)(object == head || object == first) << 1;
    uint32_t above = verb == NONE ? NONE : tree_subject(t, verb);
    bits |= (uint32_t)(above != NONE && (above == head || above == first)) << 2;
    bits |= (uint32_t)(own_verb == token) << 3 | (uint32_t)(own_verb == verb) << 4;
    bits |= (uint32_t)tree_is_subject(t, head) << 5 |
            (uint32_t)(own_verb != NONE && t->words[own_verb].head == NONE) << 6;
    bits |= (uint32_t)tree_is_passive(t, token) << 7;
    uint32_t rivals = party_at(v, subject) | party_at(v, object) << 1 | party_at(v, above) << 2;
    add(e, ABOUT_SYNTAX, bits, 0);
    add(e, ABOUT_SYNTAX, bits, key(v, token));
    add(e, ABOUT_SYNTAX, mix(1, bits, rivals), 1);
    add(e, ABOUT_SYNTAX, mix(2, t->words[head].dep, rivals), bits & 128u);
    if (own_verb != NONE && own_verb != token)
        add(e, ABOUT_CLAUSE, key(v, own_verb), t->words[first].dep);
}

/* The word that it is coordinated with, or that it is another name of. */
static uint32_t leader(const struct tree *t, uint32_t token, bool names)
{
    for (int n = 0; n < 6; n++) {
        uint8_t dep = t->words[token].dep;
        if (t->words[token].head == NONE) break;
        if (dep != DEP_CONJ &&
            !(names && (dep == DEP_APPOS || dep == DEP_FLAT || dep == DEP_NMOD_DESC)))
            break;
        token = t->words[token].head;
    }
    return token;
}

static void add_path(const struct evidence_view *v, uint32_t token, uint32_t head,
                     struct evidence *e)
{
    const struct tree *t = v->in->tree;
    struct tree_path p = path_between(v, token, head);
    uint32_t own = key(v, token), turns = p.top == NONE ? 0 : (p.up << 4 | p.down);
    uint32_t passive = tree_is_passive(t, token);
    add(e, ABOUT_PATH, p.shape, passive);
    add(e, ABOUT_PATH, p.plain, 2u + passive);
    add(e, ABOUT_PATH, turns, 4u + t->words[token].upos * 8u);
    add(e, ABOUT_PATH_LEMMA, mix(1, own, p.shape), passive);
    add(e, ABOUT_PATH_LEMMA, mix(2, own, p.plain), 2u + passive);
    if (p.top != NONE && p.top != token && p.top != head)
        add(e, ABOUT_PATH_LEMMA, mix(3, key(v, p.top), p.plain), 4);
    /* as if it stood in the place of the first of its list */
    uint32_t from = leader(t, token, false), to = leader(t, head, true);
    struct tree_path q = path_between(v, from, to);
    add(e, ABOUT_PATH_LIST, q.shape, passive);
    add(e, ABOUT_PATH_LIST, q.plain, 2u + passive);
    add(e, ABOUT_PATH_LIST, mix(1, own, q.shape), 4u + passive);
    add(e, ABOUT_PATH_LIST, mix(2, key(v, from), q.shape), (from != token) | (to != head) << 1);
}

/* How many parties stand before it in the sentence, and whether one like it does. */
static void add_rank(const struct evidence_view *v, uint32_t token, uint32_t actor,
                     struct evidence *e)
{
    const struct actor *a = &v->in->who->actors[actor];
    uint32_t before = 0, between = 0, twin = 0;
    for (uint32_t i = 0; i < v->n_parties; i++) {
        const struct actor *b = &v->in->who->actors[v->parties[i]];
        if (v->parties[i] == actor) continue;
        before += b->head < a->head;
        between += (b->head < a->head) != (b->head < token);
        twin |=
            b->chain == a->chain || (a->country[0] != '\0' && strcmp(a->country, b->country) == 0);
    }
    add(e, ABOUT_RANK, before > 3 ? 3 : before, a->head < token);
    add(e, ABOUT_RANK, between > 3 ? 3 : between, 2u + (a->head < token));
    add(e, ABOUT_RANK, twin, 4u + (a->head < token));
    add(e, ABOUT_RANK, v->n_parties > 4 ? 4 : v->n_parties, 6);
}

void evidence_of_party(const struct evidence_view *v, uint32_t token, uint32_t actor, uint32_t type,
                       struct evidence *out)
{
    const struct tree *t = v->in->tree;
    const struct actor *a = &v->in->who->actors[actor];
    uint32_t own = key(v, token), head = a->head, marker = tree_marker(t, head);
    uint32_t prep = marker == NONE ? 0 : key(v, marker), before = head < token;
    uint32_t far = bucket(before ? token - head : head - token);
    uint32_t speaker = v->saying_at[token] != NONE ? 1 : 0;
    out->n = 0;
    add_path(v, token, head, out);
    add(out, ABOUT_MARKER, prep, before);
    add(out, ABOUT_MARKER_LEMMA, mix(1, own, prep), before);
    add(out, ABOUT_DEP, t->words[head].dep, prep);
    add(out, ABOUT_HEAD, key(v, t->words[head].head), t->words[head].dep);
    add(out, ABOUT_HEAD, mix(1, key(v, t->words[head].head), prep), t->words[head].dep);
    add(out, ABOUT_ORDER, far, before);
    add(out, ABOUT_KIND, kind_of_actor(a), 0);
    add(out, ABOUT_KIND, kind_of_actor(a), 1u + t->words[head].dep);
    add(out, ABOUT_SECTOR, text_key(a->sector), before);
    add(out, ABOUT_SECTOR, mix(1, text_key(a->sector), own), 2);
    add(out, ABOUT_WORD, key(v, head), 0);
    add(out, ABOUT_WORD, mix(1, own, key(v, head)), 1);
    add(out, ABOUT_ROLE, role_in_frames(v, token, actor), speaker);
    add(out, ABOUT_ROLE, role_in_frames(v, token, actor), 2u + kind_of_actor(a));
    add_syntax(v, token, head, out);
    add_rank(v, token, actor, out);
    add(out, ABOUT_SENTENCE, t->sentence[head] != v->sentence, a->flags & ACTOR_BARE);
    /* all of them once more, together with the type */
    for (uint32_t i = 0, n = out->n; i < n; i++)
        add(out, ABOUT_TYPE, out->at[i], type);
}

/* ---- homes ---- */

bool evidence_is_homeless(const struct actor *a)
{
    if (strcmp(a->code, CODE_UNKNOWN) == 0) return false;
    return a->country[0] == '\0' || a->inferred != INFERRED_NOT || strcmp(a->country, "IMG") == 0;
}

static void count_home(const struct know *know, struct evidence_homes *h, const char *country)
{
    uint32_t i = 0;
    if (!home_is_state(know, country)) return;
    while (i < h->n && strcmp(h->country[i], country) != 0)
        i++;
    if (i == HOMES_MOST) return;
    if (i == h->n) {
        h->country[h->n] = country;
        h->count[h->n++] = 0;
    }
    h->count[i]++;
}

/* Its country is one that the text names. */
static bool is_home(const struct actor *a)
{
    return a->kind != ACTOR_PRONOUN && !(a->flags & ACTOR_PLACE) && a->inferred == INFERRED_NOT;
}

void evidence_list_homes(const struct what_input *in, struct evidence_homes *out)
{
    const struct know *know = in->frames->know;
    out->n = 0;
    for (uint32_t i = 0; i < in->who->n_actors; i++)
        if (is_home(&in->who->actors[i])) count_home(know, out, in->who->actors[i].country);
    for (uint32_t i = 0; i < in->where->n_places; i++)
        count_home(know, out, what_place_country(in, i));
}

enum home_bit {
    HOME_PLACE = 1,  /* a place of it is in the sentence */
    HOME_ACTOR = 2,  /* an actor of it is */
    HOME_INSIDE = 4, /* in the party's own words */
    HOME_CLAUSE = 8, /* a place of it hangs on the event's word */
    HOME_MOST_NAMED = 16,
    HOME_ONLY = 32,       /* the story names no other */
    HOME_ONLY_PLACE = 64, /* no place of another is in the sentence */
    HOME_FIRST = 128,
    HOME_EARLIER = 256 /* it is in the sentence before */
};

static bool below(const struct tree *t, uint32_t token, uint32_t top)
{
    for (uint32_t i = token, n = 0; i != NONE && n < PATH_MOST; i = t->words[i].head, n++)
        if (i == top) return true;
    return false;
}

/* Steps from the nearer of two words; places behind a word say more of it than those before. */
static uint32_t steps(uint32_t from, uint32_t to)
{
    return to > from ? to - from : 2 * (from - to);
}

static uint32_t home_bits(const struct evidence_view *v, uint32_t token, uint32_t actor,
                          uint32_t home, uint32_t *far, uint32_t *rank)
{
    const struct what_input *in = v->in;
    const struct tree *t = in->tree;
    const struct actor *a = &in->who->actors[actor];
    const struct evidence_homes *h = v->homes;
    uint32_t bits = 0, others = 0, most = 0, nearest = UINT32_MAX, near_other = UINT32_MAX;
    *far = 64;
    for (uint32_t i = 0; i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (t->sentence[p->head] != v->sentence || p->adjective) continue;
        uint32_t n = steps(a->head, p->head);
        if (strcmp(what_place_country(in, i), h->country[home]) != 0) {
            near_other = n < near_other ? n : near_other;
            others++;
            continue;
        }
        nearest = n < nearest ? n : nearest;
        uint32_t d = p->head > token ? p->head - token : token - p->head;
        bits |= HOME_PLACE;
        if (below(t, p->head, token)) bits |= HOME_CLAUSE;
        if (below(t, p->head, a->head) && p->head != a->head) bits |= HOME_INSIDE;
        if (d < *far) *far = d;
    }
    for (uint32_t i = 0; i < v->n_parties; i++) {
        const struct actor *b = &in->who->actors[v->parties[i]];
        if (b->inferred != INFERRED_NOT || strcmp(b->country, h->country[home]) != 0) continue;
        bits |= i < v->n_earlier ? HOME_EARLIER : HOME_ACTOR;
        if (i >= v->n_earlier && below(t, b->head, a->head) && b->head != a->head)
            bits |= HOME_INSIDE;
    }
    for (uint32_t i = 1; i < h->n; i++)
        if (h->count[i] > h->count[most]) most = i;
    if (home == most) bits |= HOME_MOST_NAMED;
    if (h->n == 1) bits |= HOME_ONLY;
    if (others == 0 && (bits & HOME_PLACE)) bits |= HOME_ONLY_PLACE;
    if (home == 0) bits |= HOME_FIRST;
    *rank = nearest == UINT32_MAX ? 0 : 1u + (nearest < near_other) + 2u * (bucket(nearest) > 3);
    return bits;
}

void evidence_of_home(const struct evidence_view *v, uint32_t token, uint32_t actor, uint32_t side,
                      uint32_t type, uint32_t home, uint32_t other, struct evidence *out)
{
    const struct actor *a = &v->in->who->actors[actor];
    const char *its = other != NONE ? v->in->who->actors[other].country : "";
    uint32_t bits = 1u << 16, far = 99, rank = 9, sector = text_key(a->sector);
    uint32_t count = 0, word = key(v, a->head), kind = kind_of_actor(a), named = 0;
    if (home < v->homes->n) {
        bits = home_bits(v, token, actor, home, &far, &rank);
        count = v->homes->count[home];
        named = text_key(v->homes->country[home]);
    }
    uint32_t more = v->homes->n > 3 ? 3 : v->homes->n;
    out->n = 0;
    add(out, ABOUT_HOME, bits, side);
    for (uint32_t b = 1; b <= bits; b <<= 1)
        if (bits & b) add(out, ABOUT_HOME, b, 2u + side);
    add(out, ABOUT_HOME, mix(1, bits, type), side);
    add(out, ABOUT_HOME, mix(2, bits, sector), side);
    add(out, ABOUT_HOME, mix(3, bits, kind), side);
    add(out, ABOUT_HOME, mix(4, bits, word), side);
    add(out, ABOUT_HOME, mix(5, bits, key(v, token)), side);
    add(out, ABOUT_HOME, mix(6, bucket(far), bits & HOME_PLACE), side);
    add(out, ABOUT_HOME, mix(7, count > 3 ? 3 : count, more), bits >> 16);
    add(out, ABOUT_HOME, mix(8, bits >> 16, word), side);
    add(out, ABOUT_HOME, mix(9, bits >> 16, key(v, token)), side);
    add(out, ABOUT_HOME, mix(10, bits >> 16, mix(1, sector, type)), side);
    if (a->inferred != INFERRED_NOT) {
        uint32_t guess = home < v->homes->n && strcmp(a->country, v->homes->country[home]) == 0;
        add(out, ABOUT_HOME, mix(16, guess, a->inferred), 0);
        add(out, ABOUT_HOME, mix(17, guess, a->inferred), bits);
        add(out, ABOUT_HOME, mix(18, guess, sector), a->inferred);
    }
    add(out, ABOUT_HOME, mix(11, rank, bits & HOME_ACTOR), side);
    add(out, ABOUT_HOME, mix(12, rank, word), side);
    add(out, ABOUT_HOME, mix(13, named, sector), side);
    add(out, ABOUT_HOME, mix(14, named, text_key(a->entity)), side);
    for (uint32_t i = a->head > v->begin + 5 ? a->head - 5 : v->begin; i < a->head; i++)
        if (v->in->tree->words[i].head == a->head)
            add(out, ABOUT_HOME, mix(15, bits >> 16, key(v, i)), bits & HOME_PLACE);
    uint32_t same =
        home < v->homes->n && its[0] != '\0' ? 1u + (strcmp(its, v->homes->country[home]) == 0) : 0;
    add(out, ABOUT_HOME_OTHER, same, side);
    add(out, ABOUT_HOME_OTHER, mix(1, same, type), side);
    add(out, ABOUT_HOME_OTHER, mix(2, same, sector), side);
}

/* ---- sectors ---- */

void evidence_of_sector(const struct evidence_view *v, uint32_t token, uint32_t actor,
                        uint32_t side, uint32_t type, uint32_t other, bool blind,
                        struct evidence *out)
{
    enum { BESIDE = 5 }; /* words before the head, and behind it, that may belong to it */
    const struct tree *t = v->in->tree;
    const struct actor *a = &v->in->who->actors[actor];
    const struct word *head = &t->words[a->head];
    uint32_t word = key(v, a->head), own = blind ? 0 : text_key(a->sector);
    uint32_t its = other == NONE ? 0 : text_key(v->in->who->actors[other].sector);
    uint32_t name = head->name, plural = a->flags & ACTOR_PLURAL, about = mix(1, type, side);
    uint32_t begin = a->head > v->begin + BESIDE ? a->head - BESIDE : v->begin;
    uint32_t end = a->head + BESIDE < v->end ? a->head + BESIDE : v->end;
    out->n = 0;
    add(out, ABOUT_SECTOR_WORD, word, 0);
    add(out, ABOUT_SECTOR_WORD, word, about);
    add(out, ABOUT_SECTOR_WORD, mix(2, word, own), 0);
    for (uint32_t i = begin; i < end; i++) {
        if (t->words[i].head != a->head) continue;
        uint32_t dep = t->words[i].dep, before = i < a->head;
        add(out, ABOUT_SECTOR_WORD, mix(3, key(v, i), dep), before);
        add(out, ABOUT_SECTOR_WORD, mix(4, key(v, i), before), 1);
    }
    if (head->head != NONE) {
        add(out, ABOUT_SECTOR_OF, key(v, head->head), head->dep);
        add(out, ABOUT_SECTOR_OF, mix(1, head->dep, name), plural);
    }
    add(out, ABOUT_SECTOR_OF, mix(2, own, 0), 0);
    add(out, ABOUT_SECTOR_OF, mix(3, own, kind_of_actor(a)), blind);
    add(out, ABOUT_SECTOR_SIDE, about, 0);
    add(out, ABOUT_SECTOR_SIDE, about, mix(1, own, its));
    add(out, ABOUT_SECTOR_SIDE, mix(2, about, name), plural);
    add(out, ABOUT_SECTOR_SIDE, mix(3, side, key(v, token)), 0);
    add(out, ABOUT_SECTOR_SIDE, mix(4, side, key(v, token)), mix(1, own, name));
    add(out, ABOUT_SECTOR_SIDE, mix(5, side, its), name);
}
