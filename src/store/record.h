/* record.h - a document's layers as records: what every writer of src/store and the getters share.
 *
 * fields.h says what there is; here it becomes something that can be walked: kinds, their fields,
 * and for each field a function that reads its value. */
#ifndef DETENTE_RECORD_H
#define DETENTE_RECORD_H

#include "know/ontology.h"
#include "store/fields.h"
#include "story/story.h"

/* A source-target pair of an event. */
struct dyad {
    uint32_t source, target;       /* indices into what->parties, or NONE */
    uint32_t source_at, target_at; /* their numbers among the event's, 0 where there is none */
    bool turned;                   /* of a reciprocal event: target first */
};

/* The pairs of the event: each source with each target, both ways when reciprocal. */
uint32_t record_dyad_count(const struct event *e);
struct dyad record_dyad(const struct event *e, uint32_t i);

/* What is read: row i of its kind; of parts, that of row i of the owner; of shape 2, its row k. */
struct record {
    const struct dt_doc *doc;
    const struct dyad *dyad; /* its actors only, or NULL: the event as a whole */
    uint32_t i, k;
};

enum field_type { TYPE_TEXT, TYPE_INDEX, TYPE_REAL, TYPE_BOOL, TYPE_FLAG, TYPE_ROWS, TYPE_PART };
enum field_use { IN_JSON = 1, IN_DB = 2 };
enum kind_shape { SHAPE_0, SHAPE_1, SHAPE_2, SHAPE_P };
enum kind_layout { LAYOUT_OBJECT, LAYOUT_TUPLE, LAYOUT_VALUE };

struct value {
    union {
        struct str text; /* TYPE_TEXT; `at` NULL: none */
        size_t index;    /* TYPE_INDEX; DT_NONE: none */
        double real;     /* TYPE_REAL; NAN: none */
        bool yes;        /* TYPE_BOOL, TYPE_FLAG */
    };
    bool terminated; /* a NUL follows the text */
};

#define KIND_ENUM(kind, ...) KIND_##kind,
enum kind { RECORD_KINDS(KIND_ENUM) KIND_COUNT };

struct field {
    struct str name;
    struct str key; /* "\"name\":" */
    const char *column;
    struct value (*read)(const struct record *r); /* NULL for ROWS and PART */
    uint8_t type;                                 /* enum field_type */
    uint8_t uses;                                 /* enum field_use */
    uint8_t rows;                                 /* enum kind, for ROWS and PART */
};

struct kind_info {
    const struct field *fields;
    size_t n_fields;
    size_t (*count)(const struct record *r); /* rows; 0 or 1 for a PART */
    uint8_t shape;                           /* enum kind_shape */
    uint8_t owner;                           /* enum kind */
    uint8_t layout;                          /* enum kind_layout */
};
extern const struct kind_info record_kinds[KIND_COUNT];

/* Number of a field among those of its kind: FIELD_event_cameo. */
#define FIELD_ENUM(kind, name, ...)    FIELD_##kind##_##name,
#define FIELDS_ENUM(kind, fields, ...) enum { fields(FIELD_ENUM) FIELD_##kind##_COUNT };
RECORD_KINDS(FIELDS_ENUM)

/* The field of that kind and name. */
#define RECORD_FIELD(kind, name) (&record_kinds[KIND_##kind].fields[FIELD_##kind##_##name])
/* True when the value is there: a text that is not NULL, a number that is one, any BOOL. */
bool record_has(const struct field *field, const struct value *v);
/* Adds the value as plain text; nothing where it is none. A BOOL is 1 or 0. */
void record_put(const struct field *field, const struct value *v, struct buf *out);
/* The same for a field of a record. */
void record_put_field(const struct record *r, const struct field *field, struct buf *out);
/* Adds rows as one cell: rows joined by ';' (contexts by ','), the JSON values of a row by blanks.
 */
void record_put_rows(const struct record *r, enum kind kind, struct buf *out);

/* The writers, one a format. */
void write_events_jsonl(const struct dt_doc *doc, int flags, struct buf *out);
void write_events_csv(const struct dt_doc *doc, int flags, struct buf *out);
const char *csv_header(void);
void write_table(const struct dt_doc *doc, bool colour, struct buf *out);
void write_story(const struct dt_doc *doc, struct buf *out);
void write_parse_json(const struct dt_doc *doc, struct buf *out);
void write_explain(const struct dt_doc *doc, bool colour, struct buf *out);
void write_explain_json(const struct dt_doc *doc, struct buf *out);
void write_relation(const struct dt_doc *doc, struct buf *out);
/* One row of a kind as JSON, without line end. */
void write_row(const struct record *r, enum kind kind, struct buf *out);

#endif
