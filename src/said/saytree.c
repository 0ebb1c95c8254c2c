/* saytree.c - see saytree.h. */
#include "said/saytree.h"

static bool tree_arrays(struct arena *arena, uint32_t n, struct say_tree *out)
{
    out->first_child = ARENA_NEW(arena, n, uint32_t);
    out->next_child = ARENA_NEW(arena, n, uint32_t);
    out->left = ARENA_NEW(arena, n, uint32_t);
    out->right = ARENA_NEW(arena, n, uint32_t);
    return out->first_child != NULL && out->next_child != NULL && out->left != NULL &&
           out->right != NULL;
}

static uint32_t head_of(const struct say_tree *tree, uint32_t t)
{
    uint32_t head = tree->lang->words[t].head;
    return head == t || head >= tree->n ? NO_TOKEN : head;
}

/* Children in order: each is put before those already there, from the last word to the first. */
static void link_children(struct say_tree *tree, uint32_t *waiting)
{
    for (uint32_t t = 0; t < tree->n; t++) {
        tree->first_child[t] = tree->next_child[t] = NO_TOKEN;
        tree->left[t] = t;
        tree->right[t] = t + 1;
    }
    for (uint32_t t = tree->n; t-- > 0;) {
        uint32_t head = head_of(tree, t);
        if (head == NO_TOKEN) continue;
        if (waiting[head]++ >= SAY_CHILDREN) continue;
        tree->next_child[t] = tree->first_child[head];
        tree->first_child[head] = t;
    }
}

static void hand_up(struct say_tree *tree, uint32_t *waiting)
{
    for (uint32_t start = 0; start < tree->n; start++) {
        uint32_t t = start;
        /* A leaf, or a word whose last child has just come: go up as far as that holds. */
        while (waiting[t] == 0) {
            uint32_t head = head_of(tree, t);
            waiting[t] = NO_TOKEN; /* done */
            if (head == NO_TOKEN || waiting[head] == NO_TOKEN) break;
            /* Marks at the ends belong to no one: they would tie a clause across its neighbour. */
            bool mark = tree->lang->words[t].upos == UPOS_PUNCT;
            if (!mark && tree->left[t] < tree->left[head]) tree->left[head] = tree->left[t];
            if (!mark && tree->right[t] > tree->right[head]) tree->right[head] = tree->right[t];
            waiting[head]--;
            t = head;
        }
    }
}

bool saytree_build(struct arena *arena, const struct text_layer *text,
                   const struct lang_layer *lang, struct say_tree *out)
{
    *out = (struct say_tree){.lang = lang, .n = text->n_tokens};
    uint32_t *waiting = ARENA_NEW(arena, out->n, uint32_t);
    if (waiting == NULL || !tree_arrays(arena, out->n, out)) return false;
    link_children(out, waiting);
    hand_up(out, waiting);
    return true;
}

uint32_t saytree_child(const struct say_tree *tree, uint32_t t, enum dep dep)
{
    for (uint32_t c = tree->first_child[t]; c != NO_TOKEN; c = tree->next_child[c])
        if (tree->lang->words[c].dep == dep) return c;
    return NO_TOKEN;
}
