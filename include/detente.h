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
 *   "none": NULL, DT_NONE or NAN.
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

/* ---- Version ---- */

#include "detente_version.h" /* DT_VERSION "1.2.3", DT_VERSION_MAJOR, _MINOR, _PATCH: generated */

/* The version of the library at run time, "1.2.3". Any thread; lives for ever. */
DT_API const char *dt_version(void);

/* ---- Errors ---- */

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
    DT_E_LANGUAGE = 41,      /* a story is not in English, see dt_options.any_language */
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

/* ---- Model: the language model and the compiled knowledge, read-only ---- */

typedef struct dt_model dt_model;

typedef struct dt_model_options {
    size_t size;               /* sizeof(dt_model_options) */
    const char *model;         /* the model file, or NULL: our own */
    const char *knowledge;     /* the compiled knowledge, or NULL: our own */
    const char *knowledge_dir; /* a folder of the user's own knowledge files, which win; or NULL */
    const char *events;        /* the weights of the reader of events; NULL: our own; "none": the
                                  frames alone find events */
    const char *petrarch_dir;  /* a folder of dictionaries of actors and agents as PETRARCH and TABARI
                                  read them; their names win over ours, a folder of the user's own
                                  knowledge over both; or NULL */
} dt_model_options;

/* Maps the model file and the knowledge file; `options` may be NULL. Our own are what the
 * environment variable DETENTE_MODEL, DETENTE_KNOWLEDGE or DETENTE_EVENTS names, else ../share/detente beside the
 * running program, else the build tree, else where it was installed. A user's folders are compiled
 * here, once, over the knowledge; a mistake in his knowledge is DT_E_KNOWLEDGE with file and line, one
 * in a dictionary is left out (dt_model_note()). On success
 * stores a handle in *out, to be released with dt_model_close(). Coders made from it keep it alive,
 * so handles may be released in any order. On failure stores NULL in *out and fills *err. Any
 * thread. */
DT_API dt_status dt_model_open(const dt_model_options *options, dt_model **out, dt_error *err);
/* NULL is allowed. */
DT_API void dt_model_close(dt_model *model);
/* The i-th fact about it: returns the key and stores its value in *value, both NULL past the last
 * one. "version", "model versions" (those that this library reads: "2..2"), "kernel", "model",
 * "model version", "model hash", "knowledge", "own knowledge" and "petrarch" (the user's folders, if
 * any),
 * "knowledge hash" (of the text of the knowledge in use, the user's folders included), "events",
 * "events hash" (of the reader's weights), sizes and
 * counts; "card", the last, has many lines. `value` may be NULL. */
DT_API const char *dt_model_fact(const dt_model *model, size_t i, const char **value);
/* What could not be read of the dictionaries in petrarch_dir and was left out, one line each:
 * "FILE:LINE: what was found". The texts belong to the model; NULL past the last one. Any thread. */
DT_API size_t dt_model_note_count(const dt_model *model);
DT_API const char *dt_model_note(const dt_model *model, size_t i);

/* The sector of a noun by which people and bodies are called what they are ("foreign minister",
 * lower case), "" for one that needs no country, or NULL where the knowledge has no such noun. The
 * text belongs to the model. Any thread. */
DT_API const char *dt_model_role(const dt_model *model, const char *noun);

/* ---- Coder: what one thread needs ---- */

typedef struct dt_coder dt_coder;

typedef struct dt_options {
    size_t size;        /* sizeof(dt_options) */
    int per_sentence;   /* 1: mentions of one happening in several sentences stay apart */
    int trace;          /* 1: keep what was tried, for DT_FORMAT_EXPLAIN */
    const char *status; /* kinds of events kept: "actual" (also NULL), "all", or a list such as
                           "actual,historical" */
    double min_confidence; /* events of less are left out; 0: those that are likelier to be right
                              than not, by what the reader learned */
    int any_language;      /* 1: stories that are not in English are coded, too */
} dt_options;

/* Makes a coder for one thread. `options` may be NULL. Release with dt_coder_free(). */
DT_API dt_status dt_coder_new(dt_model *model, const dt_options *options, dt_coder **out,
                              dt_error *err);
DT_API void dt_coder_free(dt_coder *coder); /* NULL is allowed */

/* ---- Coding a story ---- */

/* A story. Unused members are 0. All is borrowed and must stay until the document is done with. */
typedef struct dt_story {
    size_t size;      /* sizeof(dt_story) */
    const char *text; /* the only one that is required; '\n' ends a paragraph */
    size_t text_len;
    const char *id;   /* NUL-terminated, like the ones below */
    const char *date; /* "2025-02-27", the day that it was written; NULL: what the text tells of it */
    const char *title;
    const char *publisher;
    const char *url;
    const char *lang; /* "en", "de-AT"; NULL, "und": dt_code() guesses */
    const char *author;
} dt_story;

typedef struct dt_doc dt_doc;

/* Codes one story, all stages. The document belongs to the coder and stays valid until the next
 * dt_code(), dt_parse() or dt_coder_free() on the same coder. DT_E_STORY when `date` is not a
 * day of the calendar; DT_E_LANGUAGE when the story is not in English; DT_E_NOMEM. */
DT_API dt_status dt_code(dt_coder *coder, const dt_story *story, const dt_doc **out, dt_error *err);

/* Language analysis only: paragraphs, sentences, tokens, tree, names. Without a treebank's
 * tokens give `conllu` = 0 and text; with `conllu` = 1 story->text is CoNLL-U whose FORM column
 * gives tokens and sentences (comments are kept by dt_render()). */
DT_API dt_status dt_parse(dt_coder *coder, const dt_story *story, int conllu, const dt_doc **out,
                          dt_error *err);

/* The relation between two given actors: byte spans in story->text. The answer, read with
 * dt_render(..., DT_FORMAT_RELATION), is the likeliest event's, however unlikely; null only where
 * no word may name one, or where frames alone are asked and none fires. */
DT_API dt_status dt_classify(dt_coder *coder, const dt_story *story, const size_t source[2],
                             const size_t target[2], const dt_doc **out, dt_error *err);

/* ---- A document as text ---- */

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
    DT_FORMAT_RELATION = 11, /* `detente classify` */
    /* Formats of other coders (doc/formats.md), one pair or event a line. */
    DT_FORMAT_PETRARCH = 20, DT_FORMAT_PHOENIX = 21, DT_FORMAT_ICEWS = 22, DT_FORMAT_GDELT1 = 23,
    DT_FORMAT_GDELT2 = 24, DT_FORMAT_GDELT2_MENTIONS = 25, DT_FORMAT_POLECAT = 26,
    DT_FORMAT_NGEC = 27, DT_FORMAT_PLOVER = 28, DT_FORMAT_TABARI = 29,
    DT_FORMAT_GEOJSON = 30, /* one collection: header, features, footer. Each feature begins with
                               ",\n"; of the first one of all the ',' is left out */
    DT_FORMAT_GEOJSONL = 31, /* a feature a line */
    /* Files of columns: dt_columns_open() writes them, dt_render() does not. */
    DT_FORMAT_PARQUET = 40,
    DT_FORMAT_ARROW = 41,       /* Arrow's IPC file, which can be mapped */
    DT_FORMAT_ARROW_STREAM = 42 /* the same for pipes */
} dt_format;

enum {
    DT_RENDER_DYADS = 1
}; /* flag: one record for each source-target pair, both ways if
      reciprocal */

/* Renders the document into memory of the coder: *text (not NUL-terminated) and *len stay valid
 * until the next dt_render(), dt_code(), dt_parse() or dt_coder_free() on the coder. */
DT_API dt_status dt_render(dt_coder *coder, const dt_doc *doc, dt_format format, int flags,
                           const char **text, size_t *len, dt_error *err);
/* What goes before the first record and behind the last one, with line ends: the names of columns,
 * the brackets of a collection. "" where nothing does. */
DT_API const char *dt_format_header(dt_format format);
DT_API const char *dt_format_footer(dt_format format);

/* ---- Reading a document ---- */

/* The value of a getter for "none" where it is an offset, an index or a number from 0. */
#define DT_NONE SIZE_MAX

/* All that a document holds, field by field: the same that dt_render() prints, described in
 * doc/records.md. `i` counts the rows of a kind from 0, `k` those that belong to row i.
 * - Text is borrowed from the document and valid as long as it is; NULL means none. What is cut out
 *   of the story is clean UTF-8 here: an invalid sequence, or a NUL, reads U+FFFD. NULL also when
 *   memory for it ran out.
 * - Numbers of type size_t are DT_NONE, those of type double NAN where there is none.
 * - Past the end all is none, and a truth value 0.
 * - They belong to the thread that the document belongs to: texts are made when they are asked for.
 */

/* ---- getters: made by tools/make_records.py from src/store/fields.h; do not edit ---- */
/* clang-format off */

/* The story as it was given, and lists of all that was found in it. */
DT_API const char *dt_story_id(const dt_doc *doc); /* The story's id as it was given. */
/* The day that it was written, "2025-02-27", as given or worked out. */
DT_API const char *dt_story_date(const dt_doc *doc);
/* 1 where the day, or the days between which it lies, were worked out, not given. */
DT_API int dt_story_date_inferred(const dt_doc *doc);
/* Where they were worked out: the first day on which it can have been written. */
DT_API const char *dt_story_date_from(const dt_doc *doc);
/* The last such day, where the text tells of one. */
DT_API const char *dt_story_date_to(const dt_doc *doc);
/* The words that they were worked out from. */
DT_API const char *dt_story_date_evidence(const dt_doc *doc);
DT_API const char *dt_story_title(const dt_doc *doc); /* Its title as it was given. */
DT_API const char *dt_story_publisher(const dt_doc *doc); /* Its publisher as it was given. */
DT_API const char *dt_story_url(const dt_doc *doc); /* Its address as it was given. */

/* What made the records of the document. */
/* Hash of the model file, 16 hexadecimal digits. */
DT_API const char *dt_run_model_hash(const dt_doc *doc);
/* Hash of the compiled knowledge, the user's own included. */
DT_API const char *dt_run_knowledge_hash(const dt_doc *doc);
DT_API const char *dt_run_version(const dt_doc *doc); /* The library's version. */
/* The coder's options, "status=actual per_sentence=0 own_knowledge=0 min_confidence=0
 * events=..." with the hash of the weights. */
DT_API const char *dt_run_options(const dt_doc *doc);

/* The answer of dt_classify(); all of it none where nothing does. */
DT_API const char *dt_relation_id(const dt_doc *doc); /* The story's id as it was given. */
DT_API const char *dt_relation_cameo(const dt_doc *doc); /* CAMEO code of the event that answers. */
/* PLOVER type of the event that answers. */
DT_API const char *dt_relation_plover(const dt_doc *doc);
DT_API size_t dt_relation_quad(const dt_doc *doc); /* Quad class of the event that answers. */
DT_API const char *dt_relation_frame(const dt_doc *doc); /* The frame that fired, if one did. */
DT_API double dt_relation_confidence(const dt_doc *doc); /* Confidence of the event that answers. */
DT_API size_t dt_relation_event(const dt_doc *doc); /* The event that answers. */

/* A sentence: those of the text in order, then those of the title. */
DT_API size_t dt_sentence_count(const dt_doc *doc);
DT_API size_t dt_sentence_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_sentence_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
/* Number of its paragraph in the text, from 0. */
DT_API size_t dt_sentence_paragraph(const dt_doc *doc, size_t i);
DT_API size_t dt_sentence_token_begin(const dt_doc *doc, size_t i); /* Its first token. */
DT_API size_t dt_sentence_token_end(const dt_doc *doc, size_t i); /* The token behind its last. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_sentence_title(const dt_doc *doc, size_t i);
/* The sentence as it is written. */
DT_API const char *dt_sentence_text(const dt_doc *doc, size_t i);

/* A token: a word or a mark, as Universal Dependencies cut them. */
DT_API size_t dt_token_count(const dt_doc *doc);
DT_API size_t dt_token_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_token_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
DT_API const char *dt_token_form(const dt_doc *doc, size_t i); /* The token as it is written. */
DT_API const char *dt_token_lemma(const dt_doc *doc, size_t i); /* Its dictionary form. */
DT_API const char *dt_token_upos(const dt_doc *doc, size_t i); /* Word class, "NOUN". */
/* Tag of the Penn Treebank, "NNS". */
DT_API const char *dt_token_xpos(const dt_doc *doc, size_t i);
/* Features, "Number=Plur"; "_" if none. */
DT_API const char *dt_token_feats(const dt_doc *doc, size_t i);
/* Number in its sentence, from 1, of the token that it hangs on; 0 for the root. */
DT_API size_t dt_token_head(const dt_doc *doc, size_t i);
/* Relation to that token, "nsubj:pass". */
DT_API const char *dt_token_deprel(const dt_doc *doc, size_t i);
/* Kind of the name that it is part of, "GPE". */
DT_API const char *dt_token_entity(const dt_doc *doc, size_t i);
/* The token that it hangs on; DT_NONE for the root. */
DT_API size_t dt_token_parent(const dt_doc *doc, size_t i);
DT_API size_t dt_token_sentence(const dt_doc *doc, size_t i); /* Its sentence. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_token_title(const dt_doc *doc, size_t i);

/* A name in the text. */
DT_API size_t dt_entity_count(const dt_doc *doc);
DT_API size_t dt_entity_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_entity_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
DT_API const char *dt_entity_type(const dt_doc *doc, size_t i); /* PER, ORG, GPE, LOC or NORP. */
DT_API const char *dt_entity_text(const dt_doc *doc, size_t i); /* The name as it is written. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_entity_title(const dt_doc *doc, size_t i);

/* A mention of an actor. */
DT_API size_t dt_actor_count(const dt_doc *doc);
DT_API size_t dt_actor_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_actor_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
DT_API const char *dt_actor_text(const dt_doc *doc, size_t i); /* The mention as it is written. */
/* The actor's code: country and sector, "RUSGOV". */
DT_API const char *dt_actor_code(const dt_doc *doc, size_t i);
/* The same in full where CAMEO's manual says more, "PSEREBHMS". */
DT_API const char *dt_actor_cameo(const dt_doc *doc, size_t i);
/* ISO 3166-1 alpha-3 or an international code. */
DT_API const char *dt_actor_country(const dt_doc *doc, size_t i);
DT_API const char *dt_actor_sector(const dt_doc *doc, size_t i); /* Its role, "GOV". */
DT_API const char *dt_actor_name(const dt_doc *doc, size_t i); /* Its name in full. */
/* Its key in the knowledge base, "person/vladimir-putin". */
DT_API const char *dt_actor_entity(const dt_doc *doc, size_t i);
/* The same number for all mentions of one actor. */
DT_API size_t dt_actor_chain(const dt_doc *doc, size_t i);
/* What its country rests on where its own words do not say it: place (where it happens),
 * sentence, story or event. */
DT_API const char *dt_actor_inferred(const dt_doc *doc, size_t i);
/* How its code was found: by name, composed, metonym, description, pronoun or unknown. */
DT_API const char *dt_actor_kind(const dt_doc *doc, size_t i);
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_actor_title(const dt_doc *doc, size_t i);

/* An expression of time, as TimeML's TIMEX3 has it. */
DT_API size_t dt_time_count(const dt_doc *doc);
DT_API size_t dt_time_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_time_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
DT_API const char *dt_time_type(const dt_doc *doc, size_t i); /* DATE, TIME, DURATION or SET. */
DT_API const char *dt_time_value(const dt_doc *doc, size_t i); /* ISO 8601 as TIMEX3 writes it. */
DT_API const char *dt_time_mod(const dt_doc *doc, size_t i); /* APPROX, START, END, BEFORE ... */
DT_API const char *dt_time_text(const dt_doc *doc, size_t i); /* The expression as it is written. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_time_title(const dt_doc *doc, size_t i);

/* A mention of a place. */
DT_API size_t dt_place_count(const dt_doc *doc);
DT_API size_t dt_place_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_place_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
DT_API const char *dt_place_text(const dt_doc *doc, size_t i); /* The mention as it is written. */
DT_API const char *dt_place_name(const dt_doc *doc, size_t i); /* Its name in GeoNames. */
DT_API const char *dt_place_country(const dt_doc *doc, size_t i); /* ISO 3166-1 alpha-3. */
/* Code of its first-level division. */
DT_API const char *dt_place_adm1(const dt_doc *doc, size_t i);
DT_API double dt_place_lat(const dt_doc *doc, size_t i); /* Degrees north. */
DT_API double dt_place_lon(const dt_doc *doc, size_t i); /* Degrees east. */
DT_API size_t dt_place_geonameid(const dt_doc *doc, size_t i); /* Its number in GeoNames. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_place_title(const dt_doc *doc, size_t i);

/* An amount. */
DT_API size_t dt_quantity_count(const dt_doc *doc);
DT_API size_t dt_quantity_begin(const dt_doc *doc, size_t i); /* First byte. */
DT_API size_t dt_quantity_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
/* duration, money, percent; of people killed, wounded, casualties, missing, abducted, arrested,
 * released, displaced, troops, protesters; else count. */
DT_API const char *dt_quantity_kind(const dt_doc *doc, size_t i);
/* The number; the least that the words can mean where no number is said. */
DT_API double dt_quantity_value(const dt_doc *doc, size_t i);
/* "hour", "USD", what is counted. */
DT_API const char *dt_quantity_unit(const dt_doc *doc, size_t i);
/* Its lower bound, where the text gives one. */
DT_API double dt_quantity_at_least(const dt_doc *doc, size_t i);
/* Its upper bound, where the text gives one. */
DT_API double dt_quantity_at_most(const dt_doc *doc, size_t i);
/* 1 where the text says that it is not exact. */
DT_API int dt_quantity_approx(const dt_doc *doc, size_t i);
DT_API const char *dt_quantity_text(const dt_doc *doc, size_t i); /* The amount as it is written. */
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_quantity_title(const dt_doc *doc, size_t i);

/* Something said: direct, indirect or mixed speech. */
DT_API size_t dt_quote_count(const dt_doc *doc);
DT_API int dt_quote_direct(const dt_doc *doc, size_t i); /* 1 where it stands in quotation marks. */
DT_API const char *dt_quote_speaker(const dt_doc *doc, size_t i); /* Who says it, by name. */
DT_API const char *dt_quote_code(const dt_doc *doc, size_t i); /* The speaker's code. */
/* The speaker's key in the knowledge base. */
DT_API const char *dt_quote_entity(const dt_doc *doc, size_t i);
/* 1 where it stands in the title, whose bytes its offsets count. */
DT_API int dt_quote_title(const dt_doc *doc, size_t i);
/* The words from the first piece of what is said to its last. */
DT_API const char *dt_quote_text(const dt_doc *doc, size_t i);

/* A piece of what is said. */
DT_API size_t dt_quote_content_count(const dt_doc *doc, size_t i);
DT_API size_t dt_quote_content_begin(const dt_doc *doc, size_t i, size_t k); /* First byte. */
/* Byte behind the last. */
DT_API size_t dt_quote_content_end(const dt_doc *doc, size_t i, size_t k);

/* A piece of the words that say that it is said. */
DT_API size_t dt_quote_cue_count(const dt_doc *doc, size_t i);
DT_API size_t dt_quote_cue_begin(const dt_doc *doc, size_t i, size_t k); /* First byte. */
DT_API size_t dt_quote_cue_end(const dt_doc *doc, size_t i, size_t k); /* Byte behind the last. */

/* A piece of the words that name who says it. */
DT_API size_t dt_quote_source_count(const dt_doc *doc, size_t i);
DT_API size_t dt_quote_source_begin(const dt_doc *doc, size_t i, size_t k); /* First byte. */
/* Byte behind the last. */
DT_API size_t dt_quote_source_end(const dt_doc *doc, size_t i, size_t k);

/* An event: who did what to whom, when, where, and who says so. */
DT_API size_t dt_event_count(const dt_doc *doc);
/* Its id: the same for the same story and event on every run; of a dyad with the numbers of its
 * two sides, ".0.1", and an "r" where it is turned. */
DT_API const char *dt_event_id(const dt_doc *doc, size_t i);
DT_API const char *dt_event_story(const dt_doc *doc, size_t i); /* The story's id. */
/* The sentence of the text that tells it first; none where its own words stand in the title. */
DT_API size_t dt_event_sentence(const dt_doc *doc, size_t i);
/* First byte of the words that name it. */
DT_API size_t dt_event_begin(const dt_doc *doc, size_t i);
DT_API size_t dt_event_end(const dt_doc *doc, size_t i); /* Byte behind the last of them. */
/* Its day, week, month or year: "2025-02-27", "2025-W09", "2025-02", "2022". */
DT_API const char *dt_event_date(const dt_doc *doc, size_t i);
/* Its last day, where it lasted more than one. */
DT_API const char *dt_event_date_end(const dt_doc *doc, size_t i);
/* The first day on which it may have been, whatever the precision of its date: days compare as
 * text. */
DT_API const char *dt_event_day_begin(const dt_doc *doc, size_t i);
DT_API const char *dt_event_day_end(const dt_doc *doc, size_t i); /* The last such day. */
/* day, week, month or year. */
DT_API const char *dt_event_date_precision(const dt_doc *doc, size_t i);
/* What that rests on: stated, the text says when; inferred, worked out from the text; story,
 * only the story's day. */
DT_API const char *dt_event_date_basis(const dt_doc *doc, size_t i);
/* 1 where both sides did it to each other. */
DT_API int dt_event_reciprocal(const dt_doc *doc, size_t i);
DT_API const char *dt_event_cameo(const dt_doc *doc, size_t i); /* CAMEO code, "046". */
DT_API const char *dt_event_cameo_name(const dt_doc *doc, size_t i); /* What CAMEO calls it. */
DT_API const char *dt_event_root(const dt_doc *doc, size_t i); /* CAMEO root code, "04". */
/* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. */
DT_API size_t dt_event_quad(const dt_doc *doc, size_t i);
DT_API double dt_event_goldstein(const dt_doc *doc, size_t i); /* Goldstein's scale, -10 to 10. */
DT_API const char *dt_event_plover(const dt_doc *doc, size_t i); /* PLOVER type, "CONSULT". */
DT_API const char *dt_event_mode(const dt_doc *doc, size_t i); /* PLOVER mode, "visit". */
/* PLOVER's score of type and mode. */
DT_API double dt_event_plover_score(const dt_doc *doc, size_t i);
/* actual, planned, threatened, hypothetical, negated or historical. */
DT_API const char *dt_event_status(const dt_doc *doc, size_t i);
/* The frame that fired, "consult/hold-talks". */
DT_API const char *dt_event_frame(const dt_doc *doc, size_t i);
DT_API double dt_event_confidence(const dt_doc *doc, size_t i); /* 0 to 1, of two decimals. */
DT_API const char *dt_event_text(const dt_doc *doc, size_t i); /* The sentence. */
/* 1 where a list of it had to be cut. */
DT_API int dt_event_truncated(const dt_doc *doc, size_t i);
/* 1 where its own words stand in the title, whose bytes its offsets count. */
DT_API int dt_event_title(const dt_doc *doc, size_t i);

/* An actor that does it. */
DT_API size_t dt_event_source_count(const dt_doc *doc, size_t i);
/* The actor's code on the event's day. */
DT_API const char *dt_event_source_code(const dt_doc *doc, size_t i, size_t k);
/* The same in full where CAMEO's manual says more, "PSEREBHMS". */
DT_API const char *dt_event_source_cameo(const dt_doc *doc, size_t i, size_t k);
/* ISO 3166-1 alpha-3 or an international code; that of the place for people without one. */
DT_API const char *dt_event_source_country(const dt_doc *doc, size_t i, size_t k);
/* Its role on the event's day, "GOV". */
DT_API const char *dt_event_source_sector(const dt_doc *doc, size_t i, size_t k);
/* Its name in full. */
DT_API const char *dt_event_source_name(const dt_doc *doc, size_t i, size_t k);
/* Its key in the knowledge base. */
DT_API const char *dt_event_source_entity(const dt_doc *doc, size_t i, size_t k);
/* First byte of the mention. */
DT_API size_t dt_event_source_begin(const dt_doc *doc, size_t i, size_t k);
/* Byte behind the last. */
DT_API size_t dt_event_source_end(const dt_doc *doc, size_t i, size_t k);
/* Which of the document's actors; DT_NONE for a place that stands for its state. */
DT_API size_t dt_event_source_actor(const dt_doc *doc, size_t i, size_t k);
/* 1 where that mention stands in the title. */
DT_API int dt_event_source_title(const dt_doc *doc, size_t i, size_t k);

/* An actor to whom it is done. */
DT_API size_t dt_event_target_count(const dt_doc *doc, size_t i);
/* The actor's code on the event's day. */
DT_API const char *dt_event_target_code(const dt_doc *doc, size_t i, size_t k);
/* The same in full where CAMEO's manual says more, "PSEREBHMS". */
DT_API const char *dt_event_target_cameo(const dt_doc *doc, size_t i, size_t k);
/* ISO 3166-1 alpha-3 or an international code; that of the place for people without one. */
DT_API const char *dt_event_target_country(const dt_doc *doc, size_t i, size_t k);
/* Its role on the event's day, "GOV". */
DT_API const char *dt_event_target_sector(const dt_doc *doc, size_t i, size_t k);
/* Its name in full. */
DT_API const char *dt_event_target_name(const dt_doc *doc, size_t i, size_t k);
/* Its key in the knowledge base. */
DT_API const char *dt_event_target_entity(const dt_doc *doc, size_t i, size_t k);
/* First byte of the mention. */
DT_API size_t dt_event_target_begin(const dt_doc *doc, size_t i, size_t k);
/* Byte behind the last. */
DT_API size_t dt_event_target_end(const dt_doc *doc, size_t i, size_t k);
/* Which of the document's actors; DT_NONE for a place that stands for its state. */
DT_API size_t dt_event_target_actor(const dt_doc *doc, size_t i, size_t k);
/* 1 where that mention stands in the title. */
DT_API int dt_event_target_title(const dt_doc *doc, size_t i, size_t k);

/* A context of PLOVER. */
DT_API size_t dt_event_context_count(const dt_doc *doc, size_t i);
DT_API const char *dt_event_context_name(const dt_doc *doc, size_t i, size_t k); /* "economic". */

/* Who answers for the claim, where somebody does. */
/* Code of who says so. */
DT_API const char *dt_event_attribution_code(const dt_doc *doc, size_t i);
/* Name of who says so, or the words that name them. */
DT_API const char *dt_event_attribution_name(const dt_doc *doc, size_t i);
/* First byte of the words that name them. */
DT_API size_t dt_event_attribution_begin(const dt_doc *doc, size_t i);
DT_API size_t dt_event_attribution_end(const dt_doc *doc, size_t i); /* Byte behind the last. */
/* 1 where they stand in the title. */
DT_API int dt_event_attribution_title(const dt_doc *doc, size_t i);

/* Where it happened, where the text tells. */
DT_API const char *dt_event_place_name(const dt_doc *doc, size_t i); /* Its name in GeoNames. */
DT_API const char *dt_event_place_country(const dt_doc *doc, size_t i); /* ISO 3166-1 alpha-3. */
DT_API double dt_event_place_lat(const dt_doc *doc, size_t i); /* Degrees north. */
DT_API double dt_event_place_lon(const dt_doc *doc, size_t i); /* Degrees east. */
DT_API size_t dt_event_place_geonameid(const dt_doc *doc, size_t i); /* Its number in GeoNames. */
/* What says so: phrase, sentence, paragraph or dateline; party where only the country of a side
 * is known. */
DT_API const char *dt_event_place_basis(const dt_doc *doc, size_t i);

/* An amount that belongs to the event. */
DT_API size_t dt_event_quantity_count(const dt_doc *doc, size_t i);
/* duration, money, percent; of people killed, wounded, casualties, missing, abducted, arrested,
 * released, displaced, troops, protesters; else count. */
DT_API const char *dt_event_quantity_kind(const dt_doc *doc, size_t i, size_t k);
/* The number; the least that the words can mean where no number is said. */
DT_API double dt_event_quantity_value(const dt_doc *doc, size_t i, size_t k);
/* "hour", "USD", what is counted. */
DT_API const char *dt_event_quantity_unit(const dt_doc *doc, size_t i, size_t k);
/* Its lower bound, where the text gives one. */
DT_API double dt_event_quantity_at_least(const dt_doc *doc, size_t i, size_t k);
/* Its upper bound, where the text gives one. */
DT_API double dt_event_quantity_at_most(const dt_doc *doc, size_t i, size_t k);
/* 1 where the text says that it is not exact. */
DT_API int dt_event_quantity_approx(const dt_doc *doc, size_t i, size_t k);
/* First byte of the words that tell it. */
DT_API size_t dt_event_quantity_begin(const dt_doc *doc, size_t i, size_t k);
/* Byte behind the last. */
DT_API size_t dt_event_quantity_end(const dt_doc *doc, size_t i, size_t k);
/* 1 where they stand in the title. */
DT_API int dt_event_quantity_title(const dt_doc *doc, size_t i, size_t k);

/* A place in the text where the event is told; the first is the event's own. */
DT_API size_t dt_event_mention_count(const dt_doc *doc, size_t i);
/* Its sentence; none in the title, whose bytes the offsets then count. */
DT_API size_t dt_event_mention_sentence(const dt_doc *doc, size_t i, size_t k);
DT_API size_t dt_event_mention_begin(const dt_doc *doc, size_t i, size_t k); /* First byte. */
/* Byte behind the last. */
DT_API size_t dt_event_mention_end(const dt_doc *doc, size_t i, size_t k);
/* The words that name the event there. */
DT_API const char *dt_event_mention_text(const dt_doc *doc, size_t i, size_t k);
/* 1 where they stand in the title. */
DT_API int dt_event_mention_title(const dt_doc *doc, size_t i, size_t k);

/* A word above the event that changed it, innermost first. */
DT_API size_t dt_event_operator_count(const dt_doc *doc, size_t i);
/* "operator/refuse". */
DT_API const char *dt_event_operator_name(const dt_doc *doc, size_t i, size_t k);
/* First byte of the word. */
DT_API size_t dt_event_operator_begin(const dt_doc *doc, size_t i, size_t k);
/* Byte behind the last. */
DT_API size_t dt_event_operator_end(const dt_doc *doc, size_t i, size_t k);

/* A trigger that was tried; needs dt_options.trace. */
DT_API size_t dt_attempt_count(const dt_doc *doc);
DT_API size_t dt_attempt_token(const dt_doc *doc, size_t i); /* The token that was looked at. */
/* The frame or operator that was tried. */
DT_API const char *dt_attempt_frame(const dt_doc *doc, size_t i);
/* What came of it: "fired", or the reason why not. */
DT_API const char *dt_attempt_result(const dt_doc *doc, size_t i);

/* A word that the reader weighed as the name of an event; needs dt_options.trace. */
DT_API size_t dt_reading_count(const dt_doc *doc);
DT_API size_t dt_reading_token(const dt_doc *doc, size_t i); /* The token that was weighed. */
/* The likeliest type of event. */
DT_API const char *dt_reading_plover(const dt_doc *doc, size_t i);
/* How likely it is that the word names an event. */
DT_API double dt_reading_likelihood(const dt_doc *doc, size_t i);
DT_API int dt_reading_taken(const dt_doc *doc, size_t i); /* 1 where it became an event. */
/* What speaks for the type and against it, in log-odds: "the word +2.1, the codebook +0.8". */
DT_API const char *dt_reading_reasons(const dt_doc *doc, size_t i);
/* The parties that were weighed, each with its likelihood as source and as target; of events
 * only. */
DT_API const char *dt_reading_sides(const dt_doc *doc, size_t i);

/* clang-format on */
/* ---- end of the getters ---- */

/* ---- The codebook: which events there are, and by which words they are found ---- */

typedef struct dt_codebook dt_codebook;

/* The frames and operators of the model's knowledge, a user's folder included, as doc/frames.md
 * writes them: frames in the order of their CAMEO codes, behind them the operators. It keeps the
 * model alive and is only read, by any number of threads. Release with dt_codebook_free(). */
DT_API dt_status dt_codebook_new(dt_model *model, dt_codebook **out, dt_error *err);
DT_API void dt_codebook_free(dt_codebook *book); /* NULL is allowed */

/* The first frame or operator at or behind `from` that answers to the query, or DT_NONE. It is
 * - a word of a trigger in any form ("arrested"), or several of one trigger ("broke off"); one that
 *   no trigger has is sought among the words that triggers ask for beside their own ("ambassador"),
 * - a CAMEO code or the beginning of one ("17", "173"), those that operators make included,
 * - a PLOVER type, or type and mode ("COERCE", "COERCE/arrest"),
 * - or a name ("coerce/arrest"). */
DT_API size_t dt_codebook_find(const dt_codebook *book, const char *query, size_t from);

/* Frames and operators, read like the rows of a document: `i` from 0, `k` those that belong to row
 * i. All text is borrowed from the book. */
DT_API size_t dt_frame_count(const dt_codebook *book);
/* "sanction/impose", "operator/refuse". */
DT_API const char *dt_frame_name(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_definition(const dt_codebook *book, size_t i); /* A sentence. */
DT_API int dt_frame_is_operator(const dt_codebook *book, size_t i);
/* Code, its name, root, the root's name, quad class, Goldstein's scale: none for an operator. */
DT_API const char *dt_frame_cameo(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_cameo_name(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_root(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_root_name(const dt_codebook *book, size_t i);
DT_API size_t dt_frame_quad(const dt_codebook *book, size_t i);
DT_API double dt_frame_goldstein(const dt_codebook *book, size_t i);
/* PLOVER type, mode and contexts. */
DT_API const char *dt_frame_plover(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_mode(const dt_codebook *book, size_t i);
DT_API size_t dt_frame_context_count(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_context_name(const dt_codebook *book, size_t i, size_t k);
/* Without which sides there is no event: "source target", "source", "target" or "any". */
DT_API const char *dt_frame_needs(const dt_codebook *book, size_t i);
DT_API int dt_frame_reciprocal(const dt_codebook *book, size_t i); /* 1: both sides do it. */
/* An operator's: what it makes of the status (NULL: nothing), and of codes that begin with `from`
 * ("*": of any other). */
DT_API const char *dt_frame_status(const dt_codebook *book, size_t i);
DT_API size_t dt_frame_map_count(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_map_from(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_map_to(const dt_codebook *book, size_t i, size_t k);
/* Triggers as they are written: "verb", "impose, slap", "obj {sanction}; target on" (or NULL). */
DT_API size_t dt_frame_trigger_count(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_trigger_kind(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_trigger_words(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_trigger_where(const dt_codebook *book, size_t i, size_t k);
/* Examples: "yes", "no" or "miss", the story's date, the sentence, and the n-th record that it must
 * give (NULL past the last one). */
DT_API size_t dt_frame_example_count(const dt_codebook *book, size_t i);
DT_API const char *dt_frame_example_kind(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_example_date(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_example_text(const dt_codebook *book, size_t i, size_t k);
DT_API const char *dt_frame_example_record(const dt_codebook *book, size_t i, size_t k, size_t n);

/* The classes of words that triggers name in braces: "sanction", "sanction, embargo ...". */
DT_API size_t dt_word_class_count(const dt_codebook *book);
DT_API const char *dt_word_class_name(const dt_codebook *book, size_t i);
DT_API const char *dt_word_class_words(const dt_codebook *book, size_t i);

/* ---- Where the time goes ---- */

/* The stages of the road, as ARCHITECTURE.md lists them: how many there are, the i-th one's name
 * ("text", "lang", "who" ...; NULL past the last one; lives for ever), and the seconds that the
 * coder has spent in it since it was made, measured only after dt_coder_time(coder, 1). */
DT_API size_t dt_stage_count(void);
DT_API const char *dt_stage_name(size_t i);
DT_API double dt_stage_seconds(const dt_coder *coder, size_t i);
DT_API void dt_coder_time(dt_coder *coder, int on);

/* ---- Reading stories from files ---- */

typedef struct dt_reader dt_reader;

/* Which comes first in a date such as "05/06/2024". */
enum { DT_ORDER_UNKNOWN, DT_ORDER_DAY_FIRST, DT_ORDER_MONTH_FIRST };

/* How files are read. All members may be 0. Columns are those of tables (CSV, Parquet), by their
 * names or their numbers from 1, and members of JSON; where one is NULL, usual names are looked
 * for ("text", "body", "content" ...). */
typedef struct dt_reader_options {
    size_t size;        /* sizeof(dt_reader_options) */
    const char *date;   /* "2025-02-27": of stories that carry none */
    int date_order;     /* DT_ORDER_UNKNOWN: what the dates themselves tell */
    size_t record_most; /* bytes; a story of more is left out, and named; 0: 16 MB */
    const char *text_column, *title_column, *date_column, *id_column, *publisher_column,
        *url_column, *lang_column;
    int whole; /* 1: each file is one story of plain text, whatever it looks like */
} dt_reader_options;

/* Opens what is at `path`: a file, all files of a folder, or, for "-", standard input; doc/input.md
 * says what is read and how it is recognised. `options` may be NULL. Its texts are copied. Release
 * with dt_reader_close(). A reader belongs to one thread at a time. DT_E_OPEN: there is no such file;
 * DT_E_ARG: an option cannot be. */
DT_API dt_status dt_reader_open_with(const char *path, const dt_reader_options *options,
                                     dt_reader **out, dt_error *err);
/* The same with no option but the date, which may be NULL. */
DT_API dt_status dt_reader_open(const char *path, const char *date, dt_reader **out, dt_error *err);
/* Takes each file as one story of plain text (or one CoNLL-U document), whatever its name. Before
 * the first dt_reader_next(). */
DT_API void dt_reader_whole(dt_reader *reader);
DT_API void dt_reader_close(dt_reader *reader); /* NULL is allowed */

/* The next raw record: borrowed bytes, valid until the next call; its number in the file, from 1:
 * the line, where it has lines. *record is NULL at the end. What cannot be read is a record, too:
 * dt_record_story() refuses it with the reason. Splitting is cheap and serial; parsing is
 * dt_record_story(). */
DT_API dt_status dt_reader_next(dt_reader *reader, const char **record, size_t *len, size_t *line,
                                dt_error *err);
/* Bytes read so far and bytes in all (0 if unknown), for progress. */
DT_API size_t dt_reader_position(const dt_reader *reader);
DT_API size_t dt_reader_size(const dt_reader *reader);
/* The order of dates that the options or the dates so far have told: DT_ORDER_UNKNOWN ... To be
 * given to the reader of the next file of a run. */
DT_API int dt_reader_date_order(const dt_reader *reader);
/* What a user is to be told of the files, one sentence each: encodings that were found, columns that
 * were chosen, dates that could not be read. They come while records are read, the last ones when
 * dt_reader_next() has come to the end. Borrowed, valid until the next dt_reader_next(); NULL past
 * the last one. */
DT_API size_t dt_reader_note_count(const dt_reader *reader);
DT_API const char *dt_reader_note(const dt_reader *reader, size_t i);

/* Reads a record of `reader` as a story into memory of `coder`; the caller sets story->size, and as
 * much as it has room for is filled; *story is valid until the next dt_record_story() on the coder,
 * and as long as the record is. Bytes that dt_reader_next() did not give are taken for a line of JSON.
 * A story without "id" gets one: the path as it was given, of a member of an archive with its name
 * behind it, and the line, the row or the place in a document of JSON ("2024/news.jsonl:7"; of a
 * whole file the path alone); where the input is no regular file, with a hash of the record behind
 * it, so that another run of a pipe does not take the ids of this one. A date that cannot be read is
 * left out. May run in another thread than dt_reader_next(). DT_E_STORY: the sentence names file, line
 * and what is wrong; the caller goes on with the next record. */
DT_API dt_status dt_record_story(dt_coder *coder, const dt_reader *reader, const char *record,
                                 size_t len, size_t line, dt_story *story, dt_error *err);
/* The same for an input line of `detente classify`: spans of the two actors, too. */
DT_API dt_status dt_record_pair(dt_coder *coder, const dt_reader *reader, const char *record,
                                size_t len, size_t line, dt_story *story, size_t source[2],
                                size_t target[2], dt_error *err);

/* ---- Stories from the web ---- */

typedef struct dt_fetcher dt_fetcher;

typedef struct dt_fetch_options {
    size_t size;         /* sizeof(dt_fetch_options) */
    const char *state;   /* a file that keeps what servers said of pages, so that only what is new is
                          * fetched the next time; NULL: nothing is kept */
    const char *archive; /* a web archive (WARC) to which pages are added as they came, or NULL */
    double delay;        /* seconds between two requests to one host; 0: 1 */
    double timeout;      /* seconds for one request; 0: 30 */
    size_t page_most;    /* bytes of one page; 0: 32 MB */
    int articles;        /* not 0: of a feed's entries, the pages that they lead to are fetched */
} dt_fetch_options;

/* Makes what fetches feeds and pages by http and https. It obeys robots.txt and is never faster than
 * `delay`. `options` may be NULL, and is copied. On success stores a handle in *out, on failure NULL. A
 * handle belongs to one thread at a time. DT_E_OPEN, DT_E_READ, DT_E_NOMEM, DT_E_ARG. */
DT_API dt_status dt_fetch_new(const dt_fetch_options *options, dt_fetcher **out, dt_error *err);
/* Fetches an address; what is left of the one before is forgotten. DT_E_READ: it could not be had, or
 * robots.txt forbids it; DT_E_ARG: it is no address of http or https. */
DT_API dt_status dt_fetch_start(dt_fetcher *fetcher, const char *url, dt_error *err);
/* The next story of that address as an object of JSON, without a line end: "id", "url", "title", "date",
 * "publisher", "author", "lang", "text". It belongs to the fetcher and is valid until the next call.
 * *story is NULL at the end, and at once where the server says that nothing is new. DT_E_STORY: one
 * story could not be had; the next call goes on behind it. */
DT_API dt_status dt_fetch_next(dt_fetcher *fetcher, const char **story, size_t *len, dt_error *err);
/* Writes the state file, in whose place the new one is put when it is whole. DT_E_WRITE. */
DT_API dt_status dt_fetch_save(dt_fetcher *fetcher, dt_error *err);
DT_API void dt_fetch_free(dt_fetcher *fetcher); /* NULL is allowed; saves nothing */

/* A story as a line of JSON, ended by '\n', not by NUL: {"id", "url", "title", "date", "author",
 * "publisher", "lang", "text"}, null where there is none. It lies in memory of the coder until its next
 * dt_story_json(), dt_render(), dt_code(), dt_parse() or dt_coder_free(). */
DT_API dt_status dt_story_json(dt_coder *coder, const dt_story *story, const char **text, size_t *len,
                               dt_error *err);

/* ---- Web pages ---- */

/* Reads the articles of web pages, on one thread at a time. */
typedef struct dt_extractor dt_extractor;

/* Makes one. On failure stores NULL in *out. Release it with dt_extractor_free(). */
DT_API dt_status dt_extractor_new(dt_extractor **out, dt_error *err);
DT_API void dt_extractor_free(dt_extractor *extractor); /* NULL is allowed */

/* Reads a page: any bytes. `charset` is the encoding that HTTP named, `id` what the record is to be
 * called; both may be NULL. Stores a line of JSON, ended by '\n', not by NUL: {"id", "url", "title",
 * "date", "author", "publisher", "lang", "text"}, null where the page does not say. It belongs to
 * the extractor and stays until its next call. */
DT_API dt_status dt_extract(dt_extractor *extractor, const char *html, size_t len,
                            const char *charset, const char *id, const char **record,
                            size_t *record_len, dt_error *err);

/* ---- Databases: SQLite and PostgreSQL ---- */

typedef struct dt_db dt_db;

typedef struct dt_db_options {
    size_t size;      /* sizeof(dt_db_options) */
    int no_text;      /* 1: a new database keeps no text of sentences and no search over it */
    int wait_seconds; /* for a database that is in use or does not answer; 0: 60 */
    int batch;        /* stories in a transaction; 0: 1000 */
} dt_db_options;

/* Opens a database, or makes one, with the tables and views of doc/database.md: a SQLite file; or,
 * where the name is "postgresql://...", "postgres://..." or words such as "host=... dbname=...",
 * the schema "detente" of a PostgreSQL database. One of schema 3 becomes one of schema 4.
 * DT_E_STORE when it is of a later schema, or holds something else: it is then not touched. DT_E_ARG
 * for "" and ":memory:". Writes are gathered in transactions; dt_db_close() commits. On success
 * stores a handle in *out, on failure NULL. A handle belongs to one thread at a time. `options` may
 * be NULL. */
DT_API dt_status dt_db_open(const char *path, dt_db **out, dt_error *err);
DT_API dt_status dt_db_open_with(const char *path, const dt_db_options *options, dt_db **out,
                                 dt_error *err);
/* Stores story and events; a story whose id is there already is replaced. All of it or, on failure,
 * nothing of it is stored, and further stories may be (in PostgreSQL, where stories are sent
 * together when a transaction ends, it is all of these or none). DT_E_ARG for a story without id;
 * DT_E_STORE when the database refuses, or when it has an event of one of these ids already, of
 * another story. The document may be of any coder, and of another thread's, as long as that thread
 * leaves it and its coder alone meanwhile. */
DT_API dt_status dt_db_put(dt_db *db, const dt_doc *doc, dt_error *err);
/* Commits and closes, even when it fails; NULL is allowed. */
DT_API dt_status dt_db_close(dt_db *db, dt_error *err);

/* dt_db_put() in two steps: many threads pack documents into rows of their own, dt_rows_pack(), and
 * one puts them, in order, dt_db_put_rows(). Rows hold all that is written, and stay good when the
 * document is gone, as long as its model is open; they may be packed again. Release with
 * dt_rows_free(); NULL is allowed. One thread at a time. */
typedef struct dt_rows dt_rows;
DT_API dt_status dt_rows_new(dt_rows **out, dt_error *err);
DT_API void dt_rows_free(dt_rows *rows);
DT_API dt_status dt_rows_pack(dt_rows *rows, const dt_doc *doc, dt_error *err);
DT_API dt_status dt_db_put_rows(dt_db *db, const dt_rows *rows, dt_error *err);

/* Ends the open transaction, if there is one. A call for every so many stories, or seconds, is not
 * needed: it happens before a story is put when `batch` are pending, or for five seconds. */
DT_API dt_status dt_db_commit(dt_db *db, dt_error *err);
/* How far a run has come with an input: any text that tells it from others, and the number of its
 * records that are done, in *records; 0 where the database knows nothing of it. */
DT_API dt_status dt_db_progress(dt_db *db, const char *input, size_t *records, dt_error *err);
/* To be called behind each story put, and for records without a story: the note is stored in the
 * transaction of the stories before it. A run that was killed and goes on behind the records that
 * dt_db_progress() tells makes the same rows as one that was not. Cheap. */
DT_API dt_status dt_db_note_progress(dt_db *db, const char *input, size_t records, dt_error *err);

/* ---- Files of columns: Parquet, Arrow ---- */

typedef struct dt_columns dt_columns;

/* Opens a file of events as typed columns (doc/columns.md), to be written from front to back; "-" is
 * standard output. `format` is DT_FORMAT_PARQUET, DT_FORMAT_ARROW or DT_FORMAT_ARROW_STREAM; `flags`
 * are those of dt_render(). A file that is there already is overwritten. Rows are gathered in memory,
 * 65,536 or 32 MB of them, then written. On success stores a handle in *out, on failure NULL. A handle
 * belongs to one thread at a time. */
DT_API dt_status dt_columns_open(const char *path, dt_format format, int flags, dt_columns **out,
                                 dt_error *err);
/* Adds the document's events, in the order of the calls. DT_E_ARG for one that was not coded, or of
 * another model or other options than the first: then nothing of it is added, and others may be.
 * After any other failure the file is lost. The document may be of any coder, and of another
 * thread's, as long as that thread leaves it and its coder alone meanwhile. */
DT_API dt_status dt_columns_put(dt_columns *columns, const dt_doc *doc, dt_error *err);
/* The same in two steps, for programs that code on several threads. dt_columns_pack() makes rows of
 * the document in memory of the coder, valid until its next dt_render(), dt_columns_pack(), dt_code(),
 * dt_parse() or dt_coder_free(); any number of threads may do so at once, while another takes rows.
 * dt_columns_take() adds them, or a copy of them, in the order of the calls, and fails as
 * dt_columns_put() does. */
DT_API dt_status dt_columns_pack(const dt_columns *columns, dt_coder *coder, const dt_doc *doc,
                                 const char **rows, size_t *len, dt_error *err);
DT_API dt_status dt_columns_take(dt_columns *columns, const char *rows, size_t len, dt_error *err);
/* Writes what is left, and the footer without which the file cannot be read; releases the handle,
 * even when it fails. NULL is allowed. */
DT_API dt_status dt_columns_close(dt_columns *columns, dt_error *err);

/* ---- Twins: a story that was told before ---- */

/* The stories so far, each as a sample of its runs of three words; on disk they take about 500
 * bytes a story. A handle belongs to one thread at a time. */
typedef struct dt_twins dt_twins;

typedef struct dt_twins_options {
    size_t size;  /* sizeof(dt_twins_options) */
    double least; /* the share of the smaller story that must be in the other, above 0, at most 1;
                     0: the usual one */
} dt_twins_options;

typedef enum dt_twin_kind {
    DT_TWIN_NONE = 0,    /* the first of its kind */
    DT_TWIN_SAME = 1,    /* the same story, perhaps headed, led or edited otherwise */
    DT_TWIN_REVISED = 2, /* a later take of it, which says so, or which has more to tell */
    DT_TWIN_PART = 3     /* it is a part of the other, such as its first half */
} dt_twin_kind;

/* "same": the name of a kind, or NULL. Lives for ever. */
DT_API const char *dt_twin_kind_name(dt_twin_kind kind);

/* What was found of a story. Texts are borrowed until the next call with the handle. */
typedef struct dt_twin {
    size_t size; /* sizeof(dt_twin) */
    dt_twin_kind kind;
    int known;         /* 1: this very story was added before; all else is what was said then */
    const char *of;    /* id of the story that it is a twin of, or NULL */
    const char *first; /* id of the first of all that are twins with each other, or NULL */
    double similarity; /* the share of the smaller story that is in the other; rare words count more */
    size_t shared;     /* runs of words that both samples have, */
    size_t compared;   /* of so many of the smaller one */
} dt_twin;

/* Opens the index of stories in a file, or makes one; beside it lies FILE.table, which is made again
 * where it is missing. `path` NULL: in memory. What a crash left half written at the end is cut off
 * (dt_twins_fact()). DT_E_STORE: it is something else, it is damaged before its end, or another
 * process has it. On success stores a handle in *out, on failure NULL. `options` may be NULL. */
DT_API dt_status dt_twins_open(const char *path, const dt_twins_options *options, dt_twins **out,
                               dt_error *err);
/* Closes, even when it fails; NULL is allowed. */
DT_API dt_status dt_twins_close(dt_twins *twins, dt_error *err);

/* Bytes of a signature at most. */
#define DT_TWINS_SIGN_SIZE 1024
/* Writes a story's signature to `sign`, which has room for DT_TWINS_SIGN_SIZE bytes and is aligned
 * for a uint64_t. Text, title (where there is no text), date and publisher are read. Any thread. */
DT_API dt_status dt_twins_sign(const dt_story *story, void *sign, dt_error *err);
/* Asks whether a story with that signature was told before, and adds it; answers depend on the order
 * in which stories are added, on nothing else. A story that was added before, under this id and with
 * this text, is not added again. The caller sets twin->size. After any error but DT_E_ARG the handle
 * can only be closed. */
DT_API dt_status dt_twins_add(dt_twins *twins, const char *id, const void *sign, dt_twin *twin,
                              dt_error *err);
/* Writes to the disk what was added, so that it outlives a crash of the machine. */
DT_API dt_status dt_twins_sync(dt_twins *twins, dt_error *err);
/* The i-th fact about it: returns the key and stores its value, both NULL past the last one:
 * "stories", "twins", "bytes" (of both files, or of memory), "bytes cut off" (of a torn end). The
 * value is borrowed until the next call with the handle. */
DT_API const char *dt_twins_fact(dt_twins *twins, size_t i, const char **value);

/* The longest runs of words that two texts have in common, the longest first, no word in two of
 * them, none of fewer than `least` words. Stores at most `room` passages and returns how many;
 * memory that runs out gives 0. Any thread. */
typedef struct dt_passage {
    size_t words;
    size_t begin, end;             /* bytes of the first text */
    size_t other_begin, other_end; /* bytes of the other */
} dt_passage;
DT_API size_t dt_twins_passages(const char *text, size_t len, const char *other, size_t other_len,
                                size_t least, dt_passage *passages, size_t room);

/* ---- Happenings: the same event from many stories ---- */

/* A database that dt_db_open() made, whose events are joined. A handle belongs to one thread at a
 * time. */
typedef struct dt_happenings dt_happenings;

typedef enum dt_happenings_kind {
    DT_HAPPENINGS_MANY = 0,      /* happenings that more than one story tells */
    DT_HAPPENINGS_ALL = 1,       /* all */
    DT_HAPPENINGS_EXPLAIN = 2,   /* the events of one, each with the reason why it was joined */
    DT_HAPPENINGS_ONE_A_DAY = 3, /* one event for each source, target, code and day */
    DT_HAPPENINGS_TWINS = 4      /* the stories in the table twin */
} dt_happenings_kind;

/* DT_E_OPEN: there is no such file; DT_E_STORE: it is no database of ours. On success stores a handle
 * in *out, to be released with dt_happenings_close(), on failure NULL. */
DT_API dt_status dt_happenings_open(const char *path, dt_happenings **out, dt_error *err);
DT_API void dt_happenings_close(dt_happenings *happenings); /* NULL is allowed */
/* Makes the tables happening and happening_event out of the events, in place of those that are
 * there; the same for the same events. *count (may be NULL): how many happenings. All or nothing. */
DT_API dt_status dt_happenings_make(dt_happenings *happenings, size_t *count, dt_error *err);
/* Empties both tables. */
DT_API dt_status dt_happenings_undo(dt_happenings *happenings, dt_error *err);
/* Begins a list; `id` is the happening that DT_HAPPENINGS_EXPLAIN asks for. dt_happenings_next() then
 * gives one JSON object after the other, borrowed until the next call, and NULL at the end. */
DT_API dt_status dt_happenings_list(dt_happenings *happenings, dt_happenings_kind kind,
                                    long long id, dt_error *err);
DT_API dt_status dt_happenings_next(dt_happenings *happenings, const char **line, dt_error *err);
/* Fills the table twin from the stories in the database, in the order in which they were coded: a
 * twin and the story it is a twin of are one witness. *count (may be NULL): how many twins. All or
 * nothing. DT_E_STORE where the database keeps no text. */
DT_API dt_status dt_happenings_find_twins(dt_happenings *happenings, size_t *count, dt_error *err);
/* Notes one twin there; all three stories must be in the database. */
DT_API dt_status dt_happenings_put_twin(dt_happenings *happenings, const char *id,
                                        const dt_twin *twin, dt_error *err);

#ifdef __cplusplus
}
#endif
#endif
