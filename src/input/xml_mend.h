/* xml_mend.h - XML as it is found in the wild, made such that a parser reads it.
 *
 * "&nbsp;", "AT&T": an ampersand that begins no reference of XML's own (amp, lt, gt, quot, apos,
 * numbers) is written as "&amp;". So the text holds the words of the reference, which are resolved
 * where text is cleaned; nothing that a document defines is ever expanded. CDATA stays as it is. */
#ifndef DETENTE_XML_MEND_H
#define DETENTE_XML_MEND_H

#include "base/buf.h"

struct xml_mend {
    struct buf out;  /* mended; bytes before `taken` have been given on */
    struct buf held; /* the last few, which hang on what follows them */
    size_t taken;
    bool in_cdata;
};

/* Adds bytes behind those that came before; `last`: there are no more. False only when memory ran
 * out. */
bool xml_mend(struct xml_mend *m, struct str bytes, bool last);
void xml_mend_free(struct xml_mend *m);

#endif
