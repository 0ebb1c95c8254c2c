/* who_work.h - what the passes of who share while one story is read.
 *
 * name_sense.h says which names stand where and what they mean (finds), compose.h joins them to
 * noun phrases (units), refer.h walks through the story once more and appends the actors, with
 * pronouns and descriptions. All arrays lie in the arena of the document. */
#ifndef DETENTE_WHO_WORK_H
#define DETENTE_WHO_WORK_H

#include "where/where.h"
#include "who/who.h"

struct who_work {
    const struct tree *tree;
    const struct know *know; /* the tree's, like the text and its words */
    const struct text_layer *text;
    const struct word *words;
    const struct lang_layer *lang; /* for its names */
    const struct match_layer *matches;
    const struct where_layer *where;
    struct arena *arena;
    int32_t day;
    struct name_find *finds;
    size_t n_finds, finds_cap;
    uint32_t *find_at;  /* token -> the find that covers it, or NONE */
    uint32_t *name_at;  /* token -> the name that lang saw there, or NONE */
    uint32_t *place_at; /* token -> the place of `where` that begins there, or NONE */
    uint32_t dateline;  /* entity of the country of the story's dateline, or NONE */
    uint32_t *seen;     /* open table of entities (index + 1) that surely occur in the story */
    uint32_t seen_mask;
    uint64_t *surnames; /* open table: hashes of the last words of full names that lang saw */
    uint32_t surnames_mask;
    struct unit *units;
    size_t n_units, units_cap;
    uint32_t *unit_at;   /* token -> the unit that begins there, or NONE */
    uint32_t *modifiers; /* finds; each unit has a range of them */
    size_t n_modifiers, modifiers_cap;
    struct actor *actors;
    struct memory *memories; /* one an actor */
    size_t n_actors, actors_cap, memories_cap;
    struct chain_slot *chains;
    uint32_t chain_mask, n_chain_keys, n_chains;
    uint32_t n_open;    /* pronouns that wait for a subject behind them */
    uint8_t *genders;   /* chain -> 'm', 'f' or 0 */
    size_t genders_cap; /* all of its places are zeroed */
    uint32_t *actor_at; /* as in who_layer */
    bool failed;        /* memory ran out */
};

#endif
