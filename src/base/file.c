/* file.c - whole files, mapped read-only (POSIX). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* What errno says: DT_E_NOMEM where memory ran out, else `otherwise`. */
static dt_status why_failed(dt_status otherwise)
{
    return errno == ENOMEM ? DT_E_NOMEM : otherwise;
}

dt_status file_map_open(const char *path, struct file_map *out, dt_error *err)
{
    struct stat info;
    dt_status st = DT_OK;
    *out = (struct file_map){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, why_failed(DT_E_OPEN), 0, "%s could not be opened: %s", path,
                       strerror(errno));
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        st = err_set(err, DT_E_OPEN, 0, "%s is not a regular file", path);
        goto done;
    }
    if (info.st_size == 0) goto done;
    void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) {
        st = err_set(err, why_failed(DT_E_READ), 0, "%s could not be mapped: %s", path,
                     strerror(errno));
        goto done;
    }
    out->at = at;
    out->len = (size_t)info.st_size;
done:
    (void)close(fd);
    return st;
}

void file_map_close(struct file_map *map)
{
    if (map->at != NULL) (void)munmap((void *)map->at, map->len);
    *map = (struct file_map){0};
}

struct walk {
    const char *suffix;
    dt_status (*visit)(void *context, const char *path, dt_error *err);
    void *context;
};

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static dt_status walk_folder(const struct walk *w, const char *dir, dt_error *err);

static dt_status walk_entry(const struct walk *w, const char *dir, const char *name, dt_error *err)
{
    char path[4096];
    struct stat info;
    int n = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return err_set(err, DT_E_OPEN, 0, "%s/%s: the path is too long", dir, name);
    if (stat(path, &info) != 0)
        return err_set(err, why_failed(DT_E_OPEN), 0, "%s could not be looked at: %s", path,
                       strerror(errno));
    if (S_ISDIR(info.st_mode)) return walk_folder(w, path, err);
    if (!S_ISREG(info.st_mode) || !str_ends(str_c(name), str_c(w->suffix))) return DT_OK;
    return w->visit(w->context, path, err);
}

static dt_status walk_folder(const struct walk *w, const char *dir, dt_error *err)
{
    struct dirent **names = NULL;
    dt_status st = DT_OK;
    int n = scandir(dir, &names, visible, by_bytes);
    if (n < 0)
        return err_set(err, why_failed(DT_E_OPEN), 0, "the folder %s could not be read: %s", dir,
                       strerror(errno));
    for (int i = 0; i < n; i++) {
        if (st == DT_OK) st = walk_entry(w, dir, names[i]->d_name, err);
        free(names[i]);
    }
    free(names);
    return st;
}

dt_status file_walk(const char *dir, const char *suffix,
                    dt_status (*visit)(void *context, const char *path, dt_error *err),
                    void *context, dt_error *err)
{
    struct walk w = {suffix, visit, context};
    return walk_folder(&w, dir, err);
}
