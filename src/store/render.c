/* render.c - dt_render(): the document in the format that is asked for. */
#include "store/format.h"

/* The formats of other coders that are tables. */
static const struct format_table *const format_tables[] = {
    [DT_FORMAT_PETRARCH] = &format_petrarch, [DT_FORMAT_PHOENIX] = &format_phoenix,
    [DT_FORMAT_ICEWS] = &format_icews,       [DT_FORMAT_GDELT1] = &format_gdelt1,
    [DT_FORMAT_GDELT2] = &format_gdelt2,     [DT_FORMAT_GDELT2_MENTIONS] = &format_gdelt2_mentions,
    [DT_FORMAT_POLECAT] = &format_polecat,   [DT_FORMAT_TABARI] = &format_tabari};

static const struct format_table *format_table_of(dt_format format)
{
    size_t i = (size_t)format;
    return i < sizeof format_tables / sizeof format_tables[0] ? format_tables[i] : NULL;
}

static dt_status need_events(const dt_doc *doc, dt_error *err)
{
    if (road_has_run(doc, STAGE_WHAT)) return DT_OK;
    return err_set(err, DT_E_ARG, 0, "the document was only parsed, not coded");
}

dt_status dt_render(dt_coder *coder, const dt_doc *doc, dt_format format, int flags,
                    const char **text, size_t *len, dt_error *err)
{
    if (text == NULL || len == NULL) return err_null(err, "no place for the text");
    *text = "";
    *len = 0;
    if (coder == NULL) return err_null(err, "no coder");
    if (doc == NULL) return err_null(err, "no document");
    struct buf *out = &coder->out;
    bool language_only = format == DT_FORMAT_CONLLU || format == DT_FORMAT_PARSE_JSON;
    dt_status st = language_only ? DT_OK : need_events(doc, err);
    if (st != DT_OK) return st;
    double begin = stage_begin(coder);
    buf_clear(out);
    switch (format) {
    case DT_FORMAT_EVENTS: write_events_jsonl(doc, flags, out); break;
    case DT_FORMAT_EVENTS_CSV: write_events_csv(doc, flags, out); break;
    case DT_FORMAT_TABLE: write_table(doc, false, out); break;
    case DT_FORMAT_TABLE_COLOUR: write_table(doc, true, out); break;
    case DT_FORMAT_STORY: write_story(doc, out); break;
    case DT_FORMAT_CONLLU:
        conllu_write(out, doc->model->lang, &doc->text, &doc->lang,
                     road_has_run(doc, STAGE_TOKENS) ? &doc->conllu : NULL);
        break;
    case DT_FORMAT_PARSE_JSON: write_parse_json(doc, out); break;
    case DT_FORMAT_EXPLAIN: write_explain(doc, false, out); break;
    case DT_FORMAT_EXPLAIN_COLOUR: write_explain(doc, true, out); break;
    case DT_FORMAT_EXPLAIN_JSON: write_explain_json(doc, out); break;
    case DT_FORMAT_RELATION: write_relation(doc, out); break;
    case DT_FORMAT_NGEC: write_ngec(doc, out); break;
    case DT_FORMAT_PLOVER: write_plover(doc, out); break;
    case DT_FORMAT_GEOJSON: write_geojson(doc, false, out); break;
    case DT_FORMAT_GEOJSONL: write_geojson(doc, true, out); break;
    default:
        if (format_table_of(format) == NULL)
            return err_set(err, DT_E_ARG, 0, "there is no format %d", (int)format);
        write_format_table(doc, format_table_of(format), out);
    }
    stage_end(coder, STAGE_WRITE, begin);
    if (out->failed) return err_nomem(err);
    if (out->at != NULL) *text = out->at;
    *len = out->len;
    return DT_OK;
}

const char *dt_format_header(dt_format format)
{
    const struct format_table *table = format_table_of(format);
    if (table != NULL && table->header != NULL) return table->header;
    if (format == DT_FORMAT_GEOJSON) return "{\"type\":\"FeatureCollection\",\"features\":[";
    return format == DT_FORMAT_EVENTS_CSV ? csv_header() : "";
}

const char *dt_format_footer(dt_format format)
{
    return format == DT_FORMAT_GEOJSON ? "\n]}\n" : "";
}
