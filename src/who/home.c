/* home.c - the country of people who act at home.
 *
 * "Police killed forty people", "unions called a strike": police, workers, students, crowds are
 * named without a country in a story that is about one. In: the actors of a story. Out: those of
 * such sectors that have no country get the one that the story names most, if it names it far more
 * than any other. Governments and armies are left alone: they act abroad. */
#include "who/home.h"

#include "know/sectors.h"

enum { MOST_COUNTRIES = 64, LEAST_MENTIONS = 3 };

struct tally {
    const char *country[MOST_COUNTRIES];
    uint32_t count[MOST_COUNTRIES];
    uint32_t n, total;
};

static void count_country(struct tally *t, const char *country)
{
    uint32_t i = 0;
    while (i < t->n && strcmp(t->country[i], country) != 0)
        i++;
    if (i == MOST_COUNTRIES) return;
    if (i == t->n) t->country[t->n++] = country;
    t->count[i]++;
    t->total++;
}

/* States only: an alliance or a region is nobody's home. */
static bool is_state(const struct know *know, const char *country)
{
    uint32_t id = country[0] != '\0' ? know_country(know, str_c(country)) : NONE;
    return id != NONE && !know->entities[id].region;
}

static const char *home_of(const struct know *know, const struct who_layer *who)
{
    struct tally t = {.n = 0};
    uint32_t best = 0;
    for (uint32_t i = 0; i < who->n_actors; i++) {
        const struct actor *a = &who->actors[i];
        if (a->kind != ACTOR_PRONOUN && is_state(know, a->country)) count_country(&t, a->country);
    }
    for (uint32_t i = 1; i < t.n; i++)
        if (t.count[i] > t.count[best]) best = i;
    if (t.n == 0 || t.count[best] < LEAST_MENTIONS || t.count[best] * 3 < t.total * 2) return NULL;
    return t.country[best];
}

bool who_at_home(const struct know *know, struct arena *arena, struct who_layer *who)
{
    const char *home = home_of(know, who);
    for (uint32_t i = 0; home != NULL && i < who->n_actors; i++) {
        struct actor *a = &who->actors[i];
        if (a->country[0] != '\0' || a->code[0] == '\0') continue;
        if (!sector_has(know, a->sector, SECTOR_HOME)) continue;
        size_t n = strlen(home), m = strlen(a->code);
        char *code = arena_array(arena, n + m + 1, 1);
        if (code == NULL) return false;
        memcpy(code, home, n);
        memcpy(code + n, a->code, m);
        a->code = code;
        a->country = home;
    }
    return true;
}
