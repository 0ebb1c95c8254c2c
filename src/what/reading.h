/* reading.h - reads events: weighs the evidence for each word, for its parties and their homes.
 *
 * In: a sentence after the frames have read it. Out: its events. What the frames found is evidence
 * among other evidence (evidence.h): the reader says which words name events and of which type and
 * status, who is source and target, and which country those are of whose country is left out. The
 * frame that fired at such a word gives the code where it is of the same type. Weights:
 * model/events.dtm, learned by train/reader.py from the corpus. */
#ifndef DETENTE_READING_H
#define DETENTE_READING_H

#include "what/coding.h"
#include "what/reader_file.h"

/* Weighs each word of the sentence as the name of what the first asked actor does to the second;
 * the best one is the coding's answer. Before reader_read(), which drops the frames' events. False
 * only when memory ran out. */
bool reader_seek(const struct reader *r, struct coding *c, const struct evidence_view *v);
/* Puts the events that it reads in the place of those that the frames found: the layer's from
 * `first` on. False only when memory ran out. */
bool reader_read(const struct reader *r, struct coding *c, const struct evidence_view *v,
                 uint32_t first);

/* Drops the weak events that no likelier one stands near, once the whole story is read. False only
 * when memory ran out. */
bool reader_settle(struct coding *c);

#endif
