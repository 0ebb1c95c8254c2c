/* own_knowledge.h - a user's folder of knowledge, compiled over ours at run time. */
#ifndef DETENTE_OWN_KNOWLEDGE_H
#define DETENTE_OWN_KNOWLEDGE_H

#include "know/know.h"

/* Compiles the folders our base was made from, then `dir`, whose entries win. *bytes holds the
 * bundle (free() it after know_close()); *know is opened on it and needs `ours` no more. */
dt_status own_knowledge_load(const char *dir, const struct know *ours, void **bytes,
                             struct know *know, dt_error *err);

#endif
