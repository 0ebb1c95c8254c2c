/* lines.h - which line ends are ends of paragraphs. */
#ifndef DETENTE_LINES_H
#define DETENTE_LINES_H

#include "text/text.h"

/* Finds the end of the block of lines (no empty line inside) that begins at atom `from`, and for
 * each line end inside it whether it ends a paragraph: sets ends[i] to 1 for the last atom of a
 * paragraph, else 0. Returns the atom after the block. */
uint32_t lines_block(struct str text, const struct atom *atoms, uint32_t n_atoms, uint32_t from,
                     uint8_t *ends);

#endif
