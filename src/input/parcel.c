/* parcel.c - parcels as bytes: a mark, the numbers, then each piece with its length. They live
 * within one run of a program, so numbers are written as the machine has them. */
#include "input/parcel.h"

struct parcel_head {
    char mark[4];
    uint8_t whole, passing, order, unused;
    uint32_t present; /* bit i: piece i is there */
    uint64_t number;
};

/* No JSON, and no text, begins with it. */
static const char parcel_mark[4] = {1, 'D', 'T', 'P'};

bool parcel_pack(const struct parcel *parcel, struct buf *out)
{
    struct parcel_head head = {.number = parcel->number,
                               .whole = parcel->whole,
                               .passing = parcel->passing,
                               .order = (uint8_t)parcel->order};
    memcpy(head.mark, parcel_mark, sizeof head.mark);
    for (unsigned i = 0; i < PIECE_COUNT; i++)
        if (parcel->pieces[i].at != NULL) head.present |= 1u << i;
    buf_clear(out);
    buf_put(out, str_of((const char *)&head, sizeof head));
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        uint64_t len = parcel->pieces[i].len;
        if (parcel->pieces[i].at == NULL) continue;
        buf_put(out, str_of((const char *)&len, sizeof len));
        buf_put(out, parcel->pieces[i]);
    }
    return !out->failed;
}

void parcel_stamp(struct buf *packed, enum date_order order)
{
    packed->at[offsetof(struct parcel_head, order)] = (char)order;
}

bool parcel_unpack(struct str bytes, struct parcel *out)
{
    struct parcel_head head;
    *out = (struct parcel){0};
    if (bytes.len < sizeof head) return false;
    memcpy(&head, bytes.at, sizeof head);
    if (memcmp(head.mark, parcel_mark, sizeof head.mark) != 0 || head.present >> PIECE_COUNT != 0 ||
        head.order > ORDER_MONTH_FIRST)
        return false;
    size_t at = sizeof head;
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        uint64_t len;
        if ((head.present >> i & 1) == 0) continue;
        if (bytes.len - at < sizeof len) return false;
        memcpy(&len, bytes.at + at, sizeof len);
        at += sizeof len;
        if (bytes.len - at < len) return false;
        out->pieces[i] = str_of(bytes.at + at, (size_t)len);
        at += (size_t)len;
    }
    out->number = (size_t)head.number;
    out->whole = head.whole != 0;
    out->passing = head.passing != 0;
    out->order = (enum date_order)head.order;
    return at == bytes.len;
}
