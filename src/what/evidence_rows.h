/* evidence_rows.h - how pieces of evidence become rows; within the module (see evidence.h). */
#ifndef DETENTE_EVIDENCE_ROWS_H
#define DETENTE_EVIDENCE_ROWS_H

#include "what/evidence.h"

/* What a piece of evidence is about; part of its hash, so that order matters to trained tables. */
enum about {
    ABOUT_LEMMA = 1,
    ABOUT_TAG,
    ABOUT_FORM,
    ABOUT_NEAR,
    ABOUT_UP,
    ABOUT_UP2,
    ABOUT_CHILD,
    ABOUT_CHILD_OF,
    ABOUT_PREP,
    ABOUT_SUBJECT,
    ABOUT_OBJECT,
    ABOUT_OBJECT_OF,
    ABOUT_OBJECT_INNER,
    ABOUT_AUX,
    ABOUT_FRAME,
    ABOUT_FRAME_TYPE,
    ABOUT_EVENT,
    ABOUT_EVENT_CODE,
    ABOUT_CLASS,
    ABOUT_OBJECT_CLASS,
    ABOUT_PLACE_IN_STORY,
    ABOUT_SPEECH,
    ABOUT_PARTIES,
    ABOUT_SENTENCE_WORD,
    ABOUT_GOVERNOR,
    ABOUT_KNOWN,
    ABOUT_KNOWN_NEAR,
    ABOUT_MEANING,
    ABOUT_MEANING_UP,
    ABOUT_MEANING_ARGUMENT,
    ABOUT_MEANING_BELOW,
    ABOUT_MEANING_NEAR,
    ABOUT_PATH = 40, /* from here on: of a party; each also together with the event's type */
    ABOUT_PATH_LEMMA,
    ABOUT_PATH_LIST,
    ABOUT_MARKER,
    ABOUT_MARKER_LEMMA,
    ABOUT_DEP,
    ABOUT_HEAD,
    ABOUT_ORDER,
    ABOUT_KIND,
    ABOUT_SECTOR,
    ABOUT_WORD,
    ABOUT_ROLE,
    ABOUT_SYNTAX,
    ABOUT_CLAUSE,
    ABOUT_RANK,
    ABOUT_SENTENCE,
    ABOUT_NOBODY,
    ABOUT_RIVAL,
    ABOUT_THROUGH,
    ABOUT_NEXT,
    ABOUT_PART,
    ABOUT_BETWEEN,
    ABOUT_HOME = 80,
    ABOUT_HOME_OTHER,
    ABOUT_SECTOR_OF,
    ABOUT_SECTOR_WORD,
    ABOUT_SECTOR_SIDE,
    ABOUT_TYPE = 128 /* added to those of a party */
};

static inline uint32_t mix(uint32_t about, uint32_t a, uint32_t b)
{
    uint32_t h = about * 0x9E3779B1u ^ a;
    h = (h ^ h >> 15) * 0x85EBCA77u;
    h ^= b * 0xC2B2AE3Du;
    h = (h ^ h >> 13) * 0x27D4EB2Fu;
    return h ^ h >> 16;
}

static inline void add(struct evidence *e, uint32_t about, uint32_t a, uint32_t b)
{
    if (e->n < EVIDENCE_MOST) e->at[e->n++] = mix(about, a, b);
}

static inline uint32_t key(const struct evidence_view *v, uint32_t token)
{
    return token == NONE ? 1u : v->in->key[token];
}

/* The class of what the word means, in a middle grain. */
static inline uint32_t meaning(const struct evidence_view *v, uint32_t token)
{
    return token == NONE ? UINT16_MAX : v->in->meaning[token][1];
}

static inline uint32_t text_key(const char *s)
{
    return s == NULL ? 0 : (uint32_t)str_hash(str_c(s));
}

/* What kind of actor it is, in one number. */
static inline uint32_t kind_of_actor(const struct actor *a)
{
    uint32_t country = a->country[0] != '\0', code = a->code[0] != '\0';
    return a->kind | (uint32_t)a->flags << 4 | country << 8 | code << 9;
}

/* Distances of like size are one. */
static inline uint32_t bucket(uint32_t distance)
{
    return distance < 4 ? distance : distance < 8 ? 4 : distance < 16 ? 5 : 6;
}

enum { PATH_MOST = 12 }; /* steps through the tree that are followed */

#endif
