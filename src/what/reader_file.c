/* reader_file.c - see reader_file.h. */
#include "what/reader_file.h"

#include <math.h>
#include <stdlib.h>

#include "what/coding.h"

static dt_status bad_labels(const struct reader *r, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section labels does not fit the others",
                   r->bundle.name);
}

static uint32_t type_number(const struct reader *r, const char *name)
{
    uint32_t i = 0;
    while (i < r->n_types && strcmp(r->types[i].name, name) != 0)
        i++;
    return i;
}

/* A line: kind, name or "-", type or "-", flags. */
static bool add_label(struct reader *r, char *line)
{
    char *field[4] = {line, NULL, NULL, NULL};
    for (int i = 1; i < 4; i++) {
        field[i] = strchr(field[i - 1], ' ');
        if (field[i] == NULL) return false;
        *field[i]++ = '\0';
    }
    struct reader_label label = {.name = strcmp(field[1], "-") == 0 ? "" : field[1],
                                 .type = type_number(r, field[2]),
                                 .reciprocal = field[3][0] == 'r'};
    struct {
        const char *kind;
        struct reader_label *list;
        uint32_t *n, most;
    } lists[] = {{"type", r->types, &r->n_types, READER_TYPES},
                 {"mode", r->modes, &r->n_modes, READER_LABELS},
                 {"code", r->codes, &r->n_codes, READER_LABELS},
                 {"sector", r->sectors, &r->n_sectors, READER_LABELS}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i].kind, field[0]) != 0) continue;
        if (*lists[i].n == lists[i].most) return false;
        lists[i].list[(*lists[i].n)++] = label;
        return true;
    }
    return false;
}

static dt_status read_labels(struct reader *r, dt_error *err)
{
    struct bundle_section text;
    dt_status st = bundle_find(&r->bundle, "labels", 1, &text, err);
    if (st != DT_OK) return st;
    r->names = malloc(text.len + 1);
    if (r->names == NULL) return err_nomem(err);
    memcpy(r->names, text.at, text.len);
    r->names[text.len] = '\0';
    for (char *line = r->names; *line != '\0';) {
        char *end = strchr(line, '\n');
        if (end == NULL) return bad_labels(r, err);
        *end = '\0';
        if (!add_label(r, line)) return bad_labels(r, err);
        line = end + 1;
    }
    const struct scorer *w = &r->word, *p = &r->party, *h = &r->home, *s = &r->sector;
    bool fits = w->n_states <= 1 && h->n_states == 0 && s->n_states == 0 && w->n_heads == 4 &&
                p->n_heads == 1 && h->n_heads == 1 && s->n_heads == 1 &&
                w->n_out[WORD_TYPE] == r->n_types && w->n_out[WORD_STATUS] == STATUS_COUNT &&
                w->n_out[WORD_MODE] == r->n_modes && w->n_out[WORD_CODE] == r->n_codes &&
                p->n_out[0] == 2 && h->n_out[0] == 1 && s->n_out[0] == r->n_sectors &&
                r->n_types >= 2;
    return fits ? DT_OK : bad_labels(r, err);
}

static dt_status read_settings(struct reader *r, dt_error *err)
{
    struct bundle_section s;
    dt_status st = bundle_find(&r->bundle, "settings", sizeof(float), &s, err);
    if (st != DT_OK) return st;
    const float *f = s.at;
    if (s.count != 8 || f[0] != (float)EVIDENCE_VERSION)
        return err_set(err, DT_E_MODEL_VERSION, 0,
                       "%s was trained with evidence of another version than this program's",
                       r->bundle.name);
    for (size_t i = 0; i < s.count; i++)
        if (!isfinite(f[i]))
            return err_set(err, DT_E_MODEL_CORRUPT, 0,
                           "%s: section settings held a number that is not finite", r->bundle.name);
    r->event = f[1];
    r->beside = f[2];
    r->first = f[3];
    r->further = f[4];
    r->scale[0] = f[5];
    r->scale[1] = f[6];
    r->least = f[7];
    return DT_OK;
}

/* One bit for each value of the last bits of a lemma's hash. */
static dt_status read_lemmas(struct reader *r, dt_error *err)
{
    struct bundle_section s;
    dt_status st = bundle_find(&r->bundle, "lemmas", 1, &s, err);
    if (st != DT_OK) return st;
    if (s.len == 0 || s.len > 1u << 28 || (s.len & (s.len - 1)) != 0)
        return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section lemmas was no power of two long",
                       r->bundle.name);
    r->lemmas = s.at;
    r->lemma_mask = (uint32_t)s.len * 8 - 1;
    return DT_OK;
}

static dt_status read_sections(struct reader *out, dt_error *err)
{
    dt_status st = scorer_open(&out->bundle, "wrd", &out->word, err);
    if (st == DT_OK) st = scorer_open(&out->bundle, "pty", &out->party, err);
    if (st == DT_OK) st = scorer_open(&out->bundle, "hom", &out->home, err);
    if (st == DT_OK) st = scorer_open(&out->bundle, "sct", &out->sector, err);
    if (st == DT_OK) st = meanings_open(&out->bundle, &out->meanings, err);
    if (st == DT_OK) st = read_lemmas(out, err);
    if (st == DT_OK) st = read_labels(out, err);
    return st == DT_OK ? read_settings(out, err) : st;
}

dt_status reader_open(const char *path, struct reader *out, dt_error *err)
{
    memset(out, 0, sizeof *out);
    dt_status st = bundle_open(path, "EVNT", READER_VERSION, READER_VERSION, &out->bundle, err);
    return st == DT_OK ? read_sections(out, err) : st;
}

dt_status reader_attach(const void *bytes, size_t len, const char *name, struct reader *out,
                        dt_error *err)
{
    memset(out, 0, sizeof *out);
    dt_status st =
        bundle_attach(bytes, len, name, "EVNT", READER_VERSION, READER_VERSION, &out->bundle, err);
    return st == DT_OK ? read_sections(out, err) : st;
}

void reader_close(struct reader *r)
{
    free(r->names);
    r->names = NULL;
    bundle_close(&r->bundle);
}

bool reader_fits(const struct reader *r, uint32_t width)
{
    const struct scorer *all[] = {&r->word, &r->party};
    for (int i = 0; i < 2; i++)
        if (all[i]->n_states != 0 && all[i]->width != width) return false;
    return true;
}
