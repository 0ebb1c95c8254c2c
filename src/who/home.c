/* home.c - the country of people who act at home.
 *
 * "Police killed forty people", "unions called a strike": police, workers, students, crowds are
 * named without a country in a story that is about one. In: the actors of a story. Out: those of
 * such sectors that have no country get the one that the story names most, if it names it far more
 * than any other. Governments and armies are left alone: they act abroad. */
#include "who/home.h"

#include "know/sectors.h"

enum { LEAST_MENTIONS = 3 };

/* States only: an alliance or a region is nobody's home. */
bool home_is_state(const struct know *know, const char *country)
{
    const uint32_t id = country[0] != '\0' ? know_country(know, str_c(country)) : NONE;
    return id != NONE && !know->entities[id].region;
}

void home_count(const struct know *know, struct home_tally *t, const char *country)
{
    uint32_t i = 0;
    if (!home_is_state(know, country)) return;
    while (i < t->n && strcmp(t->country[i], country) != 0)
        i++;
    if (i == HOME_COUNTRIES) return;
    if (i == t->n) t->country[t->n++] = country;
    t->count[i]++;
    t->total++;
}

void home_count_actors(const struct know *know, struct home_tally *t, const struct who_layer *who)
{
    for (uint32_t i = 0; i < who->n_actors; i++)
        if (who->actors[i].kind != ACTOR_PRONOUN) home_count(know, t, who->actors[i].country);
}

const char *home_most(const struct home_tally *t, uint32_t least)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < t->n; i++)
        if (t->count[i] > t->count[best]) best = i;
    if (t->n == 0 || t->count[best] < least || t->count[best] * 3 < t->total * 2) return "";
    return t->country[best];
}

const char *home_code(struct arena *arena, const char *country, const char *code)
{
    const size_t n = strlen(country), m = strlen(code);
    char *whole = arena_array(arena, n + m + 1, 1);
    if (whole == NULL) return NULL;
    memcpy(whole, country, n);
    memcpy(whole + n, code, m);
    return whole;
}

bool who_at_home(const struct know *know, struct arena *arena, uint32_t dateline,
                 struct who_layer *who)
{
    struct home_tally t = {.n = 0};
    home_count_actors(know, &t, who);
    const char *home = home_most(&t, LEAST_MENTIONS);
    const char *written = dateline == NONE ? "" : know_z(know, know->entities[dateline].code);
    if (home[0] == '\0' && home_is_state(know, written)) home = written;
    for (uint32_t i = 0; home[0] != '\0' && i < who->n_actors; i++) {
        struct actor *a = &who->actors[i];
        if (a->country[0] != '\0' || a->code[0] == '\0') continue;
        if (a->inferred == INFERRED_NEVER) continue;
        if (!sector_has(know, a->sector, SECTOR_HOME)) continue;
        a->code = home_code(arena, home, a->code);
        if (a->code == NULL) return false;
        a->country = home;
        a->inferred = INFERRED_STORY;
    }
    return true;
}
