/* xml_mend.c - see xml_mend.h. */
#include "input/xml_mend.h"

enum { REFERENCE_MOST = 12 /* "&#x10FFFF;" */, HOLD = 16 /* longer than what is looked for */ };

/* True where one of XML's own references stands at the beginning. */
static bool is_reference(struct str at)
{
    static const char *const own[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (str_starts(at, str_c(own[i]))) return true;
    if (!str_starts(at, STR("&#"))) return false;
    bool hex = at.len > 2 && at.at[2] == 'x';
    size_t digit = hex ? 3 : 2, first = digit;
    for (; digit < at.len && digit < REFERENCE_MOST; digit++) {
        char c = at.at[digit];
        bool fits =
            (c >= '0' && c <= '9') || (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
        if (!fits) break;
    }
    return digit > first && digit < at.len && at.at[digit] == ';';
}

/* The next byte at or behind `from` that may have to be mended, or decides whether others have. */
static size_t next_mark(const struct xml_mend *m, struct str text, size_t from)
{
    if (m->in_cdata) return str_find(text, ']', from);
    size_t mark = str_find(text, '&', from), open = from;
    while ((open = str_find(text, '<', open)) < mark) {
        if (open + 1 >= text.len || text.at[open + 1] == '!') return open;
        open++;
    }
    return mark;
}

/* What stands at a mark: copies it, mended; returns its length. */
static size_t mend_mark(struct xml_mend *m, struct str at)
{
    if (m->in_cdata) {
        if (str_starts(at, STR("]]>"))) m->in_cdata = false;
    } else if (at.at[0] == '<') {
        if (str_starts(at, STR("<![CDATA["))) m->in_cdata = true;
    } else if (!is_reference(at)) {
        buf_z(&m->out, "&amp;");
        return 1;
    }
    buf_c(&m->out, at.at[0]);
    return 1;
}

static void mend_text(struct xml_mend *m, struct str text, size_t sure)
{
    size_t at = 0;
    while (at < sure) {
        size_t mark = next_mark(m, text, at);
        if (mark > sure) mark = sure;
        buf_put(&m->out, str_cut(text, at, mark));
        at = mark;
        if (at < sure) at += mend_mark(m, str_cut(text, at, text.len));
    }
    struct str rest = str_cut(text, at, text.len);
    memmove(m->held.at, rest.at, rest.len);
    m->held.len = rest.len;
}

bool xml_mend(struct xml_mend *m, struct str bytes, bool last)
{
    if (m->taken == m->out.len) {
        buf_clear(&m->out);
        m->taken = 0;
    }
    buf_put(&m->held, bytes);
    if (m->held.failed) return false;
    size_t len = m->held.len;
    if (len != 0) mend_text(m, str_of(m->held.at, len), last ? len : len > HOLD ? len - HOLD : 0);
    return !m->out.failed;
}

void xml_mend_free(struct xml_mend *m)
{
    buf_free(&m->out);
    buf_free(&m->held);
}
