/* dateline.h - "LONDON, March 3 -": where a wire report was written, and when.
 *
 * A parser that has learnt from running text takes the town for the root of the sentence, and loses
 * the subject behind it. So a dateline is parsed by itself and hung on the sentence it opens. */
#ifndef DETENTE_DATELINE_H
#define DETENTE_DATELINE_H

#include "text/text.h"

/* Number of tokens of the dateline that opens the sentence, its dash included; 0 if there is none,
 * or nothing behind it. */
uint32_t dateline_length(const struct text_layer *text, const struct sentence *sentence);

#endif
