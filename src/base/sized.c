/* sized.c - structures that begin with their size; see sized.h. */
#include "base/sized.h"

#include <assert.h>
#include <string.h>

static size_t size_of(const void *given)
{
    size_t size;
    memcpy(&size, given, sizeof size);
    return size;
}

dt_status sized_check(const struct sized *kind, const void *given, dt_error *err)
{
    assert(kind->least >= sizeof(size_t) && kind->least <= kind->known);
    size_t size = size_of(given);
    if (size >= kind->least) return DT_OK;
    return err_set(err, DT_E_ARG, 0,
                   "the size of a %s was given as %zu bytes, and its first version had %zu: set "
                   ".size = sizeof(%s)",
                   kind->name, size, kind->least, kind->name);
}

dt_status sized_read(const struct sized *kind, const void *given, void *ours, dt_error *err)
{
    dt_status st = sized_check(kind, given, err);
    if (st != DT_OK) return st;
    const unsigned char *bytes = given;
    size_t size = size_of(given);
    for (size_t i = kind->known; i < size; i++)
        if (bytes[i] != 0)
            return err_set(err, DT_E_ARG, 0,
                           "a %s had members that this library (" DT_VERSION
                           ") does not know, and they were not 0",
                           kind->name);
    memset(ours, 0, kind->known);
    memcpy(ours, given, size < kind->known ? size : kind->known);
    memcpy(ours, &kind->known, sizeof kind->known);
    return DT_OK;
}

void sized_write(const struct sized *kind, const void *ours, void *given)
{
    size_t size = size_of(given), fits = size < kind->known ? size : kind->known;
    assert(size >= kind->least);
    memset((unsigned char *)given + sizeof size, 0, size - sizeof size);
    memcpy((unsigned char *)given + sizeof size, (const unsigned char *)ours + sizeof size,
           fits - sizeof size);
}
