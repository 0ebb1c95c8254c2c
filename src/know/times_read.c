/* times_read.c - words of time from the text under words/; see timeword.h.
 *
 * In: entries `time CLASS` with fields `VALUE  word, word` and `drop  word, word`. A word has one
 * class: within a folder it is given once, a later folder's entry changes what an earlier one said,
 * and its `drop` takes the word out of the class. Only holidays may have several words. Out: class
 * and value in the records of the words. */
#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

struct times_reader {
    struct compile *c;
    const struct found_entry *found;
    enum time_class class;
};

static dt_status time_error(const struct times_reader *r, uint32_t line, struct str word,
                            const char *what, dt_error *err)
{
    return entry_error(r->found->file, line, err, "'%.*s' %s", TEXT(word), what);
}

/* The first of several words; an apostrophe ends it, too, as the grammar cuts "Year's". */
static struct str first_word(struct str text)
{
    size_t n = 0;
    while (n < text.len && text.at[n] != ' ' && text.at[n] != '\'')
        n++;
    return str_cut(text, 0, n);
}

static dt_status check_form(const struct times_reader *r, struct str word, uint32_t line,
                            dt_error *err)
{
    if (word.len > WORD_MOST) return time_error(r, line, word, "is longer than 63 bytes", err);
    if (r->class != TW_HOLIDAY && first_word(word).len != word.len)
        return time_error(r, line, word, "has several words, which only a holiday may", err);
    if (str_find(word, '.', 0) != word.len)
        return time_error(r, line, word,
                          "has a full stop; words of time stand without them, 'pm' for 'p.m.'",
                          err);
    return DT_OK;
}

static dt_status put_word(struct times_reader *r, struct str text, int64_t value, uint32_t line,
                          dt_error *err)
{
    struct compile *c = r->c;
    dt_status st = check_form(r, text, line, err);
    if (st != DT_OK) return st;
    uint32_t word = words_add(c, text), first = words_add(c, first_word(text));
    if (word == 0 || first == 0) return err_nomem(err);
    struct word_origin *origin = &c->word_origins[word];
    if (origin->time == r->found->folder + 1)
        return entry_error(r->found->file, line, err, "'%.*s' is a word of the class %s already",
                           TEXT(text), timeword_class_name(c->words[word].time_class));
    origin->time = r->found->folder + 1;
    c->words[word].time_class = (uint8_t)r->class;
    c->words[word].time_value = value;
    if (first != word) c->words[first].begins_time = 1;
    return DT_OK;
}

static dt_status drop_word(struct times_reader *r, struct str text, uint32_t line, dt_error *err)
{
    uint32_t word = words_add(r->c, text);
    if (word == 0) return err_nomem(err);
    struct know_word *w = &r->c->words[word];
    if (w->time_class != r->class)
        return time_error(r, line, text, "cannot be dropped: it is no word of the class", err);
    w->time_class = TW_NONE;
    w->time_value = 0;
    return DT_OK;
}

static dt_status read_list(struct times_reader *r, const struct entry_field *f, struct str list,
                           uint32_t line, dt_error *err)
{
    struct str item;
    int64_t value = 0;
    dt_status st = DT_OK;
    bool drop = str_eq(f->name, STR("drop"));
    if (!drop && !timeword_read_value(r->class, f->name, &value))
        return entry_error(r->found->file, f->line, err, "found '%.*s' where %s was expected",
                           TEXT(f->name), timeword_expected(r->class));
    while (st == DT_OK && entry_next_item(&list, &item))
        if (item.len != 0)
            st = drop ? drop_word(r, item, line, err) : put_word(r, item, value, line, err);
    return st;
}

dt_status times_read_entry(struct compile *c, const struct found_entry *found, dt_error *err)
{
    const struct entry *e = found->entry;
    struct times_reader r = {c, found, timeword_class(e->key)};
    dt_status st = DT_OK;
    if (r.class == TW_COUNT)
        return entry_error(found->file, e->line, err,
                           "there is no class of time '%.*s'; doc/knowledge.md lists all of them",
                           TEXT(e->key));
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++) {
        const struct entry_field *f = &e->fields[i];
        st = read_list(&r, f, f->value, f->line, err);
        for (uint32_t k = 0; k < f->n_more && st == DT_OK; k++)
            st = read_list(&r, f, f->more[k].text, f->more[k].line, err);
    }
    return st;
}
