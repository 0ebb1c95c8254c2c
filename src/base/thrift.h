/* thrift.h - the compact protocol of Apache Thrift, as far as files need it.
 *
 * By the specification "Thrift Compact protocol encoding" (doc/specs/thrift-compact-protocol.md of
 * Apache Thrift): structures are fields with the difference of their numbers, whole numbers are
 * zigzag varints, ended by a zero byte. */
#ifndef DETENTE_THRIFT_H
#define DETENTE_THRIFT_H

#include "base/buf.h"

enum thrift_type {
    THRIFT_STOP,
    THRIFT_TRUE,
    THRIFT_FALSE,
    THRIFT_BYTE,
    THRIFT_I16,
    THRIFT_I32,
    THRIFT_I64,
    THRIFT_DOUBLE,
    THRIFT_BINARY,
    THRIFT_LIST,
    THRIFT_SET,
    THRIFT_MAP,
    THRIFT_STRUCT
};

void varint_put(struct buf *out, uint64_t value);
/* Zigzag: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
void zigzag_put(struct buf *out, int64_t value);

/* ---- writing ---- */

enum { THRIFT_DEPTH = 16 };

/* Begin with .to set and the rest 0; structures nest THRIFT_DEPTH deep at most. */
struct thrift_out {
    struct buf *to;
    int depth;
    int last[THRIFT_DEPTH]; /* number of the last field of each open structure */
};

void thrift_begin(struct thrift_out *t); /* a structure: the outermost, or an element of a list */
void thrift_end(struct thrift_out *t);
/* Fields of the open structure, in order of their numbers. */
void thrift_int(struct thrift_out *t, int field, enum thrift_type type, int64_t value);
void thrift_bool(struct thrift_out *t, int field, bool value);
void thrift_text(struct thrift_out *t, int field, struct str value);
void thrift_struct(struct thrift_out *t, int field); /* and thrift_end() behind its fields */
/* n elements follow: thrift_begin() ... thrift_end(), zigzag_put() or thrift_element(). */
void thrift_list(struct thrift_out *t, int field, enum thrift_type element, size_t n);
void thrift_element(struct thrift_out *t, struct str value);

/* ---- reading: any bytes ---- */

/* What is wrong sets `broken`, and the rest reads as nothing. */
struct thrift_in {
    const char *at, *end;
    bool broken;
    bool cut; /* the bytes ended too soon: more of them may mend it */
};

struct thrift_field {
    int id; /* begin with 0 */
    enum thrift_type type;
};

uint64_t varint_get(struct thrift_in *in);
/* The next field of a structure; false behind the last, or when broken. Its value must be taken or
 * skipped before the next call. */
bool thrift_next(struct thrift_in *in, struct thrift_field *field);
int64_t thrift_get_int(struct thrift_in *in, const struct thrift_field *field); /* a bool, too */
struct str thrift_get_text(struct thrift_in *in, const struct thrift_field *field);
/* Elements in the list, none where it is no list of that type. There are no more than bytes left.
 */
size_t thrift_get_list(struct thrift_in *in, const struct thrift_field *field,
                       enum thrift_type element);
struct str thrift_get_element(struct thrift_in *in); /* of a list of texts */
int64_t zigzag_get(struct thrift_in *in);            /* of a list of numbers */
void thrift_skip(struct thrift_in *in, const struct thrift_field *field);
/* True where the field is a structure, to be read by thrift_next(); else it was skipped. */
bool thrift_enter(struct thrift_in *in, const struct thrift_field *field);

#endif
