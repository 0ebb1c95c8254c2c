/* pack.c - bundles the parts of a model, one file a section, into the model file.
 *
 *     pack FOLDER OUT.dtm
 *
 * In: files FOLDER/TAG.SIZE.bin, SIZE being the bytes of an element. Out: a bundle of kind MODL
 * with one section for each. Files of other names are left alone. Linear time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bundle.h"

enum { MODEL_VERSION = 1, TAG_BYTES = 8 };

struct packing {
    struct bundle_writer writer;
    struct file_map maps[BUNDLE_MAX_SECTIONS];
    char tags[BUNDLE_MAX_SECTIONS][TAG_BYTES + 1];
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

static dt_status add_part(void *context, const char *path, dt_error *err)
{
    struct packing *p = context;
    const char *slash = strrchr(path, '/');
    const uint32_t n = p->writer.n;
    size_t size;
    if (n == BUNDLE_MAX_SECTIONS)
        return err_set(err, DT_E_ARG, 0, "%s: was one part too many", path);
    if (!split_name(slash != NULL ? slash + 1 : path, p->tags[n], &size)) return DT_OK;
    dt_status st = file_map_open(path, &p->maps[n], err);
    if (st != DT_OK) return st;
    if (p->maps[n].len % size != 0)
        return err_set(err, DT_E_ARG, 0, "%s: did not hold whole elements of %zu bytes", path,
                       size);
    bundle_add(&p->writer, p->tags[n], p->maps[n].at, p->maps[n].len / size, size);
    return DT_OK;
}

int main(int argc, char **argv)
{
    static struct packing p;
    dt_error err;
    if (argc != 3) {
        fprintf(stderr, "usage: pack FOLDER OUT.dtm\n");
        return 2;
    }
    bundle_begin(&p.writer, "MODL", MODEL_VERSION);
    dt_status st = file_walk(argv[1], ".bin", add_part, &p, &err);
    if (st == DT_OK) st = bundle_save(&p.writer, argv[2], &err);
    if (st != DT_OK)
        fprintf(stderr, "pack: %s\n", err.text);
    else
        printf("%s: %u sections\n", argv[2], (unsigned)p.writer.n);
    return st == DT_OK ? 0 : 1;
}
