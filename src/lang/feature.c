/* feature.c - the rows of a word; see feature.h. */
#include "base/port.h"
#include "base/utf8.h"
#include "lang/feature.h"

enum {
    FORM_ENDS = 96,                 /* of a longer form only so many bytes at each end count */
    FORM_CHARS = 2 * FORM_ENDS * 3, /* an invalid byte, like an ellipsis, may become three */
    SHAPE_BYTES = 24
};

struct form_text { /* a form in lower case and as it is, and its shape */
    char lower[FORM_CHARS + 4], exact[FORM_CHARS + 4], shape[SHAPE_BYTES];
    uint16_t start[FORM_CHARS + 1]; /* of each character of `lower`, and its end */
    size_t lower_len, exact_len, shape_len, n_chars;
    bool caps;
};

/* The ASCII spelling of a typographic character, or NULL. */
static const char *ascii_spelling(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032: return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB: return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212: return "-";
    case 0x2014:
    case 0x2015: return "--";
    case 0x2026: return "...";
    default: return NULL;
    }
}

static char shape_of(uint32_t cp)
{
    if (cp - '0' < 10) return 'd';
    if (utf8_is_upper(cp)) return 'X';
    if (cp < 0x80) return cp >= 'a' && cp <= 'z' ? 'x' : (char)cp;
    return utf8_class_of(cp) == UTF8_LETTER ? 'x' : '?';
}

static void add_char(struct form_text *t, uint32_t cp)
{
    const char shape = shape_of(cp);
    const size_t n = t->shape_len;
    if (cp - '0' < 10) cp = '0';
    t->start[t->n_chars++] = (uint16_t)t->lower_len;
    t->lower_len += utf8_encode(utf8_lower(cp), t->lower + t->lower_len);
    t->exact_len += utf8_encode(t->caps ? utf8_lower(cp) : cp, t->exact + t->exact_len);
    bool third = n >= 2 && t->shape[n - 1] == shape && t->shape[n - 2] == shape;
    if (!third && n < SHAPE_BYTES - 1) t->shape[t->shape_len++] = shape;
}

static void add_text(struct form_text *t, struct str form)
{
    for (size_t i = 0; i < form.len;) {
        uint32_t cp;
        i += utf8_decode(form, i, &cp);
        const char *ascii = cp < 0x80 ? NULL : ascii_spelling(cp);
        if (LIKELY(ascii == NULL)) add_char(t, cp);
        for (; ascii != NULL && *ascii != '\0'; ascii++)
            add_char(t, (unsigned char)*ascii);
    }
}

/* The last n characters in lower case, or all there are. */
static struct str form_suffix(const struct form_text *t, size_t n)
{
    size_t begin = t->n_chars > n ? t->start[t->n_chars - n] : 0;
    return str_of(t->lower + begin, t->lower_len - begin);
}

void feature_ids(struct str form, unsigned flags, uint32_t ids[FEATURE_COUNT])
{
#define FEATURE_SIZE(kind, rows) rows,
    static const uint32_t sizes[FEATURE_COUNT] = {FEATURE_LIST(FEATURE_SIZE)};
    struct form_text t;
    struct str texts[FEATURE_COUNT];
    uint32_t base = 0;
    t.lower_len = t.exact_len = t.shape_len = t.n_chars = 0;
    t.caps = (flags & FEATURE_CAPS) != 0;
    if (UNLIKELY(form.len > 2 * FORM_ENDS)) {
        add_text(&t, str_cut(form, 0, FORM_ENDS));
        add_text(&t, str_cut(form, form.len - FORM_ENDS, form.len));
    } else {
        add_text(&t, form);
    }
    t.start[t.n_chars] = (uint16_t)t.lower_len;
    t.shape[t.shape_len++] = (char)('0' + (flags & (FEATURE_FIRST | FEATURE_CAPS)));
    texts[FEATURE_FORM] = str_of(t.lower, t.lower_len);
    texts[FEATURE_EXACT] = str_of(t.exact, t.exact_len);
    texts[FEATURE_PREFIX3] = str_of(t.lower, t.start[t.n_chars < 3 ? t.n_chars : 3]);
    texts[FEATURE_SUFFIX2] = form_suffix(&t, 2);
    texts[FEATURE_SUFFIX3] = form_suffix(&t, 3);
    texts[FEATURE_SUFFIX4] = form_suffix(&t, 4);
    texts[FEATURE_SHAPE] = str_of(t.shape, t.shape_len);
    for (uint32_t kind = 0; kind < FEATURE_COUNT; kind++) {
        ids[kind] = base + (uint32_t)(str_hash_seed(texts[kind], kind) % sizes[kind]);
        base += sizes[kind];
    }
}
