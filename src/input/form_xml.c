/* form_xml.c - stories in XML: feeds (RSS 0.9x, 1.0, 2.0; Atom, RFC 4287), PETRARCH's input, NITF
 * and NewsML-G2 (IPTC).
 *
 * libxml2's reader walks through the stream; of each element that is a story its tree is built,
 * looked through (xml_story.h) and let go, so that memory is bounded by the largest story. Nothing
 * is fetched, no entity but XML's own is expanded, so that neither a bomb nor a foreign file can
 * hide in one. Mark-up that is not well-formed is said once; what can be read behind it is read. */
#include <libxml/xmlreader.h>
#include <stdlib.h>

#include "base/err.h"
#include "input/form.h"
#include "input/xml_mend.h"
#include "input/xml_story.h"

enum { HEAD_MOST = 4096 };

struct xml_form {
    const struct input *input;
    xmlTextReaderPtr reader;
    struct xml_mend mend;
    bool ended; /* the stream is */
    struct xml_story story;
    char publisher[200]; /* of the feed */
    dt_error failure;    /* of the byte stream; its code is DT_OK where there is none */
    bool seen;           /* a story */
    bool advance;        /* the reader still stands at the last story */
    bool told;           /* that it is not well-formed */
    size_t number;
    char root[64];
};

static bool holds(struct str head, struct str word)
{
    for (size_t at = str_find(head, word.at[0], 0); at < head.len;
         at = str_find(head, word.at[0], at + 1))
        if (str_starts(str_cut(head, at, head.len), word)) return true;
    return false;
}

static enum likeness like_xml(struct str name, struct str head)
{
    static const char *const roots[] = {"<rss",  "<feed",        "<rdf:RDF",  "<Sentences",
                                        "<nitf", "<newsMessage", "<newsItem", "<packageItem"};
    if (head.len > HEAD_MOST) head = str_cut(head, 0, HEAD_MOST);
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++)
        if (holds(head, str_c(roots[i]))) return LIKE_SURELY;
    bool named =
        str_ends(name, STR(".xml")) || str_ends(name, STR(".rss")) || str_ends(name, STR(".atom"));
    return named && !holds(head, STR("<html")) ? LIKE_NAME : LIKE_NOT;
}

/* ---- libxml2 ---- */

static int read_bytes(void *context, char *into, int cap)
{
    struct xml_form *f = context;
    struct xml_mend *m = &f->mend;
    while (m->taken == m->out.len && !f->ended) {
        size_t got = 0;
        f->failure.code =
            f->input->bytes->read(f->input->bytes, into, (size_t)cap, &got, &f->failure);
        if (f->failure.code != DT_OK) return -1;
        f->ended = got == 0;
        if (!xml_mend(m, str_of(into, got), f->ended)) return -1;
    }
    size_t len = m->out.len - m->taken;
    if (len > (size_t)cap) len = (size_t)cap;
    if (len != 0) memcpy(into, m->out.at + m->taken, len);
    m->taken += len;
    return (int)len;
}

static int close_bytes(void *context)
{
    (void)context; /* the stream is the caller's */
    return 0;
}

static void note_fault(void *context, const char *message, xmlParserSeverities severity,
                       xmlTextReaderLocatorPtr where)
{
    struct xml_form *f = context;
    if (f->told || (severity != XML_PARSER_SEVERITY_ERROR)) return;
    f->told = true;
    struct str what = str_trim(str_c(message));
    input_note(f->input->notes,
               "%s:%d: the XML is not well-formed (%.*s); read as far as it can be",
               f->input->origin, xmlTextReaderLocatorLineNumber(where), (int)what.len, what.at);
}

static void close_xml(void *state)
{
    struct xml_form *f = state;
    if (f == NULL) return;
    if (f->reader != NULL) xmlFreeTextReader(f->reader);
    xml_mend_free(&f->mend);
    xml_story_free(&f->story);
    free(f);
}

static dt_status open_xml(const struct input *input, void **state, dt_error *err)
{
    struct xml_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->input = input;
    f->advance = true;
    f->reader = xmlReaderForIO(read_bytes, close_bytes, f, NULL, "UTF-8",
                               XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOCDATA);
    if (f->reader == NULL) return err_nomem(err);
    xmlTextReaderSetErrorHandler(f->reader, note_fault, f);
    return DT_OK;
}

/* ---- one after the other ---- */

static struct str local_name(xmlTextReaderPtr reader)
{
    return str_c((const char *)xmlTextReaderConstLocalName(reader));
}

/* The feed's own title, which stands before its entries, names who publishes it. */
static void keep_publisher(struct xml_form *f)
{
    if (f->publisher[0] != '\0' || f->seen || xmlTextReaderDepth(f->reader) > 2) return;
    xmlChar *title = xmlTextReaderReadString(f->reader);
    if (title != NULL) (void)snprintf(f->publisher, sizeof f->publisher, "%s", (const char *)title);
    xmlFree(title);
}

/* Goes on to the next element that is a story; *kind is XML_OTHER at the end. */
static dt_status find_story(struct xml_form *f, enum xml_kind *kind, dt_error *err)
{
    *kind = XML_OTHER;
    for (;;) {
        /* behind a story: over it, not into it */
        int step = f->advance ? xmlTextReaderRead(f->reader) : xmlTextReaderNext(f->reader);
        f->advance = true;
        if (f->failure.code != DT_OK)
            return err_set(err, f->failure.code, f->failure.offset, "%s", f->failure.text);
        if (step != 1) return DT_OK;
        if (xmlTextReaderNodeType(f->reader) != XML_READER_TYPE_ELEMENT) continue;
        struct str name = local_name(f->reader);
        if (f->root[0] == '\0')
            (void)snprintf(f->root, sizeof f->root, "%.*s", (int)name.len, name.at);
        *kind = xml_kind_of(name);
        if (*kind != XML_OTHER) return DT_OK;
        if (str_eq(name, STR("title"))) keep_publisher(f);
    }
}

static dt_status no_known_xml(const struct xml_form *f, dt_error *err)
{
    return err_set(
        err, DT_E_STORY, 0,
        "%s: no stories were found in the XML, whose outermost element is '%s'; RSS, Atom, "
        "NITF, NewsML-G2 and PETRARCH's Sentences are known",
        f->input->origin, f->root);
}

static dt_status next_xml(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct xml_form *f = state;
    enum xml_kind kind;
    for (;;) {
        dt_status st = find_story(f, &kind, err);
        *more = kind != XML_OTHER;
        if (st != DT_OK) return st;
        if (!*more && !f->seen) {
            f->seen = true;
            return no_known_xml(f, err);
        }
        if (!*more) return DT_OK;
        f->seen = true;
        f->advance = false;
        f->number++;
        xmlNodePtr node = xmlTextReaderExpand(f->reader);
        if (node == NULL) continue; /* cut off; said by note_fault() */
        *out = (struct parcel){.number = f->number};
        if (!xml_story_read(&f->story, kind, node, out)) return err_nomem(err);
        if (out->pieces[PIECE_TEXT].len == 0) continue; /* a picture, a headline without a word */
        out->pieces[PIECE_ORIGIN] = str_c(f->input->origin);
        if (out->pieces[PIECE_PUBLISHER].at == NULL && f->publisher[0] != '\0')
            out->pieces[PIECE_PUBLISHER] = str_c(f->publisher);
        return DT_OK;
    }
}

const struct form form_xml = {"XML of news", false, like_xml, open_xml, next_xml, close_xml};
