/* codebook.c - the codebook as a client reads it: built once from model->frames and the text of the
 * knowledge, in a few milliseconds; after that only read. Its search is codebook_find.c. */
#include "story/codebook.h"

#include <math.h>
#include <stdlib.h>

#include "know/compile.h"
#include "know/entry.h"

/* The entries of all files, a later folder's in the place of an earlier one's of the same key. */
struct book_source {
    struct arena *arena;
    const struct entry **entries;
    uint32_t n_entries;
    size_t cap;
};

/* ---- the text of the knowledge ---- */

static bool is_class(const struct entry *e)
{
    return str_eq(e->kind, STR("class"));
}

static bool is_operator(const struct entry *e)
{
    return str_eq(e->kind, STR("operator"));
}

static dt_status take_entry(struct book_source *s, const struct entry *e, dt_error *err)
{
    if (!is_class(e) && !is_operator(e) && !str_eq(e->kind, STR("frame"))) return DT_OK;
    for (uint32_t i = 0; i < s->n_entries; i++) {
        if (!str_eq(s->entries[i]->kind, e->kind) || !str_eq(s->entries[i]->key, e->key)) continue;
        s->entries[i] = e;
        return DT_OK;
    }
    const struct entry **grown = arena_grow(s->arena, s->entries, s->n_entries,
                                            s->n_entries + (size_t)1, &s->cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    s->entries = grown;
    s->entries[s->n_entries++] = e;
    return DT_OK;
}

static dt_status take_file(struct book_source *s, const struct compile_file *f, dt_error *err)
{
    struct entry_file *file = ARENA_NEW(s->arena, 1, struct entry_file);
    if (file == NULL) return err_nomem(err);
    dt_status st = entry_parse(s->arena, f->path, f->text, file, err);
    for (uint32_t i = 0; st == DT_OK && i < file->n_entries; i++)
        st = take_entry(s, &file->entries[i], err);
    return st;
}

static bool holds_frames(struct str relative)
{
    return str_eq(relative, STR("classes.txt")) || str_eq(relative, STR("operators.txt")) ||
           (str_starts(relative, STR("frames/")) && str_ends(relative, STR(".txt")));
}

static dt_status read_source(const struct know *know, struct book_source *s, dt_error *err)
{
    struct compile *c = NULL;
    uint32_t n = 0;
    dt_status st = compile_new(&c, err);
    if (st == DT_OK) st = compile_add_base(c, know, err);
    const struct compile_file *files = st == DT_OK ? compile_files(c, &n) : NULL;
    for (uint32_t i = 0; i < n && st == DT_OK; i++)
        if (holds_frames(files[i].relative)) st = take_file(s, &files[i], err);
    compile_free(c);
    return st;
}

static const struct entry *entry_of(const struct book_source *s, const char *id, bool operator)
{
    struct str key = str_c(id);
    if (operator) key = str_cut(key, sizeof "operator/" - 1, key.len);
    for (uint32_t i = 0; i < s->n_entries; i++)
        if (!is_class(s->entries[i]) && is_operator(s->entries[i]) == operator&&
                                            str_eq(s->entries[i]->key, key))
            return s->entries[i];
    return NULL;
}

/* ---- a frame ---- */

static const char *text_or_null(const struct know *know, uint32_t text)
{
    return text != 0 ? know_z(know, text) : NULL;
}

static void set_codes(struct book_frame *f, const struct know *know)
{
    f->plover = text_or_null(know, f->record->plover);
    f->mode = text_or_null(know, f->record->mode);
    f->code = ontology_find(know, know_str(know, f->record->cameo));
    if (f->code == NULL) return;
    f->root = ontology_find(know, know_str(know, f->code->root));
    if (f->plover != NULL) return;
    f->plover = text_or_null(know, f->code->plover); /* as what.c does it */
    f->mode = text_or_null(know, f->code->mode);
}

static bool set_contexts(struct book_frame *f, const struct know *know, struct arena *arena)
{
    struct str rest = know_str(know, f->record->contexts), piece;
    f->contexts = ARENA_NEW(arena, rest.len + 1, const char *);
    if (f->contexts == NULL) return false;
    while (str_next(&rest, ',', &piece))
        if (piece.len != 0) f->contexts[f->n_contexts++] = arena_str(arena, piece).at;
    return !arena->failed;
}

static void add_book_trigger(struct book_frame *f, const struct entry_field *field,
                             struct arena *arena)
{
    struct book_trigger *t = &f->triggers[f->n_triggers++];
    size_t words = str_find(field->value, ';', 0);
    struct str where = str_of("", 0);
    if (words < field->value.len)
        where = str_trim(str_cut(field->value, words + 1, field->value.len));
    t->kind = arena_str(arena, field->name).at;
    t->words = arena_str(arena, str_trim(str_cut(field->value, 0, words))).at;
    t->where = where.len != 0 ? arena_str(arena, where).at : NULL;
}

static void add_example(struct book_frame *f, const struct entry_field *field, struct arena *arena)
{
    struct book_example *x = &f->examples[f->n_examples++];
    struct str text = field->value, date;
    (void)entry_next_word(&text, &date);
    x->kind = arena_str(arena, field->name).at;
    x->date = arena_str(arena, date).at;
    x->text = arena_str(arena, text).at;
    x->records = ARENA_NEW(arena, field->n_more + (size_t)1, const char *);
    for (uint32_t i = 0; i < field->n_more && x->records != NULL; i++)
        x->records[x->n_records++] = arena_str(arena, str_trim(field->more[i].text)).at;
}

/* Whether the field's name is one of three. */
static bool names_one(const struct entry_field *field, const char *const names[3])
{
    for (int i = 0; i < 3; i++)
        if (str_eq(field->name, str_c(names[i]))) return true;
    return false;
}

static bool set_entry(struct book_frame *f, const struct entry *e, struct arena *arena)
{
    static const char *const triggers[3] = {"verb", "noun", "adj"};
    static const char *const examples[3] = {"yes", "no", "miss"};
    f->triggers = ARENA_NEW(arena, e->n_fields + (size_t)1, struct book_trigger);
    f->examples = ARENA_NEW(arena, e->n_fields + (size_t)1, struct book_example);
    if (f->triggers == NULL || f->examples == NULL) return false;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        if (names_one(&e->fields[i], triggers)) add_book_trigger(f, &e->fields[i], arena);
        if (names_one(&e->fields[i], examples)) add_example(f, &e->fields[i], arena);
    }
    return !arena->failed;
}

/* ---- the book ---- */

static const char *code_of(const struct dt_codebook *b, const struct book_frame *f)
{
    return know_z(&b->model->know, f->record->cameo);
}

static bool stands_before(const struct dt_codebook *b, const struct book_frame *x,
                          const struct book_frame *y)
{
    bool x_operates = x->record->flags & FRAME_OPERATOR,
         y_operates = y->record->flags & FRAME_OPERATOR;
    if (x_operates != y_operates) return y_operates;
    return strcmp(code_of(b, x), code_of(b, y)) < 0;
}

/* By insertion: they come almost in order, and those of one code stay in theirs. */
static void sort_frames(struct dt_codebook *b)
{
    for (uint32_t i = 1; i < b->n_frames; i++) {
        struct book_frame f = b->frames[i];
        uint32_t k = i;
        for (; k > 0 && stands_before(b, &f, &b->frames[k - 1]); k--)
            b->frames[k] = b->frames[k - 1];
        b->frames[k] = f;
    }
}

/* Which compiled triggers are whose. */
static bool share_fires(struct dt_codebook *b)
{
    const struct frames *t = &b->model->frames;
    uint32_t n = 0;
    b->fires = ARENA_NEW(&b->arena, t->n_triggers + (size_t)1, uint32_t);
    for (uint32_t i = 0; i < b->n_frames && b->fires != NULL; i++) {
        struct book_frame *f = &b->frames[i];
        f->fires_begin = n;
        for (uint32_t k = 0; k < t->n_triggers; k++)
            if (&t->records[t->triggers[k].frame] == f->record) b->fires[n++] = k;
        f->fires_end = n;
    }
    return b->fires != NULL;
}

static bool add_frames(struct dt_codebook *b, const struct book_source *s)
{
    const struct frames *t = &b->model->frames;
    const struct know *know = &b->model->know;
    b->frames = ARENA_NEW(&b->arena, t->n_records + (size_t)1, struct book_frame);
    for (uint32_t i = 0; i < t->n_records && b->frames != NULL; i++) {
        struct book_frame *f = &b->frames[b->n_frames++];
        f->record = &t->records[i];
        const struct entry *e =
            entry_of(s, know_z(know, f->record->id), f->record->flags & FRAME_OPERATOR);
        set_codes(f, know);
        if (!set_contexts(f, know, &b->arena)) return false;
        if (e != NULL && !set_entry(f, e, &b->arena)) return false;
    }
    if (b->frames == NULL) return false;
    sort_frames(b);
    return share_fires(b);
}

/* A class may have its words in several lines. */
static bool add_book_class(struct dt_codebook *b, const struct entry *e)
{
    size_t room = 1, len = 0;
    for (uint32_t i = 0; i < e->n_fields; i++)
        room += e->fields[i].value.len + 2;
    char *words = ARENA_NEW(&b->arena, room, char);
    struct book_class *c = &b->classes[b->n_classes++];
    if (words == NULL) return false;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        struct str value = e->fields[i].value;
        if (len != 0) {
            memcpy(words + len, ", ", 2);
            len += 2;
        }
        memcpy(words + len, value.at, value.len);
        len += value.len;
    }
    *c = (struct book_class){arena_str(&b->arena, e->key).at, words};
    return !b->arena.failed;
}

static bool add_classes(struct dt_codebook *b, const struct book_source *s)
{
    b->classes = ARENA_NEW(&b->arena, s->n_entries + (size_t)1, struct book_class);
    if (b->classes == NULL) return false;
    for (uint32_t i = 0; i < s->n_entries; i++)
        if (is_class(s->entries[i]) && !add_book_class(b, s->entries[i])) return false;
    return true;
}

static dt_status fill_book(struct dt_codebook *b, dt_error *err)
{
    struct book_source s = {.arena = &b->arena};
    dt_status st = lemma_open(&b->model->bundle, &b->lemmas, err);
    if (st == DT_OK) st = read_source(&b->model->know, &s, err);
    if (st != DT_OK) return st;
    return add_frames(b, &s) && add_classes(b, &s) ? DT_OK : err_nomem(err);
}

dt_status dt_codebook_new(dt_model *model, dt_codebook **out, dt_error *err)
{
    if (out == NULL) return err_null(err, "no place for the codebook");
    *out = NULL;
    if (model == NULL) return err_null(err, "no model");
    struct dt_codebook *b = calloc(1, sizeof *b);
    if (b == NULL) return err_nomem(err);
    b->model = model;
    model_retain(model);
    dt_status st = fill_book(b, err);
    if (st != DT_OK) {
        dt_codebook_free(b);
        return st;
    }
    *out = b;
    return DT_OK;
}

void dt_codebook_free(dt_codebook *b)
{
    if (b == NULL) return;
    arena_free(&b->arena);
    dt_model_close(b->model);
    free(b);
}

/* ---- getters ---- */

static const struct book_frame *frame_at(const struct dt_codebook *b, size_t i)
{
    return b != NULL && i < b->n_frames ? &b->frames[i] : NULL;
}

static bool operates(const struct book_frame *f)
{
    return f != NULL && (f->record->flags & FRAME_OPERATOR) != 0;
}

static const char *record_text(const struct dt_codebook *b, const struct book_frame *f,
                               uint32_t text)
{
    return f != NULL ? text_or_null(&b->model->know, text) : NULL;
}

size_t dt_frame_count(const dt_codebook *b)
{
    return b != NULL ? b->n_frames : 0;
}

const char *dt_frame_name(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? record_text(b, f, f->record->id) : NULL;
}

const char *dt_frame_definition(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? record_text(b, f, f->record->definition) : NULL;
}

int dt_frame_is_operator(const dt_codebook *b, size_t i)
{
    return operates(frame_at(b, i));
}

const char *dt_frame_cameo(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? record_text(b, f, f->record->cameo) : NULL;
}

const char *dt_frame_cameo_name(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && f->code != NULL ? record_text(b, f, f->code->name) : NULL;
}

const char *dt_frame_root(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && f->code != NULL ? record_text(b, f, f->code->root) : NULL;
}

const char *dt_frame_root_name(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && f->root != NULL ? record_text(b, f, f->root->name) : NULL;
}

size_t dt_frame_quad(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && f->code != NULL && f->code->quad != 0 ? f->code->quad : DT_NONE;
}

double dt_frame_goldstein(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && f->code != NULL ? (double)f->code->goldstein : NAN;
}

const char *dt_frame_plover(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->plover : NULL;
}

const char *dt_frame_mode(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->mode : NULL;
}

const char *dt_frame_needs(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    if (f == NULL || operates(f)) return NULL;
    bool source = f->record->flags & FRAME_NEEDS_SOURCE,
         target = f->record->flags & FRAME_NEEDS_TARGET;
    return source && target ? "source target" : source ? "source" : target ? "target" : "any";
}

int dt_frame_reciprocal(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL && (f->record->flags & FRAME_RECIPROCAL) != 0;
}

const char *dt_frame_status(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    if (!operates(f) || f->record->status == STATUS_KEEP) return NULL;
    return event_status_name[f->record->status];
}

size_t dt_frame_context_count(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->n_contexts : 0;
}

const char *dt_frame_context_name(const dt_codebook *b, size_t i, size_t k)
{
    return k < dt_frame_context_count(b, i) ? b->frames[i].contexts[k] : NULL;
}

size_t dt_frame_map_count(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->record->map_end - f->record->map_begin : 0;
}

static const struct frame_map *map_at(const struct dt_codebook *b, size_t i, size_t k)
{
    if (k >= dt_frame_map_count(b, i)) return NULL;
    return &b->model->frames.maps[b->frames[i].record->map_begin + k];
}

const char *dt_frame_map_from(const dt_codebook *b, size_t i, size_t k)
{
    const struct frame_map *m = map_at(b, i, k);
    return m != NULL ? m->from : NULL;
}

const char *dt_frame_map_to(const dt_codebook *b, size_t i, size_t k)
{
    const struct frame_map *m = map_at(b, i, k);
    return m != NULL ? m->to : NULL;
}

size_t dt_frame_trigger_count(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->n_triggers : 0;
}

const char *dt_frame_trigger_kind(const dt_codebook *b, size_t i, size_t k)
{
    return k < dt_frame_trigger_count(b, i) ? b->frames[i].triggers[k].kind : NULL;
}

const char *dt_frame_trigger_words(const dt_codebook *b, size_t i, size_t k)
{
    return k < dt_frame_trigger_count(b, i) ? b->frames[i].triggers[k].words : NULL;
}

const char *dt_frame_trigger_where(const dt_codebook *b, size_t i, size_t k)
{
    return k < dt_frame_trigger_count(b, i) ? b->frames[i].triggers[k].where : NULL;
}

size_t dt_frame_example_count(const dt_codebook *b, size_t i)
{
    const struct book_frame *f = frame_at(b, i);
    return f != NULL ? f->n_examples : 0;
}

static const struct book_example *example_at(const struct dt_codebook *b, size_t i, size_t k)
{
    return k < dt_frame_example_count(b, i) ? &b->frames[i].examples[k] : NULL;
}

const char *dt_frame_example_kind(const dt_codebook *b, size_t i, size_t k)
{
    const struct book_example *x = example_at(b, i, k);
    return x != NULL ? x->kind : NULL;
}

const char *dt_frame_example_date(const dt_codebook *b, size_t i, size_t k)
{
    const struct book_example *x = example_at(b, i, k);
    return x != NULL ? x->date : NULL;
}

const char *dt_frame_example_text(const dt_codebook *b, size_t i, size_t k)
{
    const struct book_example *x = example_at(b, i, k);
    return x != NULL ? x->text : NULL;
}

const char *dt_frame_example_record(const dt_codebook *b, size_t i, size_t k, size_t n)
{
    const struct book_example *x = example_at(b, i, k);
    return x != NULL && n < x->n_records ? x->records[n] : NULL;
}

size_t dt_word_class_count(const dt_codebook *b)
{
    return b != NULL ? b->n_classes : 0;
}

const char *dt_word_class_name(const dt_codebook *b, size_t i)
{
    return b != NULL && i < b->n_classes ? b->classes[i].name : NULL;
}

const char *dt_word_class_words(const dt_codebook *b, size_t i)
{
    return b != NULL && i < b->n_classes ? b->classes[i].words : NULL;
}
