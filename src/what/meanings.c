/* meanings.c - see meanings.h. */
#include "what/meanings.h"

dt_status meanings_open(const struct bundle *b, struct meanings *out, dt_error *err)
{
    struct bundle_section keys, classes;
    dt_status st = bundle_find(b, "mng.key", sizeof(uint32_t), &keys, err);
    if (st == DT_OK) st = bundle_find(b, "mng.cls", sizeof(uint16_t), &classes, err);
    if (st != DT_OK) return st;
    const size_t n = keys.count;
    bool fits =
        n != 0 && n <= 1u << 24 && (n & (n - 1)) == 0 && classes.count == n * MEANING_GRAINS;
    bool room = false;
    *out = (struct meanings){keys.at, classes.at, (uint32_t)n - 1};
    for (size_t i = 0; fits && i < n; i++)
        room = room || out->keys[i] == 0; /* or a search would not end */
    if (fits && room) return DT_OK;
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section mng.cls does not fit the others",
                   b->name);
}

const uint16_t *meanings_of(const struct meanings *m, uint32_t key)
{
    static const uint16_t unknown[MEANING_GRAINS];
    if (m == NULL) return unknown;
    for (uint32_t at = key & m->mask; m->keys[at] != 0; at = (at + 1) & m->mask)
        if (m->keys[at] == key) return m->classes + (size_t)at * MEANING_GRAINS;
    return unknown;
}
