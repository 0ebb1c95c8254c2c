/* kinds.c - what a file is where it is no story; see kinds.h. */
#include "input/kinds.h"

bool kind_has_ending(struct str name, const char *endings)
{
    size_t dot = name.len;
    struct str rest = str_c(endings), ending;
    while (dot > 0 && name.at[dot - 1] != '.' && name.at[dot - 1] != '/')
        dot--;
    if (dot == 0 || dot == name.len || name.at[dot - 1] != '.') return false;
    struct str own = str_cut(name, dot, name.len);
    while (str_next(&rest, ' ', &ending))
        if (str_eq_nocase(own, ending)) return true;
    return false;
}

bool kind_is_text(struct str head)
{
    size_t odd = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        if (c == 0) return false;
        odd += (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B) || c == 0x7F;
    }
    return odd <= head.len / 100;
}

/* Bytes at a place of the head. */
struct magic {
    size_t at, len;
    const char *bytes;
    const char *said; /* NULL: it can be opened */
};

#define OFFICE   "is a file of an office program; save it as text, or convert it: pandoc -t plain"
#define PICTURE  "is a picture; text in it must be read by a program for that (OCR) first"
#define SOUND    "holds sound or moving pictures; it must be written down first"
#define PROGRAM  "is a program, and no text"
#define UNPACK   "is an archive of a kind that is not opened here; unpack it first"

static const struct magic magics[] = {
    {0, 2, "\x1F\x8B", NULL},
    {0, 4, "\x28\xB5\x2F\xFD", NULL},
    {0, 6, "\xFD" "7zXZ\0", NULL},
    {0, 3, "BZh", NULL},
    {257, 5, "ustar", NULL},
    {0, 4, "PK\5\6", NULL},
    {0, 5, "%PDF-", "is a PDF file; convert it to text first: pdftotext FILE"},
    {0, 5, "{\\rtf", "is rich text; convert it to plain text first: pandoc -f rtf -t plain"},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OFFICE},
    {0, 8, "\x89PNG\r\n\x1A\n", PICTURE},
    {0, 3, "\xFF\xD8\xFF", PICTURE},
    {0, 5, "GIF87", PICTURE},
    {0, 5, "GIF89", PICTURE},
    {0, 4, "II*\0", PICTURE},
    {0, 4, "MM\0*", PICTURE},
    {8, 4, "WEBP", PICTURE},
    {8, 4, "WAVE", SOUND},
    {0, 3, "ID3", SOUND},
    {4, 4, "ftyp", SOUND},
    {0, 4, "OggS", SOUND},
    {0, 4, "\x1A\x45\xDF\xA3", SOUND},
    {0, 4, "\x7F" "ELF", PROGRAM},
    {0, 6, "7z\xBC\xAF\x27\x1C", UNPACK},
    {0, 6, "Rar!\x1A\x07", UNPACK},
    {0, 16, "SQLite format 3\0",
     "is a SQLite database; write its stories as CSV: sqlite3 -csv -header FILE 'SELECT ...'"},
};

static const struct magic *find_magic(struct str head)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const struct magic *m = &magics[i];
        if (head.len >= m->at + m->len && memcmp(head.at + m->at, m->bytes, m->len) == 0) return m;
    }
    return NULL;
}

/* Documents of office programs are zip archives; their first member tells. */
static bool is_office(struct str name, struct str head)
{
    if (!str_starts(head, STR("PK\3\4"))) return false;
    if (kind_has_ending(name, "docx xlsx pptx odt ods odp epub")) return true;
    struct str first = head.len > 30 ? str_cut(head, 30, head.len) : STR("");
    return str_starts(first, STR("[Content_Types].xml")) ||
           str_starts(first, STR("mimetypeapplication/"));
}

bool kind_is_packed(struct str head)
{
    const struct magic *m = find_magic(head);
    return str_starts(head, STR("PK\3\4")) || (m != NULL && m->said == NULL);
}

const char *kind_refusal(struct str name, struct str head)
{
    const struct magic *m = find_magic(head);
    if (is_office(name, head)) return OFFICE;
    return m != NULL ? m->said : NULL;
}

bool kind_is_furniture(struct str name, struct str head)
{
    return kind_has_ending(name, "css js mjs map svg ico woff woff2 ttf otf eot py pyc c h o so a sh "
                                 "r rds pl rb java class jar exe dll lock cfg ini toml dtd xsl xslt "
                                 "db sqlite pdf doc docx xls xlsx ppt pptx odt ods png jpg jpeg gif "
                                 "tif tiff bmp webp mp3 mp4 wav avi mov ogg") ||
           (kind_refusal(name, head) != NULL && !kind_is_packed(head));
}
