/* metonym.h - whether the name of a city, a country or a palace acts or says where. */
#ifndef DETENTE_METONYM_H
#define DETENTE_METONYM_H

#include "who/who_work.h"

/* A place name at `head` stands for the government that sits there. */
bool metonym_acts(const struct who_work *w, uint32_t head);
/* The noun at `head` says where something happens ("in Turkey"). */
bool metonym_is_place(const struct who_work *w, uint32_t head);

#endif
