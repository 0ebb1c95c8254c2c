/* format_icews.c - the tables of ICEWS and of POLECAT; see format.h. */
#include "know/codes.h"
#include "store/format.h"

/* The line of names from the columns' table: X(name, put, of). */
#define COLUMN_ROW(name, put, of)  {name, put, of},
#define COLUMN_NAME(name, put, of) "\t" name

/* ---- ICEWS ---- */

#define ICEWS_COLUMNS(X)                                                                           \
    X("Event ID", put_dyad_number, 0)                                                              \
    X("Event Date", put_event_day, 0)                                                              \
    X("Source Name", put_party_name, FORMAT_SOURCE)                                                \
    X("Source Sectors", put_party_sectors, FORMAT_SOURCE)                                          \
    X("Source Country", put_party_country_name, FORMAT_SOURCE)                                     \
    X("Event Text", put_cameo_name, 0)                                                             \
    X("CAMEO Code", put_cameo, 0)                                                                  \
    X("Intensity", put_goldstein, 0)                                                               \
    X("Target Name", put_party_name, FORMAT_TARGET)                                                \
    X("Target Sectors", put_party_sectors, FORMAT_TARGET)                                          \
    X("Target Country", put_party_country_name, FORMAT_TARGET)                                     \
    X("Story ID", put_story_id, 0)                                                                 \
    X("Sentence Number", put_sentence_number, 0)                                                   \
    X("Publisher", put_publisher, 0)                                                               \
    X("City", put_event_city, 0)                                                                   \
    X("District", NULL, 0)                                                                         \
    X("Province", put_event_division, 0)                                                           \
    X("Country", put_event_country_name, 0)                                                        \
    X("Latitude", put_event_lat, 0)                                                                \
    X("Longitude", put_event_lon, 0)

static const struct format_column icews_columns[] = {ICEWS_COLUMNS(COLUMN_ROW)};
static const char icews_header[] = ICEWS_COLUMNS(COLUMN_NAME) "\n";
const struct format_table format_icews = {.columns = icews_columns,
                                          .n_columns =
                                              sizeof icews_columns / sizeof icews_columns[0],
                                          .header = icews_header + 1};

/* ---- POLECAT ---- */

static void put_plover_type(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->event->plover);
}

static void put_plover_mode(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->event->mode);
}

static void put_plover_score(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, plover_score, out);
}

/* Of the PLOVER type, which is not always that of the CAMEO code. */
static void put_quad_words(const struct format_row *x, int of, struct buf *out)
{
    static const char *const words[] = {NULL, "V-COOP", "M-COOP", "V-CONF", "M-CONF"};
    const struct ontology_type *t =
        x->event->plover != NULL ? ontology_type_of(x->doc->know, str_c(x->event->plover), STR(""))
                                 : NULL;
    (void)of;
    if (t != NULL && t->quad <= 4) buf_z(out, words[t->quad]);
}

static void put_contexts(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    for (const char *at = x->event->contexts; *at != '\0'; at++)
        buf_c(out, *at == ',' ? ';' : *at);
}

static void put_cow(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] != NULL)
        buf_z(out, know_code(x->doc->know, CODES_COW, str_c(x->side[of]->country)));
}

static void put_first_sector(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] != NULL) buf_z(out, x->side[of]->sector);
}

/* All pieces of the code that are a role or a type. */
static void put_all_sectors(const struct format_row *x, int of, struct buf *out)
{
    const char *code = format_code(x, of);
    char piece[4];
    size_t begin = out->len;
    while (format_next_piece(&code, piece)) {
        const char *class = format_piece_class(x->doc, piece);
        if (class == NULL || (strcmp(class, "role") != 0 && strcmp(class, "type") != 0)) continue;
        if (out->len != begin) buf_c(out, ';');
        buf_z(out, piece);
    }
}

static void put_place_words(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    if (x->event->place == NONE) return;
    const struct place *p = &x->doc->where.places[x->event->place];
    buf_put(out, str_cut(x->doc->text.text, p->begin, p->end));
}

static void put_story_day(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->doc->date);
}

static void put_story_language(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->doc->story.lang);
}

static struct str entity_name(const struct dt_doc *d, uint32_t i)
{
    const struct lang_entity *e = &d->lang.entities[i];
    return str_cut(d->text.text, d->text.tokens[e->token_begin].begin,
                   d->text.tokens[e->token_end - 1].end);
}

static bool is_of_kinds(const struct dt_doc *d, uint32_t i, unsigned kinds)
{
    return (kinds >> d->lang.entities[i].type & 1) != 0;
}

enum { NAMES_MOST = 100 }; /* looked at: the cost is quadratic in it */

static bool is_named_before(const struct dt_doc *d, unsigned kinds, uint32_t i, struct str name)
{
    for (uint32_t k = 0; k < i; k++)
        if (is_of_kinds(d, k, kinds) && str_eq(entity_name(d, k), name)) return true;
    return false;
}

/* Names of some kinds in the story, each once, in order; `of` is a set of kinds. */
static void put_story_names(const struct format_row *x, int of, struct buf *out)
{
    const struct dt_doc *d = x->doc;
    size_t begin = out->len;
    for (uint32_t i = 0; i < d->lang.n_entities && i < NAMES_MOST; i++) {
        struct str name = entity_name(d, i);
        if (!is_of_kinds(d, i, (unsigned)of) || is_named_before(d, (unsigned)of, i, name)) continue;
        if (out->len != begin) buf_c(out, ';');
        buf_put(out, name);
    }
}

enum {
    ALL_PERSONS = 1 << NAME_PER,
    ALL_BODIES = 1 << NAME_ORG,
    ALL_PLACES = 1 << NAME_GPE | 1 << NAME_LOC
};

#define POLECAT_SIDE(X, Who, side)                                                                 \
    X(Who " Name", put_party_name, side)                                                           \
    X(Who " Country", put_party_country, side)                                                     \
    X(Who " COW", put_cow, side)                                                                   \
    X("Primary " Who " Sector", put_first_sector, side)                                            \
    X(Who " Sectors", put_all_sectors, side)                                                       \
    X(Who " Title", NULL, side)                                                                    \
    X(Who " Name Raw", put_party_words, side)                                                      \
    X("Wikipedia " Who " ID", NULL, side)
#define POLECAT_COLUMNS(X)                                                                         \
    X("Event ID", put_dyad_id, 0)                                                                  \
    X("Event Date", put_event_day, 0)                                                              \
    X("Event Type", put_plover_type, 0)                                                            \
    X("Event Mode", put_plover_mode, 0)                                                            \
    X("Intensity", put_plover_score, 0)                                                            \
    X("Quad Code", put_quad_words, 0)                                                              \
    X("Contexts", put_contexts, 0)                                                                 \
    POLECAT_SIDE(X, "Actor", FORMAT_SOURCE)                                                        \
    POLECAT_SIDE(X, "Recipient", FORMAT_TARGET)                                                    \
    X("Placename", put_event_place, 0)                                                             \
    X("City", put_event_city, 0)                                                                   \
    X("District", NULL, 0)                                                                         \
    X("Province", put_event_division, 0)                                                           \
    X("Country", put_event_country, 0)                                                             \
    X("Latitude", put_event_lat, 0)                                                                \
    X("Longitude", put_event_lon, 0)                                                               \
    X("GeoNames ID", put_event_geonameid, 0)                                                       \
    X("Raw Placename", put_place_words, 0)                                                         \
    X("Feature Type", NULL, 0)                                                                     \
    X("Source", put_publisher, 0)                                                                  \
    X("Publication Date", put_story_day, 0)                                                        \
    X("Story People", put_story_names, ALL_PERSONS)                                                \
    X("Story Organizations", put_story_names, ALL_BODIES)                                          \
    X("Story Locations", put_story_names, ALL_PLACES)                                              \
    X("Language", put_story_language, 0)                                                           \
    X("Version", put_version, 0)

static const struct format_column polecat_columns[] = {POLECAT_COLUMNS(COLUMN_ROW)};
static const char polecat_header[] = POLECAT_COLUMNS(COLUMN_NAME) "\n";
const struct format_table format_polecat = {.columns = polecat_columns,
                                            .n_columns =
                                                sizeof polecat_columns / sizeof polecat_columns[0],
                                            .missing = "None",
                                            .header = polecat_header + 1,
                                            .one_way = true};
