/* words_read.c - word classes from the text under words/; see words.h. Words of time and currencies
 * are read by times_read.c and currencies_read.c into the same records.
 *
 * In: words/ of all folders, entries `words CLASS` with the fields list (these are its words), add
 * and drop (a later folder's changes to ours). Out: one record a word, word 0 for none, and the
 * table that finds them. A class that no file fills is empty. Entries `inflection` in the same
 * files are for inflection_read.c. */
#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

struct words_reader {
    struct compile *c;
    struct entry_file file;
    uint32_t folder;
    uint32_t listed[CLASS_COUNT]; /* folder + 1 of the lists that the class has now */
};

static bool grow_word_table(struct compile *c)
{
    uint32_t mask = c->word_mask != 0 ? c->word_mask * 2 + 1 : 1023;
    struct word_slot *bigger = ARENA_NEW(&c->arena, (size_t)mask + 1, struct word_slot);
    if (bigger == NULL) return false;
    for (uint32_t i = 0; c->word_table != NULL && i <= c->word_mask; i++)
        if (c->word_table[i].key != 0)
            bigger[words_slot(bigger, mask, c->word_table[i].key)] = c->word_table[i];
    c->word_table = bigger;
    c->word_mask = mask;
    return true;
}

/* Word 0 is none: it has no text, and no key finds it. */
static bool add_no_word(struct compile *c)
{
    return c->n_words != 0 ||
           (COMPILE_ADD(c, words) != NULL && COMPILE_ADD(c, word_origins) != NULL);
}

uint32_t words_add(struct compile *c, struct str text)
{
    struct str lower = compile_lower(c, text);
    if (!add_no_word(c)) return 0;
    if (c->n_words * 2 >= c->word_mask && !grow_word_table(c)) return 0;
    uint64_t key = words_key(lower);
    struct word_slot *slot = &c->word_table[words_slot(c->word_table, c->word_mask, key)];
    if (slot->key != 0) return slot->word;
    struct know_word *w = COMPILE_ADD(c, words);
    if (w == NULL || COMPILE_ADD(c, word_origins) == NULL) return 0;
    *w = (struct know_word){.text = compile_intern(c, lower)};
    *slot = (struct word_slot){key, c->n_words - 1, 0};
    return slot->word;
}

bool compile_word_is(const struct compile *c, struct str text, enum word_class class)
{
    char lower[WORD_MOST];
    const uint64_t key = words_key(words_lower(text, lower));
    const struct word_slot *slot = &c->word_table[words_slot(c->word_table, c->word_mask, key)];
    return words_bit(&c->words[slot->word], class);
}

/* The words of one line of a field. */
static dt_status put_words(struct words_reader *r, struct str list, enum word_class class,
                           bool take, uint32_t line, dt_error *err)
{
    struct str item;
    const uint64_t bit = UINT64_C(1) << ((unsigned)class % 64);
    while (entry_next_item(&list, &item)) {
        if (item.len == 0) continue;
        if (!take && !compile_word_is(r->c, item, class))
            return entry_error(&r->file, line, err, "'%.*s' cannot be dropped: it is no word of %s",
                               TEXT(item), word_class_name[class]);
        uint32_t word = words_add(r->c, item);
        if (word == 0) return err_nomem(err);
        uint64_t *bits = &r->c->words[word].classes[(unsigned)class / 64];
        *bits = take ? *bits | bit : *bits & ~bit;
    }
    return DT_OK;
}

/* The lists of a later folder stand in the place of those of an earlier one. */
static void begin_list(struct words_reader *r, enum word_class class)
{
    struct compile *c = r->c;
    if (r->listed[class] == r->folder + 1) return;
    r->listed[class] = r->folder + 1;
    for (uint32_t i = 0; i < c->n_words; i++)
        c->words[i].classes[(unsigned)class / 64] &= ~(UINT64_C(1) << ((unsigned)class % 64));
}

static enum word_class class_of_name(struct str name)
{
    int i = 0;
    while (i < CLASS_COUNT && !str_eq(name, str_c(word_class_name[i])))
        i++;
    return (enum word_class)i;
}

static dt_status read_class_field(struct words_reader *r, const struct entry_field *f,
                                  enum word_class class, dt_error *err)
{
    bool list = str_eq(f->name, STR("list")), drop = str_eq(f->name, STR("drop"));
    if (!list && !drop && !str_eq(f->name, STR("add")))
        return entry_error(&r->file, f->line, err,
                           "found '%.*s' where list, add or drop was expected", TEXT(f->name));
    if (list) begin_list(r, class);
    dt_status st = put_words(r, f->value, class, !drop, f->line, err);
    for (uint32_t i = 0; i < f->n_more && st == DT_OK; i++)
        st = put_words(r, f->more[i].text, class, !drop, f->more[i].line, err);
    return st;
}

static dt_status read_class_entry(struct words_reader *r, const struct entry *e, dt_error *err)
{
    enum word_class class = class_of_name(e->key);
    dt_status st = DT_OK;
    if (class == CLASS_COUNT)
        return entry_error(&r->file, e->line, err,
                           "there is no word class '%.*s'; doc/knowledge.md lists all of them",
                           TEXT(e->key));
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++)
        st = read_class_field(r, &e->fields[i], class, err);
    return st;
}

static dt_status read_word_entry(struct words_reader *r, const struct entry *e, dt_error *err)
{
    struct found_entry found = {.file = &r->file, .entry = e, .folder = r->folder};
    if (str_eq(e->kind, STR("words"))) return read_class_entry(r, e, err);
    if (str_eq(e->kind, STR("inflection"))) return DT_OK;
    if (str_eq(e->kind, STR("time"))) return times_read_entry(r->c, &found, err);
    if (str_eq(e->kind, STR("language"))) return languages_read_entry(r->c, &found, err);
    if (str_eq(e->kind, STR("currency"))) return currencies_read_entry(r->c, &found, err);
    return entry_error(&r->file, e->line, err,
                       "found '%.*s' where 'words CLASS', 'time CLASS', 'currency CODE' or 'language CODE' was "
                       "expected",
                       TEXT(e->kind));
}

static dt_status read_word_file(struct words_reader *r, const struct compile_file *f, dt_error *err)
{
    dt_status st = entry_parse(&r->c->arena, f->path, f->text, &r->file, err);
    r->folder = f->folder;
    for (uint32_t k = 1; k < r->file.n_entries && st == DT_OK; k++)
        st = read_word_entry(r, &r->file.entries[k], err);
    return st;
}

dt_status words_read(struct compile *c, dt_error *err)
{
    struct words_reader r = {.c = c};
    dt_status st = add_no_word(c) && grow_word_table(c) ? DT_OK : err_nomem(err); /* never empty */
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++)
        if (str_starts(c->files[i].relative, STR("words/")) &&
            !str_eq(c->files[i].relative, STR(SECTORS_FILE)))
            st = read_word_file(&r, &c->files[i], err);
    if (st != DT_OK) return st;
    bundle_add(&c->writer, "word", c->words, c->n_words, sizeof *c->words);
    bundle_add(&c->writer, "word.tab", c->word_table, (size_t)c->word_mask + 1,
               sizeof *c->word_table);
    return languages_finish(c, err);
}
