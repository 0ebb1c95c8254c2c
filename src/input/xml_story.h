/* xml_story.h - which elements of an XML file are which piece of a story.
 *
 * Every kind of file is a table: the element that is a story, and rules that name an element, or an
 * attribute of one, and the piece that it fills. form_xml.c reads by them. */
#ifndef DETENTE_XML_STORY_H
#define DETENTE_XML_STORY_H

#include "input/form.h"

/* Behind the pieces: what becomes part of one at the end of the story. */
enum xml_slot {
    SLOT_SUMMARY = PIECE_COUNT, /* of a feed's entry */
    SLOT_CONTENT,               /* the whole of it */
    SLOT_DATELINE,
    SLOT_COUNT
};

/* Namespaces that matter where one name stands for several things. */
enum xml_space { SPACE_ANY, SPACE_OWN, SPACE_DUBLIN_CORE, SPACE_CONTENT, SPACE_OTHER };

struct xml_rule {
    const char *parent;    /* the element around it, or NULL */
    const char *name;      /* of the element; matched as it is written */
    const char *attribute; /* whose value it is; NULL: its text */
    enum xml_space space;
    int slot; /* a piece or an xml_slot */
    int rank; /* of several, the one of highest rank; of equal ones the first */
};

struct xml_kind {
    const char *roots;   /* names of root elements, between blanks */
    const char *stories; /* of elements that are a story each */
    const char *texts;   /* of elements whose text is that of the story, a paragraph a block */
    const char *blocks;  /* of elements in it that are paragraphs */
    const char *skipped; /* of elements in it that are no text */
    const struct xml_rule *rules; /* a name of NULL ends them */
};

extern const struct xml_kind feed_kind, petrarch_kind, news_kind;

enum xml_space xml_space_of(const char *uri); /* NULL: none */
/* The name stands in the list. */
bool xml_name_in(const char *list, const char *name);
/* The text of a piece of HTML: tags are taken off, blocks become lines, references are resolved. */
void strip_markup(struct str html, struct buf *out);
/* More than a few words with tags: a page for page_read(). */
bool seems_article(struct str html);

#endif
