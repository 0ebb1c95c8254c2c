/* parcel.h - a story on its way from a file to the thread that codes it.
 *
 * A parcel is one block of bytes that stands for itself: pieces, each a kind and its bytes. What
 * splits a file into parcels runs in one thread and does no more than it must to find where a story
 * ends; what opens a parcel (parcel_story.h) runs in many. Pieces are as they were found: in any
 * encoding, dates in any spelling. */
#ifndef DETENTE_PARCEL_H
#define DETENTE_PARCEL_H

#include "base/anydate.h"
#include "base/buf.h"
#include "base/str.h"

/* The first three hold the story itself; exactly one of them is there, unless it was refused. */
enum piece {
    PIECE_JSON, /* a JSON object: members.h tells which member is what */
    PIECE_TEXT, /* plain text */
    PIECE_PAGE, /* an HTML page */
    PIECE_ID,   /* what names it where it was found; absent: one is made of origin and number */
    PIECE_DATE, /* in any spelling */
    PIECE_TITLE,
    PIECE_AUTHOR,
    PIECE_PUBLISHER,
    PIECE_URL,
    PIECE_LANG,
    PIECE_CHARSET, /* the encoding that something outside the bytes says they are in: HTTP, XML */
    PIECE_ORIGIN,  /* "news.zip/2024/a.csv": where it was found, for ids and messages */
    PIECE_REFUSED, /* no story: the sentence that says why; set by the reader */
    PIECE_COUNT
};

struct parcel {
    struct str pieces[PIECE_COUNT]; /* `at` NULL: absent */
    size_t number; /* of the line (text files), record or row in its origin, from 1 */
    bool whole;    /* its origin holds nothing else: the id needs no number */
    /* Set by the reader. */
    bool passing;          /* came through a pipe: another run may bring others of that number */
    enum date_order order; /* how its date is read where that is not plain */
};

/* Writes the parcel into `out`, which is emptied first. False only when memory ran out. */
bool parcel_pack(const struct parcel *parcel, struct buf *out);
/* Sets the order of its date in one that is packed. */
void parcel_stamp(struct buf *packed, enum date_order order);
/* Reads one back; the pieces point into `bytes`. False where they are no parcel. */
bool parcel_unpack(struct str bytes, struct parcel *out);

#endif
