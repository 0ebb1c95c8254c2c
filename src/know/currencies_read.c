/* currencies_read.c - currencies from the text under words/.
 *
 * In: entries `currency CODE  NAME` with fields `word` (what names it behind an amount: "franc",
 * "US dollar"), `sign` (what may stand before the amount, too: "$") and `drop` (takes either away).
 * NAME is a word of its currency. A word has one currency: within a folder it is given once, a
 * later folder's entry takes it over. Out: code and sign in the records of the words. */
#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

struct currencies_reader {
    struct compile *c;
    const struct found_entry *found;
    uint32_t code;
};

static dt_status put_name(struct currencies_reader *r, struct str text, bool sign, uint32_t line,
                          dt_error *err)
{
    uint32_t word = words_add(r->c, text);
    if (word == 0) return err_nomem(err);
    struct know_word *w = &r->c->words[word];
    uint32_t *folder = &r->c->word_origins[word].currency;
    if (*folder == r->found->folder + 1)
        return entry_error(r->found->file, line, err, "'%.*s' names the currency %s already",
                           TEXT(text), compile_text(r->c, w->currency));
    *folder = r->found->folder + 1;
    w->currency = r->code;
    w->sign = sign;
    return DT_OK;
}

static dt_status drop_name(struct currencies_reader *r, struct str text, uint32_t line,
                           dt_error *err)
{
    uint32_t word = words_add(r->c, text);
    if (word == 0) return err_nomem(err);
    struct know_word *w = &r->c->words[word];
    if (w->currency != r->code)
        return entry_error(r->found->file, line, err,
                           "'%.*s' cannot be dropped: it does not name %s", TEXT(text),
                           compile_text(r->c, r->code));
    w->currency = 0;
    w->sign = 0;
    return DT_OK;
}

static dt_status read_names(struct currencies_reader *r, struct str field, struct str list,
                            uint32_t line, dt_error *err)
{
    struct str item;
    dt_status st = DT_OK;
    bool sign = str_eq(field, STR("sign")), drop = str_eq(field, STR("drop"));
    if (!sign && !drop && !str_eq(field, STR("word")))
        return entry_error(r->found->file, line, err,
                           "found '%.*s' where word, sign or drop was expected", TEXT(field));
    while (st == DT_OK && entry_next_item(&list, &item))
        if (item.len != 0)
            st = drop ? drop_name(r, item, line, err) : put_name(r, item, sign, line, err);
    return st;
}

static bool is_currency_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'A' || s.at[i] > 'Z') return false;
    return s.len == 3;
}

dt_status currencies_read_entry(struct compile *c, const struct found_entry *found, dt_error *err)
{
    const struct entry *e = found->entry;
    struct currencies_reader r = {c, found, compile_intern(c, e->key)};
    dt_status st = DT_OK;
    if (!is_currency_code(e->key))
        return entry_error(found->file, e->line, err,
                           "found '%.*s' where a currency's code of three capitals was expected",
                           TEXT(e->key));
    if (e->name.len != 0) st = put_name(&r, e->name, false, e->line, err);
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++) {
        const struct entry_field *f = &e->fields[i];
        st = read_names(&r, f->name, f->value, f->line, err);
        for (uint32_t k = 0; k < f->n_more && st == DT_OK; k++)
            st = read_names(&r, f->name, f->more[k].text, f->more[k].line, err);
    }
    return st;
}
