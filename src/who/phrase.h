/* phrase.h - small questions about how words are written. */
#ifndef DETENTE_PHRASE_H
#define DETENTE_PHRASE_H

#include "who/who_work.h"

struct str phrase_form(const struct who_work *w, uint32_t token);
/* The token is that mark (",", "-"). False past the end. */
bool phrase_is_mark(const struct who_work *w, uint32_t token, const char *mark);
/* It begins with a capital; in a text without capitals, it is tagged as a name. */
bool phrase_capital(const struct who_work *w, uint32_t token);
/* A noun phrase may go on with the token: "more" before "soldiers", "than". False past the end. */
bool phrase_goes_on(const struct who_work *w, uint32_t token);
/* The mark of a possessor: 's or a bare apostrophe. False past the end. */
bool phrase_possessive(const struct who_work *w, uint32_t token);
/* A hyphen without a blank before it: "pro-Russian", not a dash. */
bool phrase_hyphen(const struct who_work *w, uint32_t token);

#endif
