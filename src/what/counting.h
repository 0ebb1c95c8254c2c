/* counting.h - how many events the words of a sentence name, and which of them.
 *
 * "A bomb killed two": both words may name the one event, and each is read with half of a chance.
 * So the chances of all words for a type are added up: their sum is how many events of it the
 * sentence is likely to tell, and so many of its likeliest words are taken. */
#ifndef DETENTE_COUNTING_H
#define DETENTE_COUNTING_H

#include <stdint.h>

enum counting_result {
    COUNTING_UNLIKELY, /* its type is told too seldom by such words */
    COUNTING_TAKEN,
    COUNTING_TOLD,  /* the events of its type are told by likelier words */
    COUNTING_UNSURE /* type and sides together are too unlikely to be right */
};

/* A word that may name an event. */
struct counted {
    uint32_t token, type; /* the likeliest type */
    float own;            /* that it names an event of any type */
    float likely;         /* once taken: that there is this event, 0 to 1 */
    uint8_t result;       /* enum counting_result */
};

/* Settles `likely` and `result` of n words, of which share[i * n_types + k] is how likely word i is
 * read as type k (0: none). The first event of a type has to be likelier than `least`, each further
 * one than `more`. Linear in words and types but for the words that are taken. */
void counting_settle(struct counted *words, uint32_t n, const float *share, uint32_t n_types,
                     float least, float more);

#endif
