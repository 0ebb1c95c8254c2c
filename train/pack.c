/* pack.c - bundles the parts of a model, one file a section, into the model file.
 *
 *     pack FOLDER OUT.dtm [MODEL.dtm]     the language model
 *     pack --events FOLDER OUT.dtm        the weights of the reader of events
 *
 * In: files FOLDER/TAG.SIZE.bin, SIZE being the bytes of an element; files of other names are left
 * alone. Out: a bundle of kind MODL or EVNT with one section for each. With MODEL.dtm its sections
 * are taken over as they are, in their order, but for those that FOLDER has; new ones follow.
 * Linear time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bundle.h"
#include "story/model.h"
#include "what/reader_file.h"

enum { TAG_BYTES = 8 };

struct part {
    char tag[TAG_BYTES + 1];
    struct file_map map; /* empty: a section of the model that is taken over */
    const void *at;
    size_t count, size;
};

struct packing {
    struct part parts[BUNDLE_MAX_SECTIONS];
    uint32_t n;
    bool events;
};

/* Splits "net.emb.1.bin" into its tag and its element size. */
static bool split_name(const char *name, char tag[TAG_BYTES + 1], size_t *size)
{
    const char *end = name + strlen(name) - strlen(".bin");
    const char *dot = end;
    while (dot > name && dot[-1] != '.')
        dot--;
    size_t len = dot > name ? (size_t)(dot - 1 - name) : 0;
    long number;
    if (len == 0 || len > TAG_BYTES || !str_int(str_of(dot, (size_t)(end - dot)), &number) ||
        number < 1 || number > 64)
        return false;
    memcpy(tag, name, len);
    tag[len] = '\0';
    *size = (size_t)number;
    return true;
}

/* The part with that tag, made when new; NULL when there are too many. */
static struct part *part_of(struct packing *p, const char *tag)
{
    uint32_t i = 0;
    while (i < p->n && strcmp(p->parts[i].tag, tag) != 0)
        i++;
    if (i == BUNDLE_MAX_SECTIONS) return NULL;
    if (i == p->n) p->n++;
    (void)snprintf(p->parts[i].tag, sizeof p->parts[i].tag, "%s", tag);
    return &p->parts[i];
}

static dt_status take_sections(struct packing *p, const struct bundle *model, dt_error *err)
{
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < model->n_sections && st == DT_OK; i++) {
        char tag[TAG_BYTES + 1];
        struct bundle_section s;
        const struct str name = bundle_tag(model, i);
        (void)snprintf(tag, sizeof tag, "%.*s", (int)name.len, name.at);
        st = bundle_find(model, tag, 0, &s, err);
        if (st != DT_OK) return st;
        struct part *part = part_of(p, tag);
        part->at = s.at;
        part->count = s.count;
        part->size = s.count != 0 ? s.len / s.count : 1;
    }
    return st;
}

static dt_status add_part(void *context, const char *path, dt_error *err)
{
    const char *slash = strrchr(path, '/');
    char tag[TAG_BYTES + 1];
    size_t size;
    if (!split_name(slash != NULL ? slash + 1 : path, tag, &size)) return DT_OK;
    struct part *part = part_of(context, tag);
    if (part == NULL) return err_set(err, DT_E_ARG, 0, "%s: was one part too many", path);
    dt_status st = file_map_open(path, &part->map, err);
    if (st != DT_OK) return st;
    if (part->map.len % size != 0)
        return err_set(err, DT_E_ARG, 0, "%s: did not hold whole elements of %zu bytes", path,
                       size);
    part->at = part->map.at;
    part->count = part->map.len / size;
    part->size = size;
    return DT_OK;
}

static dt_status save(const struct packing *p, const char *path, dt_error *err)
{
    static struct bundle_writer writer;
    if (p->events)
        bundle_begin(&writer, "EVNT", READER_VERSION);
    else
        bundle_begin(&writer, "MODL", MODEL_VERSION_MAX);
    for (uint32_t i = 0; i < p->n; i++)
        bundle_add(&writer, p->parts[i].tag, p->parts[i].at, p->parts[i].count, p->parts[i].size);
    return bundle_save(&writer, path, err);
}

int main(int argc, char **argv)
{
    static struct packing p;
    struct bundle model = {0};
    dt_error err;
    dt_status st = DT_OK;
    p.events = argc == 4 && strcmp(argv[1], "--events") == 0;
    if (p.events) {
        argv++;
        argc--;
    }
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: pack [--events] FOLDER OUT.dtm [MODEL.dtm]\n");
        return 2;
    }
    if (argc == 4)
        st = bundle_open(argv[3], "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &model, &err);
    if (st == DT_OK && argc == 4) st = take_sections(&p, &model, &err);
    if (st == DT_OK) st = file_walk(argv[1], ".bin", add_part, &p, &err);
    if (st == DT_OK) st = save(&p, argv[2], &err);
    if (st != DT_OK)
        fprintf(stderr, "pack: %s\n", err.text);
    else
        printf("%s: %u sections\n", argv[2], (unsigned)p.n);
    bundle_close(&model);
    return st == DT_OK ? 0 : 1;
}
