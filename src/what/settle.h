/* settle.h - the country of those whose country the words leave out.
 *
 * "Police arrested three men in Lagos": police and men are of the country where it happens. In: an
 * event with its place, the actors of its other side, the places and actors of the story. Out: code
 * and country of a party. */
#ifndef DETENTE_SETTLE_H
#define DETENTE_SETTLE_H

#include "what/roles.h"

struct settling {
    const struct what_input *in;
    struct arena *arena;
    const char *home; /* the country that the story is about, or "" */
};

/* Once a story. */
void settle_begin(const struct what_input *in, struct arena *arena, struct settling *out);
/* Gives the party a country where its actor has none and is of a sector that acts at home or for a
 * state: that of the event's place, of the only place of its sentence, of the other side, of the
 * story. Persons without a code become people. False only when memory ran out. */
bool settle_country(const struct settling *s, const struct event *e,
                    const struct actor_list *others, struct party *party);

#endif
