/* record.h - a document's layers as records: what every writer of src/store shares. */
#ifndef DETENTE_RECORD_H
#define DETENTE_RECORD_H

#include "story/story.h"

const struct know_place *record_place(const struct dt_doc *doc, const struct event *e);
/* The name of the actor's country in full, or "". */
const char *record_actor_name(const struct dt_doc *doc, uint32_t actor);
struct str record_sentence(const struct dt_doc *doc, uint32_t sentence);
const char *record_precision(uint8_t precision);
const struct ontology_code *record_code(const struct dt_doc *doc, const struct event *e);
/* PLOVER's score of the event's type and mode; false when it has none. */
bool record_plover_score(const struct dt_doc *doc, const struct event *e, double *score);

/* A source-target pair of an event; the event as a whole has both NONE. */
struct dyad {
    uint32_t source, target; /* indices into what->parties, or NONE */
    bool turned;             /* of a reciprocal event: target first */
};

/* The pairs of the event: each source with each target, both ways when reciprocal. */
uint32_t record_dyad_count(const struct event *e);
struct dyad record_dyad(const struct event *e, uint32_t i);

/* The writers, one a format. */
void write_events_jsonl(const struct dt_doc *doc, int flags, struct buf *out);
void write_events_csv(const struct dt_doc *doc, int flags, struct buf *out);
extern const char csv_header[];
void write_table(const struct dt_doc *doc, int flags, bool colour, struct buf *out);
void write_story(const struct dt_doc *doc, struct buf *out);
void write_parse_json(const struct dt_doc *doc, struct buf *out);
void write_explain(const struct dt_doc *doc, bool colour, struct buf *out);
void write_explain_json(const struct dt_doc *doc, struct buf *out);
void write_relation(const struct dt_doc *doc, struct buf *out);
/* One event as a JSON object without line end; dyad NULL for the event as a whole. */
void write_event(const struct dt_doc *doc, const struct event *e, const struct dyad *dyad,
                 struct buf *out);
/* One actor of an event as a JSON object. */
void write_party(const struct dt_doc *doc, const struct party *party, struct buf *out);

#endif
