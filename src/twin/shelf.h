/* shelf.h - the sketches of all stories so far, and which stories have a shingle. */
#ifndef DETENTE_SHELF_H
#define DETENTE_SHELF_H

#include "twin/mapped.h"
#include "twin/sketch.h"

enum {
    SHELF_POSTINGS = 8, /* stories that are kept of a shingle; it is common where it has as many */
    SHELF_ID_MOST = 4096
};

/* A story on the shelf; its number is its place. */
struct shelf_story {
    struct sketch sketch; /* kept[] without the marks of `posted` */
    bool posted[SKETCH_MOST];
    uint32_t place, match,
        first;                 /* the story that it is a twin of, and the first of all; or NONE */
    uint32_t shared, compared; /* shingles of both samples */
    uint16_t kind, similarity; /* a dt_twin_kind; in 65535ths */
    struct str id;             /* borrowed until the next story is added */
};

struct shelf {
    struct mapped log, table;
    char *log_path, *table_path; /* "memory" where there is no file */
    size_t log_end;              /* bytes in use */
    uint64_t n_slots, n_used, n_stories, n_twins, n_cut /* bytes of a torn end that were cut off */;
};

/* path NULL: in memory. */
dt_status shelf_open(const char *path, struct shelf *out, dt_error *err);
dt_status shelf_close(struct shelf *s, dt_error *err);
/* Makes what was added safe against a crash of the machine; one of the program loses nothing. */
dt_status shelf_sync(struct shelf *s, dt_error *err);

/* Stories that were posted under the hash, in the order in which they came. */
size_t shelf_find(const struct shelf *s, uint64_t hash, uint32_t places[SHELF_POSTINGS]);
/* Asks for the memory that shelf_find() will read, */
void shelf_expect(const struct shelf *s, uint64_t hash);
/* and for that which shelf_read() will, of a place that shelf_find() gave. */
void shelf_expect_story(const struct shelf *s, uint32_t place);
/* The hashes under which a story's id and its whole text are posted. */
uint64_t shelf_id_hash(struct str id);
uint64_t shelf_whole_hash(const struct sketch *sketch);
/* Reads the story at a place that shelf_find() or a story gave. */
bool shelf_read(const struct shelf *s, uint32_t place, struct shelf_story *out);
/* Adds a story at the end and posts it; fills its place. */
dt_status shelf_add(struct shelf *s, struct shelf_story *story, dt_error *err);

#endif
