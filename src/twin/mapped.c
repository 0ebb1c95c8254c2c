/* mapped.c - bytes that grow, in memory or in a mapped file (POSIX). */
#include "twin/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static dt_status failed(const char *path, dt_status status, const char *what, int why,
                        dt_error *err)
{
    return err_set(err, why == ENOMEM ? DT_E_NOMEM : status, 0, "%s %s: %s", path, what,
                   strerror(why));
}

static void unmap(struct mapped *m)
{
    if (m->fd >= 0 && m->at != NULL) (void)munmap(m->at, m->len);
    if (m->fd >= 0) m->at = NULL;
}

static dt_status map(struct mapped *m, const char *path, size_t len, dt_error *err)
{
    m->len = len;
    if (len == 0) return DT_OK;
    void *at = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
    if (at == MAP_FAILED) {
        m->len = 0;
        return failed(path, DT_E_READ, "could not be mapped", errno, err);
    }
    m->at = at;
    return DT_OK;
}

void mapped_memory(struct mapped *out)
{
    *out = (struct mapped){NULL, 0, -1};
}

dt_status mapped_open(const char *path, struct mapped *out, dt_error *err)
{
    struct stat info;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    mapped_memory(out);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return failed(path, DT_E_OPEN, "could not be opened", errno, err);
    dt_status st = DT_OK;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        st = err_set(err, DT_E_OPEN, 0, "%s is not a regular file", path);
    else if (fcntl(fd, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN))
        st = err_set(err, DT_E_STORE, 0, "%s is in use by another process", path);
    if (st == DT_OK) {
        out->fd = fd;
        st = map(out, path, (size_t)info.st_size, err);
    }
    if (st == DT_OK) return DT_OK;
    (void)close(fd);
    mapped_memory(out);
    return st;
}

static dt_status grow_memory(struct mapped *m, size_t len, dt_error *err)
{
    unsigned char *at = realloc(m->at, len);
    if (at == NULL) return err_nomem(err);
    memset(at + m->len, 0, len - m->len);
    m->at = at;
    m->len = len;
    return DT_OK;
}

dt_status mapped_grow(struct mapped *m, const char *path, size_t len, dt_error *err)
{
    if (len <= m->len) return DT_OK;
    if (m->fd < 0) return grow_memory(m, len, err);
    size_t old = m->len;
    int why = posix_fallocate(m->fd, (off_t)old, (off_t)(len - old));
    if (why != 0) return failed(path, DT_E_WRITE, "could not be made larger", why, err);
    unmap(m);
    dt_status st = map(m, path, len, err);
    if (st != DT_OK) (void)map(m, path, old, NULL);
    return st;
}

dt_status mapped_cut(struct mapped *m, const char *path, size_t len, dt_error *err)
{
    if (m->fd < 0 || len >= m->len) return DT_OK;
    unmap(m);
    dt_status st = DT_OK;
    if (ftruncate(m->fd, (off_t)len) != 0)
        st = failed(path, DT_E_WRITE, "could not be cut", errno, err);
    dt_status mapped = map(m, path, len, st == DT_OK ? err : NULL);
    return st != DT_OK ? st : mapped;
}

dt_status mapped_sync(const struct mapped *m, const char *path, dt_error *err)
{
    if (m->fd < 0 || m->at == NULL || msync(m->at, m->len, MS_SYNC) == 0) return DT_OK;
    return failed(path, DT_E_WRITE, "could not be written", errno, err);
}

void mapped_close(struct mapped *m)
{
    unmap(m);
    if (m->fd >= 0)
        (void)close(m->fd);
    else
        free(m->at);
    mapped_memory(m);
}
