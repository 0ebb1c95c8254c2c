/* shortword.c - see shortword.h. */
#include "base/shortword.h"

/* Eight bytes as a number that orders as they do. */
static inline uint64_t number_of_bytes(const unsigned char *at)
{
    return (uint64_t)at[0] << 56 | (uint64_t)at[1] << 48 | (uint64_t)at[2] << 40 |
           (uint64_t)at[3] << 32 | (uint64_t)at[4] << 24 | (uint64_t)at[5] << 16 |
           (uint64_t)at[6] << 8 | (uint64_t)at[7];
}

const void *shortword_find(struct str key, const void *rows, size_t n, size_t size)
{
    const unsigned char *first = rows, *row = rows;
    uint64_t high = 0, low = 0;
    if (n == 0 || key.len == 0 || key.len > SHORTWORD_BYTES) return NULL;
    for (size_t i = 0; i < key.len; i++) {
        if (i < 8)
            high |= (uint64_t)(unsigned char)key.at[i] << (56 - 8 * i);
        else
            low |= (uint64_t)(unsigned char)key.at[i] << (56 - 8 * (i - 8));
    }
    while (n > 1) { /* to the last row whose first eight bytes are not behind those of the key */
        const unsigned char *middle = row + n / 2 * size;
        row = number_of_bytes(middle) <= high ? middle : row;
        n -= n / 2;
    }
    while (number_of_bytes(row) == high && number_of_bytes(row + 8) != low && row != first)
        row -= size;
    return number_of_bytes(row) == high && number_of_bytes(row + 8) == low ? row : NULL;
}
