/* robots.h - what a site allows programs to fetch: robots.txt as RFC 9309 has it. */
#ifndef DETENTE_ROBOTS_H
#define DETENTE_ROBOTS_H

#include <stdbool.h>

#include "base/str.h"

/* Whether the rules in `text` let a program of that name fetch `path` ("/a/b?c"). The rules are
 * those of all groups that name the program, else of the groups for "*"; of those that match, the
 * longest counts, and of equally long ones "allow". No rule: allowed. */
bool robots_allow(struct str text, const char *program, struct str path);

#endif
