/* timeword.h - the words that time expressions are made of, by class.
 *
 * One table for the grammar (timematch.c), amounts (amount.c) and counts. Words are lower case
 * without full stops ("p.m." is "pm"), sorted by bytes (a test checks it), with a class and a value
 * whose meaning depends on the class: the month's number, the unit, the direction in time. Classes
 * follow the token types of SynTime (Zhong et al. 2017). Look-up is a binary search. */
#ifndef DETENTE_TIMEWORD_H
#define DETENTE_TIMEWORD_H

#include "base/shortword.h"

enum time_unit {
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_WEEKEND,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY
};

enum day_part {
    PART_NONE,
    PART_MO,
    PART_AF,
    PART_EV,
    PART_NI,
    PART_DAWN,
    PART_DUSK,
    PART_MI,
    PART_NOON,
    PART_MIDNIGHT
};

enum time_mod {
    MOD_NONE,
    MOD_START,
    MOD_MID,
    MOD_END,
    MOD_APPROX,
    MOD_MORE_THAN,
    MOD_LESS_THAN,
    MOD_EQUAL_OR_MORE,
    MOD_EQUAL_OR_LESS,
    MOD_BEFORE,
    MOD_AFTER
};

enum time_ref { REF_PRESENT, REF_PAST, REF_FUTURE };

/* clang-format off */
#define TIME_CLASSES(X)                                                                           \
    X(ABOUT) X(AFTER) X(AGO) X(AMPM) X(AND) X(ARTICLE) X(AT) X(BEFORE) X(COMING) X(COUPLE)        \
    X(DAYPART) X(DAYPARTS) X(DAYWORD) X(DECADE) X(DOZEN) X(EARLIER) X(EDGE) X(ERA) X(EVERY)       \
    X(FILLER) X(FISCAL) X(FOLLOWING) X(FORTNIGHT) X(FREQ) X(FROM) X(FUTURE) X(HALF) X(HENCE)      \
    X(HOLIDAY) X(IN) X(LAST) X(LATER) X(LEAST) X(LOCAL) X(MONTH) X(MONTH_SHORT) X(MORE) X(NEXT)   \
    X(NUMBER) X(OF) X(OLD) X(ON) X(OR) X(ORDINAL) X(OVER) X(OVERNIGHT) X(PAST) X(PER) X(PHASE)    \
    X(PREP) X(PRESENT) X(PREVIOUS) X(Q) X(RECENT) X(REF) X(REF_ADJ) X(S) X(SAME) X(SCALE)         \
    X(SCALES) X(SCALE_SHORT) X(SEASON) X(SOON) X(SUFFIX) X(THAN) X(THAT) X(THE) X(THIS)           \
    X(TIMEWORD) X(TO) X(TONIGHT) X(UNIT) X(UNITS) X(UNIT_SHORT) X(UP) X(VAGUE) X(WEEKDAY)         \
    X(WEEKDAYS) X(WEEKDAY_SHORT) X(ZONE)
/* clang-format on */

/* word, class, value */
/* clang-format off */
#define TIME_WORDS(X)                                                                             \
    X("a", ARTICLE, 1) X("about", ABOUT, MOD_APPROX) X("ad", ERA, 1) X("additional", FILLER, 0)   \
    X("after", AFTER, 1) X("afternoon", DAYPART, PART_AF) X("afternoons", DAYPARTS, PART_AF)      \
    X("ago", AGO, 0) X("almost", ABOUT, MOD_APPROX) X("am", AMPM, 0) X("an", ARTICLE, 1)          \
    X("and", AND, 0) X("annually", FREQ, UNIT_YEAR)                  \
    X("approximately", ABOUT, MOD_APPROX) X("apr", MONTH_SHORT, 4) X("april", MONTH, 4)           \
    X("around", ABOUT, MOD_APPROX) X("at", AT, 0) X("aug", MONTH_SHORT, 8) X("august", MONTH, 8)  \
    X("autumn", SEASON, 3) X("bc", ERA, -1) X("bce", ERA, -1) X("before", BEFORE, -1)             \
    X("beginning", EDGE, MOD_START) X("between", PREP, 0) X("billion", SCALE, 9)                  \
    X("billions", SCALES, 1000000000) X("bn", SCALE_SHORT, 9) X("brief", FILLER, 0)               \
    X("bst", ZONE, 0) X("business", FILLER, 0) X("by", PREP, 0) X("calendar", FILLER, 0)          \
    X("cdt", ZONE, 0) X("ce", ERA, 1) X("centuries", UNITS, UNIT_CENTURY)                         \
    X("century", UNIT, UNIT_CENTURY) X("cest", ZONE, 0) X("cet", ZONE, 0)                         \
    X("christmas", HOLIDAY, 1225) X("coming", COMING, 1) X("consecutive", FILLER, 0)              \
    X("couple", COUPLE, 2) X("cst", ZONE, 0) X("current", REF_ADJ, REF_PRESENT)                   \
    X("currently", REF, REF_PRESENT) X("daily", FREQ, UNIT_DAY) X("dawn", DAYPART, PART_DAWN)     \
    X("day", UNIT, UNIT_DAY) X("days", UNITS, UNIT_DAY) X("dec", MONTH_SHORT, 12)                 \
    X("decade", UNIT, UNIT_DECADE) X("decades", UNITS, UNIT_DECADE) X("december", MONTH, 12)      \
    X("dozen", DOZEN, 12) X("dozens", SCALES, 12) X("during", PREP, 0)                            \
    X("dusk", DAYPART, PART_DUSK) X("each", EVERY, 0) X("earlier", EARLIER, -1)                   \
    X("early", PHASE, MOD_START) X("easter", HOLIDAY, 2) X("edt", ZONE, 0) X("eight", NUMBER, 8)  \
    X("eighteen", NUMBER, 18) X("eighteenth", ORDINAL, 18) X("eighth", ORDINAL, 8)                \
    X("eighties", DECADE, 8) X("eighty", NUMBER, 80) X("eleven", NUMBER, 11)                      \
    X("eleventh", ORDINAL, 11) X("end", EDGE, MOD_END) X("est", ZONE, 0) X("et", ZONE, 1)         \
    X("evening", DAYPART, PART_EV) X("evenings", DAYPARTS, PART_EV) X("every", EVERY, 0)          \
    X("extra", FILLER, 0) X("fall", SEASON, 3) X("feb", MONTH_SHORT, 2) X("february", MONTH, 2)   \
    X("few", VAGUE, 0) X("fewer", MORE, MOD_LESS_THAN) X("fifteen", NUMBER, 15)                   \
    X("fifteenth", ORDINAL, 15) X("fifth", ORDINAL, 5) X("fifties", DECADE, 5)                    \
    X("fifty", NUMBER, 50) X("first", ORDINAL, 1) X("fiscal", FISCAL, 0) X("five", NUMBER, 5)     \
    X("following", FOLLOWING, 1) X("for", PREP, 0) X("forties", DECADE, 4)                        \
    X("fortnight", FORTNIGHT, 0) X("forty", NUMBER, 40) X("four", NUMBER, 4)                      \
    X("fourteen", NUMBER, 14) X("fourteenth", ORDINAL, 14) X("fourth", ORDINAL, 4)                \
    X("fri", WEEKDAY_SHORT, 5) X("friday", WEEKDAY, 5) X("fridays", WEEKDAYS, 5)                  \
    X("from", FROM, 0) X("full", FILLER, 0) X("future", FUTURE, REF_FUTURE) X("gmt", ZONE, 0)     \
    X("half", HALF, 0) X("hence", HENCE, 1) X("hour", UNIT, UNIT_HOUR)                            \
    X("hourly", FREQ, UNIT_HOUR) X("hours", UNITS, UNIT_HOUR) X("hr", UNIT_SHORT, UNIT_HOUR)      \
    X("hrs", UNIT_SHORT, UNIT_HOUR) X("hundred", SCALE, 2) X("hundreds", SCALES, 100)             \
    X("in", IN, 0) X("jan", MONTH_SHORT, 1) X("january", MONTH, 1) X("jul", MONTH_SHORT, 7)       \
    X("july", MONTH, 7) X("jun", MONTH_SHORT, 6) X("june", MONTH, 6) X("last", LAST, -1)          \
    X("late", PHASE, MOD_END) X("lately", REF, REF_PAST) X("later", LATER, 1)                     \
    X("least", LEAST, MOD_EQUAL_OR_MORE) X("less", MORE, MOD_LESS_THAN) X("local", LOCAL, 0)      \
    X("long", FILLER, 0) X("m", SCALE_SHORT, 6) X("many", VAGUE, 0) X("mar", MONTH_SHORT, 3)      \
    X("march", MONTH, 3) X("may", MONTH, 5) X("mid", PHASE, MOD_MID)                              \
    X("midday", DAYPART, PART_MI) X("middle", EDGE, MOD_MID)                                      \
    X("midnight", DAYPART, PART_MIDNIGHT) X("million", SCALE, 6) X("millions", SCALES, 1000000)   \
    X("min", UNIT_SHORT, UNIT_MINUTE) X("mins", UNIT_SHORT, UNIT_MINUTE)                          \
    X("minute", UNIT, UNIT_MINUTE) X("minutes", UNITS, UNIT_MINUTE) X("mon", WEEKDAY_SHORT, 1)    \
    X("monday", WEEKDAY, 1) X("mondays", WEEKDAYS, 1) X("month", UNIT, UNIT_MONTH)                \
    X("monthly", FREQ, UNIT_MONTH) X("months", UNITS, UNIT_MONTH) X("more", MORE, MOD_MORE_THAN)  \
    X("morning", DAYPART, PART_MO) X("mornings", DAYPARTS, PART_MO)                               \
    X("most", LEAST, MOD_EQUAL_OR_LESS) X("nd", SUFFIX, 0) X("nearly", ABOUT, MOD_APPROX)         \
    X("next", NEXT, 1) X("night", DAYPART, PART_NI) X("nightly", FREQ, UNIT_DAY)                  \
    X("nights", DAYPARTS, PART_NI) X("nine", NUMBER, 9) X("nineteen", NUMBER, 19)                 \
    X("nineteenth", ORDINAL, 19) X("nineties", DECADE, 9) X("ninety", NUMBER, 90)                 \
    X("ninth", ORDINAL, 9) X("noon", DAYPART, PART_NOON) X("nov", MONTH_SHORT, 11)                \
    X("november", MONTH, 11) X("now", REF, REF_PRESENT) X("nowadays", REF, REF_PRESENT)           \
    X("numerous", VAGUE, 0) X("oct", MONTH_SHORT, 10) X("october", MONTH, 10) X("of", OF, 0)      \
    X("old", OLD, 0) X("on", ON, 0) X("one", NUMBER, 1) X("or", OR, 0)                            \
    X("over", OVER, MOD_MORE_THAN) X("overnight", OVERNIGHT, 0) X("past", PAST, -1)               \
    X("pdt", ZONE, 0) X("per", PER, 0) X("pm", AMPM, 12) X("preceding", PREVIOUS, -1)             \
    X("present", PRESENT, REF_PRESENT) X("presently", REF, REF_PRESENT)                           \
    X("previous", PREVIOUS, -1) X("pst", ZONE, 0) X("q", Q, 0) X("quarter", UNIT, UNIT_QUARTER)   \
    X("quarterly", FREQ, UNIT_QUARTER) X("quarters", UNITS, UNIT_QUARTER) X("rd", SUFFIX, 0)      \
    X("recent", RECENT, 0) X("recently", REF, REF_PAST) X("roughly", ABOUT, MOD_APPROX)           \
    X("s", S, 0) X("same", SAME, 0) X("sat", WEEKDAY_SHORT, 6) X("saturday", WEEKDAY, 6)          \
    X("saturdays", WEEKDAYS, 6) X("scores", SCALES, 20) X("sec", UNIT_SHORT, UNIT_SECOND)         \
    X("second", UNIT, UNIT_SECOND) X("seconds", UNITS, UNIT_SECOND) X("sep", MONTH_SHORT, 9)      \
    X("sept", MONTH_SHORT, 9) X("september", MONTH, 9) X("seven", NUMBER, 7)                      \
    X("seventeen", NUMBER, 17) X("seventeenth", ORDINAL, 17) X("seventh", ORDINAL, 7)             \
    X("seventies", DECADE, 7) X("seventy", NUMBER, 70) X("several", VAGUE, 0)                     \
    X("short", FILLER, 0) X("since", PREP, 0) X("six", NUMBER, 6) X("sixteen", NUMBER, 16)        \
    X("sixteenth", ORDINAL, 16) X("sixth", ORDINAL, 6) X("sixties", DECADE, 6)                    \
    X("sixty", NUMBER, 60) X("solid", FILLER, 0) X("some", ABOUT, MOD_APPROX)                     \
    X("soon", SOON, REF_FUTURE) X("spring", SEASON, 1) X("st", SUFFIX, 0)                         \
    X("start", EDGE, MOD_START) X("straight", FILLER, 0) X("successive", FILLER, 0)               \
    X("summer", SEASON, 2) X("sun", WEEKDAY_SHORT, 7) X("sunday", WEEKDAY, 7)                     \
    X("sundays", WEEKDAYS, 7) X("ten", NUMBER, 10) X("tens", SCALES, 10) X("tenth", ORDINAL, 10)  \
    X("th", SUFFIX, 0) X("than", THAN, 0) X("thanksgiving", HOLIDAY, 1) X("that", THAT, 0)        \
    X("the", THE, 0) X("third", ORDINAL, 3) X("thirteen", NUMBER, 13)                             \
    X("thirteenth", ORDINAL, 13) X("thirties", DECADE, 3) X("thirty", NUMBER, 30)                 \
    X("this", THIS, 0) X("thousand", SCALE, 3) X("thousands", SCALES, 1000)                       \
    X("three", NUMBER, 3) X("through", PREP, 0) X("throughout", PREP, 0)                          \
    X("thu", WEEKDAY_SHORT, 4) X("thur", WEEKDAY_SHORT, 4) X("thurs", WEEKDAY_SHORT, 4)           \
    X("thursday", WEEKDAY, 4) X("thursdays", WEEKDAYS, 4) X("till", PREP, 0)                      \
    X("time", TIMEWORD, 0) X("to", TO, 0) X("today", DAYWORD, 0) X("tomorrow", DAYWORD, 1)        \
    X("tonight", TONIGHT, 0) X("trillion", SCALE, 12) X("tue", WEEKDAY_SHORT, 2)                  \
    X("tues", WEEKDAY_SHORT, 2) X("tuesday", WEEKDAY, 2) X("tuesdays", WEEKDAYS, 2)               \
    X("twelfth", ORDINAL, 12) X("twelve", NUMBER, 12) X("twenties", DECADE, 2)                    \
    X("twentieth", ORDINAL, 20) X("twenty", NUMBER, 20) X("two", NUMBER, 2)                       \
    X("under", OVER, MOD_LESS_THAN) X("until", PREP, 0) X("up", UP, MOD_EQUAL_OR_LESS)            \
    X("upcoming", COMING, 1) X("utc", ZONE, 0) X("wed", WEEKDAY_SHORT, 3)                         \
    X("wednesday", WEEKDAY, 3) X("wednesdays", WEEKDAYS, 3) X("week", UNIT, UNIT_WEEK)            \
    X("weekend", UNIT, UNIT_WEEKEND) X("weekends", UNITS, UNIT_WEEKEND)                           \
    X("weekly", FREQ, UNIT_WEEK) X("weeks", UNITS, UNIT_WEEK) X("whole", FILLER, 0)               \
    X("winter", SEASON, 4) X("within", PREP, 0) X("working", FILLER, 0)                           \
    X("year", UNIT, UNIT_YEAR) X("yearly", FREQ, UNIT_YEAR) X("years", UNITS, UNIT_YEAR)          \
    X("yesterday", DAYWORD, -1) X("yr", UNIT_SHORT, UNIT_YEAR) X("yrs", UNIT_SHORT, UNIT_YEAR)    \
    X("zero", NUMBER, 0)
/* clang-format on */

#define TIME_CLASS_ENUM(name) TW_##name,
enum time_class { TW_NONE, TIME_CLASSES(TIME_CLASS_ENUM) TW_COUNT };

struct time_word {
    char word[SHORTWORD_BYTES];
    uint8_t class;
    int32_t value;
};

/* The entry for `key`, or NULL. */
const struct time_word *timeword_find(struct str key);
/* The whole table, in order. */
const struct time_word *timeword_all(uint32_t *n);

#endif
