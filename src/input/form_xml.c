/* form_xml.c - stories in XML: feeds (RSS, Atom), PETRARCH's input, NewsML and NITF.
 *
 * The file goes through libxml2's parser in small steps; no tree is built, and a story is kept
 * until its element ends. Nothing is fetched and no declared entity is known, so that there is
 * nothing to expand; names of HTML ("&nbsp;") are. A bare "&", an unknown entity or a control
 * character do not end a file: they are mended, and counted. At any other fault what came before is
 * kept, and the rest refused with its line. */
#include <stdlib.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/err.h"
#include "base/utf8.h"
#include "input/kinds.h"
#include "input/xml_story.h"

enum { XML_STEP = 1 << 13, DEPTH_MOST = 256 };

/* A story that was read and not yet given out: where its pieces lie in `store`. */
struct xml_done {
    size_t begin[PIECE_COUNT], len[PIECE_COUNT]; /* begin SIZE_MAX: absent */
    bool over;
    long line;
};

struct xml_form {
    struct input input;
    const struct xml_kind *kind;
    xmlParserCtxtPtr parser;
    xmlSAXHandler calls;
    bool ended, failed, unknown, no_memory; /* unknown: a root that no kind has */
    char fault[120];
    long fault_line;
    size_t mended, number;
    const char *names[DEPTH_MOST]; /* of the elements around, the parser's */
    size_t depth;
    size_t story, text, skip, capture; /* depths at which these began; 0: they did not */
    const struct xml_rule *capturing;
    struct buf captured;
    struct buf slots[SLOT_COUNT], wide[SLOT_COUNT]; /* of the story; of all of them */
    int ranks[SLOT_COUNT], wide_ranks[SLOT_COUNT];
    bool over;
    long line;
    struct buf store, plain;
    struct xml_done *done;
    size_t n_done, given, cap_done;
};

/* ---- text ---- */

/* Adds text with each run of blanks as one; none at the begin of a line. */
static void put_joined(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && strchr(" \t\r\n", text.at[end]) == NULL)
            end++;
        if (end > at && text.at[at] != '\0')
            buf_put(out, str_cut(text, at, end));
        else if (end > at)
            buf_put(out, STR("\xEF\xBF\xBD"));
        if (end == at) {
            if (out->len != 0 && out->at[out->len - 1] != ' ' && out->at[out->len - 1] != '\n')
                buf_c(out, ' ');
            end++;
        }
        at = end;
    }
}

static void end_line(struct buf *out)
{
    while (out->len != 0 && out->at[out->len - 1] == ' ')
        out->len--;
    if (out->len != 0 && out->at[out->len - 1] != '\n') buf_c(out, '\n');
}

static size_t story_bytes(const struct xml_form *f)
{
    size_t sum = f->captured.len;
    for (unsigned i = 0; i < SLOT_COUNT; i++)
        sum += f->slots[i].len;
    return sum;
}

static bool is_plain_text(const struct xml_form *f)
{
    return f->text != 0 && strcmp(f->names[f->text - 1], "inlineData") == 0;
}

static void take_text(void *context, const xmlChar *text, int len)
{
    struct xml_form *f = context;
    struct str s = str_of((const char *)text, len > 0 ? (size_t)len : 0);
    if (f->over || (f->capture == 0 && f->text == 0)) return;
    if (story_bytes(f) + s.len > f->input.options->record_most) {
        f->over = true;
        return;
    }
    if (f->capture != 0) buf_put(&f->captured, s);
    if (f->text == 0 || f->skip != 0) return;
    if (is_plain_text(f))
        buf_put(&f->slots[PIECE_TEXT], s);
    else
        put_joined(&f->slots[PIECE_TEXT], s);
}

/* ---- rules ---- */

static bool rule_matches(const struct xml_form *f, const struct xml_rule *r, const char *name,
                         enum xml_space space)
{
    if (strcmp(r->name, name) != 0) return false;
    if (r->space != SPACE_ANY && r->space != space) return false;
    return r->parent == NULL || (f->depth >= 2 && strcmp(f->names[f->depth - 2], r->parent) == 0);
}

/* Memory that ran out for what a buffer held is not forgotten with it. */
static void empty_buf(struct xml_form *f, struct buf *b)
{
    f->no_memory |= b->failed;
    buf_clear(b);
}

/* Stores a value where it is better than what is there. */
static void set_slot(struct xml_form *f, const struct xml_rule *r, struct str value)
{
    bool wide = f->story == 0;
    struct buf *slot = wide ? &f->wide[r->slot] : &f->slots[r->slot];
    int *rank = wide ? &f->wide_ranks[r->slot] : &f->ranks[r->slot];
    if (wide && r->slot != PIECE_PUBLISHER && r->slot != PIECE_LANG) return;
    if (*rank >= r->rank || str_trim(value).len == 0) return;
    *rank = r->rank;
    empty_buf(f, slot);
    buf_put(slot, value);
}

/* Of a link in Atom only the one to the page itself. */
static bool is_other_link(const char *name, int n, const xmlChar **a)
{
    if (strcmp(name, "link") != 0) return false;
    for (int i = 0; i < n; i++)
        if (strcmp((const char *)a[5 * i], "rel") == 0)
            return !str_eq(
                str_of((const char *)a[5 * i + 3], (size_t)(a[5 * i + 4] - a[5 * i + 3])),
                STR("alternate"));
    return false;
}

static void take_attributes(struct xml_form *f, const char *name, enum xml_space space, int n,
                            const xmlChar **a)
{
    if (is_other_link(name, n, a)) return;
    for (const struct xml_rule *r = f->kind->rules; r->name != NULL; r++) {
        if (r->attribute == NULL || !rule_matches(f, r, name, space)) continue;
        for (int i = 0; i < n; i++) {
            struct str value =
                str_of((const char *)a[5 * i + 3], (size_t)(a[5 * i + 4] - a[5 * i + 3]));
            if (strcmp((const char *)a[5 * i], r->attribute) == 0) set_slot(f, r, value);
        }
    }
}

static void begin_capture(struct xml_form *f, const char *name, enum xml_space space)
{
    if (f->capture != 0) return;
    for (const struct xml_rule *r = f->kind->rules; r->name != NULL; r++) {
        if (r->attribute != NULL || !rule_matches(f, r, name, space)) continue;
        f->capturing = r;
        f->capture = f->depth;
        empty_buf(f, &f->captured);
        return;
    }
}

/* XHTML in a feed is written as the HTML that other feeds hold. */
static void capture_tag(struct xml_form *f, const char *name, bool end)
{
    if (f->capture == 0 || f->capturing->slot < PIECE_COUNT || f->kind != &feed_kind) return;
    buf_z(&f->captured, end ? "</" : "<");
    buf_z(&f->captured, name);
    buf_c(&f->captured, '>');
}

/* ---- stories ---- */

static void begin_story(struct xml_form *f)
{
    f->story = f->depth;
    f->line = xmlSAX2GetLineNumber(f->parser);
    f->over = false;
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        empty_buf(f, &f->slots[i]);
        f->ranks[i] = 0;
    }
}

static struct str slot_text(const struct xml_form *f, int slot)
{
    const struct buf *b =
        f->slots[slot].len != 0 || f->ranks[slot] != 0 ? &f->slots[slot] : &f->wide[slot];
    return b->len != 0 ? str_trim(str_of(b->at, b->len)) : STR("");
}

static void store_piece(struct xml_form *f, struct xml_done *d, enum piece piece, struct str text)
{
    d->begin[piece] = f->store.len;
    d->len[piece] = text.len;
    buf_put(&f->store, text);
}

/* The text of a feed's entry: a page where it is long, else what is left without its tags. */
static void store_entry(struct xml_form *f, struct xml_done *d)
{
    int slot = str_trim(slot_text(f, SLOT_CONTENT)).len != 0 ? SLOT_CONTENT : SLOT_SUMMARY;
    struct str body = slot_text(f, slot);
    if (seems_article(body)) {
        d->begin[PIECE_PAGE] = f->store.len;
        buf_z(&f->store, "<!DOCTYPE html><html><body><article>");
        buf_put(&f->store, body);
        buf_z(&f->store, "</article></body></html>");
        d->len[PIECE_PAGE] = f->store.len - d->begin[PIECE_PAGE];
        store_piece(f, d, PIECE_CHARSET, STR("utf-8"));
        return;
    }
    empty_buf(f, &f->plain);
    strip_markup(body, &f->plain);
    store_piece(f, d, PIECE_TEXT,
                str_trim(str_of(f->plain.len != 0 ? f->plain.at : "", f->plain.len)));
}

/* "LAGOS, June 13 - " stands before the text, unless the text has it already. */
static void store_text(struct xml_form *f, struct xml_done *d)
{
    struct str dateline = slot_text(f, SLOT_DATELINE), text = slot_text(f, PIECE_TEXT);
    while (dateline.len != 0 && strchr("-: ", dateline.at[dateline.len - 1]) != NULL)
        dateline.len--;
    d->begin[PIECE_TEXT] = f->store.len;
    if (dateline.len != 0 && text.len != 0 && !str_starts(text, dateline)) {
        put_joined(&f->store, dateline);
        buf_z(&f->store, " - ");
    }
    buf_put(&f->store, text);
    d->len[PIECE_TEXT] = f->store.len - d->begin[PIECE_TEXT];
}

static void store_short(struct xml_form *f, struct xml_done *d, enum piece piece)
{
    struct str text = slot_text(f, piece);
    if (text.len == 0) return;
    empty_buf(f, &f->plain);
    if (f->kind == &feed_kind && piece != PIECE_URL && piece != PIECE_ID)
        strip_markup(text, &f->plain);
    else
        buf_put(&f->plain, text);
    d->begin[piece] = f->store.len;
    if (f->plain.len != 0) put_joined(&f->store, str_trim(str_of(f->plain.at, f->plain.len)));
    d->len[piece] = f->store.len - d->begin[piece];
}

static bool grow_done(struct xml_form *f)
{
    if (f->n_done < f->cap_done) return true;
    size_t cap = f->cap_done == 0 ? 16 : 2 * f->cap_done;
    struct xml_done *grown = realloc(f->done, cap * sizeof *grown);
    if (grown == NULL) {
        f->no_memory = true;
        return false;
    }
    f->done = grown;
    f->cap_done = cap;
    return true;
}

static void end_story(struct xml_form *f)
{
    static const enum piece shorts[] = {PIECE_ID,        PIECE_DATE, PIECE_TITLE, PIECE_AUTHOR,
                                        PIECE_PUBLISHER, PIECE_URL,  PIECE_LANG};
    f->story = f->text = f->skip = f->capture = 0;
    bool has_text = slot_text(f, PIECE_TEXT).len != 0 || f->kind == &feed_kind;
    if ((!has_text && !f->over && slot_text(f, PIECE_TITLE).len == 0) || !grow_done(f)) return;
    struct xml_done *d = &f->done[f->n_done++];
    for (unsigned i = 0; i < PIECE_COUNT; i++)
        d->begin[i] = SIZE_MAX;
    d->over = f->over;
    d->line = f->line;
    if (d->over) return;
    if (f->kind == &feed_kind)
        store_entry(f, d);
    else
        store_text(f, d);
    for (size_t i = 0; i < sizeof shorts / sizeof shorts[0]; i++)
        store_short(f, d, shorts[i]);
}

/* ---- what the parser calls ---- */

static const struct xml_kind *kind_of_root(const char *name)
{
    static const struct xml_kind *const all[] = {&feed_kind, &petrarch_kind, &news_kind};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (xml_name_in(all[i]->roots, name)) return all[i];
    return NULL;
}

static bool begin_root(struct xml_form *f, const char *name)
{
    if (f->kind != NULL) return true;
    f->kind = kind_of_root(name);
    if (f->kind != NULL) return true;
    f->unknown = true;
    size_t len = strlen(name) < sizeof f->fault - 1 ? strlen(name) : sizeof f->fault - 1;
    memcpy(f->fault, name, len);
    f->fault[len] = '\0';
    xmlStopParser(f->parser);
    return false;
}

static void take_start(void *context, const xmlChar *local, const xmlChar *prefix,
                       const xmlChar *uri, int n_spaces, const xmlChar **spaces, int n,
                       int defaulted, const xmlChar **attributes)
{
    struct xml_form *f = context;
    const char *name = (const char *)local;
    enum xml_space space = xml_space_of((const char *)uri);
    (void)prefix, (void)n_spaces, (void)spaces, (void)defaulted;
    if (f->unknown || f->depth == DEPTH_MOST || !begin_root(f, name)) {
        f->depth += f->depth == DEPTH_MOST ? 0 : 1;
        if (f->depth == DEPTH_MOST) xmlStopParser(f->parser);
        return;
    }
    f->names[f->depth++] = name;
    if (f->story == 0 && xml_name_in(f->kind->stories, name)) begin_story(f);
    take_attributes(f, name, space, n, attributes);
    capture_tag(f, name, false);
    begin_capture(f, name, space);
    if (f->story == 0) return;
    if (f->text == 0 && xml_name_in(f->kind->texts, name)) f->text = f->depth;
    if (f->text == 0) return;
    if (xml_name_in(f->kind->blocks, name)) end_line(&f->slots[PIECE_TEXT]);
    if (f->skip == 0 && xml_name_in(f->kind->skipped, name)) f->skip = f->depth;
}

static void end_capture(struct xml_form *f)
{
    struct str text = f->captured.len != 0 ? str_of(f->captured.at, f->captured.len) : STR("");
    f->capture = 0;
    set_slot(f, f->capturing, text);
}

static void take_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_form *f = context;
    const char *name = (const char *)local;
    (void)prefix, (void)uri;
    if (f->unknown || f->depth == 0) return;
    if (f->capture == f->depth)
        end_capture(f);
    else
        capture_tag(f, name, true);
    if (f->text != 0 && xml_name_in(f->kind->blocks, name)) end_line(&f->slots[PIECE_TEXT]);
    if (f->skip == f->depth) f->skip = 0;
    if (f->text == f->depth) {
        f->text = 0;
        end_line(&f->slots[PIECE_TEXT]);
    }
    if (f->story == f->depth) end_story(f);
    f->depth--;
}

/* An entity that nobody declared: a name of HTML, or nothing. */
static void mend_entity(struct xml_form *f, const char *name)
{
    const htmlEntityDesc *known = name != NULL ? htmlEntityLookup((const xmlChar *)name) : NULL;
    char bytes[4];
    f->mended += known == NULL;
    if (known != NULL) take_text(f, (const xmlChar *)bytes, (int)utf8_encode(known->value, bytes));
}

/* A bare "&": it and what was taken for the name behind it are text. */
static void mend_ampersand(struct xml_form *f)
{
    const xmlChar *end = f->parser->input->cur, *begin = end;
    while (begin > f->parser->input->base && end - begin < 64 && *begin != '&')
        begin--;
    f->mended++;
    if (*begin == '&' && end > begin) take_text(f, begin, (int)(end - begin));
    if (begin == end && *begin == '&') take_text(f, (const xmlChar *)"&", 1);
}

static void take_fault(void *context, xmlErrorPtr fault)
{
    struct xml_form *f = context;
    bool inside = f->parser != NULL && f->parser->instate == XML_PARSER_CONTENT;
    if (fault->level < XML_ERR_ERROR && fault->code != XML_WAR_UNDECLARED_ENTITY) return;
    if (fault->code == XML_ERR_NO_MEMORY) f->no_memory = true;
    if (fault->domain == XML_FROM_NAMESPACE) return;
    if (fault->code == XML_ERR_UNDECLARED_ENTITY || fault->code == XML_WAR_UNDECLARED_ENTITY) {
        if (inside) mend_entity(f, fault->str1);
        return;
    }
    if (fault->code == XML_ERR_INVALID_CHAR && inside) {
        f->mended++;
        return;
    }
    if (inside && (fault->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
                   fault->code == XML_ERR_NAME_REQUIRED)) {
        mend_ampersand(f);
        return;
    }
    if (f->failed) return;
    f->failed = true;
    f->fault_line = fault->line;
    size_t len = fault->message != NULL ? strcspn(fault->message, "\n") : 0;
    if (len >= sizeof f->fault) len = sizeof f->fault - 1;
    memcpy(f->fault, len != 0 ? fault->message : "", len);
    f->fault[len] = '\0';
    xmlStopParser(f->parser);
}

/* ---- the form ---- */

/* The name of the first element, without its prefix; empty: there is none. */
static struct str root_name(struct str head)
{
    size_t at = str_starts(head, STR("\xEF\xBB\xBF")) ? 3 : 0;
    while ((at = str_find(head, '<', at)) < head.len) {
        struct str rest = str_cut(head, at, head.len);
        if (rest.len < 2) break;
        if (str_starts(rest, STR("<!--"))) {
            size_t end = str_find(rest, '>', 0);
            while (end < rest.len && !(rest.at[end - 1] == '-' && rest.at[end - 2] == '-'))
                end = str_find(rest, '>', end + 1);
            at += end;
        } else if (rest.at[1] == '!') { /* declarations may hold others in brackets */
            size_t close = str_find(rest, '>', 0);
            size_t open = str_find(str_cut(rest, 0, close), '[', 0);
            if (open < close) close = str_find(rest, '>', str_find(rest, ']', open));
            at += close;
        } else if (rest.at[1] == '?') {
            at += str_find(rest, '>', 0);
        } else {
            size_t end = 1;
            while (end < rest.len && strchr(" \t\r\n/>", rest.at[end]) == NULL)
                end++;
            struct str name = str_cut(rest, 1, end);
            size_t colon = str_find(name, ':', 0);
            return colon < name.len ? str_cut(name, colon + 1, name.len) : name;
        }
    }
    return STR("");
}

static bool begins_xml(struct str head)
{
    struct str s = str_trim(head);
    if (str_starts(s, STR("\xEF\xBB\xBF"))) s = str_trim(str_cut(s, 3, s.len));
    return s.len != 0 && s.at[0] == '<';
}

static enum likeness like_xml(struct str name, struct str head)
{
    char root[32];
    struct str first = begins_xml(head) ? root_name(head) : STR("");
    if (first.len != 0 && first.len < sizeof root) {
        memcpy(root, first.at, first.len);
        root[first.len] = '\0';
        if (kind_of_root(root) != NULL) return LIKE_SURELY;
    }
    return begins_xml(head) && kind_has_ending(name, "xml rss atom rdf nitf newsml") ? LIKE_NAME
                                                                                     : LIKE_NOT;
}

static dt_status open_xml(const struct input *input, void **state, dt_error *err)
{
    struct xml_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->input = *input;
    f->calls.initialized = XML_SAX2_MAGIC;
    f->calls.startElementNs = take_start;
    f->calls.endElementNs = take_end;
    f->calls.characters = take_text;
    f->calls.ignorableWhitespace = take_text;
    f->calls.cdataBlock = take_text;
    f->calls.serror = take_fault;
    xmlInitParser();
    f->parser = xmlCreatePushParserCtxt(&f->calls, f, NULL, 0, NULL);
    if (f->parser == NULL) return err_nomem(err);
    (void)xmlCtxtUseOptions(f->parser, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC |
                                           XML_PARSE_NOCDATA);
    f->parser->linenumbers = 1;
    return DT_OK;
}

static bool ran_out_of_memory(const struct xml_form *f)
{
    bool failed = f->no_memory || f->store.failed || f->captured.failed || f->plain.failed;
    for (unsigned i = 0; i < SLOT_COUNT; i++)
        failed |= f->slots[i].failed || f->wide[i].failed;
    return failed;
}

/* Parses a little more. */
static dt_status parse_step(struct xml_form *f, dt_error *err)
{
    char bytes[XML_STEP];
    size_t got = 0;
    buf_clear(&f->store);
    f->n_done = f->given = 0;
    dt_status st = f->input.bytes->read(f->input.bytes, bytes, sizeof bytes, &got, err);
    if (st != DT_OK) return st;
    f->ended = got == 0;
    (void)xmlParseChunk(f->parser, bytes, (int)got, got == 0);
    if (ran_out_of_memory(f)) return err_nomem(err);
    return DT_OK;
}

static dt_status give_story(struct xml_form *f, struct parcel *out, bool *more, dt_error *err)
{
    const struct xml_done *d = &f->done[f->given++];
    f->number++;
    if (d->over)
        return err_set(
            err, DT_E_STORY, 0,
            "%s:%ld: one story of more than %zu MB was left out; --max-record allows more",
            f->input.origin, d->line, f->input.options->record_most >> 20);
    *out = (struct parcel){.number = f->number};
    for (unsigned i = 0; i < PIECE_COUNT; i++)
        if (d->begin[i] != SIZE_MAX)
            out->pieces[i] =
                str_of(f->store.at != NULL ? f->store.at + d->begin[i] : "", d->len[i]);
    *more = true;
    return DT_OK;
}

static dt_status end_file(struct xml_form *f, dt_error *err)
{
    bool failed = f->failed;
    f->ended = true;
    if (f->mended != 0)
        input_note(f->input.notes,
                   "%s: %zu fault%s of XML (a bare '&', an unknown entity, a control "
                   "character) %s mended",
                   f->input.origin, f->mended, f->mended == 1 ? "" : "s",
                   f->mended == 1 ? "was" : "were");
    f->mended = 0;
    f->failed = false;
    if (f->unknown)
        return err_set(err, DT_E_READ, 0,
                       "%s: XML of <%s> is not known; RSS, Atom, NewsML, NITF and "
                       "PETRARCH's <Sentences> are",
                       f->input.origin, f->fault);
    if (failed)
        return err_set(err, DT_E_READ, 0,
                       "%s:%ld: is no XML from here on: %s; the %zu stories before "
                       "were read",
                       f->input.origin, f->fault_line, f->fault, f->number);
    return DT_OK;
}

static dt_status next_xml(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct xml_form *f = state;
    *more = false;
    while (f->given == f->n_done) {
        if (f->ended || f->failed || f->unknown) return end_file(f, err);
        dt_status st = parse_step(f, err);
        if (st != DT_OK) return st;
    }
    return give_story(f, out, more, err);
}

static void close_xml(void *state)
{
    struct xml_form *f = state;
    if (f == NULL) return;
    if (f->parser != NULL && f->parser->myDoc != NULL) xmlFreeDoc(f->parser->myDoc);
    if (f->parser != NULL) xmlFreeParserCtxt(f->parser);
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        buf_free(&f->slots[i]);
        buf_free(&f->wide[i]);
    }
    buf_free(&f->captured);
    buf_free(&f->store);
    buf_free(&f->plain);
    free(f->done);
    free(f);
}

const struct form form_xml = {
    .name = "XML", .like = like_xml, .open = open_xml, .next = next_xml, .close = close_xml};
