/* evidence_party.c - what speaks for an actor, or nobody, as source or target; see evidence.h. */
#include "what/evidence.h"

#include "what/evidence_rows.h"

/* The words from `token` up to the root. */
static uint32_t climb(const struct tree *t, uint32_t token, uint32_t out[PATH_MOST])
{
    uint32_t n = 0;
    for (uint32_t i = token; i != NONE && n < PATH_MOST; i = t->words[i].head)
        out[n++] = i;
    return n;
}

/* The way through the tree from one word to another. */
struct tree_path {
    uint32_t shape; /* hash of the relations on the way, with prepositions */
    uint32_t plain; /* without prepositions */
    uint32_t up, down;
    uint32_t top; /* where it turns; NONE: it is too long, or leads to another sentence */
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

static uint32_t party_at(const struct evidence_view *v, uint32_t token)
{
    return token != NONE && (v->in->who->actor_at[token] != NONE || v->in->cover[token] != NONE);
}

/* What the actor is to the party at the token: none is there; the same; of the same country; of
 * another one; one of them has none. */
static uint32_t kinship(const struct evidence_view *v, const struct actor *a, uint32_t token)
{
    if (!party_at(v, token)) return 0;
    uint32_t other = v->in->who->actor_at[token];
    if (other == NONE) other = v->in->cover[token];
    const struct actor *b = &v->in->who->actors[other];
    if (a == b || (a->chain != 0 && a->chain == b->chain)) return 1;
    if (a->country[0] == '\0' || b->country[0] == '\0') return 4;
    return strcmp(a->country, b->country) == 0 ? 2 : 3;
}

/* What it is to those in the places of subject and object: who does something to a state is rarely
 * of that state. */
static void add_kinship(const struct evidence_view *v, uint32_t token, const struct actor *a,
                        struct evidence *e)
{
    enum { KINDS = 5 };
    const struct tree *t = v->in->tree;
    uint32_t verb = tree_governing_verb(t, token), subject = tree_subject(t, token);
    uint32_t above = verb == NONE ? NONE : tree_subject(t, verb);
    uint32_t own = kinship(v, a, subject), its = kinship(v, a, tree_object(t, token));
    uint32_t higher = kinship(v, a, above), sector = text_key(a->sector);
    uint32_t passive = tree_is_passive(t, token);
    add(e, ABOUT_RIVAL, mix(1, (own * KINDS + its) * KINDS + higher, passive), 0);
    add(e, ABOUT_RIVAL, mix(2, own != 0 ? own : higher, passive), kind_of_actor(a));
    add(e, ABOUT_RIVAL, mix(3, own != 0 ? own : higher, passive), mix(4, sector, key(v, token)));
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

/* The words that the path passes on its way from `from` up to `top`. */
static void add_way(const struct evidence_view *v, uint32_t from, uint32_t top, uint32_t side,
                    struct evidence *e)
{
    enum { MOST = 4 };
    const struct word *words = v->in->tree->words;
    uint32_t i = words[from].head;
    for (int n = 0; n < MOST && i != NONE && i != top && from != top; n++, i = words[i].head)
        add(e, ABOUT_THROUGH, key(v, i), side);
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
    if (p.top != NONE) {
        add(e, ABOUT_PATH_LEMMA, mix(4, key(v, tree_object(t, token)), p.plain), 5);
        add_way(v, token, p.top, 0, e);
        add_way(v, head, p.top, 1, e);
    }
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

/* The words beside the party, those that belong to it, and what stands between it and the event. */
static void add_context(const struct evidence_view *v, uint32_t token, const struct actor *a,
                        struct evidence *e)
{
    enum { PARTS = 5, FAR = 40 };
    const struct tree *t = v->in->tree;
    const struct sentence *s = &v->in->text->sentences[t->sentence[a->head]];
    uint32_t before = a->head < token, n = 0, verbs = 0, names = 0, commas = 0;
    for (uint32_t i = 1; i <= 2; i++) {
        bool left = a->token_begin >= s->token_begin + i, right = a->token_end + i <= s->token_end;
        uint32_t one = left ? v->in->key[a->token_begin - i] : 2;
        uint32_t other = right ? v->in->key[a->token_end + i - 1] : 2;
        add(e, ABOUT_NEXT, one, i);
        add(e, ABOUT_NEXT, other, 2 + i);
        if (i == 1) add(e, ABOUT_NEXT, mix(1, one, other), before);
    }
    EACH_CHILD(t, child, a->head) {
        if (n++ == PARTS) break;
        add(e, ABOUT_PART, key(v, child), t->words[child].dep);
    }
    uint32_t from = before ? a->head : token, to = before ? token : a->head;
    for (uint32_t i = from + 1; i < to && i < from + FAR; i++) {
        verbs += t->words[i].upos == UPOS_VERB;
        commas += t->words[i].upos == UPOS_PUNCT;
        names += t->words[i].upos == UPOS_PROPN;
    }
    add(e, ABOUT_BETWEEN, (verbs > 3 ? 3 : verbs) * 4 + (commas > 3 ? 3 : commas), before);
    add(e, ABOUT_BETWEEN, (verbs > 3 ? 3 : verbs) * 4 + (names > 3 ? 3 : names), 2 + before);
}

/* All of it once more, together with the event's type. */
static void add_type(uint32_t type, struct evidence *e)
{
    for (uint32_t i = 0, n = e->n; i < n; i++)
        add(e, ABOUT_TYPE, e->at[i], type);
}

/* Where it stands in another sentence, what it does there: "Hamas claims responsibility". */
static void add_sentence(const struct evidence_view *v, uint32_t token, uint32_t head,
                         const struct actor *a, struct evidence *e)
{
    const struct tree *t = v->in->tree;
    uint32_t its = t->sentence[head], verb = NONE;
    add(e, ABOUT_SENTENCE, its != v->sentence, a->flags & ACTOR_BARE);
    if (its == v->sentence) return;
    verb = tree_governing_verb(t, head);
    uint32_t object = verb == NONE ? NONE : tree_object(t, verb);
    uint32_t bits = (uint32_t)(its > v->sentence) | (uint32_t)tree_is_subject(t, head) << 1 |
                    (uint32_t)(object == head) << 2;
    add(e, ABOUT_SENTENCE, mix(1, bits, key(v, verb)), key(v, object));
    add(e, ABOUT_SENTENCE, mix(2, bits, key(v, verb)), 0);
    add(e, ABOUT_SENTENCE, mix(3, bits, key(v, object)), 0);
    add(e, ABOUT_SENTENCE, mix(4, bits, key(v, token)), kind_of_actor(a));
    add(e, ABOUT_SENTENCE, mix(5, bits, v->n_all - v->n_parties), v->n_earlier);
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
    add_kinship(v, token, a, out);
    add_sentence(v, token, head, a, out);
    add_context(v, token, a, out);
    add_type(type, out);
}

void evidence_of_nobody(const struct evidence_view *v, uint32_t token, uint32_t type,
                        struct evidence *out)
{
    evidence_of_word(v, token, out);
    if (out->n > EVIDENCE_MOST / 2) out->n = EVIDENCE_MOST / 2;
    for (uint32_t i = 0; i < out->n; i++)
        out->at[i] = mix(ABOUT_NOBODY, out->at[i], 0);
    add_type(type, out);
}
