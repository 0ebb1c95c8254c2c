/* parquet_dictionary.c - the different values of a column; see parquet_dictionary.h. */
#include "store/parquet_dictionary.h"

#include "base/le.h"

enum {
    DICTIONARY_MOST = 32768,        /* different values */
    DICTIONARY_BYTES = 1024 * 1024, /* of them all */
    FIRST_LOOK = 1024               /* values after which it is asked whether they repeat */
};

static size_t size_of_value(const struct leaf *leaf, struct str value)
{
    return value.len + (leaf->type == COLUMN_TEXT ? 4 : 0);
}

struct str dictionary_value(const struct dictionary *d, const struct leaf *leaf, size_t i)
{
    return leaf_bytes(leaf, (size_t)le_load(d->first.at + 4 * i, 4));
}

const uint32_t *dictionary_indices(const struct dictionary *d)
{
    return (const uint32_t *)(const void *)d->indices.at;
}

static bool begin_dictionary(struct dictionary *d, const struct leaf *leaf)
{
    static const char zeros[4096];
    size_t wanted = 2 * (leaf->n < DICTIONARY_MOST ? leaf->n : DICTIONARY_MOST);
    d->n = d->bytes = 0;
    d->n_slots = sizeof zeros / 4;
    while (d->n_slots < wanted)
        d->n_slots *= 2;
    buf_clear(&d->slots);
    buf_clear(&d->first);
    buf_clear(&d->indices);
    while (d->slots.len < 4 * d->n_slots && !d->slots.failed)
        buf_put(&d->slots, str_of(zeros, sizeof zeros));
    return !d->slots.failed;
}

/* The number of the value, which is entered where it is new. */
static uint32_t number_of(struct dictionary *d, const struct leaf *leaf, size_t i)
{
    struct str value = leaf_bytes(leaf, i);
    size_t at = (size_t)str_hash(value) & (d->n_slots - 1);
    for (;; at = (at + 1) & (d->n_slots - 1)) {
        uint32_t entry = (uint32_t)le_load(d->slots.at + 4 * at, 4);
        if (entry == 0) break;
        if (str_eq(dictionary_value(d, leaf, entry - 1), value)) return entry - 1;
    }
    le_store(d->slots.at + 4 * at, d->n + 1, 4);
    le_put(&d->first, i, 4);
    d->bytes += size_of_value(leaf, value);
    return (uint32_t)d->n++;
}

/* Half of the slots stay free, for there are as many as twice the most values. */
static bool worth_going_on(const struct dictionary *d, size_t seen)
{
    if (d->n >= DICTIONARY_MOST || d->bytes > DICTIONARY_BYTES || d->first.failed) return false;
    return seen < FIRST_LOOK || (seen & (seen - 1)) != 0 || d->n < seen - seen / 4;
}

static size_t plain_size(const struct leaf *leaf)
{
    return leaf->data.len + (leaf->type == COLUMN_TEXT ? 4 * leaf->n : 0);
}

bool dictionary_make(struct dictionary *d, const struct leaf *leaf)
{
    size_t seen = 0;
    if (leaf->type == COLUMN_BOOL || leaf->n == leaf->n_none) return false;
    if (!begin_dictionary(d, leaf)) return false;
    for (size_t i = 0; i < leaf->n; i++) {
        if (!leaf_has(leaf, i)) continue;
        uint32_t number = number_of(d, leaf, i);
        buf_put(&d->indices, str_of((const char *)&number, sizeof number));
        if (!worth_going_on(d, ++seen)) return false;
    }
    return !d->indices.failed && d->bytes + 2 * seen < plain_size(leaf);
}

void dictionary_free(struct dictionary *d)
{
    buf_free(&d->slots);
    buf_free(&d->first);
    buf_free(&d->indices);
}
