/* view.h - a piece of a line: pointer and length, nothing owned. */
#ifndef SPEC_VIEW_H
#define SPEC_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct view {
    const char *at;
    size_t len;
};

/* For printf: "%.*s" takes VIEW(piece). */
#define VIEW(v) (int)(v).len, (v).at

static inline struct view view_of(const char *text)
{
    return (struct view){text, strlen(text)};
}

static inline bool view_starts(struct view v, struct view with)
{
    return with.len == 0 || (v.len >= with.len && memcmp(v.at, with.at, with.len) == 0);
}

static inline bool view_same(struct view a, struct view b)
{
    return a.len == b.len && view_starts(a, b);
}

static inline bool view_is(struct view v, const char *text)
{
    return text != NULL && view_same(v, view_of(text));
}

static inline bool view_begins(struct view v, const char *text)
{
    return view_starts(v, view_of(text));
}

static inline struct view view_from(struct view v, size_t begin)
{
    return (struct view){v.at + begin, v.len - begin};
}

static inline struct view view_trim(struct view v)
{
    while (v.len != 0 && v.at[0] == ' ')
        v = view_from(v, 1);
    while (v.len != 0 && v.at[v.len - 1] == ' ')
        v.len--;
    return v;
}

/* Where `text` begins in `v`, or v.len. */
static inline size_t view_find(struct view v, const char *text)
{
    for (size_t i = 0; i < v.len; i++)
        if (view_begins(view_from(v, i), text)) return i;
    return v.len;
}

/* Takes what stands before `mark` off *rest, trimmed; all of it where there is no mark. False when
 * nothing is left. */
static inline bool view_next(struct view *rest, const char *mark, struct view *piece)
{
    *rest = view_trim(*rest);
    if (rest->len == 0) return false;
    size_t end = view_find(*rest, mark);
    *piece = view_trim((struct view){rest->at, end});
    *rest = view_from(*rest, end < rest->len ? end + strlen(mark) : end);
    return true;
}

/* A copy that ends with NUL, cut to what fits. */
static inline const char *view_copy(struct view v, char *out, size_t room)
{
    (void)snprintf(out, room, "%.*s", VIEW(v));
    return out;
}

#endif
