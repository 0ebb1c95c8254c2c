/* sectors.h - the sectors of actors ("GOV", "REB") and what is true of each, as data.
 *
 * Which classes there are stands here, because C asks for them by name; which sectors are of a
 * class stands in knowledge/words/sectors.txt, and a user's folder may add a sector or change one
 * (doc/knowledge.md). A sector that no file describes is of no class. */
#ifndef DETENTE_SECTORS_H
#define DETENTE_SECTORS_H

#include "know/know.h"

/* Name in C, name in the files, whether one sector alone may have it, what it decides. */
#define SECTOR_CLASSES(X)                                                                          \
    X(STATE, "state", false, "organs of a state: a description takes the story's country")         \
    X(PARTY, "party", false, "parties to a story, which stay the same through it")                 \
    X(LOCAL, "local", false, "those who act where they are: the place gives the country")          \
    X(HOME, "home", false, "those who act at home: the country that the story is about")           \
    X(SPEAKS, "speaks", false, "those whose words are their country's")                            \
    X(GOVERNMENT, "government", true, "the sector of 'the two governments'")                       \
    X(COUNTERPART, "counterpart", true, "of a counterpart, where nobody knows whose he is")        \
    X(GROUP, "group", false, "those whose bodies are called a group, a movement, an organisation") \
    X(PEOPLE, "people", true, "of people of whom nothing else is said")                            \
    X(BUSINESS, "business", true, "of companies")                                                  \
    X(FORCES, "forces", true, "of armed forces: whose are a state's airstrikes")                   \
    X(POLICE, "police", true, "of officers of whom nothing else is said")                          \
    X(FORMER, "former", true, "of people who held an office once")

#define SECTOR_CLASS_ENUM(name, text, sole, meaning) SECTOR_##name,
enum { SECTOR_BYTES = 16 };
/* In the sector of an agent (petrarch.h) where the country belongs: "NGO~" makes "NGOFRA". Without
 * it the country stands first. */
#define SECTOR_PLACE '~'
enum sector_class { SECTOR_CLASSES(SECTOR_CLASS_ENUM) SECTOR_CLASS_COUNT };

struct know_sector {
    char code[SECTOR_BYTES]; /* sorted by it; a zero at the end */
    uint32_t name;           /* "government" */
    uint32_t classes;        /* bit c: enum sector_class c */
};

extern const char *const sector_class_name[SECTOR_CLASS_COUNT];
/* One sector at most is of such a class. */
extern const bool sector_class_sole[SECTOR_CLASS_COUNT];

/* The sector of that code, else of its first three letters ("GOVFRM" is one of the government), or
 * NULL. It belongs to the base. */
const struct know_sector *sector_find(const struct know *know, const char *sector);
/* Whether the sector is of the class; NULL and "" are of none. A few comparisons. */
bool sector_has(const struct know *know, const char *sector, enum sector_class class);
/* The sector that has a class which one alone may have, or NULL when none has. It belongs to the
 * base. */
const char *sector_with(const struct know *know, enum sector_class class);

#endif
