/* wanted.h - event records as an example writes them: SOURCE -> TARGET CODE [DATE] [STATUS]
 * [attributes]. Which of them the story gave, and which it gave beyond them. */
#ifndef SPEC_WANTED_H
#define SPEC_WANTED_H

#include "answer.h"

struct wanted {
    const struct spec_line *line;
    struct view record;     /* the text behind "event", "miss event" or the indentation */
    struct view attributes; /* its end */
    bool miss;              /* known not to work */
    size_t event;           /* the one that it claims, if any */
};

enum { NO_EVENT = -1 };

/* NULL, or what was expected where the record is wrong. */
const char *wanted_fault(struct wanted *w);

/* Lets each record claim an event of its own. False when one that is no miss has none. */
bool wanted_claim(struct wanted *all, size_t n, const struct answer *a);
/* True when a record claims the event, or the event is not actual. */
bool event_is_wanted(const struct wanted *all, size_t n, const struct answer *a, size_t event);

/* One line for each event, with the attributes that the records name. */
void events_show(const struct wanted *all, size_t n, const struct answer *a);

bool event_is_actual(const json_t *event);

#endif
