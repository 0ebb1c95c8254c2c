/* xml_story.h - what an XML element that is a story says: text, title, day, who published it. */
#ifndef DETENTE_XML_STORY_H
#define DETENTE_XML_STORY_H

#include <libxml/tree.h>

#include "input/parcel.h"

enum xml_kind {
    XML_OTHER,    /* no story */
    XML_ENTRY,    /* of a feed: RSS's item, Atom's entry */
    XML_SENTENCE, /* PETRARCH */
    XML_NITF,
    XML_NEWS_ITEM /* NewsML-G2 */
};

/* By the element's name, without its prefix. */
enum xml_kind xml_kind_of(struct str name);

/* Memory for the pieces of one story. */
struct xml_story {
    struct buf pieces[PIECE_COUNT];
};
void xml_story_free(struct xml_story *story);

/* Fills the pieces of *out, which point into *story until the next call. False only when memory ran
 * out. */
bool xml_story_read(struct xml_story *story, enum xml_kind kind, const xmlNode *node,
                    struct parcel *out);

#endif
