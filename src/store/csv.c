/* csv.c - events as comma-separated values (RFC 4180), one event or dyad a line. Several actors on
 * one side share a field, separated by ';'. */
#include "know/ontology.h"
#include "store/record.h"

#define CSV_COLUMNS                                                                                \
    "id,story,date,date_end,date_precision,source,target,source_name,target_name,reciprocal,"      \
    "cameo,"                                                                                       \
    "cameo_name,root,quad,goldstein,plover,mode,contexts,plover_score,status,attribution,place,"   \
    "country,lat,lon,geonameid,sentence,begin,end,frame,confidence,text\r\n"

const char csv_header[] = CSV_COLUMNS;

enum side_column { SIDE_CODE, SIDE_NAME };

static void put_field(struct buf *out, struct str s)
{
    buf_csv(out, s);
    buf_c(out, ',');
}

static void put_field_z(struct buf *out, const char *z)
{
    put_field(out, str_c(z));
}

static void put_side_column(const struct dt_doc *doc, const struct event *e, bool target,
                            uint32_t only, enum side_column column, struct buf *out)
{
    char joined[512];
    size_t len = 0;
    struct range side = target ? e->target : e->source;
    for (uint32_t i = side.begin; i < side.end; i++) {
        if (only != NONE && i != only) continue;
        const struct party *party = &doc->what.parties[i];
        const char *text = column == SIDE_CODE ? party->code : record_actor_name(doc, party->actor);
        size_t size = text != NULL ? strlen(text) : 0;
        if (len + size + 2 > sizeof joined) break;
        if (len != 0) joined[len++] = ';';
        if (size != 0) memcpy(joined + len, text, size);
        len += size;
    }
    put_field(out, str_of(joined, len));
}

static void put_who(const struct dt_doc *doc, const struct event *e, const struct dyad *d,
                    struct buf *out)
{
    bool turned = d != NULL && d->turned;
    uint32_t source = d != NULL ? d->source : NONE, target = d != NULL ? d->target : NONE;
    uint32_t first = turned ? target : source, second = turned ? source : target;
    put_side_column(doc, e, turned, first, SIDE_CODE, out);
    put_side_column(doc, e, !turned, second, SIDE_CODE, out);
    put_side_column(doc, e, turned, first, SIDE_NAME, out);
    put_side_column(doc, e, !turned, second, SIDE_NAME, out);
    put_field_z(out, e->reciprocal ? "1" : "0");
}

static void put_code_fields(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct ontology_code *code = record_code(doc, e);
    double score;
    put_field_z(out, e->cameo);
    put_field_z(out, code != NULL ? know_z(doc->know, code->name) : "");
    put_field(out, str_of(e->cameo, strlen(e->cameo) < 2 ? strlen(e->cameo) : 2));
    if (code != NULL) {
        buf_f(out, "%d,", code->quad);
        buf_number(out, (double)code->goldstein, 4);
        buf_c(out, ',');
    } else {
        buf_z(out, ",,");
    }
    put_field_z(out, e->plover);
    put_field_z(out, e->mode);
    put_field_z(out, e->contexts);
    if (record_plover_score(doc, e, &score)) buf_number(out, score, 4);
    buf_c(out, ',');
}

static void put_where_fields(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct know_place *p = record_place(doc, e);
    if (p == NULL) {
        buf_z(out, ",,,,,");
        return;
    }
    put_field_z(out, know_z(doc->know, p->name));
    put_field_z(out, know_z(doc->know, p->country));
    buf_number(out, (double)p->lat, 7);
    buf_c(out, ',');
    buf_number(out, (double)p->lon, 7);
    buf_f(out, ",%u,", p->geonameid);
}

static void put_row(const struct dt_doc *doc, const struct event *e, const struct dyad *d,
                    struct buf *out)
{
    char text[64];
    story_event_id(doc, e, text);
    put_field_z(out, text);
    put_field_z(out, doc->story.id);
    story_event_date(e, text);
    put_field_z(out, text);
    story_event_date_end(e, text);
    put_field_z(out, text);
    put_field_z(out, record_precision(e->precision));
    put_who(doc, e, d, out);
    put_code_fields(doc, e, out);
    put_field_z(out, event_status_name[e->status]);
    put_field_z(out, e->attribution != NONE ? doc->who.actors[e->attribution].name : NULL);
    put_where_fields(doc, e, out);
    buf_f(out, "%u,%u,%u,", e->sentence, e->begin, e->end);
    put_field_z(out, know_z(doc->know, doc->frames->records[e->frame].id));
    buf_number(out, (double)e->confidence, 2);
    buf_c(out, ',');
    buf_csv(out, record_sentence(doc, e->sentence));
    buf_z(out, "\r\n");
}

void write_events_csv(const struct dt_doc *doc, int flags, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        uint32_t n = (flags & DT_RENDER_DYADS) ? record_dyad_count(e) : 1;
        for (uint32_t k = 0; k < n; k++) {
            struct dyad dyad = record_dyad(e, k);
            put_row(doc, e, (flags & DT_RENDER_DYADS) ? &dyad : NULL, out);
        }
    }
}
