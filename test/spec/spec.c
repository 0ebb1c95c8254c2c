/* spec.c - runs every example: those inside knowledge/ and those of test/spec.
 *
 *     spec [--coverage] [--uncovered] [--at-least PERCENT] [--read PERCENT] [FILE|FOLDER...]
 *
 * Without a path: knowledge and test/spec. It compares with what the program prints as JSON and
 * includes nothing of ours but <detente.h>. A line that does not hold is told with the story, what
 * was expected and what was found, as FILE:LINE; so is a `miss` that has begun to work.
 *   --coverage           how many triggers of frames and operators an example covers
 *   --uncovered          the others, one a line
 *   --at-least PERCENT   it is a failure when fewer are covered
 *   --read PERCENT       with the reader of events, which weighs what the frames find; the
 *                        examples are tests of the codebook, so that without it the frames code
 *                        alone. It is a failure when fewer expectations hold
 * Exit status: 0 all holds, 1 something does not, 2 the call is wrong or nothing could be run. */
#include "coverage.h"
#include "expect.h"
#include "wanted.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

struct run {
    dt_model *model;
    dt_coder *coder;
    struct spec_file *files;
    size_t n_files;
    struct coverage coverage;
    bool table, uncovered;
    double at_least; /* percent */
    bool read;
    double hold; /* percent, with `read` */
    unsigned n_examples, n_expected, n_misses, n_failed, n_promoted, n_wrong;
};

/* ---- telling ---- */

static void tell(const struct example *x, unsigned line, const char *what)
{
    struct view rest = view_of(x->text), paragraph;
    (void)printf("%s:%u: %s", x->file->path, line, what);
    if (x->title.len != 0) (void)printf(" (%.*s)", VIEW(x->title));
    (void)printf("\n");
    while (view_next(&rest, "\n", &paragraph))
        (void)printf("    > %.*s\n", VIEW(paragraph));
}

static void tell_expected(struct view text)
{
    (void)printf("    expected  %.*s\n", VIEW(text));
}

static bool tell_wrong(struct run *r, const struct example *x, const struct spec_line *line,
                       const char *expected)
{
    r->n_wrong++;
    (void)printf("%s:%u: expected %s, found: %.*s\n", x->file->path, line->number, expected,
                 VIEW(line->text));
    return false;
}

/* Counts an expectation that holds or not, and tells what nobody expects of it. */
static bool is_news(struct run *r, bool holds, bool miss)
{
    if (miss) {
        r->n_misses++;
        r->n_promoted += holds;
        return holds;
    }
    r->n_expected++;
    r->n_failed += !holds;
    return !holds;
}

static const char *news(bool miss)
{
    return miss ? "this miss works now: make it an expectation" : "this does not hold";
}

/* ---- events ---- */

static bool has_unwanted(const struct wanted *all, size_t n, const struct answer *a)
{
    for (size_t i = 0; i < json_array_size(answer_list(a, "events")); i++)
        if (!event_is_wanted(all, n, a, i)) return true;
    return false;
}

static void mark_triggers(struct run *r, const struct wanted *all, size_t n, const struct answer *a)
{
    for (size_t i = 0; i < n; i++)
        if (!all[i].miss && all[i].event != (size_t)NO_EVENT)
            coverage_mark(&r->coverage, a, json_array_get(answer_list(a, "events"), all[i].event));
}

/* The records are exactly the actual events of the story. Where one is a miss, the others must be
 * there, and the miss works when all are and nothing else is. */
static void judge_events(struct run *r, const struct answer *a, struct wanted *all, size_t n,
                         bool miss)
{
    bool holds = wanted_claim(all, n, a), all_there = true;
    for (size_t i = 0; i < n; i++)
        if (all[i].event == (size_t)NO_EVENT) all_there = false;
    bool exact = all_there && !has_unwanted(all, n, a);
    if (holds && (exact || miss)) mark_triggers(r, all, n, a);
    bool fails = miss ? !holds : !exact;
    if (!is_news(r, miss && holds ? exact : !fails, miss && holds)) return;
    tell(a->example, n != 0 ? all[0].line->number : a->example->line, news(miss && holds));
    for (size_t i = 0; i < n; i++)
        tell_expected(all[i].line->text);
    if (n == 0) tell_expected(view_of("(none)"));
    events_show(all, n, a);
}

static struct view record_text(const struct example *x, const struct spec_line *line)
{
    return x->kind == EXAMPLE_SPEC ? expectation_of(line).body : line->text;
}

static bool is_record(const struct example *x, const struct spec_line *line)
{
    struct expectation e = expectation_of(line);
    return x->kind != EXAMPLE_SPEC || (view_is(e.kind, "event") && !e.no);
}

static bool is_no_record(const struct spec_line *line)
{
    return view_is(expectation_of(line).kind, "(none)");
}

/* Gathers the records of the example. False when one is wrong. */
static bool read_records(struct run *r, const struct example *x, struct wanted *all, size_t *n,
                         bool *miss)
{
    bool fine = true;
    for (size_t i = x->begin; i < x->end; i++) {
        const struct spec_line *line = &x->file->lines[i];
        bool known_miss = x->kind == EXAMPLE_SPEC ? expectation_of(line).miss : false;
        if (x->kind == EXAMPLE_SPEC && is_no_record(line)) *miss = *miss || known_miss;
        if (!is_record(x, line)) continue;
        struct wanted *w = &all[(*n)++];
        *w = (struct wanted){.line = line, .record = record_text(x, line), .miss = known_miss};
        if (x->kind == EXAMPLE_MISS) w->miss = true;
        *miss = *miss || w->miss;
        const char *fault = wanted_fault(w);
        if (fault != NULL) fine = tell_wrong(r, x, line, fault);
    }
    return fine;
}

/* True when the example says what its events are. */
static bool says_events(const struct example *x)
{
    if (x->kind != EXAMPLE_SPEC) return true;
    for (size_t i = x->begin; i < x->end; i++)
        if (is_record(x, &x->file->lines[i]) || is_no_record(&x->file->lines[i])) return true;
    return false;
}

static void run_events(struct run *r, const struct answer *a)
{
    const struct example *x = a->example;
    struct wanted *all = calloc(x->end - x->begin + 1, sizeof *all);
    size_t n = 0;
    bool miss = x->kind == EXAMPLE_MISS;
    if (all != NULL && read_records(r, x, all, &n, &miss)) judge_events(r, a, all, n, miss);
    free(all);
}

/* A counter-example: no actual event of its frame and code, of any for an operator. */
static void run_no(struct run *r, const struct answer *a)
{
    const struct example *x = a->example;
    bool holds = true;
    for (size_t i = 0; i < json_array_size(answer_list(a, "events")); i++) {
        const json_t *event = json_array_get(answer_list(a, "events"), i);
        bool ours = view_is(x->key, json_string_value(json_object_get(event, "frame"))) &&
                    view_is(x->cameo, json_string_value(json_object_get(event, "cameo")));
        if (event_is_actual(event) && (ours || view_is(x->entry_kind, "operator"))) holds = false;
    }
    if (!is_news(r, holds, false)) return;
    tell(x, x->line, "this counter-example gives an event");
    events_show(NULL, 0, a);
}

/* ---- examples ---- */

static void run_line(struct run *r, struct answer *a, const struct spec_line *line)
{
    struct expectation e = expectation_of(line);
    char *found = NULL;
    size_t len;
    FILE *out = open_memstream(&found, &len);
    if (out == NULL) return;
    bool holds = expectation_judge(&e, a, out);
    (void)fclose(out);
    if (e.fault != NULL) {
        (void)tell_wrong(r, a->example, line, e.fault);
    } else if (is_news(r, holds, e.miss)) {
        tell(a->example, line->number, news(e.miss));
        tell_expected(line->text);
        (void)printf("%s", len != 0 ? found : "    found     nothing of the kind\n");
    }
    free(found);
}

static void run_lines(struct run *r, struct answer *a)
{
    const struct example *x = a->example;
    for (size_t i = x->begin; x->kind == EXAMPLE_SPEC && i < x->end; i++)
        if (!is_record(x, &x->file->lines[i]) && !is_no_record(&x->file->lines[i]))
            run_line(r, a, &x->file->lines[i]);
}

static void run_example(struct run *r, const struct example *x)
{
    struct answer a;
    r->n_examples++;
    if (answer_ask(&a, r->coder, x)) {
        if (x->kind == EXAMPLE_NO)
            run_no(r, &a);
        else if (says_events(x))
            run_events(r, &a);
        run_lines(r, &a);
    } else {
        r->n_failed++;
        tell(x, x->line, a.err.text);
    }
    answer_end(&a);
}

static void run_file(struct run *r, const struct spec_file *file)
{
    struct example x;
    for (example_start(&x, file); example_next(&x);)
        run_example(r, &x);
    r->n_wrong += x.wrong;
    example_end(&x);
}

/* ---- files ---- */

static bool add_file(struct run *r, const char *path)
{
    struct spec_file *more = realloc(r->files, (r->n_files + 1) * sizeof *more);
    if (more == NULL) return false;
    r->files = more;
    return spec_file_read(path, &r->files[r->n_files++]);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The file, or all files *.txt below the folder, in the order of their names. */
static bool add_path(struct run *r, const char *path, bool named)
{
    struct stat about;
    struct dirent **entries = NULL;
    size_t len = strlen(path);
    bool fine = true;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return (named || (len > 4 && strcmp(path + len - 4, ".txt") == 0)) ? add_file(r, path)
                                                                           : true;
    int n = scandir(path, &entries, is_shown, alphasort);
    for (int i = 0; i < n; i++) {
        char inside[4096];
        (void)snprintf(inside, sizeof inside, "%s/%s", path, entries[i]->d_name);
        fine = add_path(r, inside, false) && fine;
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static bool usage(void)
{
    (void)fprintf(stderr, "usage: spec [--coverage] [--uncovered] [--at-least PERCENT] "
                          "[--read PERCENT] [FILE|FOLDER...]\n");
    return false;
}

static bool read_call(struct run *r, int argc, char **argv)
{
    bool fine = true, any = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--coverage") == 0)
            r->table = true;
        else if (strcmp(argv[i], "--uncovered") == 0)
            r->uncovered = true;
        else if (strcmp(argv[i], "--at-least") == 0 && i + 1 < argc)
            r->at_least = atof(argv[++i]);
        else if (strcmp(argv[i], "--read") == 0 && i + 1 < argc)
            r->read = true, r->hold = atof(argv[++i]);
        else if (argv[i][0] == '-')
            return usage();
        else if (any = true, !add_path(r, argv[i], true))
            fine = false;
    }
    if (!any) fine = add_path(r, "knowledge", true) && add_path(r, "test/spec", true);
    return fine;
}

/* ---- the whole ---- */

static bool open_coder(struct run *r)
{
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1};
    dt_error err;
    const dt_model_options with = {.size = sizeof with, .events = r->read ? NULL : "none"};
    dt_status st = dt_model_open(&with, &r->model, &err);
    if (st == DT_OK) st = dt_coder_new(r->model, &options, &r->coder, &err);
    if (st != DT_OK) (void)fprintf(stderr, "spec: %s\n", err.text);
    return st == DT_OK;
}

static void conclude(struct run *r)
{
    if (r->uncovered) coverage_list_uncovered(&r->coverage);
    if (r->table) coverage_table(&r->coverage);
    if (r->coverage.wrong) r->n_wrong++;
    if (coverage_share(&r->coverage) < r->at_least) {
        r->n_failed++;
        (void)printf("%.1f %% of the triggers are covered: less than %.1f %%\n",
                     coverage_share(&r->coverage), r->at_least);
    }
    (void)printf("%u examples, %u expectations, %u known misses: %u fail, %u misses work now, "
                 "%u lines are wrong\n",
                 r->n_examples, r->n_expected, r->n_misses, r->n_failed, r->n_promoted, r->n_wrong);
}

static bool enough_hold(const struct run *r)
{
    double share = r->n_expected != 0 ? 100.0 - 100.0 * r->n_failed / r->n_expected : 100;
    (void)printf("with the reader %.1f %% hold, of at least %.1f %%\n", share, r->hold);
    return share >= r->hold && r->n_wrong == 0;
}

int main(int argc, char **argv)
{
    struct run r = {.n_files = 0};
    int status = 2;
    if (read_call(&r, argc, argv) && open_coder(&r)) {
        if (r.table || r.uncovered || r.at_least > 0)
            coverage_read(&r.coverage, r.files, r.n_files);
        for (size_t i = 0; i < r.n_files; i++)
            run_file(&r, &r.files[i]);
        conclude(&r);
        status = r.read ? !enough_hold(&r) : r.n_failed + r.n_promoted + r.n_wrong != 0;
    }
    coverage_free(&r.coverage);
    for (size_t i = 0; i < r.n_files; i++)
        spec_file_free(&r.files[i]);
    free(r.files);
    dt_coder_free(r.coder);
    dt_model_close(r.model);
    return status;
}
