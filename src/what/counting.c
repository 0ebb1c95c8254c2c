/* counting.c - see counting.h. */
#include "what/counting.h"

static const float FLOOR = 0.03f; /* what is less likely does not count */
static const float NAMES = 0.25f; /* how likely a word has to be of its type to name an event... */

/* The likeliest word of the type that is still free, or n. */
static uint32_t best_free(const struct counted *words, uint32_t n, const float *share,
                          uint32_t n_types, uint32_t type, float names)
{
    uint32_t best = n;
    float most = names;
    for (uint32_t i = 0; i < n; i++) {
        if (words[i].type != type || words[i].result == COUNTING_TAKEN) continue;
        if (share[i * n_types + type] <= most) continue;
        most = share[i * n_types + type];
        best = i;
    }
    return best;
}

static void settle_type(struct counted *words, uint32_t n, const float *share, uint32_t n_types,
                        uint32_t type, float least, float more)
{
    const float names = least < NAMES ? least : NAMES; /* ...but where unlikely ones are wanted */
    float sum = 0, count = 0;
    for (uint32_t i = 0; i < n; i++)
        if (share[i * n_types + type] > FLOOR) sum += share[i * n_types + type];
    while (sum - count > (count < 1 ? least : more)) {
        uint32_t i = best_free(words, n, share, n_types, type, names);
        if (i == n) break;
        words[i].likely = sum - count < 1 ? sum - count : 1;
        words[i].result = COUNTING_TAKEN;
        count++;
    }
    for (uint32_t i = 0; i < n && count > 0; i++)
        if (words[i].type == type && words[i].result == COUNTING_UNLIKELY)
            words[i].result = COUNTING_TOLD;
}

void counting_settle(struct counted *words, uint32_t n, const float *share, uint32_t n_types,
                     float least, float more)
{
    for (uint32_t i = 0; i < n; i++) {
        words[i].likely = words[i].own;
        words[i].result = COUNTING_UNLIKELY;
    }
    for (uint32_t type = 1; type < n_types; type++) {
        uint32_t i = 0;
        while (i < n && words[i].type != type)
            i++;
        if (i < n) settle_type(words, n, share, n_types, type, least, more);
    }
}
