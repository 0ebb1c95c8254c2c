/* file.h - whole files, mapped read-only. */
#ifndef DETENTE_FILE_H
#define DETENTE_FILE_H

#include "base/err.h"
#include "base/str.h"

struct file_map {
    const unsigned char *at; /* page aligned, shared between processes; NULL when empty */
    size_t len;
};

/* Maps the file at `path`. On failure *out is empty and err names the path and the reason. */
dt_status file_map_open(const char *path, struct file_map *out, dt_error *err);
void file_map_close(struct file_map *map);

/* Calls `visit` for each regular file below `dir` (recursively) whose name ends in `suffix`, in
 * byte order of the paths, so that results do not depend on the file system. Stops at the first
 * status that is not DT_OK and returns it. */
dt_status file_walk(const char *dir, const char *suffix,
                    dt_status (*visit)(void *context, const char *path, dt_error *err),
                    void *context, dt_error *err);

#endif
