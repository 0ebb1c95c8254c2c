/* codes.h - codes of other systems for our own: FIPS 10-4 and the Correlates of War's for
 * countries, and what the pieces of an actor's code are. Tables under knowledge/codes/, one a set.
 */
#ifndef DETENTE_CODES_H
#define DETENTE_CODES_H

#include "know/know.h"

/* Name in C and the file's name without ".tsv". */
#define CODE_SETS(X)                                                                               \
    X(COW, "cow")     /* ISO 3166-1 alpha-3: number of the state */                                \
    X(FIPS, "fips")   /* ISO 3166-1 alpha-3, or with its division "PSE.GZ": FIPS 10-4 */           \
    X(PARTS, "parts") /* three letters of an actor's code: region, role, type, entity, group ...   \
                       */
#define CODE_SET_ENUM(name, text) CODES_##name,
enum code_set { CODE_SETS(CODE_SET_ENUM) CODE_SET_COUNT };
extern const char *const code_set_name[CODE_SET_COUNT];

/* Sorted by set and code. Members are offsets into the pool. */
struct know_code {
    uint32_t set; /* enum code_set */
    uint32_t code, value;
};

/* The value, or NULL. It belongs to the base. */
const char *know_code(const struct know *know, enum code_set set, struct str code);
/* The first-level division of that country and code, or NULL. Cost: a bisection. */
const struct know_place *know_division(const struct know *know, const char *country,
                                       const char *adm1);

#endif
