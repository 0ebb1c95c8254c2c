/* attribute.c - see attribute.h. */
#include "attribute.h"

#include <math.h>
#include <stdlib.h>

/* How an attribute of an event finds its values. */
#define EVENT_ATTRIBUTES(X)                                                                        \
    X("place", "place", PLACE)       /* place=Istanbul; none: no place in the text */              \
    X("by", "attribution.code", BY)  /* by=RUSMED, or its name: by="TASS" */                       \
    X("quantity", "quantities", QUANTITY)   /* quantity=6 hour */                                  \
    X("operators", "operators", WHOLE_LIST) /* operators=do,refuse: all of them */                 \
    X("context", "contexts", WHOLE_LIST)    /* context=diplomatic */                               \
    X("trigger", "", TRIGGER)               /* trigger=lift sanctions: the words that name it */   \
    X("mentions", "mentions", COUNT)        /* mentions=3 */                                       \
    X("sources", "source", COUNT)           /* sources=20 */                                       \
    X("targets", "target", COUNT)                                                                  \
    X("precision", "date_precision", FIELD) /* precision=week */                                   \
    X("date", "date", FIELD)                /* date=none */                                        \
    X("basis", "date_basis", FIELD)         /* basis=stated */                                     \
    X("date_end", "date_end", FIELD)                                                               \
    X("sentence", "sentence", FIELD)     /* sentence=1: the second */                              \
    X("confidence", "confidence", FIELD) /* confidence>=0.8 */                                     \
    X("goldstein", "goldstein", FIELD)                                                             \
    X("quad", "quad", FIELD)                                                                       \
    X("root", "root", FIELD)                                                                       \
    X("plover", "plover", FIELD)                                                                   \
    X("plover_score", "plover_score", FIELD)                                                       \
    X("mode", "mode", FIELD)                                                                       \
    X("frame", "frame", FIELD)

/* The parts of an event whose own fields an attribute may name: source.entity=person/xi-jinping. */
static const char *const event_part[] = {"source.", "target.", "place.", "attribution."};

enum how { FIELD, PLACE, BY, QUANTITY, WHOLE_LIST, TRIGGER, COUNT };

struct rule {
    const char *name, *path;
    enum how how;
};

#define EVENT_RULE(name, path, how) {name, path, how},
static const struct rule rules[] = {EVENT_ATTRIBUTES(EVENT_RULE)};

/* ---- reading ---- */

/* The length of "name=", "name>=" or "name<=" at the start of the text, or 0. */
static size_t attribute_head(struct view text, size_t *name_len, enum attribute_sign *sign)
{
    size_t n = 0;
    while (n < text.len &&
           ((text.at[n] >= 'a' && text.at[n] <= 'z') || text.at[n] == '.' || text.at[n] == '_'))
        n++;
    *name_len = n;
    struct view rest = view_from(text, n);
    *sign = view_begins(rest, ">=")   ? SIGN_AT_LEAST
            : view_begins(rest, "<=") ? SIGN_AT_MOST
                                      : SIGN_IS;
    if (n == 0 || (*sign == SIGN_IS && !view_begins(rest, "="))) return 0;
    return n + (*sign == SIGN_IS ? 1 : 2);
}

/* Where the next attribute begins behind a blank, or the end of the text. */
static size_t next_attribute(struct view text)
{
    size_t name_len;
    enum attribute_sign sign;
    for (size_t i = 0; i < text.len; i++)
        if ((i == 0 || text.at[i - 1] == ' ') &&
            attribute_head(view_from(text, i), &name_len, &sign) != 0)
            return i;
    return text.len;
}

struct view attribute_begin(struct view *text)
{
    size_t at = next_attribute(*text);
    struct view rest = view_from(*text, at);
    *text = view_trim((struct view){text->at, at});
    return rest;
}

bool attribute_next(struct view *rest, struct attribute *out)
{
    size_t name_len = 0;
    *rest = view_trim(*rest);
    size_t head = attribute_head(*rest, &name_len, &out->sign);
    if (head == 0) return false;
    out->name = (struct view){rest->at, name_len};
    struct view value = view_from(*rest, head);
    out->quoted = view_begins(value, "\"");
    size_t end = out->quoted ? view_find(view_from(value, 1), "\"") + 1 : next_attribute(value);
    out->value = out->quoted ? (struct view){value.at + 1, end - 1}
                             : view_trim((struct view){value.at, end});
    *rest = view_from(value, out->quoted && end < value.len ? end + 1 : end);
    return true;
}

/* ---- what is allowed ---- */

static const struct rule *rule_of(struct view name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (view_is(name, rules[i].name)) return &rules[i];
    return NULL;
}

static const char *value_fault(const struct attribute *a)
{
    char number[40], *end;
    if (a->value.len == 0) return "a value behind the sign";
    if (a->sign == SIGN_IS) return NULL;
    (void)strtod(view_copy(a->value, number, sizeof number), &end);
    return *end != '\0' ? "a number behind >= or <=" : NULL;
}

const char *attribute_fault(const struct attribute *a)
{
    if (rule_of(a->name) != NULL) return value_fault(a);
    for (size_t i = 0; i < sizeof event_part / sizeof *event_part; i++)
        if (view_begins(a->name, event_part[i])) return value_fault(a);
    return "an attribute of an event (doc/spec.md lists them)";
}

const char *attribute_fault_in(const struct attribute *a, const json_t *thing)
{
    char name[80];
    if (json_object_get(thing, view_copy(a->name, name, sizeof name)) == NULL)
        return "a field that annotate prints for it";
    return value_fault(a);
}

/* ---- comparing ---- */

/* Everything that one comparison needs, and where what was found is written, if anywhere. */
struct search {
    const struct attribute *wanted;
    FILE *out;
    size_t n;  /* values seen */
    bool fits; /* one of them is the wanted one */
};

static bool number_fits(const struct attribute *a, double found)
{
    char number[40], *end;
    double wanted = strtod(view_copy(a->value, number, sizeof number), &end);
    if (end == number || *end != '\0') return false;
    if (a->sign == SIGN_AT_LEAST) return found >= wanted - 1e-6;
    if (a->sign == SIGN_AT_MOST) return found <= wanted + 1e-6;
    return fabs(found - wanted) <= 1e-6 * (1 + fabs(wanted));
}

static void see_text(struct search *s, struct view found)
{
    if (s->out != NULL) (void)fprintf(s->out, "%s%.*s", s->n != 0 ? "," : "", VIEW(found));
    s->n++;
    if (s->wanted->sign == SIGN_IS && view_same(found, s->wanted->value)) s->fits = true;
}

static void see_number(struct search *s, double found)
{
    char text[40];
    (void)snprintf(text, sizeof text, "%.10g", found);
    see_text(s, view_of(text));
    if (number_fits(s->wanted, found)) s->fits = true;
}

static void see_leaf(struct search *s, const json_t *value)
{
    if (json_is_string(value)) see_text(s, view_of(json_string_value(value)));
    if (json_is_number(value)) see_number(s, json_number_value(value));
    if (json_is_boolean(value)) see_text(s, view_of(json_is_true(value) ? "yes" : "no"));
}

/* Follows the path, into every member of a list. */
static void see_path(struct search *s, const json_t *value, struct view path)
{
    char step[80];
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            see_path(s, json_array_get(value, i), path);
    } else if (path.len == 0) {
        see_leaf(s, value);
    } else {
        size_t dot = view_find(path, ".");
        (void)view_copy((struct view){path.at, dot}, step, sizeof step);
        see_path(s, json_object_get(value, step), view_from(path, dot < path.len ? dot + 1 : dot));
    }
}

/* The name of a place in the text: the country of a party is none. */
static void see_place(struct search *s, const json_t *place)
{
    const char *basis = json_string_value(json_object_get(place, "basis"));
    if (basis == NULL || strcmp(basis, "party") != 0) see_path(s, place, view_of("name"));
}

/* "6 hour"; with its kind where the wanted one has it, "killed 15 people" */
static void see_quantities(struct search *s, const json_t *list)
{
    struct view wanted = s->wanted->value;
    bool kinds = wanted.len != 0 && wanted.at[0] >= 'a' && wanted.at[0] <= 'z';
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *q = json_array_get(list, i);
        const char *unit = json_string_value(json_object_get(q, "unit"));
        const char *kind = json_string_value(json_object_get(q, "kind"));
        char text[160];
        (void)snprintf(text, sizeof text, "%s%s%.15g%s%s", kinds && kind != NULL ? kind : "",
                       kinds ? " " : "", json_number_value(json_object_get(q, "value")),
                       unit != NULL ? " " : "", unit != NULL ? unit : "");
        see_text(s, view_of(text));
    }
}

/* The members of the list are those of the value, "do,refuse", in this order; "operator/" is left
 * out. */
static void see_whole_list(struct search *s, const json_t *list)
{
    struct view rest = s->wanted->value, one;
    bool same = true;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct view member = view_of(json_string_value(json_array_get(list, i)));
        size_t slash = view_find(member, "/");
        if (slash < member.len) member = view_from(member, slash + 1);
        see_text(s, member);
        same = same && view_next(&rest, ",", &one) && view_same(one, member);
    }
    s->fits = same && s->n != 0 && view_trim(rest).len == 0;
}

static void see_trigger(struct search *s, const json_t *event, const char *text)
{
    size_t begin = (size_t)json_integer_value(json_object_get(event, "begin"));
    size_t end = (size_t)json_integer_value(json_object_get(event, "end"));
    if (end <= strlen(text) && begin < end) see_text(s, (struct view){text + begin, end - begin});
}

static void see_all(struct search *s, const json_t *thing, const char *text)
{
    const struct rule *rule = rule_of(s->wanted->name);
    const json_t *value = rule != NULL ? json_object_get(thing, rule->path) : NULL;
    switch (rule != NULL ? rule->how : FIELD) {
    case PLACE: see_place(s, value); break;
    case QUANTITY: see_quantities(s, value); break;
    case WHOLE_LIST: see_whole_list(s, value); break;
    case TRIGGER: see_trigger(s, thing, text); break;
    case COUNT: see_number(s, (double)json_array_size(value)); break;
    case BY:
        see_path(s, thing, view_of(s->wanted->quoted ? "attribution.name" : rule->path));
        break;
    case FIELD: see_path(s, thing, rule != NULL ? view_of(rule->path) : s->wanted->name); break;
    }
}

bool attribute_holds(const struct attribute *a, const json_t *thing, const char *text)
{
    struct search s = {.wanted = a};
    see_all(&s, thing, text);
    return view_is(a->value, "none") && !a->quoted ? s.n == 0 : s.fits;
}

void attribute_show(const struct attribute *a, const json_t *thing, const char *text, FILE *out)
{
    struct search s = {.wanted = a, .out = out};
    (void)fprintf(out, " %.*s=", VIEW(a->name));
    see_all(&s, thing, text);
    if (s.n == 0) (void)fprintf(out, "none");
}
