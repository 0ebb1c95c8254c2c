/* mapped.h - bytes that grow: in memory, or in a file that is mapped and written in place. */
#ifndef DETENTE_MAPPED_H
#define DETENTE_MAPPED_H

#include "base/err.h"

struct mapped {
    unsigned char *at;
    size_t len; /* bytes there are */
    int fd;     /* -1: in memory */
};

/* Opens the file, or makes it. *fresh: it was not there, or empty. The file is locked against other
 * processes; one that has it is DT_E_STORE. */
dt_status mapped_open(const char *path, struct mapped *out, dt_error *err);
void mapped_memory(struct mapped *out); /* empty, in memory */
/* At least `len` bytes; new ones are 0. Room on the disk is had before it is written to, so that a
 * full disk is an error and no signal. */
dt_status mapped_grow(struct mapped *m, const char *path, size_t len, dt_error *err);
/* Exactly `len` bytes, fewer than there are. */
dt_status mapped_cut(struct mapped *m, const char *path, size_t len, dt_error *err);
/* Waits until the bytes are on the disk. */
dt_status mapped_sync(const struct mapped *m, const char *path, dt_error *err);
void mapped_close(struct mapped *m);

#endif
