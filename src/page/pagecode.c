/* pagecode.c - see pagecode.h.
 *
 * In this order: a byte order mark; UTF-8, where there are characters beyond ASCII and all are
 * valid (no other encoding looks so by chance); what HTTP says; what the page says in its first 4
 * KB; uchardet's guess from the first 64 KB; Windows-1252. Bytes that are nothing in the encoding
 * become U+FFFD. ISO 8859-1 and ASCII mean Windows-1252, as in the WHATWG standard on encodings. */
#include "page/pagecode.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#include "base/utf8.h"

enum { LABEL_MOST = 40, DECLARED_WITHIN = 4096, GUESSED_FROM = 65536, DECODED_PIECE = 4096 };

static void put_valid(struct buf *room, struct str bytes)
{
    for (size_t i = 0; i < bytes.len;) {
        size_t good = utf8_valid_len(str_cut(bytes, i, bytes.len));
        buf_put(room, str_cut(bytes, i, i + good));
        i += good;
        if (i == bytes.len) break;
        uint32_t c;
        i += utf8_decode(bytes, i, &c);
        buf_put(room, STR("\xEF\xBF\xBD"));
    }
}

/* The name after "charset=", wherever it stands in the head: <meta charset=x>, or in the content of
 * <meta http-equiv>; also XML's encoding="x". */
static struct str declared(struct str head)
{
    static const struct str marks[] = {{"charset", 7}, {"encoding", 8}};
    for (size_t i = 0; i + 8 < head.len; i++) {
        for (size_t m = 0; m < 2; m++) {
            size_t at = i + marks[m].len;
            if (at >= head.len || !str_eq_nocase(str_cut(head, i, at), marks[m])) continue;
            while (at < head.len && (head.at[at] == ' ' || head.at[at] == '='))
                at++;
            if (head.at[at < head.len ? at : i + marks[m].len - 1] == '"' ||
                head.at[at < head.len ? at : i + marks[m].len - 1] == '\'')
                at++;
            size_t end = at;
            while (end < head.len && (unsigned char)head.at[end] > ' ' &&
                   strchr("\"';/>?", head.at[end]) == NULL)
                end++;
            if (end > at && end - at < LABEL_MOST) return str_cut(head, at, end);
        }
    }
    return str_of("", 0);
}

static bool means_windows(struct str label)
{
    return str_eq_nocase(label, STR("iso-8859-1")) || str_eq_nocase(label, STR("iso8859-1")) ||
           str_eq_nocase(label, STR("latin1")) || str_eq_nocase(label, STR("latin-1")) ||
           str_eq_nocase(label, STR("us-ascii")) || str_eq_nocase(label, STR("ascii")) ||
           str_eq_nocase(label, STR("ansi"));
}

static iconv_t converter_of(struct str label)
{
    char name[LABEL_MOST];
    if (label.len == 0 || label.len >= sizeof name) return (iconv_t)-1;
    if (means_windows(label)) label = STR("windows-1252");
    for (size_t i = 0; i < label.len; i++)
        if (label.at[i] == '/' || label.at[i] == '\0') return (iconv_t)-1;
    memcpy(name, label.at, label.len);
    name[label.len] = '\0';
    return iconv_open("UTF-8", name);
}

static void convert(iconv_t with, struct str bytes, struct buf *room)
{
    char piece[DECODED_PIECE], *from = (char *)bytes.at;
    size_t left = bytes.len;
    while (left > 0 && !room->failed) {
        char *to = piece;
        size_t free_bytes = sizeof piece;
        size_t done = iconv(with, &from, &left, &to, &free_bytes);
        buf_put(room, str_of(piece, (size_t)(to - piece)));
        if (done != (size_t)-1 || errno == E2BIG) continue;
        buf_put(room, STR("\xEF\xBF\xBD"));
        from++;
        left--;
    }
}

static iconv_t guessed_converter(struct str bytes)
{
    iconv_t with = (iconv_t)-1;
    uchardet_t guesser = uchardet_new();
    if (guesser == NULL) return with;
    (void)uchardet_handle_data(guesser, bytes.at,
                               bytes.len < GUESSED_FROM ? bytes.len : GUESSED_FROM);
    uchardet_data_end(guesser);
    with = converter_of(str_c(uchardet_get_charset(guesser)));
    uchardet_delete(guesser);
    return with;
}

static bool is_utf8_label(struct str label)
{
    return str_eq_nocase(label, STR("utf-8")) || str_eq_nocase(label, STR("utf8"));
}

/* Meant as UTF-8, with a fault here and there: more of it is valid than not. */
static bool mostly_utf8(struct str bytes)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < bytes.len;) {
        uint32_t c;
        size_t len = utf8_decode(bytes, i, &c);
        good += c >= 0x80 && c != UTF8_REPLACEMENT;
        bad += c == UTF8_REPLACEMENT;
        i += len;
    }
    return good > bad;
}

/* Characters that are no UTF-8, or are written in ASCII alone (ISO-2022). */
static bool decode_other(struct str bytes, struct str http, struct str own, struct buf *room)
{
    iconv_t with = (iconv_t)-1;
    bool utf8 = is_utf8_label(http) || (http.len == 0 && is_utf8_label(own));
    if (utf8 && mostly_utf8(bytes)) {
        put_valid(room, bytes);
        return !room->failed;
    }
    if (!is_utf8_label(http)) with = converter_of(http);
    if (with == (iconv_t)-1 && !is_utf8_label(own) &&
        (own.len < 3 || !str_eq_nocase(str_cut(own, 0, 3), STR("utf"))))
        with = converter_of(own);
    if (with == (iconv_t)-1) with = guessed_converter(bytes);
    if (with == (iconv_t)-1) with = converter_of(STR("windows-1252"));
    if (with == (iconv_t)-1) {
        put_valid(room, bytes);
    } else {
        convert(with, bytes, room);
        (void)iconv_close(with);
    }
    return !room->failed;
}

/* By a byte order mark; false where there is none. */
static bool decode_marked(struct str bytes, struct buf *room, struct str *out)
{
    iconv_t with = (iconv_t)-1;
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        put_valid(room, str_cut(bytes, 3, bytes.len));
    } else if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
        with = converter_of(bytes.at[0] == '\xFF' ? STR("UTF-16LE") : STR("UTF-16BE"));
        if (with == (iconv_t)-1) return false;
        convert(with, str_cut(bytes, 2, bytes.len), room);
        (void)iconv_close(with);
    } else {
        return false;
    }
    *out = str_of(room->at, room->len);
    return true;
}

static bool is_7bit_escape(struct str label)
{
    return label.len > 8 && (str_eq_nocase(str_cut(label, 0, 8), STR("iso-2022")) ||
                             str_eq_nocase(label, STR("hz-gb-2312")));
}

bool page_decode(struct str bytes, struct str charset, struct buf *room, struct str *out)
{
    *out = bytes;
    buf_clear(room);
    if (decode_marked(bytes, room, out)) return !room->failed;
    struct str own =
        declared(str_cut(bytes, 0, bytes.len < DECLARED_WITHIN ? bytes.len : DECLARED_WITHIN));
    bool escapes = is_7bit_escape(charset) || is_7bit_escape(own);
    if (!escapes && utf8_valid_len(bytes) == bytes.len) return true;
    bool done = decode_other(bytes, charset, own, room);
    *out = str_of(room->at != NULL ? room->at : "", room->len);
    return done;
}
