/* format.c - rows and cells of the formats of other coders; see format.h. Linear in the cells. */
#include "store/format.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "know/codes.h"

/* ---- rows ---- */

struct format_row format_row_of(const struct dt_doc *doc, uint32_t i, struct dyad *dyad)
{
    struct format_row x = {.doc = doc, .event = &doc->what.events[i]};
    uint32_t source = dyad->turned ? dyad->target : dyad->source;
    uint32_t target = dyad->turned ? dyad->source : dyad->target;
    x.record = (struct record){.doc = doc, .dyad = dyad, .i = i};
    if (source != NONE) x.side[FORMAT_SOURCE] = &doc->what.parties[source];
    if (target != NONE) x.side[FORMAT_TARGET] = &doc->what.parties[target];
    return x;
}

static void put_format_line(const struct format_row *x, const struct format_table *format,
                            struct buf *out)
{
    for (uint32_t i = 0; i < format->n_columns; i++) {
        const struct format_column *column = &format->columns[i];
        if (i != 0) buf_c(out, '\t');
        size_t begin = out->len;
        if (column->put != NULL) column->put(x, column->of, out);
        format_clean(out, begin);
        if (out->len == begin) buf_z(out, format->missing);
    }
    buf_c(out, '\n');
}

static void put_format_rows(struct format_row *x, const struct format_table *format,
                            struct buf *out)
{
    uint32_t n = format->mentions ? range_count(x->event->mentions) : 1;
    for (x->mention = 0; x->mention < n; x->mention++)
        put_format_line(x, format, out);
}

void write_format_table(const struct dt_doc *doc, const struct format_table *format,
                        struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        uint32_t n = record_dyad_count(&doc->what.events[i]);
        for (uint32_t k = 0; k < n; k++) {
            struct dyad dyad = record_dyad(&doc->what.events[i], k);
            struct format_row x = format_row_of(doc, i, &dyad);
            if (!dyad.turned || !format->one_way) put_format_rows(&x, format, out);
        }
    }
}

/* Adds the text from `begin` on once more, with U+FFFD for what is no UTF-8, and moves it there. */
static void mend_utf8(struct buf *out, size_t begin)
{
    size_t end = out->len;
    for (size_t at = begin; at < end && !out->failed;) {
        uint32_t cp;
        char bytes[4];
        size_t n = utf8_decode(str_of(out->at, end), at, &cp);
        buf_put(out, str_of(bytes, utf8_encode(cp, bytes)));
        at += n;
    }
    if (out->failed) return;
    memmove(out->at + begin, out->at + end, out->len - end);
    out->len -= end - begin;
}

void format_clean(struct buf *out, size_t begin)
{
    if (out->failed || out->len == begin) return;
    struct str text = str_of(out->at + begin, out->len - begin);
    if (utf8_valid_len(text) != text.len) mend_utf8(out, begin);
    for (size_t i = begin; i < out->len; i++)
        if ((unsigned char)out->at[i] < ' ' || out->at[i] == 0x7F) out->at[i] = ' ';
}

/* ---- texts ---- */

const struct know_place *format_place(const struct format_row *x)
{
    return x->event->place_id != NONE ? &x->doc->know->places[x->event->place_id] : NULL;
}

const char *format_code(const struct format_row *x, int side)
{
    const struct party *p = x->side[side];
    if (p == NULL || p->code == NULL) return "";
    const char *full =
        know_cameo(x->doc->frames->know, x->doc->who.actors[p->actor].entity_id, p->code);
    return full != NULL ? full : p->code;
}

const char *format_country_name(const struct dt_doc *doc, const char *country)
{
    uint32_t i = know_country(doc->know, str_c(country));
    return i != NONE ? know_z(doc->know, doc->know->entities[i].name) : NULL;
}

uint64_t format_number(struct str id)
{
    return str_hash(id) >> 1;
}

void format_day_digits(const char *day, struct buf *out)
{
    for (; *day != '\0'; day++)
        if (*day != '-') buf_c(out, *day);
}

bool format_next_piece(const char **code, char piece[4])
{
    if (strlen(*code) < 3) return false;
    memcpy(piece, *code, 3);
    piece[3] = '\0';
    *code += 3;
    return true;
}

const char *format_piece_class(const struct dt_doc *doc, const char *piece)
{
    if (know_country(doc->know, str_c(piece)) != NONE) return "country";
    return know_code(doc->know, CODES_PARTS, str_c(piece));
}

/* ---- the event ---- */

void put_dyad_id(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, id, out);
}

void put_dyad_number(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    struct value id = RECORD_FIELD(event, id)->read(&x->record);
    if (id.text.at != NULL) buf_u(out, format_number(id.text));
}

void put_event_day(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, day_begin, out);
}

void put_event_day_digits(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    format_day_digits(x->doc->event_texts[x->record.i].day_begin, out);
}

void put_story_day_digits(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    format_day_digits(x->doc->date, out);
}

void put_story_id(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->doc->story.id);
}

void put_publisher(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->doc->story.publisher);
}

void put_url(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->doc->story.url);
}

void put_cameo(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_z(out, x->event->cameo);
}

void put_cameo_name(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, cameo_name, out);
}

void put_goldstein(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, goldstein, out);
}

void put_root(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, root, out);
}

void put_quad_number(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    FORMAT_FIELD(x, event, quad, out);
}

void put_version(const struct format_row *x, int of, struct buf *out)
{
    (void)x;
    (void)of;
    buf_z(out, dt_version());
}

/* ---- sentences ---- */

/* The sentence's number in the text from 1; 0 for the title. */
static uint32_t number_of_sentence(const struct dt_doc *doc, uint32_t sentence)
{
    uint32_t n = doc->text.n_title_sentences;
    return sentence >= n ? sentence - n + 1 : 0;
}

void put_sentence_ids(const struct format_row *x, int of, struct buf *out)
{
    uint32_t before = NONE;
    (void)of;
    for (uint32_t i = x->event->mentions.begin; i < x->event->mentions.end; i++) {
        uint32_t sentence = x->doc->what.mentions[i].sentence;
        if (sentence == before) continue;
        if (before != NONE) buf_c(out, ';');
        buf_z(out, x->doc->story.id);
        buf_f(out, "_%" PRIu32, number_of_sentence(x->doc, sentence));
        before = sentence;
    }
}

void put_sentence_number(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    buf_u(out, number_of_sentence(x->doc, x->event->sentence));
}

/* ---- the two sides ---- */

void put_party_code(const struct format_row *x, int of, struct buf *out)
{
    buf_z(out, format_code(x, of));
}

void put_party_name(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] != NULL) buf_z(out, x->doc->who.actors[x->side[of]->actor].name);
}

void put_party_words(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] == NULL) return;
    const struct actor *a = &x->doc->who.actors[x->side[of]->actor];
    buf_put(out, str_cut(x->doc->text.text, a->begin, a->end));
}

void put_party_country(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] != NULL && format_country_name(x->doc, x->side[of]->country) != NULL)
        buf_z(out, x->side[of]->country);
}

void put_party_country_name(const struct format_row *x, int of, struct buf *out)
{
    if (x->side[of] != NULL) buf_z(out, format_country_name(x->doc, x->side[of]->country));
}

/* In words, as words/sectors.txt names them; several where the code has several. */
void put_party_sectors(const struct format_row *x, int of, struct buf *out)
{
    const char *code = format_code(x, of);
    char piece[4];
    size_t begin = out->len;
    while (format_next_piece(&code, piece)) {
        const struct know_sector *s = sector_find(x->doc->know, piece);
        if (s == NULL || s->name == 0 || strcmp(s->code, piece) != 0) continue;
        if (out->len != begin) buf_c(out, ',');
        buf_z(out, know_z(x->doc->know, s->name));
    }
}

/* ---- the place ---- */

void put_event_place(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    (void)of;
    if (p != NULL) buf_z(out, know_z(x->doc->know, p->name));
}

void put_event_city(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    if (p != NULL && (p->kind == 'T' || p->kind == 'P')) put_event_place(x, of, out);
}

void put_event_division(const struct format_row *x, int of, struct buf *out)
{
    const struct know *know = x->doc->know;
    const struct know_place *p = format_place(x);
    (void)of;
    if (p == NULL || p->adm1 == 0) return;
    p = p->kind == 'A' ? p : know_division(know, know_z(know, p->country), know_z(know, p->adm1));
    if (p != NULL) buf_z(out, know_z(know, p->name));
}

void put_event_country(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    (void)of;
    if (p != NULL) buf_z(out, know_z(x->doc->know, p->country));
}

void put_event_country_name(const struct format_row *x, int of, struct buf *out)
{
    const struct know_place *p = format_place(x);
    (void)of;
    if (p != NULL) buf_z(out, format_country_name(x->doc, know_z(x->doc->know, p->country)));
}

void put_event_lat(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    if (format_place(x) != NULL) FORMAT_FIELD(x, event_place, lat, out);
}

void put_event_lon(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    if (format_place(x) != NULL) FORMAT_FIELD(x, event_place, lon, out);
}

void put_event_geonameid(const struct format_row *x, int of, struct buf *out)
{
    (void)of;
    if (format_place(x) != NULL) FORMAT_FIELD(x, event_place, geonameid, out);
}
