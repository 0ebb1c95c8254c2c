/* outfile.c - `--output FILE`: standard output becomes that file.
 *
 * What is written goes to FILE.part beside it, which takes the name when all is done: there is
 * never half a file of that name, and an older one stays until then. A pipe or a device is written
 * as it is. All else prints to standard output and knows nothing of it. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static enum exit_status lose_output(struct outfile *out, const char *path)
{
    complain("%s could not be written: %s", path, strerror(errno));
    free(out->path);
    free(out->part);
    *out = (struct outfile){0};
    return EXIT_IMPOSSIBLE;
}

/* The file that is meant, behind symbolic links; one that is not there yet is named as it is. */
static char *real_path(const char *path)
{
    char *real = realpath(path, NULL);
    if (real != NULL || errno != ENOENT) return real;
    real = malloc(strlen(path) + 1);
    return real != NULL ? strcpy(real, path) : NULL;
}

static char *part_path(const char *path)
{
    static const char ending[] = ".part";
    size_t len = strlen(path);
    char *part = malloc(len + sizeof ending);
    if (part == NULL) return NULL;
    memcpy(part, path, len);
    memcpy(part + len, ending, sizeof ending);
    return part;
}

static enum exit_status become_output(struct outfile *out, const char *path, int flags, mode_t mode)
{
    int descriptor = open(path, O_WRONLY | flags, 0666);
    if (descriptor < 0) return lose_output(out, path);
    if (mode != 0) (void)fchmod(descriptor, mode);
    int done = dup2(descriptor, STDOUT_FILENO);
    (void)close(descriptor);
    return done < 0 ? lose_output(out, path) : EXIT_DONE;
}

/* One of the inputs is the very file that is to be written: it would be lost. */
static const char *same_input(const struct options *options, const struct stat *file)
{
    struct stat input;
    for (int i = 0; i < options->n_files; i++)
        if (stat(options->files[i], &input) == 0 && input.st_dev == file->st_dev &&
            input.st_ino == file->st_ino)
            return options->files[i];
    return NULL;
}

enum exit_status open_output(const struct options *options, struct outfile *out)
{
    struct stat old = {0};
    const char *path = options->output;
    *out = (struct outfile){0};
    if (path == NULL || strcmp(path, "-") == 0) return EXIT_DONE;
    bool there = stat(path, &old) == 0;
    if (there && S_ISDIR(old.st_mode)) {
        complain("%s is a folder; --output wants a file", path);
        return EXIT_WRONG_CALL;
    }
    if (there && same_input(options, &old) != NULL) {
        complain("--output %s would overwrite the input %s", path, same_input(options, &old));
        return EXIT_WRONG_CALL;
    }
    if (there && !S_ISREG(old.st_mode)) return become_output(out, path, 0, 0);
    out->path = real_path(path);
    if (out->path == NULL) return lose_output(out, path);
    out->part = part_path(out->path);
    if (out->part == NULL) return lose_output(out, path);
    return become_output(out, out->part, O_CREAT | O_TRUNC, there ? old.st_mode & 07777 : 0);
}

enum exit_status close_output(struct outfile *out, enum exit_status so_far)
{
    if (out->path == NULL) return so_far;
    if (so_far <= EXIT_SOME_UNUSED) so_far = finish_output(so_far);
    if (so_far > EXIT_SOME_UNUSED) {
        (void)unlink(out->part);
    } else if ((fsync(STDOUT_FILENO) != 0 && errno != EINVAL) ||
               rename(out->part, out->path) != 0) {
        return lose_output(out, out->path);
    }
    free(out->path);
    free(out->part);
    *out = (struct outfile){0};
    return so_far;
}
