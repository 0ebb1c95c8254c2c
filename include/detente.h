/* detente.h - the whole public interface of libdetente, a coder of political events.
 *
 * A complete program. Save it as first.c, then
 *     cc first.c $(pkg-config --cflags --libs detente) -o first && ./first
 *
 *     #include <detente.h>
 *     #include <stdio.h>
 *     #include <string.h>
 *
 *     int main(void)
 *     {
 *         const char *text = "The United States imposed sanctions on Belarus on Thursday.";
 *         dt_error err;
 *         dt_model *model = NULL;
 *         dt_coder *coder = NULL;
 *         const dt_doc *doc = NULL;
 *         int failed = 1;
 *
 *         if (dt_model_open(NULL, &model, &err) != DT_OK) goto done;
 *         if (dt_coder_new(model, NULL, &coder, &err) != DT_OK) goto done;
 *
 *         dt_story story = {.size = sizeof story};
 *         story.text = text;
 *         story.text_len = strlen(text);
 *         story.date = "2024-06-13";
 *         if (dt_code(coder, &story, &doc, &err) != DT_OK) goto done;
 *
 *         for (size_t i = 0; i < dt_event_count(doc); i++)
 *             printf("%s %s -> %s %s %s\n", dt_event_date(doc, i), dt_event_source_code(doc, i, 0),
 *                    dt_event_target_code(doc, i, 0), dt_event_cameo(doc, i),
 *                    dt_event_plover(doc, i));
 *         failed = 0;
 *     done:
 *         if (failed) fprintf(stderr, "%s\n", err.text);
 *         dt_coder_free(coder);
 *         dt_model_close(model);
 *         return failed;
 *     }
 *
 * It prints: 2024-06-13 USA -> BLR 163 SANCTION
 *
 * Rules that hold for all of it
 * - Text is a pointer and a byte length, UTF-8, never modified, not assumed NUL-terminated. Any
 *   bytes are acceptable news text; odd text is never an error.
 * - Strings that the library returns are NUL-terminated UTF-8. Those of a document are borrowed
 *   from it; those of a model live as long as the model. NULL means "none".
 * - All offsets are byte offsets into the story's text as it was given, begin included, end
 *   excluded.
 * - Functions that can fail return a dt_status, take their result's place next to last and
 *   `dt_error *err` last; err may be NULL. Getters cannot fail: an index past the end gives
 *   NULL or 0.
 * - Structures that the caller fills begin with their size: set .size = sizeof, and to 0 what is
 *   not used. So they can grow: one from an older header may be shorter, one from a newer header
 *   longer, as long as what this library does not know is 0. A size of 0, or one less than that of
 *   the structure's first version, is DT_E_ARG.
 * - dt_model may be used by any number of threads at once. A dt_coder and its documents belong to
 *   one thread at a time. There is no global state.
 */
#ifndef DETENTE_H
#define DETENTE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define DT_API
#elif defined(__GNUC__)
#define DT_API __attribute__((visibility("default")))
#else
#define DT_API
#endif

/* ---- Version ------------------------------------------------------------------------------ */

#include "detente_version.h" /* DT_VERSION "1.2.3", DT_VERSION_MAJOR, _MINOR, _PATCH: generated */

/* The version of the library at run time, "1.2.3". Any thread; lives for ever. */
DT_API const char *dt_version(void);

/* ---- Errors ------------------------------------------------------------------------------- */

/* Values are pinned, in tens by area, and never reused. */
typedef enum dt_status {
    DT_OK = 0,
    DT_E_NOMEM = 1,          /* memory ran out */
    DT_E_ARG = 2,            /* the call is wrong: an option that does not exist, a NULL */
    DT_E_OPEN = 10,          /* a file could not be opened */
    DT_E_READ = 11,          /* a file could not be read */
    DT_E_WRITE = 12,         /* output could not be written: a full disk, a closed pipe */
    DT_E_MODEL_MAGIC = 20,   /* not a model or knowledge file of this kind or byte order */
    DT_E_MODEL_VERSION = 21, /* made for another version of the library */
    DT_E_MODEL_CORRUPT = 22, /* cut off or damaged */
    DT_E_KNOWLEDGE = 30,     /* a line of a knowledge file was not understood */
    DT_E_STORY = 40,         /* a story could not be used: not JSON, no text, an impossible date */
    DT_E_STORE = 50          /* a database refused */
} dt_status;

/* "DT_E_ARG": the name of a status, for logs; NULL for a value that is none. Lives for ever. */
DT_API const char *dt_status_name(dt_status status);

/* Filled by the call that failed; the caller's own, nothing to free. */
typedef struct dt_error {
    dt_status code;
    size_t offset;  /* byte offset in the offending file, or 0 */
    char text[400]; /* one line, always NUL-terminated */
} dt_error;

/* ---- Model: the language model and the compiled knowledge, read-only --------------------- */

typedef struct dt_model dt_model;

typedef struct dt_model_options {
    size_t size;               /* sizeof(dt_model_options) */
    const char *model;         /* the model file, or NULL: our own */
    const char *knowledge;     /* the compiled knowledge, or NULL: our own */
    const char *knowledge_dir; /* a folder of the user's own knowledge files, which win; or NULL */
} dt_model_options;

/* Maps the model file and the knowledge file; `options` may be NULL. Our own are what the
 * environment variable DETENTE_MODEL or DETENTE_KNOWLEDGE names, else ../share/detente beside the
 * running program, else the build tree, else where it was installed. A user's folder is compiled
 * here, once, over the knowledge; a mistake in it is DT_E_KNOWLEDGE with file and line. On success
 * stores a handle in *out, to be released with dt_model_close(). Coders made from it keep it alive,
 * so handles may be released in any order. On failure stores NULL in *out and fills *err. Any
 * thread. */
DT_API dt_status dt_model_open(const dt_model_options *options, dt_model **out, dt_error *err);
/* NULL is allowed. */
DT_API void dt_model_close(dt_model *model);
/* The i-th fact about it: returns the key and stores its value in *value, both NULL past the last
 * one. "version", "model versions" (those that this library reads: "1..1"), "kernel", "model",
 * "model version", "model hash", "knowledge", "own knowledge" (the user's folder, if any),
 * "knowledge hash" (of the text of the knowledge in use, the user's folder included), sizes and
 * counts; "card", the last, has many lines. `value` may be NULL. */
DT_API const char *dt_model_fact(const dt_model *model, size_t i, const char **value);

/* ---- Coder: what one thread needs -------------------------------------------------------- */

typedef struct dt_coder dt_coder;

typedef struct dt_options {
    size_t size;        /* sizeof(dt_options) */
    int per_sentence;   /* 1: mentions of one happening in several sentences stay apart */
    int trace;          /* 1: keep what was tried, for DT_FORMAT_EXPLAIN */
    const char *status; /* kinds of events kept: "actual" (also NULL), "all", or a list such as
                           "actual,historical" */
} dt_options;

/* Makes a coder for one thread. `options` may be NULL. Release with dt_coder_free(). */
DT_API dt_status dt_coder_new(dt_model *model, const dt_options *options, dt_coder **out,
                              dt_error *err);
DT_API void dt_coder_free(dt_coder *coder); /* NULL is allowed */

/* ---- Coding a story ----------------------------------------------------------------------- */

/* A story. Unused members are 0. All is borrowed and must stay until the document is done with. */
typedef struct dt_story {
    size_t size;      /* sizeof(dt_story) */
    const char *text; /* the only one that is required; '\n' ends a paragraph */
    size_t text_len;
    const char *id;   /* NUL-terminated, like the ones below */
    const char *date; /* "2025-02-27", the day that it was written, or NULL */
    const char *title;
    const char *publisher;
    const char *url;
    const char *lang; /* "en" or NULL */
} dt_story;

typedef struct dt_doc dt_doc;

/* Codes one story, all stages. The document belongs to the coder and stays valid until the next
 * dt_code(), dt_parse() or dt_coder_free() on the same coder. DT_E_STORY when `date` is not a
 * day of the calendar; DT_E_NOMEM. */
DT_API dt_status dt_code(dt_coder *coder, const dt_story *story, const dt_doc **out, dt_error *err);

/* Language analysis only: paragraphs, sentences, tokens, tree, names. Without a treebank's
 * tokens give `conllu` = 0 and text; with `conllu` = 1 story->text is CoNLL-U whose FORM column
 * gives tokens and sentences (comments are kept by dt_render()). */
DT_API dt_status dt_parse(dt_coder *coder, const dt_story *story, int conllu, const dt_doc **out,
                          dt_error *err);

/* The relation between two given actors: byte spans in story->text. The answer, read with
 * dt_render(..., DT_FORMAT_RELATION), is a frame's, and null where none fires. */
DT_API dt_status dt_classify(dt_coder *coder, const dt_story *story, const size_t source[2],
                             const size_t target[2], const dt_doc **out, dt_error *err);

/* ---- A document as text ------------------------------------------------------------------- */

typedef enum dt_format {
    DT_FORMAT_EVENTS = 1,     /* `detente code -f jsonl`: one event a line */
    DT_FORMAT_EVENTS_CSV = 2, /* one dyad or event a line, no header line */
    DT_FORMAT_TABLE = 3,      /* for people: events with their evidence */
    DT_FORMAT_TABLE_COLOUR = 4,
    DT_FORMAT_STORY = 5,      /* `detente annotate`: everything found, one object */
    DT_FORMAT_CONLLU = 6,     /* `detente parse` */
    DT_FORMAT_PARSE_JSON = 7, /* `detente parse --format json` */
    DT_FORMAT_EXPLAIN = 8,    /* `detente explain`, for people */
    DT_FORMAT_EXPLAIN_COLOUR = 9,
    DT_FORMAT_EXPLAIN_JSON = 10,
    DT_FORMAT_RELATION = 11 /* `detente classify` */
} dt_format;

enum {
    DT_RENDER_DYADS = 1
}; /* flag: one record for each source-target pair, both ways if
      reciprocal */

/* Renders the document into memory of the coder: *text (not NUL-terminated) and *len stay valid
 * until the next dt_render(), dt_code(), dt_parse() or dt_coder_free() on the coder. */
DT_API dt_status dt_render(dt_coder *coder, const dt_doc *doc, dt_format format, int flags,
                           const char **text, size_t *len, dt_error *err);
/* The header line that goes before DT_FORMAT_EVENTS_CSV records, with its line end; "" for the
 * others. */
DT_API const char *dt_format_header(dt_format format);

/* ---- Reading a document ------------------------------------------------------------------- */

DT_API const char *dt_story_id(const dt_doc *doc);
DT_API const char *dt_story_date(const dt_doc *doc); /* NULL when unknown */

DT_API size_t dt_sentence_count(const dt_doc *doc);
DT_API size_t dt_sentence_begin(const dt_doc *doc, size_t i);
DT_API size_t dt_sentence_end(const dt_doc *doc, size_t i);

DT_API size_t dt_token_count(const dt_doc *doc);
DT_API size_t dt_token_begin(const dt_doc *doc, size_t i);
DT_API size_t dt_token_end(const dt_doc *doc, size_t i);
/* Not NUL-terminated: *len gets its length. */
DT_API const char *dt_token_lemma(const dt_doc *doc, size_t i, size_t *len);
DT_API const char *dt_token_upos(const dt_doc *doc, size_t i);   /* "NOUN" */
DT_API const char *dt_token_deprel(const dt_doc *doc, size_t i); /* "nsubj:pass" */
/* Index of the token's head; its own index for the root of a sentence. */
DT_API size_t dt_token_head(const dt_doc *doc, size_t i);

DT_API size_t dt_actor_count(const dt_doc *doc);
DT_API size_t dt_actor_begin(const dt_doc *doc, size_t i);
DT_API size_t dt_actor_end(const dt_doc *doc, size_t i);
DT_API const char *dt_actor_code(const dt_doc *doc, size_t i);   /* "RUSGOV" */
DT_API const char *dt_actor_entity(const dt_doc *doc, size_t i); /* "person/vladimir-putin" */

DT_API size_t dt_event_count(const dt_doc *doc);
DT_API const char *dt_event_id(const dt_doc *doc, size_t i);
DT_API const char *dt_event_date(const dt_doc *doc, size_t i);   /* "2025-02-27", "2024", NULL */
DT_API const char *dt_event_cameo(const dt_doc *doc, size_t i);  /* "046" */
DT_API const char *dt_event_plover(const dt_doc *doc, size_t i); /* "CONSULT" */
DT_API const char *dt_event_mode(const dt_doc *doc, size_t i);   /* "visit" or NULL */
DT_API const char *dt_event_status(const dt_doc *doc, size_t i); /* "actual" */
DT_API const char *dt_event_frame(const dt_doc *doc, size_t i);  /* "consult/hold-talks" */
DT_API double dt_event_goldstein(const dt_doc *doc, size_t i);   /* -10 .. 10 */
DT_API double dt_event_confidence(const dt_doc *doc, size_t i);  /* 0 .. 1 */
DT_API int dt_event_reciprocal(const dt_doc *doc, size_t i);
DT_API size_t dt_event_sentence(const dt_doc *doc, size_t i);
DT_API size_t dt_event_begin(const dt_doc *doc, size_t i); /* the words that name it */
DT_API size_t dt_event_end(const dt_doc *doc, size_t i);
DT_API size_t dt_event_source_count(const dt_doc *doc, size_t i);
DT_API const char *dt_event_source_code(const dt_doc *doc, size_t i, size_t k);
DT_API size_t dt_event_target_count(const dt_doc *doc, size_t i);
DT_API const char *dt_event_target_code(const dt_doc *doc, size_t i, size_t k);
DT_API const char *dt_event_place(const dt_doc *doc, size_t i);         /* "Istanbul" or NULL */
DT_API const char *dt_event_place_country(const dt_doc *doc, size_t i); /* "TUR" or NULL */

/* ---- Where the time goes ------------------------------------------------------------------ */

/* The stages of the road, as ARCHITECTURE.md lists them: how many there are, the i-th one's name
 * ("text", "lang", "who" ...; NULL past the last one; lives for ever), and the seconds that the
 * coder has spent in it since it was made, measured only after dt_coder_time(coder, 1). */
DT_API size_t dt_stage_count(void);
DT_API const char *dt_stage_name(size_t i);
DT_API double dt_stage_seconds(const dt_coder *coder, size_t i);
DT_API void dt_coder_time(dt_coder *coder, int on);

/* ---- Reading stories from files ----------------------------------------------------------- */

typedef struct dt_reader dt_reader;

/* Opens a file of stories: JSON Lines, or one story when the name ends in ".txt" or ".conllu"; "-"
 * is standard input. `date` (may be NULL) is the date of stories that carry none. Release with
 * dt_reader_close(). One thread at a time. */
DT_API dt_status dt_reader_open(const char *path, const char *date, dt_reader **out, dt_error *err);
/* Takes the file as one story of plain text (or one CoNLL-U document), whatever its name. Before
 * the first dt_reader_next(). */
DT_API void dt_reader_whole(dt_reader *reader);
DT_API void dt_reader_close(dt_reader *reader); /* NULL is allowed */

/* The next raw record: borrowed bytes, valid until the next call; its number in the file, from 1.
 * *record is NULL at the end. Splitting is cheap and serial; parsing is dt_record_story(). */
DT_API dt_status dt_reader_next(dt_reader *reader, const char **record, size_t *len, size_t *line,
                                dt_error *err);
/* Bytes read so far and bytes in all (0 if unknown), for progress. */
DT_API size_t dt_reader_position(const dt_reader *reader);
DT_API size_t dt_reader_size(const dt_reader *reader);

/* Reads a record of `reader` as a story into memory of `coder`; the caller sets story->size, and as
 * much as it has room for is filled; *story is valid until the next dt_record_story() on the coder.
 * A story without "id" gets one: the path as it was given and the line ("2024/news.jsonl:7"; of a
 * whole file the path alone); where the input is no regular file, with a hash of the record behind
 * it, so that another run of a pipe does not take the ids of this one. May run in another thread
 * than dt_reader_next(). DT_E_STORY: the sentence names file, line and what is wrong; the caller
 * goes on with the next record. */
DT_API dt_status dt_record_story(dt_coder *coder, const dt_reader *reader, const char *record,
                                 size_t len, size_t line, dt_story *story, dt_error *err);
/* The same for an input line of `detente classify`: spans of the two actors, too. */
DT_API dt_status dt_record_pair(dt_coder *coder, const dt_reader *reader, const char *record,
                                size_t len, size_t line, dt_story *story, size_t source[2],
                                size_t target[2], dt_error *err);

/* ---- SQLite ------------------------------------------------------------------------------- */

typedef struct dt_db dt_db;

/* Opens or makes a database and brings its schema up to date (PRAGMA user_version). Writes are
 * gathered in transactions; dt_db_close() commits. */
DT_API dt_status dt_db_open(const char *path, dt_db **out, dt_error *err);
/* Stores story and events; a story whose id is there already is replaced. */
DT_API dt_status dt_db_put(dt_db *db, const dt_doc *doc, dt_error *err);
/* Commits and closes, even when it fails; NULL is allowed. */
DT_API dt_status dt_db_close(dt_db *db, dt_error *err);

#ifdef __cplusplus
}
#endif
#endif
