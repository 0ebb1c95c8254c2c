/* wanted.c - see wanted.h. Records claim events by augmenting paths: one that fits several gives
 * way to one that fits a single event only. */
#include "wanted.h"

#include "attribute.h"

#include <stdlib.h>

static const char *text_of(const json_t *thing, const char *key)
{
    const char *text = json_string_value(json_object_get(thing, key));
    return text != NULL ? text : "";
}

bool event_is_actual(const json_t *event)
{
    return strcmp(text_of(event, "status"), "actual") == 0;
}

/* ---- reading ---- */

static bool is_status(struct view word)
{
    static const char *const known[] = {"actual",       "planned", "threatened",
                                        "hypothetical", "negated", "historical"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (view_is(word, known[i])) return true;
    return false;
}

static bool is_digit(struct view word)
{
    return word.len != 0 && word.at[0] >= '0' && word.at[0] <= '9';
}

/* The words that stand before the attributes. */
struct head {
    struct view source, arrow, target, code, date, status;
    const char *fault;
};

static struct head head_of(struct view record)
{
    struct head h = {.status = view_of("actual"), .date = view_of("")};
    struct view word;
    if (!view_next(&record, " ", &h.source) || !view_next(&record, " ", &h.arrow) ||
        !view_next(&record, " ", &h.target) || !view_next(&record, " ", &h.code) ||
        (!view_is(h.arrow, "->") && !view_is(h.arrow, "<->")) || !is_digit(h.code))
        h.fault = "SOURCE -> TARGET CODE";
    while (h.fault == NULL && view_next(&record, " ", &word)) {
        if (is_digit(word))
            h.date = word;
        else if (is_status(word))
            h.status = word;
        else
            h.fault = "a date, a status or NAME=VALUE behind SOURCE -> TARGET CODE";
    }
    return h;
}

const char *wanted_fault(struct wanted *w)
{
    struct attribute a;
    w->attributes = attribute_begin(&w->record);
    const char *fault = head_of(w->record).fault;
    struct view rest = w->attributes;
    while (fault == NULL && attribute_next(&rest, &a))
        fault = attribute_fault(&a);
    return fault == NULL && view_trim(rest).len != 0 ? "NAME=VALUE" : fault;
}

/* ---- comparing ---- */

/* "RUS+USA", "---" for nobody. */
static void put_side(const json_t *list, FILE *out)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        (void)fprintf(out, "%s%s", i != 0 ? "+" : "", text_of(json_array_get(list, i), "code"));
    if (json_array_size(list) == 0) (void)fprintf(out, "---");
}

static bool side_is(struct view wanted, const json_t *list)
{
    if (json_array_size(list) == 0) return view_is(wanted, "---");
    struct view one;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!view_next(&wanted, "+", &one) ||
            !view_is(one, text_of(json_array_get(list, i), "code")))
            return false;
    return wanted.len == 0;
}

static bool record_fits(const struct wanted *w, const json_t *event, const char *text)
{
    struct head h = head_of(w->record);
    struct view rest = w->attributes;
    struct attribute a;
    bool both = json_is_true(json_object_get(event, "reciprocal"));
    if (!side_is(h.source, json_object_get(event, "source")) ||
        !side_is(h.target, json_object_get(event, "target")) || both != view_is(h.arrow, "<->") ||
        !view_is(h.code, text_of(event, "cameo")) || !view_is(h.status, text_of(event, "status")) ||
        (h.date.len != 0 && !view_is(h.date, text_of(event, "date"))))
        return false;
    while (attribute_next(&rest, &a))
        if (!attribute_holds(&a, event, text)) return false;
    return true;
}

static size_t claimed_by(const struct wanted *all, size_t n, size_t event)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].event == event) return i;
    return n;
}

/* Finds an event for record i, moving others to other events that fit them. `tried` keeps the walk
 * from coming back to an event. */
static bool claim_one(struct wanted *all, size_t n, size_t i, const struct answer *a, bool *tried)
{
    const json_t *events = answer_list(a, "events");
    for (size_t k = 0; k < json_array_size(events); k++) {
        if (tried[k] || !record_fits(&all[i], json_array_get(events, k), a->example->text))
            continue;
        tried[k] = true;
        size_t owner = claimed_by(all, n, k);
        if (owner != n && !claim_one(all, n, owner, a, tried)) continue;
        all[i].event = k;
        return true;
    }
    return false;
}

bool wanted_claim(struct wanted *all, size_t n, const struct answer *a)
{
    size_t n_events = json_array_size(answer_list(a, "events"));
    bool *tried = malloc(n_events + 1), holds = tried != NULL;
    for (size_t i = 0; i < n; i++)
        all[i].event = (size_t)NO_EVENT;
    for (size_t i = 0; i < n && tried != NULL; i++) {
        memset(tried, 0, n_events + 1);
        if (!claim_one(all, n, i, a, tried) && !all[i].miss) holds = false;
    }
    free(tried);
    return holds;
}

bool event_is_wanted(const struct wanted *all, size_t n, const struct answer *a, size_t event)
{
    return claimed_by(all, n, event) != n ||
           !event_is_actual(json_array_get(answer_list(a, "events"), event));
}

/* ---- showing ---- */

/* True when an earlier record names the same attribute. */
static bool shown_before(const struct wanted *all, size_t i, const struct attribute *a)
{
    struct attribute other;
    for (size_t k = 0; k < i; k++) {
        struct view rest = all[k].attributes;
        while (attribute_next(&rest, &other))
            if (view_same(other.name, a->name)) return true;
    }
    return false;
}

static void show_attributes(const struct wanted *all, size_t n, const json_t *event,
                            const char *text)
{
    struct attribute a;
    for (size_t i = 0; i < n; i++) {
        struct view rest = all[i].attributes;
        while (attribute_next(&rest, &a))
            if (!shown_before(all, i, &a)) attribute_show(&a, event, text, stdout);
    }
}

void events_show(const struct wanted *all, size_t n, const struct answer *a)
{
    const json_t *events = answer_list(a, "events");
    for (size_t k = 0; k < json_array_size(events); k++) {
        const json_t *event = json_array_get(events, k);
        (void)printf("    found     ");
        put_side(json_object_get(event, "source"), stdout);
        (void)printf(json_is_true(json_object_get(event, "reciprocal")) ? " <-> " : " -> ");
        put_side(json_object_get(event, "target"), stdout);
        const char *date = text_of(event, "date");
        (void)printf(" %s%s%s %s", text_of(event, "cameo"), *date != '\0' ? " " : "", date,
                     text_of(event, "status"));
        show_attributes(all, n, event, a->example->text);
        (void)printf("  (%s)\n", text_of(event, "frame"));
    }
    if (json_array_size(events) == 0) (void)printf("    found     no event\n");
}
