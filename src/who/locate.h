/* locate.h - the countries that the places of a story give to its actors; see locate.c. */
#ifndef DETENTE_LOCATE_H
#define DETENTE_LOCATE_H

#include "who/who_work.h"

/* Notes where the places of the story begin, and the country of its dateline. */
void locate_places(struct who_work *w);
/* The words are a place. */
bool locate_is_place(const struct who_work *w, uint32_t begin, uint32_t end);
/* The words are a place in another country than that entity: "Paris" in "Paris, Texas". */
bool locate_elsewhere(const struct who_work *w, uint32_t begin, uint32_t end, uint32_t country);
/* The country, an entity, of the place that begins at the token, or NONE. */
uint32_t locate_at(const struct who_work *w, uint32_t token);
/* The country of the place that the phrase from the token on names, at most to `to`: "the northern
 * city of Kaduna"; or NONE. */
uint32_t locate_phrase(const struct who_work *w, uint32_t from, uint32_t to);
/* The country of the place that ends right before the token: "Lagos police", "the London, Ontario,
 * police"; or NONE. */
uint32_t locate_before(const struct who_work *w, uint32_t token);

#endif
