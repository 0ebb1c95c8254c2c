/* boiler.h - paragraphs that are no part of a story. */
#ifndef DETENTE_BOILER_H
#define DETENTE_BOILER_H

#include "base/str.h"

/* True for "Click here to subscribe", "(c) 2024 ...", "Reporting by ...; editing by ...". */
bool boiler_match(struct str paragraph);

#endif
