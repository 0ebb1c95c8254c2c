/* when.h - times: TIMEX3 expressions and their values; quantities.
 *
 * In: the tree, the words of time in the base, the story's date. Out: times, steps and
 * quantities in order. Method: recognition by token classes and small grammars, normalisation
 * against the story's date and the reference time of the narrative (as in SynTime, Zhong et al.
 * 2017, and HeidelTime, Stroetgen & Gertz 2010). */
#ifndef DETENTE_WHEN_H
#define DETENTE_WHEN_H

#include "base/calendar.h" /* DAY_MIN */
#include "lang/tree.h"

enum timex_type { TIMEX_DATE, TIMEX_TIME, TIMEX_DURATION, TIMEX_SET };
extern const char *const timex_type_name[4];

struct timex {
    uint32_t begin, end; /* bytes */
    uint32_t token_begin, token_end;
    uint8_t type;      /* enum timex_type */
    const char *value; /* TIMEX3: "2025-02-27", "2025-W09", "P6M", "PT6H", "PAST_REF" */
    const char *mod;   /* "APPROX" ... or NULL */
    int32_t from, to;  /* days since 1970-01-01 that a DATE or TIME covers, `to`
                          excluded; DAY_MIN both where it has none */
    int32_t day;       /* the day meant where the value is wider: "two weeks ago"; else DAY_MIN */
    uint8_t future;    /* its clause tells of what lies ahead */
    uint8_t ends; /* it ends the stretch that the time before it begins: "from May 3 to MAY 7" */
};

/* How far apart two happenings lie: "two days after the vote", "the tenth anniversary of the war".
 * What the rest of the sentence tells comes that much later than what hangs on `link`, earlier
 * where `direction` is -1. */
struct time_step {
    uint32_t link; /* token: "after", "before", "anniversary" */
    int32_t amount;
    uint8_t unit; /* enum time_unit */
    int8_t direction;
    uint8_t anniversary; /* `link` is a noun with what is remembered behind it */
};

/* Name in C, name in the records. Behind PERCENT: counts of people by what befell them or what they
 * are (fate.h). */
#define QUANTITY_KINDS(X)                                                                          \
    X(DURATION, "duration")                                                                        \
    X(COUNT, "count")                                                                              \
    X(MONEY, "money")                                                                              \
    X(PERCENT, "percent")                                                                          \
    X(KILLED, "killed")                                                                            \
    X(WOUNDED, "wounded")                                                                          \
    X(CASUALTIES, "casualties")                                                                    \
    X(MISSING, "missing")                                                                          \
    X(ABDUCTED, "abducted")                                                                        \
    X(ARRESTED, "arrested")                                                                        \
    X(RELEASED, "released")                                                                        \
    X(DISPLACED, "displaced")                                                                      \
    X(TROOPS, "troops")                                                                            \
    X(PROTESTERS, "protesters")
#define QUANTITY_KIND_ENUM(name, text) QUANTITY_##name,
enum quantity_kind { QUANTITY_KINDS(QUANTITY_KIND_ENUM) QUANTITY_KIND_COUNT };
extern const char *const quantity_kind_name[QUANTITY_KIND_COUNT];

struct quantity {
    uint32_t begin, end;
    uint32_t token_begin, token_end;
    uint32_t head;            /* the token that carries it: what is counted, or the number */
    uint32_t deed;            /* the token that tells what befell those counted, or NONE */
    uint8_t kind;             /* enum quantity_kind */
    uint8_t approx;           /* 1: the text says that the number is not exact */
    double value;             /* 6; 1500000; the least that it can mean where no number is said */
    double at_least, at_most; /* "up to 40", "hundreds", "10 to 15"; NAN: no such bound */
    const char *unit; /* "hour"; "USD"; for counts the lemma of what is counted: "soldier" */
};

struct when_layer {
    struct timex *times;
    struct time_step *steps;
    struct quantity *quantities;
    uint32_t n_times, n_steps, n_quantities;
};

enum { YEAR_UNSET = INT32_MIN };

/* `day`: the story's date in days since 1970-01-01, or DAY_MIN (relative times then keep values
 * such as "XXXX-WXX-4" and no days); `year`: without a day, that of dates that name none, or
 * YEAR_UNSET. False only when memory ran out. */
bool when_find(struct arena *arena, const struct tree *tree, int32_t day, int32_t year,
               struct when_layer *out);

#endif
