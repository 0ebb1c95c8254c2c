/* pageread.h - the inside of page_read(), for the trainer of its weights. */
#ifndef DETENTE_PAGEREAD_H
#define DETENTE_PAGEREAD_H

#include "page/page.h"
#include "page/pagejudge.h"
#include "page/pagemeta.h"

/* All but the choice of blocks. False when memory ran out. */
bool page_take_apart(struct page_reader *reader, struct arena *arena, struct str bytes,
                     struct str charset, struct page_facts *facts, struct page_judge *judge);

#endif
