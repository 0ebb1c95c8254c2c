/* mention.c - see mention.h. */
#include "who/mention.h"

#include "who/metonym.h"
#include "who/phrase.h"

struct mention mention_new(uint32_t begin, uint32_t end, uint32_t head, uint8_t kind)
{
    return (struct mention){.begin = begin,
                            .end = end,
                            .head = head,
                            .code = "",
                            .country = "",
                            .name = "",
                            .entity = NONE,
                            .noun = NONE,
                            .kind = kind};
}

void mention_take_from(const struct who_work *w, struct mention *m, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    m->code = a->code;
    m->country = a->country;
    m->sector = a->sector;
    m->name = a->name;
    m->entity = a->entity_id;
    m->chain = a->chain;
    m->inferred = a->inferred;
    m->gender = w->memories[actor].gender;
}

bool actor_is_single_person(const struct actor *a)
{
    return (a->flags & ACTOR_PERSON) && !(a->flags & ACTOR_PLURAL);
}

const char *mention_text(struct who_work *w, uint32_t begin, uint32_t end)
{
    uint32_t from = w->text->tokens[begin].begin, to = w->text->tokens[end - 1].end;
    char *text = ARENA_NEW(w->arena, to - from + 1, char);
    size_t n = 0;
    if (text == NULL) {
        w->failed = true;
        return "";
    }
    /* a line end inside a name is a blank, and one is enough */
    for (uint32_t i = from; i < to; i++) {
        char c = w->text->text.at[i];
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            text[n++] = c;
        else if (n > 0 && text[n - 1] != ' ')
            text[n++] = ' ';
    }
    return text;
}

const char *mention_code(struct who_work *w, const char *country, const char *sector)
{
    if (sector == NULL || sector[0] == '\0') return country;
    size_t a = strlen(country), b = strlen(sector);
    const char *mark = strchr(sector, SECTOR_PLACE), *behind = mark != NULL ? mark + 1 : sector;
    size_t before = mark != NULL ? (size_t)(mark - sector) : 0;
    if (a == 0 && mark == NULL) return sector;
    char *code = ARENA_NEW(w->arena, a + b + 1, char);
    if (code == NULL) {
        w->failed = true;
        return "";
    }
    memcpy(code, sector, before);
    memcpy(code + before, country, a);
    memcpy(code + before + a, behind, strlen(behind) + 1);
    return code;
}

/* The sector as records have it: without the mark of the country's place, and NULL where none is.
 */
static const char *plain_sector(struct who_work *w, const char *sector)
{
    if (sector == NULL || sector[0] == '\0') return NULL;
    return strchr(sector, SECTOR_PLACE) == NULL ? sector : mention_code(w, "", sector);
}

/* ---- appending ---- */

static uint8_t modifier_flag(const struct who_work *w, const struct mention *m)
{
    uint8_t dep = w->words[m->head].dep;
    bool inside = dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_NMOD_POSS ||
                  phrase_possessive(w, m->end);
    return inside ? ACTOR_MODIFIER : 0;
}

/* Room for one more actor and what is remembered of it. */
static bool grow_actors(struct who_work *w)
{
    struct actor *actors = arena_grow(w->arena, w->actors, w->n_actors, w->n_actors + 1,
                                      &w->actors_cap, sizeof *actors);
    if (actors != NULL) w->actors = actors;
    struct memory *memories = arena_grow(w->arena, w->memories, w->n_actors, w->n_actors + 1,
                                         &w->memories_cap, sizeof *memories);
    if (memories != NULL) w->memories = memories;
    if (actors == NULL || memories == NULL) w->failed = true;
    return !w->failed;
}

static struct actor actor_of(struct who_work *w, const struct mention *m)
{
    const struct know *know = w->know;
    return (struct actor){.begin = w->text->tokens[m->begin].begin,
                          .end = w->text->tokens[m->end - 1].end,
                          .token_begin = m->begin,
                          .token_end = m->end,
                          .head = m->head,
                          .code = m->code,
                          .country = m->country,
                          .sector = plain_sector(w, m->sector),
                          .name = m->name,
                          .entity = m->entity != NONE ? know_z(know, know->entities[m->entity].key)
                                                      : NULL,
                          .entity_id = m->entity,
                          .chain = m->chain != 0 ? m->chain : ++w->n_chains,
                          .kind = m->kind,
                          .flags = m->flags | modifier_flag(w, m),
                          .inferred = m->inferred};
}

static struct memory memory_of(const struct who_work *w, const struct mention *m)
{
    bool person = (m->flags & ACTOR_PERSON) != 0;
    return (struct memory){.sentence = w->tree->sentence[m->head],
                           .noun = m->noun,
                           .gender = m->gender,
                           .subject = tree_is_subject(w->tree, m->head),
                           .placelike = !person && metonym_is_place(w, m->head)};
}

uint32_t mention_append(struct who_work *w, const struct mention *m, bool further)
{
    if (w->actor_at[m->head] != NONE && !further) return NONE;
    if (!grow_actors(w)) return NONE;
    w->actors[w->n_actors] = actor_of(w, m);
    w->memories[w->n_actors] = memory_of(w, m);
    if (w->actor_at[m->head] == NONE) w->actor_at[m->head] = (uint32_t)w->n_actors;
    return (uint32_t)w->n_actors++;
}
