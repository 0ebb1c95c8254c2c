/* runkey.c - by what a run is known when it is to be resumed: its inputs, with their sizes, the
 * options that decide what is written, and the knowledge. */
#include <string.h>
#include <sys/stat.h>

#include "pipeline.h"

/* FNV-1a over texts, a NUL behind each. */
static void take(uint64_t *hash, const char *text)
{
    for (const char *c = text != NULL ? text : "";; c++) {
        *hash = (*hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
        if (*c == '\0') return;
    }
}

static void take_file(uint64_t *hash, const char *path)
{
    struct stat info;
    char size[32] = "";
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
        (void)snprintf(size, sizeof size, "%lld", (long long)info.st_size);
    take(hash, path);
    take(hash, size);
}

static void take_model(uint64_t *hash, const dt_model *model)
{
    const char *key, *value = NULL;
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++)
        if (strstr(key, "hash") != NULL) take(hash, value);
}

void describe_run(const struct options *o, const dt_model *model, char key[RUN_KEY_CAP])
{
    char numbers[160];
    const char *texts[] = {dt_version(), o->date,  o->status, o->since,
                           o->until,     o->where, o->shard,  o->twins};
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        take(&hash, texts[i]);
    (void)snprintf(numbers, sizeof numbers, "%d %d %d %d %.17g %.17g", o->format, o->dyads,
                   o->per_sentence, o->header, o->min_confidence, o->sample);
    take(&hash, numbers);
    take_model(&hash, model);
    for (int i = 0; i < o->n_files; i++)
        take_file(&hash, o->files[i]);
    (void)snprintf(key, RUN_KEY_CAP, "%016llx", (unsigned long long)hash);
}
