/* format_petrarch.c - the lines of PETRARCH2, TABARI and Phoenix; see format.h. */
#include "store/format.h"

/* ---- PETRARCH2: always its ten columns, without URL and actor roots ---- */

static void put_three_dashes(const struct format_row *x, int of, struct buf *out)
{
    size_t begin = out->len;
    put_party_words(x, of, out);
    if (out->len == begin) buf_z(out, "---");
}

static void put_story_source(const struct format_row *x, int of, struct buf *out)
{
    size_t begin = out->len;
    put_publisher(x, of, out);
    if (out->len == begin) buf_z(out, "NULL");
}

/* The words that name the event. */
static void put_event_words(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_put(out, str_cut(x->doc->text.text, x->event->begin, x->event->end));
}

static const struct format_column petrarch_columns[] = {
    {"Date", put_event_day_digits, 0},
    {"Source", put_party_code, FORMAT_SOURCE},
    {"Target", put_party_code, FORMAT_TARGET},
    {"EventCode", put_cameo, 0},
    {"Issues", NULL, 0},
    {"IDs", put_sentence_ids, 0},
    {"StorySource", put_story_source, 0},
    {"SourceActorText", put_three_dashes, FORMAT_SOURCE},
    {"TargetActorText", put_three_dashes, FORMAT_TARGET},
    {"EventText", put_event_words, 0}};
const struct format_table format_petrarch = {
    .columns = petrarch_columns, .n_columns = sizeof petrarch_columns / sizeof petrarch_columns[0]};

/* ---- TABARI ---- */

static void put_short_day(const struct format_row *x, int of, struct buf *out)
{
    const char *day = x->doc->event_texts[x->record.i].day_begin;
    (void)of;
    if (day[0] != '\0') format_day_digits(day + 2, out);
}

static void put_code_or_dashes(const struct format_row *x, int of, struct buf *out)
{
    const char *code = format_code(x, of);
    buf_z(out, code[0] != '\0' ? code : "---");
}

static const struct format_column tabari_columns[] = {{"Date", put_short_day, 0},
                                                      {"Source", put_code_or_dashes, FORMAT_SOURCE},
                                                      {"Target", put_code_or_dashes, FORMAT_TARGET},
                                                      {"Code", put_cameo, 0},
                                                      {"Label", put_cameo_name, 0},
                                                      {"RecordID", put_sentence_ids, 0}};
const struct format_table format_tabari = {
    .columns = tabari_columns, .n_columns = sizeof tabari_columns / sizeof tabari_columns[0]};

/* ---- Phoenix ---- */

static void put_versioned_number(const struct format_row *x, int of, struct buf *out)
{
    put_dyad_number(x, of, out);
    buf_z(out, "_v");
    put_version(x, of, out);
}

enum { PART_YEAR, PART_MONTH, PART_DAY };

static void put_part_of_day(const struct format_row *x, int of, struct buf *out)
{
    static const struct {
        size_t begin, len;
    } parts[] = {{0, 4}, {5, 2}, {8, 2}};
    const char *day = x->doc->event_texts[x->record.i].day_begin;
    if (strlen(day) == 10) buf_put(out, str_of(day + parts[of].begin, parts[of].len));
}

enum { PHOENIX_ENTITY, PHOENIX_ROLE, PHOENIX_ATTRIBUTE };

/* The country, or what stands for one, is the first piece; the role the first that is one; all
 * other pieces are attributes. */
static int phoenix_part(const struct dt_doc *doc, const char *piece, bool first, bool *has_role)
{
    const char *class = format_piece_class(doc, piece);
    if (class == NULL) return PHOENIX_ATTRIBUTE;
    if (first && (strcmp(class, "country") == 0 || strcmp(class, "region") == 0 ||
                  strcmp(class, "entity") == 0))
        return PHOENIX_ENTITY;
    if (*has_role || strcmp(class, "role") != 0) return PHOENIX_ATTRIBUTE;
    *has_role = true;
    return PHOENIX_ROLE;
}

static void put_phoenix_part(const struct format_row *x, int side, int part, struct buf *out)
{
    const char *code = format_code(x, side);
    char piece[4];
    bool has_role = false;
    size_t begin = out->len;
    for (bool first = true; format_next_piece(&code, piece); first = false) {
        if (phoenix_part(x->doc, piece, first, &has_role) != part) continue;
        if (out->len != begin) buf_c(out, ';');
        buf_z(out, piece);
    }
}

static void put_phoenix_entity(const struct format_row *x, int of, struct buf *out)
{
    put_phoenix_part(x, of, PHOENIX_ENTITY, out);
}

static void put_phoenix_role(const struct format_row *x, int of, struct buf *out)
{
    put_phoenix_part(x, of, PHOENIX_ROLE, out);
}

static void put_phoenix_attribute(const struct format_row *x, int of, struct buf *out)
{
    put_phoenix_part(x, of, PHOENIX_ATTRIBUTE, out);
}

/* 0 statement or appeal, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, by
 * the root code 01 to 20. */
static void put_phoenix_quad(const struct format_row *x, int of, struct buf *out)
{
    static const char quads[] = "00111222333344344444";
    const char *cameo = x->event->cameo;
    (void)of;
    if (cameo[0] < '0' || cameo[0] > '2' || cameo[1] < '0' || cameo[1] > '9') return;
    int root = (cameo[0] - '0') * 10 + cameo[1] - '0';
    if (root >= 1 && root <= 20) buf_c(out, quads[root - 1]);
}

static const struct format_column phoenix_columns[] = {
    {"EventID", put_versioned_number, 0},
    {"Date", put_event_day_digits, 0},
    {"Year", put_part_of_day, PART_YEAR},
    {"Month", put_part_of_day, PART_MONTH},
    {"Day", put_part_of_day, PART_DAY},
    {"SourceActorFull", put_party_code, FORMAT_SOURCE},
    {"SourceActorEntity", put_phoenix_entity, FORMAT_SOURCE},
    {"SourceActorRole", put_phoenix_role, FORMAT_SOURCE},
    {"SourceActorAttribute", put_phoenix_attribute, FORMAT_SOURCE},
    {"TargetActorFull", put_party_code, FORMAT_TARGET},
    {"TargetActorEntity", put_phoenix_entity, FORMAT_TARGET},
    {"TargetActorRole", put_phoenix_role, FORMAT_TARGET},
    {"TargetActorAttribute", put_phoenix_attribute, FORMAT_TARGET},
    {"EventCode", put_cameo, 0},
    {"EventRootCode", put_root, 0},
    {"QuadClass", put_phoenix_quad, 0},
    {"GoldsteinScore", put_goldstein, 0},
    {"Issues", NULL, 0},
    {"Lat", put_event_lat, 0},
    {"Lon", put_event_lon, 0},
    {"LocationName", put_event_place, 0},
    {"StateName", put_event_division, 0},
    {"CountryCode", put_event_country, 0},
    {"SentenceID", put_sentence_ids, 0},
    {"URLs", put_url, 0},
    {"NewsSources", put_publisher, 0}};
const struct format_table format_phoenix = {
    .columns = phoenix_columns, .n_columns = sizeof phoenix_columns / sizeof phoenix_columns[0]};
