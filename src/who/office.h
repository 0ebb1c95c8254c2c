/* office.h - what an entity of the base is coded on a day: by the office that a person held then.
 */
#ifndef DETENTE_OFFICE_H
#define DETENTE_OFFICE_H

#include "who/who_work.h"

/* The code on `day`; stores country and sector. `flags` are those of a unit: UNIT_FORMER,
 * UNIT_THEN.
 */
const char *office_code(const struct know *know, const struct know_entity *e, int32_t day,
                        uint16_t flags, const char **country, const char **sector);
/* Nothing that is known of the person had begun by then. */
bool office_none_yet(const struct know *know, const struct know_entity *e, int32_t day);
/* He holds no office on the day, and never held one of that title (a string of the base). */
bool office_is_new(const struct know *know, const struct know_entity *e, int32_t day,
                   uint32_t title);
/* The role noun of the person's office on the day ("president"), or NONE. */
uint32_t office_title(const struct know *know, const struct know_entity *e, int32_t day);
/* Of a string of the base that may be absent: NULL for 0. */
const char *know_z_or_null(const struct know *know, uint32_t s);

#endif
