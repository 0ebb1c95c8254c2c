/* story.h - one story through all stages; the document.
 *
 * dt_doc is what travels down the road: one layer a stage, all in one arena. */
#ifndef DETENTE_STORY_H
#define DETENTE_STORY_H

#include "base/buf.h"
#include "base/copies.h"
#include "lang/conllu.h"
#include "what/what.h"

struct dt_model {
    struct bundle bundle; /* the model file */
    struct splitter *splitter;
    struct lang_model *lang;
    struct know know;
    struct frames frames;
    char *info;
    _Atomic int references; /* handle and coders; see model.c */
};

enum { EVENT_ID_SIZE = 64 };

/* Texts of an event, made when coding ends (event_id.c). */
struct event_text {
    char id[EVENT_ID_SIZE];
    char date[16], date_end[16]; /* "" when unknown, when it lasted a day */
};

/* What makes a coder's records, as text (coder_run.c). */
struct coder_run {
    char model_hash[20], knowledge_hash[20];
    char options[160];
};

struct dt_doc {
    dt_story story; /* as given; borrowed */
    int32_t day;    /* the story's date, or DAY_MIN */
    char date[12];  /* "2025-02-27" or "" */
    const struct dt_model *model;
    const struct know *know; /* the model's, or the coder's own with the user's folder */
    const struct frames *frames;
    struct text_layer text;
    struct lang_layer lang;
    struct match_layer matches;
    struct who_layer who;
    struct when_layer when;
    struct where_layer where;
    struct said_layer said;
    struct what_layer what;         /* after joining; only events of the wanted status */
    struct attempt_log attempts;    /* filled when asked for */
    struct event_text *event_texts; /* one an event */
    uint32_t *shown_actors;         /* those of `who` and `where` that are shown as such, in */
    uint32_t *shown_places;         /* order: see list_shown() in event_id.c */
    uint32_t n_shown_actors, n_shown_places;
    const struct coder_run *run;
    struct copies *copies;      /* NUL-terminated texts that getters have been asked for */
    struct conllu_layer conllu; /* `parse --tokenized`: comments and the like */
    uint8_t from_conllu;        /* 1: conllu is filled */
    uint8_t stages;             /* 1: language only; 2: everything */
    uint32_t relation;          /* dt_classify(): index of the event that answers, or NONE */
};

/* The stages, in order, for timing. */
/* clang-format off */
#define STAGE_LIST(X)                                                                              \
    X(READ, "read") X(TEXT, "text") X(LANG, "lang") X(NAMES, "names") X(WHO, "who")                \
    X(WHEN, "when") X(WHERE, "where") X(SAID, "said") X(WHAT, "what") X(STORY, "story")            \
    X(WRITE, "write")
/* clang-format on */
#define STAGE_ENUM(name, text) STAGE_##name,
enum stage { STAGE_LIST(STAGE_ENUM) STAGE_COUNT };

struct dt_coder {
    struct dt_model *model;
    struct know own_know; /* with the user's folder; else unused */
    struct frames own_frames;
    void *own_bytes; /* the bundle compiled from it */
    struct lang_scratch *lang;
    struct arena arena;        /* the document */
    struct arena record_arena; /* the story that dt_record_story() read */
    struct buf out;            /* what dt_render() made */
    struct copies copies;      /* the document's */
    struct coder_run run;
    unsigned status_mask; /* 1 << enum event_status */
    int per_sentence, trace, timed;
    double seconds[STAGE_COUNT];
    struct dt_doc doc;
};

/* The clock where dt_coder_time() is on, else 0; and the time since then booked for a stage. */
double stage_begin(const struct dt_coder *c);
void stage_end(struct dt_coder *c, enum stage stage, double begin);
/* Names by the engine and by the base, made one; needs doc->matches (names.c). */
bool story_names(struct dt_doc *doc, struct arena *arena);
/* Atoms for a document whose tokens came from CoNLL-U, so that names can be looked for (names.c).
 */
bool story_conllu_atoms(struct dt_doc *doc, struct arena *arena);
/* Gives people who act at home the story's country (home.c). False only when memory ran out. */
bool story_home(struct dt_doc *doc, struct arena *arena);
/* Lets places stand for their countries as targets (places.c). False only when memory ran out. */
bool story_place_actors(struct dt_doc *doc, struct arena *arena);
/* Mentions of one happening become one event (join.c). False only when memory ran out. */
bool story_join(struct dt_doc *doc, struct arena *arena);
/* "2025-02-27", "2025-W09", "2025-02", "2022" by the event's precision; "" when unknown. */
void story_event_date(const struct event *e, char out[16]);
/* The last day of an event that lasted more than one, else "". */
void story_event_date_end(const struct event *e, char out[16]);
/* "2025-02-27-RUS-046-3f9a1c220d5b7e48": the same for the same story and event on every run. */
void story_event_id(const struct dt_doc *doc, const struct event *e, char out[EVENT_ID_SIZE]);
/* Describes the coder's model, knowledge and options in its `run` (coder_run.c). */
void story_describe_run(struct dt_coder *coder, const char *knowledge_dir);
/* Fills doc->event_texts, shown_actors, shown_places. False only when memory ran out. */
bool story_finish(struct dt_doc *doc, struct arena *arena);
/* Leaves out events that lack an actor or whose status is not in the mask (join.c). */
void story_filter(struct dt_doc *doc, unsigned status_mask);

#endif
