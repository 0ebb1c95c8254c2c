/* frames_trigger.c - trigger lines: "impose, slap; obj {sanction}; target on|against".
 *
 *   line     words [';' segment]...
 *   words    lemma [',' lemma]...          a lemma may have up to three words, or be a {class}
 *   segment  'source' paths | 'target' paths | 'event' paths
 *          | ['needs'] paths {class}       a word of the class must stand there
 *          | ['needs'] paths = word        that very word must stand there
 *          | 'not' paths {class}           no word of the class may stand there
 *          | 'passive'
 *   paths    path ['|' path]...            subj obj iobj xcomp ccomp advcl poss compound appos,
 *                                          or a preposition */
#include "what/frames_build.h"

static uint32_t lower_into(struct str s, char *out, size_t cap)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len && n < cap; i++) {
        char c = s.at[i];
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return n;
}

static bool grow_table(struct frames_build *b)
{
    uint32_t size = b->table_size == 0 ? 1024 : b->table_size * 2;
    uint32_t *table = ARENA_NEW(b->arena, size, uint32_t);
    if (table == NULL) return false;
    for (uint32_t i = 1; i < b->n_symbols; i++) {
        uint32_t at = (uint32_t)str_hash(str_c(compile_text(b->compile, b->symbols[i].text)));
        while (table[at & (size - 1)] != 0)
            at++;
        table[at & (size - 1)] = i;
    }
    b->table = table;
    b->table_size = size;
    return true;
}

bool build_symbols_begin(struct frames_build *b)
{
    return BUILD_ADD(b, symbols) != NULL && grow_table(b); /* symbol 0 is none */
}

uint32_t build_symbol(struct frames_build *b, struct str word)
{
    char lower[64];
    struct str key = str_of(lower, lower_into(word, lower, sizeof lower));
    if (b->n_symbols * 2 >= b->table_size && !grow_table(b)) return 0;
    uint32_t at = (uint32_t)str_hash(key), mask = b->table_size - 1;
    for (; b->table[at & mask] != 0; at++) {
        uint32_t symbol = b->table[at & mask];
        if (str_eq(str_c(compile_text(b->compile, b->symbols[symbol].text)), key)) return symbol;
    }
    struct frame_symbol *s = BUILD_ADD(b, symbols);
    if (s == NULL) return 0;
    s->text = compile_intern(b->compile, key);
    b->table[at & mask] = b->n_symbols - 1;
    return b->n_symbols - 1;
}

uint32_t build_class(const struct frames_build *b, struct str name)
{
    for (uint32_t i = 0; i < b->n_classes; i++)
        if (str_eq(b->classes[i], name)) return i;
    return NONE;
}

dt_status build_words(struct frames_build *b, struct str text, bool verb,
                      uint32_t words[TRIGGER_WORDS], const struct entry_file *file, uint32_t line,
                      dt_error *err)
{
    struct str parts[TRIGGER_WORDS + 1], word, rest = text;
    size_t n = 0, head = 0;
    bool of = false;
    memset(words, 0, TRIGGER_WORDS * sizeof words[0]);
    while (entry_next_word(&rest, &word)) {
        if (!verb && compile_word_is(b->compile, word, CLASS_OF)) {
            of = true;
            continue;
        }
        if (n == TRIGGER_WORDS)
            return entry_error(file, line, err, "'%.*s' has more than %d words", (int)text.len,
                               text.at, TRIGGER_WORDS);
        parts[n++] = word;
    }
    if (n == 0) return entry_error(file, line, err, "found no word where a lemma was expected");
    if (!verb && !of) head = n - 1;
    words[0] = build_symbol(b, parts[head]);
    size_t k = 1;
    for (size_t i = 0; i < n; i++)
        if (i != head) words[k++] = build_symbol(b, parts[i]);
    return b->arena->failed ? err_nomem(err) : DT_OK;
}

/* ---- segments ---- */

static enum path_kind path_of(struct str name)
{
    static const char *const names[PATH_COUNT] = {
#define PATH_NAME(id, text, meaning) text,
        PATH_LIST(PATH_NAME)};
    for (int i = 0; i < PATH_PREP; i++)
        if (str_eq(name, str_c(names[i]))) return (enum path_kind)i;
    return PATH_PREP;
}

static dt_status add_paths(struct frames_build *b, struct frame_slot *slot, struct str paths,
                           const struct entry_file *file, uint32_t line, dt_error *err)
{
    struct str name;
    slot->path_begin = b->n_paths;
    while (str_next(&paths, '|', &name)) {
        if (name.len == 0)
            return entry_error(file, line, err,
                               "found an empty path; expected subj, obj, poss, a "
                               "preposition ...");
        struct frame_path *p = BUILD_ADD(b, paths);
        if (p == NULL) return err_nomem(err);
        p->kind = (uint8_t)path_of(name);
        if (p->kind == PATH_PREP) p->prep = build_symbol(b, name);
    }
    slot->path_end = b->n_paths;
    return DT_OK;
}

/* "obj = tear gas": a class of its own for the head with its modifier. */
static dt_status class_of_words(struct frames_build *b, struct frame_slot *slot, struct str text,
                                const struct entry_file *file, uint32_t line, dt_error *err)
{
    uint32_t words[TRIGGER_WORDS];
    struct str *name = BUILD_ADD(b, classes);
    if (name == NULL) return err_nomem(err);
    *name = STR("");
    dt_status st = build_words(b, text, false, words, file, line, err);
    if (st != DT_OK) return st;
    struct class_word *w = BUILD_ADD(b, class_words);
    if (w == NULL) return err_nomem(err);
    *w = (struct class_word){b->n_classes - 1, words[0], words[1], text};
    slot->word_class = b->n_classes;
    return DT_OK;
}

/* What a segment asks of the word: "{class}" or "= word". Cuts it off *paths. */
static dt_status read_word(struct frames_build *b, struct frame_slot *slot, struct str *paths,
                           const struct entry_file *file, uint32_t line, dt_error *err)
{
    size_t brace = str_find(*paths, '{', 0), equals = str_find(*paths, '=', 0);
    if (brace < paths->len) {
        size_t close = str_find(*paths, '}', brace);
        struct str name = str_cut(*paths, brace + 1, close < paths->len ? close : paths->len);
        uint32_t number = build_class(b, name);
        if (number == NONE)
            return entry_error(file, line, err, "there is no class {%.*s} in classes.txt",
                               (int)name.len, name.at);
        slot->word_class = number + 1;
        *paths = str_trim(str_cut(*paths, 0, brace));
    } else if (equals < paths->len) {
        struct str word = str_trim(str_cut(*paths, equals + 1, paths->len));
        *paths = str_trim(str_cut(*paths, 0, equals));
        if (str_find(word, ' ', 0) < word.len)
            return class_of_words(b, slot, word, file, line, err);
        slot->word = build_symbol(b, word);
    }
    return DT_OK;
}

static dt_status add_segment(struct frames_build *b, struct str segment,
                             const struct entry_file *file, uint32_t line, dt_error *err)
{
    static const struct {
        const char *name;
        enum slot_role role;
    } roles[] = {{"source", SLOT_SOURCE},
                 {"target", SLOT_TARGET},
                 {"event", SLOT_EVENT},
                 {"needs", SLOT_NEEDS},
                 {"not", SLOT_BARS}};
    struct str rest = segment, first;
    (void)entry_next_word(&rest, &first);
    struct frame_slot slot = {.role = SLOT_NEEDS};
    bool named = false;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (!str_eq(first, str_c(roles[i].name))) continue;
        slot.role = (uint8_t)roles[i].role;
        named = true;
    }
    struct str paths = named ? rest : segment;
    dt_status st = read_word(b, &slot, &paths, file, line, err);
    if (st == DT_OK && slot.role >= SLOT_NEEDS && slot.word_class == 0 && slot.word == 0)
        st = entry_error(
            file, line, err,
            "'%.*s' was not understood; expected 'source PATHS', 'target PATHS', 'event "
            "PATHS', 'PATHS {class}', 'PATHS = word' or 'passive'",
            (int)segment.len, segment.at);
    if (st == DT_OK && paths.len == 0)
        st = entry_error(file, line, err, "'%.*s' names no path", (int)segment.len, segment.at);
    if (st == DT_OK) st = add_paths(b, &slot, paths, file, line, err);
    if (st != DT_OK) return st;
    struct frame_slot *place = BUILD_ADD(b, slots);
    if (place == NULL) return err_nomem(err);
    *place = slot;
    return DT_OK;
}

static dt_status add_class_triggers(struct frames_build *b, struct frame_trigger trigger,
                                    struct str name, const struct entry_file *file, uint32_t line,
                                    dt_error *err)
{
    uint32_t number = build_class(b, name);
    if (number == NONE)
        return entry_error(file, line, err, "there is no class {%.*s} in classes.txt",
                           (int)name.len, name.at);
    for (uint32_t i = 0; i < b->n_class_words; i++) {
        const struct class_word *w = &b->class_words[i];
        if (w->word_class != number) continue;
        struct frame_trigger *t = BUILD_ADD(b, triggers);
        if (t == NULL) return err_nomem(err);
        *t = trigger;
        dt_status st =
            build_words(b, w->text, trigger.kind == TRIGGER_VERB, t->words, file, line, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

dt_status build_trigger(struct frames_build *b, uint32_t frame, enum trigger_kind kind,
                        const struct entry_file *file, const struct entry_field *field,
                        dt_error *err)
{
    struct str rest = field->value, words, segment, item;
    struct frame_trigger trigger = {
        .frame = frame, .kind = (uint8_t)kind, .slot_begin = b->n_slots};
    if (!str_next(&rest, ';', &words) || words.len == 0)
        return entry_error(file, field->line, err, "found no lemma after '%.*s'",
                           (int)field->name.len, field->name.at);
    while (str_next(&rest, ';', &segment)) {
        if (segment.len == 0) continue;
        if (str_eq(segment, STR("passive"))) {
            trigger.passive = 1;
            continue;
        }
        dt_status st = add_segment(b, segment, file, field->line, err);
        if (st != DT_OK) return st;
    }
    trigger.slot_end = b->n_slots;
    while (entry_next_item(&words, &item)) {
        dt_status st;
        if (item.len > 2 && item.at[0] == '{') {
            st = add_class_triggers(b, trigger, str_cut(item, 1, item.len - 1), file, field->line,
                                    err);
        } else {
            struct frame_trigger *t = BUILD_ADD(b, triggers);
            if (t == NULL) return err_nomem(err);
            *t = trigger;
            st = build_words(b, item, kind == TRIGGER_VERB, t->words, file, field->line, err);
        }
        if (st != DT_OK) return st;
    }
    return DT_OK;
}
