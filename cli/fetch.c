/* fetch.c - stories of feeds and pages on the web, printed as JSON Lines. */
#include "cli.h"

/* Prints what an address gives; what cannot be had is said, and counted. */
static bool print_stories(dt_fetcher *fetcher, const char *url, bool quiet, size_t *unused,
                          dt_error *err)
{
    const char *story = NULL;
    size_t len = 0;
    dt_status st = dt_fetch_start(fetcher, url, err);
    while (st == DT_OK || st == DT_E_STORY) {
        st = dt_fetch_next(fetcher, &story, &len, err);
        if (st == DT_E_STORY) {
            ++*unused;
            if (!quiet) complain("%s", err->text);
            continue;
        }
        if (st != DT_OK || story == NULL) break;
        (void)fwrite(story, 1, len, stdout);
        (void)putchar('\n');
        if (fflush(stdout) != 0) return true; /* finish_output() says why */
    }
    if (st == DT_E_READ || st == DT_E_ARG) { /* of this address; others may do better */
        ++*unused;
        complain("%s", err->text);
        return true;
    }
    return st == DT_OK;
}

enum exit_status command_fetch(const struct options *options)
{
    dt_fetch_options o = {.size = sizeof o,
                          .state = options->state,
                          .archive = options->archive,
                          .delay = options->delay,
                          .timeout = options->timeout,
                          .articles = options->articles};
    dt_fetcher *fetcher = NULL;
    dt_error err;
    size_t unused = 0;
    bool good = true;
    if (dt_fetch_new(&o, &fetcher, &err) != DT_OK) return give_up(&err);
    for (int i = 0; good && i < options->n_files && !ferror(stdout); i++)
        good = print_stories(fetcher, options->files[i], options->quiet, &unused, &err);
    enum exit_status status = good ? unused != 0 ? EXIT_SOME_UNUSED : EXIT_DONE : give_up(&err);
    status = finish_output(status);
    if (status <= EXIT_SOME_UNUSED && dt_fetch_save(fetcher, &err) != DT_OK) status = give_up(&err);
    dt_fetch_free(fetcher);
    return status;
}
