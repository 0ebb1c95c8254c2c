/* roles.c - from slots to words, from words to actors; see roles.h. */
#include "what/roles.h"

static void list_add(struct token_list *list, uint32_t token)
{
    if (token == NONE) return;
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == token) return;
    if (list->n < MOST_TOKENS)
        list->at[list->n++] = token;
    else
        list->cut = true;
}

static void add_children(const struct tree *t, uint32_t parent, const uint8_t *deps, size_t n_deps,
                         struct token_list *out)
{
    if (parent == NONE) return;
    EACH_CHILD(t, child, parent)
        for (size_t i = 0; i < n_deps; i++)
            if (t->words[child].dep == deps[i]) list_add(out, child);
}

/* Dependents of `parent` marked by the preposition: nouns by case, clauses by mark. */
static void add_prepositional(const struct what_input *in, uint32_t parent, uint32_t prep,
                              struct token_list *out)
{
    const struct tree *t = in->tree;
    if (parent == NONE) return;
    EACH_CHILD(t, child, parent) {
        uint8_t dep = t->words[child].dep;
        if (dep != DEP_OBL && dep != DEP_NMOD && dep != DEP_OBL_AGENT && dep != DEP_ADVCL &&
            dep != DEP_ACL && dep != DEP_ADVMOD)
            continue;
        uint32_t marker = tree_marker(t, child);
        if (marker != NONE && in->symbol[marker] == prep) list_add(out, child);
    }
}

/* The same further down, through nouns and numbers: "tariffs of 25 percent ON GOODS". Taken where
 * nothing nearer is marked by the preposition; clauses are not entered. */
static void add_deeper_prepositional(const struct what_input *in, uint32_t parent, uint32_t prep,
                                     int depth, struct token_list *out)
{
    const struct tree *t = in->tree;
    if (parent == NONE || out->n != 0) return;
    EACH_CHILD(t, child, parent) {
        uint8_t dep = t->words[child].dep;
        if (child < parent || tree_is_clause(t, child) || dep == DEP_CONJ ||
            (dep != DEP_NMOD && dep != DEP_OBL && dep != DEP_OBJ && dep != DEP_AMOD &&
             dep != DEP_NUMMOD && dep != DEP_APPOS && dep != DEP_NMOD_UNMARKED))
            continue;
        add_prepositional(in, child, prep, out);
        if (depth < 3) add_deeper_prepositional(in, child, prep, depth + 1, out);
    }
}

/* The noun of a preposition that follows the word at once, wherever the parser hung it: the
 * commonest error of all parsers is the attachment of prepositional phrases. */
static void add_adjacent_prepositional(const struct what_input *in, uint32_t word, uint32_t prep,
                                       struct token_list *out)
{
    const struct tree *t = in->tree;
    if (word == NONE || out->n != 0 || word + 2 >= t->n || in->symbol[word + 1] != prep) return;
    uint32_t noun = t->words[word + 1].head;
    if (t->words[word + 1].dep == DEP_CASE && noun != NONE && noun > word + 1) list_add(out, noun);
}

/* The last resort: the preposition by its place in the sentence. From the word to the right, no
 * verb, no clause and no stop in between; then the first actor behind it. */
static void add_surface_prepositional(const struct what_input *in, uint32_t word, uint32_t prep,
                                      struct token_list *out)
{
    const struct tree *t = in->tree;
    enum { REACH = 15 };
    bool behind = false;
    if (out->n != 0) return;
    for (uint32_t i = word + 1; i < t->n && i <= word + REACH; i++) {
        uint8_t upos = t->words[i].upos;
        if (upos == UPOS_VERB || upos == UPOS_SCONJ || upos == UPOS_PUNCT) return;
        if (behind && in->cover[i] != NONE) {
            list_add(out, i);
            return;
        }
        if (upos == UPOS_ADP || upos == UPOS_CCONJ || upos == UPOS_PART)
            behind = in->symbol[i] == prep;
    }
}

/* Nouns and adjectives before the noun `end`, also those that hang on one another, on either side:
 * "U.S.-Russia talks". */
static void add_modifiers(const struct tree *t, uint32_t noun, uint32_t end, int depth,
                          struct token_list *out)
{
    EACH_CHILD(t, child, noun) {
        uint8_t dep = t->words[child].dep;
        bool beside = dep == DEP_CONJ || dep == DEP_FLAT;
        if (child > end || (child > noun && !beside)) continue;
        if (dep != DEP_COMPOUND && dep != DEP_AMOD && dep != DEP_NMOD_UNMARKED &&
            dep != DEP_NMOD_DESC && dep != DEP_NMOD && !beside)
            continue;
        list_add(out, child);
        if (depth < 2) add_modifiers(t, child, end, depth + 1, out);
    }
}

static uint32_t first_of_two_objects(const struct tree *t, uint32_t verb)
{
    uint32_t first = NONE;
    EACH_CHILD(t, child, verb) {
        if (t->words[child].dep != DEP_OBJ) continue;
        if (first != NONE) return first;
        first = child;
    }
    return NONE;
}

void roles_follow(const struct what_input *in, const struct anchor *a,
                  const struct frame_path *path, struct token_list *out)
{
    const struct tree *t = in->tree;
    static const uint8_t ccomp[] = {DEP_CCOMP, DEP_PARATAXIS}, advcl[] = {DEP_ADVCL},
                         xcomp[] = {DEP_XCOMP, DEP_ACL}, iobj[] = {DEP_IOBJ}, obj[] = {DEP_OBJ},
                         poss[] = {DEP_NMOD_POSS}, appos[] = {DEP_APPOS};
    switch ((enum path_kind)path->kind) {
    case PATH_SUBJ: list_add(out, tree_subject(t, a->token)); break;
    case PATH_OBJ: /* of two objects ("gave France an ultimatum") both are looked at */
        list_add(out, tree_object(t, a->token));
        if (!tree_is_passive(t, a->token)) add_children(t, a->token, obj, 1, out);
        break;
    case PATH_IOBJ:
        add_children(t, a->token, iobj, 1, out);
        if (out->n == 0) list_add(out, first_of_two_objects(t, a->token));
        break;
    case PATH_XCOMP: add_children(t, a->token, xcomp, 2, out); break;
    case PATH_CCOMP: add_children(t, a->token, ccomp, 2, out); break;
    case PATH_ADVCL: add_children(t, a->token, advcl, 1, out); break;
    case PATH_POSS: add_children(t, a->token, poss, 1, out); break;
    case PATH_COMPOUND: add_modifiers(t, a->token, a->token, 0, out); break;
    case PATH_APPOS: add_children(t, a->token, appos, 1, out); break;
    case PATH_PREP:
        add_prepositional(in, a->token, path->prep, out);
        add_prepositional(in, a->also, path->prep, out);
        break;
    case PATH_COUNT: break;
    }
}

void roles_follow_far(const struct what_input *in, const struct anchor *a,
                      const struct frame_path *path, struct token_list *out)
{
    if (path->kind != PATH_PREP) return;
    add_adjacent_prepositional(in, a->token, path->prep, out);
    add_adjacent_prepositional(in, a->also, path->prep, out);
    add_deeper_prepositional(in, a->token, path->prep, 0, out);
    add_deeper_prepositional(in, a->also, path->prep, 0, out);
    add_surface_prepositional(in, a->also != NONE && a->also > a->token ? a->also : a->token,
                              path->prep, out);
}

bool roles_same(const struct what_input *in, uint32_t a, uint32_t b)
{
    const struct actor *x = &in->who->actors[a], *y = &in->who->actors[b];
    if (x->chain == y->chain) return true;
    return x->code[0] != '\0' && strcmp(x->code, y->code) == 0 && x->entity_id == y->entity_id;
}

void roles_add(struct actor_list *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == actor) return;
    if (list->n < MOST_ACTORS)
        list->at[list->n++] = actor;
    else
        list->cut = true;
}

/* Actors whose head is the token. */
static void add_actors_at(const struct what_input *in, uint32_t token, bool places,
                          struct actor_list *out)
{
    const struct who_layer *who = in->who;
    if (who->actor_at[token] == NONE &&
        in->cover[token] != NONE) { /* a word of a title, of a long name */
        roles_add(out, in->cover[token]);
        return;
    }
    for (uint32_t i = who->actor_at[token]; i < who->n_actors && who->actors[i].head == token;
         i++) {
        if (!places && (who->actors[i].flags & ACTOR_PLACE)) continue;
        if (who->actors[i].code[0] != '\0') roles_add(out, i);
    }
}

/* Actors inside a noun phrase that is none itself: "members OF THE FSB", "A UKRAINIAN port",
 * "IRAN'S oil". A part-of noun comes first, then the possessor, then modifiers. */
static void add_inner_actors(const struct what_input *in, uint32_t noun, bool places, int depth,
                             struct actor_list *out)
{
    const struct tree *t = in->tree;
    static const uint8_t order[] = {DEP_APPOS, DEP_FLAT,     DEP_NMOD,     DEP_NMOD_POSS,
                                    DEP_AMOD,  DEP_COMPOUND, DEP_NMOD_DESC};
    for (size_t k = 0; k < sizeof order && out->n == 0; k++) {
        EACH_CHILD(t, child, noun) {
            if (t->words[child].dep != order[k]) continue;
            if (order[k] == DEP_NMOD) {
                uint32_t marker = tree_marker(t, child);
                if (marker == NONE || !lemma_has(t, marker, CLASS_OF)) continue;
            }
            add_actors_at(in, child, places, out);
            if (out->n == 0 && depth < 2) add_inner_actors(in, child, places, depth + 1, out);
        }
    }
    if (out->n != 0) out->inner = true;
}

static bool opens_clause(const struct tree *t, uint32_t token)
{
    return token < t->n && (t->words[token].upos == UPOS_VERB || t->words[token].upos == UPOS_AUX);
}

/* The token at which the next actor of a list begins, after "and" or ", "; NONE if there is none.
 */
static uint32_t next_in_list(const struct what_input *in, uint32_t end, bool *last)
{
    const struct tree *t = in->tree;
    uint32_t i = end;
    bool comma = i < t->n && str_eq(t->tokens[i].form, STR(","));
    if (comma) i++;
    *last = i < t->n && t->words[i].upos == UPOS_CCONJ && lemma_has(t, i, CLASS_AND);
    if (*last) i++;
    if ((!comma && !*last) || i >= t->n) return NONE;
    if (t->words[i].upos == UPOS_DET && i + 1 < t->n) i++;
    return in->cover[i] != NONE ? i : NONE;
}

/* "Italy and Algeria", "the U.S., France and Japan": actors side by side belong together whatever
 * the tree says, unless the last one begins a clause of its own. */
static void add_listed_actors(const struct what_input *in, uint32_t first, struct actor_list *out)
{
    const struct tree *t = in->tree;
    uint32_t found[MOST_ACTORS], n = 0, end = in->who->actors[first].token_end;
    bool last = false;
    if (in->who->actors[first].flags & ACTOR_MODIFIER) return;
    while (!last && n < MOST_ACTORS) {
        uint32_t begin = next_in_list(in, end, &last);
        if (begin == NONE) return;
        const struct actor *a = &in->who->actors[in->cover[begin]];
        if (a->kind == ACTOR_PRONOUN || a->token_begin != begin) return;
        found[n++] = in->cover[begin];
        end = a->token_end;
    }
    bool cut = !last; /* so long that its end is not looked for */
    if (!cut && opens_clause(t, end)) return;
    for (uint32_t i = 0; i < n; i++)
        roles_add(out, found[i]);
    out->cut = out->cut || cut;
}

/* An actor of its own in a name's parts: "the U.S.-China talks". */
static bool is_joined(const struct what_input *in, uint32_t token)
{
    return in->tree->words[token].dep == DEP_FLAT && in->who->actor_at[token] != NONE;
}

/* The other members of a list whose first is the token; its end often hangs on the last but one. */
static void add_conjuncts(const struct what_input *in, uint32_t token, bool places, int depth,
                          struct actor_list *out)
{
    const struct tree *t = in->tree;
    EACH_CHILD(t, child, token) {
        bool conjunct = t->words[child].dep == DEP_CONJ && !tree_is_clause(t, child);
        if (!conjunct && !is_joined(in, child)) continue;
        add_actors_at(in, child, places, out);
        if (depth == 0) add_conjuncts(in, child, places, 1, out);
    }
}

void roles_actors(const struct what_input *in, uint32_t token, bool places, struct actor_list *out)
{
    const struct tree *t = in->tree;
    uint32_t before = out->n;
    if (t->words[token].dep == DEP_CCOMP) { /* worried THAT RUSSIA ...: whom the clause is about */
        token = tree_subject(t, token);
        if (token == NONE) return;
    }
    add_actors_at(in, token, places, out);
    if (out->n == before) {
        struct actor_list inner;
        actor_list_begin(&inner);
        if (!tree_is_clause(t, token)) add_inner_actors(in, token, places, 0, &inner);
        for (uint32_t i = 0; i < inner.n; i++)
            roles_add(out, inner.at[i]);
        if (inner.n != 0) out->inner = true;
        out->cut = out->cut || inner.cut;
    }
    add_conjuncts(in, token, places, 0, out);
    if (out->n > before && !out->inner) add_listed_actors(in, out->at[out->n - 1], out);
}

static void fill_from(const struct what_input *in, const struct token_list *tokens, bool compound,
                      bool places, struct actor_list *out)
{
    out->cut = out->cut || tokens->cut;
    for (uint32_t i = 0; i < tokens->n; i++) {
        if (compound)
            add_actors_at(in, tokens->at[i], places, out);
        else
            roles_actors(in, tokens->at[i], places, out);
    }
}

/* "an IRANIAN MISSILE attack": of a mention and one inside it the whole one counts. */
static void drop_inside(const struct what_input *in, struct actor_list *list)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        const struct actor *a = &in->who->actors[list->at[i]];
        bool inside = false;
        for (uint32_t k = 0; k < list->n; k++) {
            const struct actor *b = &in->who->actors[list->at[k]];
            inside = inside || (b->token_begin <= a->token_begin && a->token_end <= b->token_end &&
                                b->token_end - b->token_begin > a->token_end - a->token_begin);
        }
        if (!inside) list->at[kept++] = list->at[i];
    }
    list->n = kept;
}

/* "Two men were arrested": persons without a code, who are nobody of the base. */
static void add_unplaced(const struct what_input *in, const struct token_list *tokens,
                         struct actor_list *out)
{
    const struct who_layer *who = in->who;
    for (uint32_t i = 0; i < tokens->n; i++) {
        uint32_t actor = who->actor_at[tokens->at[i]];
        if (actor == NONE || who->actors[actor].kind != ACTOR_UNKNOWN) continue;
        if ((who->actors[actor].flags & ACTOR_PERSON) || who->actors[actor].sector != NULL)
            roles_add(out, actor);
    }
}

void roles_fill(const struct what_input *in, const struct anchor *a, const struct frame_slot *slot,
                struct actor_list *out)
{
    bool places = slot->role == SLOT_TARGET;
    for (uint32_t p = slot->path_begin; p < slot->path_end && out->n == 0; p++) {
        struct token_list tokens;
        token_list_begin(&tokens);
        const struct frame_path *path = &in->frames->paths[p];
        roles_follow(in, a, path, &tokens);
        fill_from(in, &tokens, path->kind == PATH_COMPOUND, places, out);
        if (path->kind == PATH_COMPOUND) drop_inside(in, out);
        if (out->n == 0 && places) add_unplaced(in, &tokens, out);
        if (out->n != 0) break;
        token_list_begin(&tokens);
        roles_follow_far(in, a, path, &tokens);
        fill_from(in, &tokens, false, places, out);
    }
}

static bool has_dependent(const struct what_input *in, uint32_t token, uint32_t symbol)
{
    const struct tree *t = in->tree;
    EACH_CHILD(t, child, token) {
        if (in->symbol[child] == symbol) return true;
        EACH_CHILD(t, grandchild, child)
            if (in->symbol[grandchild] == symbol && t->words[child].dep != DEP_CONJ) return true;
    }
    return false;
}

static bool word_fits(const struct what_input *in, const struct frame_slot *slot, uint32_t token)
{
    uint32_t symbol = in->symbol[token];
    if (slot->word_class == 0 && slot->word == 0) return true;
    if (symbol == 0) return false;
    if (slot->word != 0) return symbol == slot->word;
    const struct frames *f = in->frames;
    const struct frame_symbol *s = &f->symbols[symbol];
    for (uint32_t m = s->member_begin; m < s->member_end; m++) {
        if (f->members[m].word_class + 1 != slot->word_class) continue;
        if (f->members[m].modifier == 0 || has_dependent(in, token, f->members[m].modifier))
            return true;
    }
    return false;
}

bool roles_word_fits(const struct what_input *in, const struct frame_slot *slot, uint32_t token)
{
    const struct tree *t = in->tree;
    if (word_fits(in, slot, token)) return true;
    EACH_CHILD(t, child, token) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_CONJ && word_fits(in, slot, child)) return true;
        /* "a round of TALKS", "hundreds of TROOPS" */
        if (dep == DEP_NMOD && child > token) {
            uint32_t marker = tree_marker(t, child);
            if (marker != NONE && lemma_has(t, marker, CLASS_OF) && word_fits(in, slot, child))
                return true;
        }
    }
    return false;
}
