/* pagetree.h - the tree of an HTML page, built within bounds.
 *
 * MyHTML builds it. Some of what the standard asks for is quadratic in what a page may hold (each
 * tag looks through the open elements, each second <body> through the attributes of the first), so
 * the page goes in by pieces, and where the tree grows past the bounds the rest is left out. */
#ifndef DETENTE_PAGETREE_H
#define DETENTE_PAGETREE_H

#include <detente.h>
#include <stdbool.h>

#include "base/str.h"

struct page_tree;
struct myhtml_tree_node;

struct page_tree *page_tree_new(void);       /* NULL: memory ran out */
void page_tree_free(struct page_tree *tree); /* NULL is allowed */
/* Reads a page, UTF-8; the tree before it is gone. False when memory ran out. */
bool page_tree_parse(struct page_tree *tree, struct str html);
/* The whole document, and its body (NULL: there is none). */
const struct myhtml_tree_node *page_tree_root(const struct page_tree *tree);
const struct myhtml_tree_node *page_tree_body(const struct page_tree *tree);

/* ---- what a node holds ---- */

/* Characters of a text node, or {NULL, 0}. */
struct str node_text(const struct myhtml_tree_node *node);
/* An attribute's value by its name in lower case; {NULL, 0} where there is none. */
struct str node_attribute(const struct myhtml_tree_node *node, const char *name);

/* The next node in the order of the page, behind all that is in `node` when `inside` is false;
 * NULL at the end of `top`. */
const struct myhtml_tree_node *node_after(const struct myhtml_tree_node *node,
                                          const struct myhtml_tree_node *top, bool inside);

#endif
