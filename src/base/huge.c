/* huge.c - see huge.h. */
#define _DEFAULT_SOURCE /* madvise() */
#include "base/huge.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum { HUGE_PAGE = 2 << 20 };

void *huge_alloc(size_t bytes)
{
    if (bytes > (size_t)-1 - HUGE_PAGE) return NULL;
    const size_t padded = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *at = aligned_alloc(HUGE_PAGE, padded);
#if defined(MADV_HUGEPAGE)
    if (at != NULL) (void)madvise(at, padded, MADV_HUGEPAGE); /* a wish, no need */
#endif
    return at;
}
