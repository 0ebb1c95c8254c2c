/* petrarch_test.c - dictionaries of PETRARCH and TABARI: their kinds, lines, dates, and whose codes they
 * become. */
#include "unit.h"

#include "know/petrarch.h"
