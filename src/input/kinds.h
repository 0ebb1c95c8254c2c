/* kinds.h - what a file is by its first bytes or its name, where it is no story. */
#ifndef DETENTE_KINDS_H
#define DETENTE_KINDS_H

#include <stdbool.h>

#include "base/str.h"

/* The name ends in "." and one of these words, in letters of any case. */
bool kind_has_ending(struct str name, const char *endings);
/* No binary file: no NULs, hardly any control characters. The head may be cut off. */
bool kind_is_text(struct str head);
/* A compressed file or an archive that can be opened. */
bool kind_is_packed(struct str head);
/* Why a file of this kind cannot be read, and what to do: "is a PDF file; convert it ..."; NULL: it is
 * none of those that are known. */
const char *kind_refusal(struct str name, struct str head);
/* Beside stories, in folders and archives, lie pictures, programs, style sheets: nobody meant them. */
bool kind_is_furniture(struct str name, struct str head);

#endif
