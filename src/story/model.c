/* model.c - the handle of model file and knowledge, shared by threads and counted by coders. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "story/model.h"
#include "text/split.h"

const char *dt_version(void)
{
    return DT_VERSION;
}

enum { PATH_CAP = 4096 };

static bool readable(const char *path)
{
    return access(path, R_OK) == 0;
}

/* DIR/../share/detente/NAME, DIR being the folder of the running program; "" when that is not
 * known. */
static void beside_program(const char *name, char *out, size_t cap)
{
    char program[PATH_CAP];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    out[0] = '\0';
    if (n <= 0) return;
    program[n] = '\0';
    char *slash = strrchr(program, '/');
    if (slash == NULL) return;
    *slash = '\0';
    int written = snprintf(out, cap, "%s/../share/detente/%s", program, name);
    if (written < 0 || (size_t)written >= cap) out[0] = '\0';
}

/* Where a file of ours is: as given, the environment, beside the program, the build, the installed
 * place. `room` holds a path that is made up here. */
static const char *find_file(const char *given, const char *variable, const char *name,
                             const char *built, const char *installed, char room[PATH_CAP])
{
    if (given != NULL) return given;
    const char *named = getenv(variable);
    if (named != NULL && named[0] != '\0') return named;
    beside_program(name, room, PATH_CAP);
    if (room[0] != '\0' && readable(room)) return room;
    return readable(built) ? built : installed;
}

static dt_status open_parts(struct dt_model *m, const char *model_path, const char *know_path,
                            dt_error *err)
{
    char model_room[PATH_CAP], know_room[PATH_CAP];
    model_path = find_file(model_path, "DETENTE_MODEL", "english.dtm", DT_BUILD_MODEL,
                           DT_INSTALL_SHARE "/english.dtm", model_room);
    know_path = find_file(know_path, "DETENTE_KNOWLEDGE", "detente.dtk", DT_BUILD_KNOWLEDGE,
                          DT_INSTALL_SHARE "/detente.dtk", know_room);
    dt_status st =
        bundle_open(model_path, "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &m->bundle, err);
    if (st == DT_OK) st = splitter_new(&m->bundle, &m->splitter, err);
    if (st == DT_OK) st = lang_model_new(&m->bundle, &m->lang, err);
    if (st == DT_OK) st = know_open(know_path, &m->know, err);
    if (st == DT_OK) st = frames_open(&m->know, &m->frames, err);
    return st;
}

/* ---- what `info` tells ------------------------------------------------------------------------
 */

static dt_status describe(struct dt_model *m, dt_error *err)
{
    struct bundle_section card = {0};
    if (bundle_has(&m->bundle, "card")) (void)bundle_find(&m->bundle, "card", 1, &card, NULL);
    size_t cap = card.len + 4096;
    m->info = malloc(cap);
    if (m->info == NULL) return err_nomem(err);
    uint32_t n_operators = 0;
    for (uint32_t i = 0; i < m->frames.n_records; i++)
        n_operators += (m->frames.records[i].flags & FRAME_OPERATOR) != 0;
    int n = snprintf(
        m->info, cap,
        "version\t%s\nkernel\t%s\nmodel\t%s\nmodel hash\t%016llx\nmodel bytes\t%zu\n"
        "knowledge\t%s\nknowledge hash\t%016llx\nknowledge bytes\t%zu\n"
        "actors\t%u\nnames\t%u\nrole nouns\t%u\nplaces\t%u\nframes\t%u\noperators\t%u\n"
        "triggers\t%u\n",
        DT_VERSION, lang_kernel_name(m->lang), m->bundle.name, (unsigned long long)m->bundle.hash,
        m->bundle.len, m->know.bundle.name, (unsigned long long)m->know.bundle.hash,
        m->know.bundle.len, m->know.n_entities, m->know.n_names, m->know.n_role_nouns,
        m->know.n_places, m->frames.n_records - n_operators, n_operators, m->frames.n_triggers);
    if (card.len != 0) {
        memcpy(m->info + n, "card\t\n", 6);
        memcpy(m->info + n + 6, card.at, card.len);
        m->info[(size_t)n + 6 + card.len] = '\0';
    }
    return DT_OK;
}

static void free_model(struct dt_model *m)
{
    know_close(&m->know);
    lang_model_free(m->lang);
    splitter_free(m->splitter);
    bundle_close(&m->bundle);
    free(m->info);
    free(m);
}

dt_status dt_model_open(const char *model_path, const char *knowledge_path, dt_model **out,
                        dt_error *err)
{
    struct dt_model *m = calloc(1, sizeof *m);
    *out = NULL;
    if (m == NULL) return err_nomem(err);
    dt_status st = open_parts(m, model_path, knowledge_path, err);
    if (st == DT_OK) st = describe(m, err);
    if (st != DT_OK) {
        free_model(m);
        return st;
    }
    atomic_init(&m->references, 1);
    *out = m;
    return DT_OK;
}

void model_retain(struct dt_model *m)
{
    atomic_fetch_add_explicit(&m->references, 1, memory_order_relaxed);
}

void dt_model_close(dt_model *m)
{
    if (m != NULL && atomic_fetch_sub_explicit(&m->references, 1, memory_order_acq_rel) == 1)
        free_model(m);
}

const char *dt_model_info(const dt_model *model)
{
    return model->info;
}
