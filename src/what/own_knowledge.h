/* own_knowledge.h - a user's folder of knowledge, compiled over ours at run time. */
#ifndef DETENTE_OWN_KNOWLEDGE_H
#define DETENTE_OWN_KNOWLEDGE_H

#include "what/frames.h"

/* Compiles the folders our base was made from, then `dir`, whose entries win. *bytes holds the
 * bundle (free() it after know_close()); *know and *frames are opened on it. */
dt_status own_knowledge_load(const char *dir, const struct know *ours, void **bytes,
                             struct know *know, struct frames *frames, dt_error *err);

#endif
