/* anydate.h - a day in any usual spelling.
 *
 * "2024-06-13", "20240613", "2024/06/13", "June 13, 2024", "13 Jun 2024", "Thursday, 13 June 2024
 * 14:05 GMT", "Thu, 13 Jun 2024 14:05:00 +0200", "2024-06-13T23:30:00-05:00", "13/06/2024", seconds
 * and milliseconds since 1970. The day is the one that is written, not that of another zone. */
#ifndef DETENTE_ANYDATE_H
#define DETENTE_ANYDATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Which comes first in "05/06/2024". */
enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

/* Stores the day. False where the text is no day of the calendar, or where it hangs on the order
 * and that is unknown. */
bool anydate_read(struct str text, enum date_order order, int32_t *day);
/* What the text tells of the order: that of "13/06/2024" is day first; "05/06/2024" tells nothing. */
enum date_order anydate_order(struct str text);

#endif
