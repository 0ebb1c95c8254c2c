/* getters_test.c - what the getters of detente.h give is what dt_render() prints: `annotate`,
 * `parse --format json`, `classify` and the rest are written again from the getters alone and must
 * be the same, byte for byte. Every getter that the header declares is called in this file. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "whole.h"

/* ---- a small writer of JSON ---- */

static char *made;
static size_t made_len, made_cap;

static void put(const char *text)
{
    size_t len = strlen(text);
    while (made_len + len + 1 > made_cap) {
        made_cap = made_cap != 0 ? 2 * made_cap : 4096;
        made = realloc(made, made_cap);
        assert_non_null(made);
    }
    memcpy(made + made_len, text, len + 1);
    made_len += len;
}

static void put_string(const char *z)
{
    char one[8];
    if (z == NULL) {
        put("null");
        return;
    }
    put("\"");
    for (; *z != '\0'; z++) {
        if (*z == '\n')
            put("\\n");
        else if (*z == '\r')
            put("\\r");
        else if (*z == '\t')
            put("\\t");
        else if ((unsigned char)*z < 0x20) {
            (void)snprintf(one, sizeof one, "\\u%04x", (unsigned)*z);
            put(one);
        } else {
            (void)snprintf(one, sizeof one, *z == '"' || *z == '\\' ? "\\%c" : "%c", *z);
            put(one);
        }
    }
    put("\"");
}

static void put_key(const char *before, const char *name)
{
    put(before);
    put("\"");
    put(name);
    put("\":");
}

static void put_number(size_t n)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%zu", n);
    put(n == DT_NONE ? "null" : text);
}

/* The shortest of the decimals that read back as x, written without an exponent where it is short.
 */
static void put_real(double x)
{
    char text[64];
    if (isnan(x)) {
        put("null");
        return;
    }
    for (int places = 0; places <= 9; places++) {
        (void)snprintf(text, sizeof text, "%.*f", places, x);
        if (strtod(text, NULL) == x) break;
    }
    put(text);
}

static void text_field(const char *before, const char *name, const char *value)
{
    put_key(before, name);
    put_string(value);
}

static void number_field(const char *before, const char *name, size_t value)
{
    put_key(before, name);
    put_number(value);
}

static void real_field(const char *before, const char *name, double value)
{
    put_key(before, name);
    put_real(value);
}

static void bool_field(const char *before, const char *name, int value)
{
    put_key(before, name);
    put(value ? "true" : "false");
}

/* A FLAG, which JSON leaves out where it is false. */
static void flag_field(const char *name, int value)
{
    if (value) bool_field(",", name, 1);
}

/* ---- the records, field by field ---- */

/* A text has the bytes of its span, but where some that are no UTF-8 were replaced. */
static void check_span(const char *text, size_t begin, size_t end)
{
    assert_non_null(text);
    if (strstr(text, "\xEF\xBF\xBD") == NULL) assert_int_equal(strlen(text), end - begin);
}

static void put_sentences(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_sentence_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_sentence_begin(doc, i));
        number_field(",", "end", dt_sentence_end(doc, i));
        number_field(",", "paragraph", dt_sentence_paragraph(doc, i));
        flag_field("title", dt_sentence_title(doc, i));
        put("}");
        check_span(dt_sentence_text(doc, i), dt_sentence_begin(doc, i), dt_sentence_end(doc, i));
    }
}

static void put_entities(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_entity_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_entity_begin(doc, i));
        number_field(",", "end", dt_entity_end(doc, i));
        text_field(",", "type", dt_entity_type(doc, i));
        text_field(",", "text", dt_entity_text(doc, i));
        flag_field("title", dt_entity_title(doc, i));
        put("}");
    }
}

static void put_actors(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_actor_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_actor_begin(doc, i));
        number_field(",", "end", dt_actor_end(doc, i));
        text_field(",", "text", dt_actor_text(doc, i));
        text_field(",", "code", dt_actor_code(doc, i));
        text_field(",", "cameo", dt_actor_cameo(doc, i));
        text_field(",", "country", dt_actor_country(doc, i));
        text_field(",", "sector", dt_actor_sector(doc, i));
        text_field(",", "name", dt_actor_name(doc, i));
        text_field(",", "entity", dt_actor_entity(doc, i));
        number_field(",", "chain", dt_actor_chain(doc, i));
        text_field(",", "inferred", dt_actor_inferred(doc, i));
        flag_field("title", dt_actor_title(doc, i));
        put("}");
        assert_non_null(dt_actor_kind(doc, i));
    }
}

static void put_times(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_time_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_time_begin(doc, i));
        number_field(",", "end", dt_time_end(doc, i));
        text_field(",", "type", dt_time_type(doc, i));
        text_field(",", "value", dt_time_value(doc, i));
        text_field(",", "mod", dt_time_mod(doc, i));
        text_field(",", "text", dt_time_text(doc, i));
        flag_field("title", dt_time_title(doc, i));
        put("}");
    }
}

static void put_places(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_place_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_place_begin(doc, i));
        number_field(",", "end", dt_place_end(doc, i));
        text_field(",", "text", dt_place_text(doc, i));
        text_field(",", "name", dt_place_name(doc, i));
        text_field(",", "country", dt_place_country(doc, i));
        text_field(",", "adm1", dt_place_adm1(doc, i));
        real_field(",", "lat", dt_place_lat(doc, i));
        real_field(",", "lon", dt_place_lon(doc, i));
        number_field(",", "geonameid", dt_place_geonameid(doc, i));
        flag_field("title", dt_place_title(doc, i));
        put("}");
    }
}

static void put_quantities(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_quantity_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "begin", dt_quantity_begin(doc, i));
        number_field(",", "end", dt_quantity_end(doc, i));
        text_field(",", "kind", dt_quantity_kind(doc, i));
        real_field(",", "value", dt_quantity_value(doc, i));
        text_field(",", "unit", dt_quantity_unit(doc, i));
        real_field(",", "at_least", dt_quantity_at_least(doc, i));
        real_field(",", "at_most", dt_quantity_at_most(doc, i));
        bool_field(",", "approx", dt_quantity_approx(doc, i));
        text_field(",", "text", dt_quantity_text(doc, i));
        flag_field("title", dt_quantity_title(doc, i));
        put("}");
    }
}

static void put_piece(size_t k, size_t begin, size_t end)
{
    put(k != 0 ? ",[" : "[");
    put_number(begin);
    put(",");
    put_number(end);
    put("]");
}

static void put_quotes(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_quote_count(doc); i++) {
        put(i != 0 ? ",{\"content\":[" : "{\"content\":[");
        for (size_t k = 0; k < dt_quote_content_count(doc, i); k++)
            put_piece(k, dt_quote_content_begin(doc, i, k), dt_quote_content_end(doc, i, k));
        put("],\"cue\":[");
        for (size_t k = 0; k < dt_quote_cue_count(doc, i); k++)
            put_piece(k, dt_quote_cue_begin(doc, i, k), dt_quote_cue_end(doc, i, k));
        put("],\"source\":[");
        for (size_t k = 0; k < dt_quote_source_count(doc, i); k++)
            put_piece(k, dt_quote_source_begin(doc, i, k), dt_quote_source_end(doc, i, k));
        bool_field("],", "direct", dt_quote_direct(doc, i));
        text_field(",", "speaker", dt_quote_speaker(doc, i));
        text_field(",", "code", dt_quote_code(doc, i));
        text_field(",", "entity", dt_quote_entity(doc, i));
        flag_field("title", dt_quote_title(doc, i));
        put("}");
        const size_t last = dt_quote_content_count(doc, i) - 1;
        check_span(dt_quote_text(doc, i), dt_quote_content_begin(doc, i, 0),
                   dt_quote_content_end(doc, i, last));
    }
}

static size_t n_truncated, n_stand_ins; /* seen so far */

/* A party's mention is an actor of the document, but for places that stand for their states. */
static void check_party(const dt_doc *doc, size_t actor, size_t begin, size_t end)
{
    n_stand_ins += actor == DT_NONE;
    if (actor == DT_NONE) return;
    assert_int_equal(dt_actor_begin(doc, actor), begin);
    assert_int_equal(dt_actor_end(doc, actor), end);
}

static void put_parties(const dt_doc *doc, size_t i)
{
    put(",\"source\":[");
    for (size_t k = 0; k < dt_event_source_count(doc, i); k++) {
        text_field(k != 0 ? ",{" : "{", "code", dt_event_source_code(doc, i, k));
        text_field(",", "cameo", dt_event_source_cameo(doc, i, k));
        text_field(",", "country", dt_event_source_country(doc, i, k));
        text_field(",", "sector", dt_event_source_sector(doc, i, k));
        text_field(",", "name", dt_event_source_name(doc, i, k));
        text_field(",", "entity", dt_event_source_entity(doc, i, k));
        number_field(",", "begin", dt_event_source_begin(doc, i, k));
        number_field(",", "end", dt_event_source_end(doc, i, k));
        flag_field("title", dt_event_source_title(doc, i, k));
        put("}");
        check_party(doc, dt_event_source_actor(doc, i, k), dt_event_source_begin(doc, i, k),
                    dt_event_source_end(doc, i, k));
    }
    put("],\"target\":[");
    for (size_t k = 0; k < dt_event_target_count(doc, i); k++) {
        text_field(k != 0 ? ",{" : "{", "code", dt_event_target_code(doc, i, k));
        text_field(",", "cameo", dt_event_target_cameo(doc, i, k));
        text_field(",", "country", dt_event_target_country(doc, i, k));
        text_field(",", "sector", dt_event_target_sector(doc, i, k));
        text_field(",", "name", dt_event_target_name(doc, i, k));
        text_field(",", "entity", dt_event_target_entity(doc, i, k));
        number_field(",", "begin", dt_event_target_begin(doc, i, k));
        number_field(",", "end", dt_event_target_end(doc, i, k));
        flag_field("title", dt_event_target_title(doc, i, k));
        put("}");
        check_party(doc, dt_event_target_actor(doc, i, k), dt_event_target_begin(doc, i, k),
                    dt_event_target_end(doc, i, k));
    }
    put("]");
}

static void put_codes(const dt_doc *doc, size_t i)
{
    bool_field(",", "reciprocal", dt_event_reciprocal(doc, i));
    text_field(",", "cameo", dt_event_cameo(doc, i));
    text_field(",", "cameo_name", dt_event_cameo_name(doc, i));
    text_field(",", "root", dt_event_root(doc, i));
    number_field(",", "quad", dt_event_quad(doc, i));
    real_field(",", "goldstein", dt_event_goldstein(doc, i));
    text_field(",", "plover", dt_event_plover(doc, i));
    text_field(",", "mode", dt_event_mode(doc, i));
    put(",\"contexts\":[");
    for (size_t k = 0; k < dt_event_context_count(doc, i); k++) {
        put(k != 0 ? "," : "");
        put_string(dt_event_context_name(doc, i, k));
    }
    real_field("],", "plover_score", dt_event_plover_score(doc, i));
    text_field(",", "status", dt_event_status(doc, i));
}

static void put_parts(const dt_doc *doc, size_t i)
{
    put(",\"attribution\":");
    if (dt_event_attribution_begin(doc, i) != DT_NONE) {
        text_field("{", "code", dt_event_attribution_code(doc, i));
        text_field(",", "name", dt_event_attribution_name(doc, i));
        number_field(",", "begin", dt_event_attribution_begin(doc, i));
        number_field(",", "end", dt_event_attribution_end(doc, i));
        flag_field("title", dt_event_attribution_title(doc, i));
        put("}");
    } else {
        put("null");
    }
    put(",\"place\":");
    if (dt_event_place_name(doc, i) != NULL) {
        text_field("{", "name", dt_event_place_name(doc, i));
        text_field(",", "country", dt_event_place_country(doc, i));
        real_field(",", "lat", dt_event_place_lat(doc, i));
        real_field(",", "lon", dt_event_place_lon(doc, i));
        number_field(",", "geonameid", dt_event_place_geonameid(doc, i));
        text_field(",", "basis", dt_event_place_basis(doc, i));
        put("}");
    } else {
        put("null");
    }
}

static void put_lists(const dt_doc *doc, size_t i)
{
    put(",\"quantities\":[");
    for (size_t k = 0; k < dt_event_quantity_count(doc, i); k++) {
        text_field(k != 0 ? ",{" : "{", "kind", dt_event_quantity_kind(doc, i, k));
        real_field(",", "value", dt_event_quantity_value(doc, i, k));
        text_field(",", "unit", dt_event_quantity_unit(doc, i, k));
        real_field(",", "at_least", dt_event_quantity_at_least(doc, i, k));
        real_field(",", "at_most", dt_event_quantity_at_most(doc, i, k));
        bool_field(",", "approx", dt_event_quantity_approx(doc, i, k));
        put("}");
        assert_true(dt_event_quantity_begin(doc, i, k) < dt_event_quantity_end(doc, i, k));
        assert_true(!dt_event_quantity_title(doc, i, k) || dt_story_title(doc) != NULL);
    }
    put("],\"mentions\":[");
    for (size_t k = 0; k < dt_event_mention_count(doc, i); k++) {
        put(k != 0 ? ",[" : "[");
        put_number(dt_event_mention_sentence(doc, i, k));
        put(",");
        put_number(dt_event_mention_begin(doc, i, k));
        put(",");
        put_number(dt_event_mention_end(doc, i, k));
        put("]");
        assert_non_null(dt_event_mention_text(doc, i, k));
        assert_int_equal(dt_event_mention_title(doc, i, k),
                         dt_event_mention_sentence(doc, i, k) == DT_NONE);
    }
    text_field("],", "frame", dt_event_frame(doc, i));
    put(",\"operators\":[");
    for (size_t k = 0; k < dt_event_operator_count(doc, i); k++) {
        put(k != 0 ? "," : "");
        put_string(dt_event_operator_name(doc, i, k));
        assert_true(dt_event_operator_begin(doc, i, k) < dt_event_operator_end(doc, i, k));
    }
    put("]");
}

/* The days of an event are days, in order, and its date lies on the first where it is a day. */
static void check_days(const dt_doc *doc, size_t i)
{
    const char *begin = dt_event_day_begin(doc, i), *end = dt_event_day_end(doc, i);
    if (begin == NULL || end == NULL) return;
    assert_int_equal(strlen(begin), 10);
    assert_int_equal(strlen(end), 10);
    assert_true(strcmp(begin, end) <= 0);
    if (strlen(dt_event_date(doc, i)) == 10) assert_string_equal(begin, dt_event_date(doc, i));
}

static void put_events(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_event_count(doc); i++) {
        text_field(i != 0 ? ",{" : "{", "id", dt_event_id(doc, i));
        text_field(",", "story", dt_event_story(doc, i));
        number_field(",", "sentence", dt_event_sentence(doc, i));
        number_field(",", "begin", dt_event_begin(doc, i));
        number_field(",", "end", dt_event_end(doc, i));
        text_field(",", "date", dt_event_date(doc, i));
        check_days(doc, i);
        text_field(",", "date_end", dt_event_date_end(doc, i));
        text_field(",", "date_precision", dt_event_date_precision(doc, i));
        text_field(",", "date_basis", dt_event_date_basis(doc, i));
        put_parties(doc, i);
        put_codes(doc, i);
        put_parts(doc, i);
        put_lists(doc, i);
        real_field(",", "confidence", dt_event_confidence(doc, i));
        text_field(",", "text", dt_event_text(doc, i));
        if (dt_event_truncated(doc, i)) bool_field(",", "truncated", 1);
        n_truncated += dt_event_truncated(doc, i) != 0;
        flag_field("title", dt_event_title(doc, i));
        put("}");
    }
}

static void put_story(const dt_doc *doc)
{
    text_field("{", "id", dt_story_id(doc));
    text_field(",", "date", dt_story_date(doc));
    bool_field(",", "date_inferred", dt_story_date_inferred(doc));
    text_field(",", "date_from", dt_story_date_from(doc));
    text_field(",", "date_to", dt_story_date_to(doc));
    text_field(",", "date_evidence", dt_story_date_evidence(doc));
    put(",\"sentences\":[");
    put_sentences(doc);
    put("],\"entities\":[");
    put_entities(doc);
    put("],\"actors\":[");
    put_actors(doc);
    put("],\"times\":[");
    put_times(doc);
    put("],\"places\":[");
    put_places(doc);
    put("],\"quantities\":[");
    put_quantities(doc);
    put("],\"quotes\":[");
    put_quotes(doc);
    put("],\"events\":[");
    put_events(doc);
    put("]}\n");
}

static void put_token(const dt_doc *doc, size_t i, size_t sentence)
{
    size_t begin = dt_sentence_token_begin(doc, sentence), parent = dt_token_parent(doc, i);
    number_field(i != begin ? ",{" : "{", "begin", dt_token_begin(doc, i));
    number_field(",", "end", dt_token_end(doc, i));
    text_field(",", "form", dt_token_form(doc, i));
    text_field(",", "lemma", dt_token_lemma(doc, i));
    text_field(",", "upos", dt_token_upos(doc, i));
    text_field(",", "xpos", dt_token_xpos(doc, i));
    text_field(",", "feats", dt_token_feats(doc, i));
    number_field(",", "head", dt_token_head(doc, i));
    text_field(",", "deprel", dt_token_deprel(doc, i));
    text_field(",", "entity", dt_token_entity(doc, i));
    put("}");
    assert_int_equal(dt_token_sentence(doc, i), sentence);
    assert_int_equal(dt_token_title(doc, i), dt_sentence_title(doc, sentence));
    assert_int_equal(parent == DT_NONE ? 0 : parent - begin + 1, dt_token_head(doc, i));
}

static void put_tokens(const dt_doc *doc)
{
    for (size_t s = 0; s < dt_sentence_count(doc); s++) {
        put(s != 0 ? ",[" : "[");
        for (size_t i = dt_sentence_token_begin(doc, s); i < dt_sentence_token_end(doc, s); i++)
            put_token(doc, i, s);
        put("]");
    }
}

static void put_attempts(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_attempt_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "token", dt_attempt_token(doc, i));
        text_field(",", "frame", dt_attempt_frame(doc, i));
        text_field(",", "result", dt_attempt_result(doc, i));
        put("}");
    }
}

static void put_readings(const dt_doc *doc)
{
    for (size_t i = 0; i < dt_reading_count(doc); i++) {
        number_field(i != 0 ? ",{" : "{", "token", dt_reading_token(doc, i));
        text_field(",", "plover", dt_reading_plover(doc, i));
        real_field(",", "likelihood", dt_reading_likelihood(doc, i));
        bool_field(",", "taken", dt_reading_taken(doc, i));
        text_field(",", "reasons", dt_reading_reasons(doc, i));
        text_field(",", "sides", dt_reading_sides(doc, i));
        put("}");
    }
}

/* ---- the tests ---- */

struct fixture {
    dt_model *model;
    dt_coder *coder;
};

static int begin_reading(void **state)
{
    static struct fixture f;
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1};
    f.model = whole_model();
    f.coder = whole_coder(f.model, &options);
    *state = &f;
    return 0;
}

static int end_reading(void **state)
{
    struct fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    free(made);
    return 0;
}

static void begin_made(void)
{
    made_len = 0;
    put("");
}

static void assert_printed(struct fixture *f, const dt_doc *doc, dt_format format)
{
    const char *text = NULL;
    size_t len = 0, same = 0;
    assert_int_equal(dt_render(f->coder, doc, format, 0, &text, &len, NULL), DT_OK);
    while (same < len && same < made_len && text[same] == made[same])
        same++;
    if (len != made_len || same != len)
        fail_msg("at byte %zu printed is '%.60s', the getters give '%.60s'", same, text + same,
                 made + same);
}

static void assert_all_printed(struct fixture *f, const dt_story *story)
{
    const dt_doc *doc = NULL;
    dt_error err = {0};
    if (dt_code(f->coder, story, &doc, &err) != DT_OK) fail_msg("%s", err.text);
    begin_made();
    put_story(doc);
    assert_printed(f, doc, DT_FORMAT_STORY);
    begin_made();
    text_field("{", "id", dt_story_id(doc));
    put(",\"sentences\":[");
    put_tokens(doc);
    put("]}\n");
    assert_printed(f, doc, DT_FORMAT_PARSE_JSON);
    begin_made();
    put("{\"tokens\":[");
    put_tokens(doc);
    put("],\"tried\":[");
    put_attempts(doc);
    put("],\"read\":[");
    put_readings(doc);
    put("],\"story\":");
    put_story(doc);
    made[made_len - 1] = '\0'; /* its line end */
    made_len--;
    put("}\n");
    assert_printed(f, doc, DT_FORMAT_EXPLAIN_JSON);
}

static const char *const told[] = {
    "France, Germany, Italy, Spain, Poland, Sweden, Norway, Finland and Denmark condemned Russia.",
    "Turkish police arrested three Syrian journalists in Ankara on Monday, the Interior Ministry "
    "said.\nThe arrests drew protests in Istanbul. \"We will not be silent,\" said \xFF"
    "an "
    "organiser, \"not now.\"",
    "Russian troops captured the town of Izium in Ukraine last week, killing 14 people, state "
    "media "
    "said. Germany threatened to impose sanctions on Russia.",
    "Armenia and Azerbaijan held talks in Tbilisi for six hours on Thursday. The talks ended.",
    "Russia shelled Kharkiv on Monday.",
    whole_many_actors,
    "U.S. President Joe Biden refused to meet Iran's president, who had agreed to pay $2.5 "
    "million.",
    ""};

static void what_is_printed_can_be_read(void **state)
{
    struct fixture *f = *state;
    char text[16384];
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        dt_story story = whole_story("a \"story\"\n", told[i], strlen(told[i]));
        assert_all_printed(f, &story);
    }
    assert_true(n_truncated > 0 && n_stand_ins > 0);
    for (unsigned i = 0; i < 40; i++) {
        dt_story story = whole_story(NULL, text, whole_write(i, text, sizeof text));
        story.date = i % 2 == 0 ? "2024-06-13" : NULL;
        story.title = i % 3 == 0 ? "Turkey holds 30 for talks with Syria, police say" : NULL;
        assert_all_printed(f, &story);
    }
}

static void the_answer_of_classify(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "France condemned Russia.";
    static const size_t france[] = {0, 6}, russia[] = {17, 23}, nothing[] = {7, 16};
    for (int which = 0; which < 2; which++) {
        const dt_doc *doc = NULL;
        const char *told_here = which == 0 ? text : "It rained a lot here today.";
        dt_story story = whole_story("pair", told_here, strlen(told_here));
        assert_int_equal(dt_classify(f->coder, &story, which == 0 ? france : nothing,
                                     which == 0 ? russia : nothing, &doc, NULL),
                         DT_OK);
        begin_made();
        text_field("{", "id", dt_relation_id(doc));
        text_field(",", "cameo", dt_relation_cameo(doc));
        text_field(",", "plover", dt_relation_plover(doc));
        number_field(",", "quad", dt_relation_quad(doc));
        text_field(",", "frame", dt_relation_frame(doc));
        real_field(",", "confidence", dt_relation_confidence(doc));
        put("}\n");
        assert_printed(f, doc, DT_FORMAT_RELATION);
        assert_true(dt_relation_event(doc) != DT_NONE); /* there is always an answer */
    }
}

static const char *model_fact(const dt_model *model, const char *wanted)
{
    const char *key, *value;
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++)
        if (strcmp(key, wanted) == 0) return value;
    fail_msg("the model has no '%s'", wanted);
    return NULL;
}

static void what_made_it_and_what_was_given(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = NULL;
    dt_story story = whole_story("given", "It rained.", 10);
    story.title = "Weather";
    story.publisher = "A paper";
    story.url = "https://example.org/1";
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    assert_string_equal(dt_story_title(doc), "Weather");
    assert_string_equal(dt_story_publisher(doc), "A paper");
    assert_string_equal(dt_story_url(doc), "https://example.org/1");
    assert_string_equal(model_fact(f->model, "model hash"), dt_run_model_hash(doc));
    assert_string_equal(model_fact(f->model, "knowledge hash"), dt_run_knowledge_hash(doc));
    assert_string_equal(dt_run_version(doc), DT_VERSION);
    char options[256];
    (void)snprintf(options, sizeof options,
                   "status=actual,planned,threatened,hypothetical,negated,historical "
                   "per_sentence=0 own_knowledge=0 min_confidence=0 events=%s",
                   model_fact(f->model, "events hash"));
    assert_string_equal(dt_run_options(doc), options);
}

/* The same text asked for twice is the same copy: a reader that goes round and round costs nothing.
 */
static void texts_are_made_once(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = whole_code(f->coder, told[1]);
    for (size_t i = 0; i < dt_token_count(doc); i++) {
        const char *form = dt_token_form(doc, i);
        assert_non_null(form);
        assert_ptr_equal(form, dt_token_form(doc, i));
    }
}

/* What only databases hold: the words of a sentence and of a quotation, and days that compare. */
static void what_databases_hold(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "Armenia and Azerbaijan held talks in Tbilisi on Monday. "
                               "\"We agreed,\" Nikol Pashinyan said.";
    const dt_doc *doc = whole_code(f->coder, text);
    assert_int_equal(dt_sentence_count(doc), 2);
    assert_string_equal(dt_sentence_text(doc, 0),
                        "Armenia and Azerbaijan held talks in Tbilisi on Monday.");
    assert_int_equal(dt_quote_count(doc), 1);
    assert_non_null(strstr(dt_quote_text(doc, 0), "We agreed"));
    assert_true(dt_event_count(doc) != 0);
    assert_string_equal(dt_event_day_begin(doc, 0), dt_event_date(doc, 0));
    assert_string_equal(dt_event_day_end(doc, 0), dt_event_date(doc, 0));
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    size_t len = fread(text, 1, (1 << 20) - 1, file);
    assert_true(len > 0 && fclose(file) == 0);
    return text;
}

/* Calls each getter in this file: a field that is added must be read here, too. */
static void every_getter_is_tried(void **state)
{
    (void)state;
    char *header = read_file(DT_SOURCE_DIR "/include/detente.h");
    char *here = read_file(DT_SOURCE_DIR "/test/unit/getters_test.c");
    const char *at = strstr(header, "---- getters: made by"),
               *end = strstr(header, "---- end of the");
    int n = 0, missing = 0;
    assert_true(at != NULL && end != NULL);
    while ((at = strstr(at, "DT_API ")) != NULL && at < end) {
        char name[80] = {0};
        size_t len = 0;
        const char *from = strstr(at, "dt_");
        while (strncmp(from, "dt_doc", 6) == 0)
            from = strstr(from + 1, "dt_");
        while (isalnum((unsigned char)from[len]) || from[len] == '_')
            len++;
        assert_true(len + 2 < sizeof name);
        memcpy(name, from, len + 1); /* with its parenthesis */
        n++;
        if (strstr(here, name) == NULL) {
            print_message("%s is not called here\n", name);
            missing++;
        }
        at = from;
    }
    print_message("%d of %d getters are compared with what is printed\n", n - missing, n);
    assert_int_equal(missing, 0);
    assert_true(n > 140);
    free(header);
    free(here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_can_be_read),
        cmocka_unit_test(the_answer_of_classify),
        cmocka_unit_test(what_made_it_and_what_was_given),
        cmocka_unit_test(texts_are_made_once),
        cmocka_unit_test(what_databases_hold),
        cmocka_unit_test(every_getter_is_tried),
    };
    return cmocka_run_group_tests(tests, begin_reading, end_reading);
}
