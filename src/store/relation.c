/* relation.c - the answer of `detente classify` as JSON. */
#include "know/ontology.h"
#include "store/record.h"

void write_relation(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, "{\"id\":");
    buf_json_z(out, doc->story.id);
    if (doc->relation == NONE || doc->relation >= doc->what.n_events) {
        buf_z(
            out,
            ",\"cameo\":null,\"plover\":null,\"quad\":null,\"frame\":null,\"confidence\":null}\n");
        return;
    }
    const struct event *e = &doc->what.events[doc->relation];
    const struct ontology_code *code = record_code(doc, e);
    buf_f(out, ",\"cameo\":\"%s\",\"plover\":", e->cameo);
    buf_json_z(out, e->plover);
    if (code != NULL)
        buf_f(out, ",\"quad\":%d", code->quad);
    else
        buf_z(out, ",\"quad\":null");
    buf_z(out, ",\"frame\":");
    buf_json_z(out, know_z(doc->know, doc->frames->records[e->frame].id));
    buf_z(out, ",\"confidence\":");
    buf_number(out, (double)e->confidence, 2);
    buf_z(out, "}\n");
}
