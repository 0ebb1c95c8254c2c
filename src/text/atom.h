/* atom.h - cutting bytes into atoms, for the text stage itself; others call text_atoms(). */
#ifndef DETENTE_ATOM_H
#define DETENTE_ATOM_H

#include "text/text.h"

/* text_atoms(), which also tells whether the text has invalid UTF-8. At most 2^31 bytes. */
uint32_t atoms_cut(struct arena *arena, struct str text, struct atom **out, bool *invalid);

#endif
