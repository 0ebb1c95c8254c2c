/* pages.c - the command extract: web pages in, articles out. */
#include "cli.h"

static enum exit_status extract_one(dt_extractor *extractor, const char *path)
{
    const char *record;
    size_t len;
    dt_error err;
    dt_status st = dt_extract_file(extractor, path, &record, &len, &err);
    if (st == DT_E_NOMEM) return give_up(&err);
    if (st != DT_OK) {
        complain("%s", err.text);
        return EXIT_SOME_UNUSED;
    }
    (void)fwrite(record, 1, len, stdout);
    return EXIT_DONE;
}

enum exit_status command_extract(const struct options *options)
{
    static const char *const standard_input = "-";
    const char *const *files = options->n_files > 0 ? options->files : &standard_input;
    int n = options->n_files > 0 ? options->n_files : 1;
    enum exit_status status = EXIT_DONE;
    dt_extractor *extractor = NULL;
    dt_error err;
    if (dt_extractor_new(&extractor, &err) != DT_OK) return give_up(&err);
    for (int i = 0; i < n && status != EXIT_IMPOSSIBLE; i++) {
        enum exit_status one = extract_one(extractor, files[i]);
        if (one != EXIT_DONE) status = one;
    }
    dt_extractor_free(extractor);
    return finish_output(status);
}
