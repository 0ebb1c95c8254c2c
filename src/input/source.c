/* source.c - the files behind a path; see source.h.
 *
 * A stack of levels: folders and archives that are open. Folders are read in the order of names;
 * hidden files are passed over, and links that lead back into an open folder. Archives may lie in
 * archives, a few levels deep. */
#include "input/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "input/intake.h"
#include "input/kinds.h"
#include "input/unpack.h"

enum { HEAD_MOST = 1 << 16, LEVELS_MOST = 64, PACKED_MOST = 6 };

struct level {
    char *path;  /* as messages and ids have it: of an archive, what its members begin with */
    char *plain; /* of a compressed file: its name without ".gz" */
    /* a folder */
    struct dirent **names;
    int n_names, at;
    dev_t device;
    ino_t inode;
    /* an archive */
    struct unpacking *unpacking;
    struct byte_stream *bytes; /* what is unpacked */
};

struct source {
    struct level levels[LEVELS_MOST];
    size_t n_levels, n_packed;
    char *first;  /* the path itself, */
    int first_fd; /* opened; -1: it was given out */
    char *origin; /* of the file that was given out, */
    char *name;   /* and its name */
    bool stream, among;
    size_t position, size;
};

static char *copy_of(const char *z, size_t len)
{
    char *copy = malloc(len + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, z, len);
    copy[len] = '\0';
    return copy;
}

/* A name of any bytes as valid UTF-8 without control characters. NULL: memory ran out. */
static char *clean_name(struct str name)
{
    struct arena arena = {0};
    struct str clean = encoding_clean(&arena, name, STR(""));
    char *copy = clean.at != NULL ? copy_of(clean.at, clean.len) : NULL;
    for (size_t i = 0; copy != NULL && i < clean.len; i++)
        if ((unsigned char)copy[i] < 0x20 || copy[i] == 0x7F) copy[i] = '?';
    arena_free(&arena);
    return copy;
}

static char *join_path(const char *dir, const char *name)
{
    size_t n = strlen(dir), m = strlen(name);
    bool slash = n != 0 && dir[n - 1] == '/';
    char *path = malloc(n + m + 2);
    if (path == NULL) return NULL;
    memcpy(path, dir, n);
    if (!slash) path[n++] = '/';
    memcpy(path + n, name, m + 1);
    return path;
}

/* ---- levels ---- */

static void pop_level(struct source *s)
{
    struct level *l = &s->levels[--s->n_levels];
    for (int i = l->at; i < l->n_names; i++)
        free(l->names[i]);
    free(l->names);
    s->n_packed -= l->unpacking != NULL;
    unpack_close(l->unpacking);
    stream_close(l->bytes);
    free(l->path);
    free(l->plain);
    *l = (struct level){0};
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int name_order(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_open(const struct source *s, const struct stat *info)
{
    for (size_t i = 0; i < s->n_levels; i++)
        if (s->levels[i].unpacking == NULL && s->levels[i].device == info->st_dev &&
            s->levels[i].inode == info->st_ino)
            return true;
    return false;
}

static dt_status push_folder(struct source *s, const char *path, const struct stat *info,
                             dt_error *err)
{
    if (is_open(s, info)) return DT_OK; /* a link that leads back */
    if (s->n_levels == LEVELS_MOST)
        return err_set(err, DT_E_OPEN, 0, "%s lies too deep in folders", path);
    struct level l = {.device = info->st_dev, .inode = info->st_ino};
    l.path = copy_of(path, strlen(path));
    if (l.path == NULL) return err_nomem(err);
    l.n_names = scandir(path, &l.names, not_hidden, name_order);
    if (l.n_names < 0) {
        free(l.path);
        if (errno == ENOMEM) return err_nomem(err);
        return err_set(err, DT_E_OPEN, 0, "the folder %s could not be read: %s", path,
                       strerror(errno));
    }
    s->among = true;
    s->levels[s->n_levels++] = l;
    return DT_OK;
}

/* "news.csv" of "2024/news.csv.gz": the name of what is compressed. */
static struct str unpacked_name(struct str name)
{
    return kind_has_ending(name, "gz gzip zst zstd xz bz2")
               ? str_cut(name, 0, (size_t)(strrchr(name.at, '.') - name.at))
               : name;
}

/* Takes the stream over, also where it fails. */
static dt_status push_archive(struct source *s, const char *origin, struct byte_stream *bytes,
                              int fd, dt_error *err)
{
    struct level l = {.bytes = bytes};
    dt_status st = DT_OK;
    if (s->n_levels == LEVELS_MOST || s->n_packed == PACKED_MOST)
        st = err_set(err, DT_E_OPEN, 0, "%s: archives within archives, too deep", origin);
    struct str name = unpacked_name(str_c(origin));
    if (st == DT_OK) {
        l.path = copy_of(origin, strlen(origin));
        l.plain = copy_of(name.at, name.len);
        if (l.path == NULL || l.plain == NULL) st = err_nomem(err);
    }
    if (st == DT_OK) st = unpack_open(bytes, fd, l.path, &l.unpacking, err);
    if (st != DT_OK) {
        stream_close(bytes);
        free(l.path);
        free(l.plain);
        return st;
    }
    s->n_packed++;
    s->levels[s->n_levels++] = l;
    return DT_OK;
}

/* ---- files ---- */

/* Gives the stream out, or opens it where it is packed. *given is false where it was packed. Takes
 * the stream, and `origin` and `name`, over. `fd`: as unpack_open() wants it. */
static dt_status enter_stream(struct source *s, struct byte_stream *bytes, char *origin, char *name,
                              int fd, struct source_file *out, bool *given, dt_error *err)
{
    struct str head = STR("");
    free(s->origin);
    free(s->name);
    s->origin = origin;
    s->name = name;
    dt_status st = origin == NULL || name == NULL ? err_nomem(err)
                                                  : stream_peek(&bytes, HEAD_MOST, &head, err);
    *given = false;
    if (st != DT_OK) {
        stream_close(bytes);
        return st;
    }
    bool packed = kind_is_packed(head) && kind_refusal(str_c(name), head) == NULL;
    if (packed) return push_archive(s, origin, bytes, fd, err);
    *given = true;
    *out = (struct source_file){origin, str_c(name), NULL, bytes, head, s->among};
    return DT_OK;
}

/* A zip in a regular file, whose list of members, at its end, tells more than its front. */
static bool is_zip_file(int fd)
{
    char front[HEAD_MOST];
    ssize_t n = pread(fd, front, sizeof front, 0);
    struct str head = str_of(front, n > 0 ? (size_t)n : 0);
    return str_starts(head, STR("PK")) && kind_is_packed(head) &&
           kind_refusal(STR(""), head) == NULL;
}

static dt_status enter_file(struct source *s, int fd, const char *path, struct source_file *out,
                            bool *given, dt_error *err)
{
    bool standard = fd == STDIN_FILENO;
    const char *name = standard ? "standard input" : path;
    struct byte_stream *bytes = stream_of_file(fd, !standard, name, &s->position);
    if (bytes == NULL) {
        if (!standard) (void)close(fd);
        return err_nomem(err);
    }
    char *origin = standard ? copy_of("stdin", 5) : clean_name(str_c(path));
    char *plain = standard ? copy_of("", 0) : copy_of(path, strlen(path));
    if (origin != NULL && plain != NULL && !s->stream && is_zip_file(fd) &&
        !kind_refusal(str_c(plain), STR("PK\3\4"))) {
        dt_status st = push_archive(s, origin, bytes, fd, err);
        free(origin);
        free(plain);
        return st;
    }
    dt_status st = enter_stream(s, bytes, origin, plain, -1, out, given, err);
    if (st == DT_OK && *given && !standard && !s->stream) out->path = s->name;
    return st;
}

static dt_status not_opened(const char *path, dt_error *err)
{
    return err_set(err, errno == ENOMEM ? DT_E_NOMEM : DT_E_OPEN, 0, "%s could not be opened: %s",
                   path, strerror(errno));
}

/* A file or a folder that lies in a folder. */
static dt_status open_found(struct source *s, const char *path, struct source_file *out,
                            bool *given, dt_error *err)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *given = false;
    if (fd < 0) return not_opened(path, err);
    bool known = fstat(fd, &info) == 0;
    if (known && S_ISREG(info.st_mode)) return enter_file(s, fd, path, out, given, err);
    (void)close(fd); /* a pipe or a device among files is passed over */
    return known && S_ISDIR(info.st_mode) ? push_folder(s, path, &info, err) : DT_OK;
}

/* What was named. */
static dt_status open_first(struct source *s, struct source_file *out, bool *given, dt_error *err)
{
    struct stat info;
    int fd = s->first_fd;
    s->first_fd = -1;
    if (fd >= 0 && fd != STDIN_FILENO && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        (void)close(fd);
        return push_folder(s, s->first, &info, err);
    }
    return enter_file(s, fd, s->first, out, given, err);
}

/* ---- the next one ---- */

static dt_status next_of_folder(struct source *s, struct source_file *out, bool *given,
                                dt_error *err)
{
    struct level *l = &s->levels[s->n_levels - 1];
    if (l->at == l->n_names) {
        pop_level(s);
        return DT_OK;
    }
    struct dirent *entry = l->names[l->at++];
    char *path = join_path(l->path, entry->d_name);
    free(entry);
    if (path == NULL) return err_nomem(err);
    dt_status st = open_found(s, path, out, given, err);
    free(path);
    return st;
}

static bool is_hidden_member(struct str name)
{
    size_t slash = name.len;
    while (slash > 0 && name.at[slash - 1] != '/')
        slash--;
    return slash == name.len || name.at[slash] == '.' || str_starts(name, STR("__MACOSX/"));
}

static dt_status next_of_archive(struct source *s, struct source_file *out, bool *given,
                                 dt_error *err)
{
    struct level *l = &s->levels[s->n_levels - 1];
    struct byte_stream *bytes = NULL;
    struct str name = str_of(NULL, 0);
    bool more = false;
    dt_status st = unpack_next(l->unpacking, &name, &bytes, &more, err);
    if (st != DT_OK || !more) {
        pop_level(s);
        return st;
    }
    if (name.at == NULL) /* compressed, no archive */
        return enter_stream(s, bytes, copy_of(l->path, strlen(l->path)),
                            copy_of(l->plain, strlen(l->plain)), -1, out, given, err);
    if (is_hidden_member(name)) {
        stream_close(bytes);
        return DT_OK;
    }
    s->among = true;
    char *clean = clean_name(name), *origin = clean != NULL ? join_path(l->path, clean) : NULL;
    return enter_stream(s, bytes, origin, clean, -1, out, given, err);
}

dt_status source_next(struct source *s, struct source_file *out, bool *more, dt_error *err)
{
    dt_status st = DT_OK;
    bool given = false;
    if (s->first_fd >= 0) st = open_first(s, out, &given, err);
    while (st == DT_OK && !given && s->n_levels != 0)
        st = s->levels[s->n_levels - 1].unpacking != NULL ? next_of_archive(s, out, &given, err)
                                                          : next_of_folder(s, out, &given, err);
    *more = given;
    return st;
}

/* ---- opening ---- */

static bool is_address(const char *path)
{
    struct str p = str_c(path);
    return str_starts(p, STR("http://")) || str_starts(p, STR("https://"));
}

static dt_status open_named(struct source *s, const char *path, dt_error *err)
{
    struct stat info;
    s->stream = true;
    s->first_fd = STDIN_FILENO;
    if (strcmp(path, "-") == 0) return DT_OK;
    s->first_fd = open(path, O_RDONLY | O_CLOEXEC);
    if (s->first_fd < 0 && is_address(path))
        return err_set(err, DT_E_OPEN, 0,
                       "%s is an address, not a file; detente fetch brings pages and feeds", path);
    if (s->first_fd < 0) return not_opened(path, err);
    if (fstat(s->first_fd, &info) != 0) return DT_OK;
    s->stream = !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
    if (S_ISREG(info.st_mode)) s->size = (size_t)info.st_size;
    return DT_OK;
}

dt_status source_open(const char *path, struct source **out, dt_error *err)
{
    struct source *s = calloc(1, sizeof *s);
    *out = NULL;
    if (s == NULL) return err_nomem(err);
    s->first_fd = -1;
    s->first = copy_of(path, strlen(path));
    dt_status st = s->first == NULL ? err_nomem(err) : open_named(s, path, err);
    if (st != DT_OK) {
        source_close(s);
        return st;
    }
    *out = s;
    return DT_OK;
}

void source_close(struct source *s)
{
    if (s == NULL) return;
    while (s->n_levels != 0)
        pop_level(s);
    if (s->first_fd >= 0 && s->first_fd != STDIN_FILENO) (void)close(s->first_fd);
    free(s->first);
    free(s->origin);
    free(s->name);
    free(s);
}

bool source_is_stream(const struct source *s)
{
    return s->stream;
}

size_t source_position(const struct source *s)
{
    return s->size != 0 && s->position > s->size ? s->size : s->position; /* zips are read twice */
}

size_t source_size(const struct source *s)
{
    return s->size;
}
