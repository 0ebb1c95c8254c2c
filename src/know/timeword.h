/* timeword.h - what the base knows of the words of time: classes, values, rules of holidays.
 *
 * knowledge/words/times.txt gives a word at most one class of time ("weekday", "unit", "scale")
 * and, where the class has values, one of them: a number, a name from the lists below, or the rule
 * by which a holiday finds its day. The reader of these files, the check of a compiled base and the
 * grammar of src/when share the tables here. Classes follow the token types of SynTime (Zhong et
 * al. 2017). */
#ifndef DETENTE_TIMEWORD_H
#define DETENTE_TIMEWORD_H

#include "base/str.h"

/* ---- named values: name in C, name in the files ---- */

#define TIME_UNITS(X)                                                                              \
    X(SECOND, "second")                                                                            \
    X(MINUTE, "minute")                                                                            \
    X(HOUR, "hour")                                                                                \
    X(DAY, "day")                                                                                  \
    X(WEEK, "week")                                                                                \
    X(WEEKEND, "weekend")                                                                          \
    X(MONTH, "month")                                                                              \
    X(QUARTER, "quarter")                                                                          \
    X(YEAR, "year")                                                                                \
    X(DECADE, "decade")                                                                            \
    X(CENTURY, "century")
/* The grammar asks for "up to the evening" and "midday and later": the order matters. */
#define DAY_PARTS(X)                                                                               \
    X(MORNING, "morning")                                                                          \
    X(AFTERNOON, "afternoon")                                                                      \
    X(EVENING, "evening")                                                                          \
    X(NIGHT, "night")                                                                              \
    X(DAWN, "dawn")                                                                                \
    X(DUSK, "dusk")                                                                                \
    X(MIDDAY, "midday")                                                                            \
    X(NOON, "noon")                                                                                \
    X(MIDNIGHT, "midnight")
#define TIME_MODS(X)                                                                               \
    X(START, "start")                                                                              \
    X(MID, "mid")                                                                                  \
    X(END, "end")                                                                                  \
    X(APPROX, "approx")                                                                            \
    X(MORE_THAN, "more-than")                                                                      \
    X(LESS_THAN, "less-than")                                                                      \
    X(EQUAL_OR_MORE, "equal-or-more")                                                              \
    X(EQUAL_OR_LESS, "equal-or-less")
#define TIME_REFS(X)                                                                               \
    X(PRESENT, "present")                                                                          \
    X(PAST, "past")                                                                                \
    X(FUTURE, "future")
#define SEASONS(X)                                                                                 \
    X(SPRING, "spring")                                                                            \
    X(SUMMER, "summer")                                                                            \
    X(AUTUMN, "autumn")                                                                            \
    X(WINTER, "winter")
#define CLOCK_HALVES(X)                                                                            \
    X(AM, "am")                                                                                    \
    X(PM, "pm")
#define ERAS(X)                                                                                    \
    X(AD, "ad")                                                                                    \
    X(BC, "bc")

#define UNIT_ENUM(name, text)   UNIT_##name,
#define PART_ENUM(name, text)   PART_##name,
#define MOD_ENUM(name, text)    MOD_##name,
#define REF_ENUM(name, text)    REF_##name,
#define SEASON_ENUM(name, text) SEASON_##name,
#define CLOCK_ENUM(name, text)  CLOCK_##name,
#define ERA_ENUM(name, text)    ERA_##name,
enum time_unit { TIME_UNITS(UNIT_ENUM) UNIT_COUNT };
enum day_part { PART_NONE, DAY_PARTS(PART_ENUM) PART_COUNT };
enum time_mod { MOD_NONE, TIME_MODS(MOD_ENUM) MOD_COUNT };
enum time_ref { TIME_REFS(REF_ENUM) REF_COUNT };
enum season { SEASON_NONE, SEASONS(SEASON_ENUM) SEASON_COUNT };
enum clock_half { CLOCK_HALVES(CLOCK_ENUM) CLOCK_COUNT };
enum era { ERAS(ERA_ENUM) ERA_COUNT };

extern const char *const time_unit_name[UNIT_COUNT];

/* ---- classes: name in C, name in the files, kind of its values, what its words are ---- */

#define TIME_CLASSES(X)                                                                            \
    X(ABOUT, "about", MOD, "say that an amount is not exact")                                      \
    X(AFTER, "after", NONE, "after: two days after")                                               \
    X(AGO, "ago", NONE, "back from the story's day: six days ago")                                 \
    X(AND, "and", NONE, "and: a year and a half, April 24 and 25")                                 \
    X(ARTICLE, "article", NONE, "indefinite articles: a week")                                     \
    X(AT, "at", NONE, "at: on Friday at 3 p.m., at least")                                         \
    X(BEFORE, "before", NONE, "before: two days before")                                           \
    X(CLOCK_HALF, "clock-half", CLOCK, "halves of the day after an hour: 3 p.m.")                  \
    X(COMING, "coming", NONE, "ahead, before a length: the coming months")                         \
    X(COUPLE, "couple", COUNT, "vague numbers that take an article: a couple of days")             \
    X(DAYPART, "day-part", PART, "parts of the day")                                               \
    X(DAYPARTS, "day-parts", PART, "the same in the plural: nights")                               \
    X(DAYWORD, "day-word", DAYS, "days counted from the story's: yesterday is -1")                 \
    X(DECADE, "decade", DECADE, "decades of a century: the eighties, 80")                          \
    X(DOZEN, "dozen", COUNT, "numbers that count like things: two dozen")                          \
    X(EARLIER, "earlier", NONE, "back from the day last told; the start of: earlier this year")    \
    X(EDGE, "edge", MOD, "the start, middle or end of a time: the end of March")                   \
    X(ERA, "era", ERA, "eras of a year: 238 BC")                                                   \
    X(EVERY, "every", NONE, "make a time one that comes again: every Friday")                      \
    X(FILLER, "filler", NONE, "may stand between amount and unit: six consecutive days")           \
    X(FISCAL, "fiscal", NONE, "before a year: fiscal 2024")                                        \
    X(FOLLOWING, "following", NONE, "the one after the time last told")                            \
    X(FORTNIGHT, "fortnight", NONE, "units of two weeks")                                          \
    X(FREQUENCY, "frequency", UNIT, "how often: weekly")                                           \
    X(FROM, "from", NONE, "from: two weeks from now")                                              \
    X(FUTURE, "future", REF, "nouns for what lies ahead")                                          \
    X(HALF, "half", NONE, "half: half an hour, the first half of 2024")                            \
    X(HENCE, "hence", NONE, "ahead of the story's day")                                            \
    X(HOLIDAY, "holiday", HOLIDAY, "days with a name: Christmas, 9/11")                            \
    X(IN, "in", NONE, "in: in May")                                                                \
    X(LAST, "last", NONE, "the one before the story's day: last week")                             \
    X(LATER, "later", NONE, "ahead of the day last told; the end of: later this year")             \
    X(LEAST, "least", MOD, "bounds after at: at least")                                            \
    X(LETTER_S, "letter-s", NONE, "the letter of a decade: 1990s")                                 \
    X(LOCAL, "local", NONE, "before the word time, behind an hour: local time")                    \
    X(LONG, "long", NONE, "behind a unit: week-long")                                              \
    X(MONTH, "month", MONTH, "months")                                                             \
    X(MONTH_SHORT, "month-short", MONTH, "their short forms: Feb.")                                \
    X(MORE, "more", MOD, "compare, before than: more than a week")                                 \
    X(NEXT, "next", NONE, "the one after the story's day: next week")                              \
    X(NUMBER, "number", COUNT, "numbers below a hundred in words")                                 \
    X(OF, "of", NONE, "of: the summer of 2014")                                                    \
    X(OLD, "old", NONE, "make a length an age: six years old")                                     \
    X(ON, "on", NONE, "on: at 3 p.m. on Friday")                                                   \
    X(OR, "or", NONE, "or: May or June")                                                           \
    X(ORDINAL, "ordinal", COUNT, "ordinals: the third quarter")                                    \
    X(OVER, "over", MOD, "bounds right before an amount: over a week")                             \
    X(PAST, "past", NONE, "back, before a length: the past two months")                            \
    X(PER, "per", NONE, "per: per year, per cent")                                                 \
    X(PHASE, "phase", MOD, "the start, middle or end of a time: late March")                       \
    X(PREPOSITION, "preposition", NONE, "other prepositions of time: since May")                   \
    X(PRESENT, "present", REF, "nouns for now: the present")                                       \
    X(PREVIOUS, "previous", NONE, "the one before the time last told")                             \
    X(QUARTER_MARK, "quarter-mark", NONE, "the letter of a quarter: Q3")                           \
    X(RECENT, "recent", NONE, "back, before a length only: recent weeks")                          \
    X(REFERENCE, "reference", REF, "adverbs for now, the past, the future")                        \
    X(REFERENCE_ADJ, "reference-adjective", REF, "adjectives for the same: current")               \
    X(SAME, "same", NONE, "the time last told: the same day")                                      \
    X(SCALE, "scale", SCALE, "multiply the number before them: hundred, million")                  \
    X(SCALES, "scales", SCALE, "plurals that stand for no exact number: dozens, thousands")        \
    X(SCALE_SHORT, "scale-short", SCALE, "short forms of scales behind digits: 5bn")               \
    X(SEASON, "season", SEASON, "seasons")                                                         \
    X(SUFFIX, "suffix", NONE, "endings of ordinals in digits: 12th")                               \
    X(THAN, "than", NONE, "than: more than a week")                                                \
    X(THAT, "that", NONE, "the time last told: that night")                                        \
    X(THE, "the", NONE, "the definite article: the 12th of May")                                   \
    X(THIS, "this", NONE, "the one that the story's day lies in or is near: this week")            \
    X(TIMEWORD, "time", NONE, "the word time: local time")                                         \
    X(TO, "to", NONE, "to: from May to June, up to a week")                                        \
    X(TONIGHT, "tonight", NONE, "the story's night")                                               \
    X(UNIT, "unit", UNIT, "units of time")                                                         \
    X(UNITS, "units", UNIT, "their plurals")                                                       \
    X(UNIT_SHORT, "unit-short", UNIT, "their short forms: hrs")                                    \
    X(UP, "up", NONE, "before to and an amount: up to a week")                                     \
    X(VAGUE, "vague", NONE, "numbers that are not said: several days")                             \
    X(WEEKDAY, "weekday", WEEKDAY, "days of the week, Monday is 1")                                \
    X(WEEKDAYS, "weekdays", WEEKDAY, "their plurals: on Fridays")                                  \
    X(WEEKDAY_SHORT, "weekday-short", WEEKDAY, "their short forms: Fri.")                          \
    X(ZONE, "zone", NONE, "time zones in letters: GMT")

#define TIME_CLASS_ENUM(name, text, kind, meaning) TW_##name,
enum time_class { TW_NONE, TIME_CLASSES(TIME_CLASS_ENUM) TW_COUNT };

/* TW_COUNT when there is no class of that name. */
enum time_class timeword_class(struct str name);
/* The name of a class in the files; "" for TW_NONE. */
const char *timeword_class_name(enum time_class class);

/* Reads the value of a class as the files write it: "-" where the class has none. False when it is
 * not one. */
bool timeword_read_value(enum time_class class, struct str text, int64_t *value);
/* What timeword_read_value() expects, for messages: "a number from 1 to 12". */
const char *timeword_expected(enum time_class class);
/* Whether a value, as stored in a compiled base, is one of the class. */
bool timeword_fits(unsigned class, int64_t value);

/* ---- holidays ---- */

enum holiday_rule {
    HOLIDAY_NONE,
    HOLIDAY_FIXED,  /* "12-25": month and day; "2001-09-11": of one year */
    HOLIDAY_EASTER, /* "easter", "easter-2": `offset` days from the Western Easter Sunday */
    HOLIDAY_ORTHODOX_EASTER, /* "orthodox-easter+1" */
    HOLIDAY_WEEKDAY,         /* "fourth-thursday-of-november": nth weekday of month */
    HOLIDAY_RULES
};

enum { NTH_LAST = 5 };

struct holiday {
    uint8_t rule; /* enum holiday_rule */
    int8_t offset;
    uint8_t month, day;
    uint8_t nth, weekday; /* 1 to 4, or NTH_LAST; 1 is Monday */
    uint16_t year;        /* 0: every year */
};

/* The holiday that a value of TW_HOLIDAY stands for. */
struct holiday timeword_holiday(int64_t value);

#endif
