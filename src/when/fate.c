/* fate.c - see fate.h. */
#include "when/fate.h"

/* What a fate is told by: verbs whose object it befalls, verbs whose subject it befalls, nouns and
 * adjectives. */
struct fate_words {
    enum quantity_kind kind;
    int done, suffered, named; /* word classes, or NO_CLASS */
    bool people;               /* its verbs are of things, too: "captured 12 towns" */
};

enum { NO_CLASS = -1, MOST_STEPS = 4 };

static const struct fate_words fates[] = {
    {QUANTITY_KILLED, CLASS_KILL, CLASS_DIE, CLASS_DEATH, false},
    {QUANTITY_WOUNDED, CLASS_WOUND, NO_CLASS, CLASS_INJURY, false},
    {QUANTITY_CASUALTIES, NO_CLASS, NO_CLASS, CLASS_CASUALTY, false},
    {QUANTITY_MISSING, NO_CLASS, NO_CLASS, CLASS_MISSING, true},
    {QUANTITY_ABDUCTED, CLASS_ABDUCT, NO_CLASS, CLASS_ABDUCTED, false},
    {QUANTITY_ARRESTED, CLASS_ARREST, NO_CLASS, CLASS_ARRESTED, true},
    {QUANTITY_RELEASED, CLASS_FREE, NO_CLASS, CLASS_FREED, true},
    {QUANTITY_DISPLACED, CLASS_DISPLACE, CLASS_FLEE, CLASS_DISPLACED, true},
    {QUANTITY_PROTESTERS, NO_CLASS, CLASS_RALLY, NO_CLASS, true},
};

/* A fate under search: what is found is kept with the word that tells it. */
struct fate_search {
    const struct tree *tree;
    bool person; /* the count is of people, or says not of what */
    enum quantity_kind kind;
    uint32_t deed;
};

static bool is_of(const struct tree *tree, uint32_t t, int class)
{
    return class != NO_CLASS && word_has(tree, t, (enum word_class) class);
}

enum fate_role { ROLE_DONE, ROLE_SUFFERED, ROLE_NAMED };

/* Whether token t tells a fate in that role; keeps it. */
static bool tells(struct fate_search *s, uint32_t t, enum fate_role role)
{
    for (size_t k = 0; k < sizeof fates / sizeof *fates; k++) {
        const struct fate_words *f = &fates[k];
        int class = role == ROLE_DONE ? f->done : role == ROLE_SUFFERED ? f->suffered : f->named;
        if (!is_of(s->tree, t, class)) continue;
        if (f->people && !s->person) return false;
        s->kind = f->kind;
        s->deed = t;
        return true;
    }
    return false;
}

/* ---- above the count ---- */

/* "left 12 people dead", "were found dead", "went missing": a predicate of the count at its verb.
 */
static bool predicate_tells(struct fate_search *s, uint32_t verb, uint32_t count)
{
    EACH_CHILD(s->tree, c, verb) {
        uint8_t dep = s->tree->words[c].dep;
        bool predicate = dep == DEP_XCOMP || dep == DEP_OBJ || dep == DEP_ADVMOD || dep == DEP_OBL;
        if (c != count && predicate && tree_preposition(s->tree, c) == NONE &&
            tells(s, c, ROLE_NAMED))
            return true;
    }
    return false;
}

static bool keep_killed(struct fate_search *s, uint32_t deed)
{
    s->kind = QUANTITY_KILLED;
    s->deed = deed;
    return true;
}

static bool object_tells(struct fate_search *s, uint32_t verb, uint32_t count)
{
    const struct tree *tree = s->tree;
    if (tells(s, verb, ROLE_DONE) || predicate_tells(s, verb, count)) return true;
    if (lemma_has(tree, count, CLASS_LIFE) && lemma_has(tree, verb, CLASS_TAKE_LIFE))
        return keep_killed(s, verb);
    uint32_t subject = tree_child(tree, verb, DEP_NSUBJ);
    if (subject == NONE || !lemma_has(tree, verb, CLASS_INCLUDE)) return false;
    return tells(s, subject, ROLE_NAMED); /* "the dead included 12 children" */
}

static bool subject_tells(struct fate_search *s, uint32_t verb, uint32_t count)
{
    const struct tree *tree = s->tree;
    uint32_t object = tree_child(tree, verb, DEP_OBJ);
    if (tells(s, verb, ROLE_SUFFERED) || tells(s, verb, ROLE_NAMED)) return true;
    if (object != NONE && lemma_has(tree, object, CLASS_LIFE) && lemma_has(tree, verb, CLASS_LOSE))
        return keep_killed(s, verb);
    /* "12 killed in crash": a headline's participle reads like a past tense */
    if (object == NONE && tells(s, verb, ROLE_DONE)) return true;
    return predicate_tells(s, verb, count);
}

/* "the toll rose to 40", "the dead numbered 40". */
static bool toll_tells(struct fate_search *s, uint32_t verb)
{
    uint32_t subject = tree_child(s->tree, verb, DEP_NSUBJ);
    return subject != NONE && tells(s, subject, ROLE_NAMED);
}

/* A word that is only a number: "hundreds", "two of", "a total of". */
static bool is_amount(const struct tree *tree, uint32_t t)
{
    uint8_t class = tree->know->words[tree->form_word[t]].time_class;
    return tree->words[t].upos == UPOS_NUM || class == TW_SCALES || class == TW_SCALE ||
           class == TW_DOZEN || class == TW_COUPLE || lemma_has(tree, t, CLASS_SEVERAL) ||
           lemma_has(tree, t, CLASS_COLLECTIVE);
}

/* What stands above the token in the tree tells it; *up gets the token to go on from, or NONE. */
static bool head_tells(struct fate_search *s, uint32_t t, uint32_t *up)
{
    const struct tree *tree = s->tree;
    uint32_t head = tree->words[t].head;
    *up = NONE;
    if (head == NONE) return false;
    switch (tree->words[t].dep) {
    case DEP_OBJ: return object_tells(s, head, t) || toll_tells(s, head);
    case DEP_NSUBJ_PASS: return tells(s, head, ROLE_DONE) || subject_tells(s, head, t);
    case DEP_NSUBJ: return subject_tells(s, head, t);
    case DEP_OBL: /* "wounded at least 30": an object with a preposition inside */
        if (tree_marker(tree, t) == NONE && object_tells(s, head, t)) return true;
        return toll_tells(s, head);
    case DEP_CONJ:
    case DEP_APPOS: *up = head; return false;
    case DEP_NUMMOD: *up = head; return false;
    case DEP_NMOD:
    case DEP_NMOD_POSS:
    case DEP_COMPOUND:
    case DEP_ACL:
        if (is_amount(tree, head)) { /* "hundreds of people"; of "17 of the 20" the 20 are no 17 */
            bool whole =
                tree->words[head].upos == UPOS_NUM && tree_child(tree, t, DEP_NUMMOD) != NONE;
            *up = whole ? NONE : head;
            return false;
        }
        return tells(s, head, ROLE_DONE) || tells(s, head, ROLE_NAMED);
    default: return false;
    }
}

/* ---- below it ---- */

/* "12 wounded soldiers", "12 people killed in the raid", "12 people who died". */
static bool children_tell(struct fate_search *s, uint32_t t)
{
    const struct tree *tree = s->tree;
    EACH_CHILD(tree, c, t) {
        uint8_t dep = tree->words[c].dep;
        bool participle =
            tree->words[c].verb == VERB_PARTICIPLE || tree->words[c].verb == VERB_PAST;
        if (dep == DEP_AMOD && tells(s, c, ROLE_NAMED)) return true;
        if ((dep == DEP_AMOD || dep == DEP_ACL) && participle && tells(s, c, ROLE_DONE))
            return true;
        if (dep == DEP_ACL_RELCL && tells(s, c, ROLE_SUFFERED)) return true;
        if (dep == DEP_ACL_RELCL && tree_is_passive(tree, c) && tells(s, c, ROLE_DONE)) return true;
    }
    return false;
}

enum quantity_kind fate_of(const struct tree *tree, uint32_t head, uint32_t next, uint32_t *deed)
{
    uint8_t upos = tree->words[head].upos;
    bool person = upos == UPOS_NUM || upos == UPOS_ADJ || upos == UPOS_PROPN;
    struct fate_search s = {tree, person || word_has(tree, head, CLASS_PERSON), QUANTITY_COUNT,
                            NONE};
    bool found = next != NONE && (tells(&s, next, ROLE_NAMED) || tells(&s, next, ROLE_DONE));
    if (!found) found = children_tell(&s, head);
    for (uint32_t t = head, step = 0; !found && t != NONE && step < MOST_STEPS; step++) {
        uint32_t up;
        found = head_tells(&s, t, &up);
        t = up;
    }
    s.person = true; /* "70 arrests" */
    if (!found) found = tells(&s, head, ROLE_NAMED);
    *deed = s.deed;
    if (found) return s.kind;
    if (word_has(tree, head, CLASS_TROOP)) return QUANTITY_TROOPS;
    return word_has(tree, head, CLASS_PROTESTER) ? QUANTITY_PROTESTERS : QUANTITY_COUNT;
}
