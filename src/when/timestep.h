/* timestep.h - how far apart two happenings lie: "two days after the vote".
 *
 * The length is no date by itself; together with the day of one happening it gives that of the
 * other (what/dating.h). */
#ifndef DETENTE_TIMESTEP_H
#define DETENTE_TIMESTEP_H

#include "when/timematch.h"

/* Reads the step whose linking word stands at item i: "after" and "before" behind a length or "the
 * day", "anniversary" behind an ordinal or a length. `phrases` are the times of the sentence. */
bool timestep_at(const struct time_reader *r, uint32_t i, const struct time_phrase *phrases,
                 uint32_t n_phrases, struct time_step *out);

#endif
