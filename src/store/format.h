/* format.h - what the formats of other coders share: one row a source-target pair of an event, as
 * cells between tabs.
 *
 * A format is a table of columns, each with a function that writes its cell; a cell that it leaves
 * empty holds `missing`. No cell holds a tab, a line end or another control character, and all is
 * UTF-8. What each column is made of stands in doc/formats.md. */
#ifndef DETENTE_FORMAT_H
#define DETENTE_FORMAT_H

#include "know/sectors.h"
#include "store/record.h"

enum { FORMAT_SOURCE, FORMAT_TARGET };

/* What a cell is made of. */
struct format_row {
    const struct dt_doc *doc;
    const struct event *event;
    struct record record;        /* of the event, with its dyad */
    const struct party *side[2]; /* source and target of the pair; NULL: none */
    uint32_t mention;            /* of a format that has a row for each */
};

/* `of` is what the column says: a side, or a number that its function knows. */
typedef void format_put(const struct format_row *x, int of, struct buf *out);

struct format_column {
    const char *name;
    format_put *put; /* NULL: never known */
    int of;
};

struct format_table {
    const struct format_column *columns;
    uint32_t n_columns;
    const char *missing; /* what an empty cell holds; NULL: nothing */
    const char *header;  /* line of the names, or NULL */
    bool one_way;        /* a reciprocal event's pair once */
    bool mentions;       /* a row for each mention of the event */
};

/* Tables of format_*.c. */
extern const struct format_table format_petrarch, format_phoenix, format_tabari, format_icews,
    format_polecat, format_gdelt1, format_gdelt2, format_gdelt2_mentions;

/* Writes the document's events in a format. */
void write_format_table(const struct dt_doc *doc, const struct format_table *format,
                        struct buf *out);
/* The row of pair `k` of event `i`; valid as long as the document and `dyad`. */
struct format_row format_row_of(const struct dt_doc *doc, uint32_t i, struct dyad *dyad);

/* Text as it may stand in a cell: what stands behind `begin`, with blanks for control characters
 * and U+FFFD for what is not UTF-8. */
void format_clean(struct buf *out, size_t begin);

/* ---- cells that several formats have; they take a side or nothing ---- */

format_put put_dyad_id, put_dyad_number, put_event_day, put_event_day_digits, put_story_day_digits;
format_put put_story_id, put_publisher, put_url, put_cameo, put_cameo_name, put_goldstein;
format_put put_root, put_quad_number, put_version;
format_put put_party_code, put_party_name, put_party_words, put_party_country;
format_put put_party_country_name, put_party_sectors;
format_put put_event_place, put_event_city, put_event_division, put_event_country;
format_put put_event_country_name, put_event_lat, put_event_lon, put_event_geonameid;
/* Sentences that tell the event, "id_1;id_4": numbered from 1, 0 the title. */
format_put put_sentence_ids;
format_put put_sentence_number;

/* The event's place, or NULL. */
const struct know_place *format_place(const struct format_row *x);
/* The actor's code in full; "" where there is none. */
const char *format_code(const struct format_row *x, int side);
/* English name of a country, or NULL. */
const char *format_country_name(const struct dt_doc *doc, const char *country);
/* A number of 63 bits for an id, the same on every run. */
uint64_t format_number(struct str id);
/* "2025-02-27" as "20250227". */
void format_day_digits(const char *day, struct buf *out);
/* The field of the row's event, of its place, ... as plain text. */
#define FORMAT_FIELD(x, kind, name, out)                                                           \
    record_put_field(&(x)->record, RECORD_FIELD(kind, name), out)

/* The next three letters of an actor's code; false at its end. */
bool format_next_piece(const char **code, char piece[4]);
/* What a piece is: "country" or as codes/parts.tsv has it; NULL: something else. */
const char *format_piece_class(const struct dt_doc *doc, const char *piece);

/* The formats of JSON. */
void write_ngec(const struct dt_doc *doc, struct buf *out);
void write_plover(const struct dt_doc *doc, struct buf *out);
/* GeoJSON: a feature a line; those of one collection begin with ",\n". */
void write_geojson(const struct dt_doc *doc, bool lines, struct buf *out);

#endif
