/* paint.h - colours of a terminal (ECMA-48), and text made safe for one. */
#ifndef DETENTE_PAINT_H
#define DETENTE_PAINT_H

#include "base/buf.h"

enum paint {
    PAINT_NONE,
    PAINT_BOLD,
    PAINT_DIM,
    PAINT_UNDERLINE,
    PAINT_RED,
    PAINT_GREEN,
    PAINT_YELLOW,
    PAINT_CYAN
};

void paint_on(struct buf *out, bool colour, enum paint paint);
void paint_off(struct buf *out, bool colour);
/* Text of a story on one line: control characters, escape sequences among them, become blanks. */
void paint_text(struct buf *out, struct str s);
/* A name, an id or a title: control characters, those beyond ASCII too, are shown as "\x1b". */
void paint_name(struct buf *out, struct str s);

#endif
