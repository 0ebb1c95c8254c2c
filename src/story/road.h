/* road.h - the road that a story travels: one table of stages.
 *
 * The table runs the stages, times them and documents them: dt_code(), dt_parse() and dt_classify()
 * are the rows that they name, dt_stage_name() and dt_stage_seconds() are its first column and what
 * road_run() measured, and ARCHITECTURE.md shows it as tools/stages.c prints it. A new stage is one
 * row here and one function in road.c. */
#ifndef DETENTE_ROAD_H
#define DETENTE_ROAD_H

#include <stdbool.h>
#include <stddef.h>

#include "detente.h"

/* What travels: the layers of struct dt_doc; the first three are there before the first stage. */
/* clang-format off */
#define LAYER_LIST(X)                                                                              \
    X(INPUT, "input") X(MODEL, "model") X(KNOW, "know") X(STORY, "story") X(TEXT, "text")          \
    X(ROWS, "rows") X(LANG, "lang") X(TREE, "tree") X(MATCHES, "matches") X(WHO, "who") X(WHEN, "when")            \
    X(WHERE, "where") X(SAID, "said") X(ASKED, "asked") X(WHAT, "what") X(IDS, "ids")            \
    X(RELATION, "relation")
/* clang-format on */
#define LAYER_BIT(name, text)  LAYER_##name##_BIT,
#define LAYER_ENUM(name, text) LAYER_##name = 1 << LAYER_##name##_BIT,
enum { LAYER_LIST(LAYER_BIT) LAYER_COUNT };
enum layer { LAYER_LIST(LAYER_ENUM) LAYERS_ALL = (1 << LAYER_COUNT) - 1 };

/* The roads, by letter in the table: c code, p parse, t parse of given tokens, r relation. */
enum road { ROAD_CODE = 1, ROAD_PARSE = 2, ROAD_TOKENS = 4, ROAD_RELATION = 8 };
enum {
    ROADS_ALL = ROAD_CODE | ROAD_PARSE | ROAD_TOKENS | ROAD_RELATION,
    ROADS_TEXT = ROAD_CODE | ROAD_PARSE | ROAD_RELATION,
    ROADS_EVENTS = ROAD_CODE | ROAD_RELATION
};

/* What several rows read. */
enum {
    LAYERS_WORDS = LAYER_TEXT | LAYER_LANG | LAYER_TREE,
    LAYERS_FINDS = LAYER_WHO | LAYER_WHEN | LAYER_WHERE | LAYER_SAID
};

/* X(stage, name, function, roads, reads, writes, changes, where the code begins), in the order of
 * the road. What a row `changes` an earlier row wrote: it appends to that layer, or settles what
 * was left open. Rows without a function are dt_record_story() and dt_render(). */
/* clang-format off */
#define STAGE_LIST(X)                                                                              \
    X(READ, "read", NULL, ROADS_ALL,                                                               \
      LAYER_INPUT, LAYER_STORY, 0, "store/reader.c")                                               \
    X(TEXT, "text", run_text, ROADS_TEXT,                                                          \
      LAYER_MODEL | LAYER_KNOW | LAYER_STORY, LAYER_TEXT, 0, "text/text.c")                        \
    X(TOKENS, "tokens", run_tokens, ROAD_TOKENS,                                                   \
      LAYER_STORY, LAYER_TEXT | LAYER_ROWS, 0, "lang/conllu.c")                                    \
    X(LANG, "lang", run_lang, ROADS_ALL,                                                           \
      LAYER_MODEL | LAYER_TEXT, LAYER_LANG, 0, "lang/lang.c")                                      \
    X(TREE, "tree", run_tree, ROADS_EVENTS,                                                        \
      LAYER_KNOW | LAYER_TEXT | LAYER_LANG, LAYER_TREE, 0, "lang/tree.c")                          \
    X(MATCH, "match", run_match, ROADS_ALL,                                                        \
      LAYER_KNOW | LAYER_TEXT, LAYER_MATCHES, 0, "know/lexicon.c")                                 \
    X(NAMES, "names", run_names, ROADS_ALL,                                                        \
      LAYER_KNOW | LAYER_TEXT, 0, LAYER_LANG | LAYER_MATCHES, "names/names.c")                     \
    X(DAY, "day", run_day, ROADS_EVENTS,                                                           \
      LAYERS_WORDS, 0, LAYER_STORY, "story/storyday.c")                                            \
    X(WHERE, "where", run_where, ROADS_EVENTS,                                                     \
      LAYER_KNOW | LAYERS_WORDS | LAYER_MATCHES, LAYER_WHERE, 0, "where/where.c")                  \
    X(WHO, "who", run_who, ROADS_EVENTS,                                                           \
      LAYER_KNOW | LAYER_STORY | LAYERS_WORDS | LAYER_MATCHES | LAYER_WHERE, LAYER_WHO, 0, "who/who.c")          \
    X(WHEN, "when", run_when, ROADS_EVENTS,                                                        \
      LAYER_STORY | LAYERS_WORDS, LAYER_WHEN, 0, "when/when.c")                                    \
    X(SAID, "said", run_said, ROADS_EVENTS,                                                        \
      LAYERS_WORDS, LAYER_SAID, 0, "said/said.c")                                                  \
    X(WHENCE, "whence", run_whence, ROADS_EVENTS,                                                  \
      LAYER_KNOW | LAYER_TEXT | LAYER_TREE | LAYER_WHERE, 0, LAYER_WHO, "story/whence.c")          \
    X(PAIR, "pair", run_pair, ROAD_RELATION,                                                       \
      LAYER_STORY | LAYERS_WORDS, LAYER_ASKED, LAYER_WHO, "story/relation.c")                           \
    X(STANDINS, "stand-ins", run_stand_ins, ROADS_EVENTS,                                          \
      LAYER_KNOW | LAYER_WHERE, 0, LAYER_WHO, "story/standin.c")                                   \
    X(WHAT, "what", run_what, ROADS_EVENTS,                                                        \
      LAYER_KNOW | LAYER_STORY | LAYERS_WORDS | LAYERS_FINDS, LAYER_WHAT, 0, "what/what.c")        \
    X(JOIN, "join", run_join, ROADS_EVENTS,                                                        \
      LAYER_KNOW | LAYER_WHO | LAYER_WHERE, 0, LAYER_WHO | LAYER_WHAT, "story/join.c")             \
    X(IDS, "ids", run_ids, ROADS_EVENTS,                                                           \
      LAYER_STORY | LAYER_TEXT | LAYER_WHAT, LAYER_IDS, 0, "story/shown.c")                       \
    X(ANSWER, "answer", run_answer, ROAD_RELATION,                                                 \
      LAYER_ASKED | LAYER_WHO | LAYER_WHAT, LAYER_RELATION, 0, "story/relation.c")                      \
    X(WRITE, "write", NULL, ROADS_ALL,                                                             \
      LAYERS_ALL, 0, 0, "store/render.c")
/* clang-format on */
#define STAGE_ENUM(stage, ...) STAGE_##stage,
enum stage { STAGE_LIST(STAGE_ENUM) STAGE_COUNT };

struct dt_coder;
struct dt_doc;

struct stage_row {
    const char *name;
    dt_status (*run)(struct dt_coder *coder, dt_error *err);
    unsigned roads;                  /* enum road */
    unsigned reads, writes, changes; /* enum layer */
    const char *code;                /* the file under src/ to begin with */
};
extern const struct stage_row stage_rows[STAGE_COUNT];
/* "text", "lang" ...: bit i of the layers. */
extern const char *const layer_names[LAYER_COUNT];

/* Sends the coder's document, whose story is set, down the road. */
dt_status road_run(struct dt_coder *coder, enum road road, dt_error *err);
/* Whether that stage has run on the document. */
bool road_has_run(const struct dt_doc *doc, enum stage stage);
/* For the stages that road_run() does not run: the clock where dt_coder_time() is on, else 0; and
 * the time since then booked for the stage. */
double stage_begin(const struct dt_coder *coder);
void stage_end(struct dt_coder *coder, enum stage stage, double begin);

#endif
