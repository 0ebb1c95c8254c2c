/* huge.h - memory for large tables that are read in no order. */
#ifndef DETENTE_HUGE_H
#define DETENTE_HUGE_H

#include <stddef.h>

/* Memory aligned for any use, which the system is asked to keep in huge pages, where it has them:
 * each look-up then costs no walk through the page tables. NULL when memory ran out; free(). */
void *huge_alloc(size_t bytes);

#endif
