/* model.c - the handle of model file and knowledge, shared by threads and counted by coders. */
#include "story/model.h"

#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "know/compile.h"
#include "story/own_knowledge.h"
#include "text/split.h"
#include "what/reader_file.h"

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

/* The kernel that the environment asks for. */
static dt_status choose_kernel(struct dt_model *m, dt_error *err)
{
    const char *wanted = getenv("DETENTE_KERNEL");
    if (wanted == NULL || wanted[0] == '\0' || lang_use_kernel(m->lang, wanted)) return DT_OK;
    return err_set(err, DT_E_ARG, 0,
                   "DETENTE_KERNEL asked for the kernel '%.40s', which this machine or this build "
                   "does not have; the best one here is %s",
                   wanted, lang_kernel_name(m->lang));
}

static dt_status open_model(struct dt_model *m, const char *given, dt_error *err)
{
    char room[PATH_CAP];
    const char *path = find_file(given, "DETENTE_MODEL", "english.dtm", DT_BUILD_MODEL,
                                 DT_INSTALL_SHARE "/english.dtm", room);
    dt_status st = bundle_open(path, "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &m->bundle, err);
    if (st == DT_OK) st = splitter_new(&m->bundle, &m->splitter, err);
    if (st == DT_OK) st = lang_model_new(&m->bundle, &m->lang, err);
    return st == DT_OK ? choose_kernel(m, err) : st;
}

/* The weights of events; "none" as the name of the file asks for the frames alone. */
static dt_status open_reader(struct dt_model *m, const char *given, dt_error *err)
{
    char room[PATH_CAP];
    const char *path = find_file(given, "DETENTE_EVENTS", "events.dtm", DT_BUILD_EVENTS,
                                 DT_INSTALL_SHARE "/events.dtm", room);
    if (strcmp(path, "none") == 0) return DT_OK;
    m->reader = calloc(1, sizeof *m->reader);
    if (m->reader == NULL) return err_nomem(err);
    dt_status st = reader_open(path, m->reader, err);
    if (st != DT_OK || reader_fits(m->reader, lang_state_width(m->lang))) return st;
    return err_set(err, DT_E_MODEL_VERSION, 0, "%s was trained with another language model than %s",
                   m->reader->bundle.name, m->bundle.name);
}

/* Puts the user's folders over our knowledge, which is needed no more after that. */
static dt_status open_own(struct dt_model *m, const struct own_folders *folders, dt_error *err)
{
    struct own_notes notes = {.arena = &m->arena};
    struct know ours = m->know;
    struct frames our_frames;
    dt_status st = own_knowledge_load(folders, &ours, &m->own_bytes, &m->know, &notes, err);
    m->notes = notes.texts;
    m->n_notes = notes.n;
    if (st == DT_OK) st = frames_open(&m->know, &m->frames, err);
    if (st == DT_OK) st = frames_open(&ours, &our_frames, err);
    if (st == DT_OK) {
        uint8_t *own = ARENA_NEW(&m->arena, (size_t)m->frames.n_records + 1, uint8_t);
        if (own == NULL || !frames_mark_own(&m->frames, &our_frames, own)) st = err_nomem(err);
    }
    know_close(&ours);
    return st;
}

static dt_status open_knowledge(struct dt_model *m, const dt_model_options *o, dt_error *err)
{
    char room[PATH_CAP];
    const char *path = find_file(o->knowledge, "DETENTE_KNOWLEDGE", "detente.dtk",
                                 DT_BUILD_KNOWLEDGE, DT_INSTALL_SHARE "/detente.dtk", room);
    m->know_path = arena_str(&m->arena, str_c(path)).at;
    dt_status st = know_open(path, &m->know, err);
    if (st != DT_OK) return st;
    struct own_folders folders = {o->petrarch_dir, o->knowledge_dir};
    bool own = folders.petrarch != NULL || folders.knowledge != NULL;
    return own ? open_own(m, &folders, err) : frames_open(&m->know, &m->frames, err);
}

/* ---- facts ---- */

static void add_fact(struct dt_model *m, const char *key, struct str value)
{
    assert(m->n_facts < FACTS_MOST);
    m->facts[m->n_facts].key = key;
    m->facts[m->n_facts++].value = arena_str(&m->arena, value).at;
}

static void add_number(struct dt_model *m, const char *key, size_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%zu", number);
    add_fact(m, key, str_c(text));
}

static void add_hash(struct dt_model *m, const char *key, uint64_t hash)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%016" PRIx64, hash);
    add_fact(m, key, str_c(text));
}

static void describe_model(struct dt_model *m)
{
    char versions[32];
    (void)snprintf(versions, sizeof versions, "%d..%d", MODEL_VERSION_MIN, MODEL_VERSION_MAX);
    add_fact(m, "version", STR(DT_VERSION));
    add_fact(m, "model versions", str_c(versions));
    add_fact(m, "kernel", str_c(lang_kernel_name(m->lang)));
    add_fact(m, "model", str_c(m->bundle.name));
    add_number(m, "model version", m->bundle.version);
    add_hash(m, "model hash", m->bundle.hash);
    add_number(m, "model bytes", m->bundle.len);
}

/* The hash is that of the text, not of the file, in which the folders' paths stand, too. */
static dt_status describe_knowledge(struct dt_model *m, const dt_model_options *o, dt_error *err)
{
    uint32_t n_operators = 0;
    dt_status st = compile_source_hash(&m->know, &m->know_hash, err);
    if (st != DT_OK) return st;
    for (uint32_t i = 0; i < m->frames.n_records; i++)
        n_operators += (m->frames.records[i].flags & FRAME_OPERATOR) != 0;
    add_fact(m, "knowledge", str_c(m->know_path));
    if (o->knowledge_dir != NULL) add_fact(m, "own knowledge", str_c(o->knowledge_dir));
    if (o->petrarch_dir != NULL) add_fact(m, "petrarch", str_c(o->petrarch_dir));
    add_hash(m, "knowledge hash", m->know_hash);
    add_number(m, "knowledge bytes", m->know.bundle.len);
    add_number(m, "actors", m->know.n_entities);
    add_number(m, "names", m->know.n_names);
    add_number(m, "role nouns", m->know.n_role_nouns);
    add_number(m, "places", m->know.n_places);
    add_number(m, "frames", m->frames.n_records - n_operators);
    add_number(m, "operators", n_operators);
    add_number(m, "triggers", m->frames.n_triggers);
    return DT_OK;
}

static void describe_events(struct dt_model *m)
{
    if (m->reader == NULL) {
        add_fact(m, "events", STR("none"));
        return;
    }
    add_fact(m, "events", str_c(m->reader->bundle.name));
    add_hash(m, "events hash", m->reader->bundle.hash);
    add_number(m, "events bytes", m->reader->bundle.len);
}

static dt_status describe(struct dt_model *m, const dt_model_options *o, dt_error *err)
{
    struct bundle_section card = {0};
    describe_model(m);
    dt_status st = describe_knowledge(m, o, err);
    if (st != DT_OK) return st;
    describe_events(m);
    if (bundle_has(&m->bundle, "card")) (void)bundle_find(&m->bundle, "card", 1, &card, NULL);
    if (card.len != 0) add_fact(m, "card", str_of(card.at, card.len));
    return m->arena.failed ? err_nomem(err) : DT_OK;
}

const char *dt_model_fact(const dt_model *m, size_t i, const char **value)
{
    bool there = m != NULL && i < m->n_facts;
    if (value != NULL) *value = there ? m->facts[i].value : NULL;
    return there ? m->facts[i].key : NULL;
}

size_t dt_model_note_count(const dt_model *m)
{
    return m != NULL ? m->n_notes : 0;
}

const char *dt_model_note(const dt_model *m, size_t i)
{
    return m != NULL && i < m->n_notes ? m->notes[i] : NULL;
}

const char *dt_model_role(const dt_model *m, const char *noun)
{
    if (m == NULL) return NULL;
    uint32_t role = noun != NULL ? know_role_noun(&m->know, str_c(noun)) : NONE;
    return role != NONE ? know_z(&m->know, m->know.role_nouns[role].sector) : NULL;
}

/* ---- the handle ---- */

static void free_model(struct dt_model *m)
{
    if (m->reader != NULL) reader_close(m->reader);
    free(m->reader);
    know_close(&m->know);
    free(m->own_bytes);
    lang_model_free(m->lang);
    splitter_free(m->splitter);
    bundle_close(&m->bundle);
    arena_free(&m->arena);
    free(m);
}

static dt_status open_parts(struct dt_model *m, const dt_model_options *o, dt_error *err)
{
    dt_status st = open_model(m, o->model, err);
    if (st == DT_OK) st = open_knowledge(m, o, err);
    if (st == DT_OK) st = open_reader(m, o->events, err);
    return st == DT_OK ? describe(m, o, err) : st;
}

dt_status dt_model_open(const dt_model_options *options, dt_model **out, dt_error *err)
{
    static const struct sized kind = {"dt_model_options", offsetof(dt_model_options, knowledge_dir),
                                      sizeof(dt_model_options)};
    dt_model_options o = {0};
    if (out == NULL) return err_null(err, "no place for the model");
    *out = NULL;
    dt_status st = options != NULL ? sized_read(&kind, options, &o, err) : DT_OK;
    if (st != DT_OK) return st;
    struct dt_model *m = calloc(1, sizeof *m);
    if (m == NULL) return err_nomem(err);
    st = open_parts(m, &o, err);
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
