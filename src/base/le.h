/* le.h - whole numbers as little-endian bytes, on any machine. */
#ifndef DETENTE_LE_H
#define DETENTE_LE_H

#include "base/buf.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LE_HOST 1 /* numbers stand in memory as they are written */
#else
#define LE_HOST 0
#endif

/* The low `bytes` bytes of value, 8 at most. */
static inline void le_store(char *at, uint64_t value, int bytes)
{
    if (LE_HOST) {
        memcpy(at, &value, (size_t)bytes);
        return;
    }
    for (int i = 0; i < bytes; i++)
        at[i] = (char)(unsigned char)(value >> (8 * i));
}

static inline uint64_t le_load(const char *at, int bytes)
{
    uint64_t value = 0;
    if (LE_HOST) {
        memcpy(&value, at, (size_t)bytes);
        return value;
    }
    for (int i = 0; i < bytes; i++)
        value |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return value;
}

/* Adds the low `bytes` bytes of value, 8 at most. */
static inline void le_put(struct buf *out, uint64_t value, int bytes)
{
    char at[8];
    le_store(at, value, bytes);
    buf_put(out, str_of(at, (size_t)bytes));
}

static inline int64_t le_signed64(const char *at)
{
    return (int64_t)le_load(at, 8);
}

static inline int32_t le_signed32(const char *at)
{
    return (int32_t)(uint32_t)le_load(at, 4);
}

#endif
