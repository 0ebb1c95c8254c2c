/* happening_sql.h - the tables of twins and happenings, and what is asked of the others, in SQL. */
#ifndef DETENTE_HAPPENING_SQL_H
#define DETENTE_HAPPENING_SQL_H

/* Makes the tables where they are missing. Triggers keep them true to the others: a story that is
 * coded again is no known twin any more, and the happenings of its events are gone until they are
 * made again. */
extern const char happening_tables_sql[];
extern const char happening_clear_sql[];

/* The columns of happening_events_sql, in this order. */
enum column {
    COL_EVENT,
    COL_STORY,
    COL_PUBLISHER,
    COL_FIRST,
    COL_DATE,
    COL_DATE_END,
    COL_BASIS,
    COL_PLOVER,
    COL_MODE,
    COL_COUNTRY,
    COL_PLACE, /* none where only a country is known */
    COL_CONFIDENCE,
    COL_SOURCE,
    COL_TARGET,
    COL_AMOUNTS,
    COL_TEXT
};
extern const char happening_events_sql[];

/* Of each story: id, date, title, publisher, text; in the order in which they were coded. */
extern const char happening_stories_sql[];
/* Wants a story's id, those of the twin and the first, kind, similarity, shared, compared. */
extern const char happening_put_twin_sql[];
/* JSON objects, by dt_happenings_kind. */
extern const char *const happening_lists_sql[];

#endif
