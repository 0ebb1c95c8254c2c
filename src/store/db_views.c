/* db_views.c - views, indices and the search over the text; see db_views.h. */
#include "store/db_views.h"

/* Pairs as `code --dyads` writes them: each source with each target, both ways where the event is
 * reciprocal; a side that is missing is NULL, and 0 in the id. */
#define PAIR(id_end, first, second, turned, more)                                                  \
    "SELECT e.id || '.' || coalesce(s.number, 0) || '.' || coalesce(t.number, 0)" id_end           \
    " AS id, e.key AS event, e.story, e.date, e.date_precision, e.day_begin, e.day_end,"           \
    " " first ".code AS source, " second ".code AS target,"                                        \
    " " first ".country AS source_country, " second ".country AS target_country,"                  \
    " " first ".sector AS source_sector, " second ".sector AS target_sector,"                      \
    " " first ".name AS source_name, " second ".name AS target_name,"                              \
    " e.cameo, e.root, e.quad, e.goldstein, e.plover, e.mode, e.contexts, e.status,"               \
    " e.reciprocal, " turned " AS turned, e.place, e.country, e.lat, e.lon, e.confidence, e.text"  \
    " FROM event e" more

const char db_views[] =
    "CREATE VIEW events_dyadic AS\n" PAIR("", "s", "t", "0",
                                          " LEFT JOIN event_actor s ON s.event = e.key AND s.side "
                                          "= 'source'"
                                          " LEFT JOIN event_actor t ON t.event = e.key AND t.side "
                                          "= 'target'") "\nUNION ALL\n" PAIR(" || 'r'", "t", "s",
                                                                             "1",
                                                                             " JOIN event_actor s "
                                                                             "ON s.event = e.key "
                                                                             "AND s.side = 'source'"
                                                                             " JOIN event_actor t "
                                                                             "ON t.event = e.key "
                                                                             "AND t.side = 'target'"
                                                                             " WHERE e.reciprocal "
                                                                             "= 1") ";\n"
                                                                                    "CREATE VIEW "
                                                                                    "events_daily "
                                                                                    "AS\n"
                                                                                    "SELECT "
                                                                                    "day_begin AS "
                                                                                    "day, "
                                                                                    "source_"
                                                                                    "country, "
                                                                                    "target_"
                                                                                    "country, "
                                                                                    "root, quad, "
                                                                                    "count(*) AS "
                                                                                    "events,"
                                                                                    " avg("
                                                                                    "goldstein) AS "
                                                                                    "goldstein "
                                                                                    "FROM "
                                                                                    "events_"
                                                                                    "dyadic\n"
                                                                                    "WHERE "
                                                                                    "day_begin IS "
                                                                                    "NOT NULL AND "
                                                                                    "day_begin = "
                                                                                    "day_end\n"
                                                                                    "GROUP BY "
                                                                                    "day_begin, "
                                                                                    "source_"
                                                                                    "country, "
                                                                                    "target_"
                                                                                    "country, "
                                                                                    "root, quad;\n";

/* For questions; made when a run ends, unless the database had them. */
const char db_indices[] =
    "CREATE INDEX IF NOT EXISTS event_day ON event(day_begin);\n"
    "CREATE INDEX IF NOT EXISTS event_cameo ON event(cameo);\n"
    "CREATE INDEX IF NOT EXISTS event_actor_code ON event_actor(code);\n"
    "CREATE INDEX IF NOT EXISTS event_actor_country ON event_actor(country, side);\n"
    "CREATE INDEX IF NOT EXISTS event_actor_entity ON event_actor(entity);\n"
    "CREATE INDEX IF NOT EXISTS story_date ON story(date);\n";

#define OWN(text, integer)                                                                         \
    "CREATE TABLE meta(name " text " PRIMARY KEY, value " text " NOT NULL);\n"                     \
    "CREATE TABLE progress(input " text " PRIMARY KEY, records_done " integer                      \
    " NOT NULL, updated " text " NOT NULL);\n"
const char db_own_tables_sqlite[] = OWN("TEXT", "INTEGER");
const char db_own_tables_postgres[] = OWN("text", "bigint");

/* The index holds no text: it is read from the sentences. */
const char db_search_sqlite[] =
    "CREATE VIEW story_text AS SELECT key, title, (SELECT group_concat(text, ' ') FROM (SELECT "
    "text FROM sentence WHERE story = key AND title = 0 ORDER BY number)) AS text FROM story;\n"
    "CREATE VIRTUAL TABLE story_search USING fts5(title, text, content='story_text', "
    "content_rowid='key', tokenize='unicode61 remove_diacritics 2');\n"
    "INSERT INTO story_search(story_search, rank) VALUES('hashsize', 8388608);\n";

const char db_search_postgres[] =
    "CREATE VIEW story_text AS SELECT key, title, (SELECT string_agg(s.text, ' ' ORDER BY "
    "s.number) FROM sentence s WHERE s.story = story.key AND s.title = 0) AS text FROM story;\n"
    "CREATE TABLE story_search(story bigint PRIMARY KEY, words tsvector NOT NULL);\n"
    "CREATE INDEX story_search_words ON story_search USING gin(words);\n";
