/* index.h - the one spelling of "none" for an index, and ranges of shared arrays. */
#ifndef DETENTE_INDEX_H
#define DETENTE_INDEX_H

#include <stdint.h>

/* The index of nothing: no head, no marker, no place ... */
#define NONE UINT32_MAX

/* Elements [begin, end) of an array that several share. */
struct range {
    uint32_t begin, end;
};

static inline uint32_t range_count(struct range r)
{
    return r.end - r.begin;
}

#endif
