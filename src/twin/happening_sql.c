/* happening_sql.c - the tables of twins and happenings in SQL; see happening_sql.h. */
#include "twin/happening_sql.h"

#include "detente.h"

const char happening_tables_sql[] =
    "CREATE TABLE IF NOT EXISTS twin(story INTEGER PRIMARY KEY REFERENCES story(key), twin_of "
    "INTEGER NOT NULL REFERENCES story(key), first INTEGER NOT NULL REFERENCES story(key), kind "
    "TEXT NOT NULL, similarity REAL, shared INTEGER, compared INTEGER);"
    "CREATE TABLE IF NOT EXISTS happening(id INTEGER PRIMARY KEY, date TEXT, date_end TEXT, source "
    "TEXT, target TEXT, plover TEXT, event INTEGER NOT NULL REFERENCES event(key), events INTEGER, "
    "stories INTEGER, publishers INTEGER, confidence REAL);"
    "CREATE TABLE IF NOT EXISTS happening_event(event INTEGER PRIMARY KEY REFERENCES event(key), "
    "happening INTEGER NOT NULL REFERENCES happening(id), reason TEXT);"
    "CREATE INDEX IF NOT EXISTS happening_event_of ON happening_event(happening);"
    "CREATE TRIGGER IF NOT EXISTS twin_story_gone AFTER DELETE ON story BEGIN DELETE FROM twin "
    "WHERE story = OLD.key; END;"
    "CREATE TRIGGER IF NOT EXISTS happening_event_gone AFTER DELETE ON event BEGIN DELETE FROM "
    "happening WHERE id = (SELECT happening FROM happening_event WHERE event = OLD.key); DELETE "
    "FROM happening_event WHERE happening = (SELECT happening FROM happening_event WHERE event = "
    "OLD.key); END;";
const char happening_clear_sql[] = "DELETE FROM happening_event; DELETE FROM happening;";

/* A side: its countries, or the codes where both sides are of one country. */
#define SIDE(side)                                                                                 \
    "(SELECT group_concat(k, '+') FROM (SELECT DISTINCT CASE WHEN country IS NULL OR country = ''" \
    " THEN coalesce(nullif(code, ''), lower(name)) WHEN country IN (SELECT country FROM "          \
    "event_actor WHERE event = e.key AND side <> '" side "') THEN code ELSE country END AS k "     \
    "FROM event_actor WHERE event = e.key AND side = '" side "' ORDER BY k))"
#define FATES "('killed', 'wounded', 'casualties', 'missing', 'abducted', 'arrested', 'released')"
const char happening_events_sql[] =
    "SELECT e.key, e.story, s.publisher, coalesce(t.first, e.story), e.date, e.date_end, "
    "e.date_basis, e.plover, e.mode, e.country, CASE WHEN e.place_basis = 'party' "
    "OR e.place IN (SELECT name FROM country) THEN NULL ELSE e.geonameid END, e.confidence, "
    /* clang-format off */
    SIDE("source") " AS source, " SIDE("target") " AS target, "
                  /* clang-format on */
                  "(SELECT group_concat(kind || '=' || value, ' ') FROM event_quantity WHERE event "
                  "= e.key AND "
                  "kind IN " FATES
                  "), e.text FROM event e JOIN story s ON s.key = e.story LEFT JOIN twin t ON "
                  "t.story = e.story WHERE e.status = 'actual' AND e.date IS NOT NULL AND e.plover "
                  "IS NOT NULL "
                  "ORDER BY e.plover, source, target, e.date, s.id, e.sentence, e.begin, e.id";

const char happening_stories_sql[] =
    "SELECT s.id, s.date, s.title, s.publisher, t.text FROM story s JOIN story_text t ON t.key = "
    "s.key WHERE t.text IS NOT NULL ORDER BY s.key";
const char happening_put_twin_sql[] =
    "INSERT OR REPLACE INTO twin SELECT s.key, o.key, f.key, ?4, ?5, ?6, ?7 FROM story s, story o, "
    "story f WHERE s.id = ?1 AND o.id = ?2 AND f.id = ?3";

#define HAPPENING                                                                                  \
    "SELECT json_object('id', h.id, 'date', h.date, 'date_end', h.date_end, 'source', h.source, "  \
    "'target', h.target, 'plover', h.plover, 'events', h.events, 'stories', h.stories, "           \
    "'publishers', h.publishers, 'confidence', round(h.confidence, 3), 'event', e.id) FROM "       \
    "happening h JOIN event e ON e.key = h.event "
const char *const happening_lists_sql[] = {
    [DT_HAPPENINGS_MANY] = HAPPENING "WHERE h.stories > 1 ORDER BY h.date, h.id",
    [DT_HAPPENINGS_ALL] = HAPPENING "ORDER BY h.date, h.id",
    [DT_HAPPENINGS_EXPLAIN] =
        "SELECT json_object('happening', h.happening, 'event', e.id, 'story', s.id, 'date', "
        "e.date, 'reason', h.reason, 'text', e.text) FROM happening_event h JOIN event e ON e.key "
        "= h.event JOIN story s ON s.key = e.story WHERE h.happening = ?1 ORDER BY e.date, s.id, "
        "e.id",
    [DT_HAPPENINGS_ONE_A_DAY] =
        "SELECT json_object('event', id, 'date', date, 'source', source, 'target', target, "
        "'cameo', cameo, 'events', n) FROM (SELECT e.id, e.date, s.code AS source, t.code AS "
        "target, e.cameo, count(*) OVER w AS n, row_number() OVER (PARTITION BY e.date, s.code, "
        "t.code, e.cameo ORDER BY e.confidence DESC, e.id) AS place FROM event e LEFT JOIN "
        "event_actor s ON s.event = e.key AND s.side = 'source' LEFT JOIN event_actor t ON t.event "
        "= e.key AND t.side = 'target' WHERE e.status = 'actual' WINDOW w AS (PARTITION BY e.date, "
        "s.code, t.code, e.cameo)) WHERE place = 1 ORDER BY date, source, target, cameo",
    [DT_HAPPENINGS_TWINS] =
        "SELECT json_object('id', s.id, 'twin_of', o.id, 'group', f.id, 'kind', t.kind, "
        "'similarity', round(t.similarity, 3), 'shared', t.shared, 'of', t.compared) FROM twin t "
        "JOIN story s ON s.key = t.story JOIN story o ON o.key = t.twin_of JOIN story f ON f.key = "
        "t.first ORDER BY s.key",
};
