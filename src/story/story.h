/* story.h - one story through all stages; the document.
 *
 * dt_doc is what travels down the road: one layer a stage, all in one arena. */
#ifndef DETENTE_STORY_H
#define DETENTE_STORY_H

#include "base/buf.h"
#include "base/copies.h"
#include "base/sized.h"
#include "lang/conllu.h"
#include "lang/tree.h"
#include "story/road.h"
#include "what/what.h"

enum { FACTS_MOST = 24 };

struct dt_model {
    struct bundle bundle; /* the model file */
    struct splitter *splitter;
    struct lang_model *lang;
    struct know know; /* ours, or ours with the user's folder over it */
    struct frames frames;
    struct reader *reader; /* NULL: the frames alone code */
    const char *know_path; /* ours */
    uint64_t know_hash; /* of the text of the knowledge in use; stores keep it with the model's */
    void *own_bytes;    /* the bundle compiled with the user's folders, or NULL */
    const char **notes; /* what was left out of the user's dictionaries */
    size_t n_notes;
    struct arena arena; /* the facts' texts */
    struct model_fact {
        const char *key, *value;
    } facts[FACTS_MOST];
    unsigned n_facts;
    _Atomic int references; /* handle and coders; see model.c */
};

enum { EVENT_ID_SIZE = 64 };

/* The two actors whose relation is asked for, see relation.h. */
struct relation_query {
    size_t source[2], target[2];         /* as given: bytes of the text; then those of C (clean.h) */
    uint32_t source_actor, target_actor; /* indices into who->actors, or NONE: not in the text */
};

/* Of dt_story, for all that read or fill one. */
extern const struct sized sized_story;

/* Texts of an event, made when coding ends (shown.c). */
struct event_text {
    char id[EVENT_ID_SIZE];
    char date[16], date_end[16]; /* "" when unknown, when it lasted a day */
    char day_begin[16], day_end[16]; /* its first and last day; "" when unknown */
};

/* What makes a coder's records, as text (coder_run.c). */
struct coder_run {
    char model_hash[20], knowledge_hash[20];
    char options[200];
};

/* What is known of the story's day where none was given (storyday.c). */
struct story_dating {
    bool inferred;
    int32_t from, to; /* it lies in [from, to); DAY_MIN and DAY_MAX where open */
    int32_t year;     /* of the days that the text names without one, or YEAR_UNSET */
    uint32_t evidence_begin, evidence_end;  /* bytes of the text */
    char from_text[12], to_text[12];        /* the first and last day; "" where open */
};

struct dt_doc {
    dt_story story; /* as given; borrowed */
    int32_t day;    /* the story's date, or DAY_MIN */
    char date[12];  /* "2025-02-27" or "" */
    struct story_dating dating;
    const struct dt_model *model;
    const struct know *know;     /* the model's, */
    const struct frames *frames; /* for short */
    unsigned status_mask;        /* 1 << enum event_status: the events that are kept */
    bool trace;                  /* what was tried is kept, too */
    bool titled;                 /* the title is coded, too */
    uint32_t stages;             /* 1 << enum stage: those that have run; road_has_run() */
    struct text_layer text;
    struct conllu_layer conllu; /* `parse --tokenized`: comments and the like */
    struct lang_layer lang;
    struct tree tree;
    struct match_layer matches;
    struct who_layer who;
    struct when_layer when;
    struct where_layer where;
    struct said_layer said;
    struct relation_query asked;    /* dt_classify() only */
    struct what_layer what;         /* after joining; only events of the wanted status */
    struct attempt_log attempts;    /* filled when asked for */
    struct event_text *event_texts; /* one an event */
    uint32_t relation;              /* dt_classify(): index of the event that answers, or NONE */
    uint32_t *shown_actors;         /* those of `who` and `where` that are shown as such, in */
    uint32_t *shown_places;         /* order: see list_shown() in shown.c */
    uint32_t n_shown_actors, n_shown_places;
    const struct coder_run *run;
    struct copies *copies; /* NUL-terminated texts that getters have been asked for */
};

struct dt_coder {
    struct dt_model *model;
    struct lang_scratch *lang;
    struct arena arena;        /* the document */
    struct arena record_arena; /* the story that dt_record_story() read */
    struct page_reader *pages; /* for stories that are pages; NULL: none came yet */
    struct buf out;            /* what dt_render() made */
    struct copies copies;      /* the document's */
    struct coder_run run;
    const struct evidence_sink *sink; /* for trainers, see what/evidence.h; NULL: none */
    unsigned status_mask;             /* 1 << enum event_status */
    int per_sentence, trace, timed, any_language;
    double min_confidence; /* 0: what the reader takes for likely */
    double seconds[STAGE_COUNT];
    struct dt_doc doc;
};

/* Works out the day of a story that came without one (storyday.c). False only when memory ran out.
 */
bool story_infer_day(struct dt_doc *doc, struct arena *arena);
/* Actors without a country get the one that the text lets infer (whence.c). False only when memory
 * ran out. */
bool story_whence(struct dt_doc *doc, struct arena *arena);
/* Actors without a code get the one that their events gave them (whence.c). */
void story_codes_of_events(struct dt_doc *doc);
/* Lets places stand for their countries as targets (standin.c). False only when memory ran out. */
bool story_stand_ins(struct dt_doc *doc, struct arena *arena);
/* Mentions of one happening become one event (join.c). False only when memory ran out. */
bool story_join(struct dt_doc *doc, struct arena *arena);
/* "2025-02-27", "2025-W09", "2025-02", "2022" by the event's precision; "" when unknown. */
void story_event_date(const struct event *e, char out[16]);
/* The last day of an event that lasted more than one, else "". */
void story_event_date_end(const struct event *e, char out[16]);
/* "2025-02-27-RUS-046-3f9a1c220d5b7e48": the same for the same story and event on every run.
 * `nth`: how many events of its word come before it. */
void story_event_id(const struct dt_doc *doc, const struct event *e, uint64_t nth,
                    char out[EVENT_ID_SIZE]);
/* Describes the coder's model, knowledge and options in its `run` (coder_run.c). */
void story_describe_run(struct dt_coder *coder);
/* Fills doc->event_texts, shown_actors, shown_places. False only when memory ran out. */
bool story_show(struct dt_doc *doc, struct arena *arena);
/* Leaves out events that lack an actor, whose status is not in the mask, or that are less sure than
 * that (join.c). */
void story_filter(struct dt_doc *doc, unsigned status_mask, double min_confidence);

#endif
