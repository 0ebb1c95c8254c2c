/* boiler.c - recognises short paragraphs of boilerplate by their wording.
 *
 * In: a paragraph, the rules of the base (knowledge/boilerplate.txt). Out: whether it is one that
 * pages and wires add to stories. The lower-case text of short paragraphs is compared with the
 * rules one by one. */
#include "text/boiler.h"

enum { BOILER_BYTES = 240, BRIEF_BYTES = 60 };

static bool rule_fits(enum boiler_kind kind, const char *rule, const char *low, size_t len)
{
    if (kind == BOILER_ANYWHERE) return strstr(low, rule) != NULL;
    if (kind == BOILER_BRIEF && len > BRIEF_BYTES) return false;
    return low[0] == rule[0] && str_starts(str_of(low, len), str_c(rule));
}

bool boiler_match(const struct boiler_rules *rules, struct str paragraph)
{
    char low[BOILER_BYTES + 1];
    if (paragraph.len == 0 || paragraph.len > BOILER_BYTES) return false;
    for (size_t i = 0; i < paragraph.len; i++) {
        const char c = paragraph.at[i];
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c == '\0' ? ' ' : c);
    }
    low[paragraph.len] = '\0';
    for (uint32_t i = 0; i < rules->n; i++) {
        const struct boiler_rule *rule = &rules->rules[i];
        if (rule_fits((enum boiler_kind)rule->kind, rules->pool + rule->text, low, paragraph.len))
            return true;
    }
    return false;
}
