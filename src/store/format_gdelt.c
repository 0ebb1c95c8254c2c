/* format_gdelt.c - the tables of GDELT: events of version 1 and 2, mentions; see format.h. */
#include <math.h>
#include <stdio.h>

#include "know/codes.h"
#include "store/format.h"

/* ---- codes of actors ---- */

/* Kinds of pieces; of some the first counts, of others the first two or three. */
#define GDELT_PARTS(X)                                                                             \
    X(COUNTRY, 0)                                                                                  \
    X(GROUP, 0) X(ETHNIC, 0) X(RELIGION_1, 0) X(RELIGION_2, 1) X(TYPE_1, 0) X(TYPE_2, 1)           \
        X(TYPE_3, 2)
#define GDELT_PART_ENUM(name, nth) GDELT_##name,
#define GDELT_PART_NTH(name, nth)  [GDELT_##name] = (nth),
enum gdelt_part { GDELT_PARTS(GDELT_PART_ENUM) GDELT_PART_COUNT };
static const uint8_t part_nth[GDELT_PART_COUNT] = {GDELT_PARTS(GDELT_PART_NTH)};

static bool is_of_part(const char *class, enum gdelt_part part)
{
    if (class == NULL) return false;
    switch (part) {
    case GDELT_COUNTRY: return strcmp(class, "country") == 0 || strcmp(class, "region") == 0;
    case GDELT_GROUP: return strcmp(class, "group") == 0;
    case GDELT_ETHNIC: return strcmp(class, "ethnic") == 0;
    case GDELT_RELIGION_1:
    case GDELT_RELIGION_2: return strcmp(class, "religion") == 0;
    default:
        return strcmp(class, "role") == 0 || strcmp(class, "type") == 0 ||
               strcmp(class, "entity") == 0;
    }
}

static void put_gdelt_part(const struct format_row *x, int side, enum gdelt_part part,
                           struct buf *out)
{
    const char *code = format_code(x, side);
    char piece[4];
    uint32_t n = 0;
    while (format_next_piece(&code, piece)) {
        if (!is_of_part(format_piece_class(x->doc, piece), part)) continue;
        if (n++ != part_nth[part]) continue;
        for (int i = 0; i < 3; i++)
            buf_c(out, (char)(part == GDELT_ETHNIC && piece[i] <= 'Z' ? piece[i] + 32 : piece[i]));
    }
}

/* `of` of such a column is the side and the part. */
#define PART_OF(side, part) ((side) + 2 * (part))

static void put_actor_part(const struct format_row *x, int of, struct buf *out)
{
    put_gdelt_part(x, of % 2, (enum gdelt_part)(of / 2), out);
}

/* ---- dates ---- */

static void put_start_of_day(const char *day, size_t len, struct buf *out)
{
    if (strlen(day) < len) return;
    for (size_t i = 0; i < len; i++)
        if (day[i] != '-') buf_c(out, day[i]);
}

enum { DAY_YEAR = 4, DAY_MONTH = 7 };

static void put_event_period(const struct format_row *x, int of, struct buf *out)
{
    put_start_of_day(x->doc->event_texts[x->record.i].day_begin, (size_t)of, out);
}

/* Year and the share of it that is over, with months of 30 days and a year of 365. */
static void put_fraction(const struct format_row *x, int of, struct buf *out)
{
    const char *day = x->doc->event_texts[x->record.i].day_begin;
    (void)of;
    if (strlen(day) != 10) return;
    int year = (day[0] - '0') * 1000 + (day[1] - '0') * 100 + (day[2] - '0') * 10 + day[3] - '0';
    int month = (day[5] - '0') * 10 + day[6] - '0', date = (day[8] - '0') * 10 + day[9] - '0';
    buf_f(out, "%.4f", year + (month * 30 + date) / 365.0);
}

/* The story's day at midnight. */
static void put_story_moment(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    if (x->doc->date[0] == '\0') return;
    format_day_digits(x->doc->date, out);
    buf_z(out, "000000");
}

/* ---- the event ---- */

static void put_base_code(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_put(out, str_cut(str_c(x->event->cameo), 0,
                         strlen(x->event->cameo) < 3 ? strlen(x->event->cameo) : 3));
}

/* 1 where it stands in the title or the first paragraph. */
static void put_is_root(const struct format_row *x, int of, struct buf *out)
{
    const struct text_layer *text = &x->doc->text;
    (void)of;
    buf_c(out,
          text->sentences[x->event->sentence].paragraph <= text->n_title_paragraphs ? '1' : '0');
}

static void put_mention_count(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_u(out, range_count(x->event->mentions));
}

static void put_number(const struct format_row *x, int of, struct buf *out)
{
    (void)x;
    buf_u(out, (uint64_t)of);
}

static void put_upper_name(const struct format_row *x, int of, struct buf *out)
{
    size_t begin = out->len;
    put_party_name(x, of, out);
    for (size_t i = begin; i < out->len; i++)
        if (out->at[i] >= 'a' && out->at[i] <= 'z') out->at[i] = (char)(out->at[i] - 32);
}

/* ---- places ---- */

/* 1 country, 2 state of the USA, 3 place in the USA, 4 place elsewhere, 5 division elsewhere; 0
 * none.
 */
static int geo_type(const struct format_row *x)
{
    const struct know_place *p = format_place(x);
    if (p == NULL) return 0;
    bool american = strcmp(know_z(x->doc->know, p->country), "USA") == 0;
    if (p->kind == 'C') return 1;
    if (p->kind == 'A') return american ? 2 : 5;
    return american ? 3 : 4;
}

static void put_geo_type(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_u(out, (uint64_t)geo_type(x));
}

static void put_geo_piece(format_put *put, const struct format_row *x, size_t begin,
                          struct buf *out)
{
    size_t before = out->len;
    if (before != begin) buf_z(out, ", ");
    size_t after = out->len;
    put(x, 0, out);
    if (out->len == after) out->len = before; /* nothing came */
}

/* "City, division, country". */
static void put_geo_name(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    size_t begin = out->len;
    (void)of;
    if (p == NULL) return;
    if (p->kind != 'C') put_event_place(x, 0, out);
    if (p->kind != 'A') put_geo_piece(put_event_division, x, begin, out);
    put_geo_piece(put_event_country_name, x, begin, out);
}

static const char *fips_country(const struct format_row *x, const struct know_place *p)
{
    const struct know *know = x->doc->know;
    char key[32];
    (void)snprintf(key, sizeof key, "%.8s.%.20s", know_z(know, p->country), know_z(know, p->adm1));
    const char *fips = know_code(know, CODES_FIPS, str_c(key));
    return fips != NULL ? fips : know_code(know, CODES_FIPS, know_str(know, p->country));
}

static void put_geo_country(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    (void)of;
    if (p != NULL) buf_z(out, fips_country(x, p));
}

/* The country's code alone where no division is known. */
static void put_geo_division(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    (void)of;
    if (p == NULL || fips_country(x, p) == NULL) return;
    buf_z(out, fips_country(x, p));
    buf_z(out, know_z(x->doc->know, p->adm1));
}

/* Of countries and divisions the code; of other places GeoNames' number is another system's. */
static void put_geo_feature(const struct format_row *x, int of, struct buf *out)
{
    int type = geo_type(x);
    if (type == 1) put_geo_country(x, of, out);
    if (type == 2 || type == 5) put_geo_division(x, of, out);
}

/* ---- events ---- */

#define GDELT_ACTOR(who, side)                                                                     \
    {who "Code", put_party_code, side}, {who "Name", put_upper_name, side},                        \
        {who "CountryCode", put_actor_part, PART_OF(side, GDELT_COUNTRY)},                         \
        {who "KnownGroupCode", put_actor_part, PART_OF(side, GDELT_GROUP)},                        \
        {who "EthnicCode", put_actor_part, PART_OF(side, GDELT_ETHNIC)},                           \
        {who "Religion1Code", put_actor_part, PART_OF(side, GDELT_RELIGION_1)},                    \
        {who "Religion2Code", put_actor_part, PART_OF(side, GDELT_RELIGION_2)},                    \
        {who "Type1Code", put_actor_part, PART_OF(side, GDELT_TYPE_1)},                            \
        {who "Type2Code", put_actor_part, PART_OF(side, GDELT_TYPE_2)},                            \
    {                                                                                              \
        who "Type3Code", put_actor_part, PART_OF(side, GDELT_TYPE_3)                               \
    }
#define GDELT_EVENT                                                                                \
    {"GLOBALEVENTID", put_dyad_number, 0}, {"SQLDATE", put_event_day_digits, 0},                   \
        {"MonthYear", put_event_period, DAY_MONTH}, {"Year", put_event_period, DAY_YEAR},          \
        {"FractionDate", put_fraction, 0}, GDELT_ACTOR("Actor1", FORMAT_SOURCE),                   \
        GDELT_ACTOR("Actor2", FORMAT_TARGET), {"IsRootEvent", put_is_root, 0},                     \
        {"EventCode", put_cameo, 0}, {"EventBaseCode", put_base_code, 0},                          \
        {"EventRootCode", put_root, 0}, {"QuadClass", put_quad_number, 0},                         \
        {"GoldsteinScale", put_goldstein, 0}, {"NumMentions", put_mention_count, 0},               \
        {"NumSources", put_number, 1}, {"NumArticles", put_number, 1},                             \
    {                                                                                              \
        "AvgTone", NULL, 0                                                                         \
    }
/* Where the actors are is not known. */
#define GDELT_NO_PLACE(who, more)                                                                  \
    {who "_Type", put_number, 0}, {who "_FullName", NULL, 0}, {who "_CountryCode", NULL, 0},       \
        {who "_ADM1Code", NULL, 0}, more{who "_Lat", NULL, 0}, {who "_Long", NULL, 0},             \
    {                                                                                              \
        who "_FeatureID", NULL, 0                                                                  \
    }
#define GDELT_PLACE(who, more)                                                                     \
    {who "_Type", put_geo_type, 0}, {who "_FullName", put_geo_name, 0},                            \
        {who "_CountryCode", put_geo_country, 0}, {who "_ADM1Code", put_geo_division, 0},          \
        more{who "_Lat", put_event_lat, 0}, {who "_Long", put_event_lon, 0},                       \
    {                                                                                              \
        who "_FeatureID", put_geo_feature, 0                                                       \
    }
#define NO_ADM2
#define ADM2(who) {who "_ADM2Code", NULL, 0},

static const struct format_column gdelt1_columns[] = {GDELT_EVENT,
                                                      GDELT_NO_PLACE("Actor1Geo", NO_ADM2),
                                                      GDELT_NO_PLACE("Actor2Geo", NO_ADM2),
                                                      GDELT_PLACE("ActionGeo", NO_ADM2),
                                                      {"DATEADDED", put_story_day_digits, 0},
                                                      {"SOURCEURL", put_url, 0}};
const struct format_table format_gdelt1 = {
    .columns = gdelt1_columns, .n_columns = sizeof gdelt1_columns / sizeof gdelt1_columns[0]};

static const struct format_column gdelt2_columns[] = {
    GDELT_EVENT,
    GDELT_NO_PLACE("Actor1Geo", ADM2("Actor1Geo")),
    GDELT_NO_PLACE("Actor2Geo", ADM2("Actor2Geo")),
    GDELT_PLACE("ActionGeo", ADM2("ActionGeo")),
    {"DATEADDED", put_story_moment, 0},
    {"SOURCEURL", put_url, 0}};
const struct format_table format_gdelt2 = {
    .columns = gdelt2_columns, .n_columns = sizeof gdelt2_columns / sizeof gdelt2_columns[0]};

/* ---- mentions ---- */

static const struct event_span *mention_of(const struct format_row *x)
{
    return &x->doc->what.mentions[x->event->mentions.begin + x->mention];
}

/* 1: of the web; 2: a citation, where the story has no address. */
static void put_mention_type(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_c(out, x->doc->story.url != NULL && x->doc->story.url[0] != '\0' ? '1' : '2');
}

static void put_mention_identifier(const struct format_row *x, int of, struct buf *out)
{
    size_t begin = out->len;
    put_url(x, of, out);
    if (out->len == begin) put_story_id(x, of, out);
}

static void put_mention_sentence(const struct format_row *x, int of, struct buf *out)
{
    uint32_t n = x->doc->text.n_title_sentences, sentence = mention_of(x)->sentence;
    (void)of;
    buf_u(out, sentence >= n ? sentence - n + 1 : 0);
}

/* Bytes of the text as given; -1 where it stands in the title. */
static void put_offset(const struct dt_doc *d, uint32_t at, struct buf *out)
{
    if (clean_in_title(&d->text.map, at))
        buf_z(out, "-1");
    else
        buf_u(out, clean_given_begin(&d->text.map, at));
}

static void put_actor_offset(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] == NULL)
        buf_z(out, "-1");
    else
        put_offset(x->doc, x->doc->who.actors[x->side[of]->actor].begin, out);
}

static void put_action_offset(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    put_offset(x->doc, mention_of(x)->begin, out);
}

/* In hundredths, 10 to 100 as GDELT's. */
static void put_percent(const struct format_row *x, int of, struct buf *out)
{
    double percent = nearbyint((double)x->event->confidence * 100);
    (void)of;
    buf_u(out, percent < 10 ? 10 : percent > 100 ? 100 : (uint64_t)percent);
}

static void put_text_size(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_u(out, x->doc->story.text_len);
}

static const struct format_column gdelt2_mentions_columns[] = {
    {"GLOBALEVENTID", put_dyad_number, 0},
    {"EventTimeDate", put_story_moment, 0},
    {"MentionTimeDate", put_story_moment, 0},
    {"MentionType", put_mention_type, 0},
    {"MentionSourceName", put_publisher, 0},
    {"MentionIdentifier", put_mention_identifier, 0},
    {"SentenceID", put_mention_sentence, 0},
    {"Actor1CharOffset", put_actor_offset, FORMAT_SOURCE},
    {"Actor2CharOffset", put_actor_offset, FORMAT_TARGET},
    {"ActionCharOffset", put_action_offset, 0},
    {"InRawText", put_number, 1},
    {"Confidence", put_percent, 0},
    {"MentionDocLen", put_text_size, 0},
    {"MentionDocTone", NULL, 0},
    {"MentionDocTranslationInfo", NULL, 0},
    {"Extras", NULL, 0}};
const struct format_table format_gdelt2_mentions = {.columns = gdelt2_mentions_columns,
                                                    .n_columns = sizeof gdelt2_mentions_columns /
                                                                 sizeof gdelt2_mentions_columns[0],
                                                    .mentions = true};
