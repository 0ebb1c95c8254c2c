/* export_text.h - documents as Nexis and Factiva write them into a text file. */
#ifndef DETENTE_EXPORT_TEXT_H
#define DETENTE_EXPORT_TEXT_H

#include "input/parcel.h"

/* Where the fields of a document lie in it; `at` NULL: it has none. */
struct exported {
    struct str title, author, publisher, date, dateline, lang, id, body;
};

/* "12 of 345 DOCUMENTS", "End of Document", "Document AFPR000020240613ek6d001b9". */
bool is_nexis_begin(struct str line);
bool is_nexis_end(struct str line);
bool is_factiva_end(struct str line);

void nexis_read(struct str document, struct exported *out);
void factiva_read(struct str document, struct exported *out);

#endif
