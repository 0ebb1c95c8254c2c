/* missing.h - what the knowledge lacks in a corpus: found story by story, counted over all. */
#ifndef DETENTE_MISSING_H
#define DETENTE_MISSING_H

#include "cli.h"

/* Name, the folder's file that its entries belong in, what it is. */
#define MISSING_KINDS(X)                                                                           \
    X(PERSON, "person", "actors/missing.txt", "persons whom nobody knows")                         \
    X(ORG, "org", "actors/missing.txt", "organisations that nobody knows")                         \
    X(TITLE, "title", "roles.txt", "nouns beside the name of an unknown person")                   \
    X(VERB, "verb", "frames/missing.txt", "verbs between two actors that no frame has")            \
    X(NOUN, "noun", "frames/missing.txt", "nouns between two actors that no frame has")

#define MISSING_ENUM(name, text, file, meaning) MISSING_##name,
enum missing_kind { MISSING_KINDS(MISSING_ENUM) MISSING_KIND_COUNT };

struct missing_kind_text {
    const char *name, *file, *meaning;
};
extern const struct missing_kind_text missing_kind_texts[MISSING_KIND_COUNT];

/* One thing that was met in a story. */
struct missing_item {
    enum missing_kind kind;
    struct text_piece {
        const char *at;
        size_t len;
    } text, hint, sentence; /* hint: a country near the name; the path to a verb's target; or "" */
    size_t count;           /* mentions in the story */
    bool party;             /* of a name: beside an event or another actor */
};

/* Text that grows; its bytes are freed with free(). */
struct text_out {
    char **at;
    size_t *len, *cap;
    bool failed;
};

/* Appends what is missing in a coded story (with trace) to `out`, to be read by missing_next(). */
void missing_find(const dt_doc *doc, const char *text, struct text_out *out);
/* The story's id and its items, one after the other; false at the end. */
bool missing_story(const char **at, const char *end, struct text_piece *id);
bool missing_next(const char **at, const char *end, struct missing_item *item);

/* ---- counts over all stories (tally.c) ---- */

enum { TALLY_EXAMPLES = 3, TALLY_HINTS = 4 };

struct tally_entry {
    enum missing_kind kind;
    char *text;
    size_t count, stories, party; /* mentions, stories, stories where it is a party */
    struct {
        char *id, *text;
    } examples[TALLY_EXAMPLES];
    struct {
        char text[16];
        size_t count;
    } hints[TALLY_HINTS];
};

/* A bounded table: where a corpus has more things than fit, those met least often are dropped. */
struct tally;

struct tally *tally_new(void); /* NULL: memory ran out */
void tally_free(struct tally *tally);
/* Adds the items of one story, as missing_find() wrote them. False: memory ran out. */
bool tally_story(struct tally *tally, const char *items, size_t len);
/* The entries, the commonest first; ties by text. They belong to the tally, which takes no more. */
const struct tally_entry *const *tally_rank(struct tally *tally, size_t *n);
/* The hint given most often, or "". */
const char *tally_hint(const struct tally_entry *entry);

#endif
