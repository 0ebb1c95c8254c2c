/* pagetree.c - see pagetree.h. Cost: linear in the page, times the bounds below. */
#include "page/pagetree.h"

#include <myhtml/myhtml.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECE_BYTES = 16384, /* between two looks at the bounds */
    DEPTH_MOST = 600,    /* browsers stop at 512 */
    FORMATS_MOST = 120,  /* <b>, <i>, <font> ... left open, that are opened again in each block */
    NODES_MOST = 200000,
    ATTRIBUTES_MOST = 4000,    /* of one tag that goes on from one piece to the next */
    TOKENS_MOST = 500000,      /* tags and pieces of text, also those that the tree ignores */
    KEPT_BYTES = 1000000,      /* behind a larger page the parser's memory is given back */
    ROOT_ATTRIBUTES_MOST = 100 /* of <html> and <body>, whose repetitions are joined */
};

struct page_tree {
    myhtml_t *parser;
    myhtml_tree_t *tree;
    size_t n_nodes, n_tokens;
    bool swollen; /* the last page was a large one */
};

static void count_node(myhtml_tree_t *tree, myhtml_tree_node_t *node, void *context)
{
    (void)tree;
    (void)node;
    ((struct page_tree *)context)->n_nodes++;
}

/* Counts tokens, and cuts the attributes of <html> and <body>. What it
 * returns is the context of the next call. */
static void *take_token(myhtml_tree_t *tree, myhtml_token_node_t *token, void *context)
{
    (void)tree;
    ((struct page_tree *)context)->n_tokens++;
    if (token->tag_id != MyHTML_TAG_BODY && token->tag_id != MyHTML_TAG_HTML) return context;
    size_t n = 0;
    for (myhtml_token_attr_t *a = token->attr_first; a != NULL; a = a->next) {
        if (++n < ROOT_ATTRIBUTES_MOST || a->next == NULL) continue;
        a->next = NULL;
        token->attr_last = a;
        break;
    }
    return context;
}

static void close_parser(struct page_tree *tree)
{
    if (tree->tree != NULL) myhtml_tree_destroy(tree->tree);
    if (tree->parser != NULL) myhtml_destroy(tree->parser);
    tree->tree = NULL;
    tree->parser = NULL;
}

/* MyHTML's own memory is kept between pages. */
static bool open_parser(struct page_tree *tree)
{
    tree->parser = myhtml_create();
    if (tree->parser == NULL ||
        myhtml_init(tree->parser, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0) != MyHTML_STATUS_OK)
        return false;
    tree->tree = myhtml_tree_create();
    return tree->tree != NULL && myhtml_tree_init(tree->tree, tree->parser) == MyHTML_STATUS_OK;
}

struct page_tree *page_tree_new(void)
{
    struct page_tree *tree = calloc(1, sizeof *tree);
    if (tree == NULL) return NULL;
    if (!open_parser(tree)) {
        page_tree_free(tree);
        return NULL;
    }
    return tree;
}

void page_tree_free(struct page_tree *tree)
{
    if (tree == NULL) return;
    close_parser(tree);
    free(tree);
}

static bool too_wide(const myhtml_token_node_t *token, size_t most)
{
    size_t n = 0;
    if (token == NULL) return false;
    for (const myhtml_token_attr_t *a = token->attr_first; a != NULL; a = a->next)
        if (++n > most) return true;
    return false;
}

/* Whether a <body> that is written again brought too many attributes. */
static bool root_too_wide(const myhtml_tree_node_t *node)
{
    return node != NULL && too_wide(node->token, 4 * ROOT_ATTRIBUTES_MOST);
}

static bool within_bounds(const struct page_tree *tree)
{
    const myhtml_tree_t *t = tree->tree;
    return t->open_elements->length <= DEPTH_MOST && t->active_formatting->length <= FORMATS_MOST &&
           t->template_insertion->length <= DEPTH_MOST && tree->n_nodes <= NODES_MOST &&
           tree->n_tokens <= TOKENS_MOST && !too_wide(t->current_token_node, ATTRIBUTES_MOST) &&
           !root_too_wide(t->node_html) && !root_too_wide(t->node_body);
}

bool page_tree_parse(struct page_tree *tree, struct str html)
{
    if (tree->swollen || tree->tree == NULL) {
        close_parser(tree);
        if (!open_parser(tree)) return false;
    }
    myhtml_tree_t *t = tree->tree;
    tree->swollen = html.len > KEPT_BYTES;
    myhtml_tree_clean(t);
    myhtml_encoding_set(t, MyENCODING_UTF_8);
    myhtml_callback_tree_node_insert_set(t, count_node, tree);
    myhtml_callback_before_token_done_set(t, take_token, tree);
    tree->n_nodes = tree->n_tokens = 0;
    if (html.len == 0) html = STR(" "); /* a tree without a token is none */
    for (size_t at = 0; at < html.len && within_bounds(tree); at += PIECE_BYTES) {
        size_t len = html.len - at < PIECE_BYTES ? html.len - at : PIECE_BYTES;
        if (myhtml_parse_chunk_single(t, html.at + at, len) != MyHTML_STATUS_OK) return false;
    }
    return myhtml_parse_chunk_end(t) == MyHTML_STATUS_OK;
}

const struct myhtml_tree_node *page_tree_root(const struct page_tree *tree)
{
    return tree->tree->document;
}

const struct myhtml_tree_node *page_tree_body(const struct page_tree *tree)
{
    return tree->tree->node_body;
}

struct str node_text(const struct myhtml_tree_node *node)
{
    if (node->token == NULL || node->token->str.data == NULL) return (struct str){NULL, 0};
    return str_of(node->token->str.data, node->token->str.length);
}

struct str node_attribute(const struct myhtml_tree_node *node, const char *name)
{
    size_t len = strlen(name);
    if (node->token == NULL) return (struct str){NULL, 0};
    for (const myhtml_token_attr_t *a = node->token->attr_first; a != NULL; a = a->next)
        if (a->key.length == len && a->key.data != NULL && memcmp(a->key.data, name, len) == 0)
            return str_of(a->value.data != NULL ? a->value.data : "", a->value.length);
    return (struct str){NULL, 0};
}

const struct myhtml_tree_node *node_after(const struct myhtml_tree_node *node,
                                          const struct myhtml_tree_node *top, bool inside)
{
    if (inside && node->child != NULL) return node->child;
    while (node != top && node->next == NULL) {
        node = node->parent;
        if (node == NULL) return NULL;
    }
    return node == top ? NULL : node->next;
}
