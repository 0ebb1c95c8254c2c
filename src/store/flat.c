/* flat.c - FlatBuffers, written from front to back; see flat.h. */
#include "store/flat.h"

#include "base/le.h"

static void put_zeros(struct buf *b, size_t n)
{
    static const char zeros[64];
    for (; n > sizeof zeros; n -= sizeof zeros)
        buf_put(b, str_of(zeros, sizeof zeros));
    buf_put(b, str_of(zeros, n));
}

void flat_align(struct buf *b, size_t align)
{
    put_zeros(b, (align - b->len % align) % align);
}

void flat_set(struct buf *b, size_t at, uint64_t value, int bytes)
{
    if (!b->failed) le_store(b->at + at, value, bytes);
}

static void refer_here(struct buf *b, size_t reference)
{
    flat_set(b, reference, b->len - reference, 4);
}

size_t flat_root(struct buf *b)
{
    put_zeros(b, 8);
    return 0;
}

/* Places of the fields in their table, large ones first, each at a multiple of its size. Returns
 * the table's size. */
static size_t place_fields(const uint8_t *sizes, int n, size_t align, size_t *places)
{
    size_t end = align; /* the distance to the vtable takes 4 */
    for (uint8_t size = 8; size != 0; size /= 2)
        for (int i = 0; i < n; i++) {
            if (sizes[i] != size) continue;
            places[i] = end;
            end += size;
        }
    return end;
}

struct flat_table flat_table(struct buf *b, size_t reference, const uint8_t *sizes, int n)
{
    struct flat_table table = {{0}};
    size_t places[FLAT_FIELDS] = {0}, align = 4;
    for (int i = 0; i < n; i++)
        if (sizes[i] == 8) align = 8;
    size_t size = place_fields(sizes, n, align, places);
    flat_align(b, 2);
    size_t vtable = b->len;
    le_put(b, 4 + 2 * (size_t)n, 2);
    le_put(b, size, 2);
    for (int i = 0; i < n; i++)
        le_put(b, places[i], 2);
    flat_align(b, align);
    size_t begin = b->len;
    refer_here(b, reference);
    le_put(b, begin - vtable, 4);
    put_zeros(b, size - 4);
    for (int i = 0; i < n; i++)
        table.at[i] = places[i] != 0 ? begin + places[i] : 0;
    return table;
}

void flat_text(struct buf *b, size_t reference, struct str text)
{
    flat_align(b, 4);
    refer_here(b, reference);
    le_put(b, text.len, 4);
    buf_put(b, text);
    buf_c(b, '\0');
}

size_t flat_vector(struct buf *b, size_t reference, size_t n, size_t size)
{
    flat_align(b, 4);
    if (size % 8 == 0 && b->len % 8 == 0) put_zeros(b, 4); /* the elements behind the length */
    refer_here(b, reference);
    le_put(b, n, 4);
    size_t first = b->len;
    put_zeros(b, n * size);
    return first;
}
