/* shelf.c - the sketches of all stories, on disk or in memory, and the table of shingles.
 *
 * Two files. FILE is the log: a header, then a record a story with a checksum, only ever appended.
 * FILE.table says which stories have a shingle: open-addressed slots of a piece of its hash and a
 * story's place; it can be made again from the log, and is, where it was not closed in order or had
 * to grow. Both are mapped, so that the memory in use is the system's cache of them. A record whose
 * checksum is wrong ends the log: what is behind it was being written when the machine stopped, and
 * is cut off; damage far from the end is an error. Adding: as many probes as the story has kept
 * shingles. A shingle keeps its first SHELF_POSTINGS stories. */
#include "twin/shelf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/index.h"

enum {
    HEAD = 64,
    UNIT = 8, /* records begin at multiples of it; a place is a multiple */
    KEPT_BYTES = 6,
    FIXED = 56, /* bytes of a record before the kept shingles */
    RECORD_MOST = FIXED + SKETCH_MOST * KEPT_BYTES + SKETCH_NUMBERS * 2 + SHELF_ID_MOST + UNIT,
    TORN_MOST = 1 << 20, /* a torn end is not longer */
    LOG_STEP = 1 << 22,
    LEAST_SLOTS = 1 << 14,
    LINE = 64,          /* bytes that memory gives at once */
    LINES_EXPECTED = 10 /* of a record: most have as many, or fewer */
};

static const char log_magic[8] = "DTTWIN1";
static const char table_magic[8] = "DTTWIT1";
static const uint32_t byte_order = 0x01020304;
static const uint64_t posted_bit = UINT64_C(1) << SKETCH_BITS;

/* The head of both files; the table's tells how much of the log it covers. */
struct shelf_head {
    char magic[8];
    uint32_t byte_order, clean;
    uint64_t covered, n_slots, n_used, n_stories, n_twins, unused;
};

struct slot {
    uint32_t tag, place; /* 0: free */
};

/* What stands before the shingles of a record. */
struct record_head {
    uint32_t len, check; /* of the whole record; of what is behind the two */
    uint32_t match, first, shared, compared;
    uint16_t kind, similarity, n_kept, n_numbers, id_len, flags;
    uint32_t n_shingles, publisher;
    int32_t day;
    uint64_t whole;
};

_Static_assert(sizeof(struct shelf_head) == HEAD, "the heads of both files have 64 bytes");
_Static_assert(sizeof(struct record_head) == FIXED, "the head of a record has 56 bytes");

/* ---- the table ---- */

static uint64_t spread(uint64_t h)
{
    h = (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ h >> 32) * UINT64_C(0x94D049BB133111EB);
    return h ^ h >> 29;
}

static struct slot *slots_of(const struct shelf *s)
{
    return (struct slot *)(void *)(s->table.at + HEAD);
}

/* Where the search for a hash begins: its upper half as a share of the table. */
static uint64_t slot_at(const struct shelf *s, uint64_t mixed)
{
    return (mixed >> 32) * s->n_slots >> 32;
}

size_t shelf_find(const struct shelf *s, uint64_t hash, uint32_t places[SHELF_POSTINGS])
{
    const struct slot *slots = slots_of(s);
    uint64_t mixed = spread(hash);
    size_t n = 0;
    uint64_t left = s->n_slots; /* a damaged table may be full */
    for (uint64_t i = slot_at(s, mixed); left-- != 0 && slots[i].place != 0 && n < SHELF_POSTINGS;
         i = i + 1 == s->n_slots ? 0 : i + 1)
        if (slots[i].tag == (uint32_t)mixed) places[n++] = slots[i].place;
    return n;
}

/* A search goes on for a few slots: often into the next line. */
void shelf_expect(const struct shelf *s, uint64_t hash)
{
    const struct slot *slot = slots_of(s) + slot_at(s, spread(hash));
    PREFETCH(slot);
    PREFETCH(slot + LINE / sizeof *slot / 2);
}

static void post(struct shelf *s, uint64_t hash, uint32_t place)
{
    struct slot *slots = slots_of(s);
    uint64_t mixed = spread(hash), i = slot_at(s, mixed), left = s->n_slots;
    for (size_t n = 0; slots[i].place != 0; i = i + 1 == s->n_slots ? 0 : i + 1)
        if (left-- == 0)
            return;
        else if (slots[i].tag == (uint32_t)mixed && ++n == SHELF_POSTINGS)
            return;
    slots[i] = (struct slot){(uint32_t)mixed, place};
    s->n_used++;
}

uint64_t shelf_id_hash(struct str id)
{
    return str_hash_seed(id, 1) | UINT64_C(1) << 63;
}

uint64_t shelf_whole_hash(const struct sketch *sketch)
{
    return spread(sketch->whole) | UINT64_C(1) << 63;
}

/* ---- records ---- */

static uint32_t check_of(const unsigned char *record, size_t len)
{
    return (uint32_t)str_hash_seed(str_of((const char *)record + 8, len - 8), 17);
}

static size_t record_length(const struct record_head *h)
{
    size_t n = FIXED + (size_t)h->n_kept * KEPT_BYTES + (size_t)h->n_numbers * 2 + h->id_len;
    return (n + UNIT - 1) / UNIT * UNIT;
}

/* The record at the byte is whole; *head is filled. */
static bool record_whole(const struct shelf *s, size_t at, struct record_head *head)
{
    if (s->log.len - at < FIXED) return false;
    memcpy(head, s->log.at + at, sizeof *head);
    if (head->n_kept > SKETCH_MOST || head->n_numbers > SKETCH_NUMBERS ||
        head->id_len > SHELF_ID_MOST || head->len != record_length(head))
        return false;
    return head->len <= s->log.len - at && head->check == check_of(s->log.at + at, head->len);
}

static uint64_t kept_at(const unsigned char *at)
{
    uint64_t value = 0;
    memcpy(&value, at, KEPT_BYTES);
    return value;
}

bool shelf_read(const struct shelf *s, uint32_t place, struct shelf_story *out)
{
    struct record_head h;
    size_t at = (size_t)place * UNIT;
    if (place < HEAD / UNIT || at >= s->log_end || s->log_end - at < FIXED) return false;
    memcpy(&h, s->log.at + at, sizeof h);
    if (h.n_kept > SKETCH_MOST || h.n_numbers > SKETCH_NUMBERS || h.len != record_length(&h) ||
        h.len > s->log_end - at)
        return false;
    const unsigned char *rest = s->log.at + at + FIXED;
    out->sketch.whole = h.whole;
    out->sketch.n_shingles = h.n_shingles;
    out->sketch.flags = h.flags;
    out->sketch.day = h.day;
    out->sketch.publisher = h.publisher;
    out->sketch.n_kept = h.n_kept;
    out->sketch.n_numbers = h.n_numbers;
    for (size_t i = 0; i < h.n_kept; i++, rest += KEPT_BYTES) {
        uint64_t value = kept_at(rest);
        out->sketch.kept[i] = value & ~posted_bit;
        out->posted[i] = (value & posted_bit) != 0;
    }
    memcpy(out->sketch.numbers, rest, (size_t)h.n_numbers * 2);
    out->id = str_of((const char *)rest + (size_t)h.n_numbers * 2, h.id_len);
    out->place = place;
    out->match = h.match;
    out->first = h.first;
    out->shared = h.shared;
    out->compared = h.compared;
    out->kind = h.kind;
    out->similarity = h.similarity;
    return true;
}

void shelf_expect_story(const struct shelf *s, uint32_t place)
{
    const unsigned char *at = s->log.at + (size_t)place * UNIT;
    for (size_t i = 0; i < LINES_EXPECTED; i++)
        PREFETCH(at + i * LINE);
}

static void put_record(struct shelf *s, const struct shelf_story *story)
{
    struct record_head h = {.match = story->match, .first = story->first};
    unsigned char *at = s->log.at + s->log_end, *rest = at + FIXED;
    h.shared = story->shared;
    h.compared = story->compared;
    h.kind = story->kind;
    h.similarity = story->similarity;
    h.n_kept = story->sketch.n_kept;
    h.n_numbers = story->sketch.n_numbers;
    h.id_len = (uint16_t)story->id.len;
    h.flags = (uint16_t)story->sketch.flags;
    h.n_shingles = story->sketch.n_shingles;
    h.publisher = story->sketch.publisher;
    h.day = story->sketch.day;
    h.whole = story->sketch.whole;
    h.len = (uint32_t)record_length(&h);
    for (size_t i = 0; i < h.n_kept; i++, rest += KEPT_BYTES) {
        uint64_t value = story->sketch.kept[i] | (story->posted[i] ? posted_bit : 0);
        memcpy(rest, &value, KEPT_BYTES);
    }
    memcpy(rest, story->sketch.numbers, (size_t)h.n_numbers * 2);
    if (story->id.len != 0) memcpy(rest + (size_t)h.n_numbers * 2, story->id.at, story->id.len);
    memcpy(at, &h, sizeof h);
    h.check = check_of(at, h.len);
    memcpy(at, &h, sizeof h);
    s->log_end += h.len;
}

static void post_story(struct shelf *s, const struct shelf_story *story)
{
    post(s, shelf_id_hash(story->id), story->place);
    if (story->sketch.n_kept != 0) post(s, shelf_whole_hash(&story->sketch), story->place);
    for (size_t i = 0; i < story->sketch.n_kept; i++)
        if (story->posted[i]) post(s, story->sketch.kept[i], story->place);
    s->n_stories++;
    s->n_twins += story->match != NONE;
}

/* ---- making and growing the table ---- */

static dt_status make_table(struct shelf *s, uint64_t n_slots, dt_error *err)
{
    struct shelf_head head = {.byte_order = byte_order, .n_slots = n_slots};
    dt_status st = mapped_cut(&s->table, s->table_path, 0, err);
    if (st == DT_OK && s->table.fd < 0) mapped_close(&s->table);
    if (st == DT_OK)
        st = mapped_grow(&s->table, s->table_path, HEAD + n_slots * sizeof(struct slot), err);
    if (st != DT_OK) return st;
    memcpy(head.magic, table_magic, sizeof head.magic);
    memcpy(s->table.at, &head, sizeof head);
    s->n_slots = n_slots;
    s->n_used = s->n_stories = s->n_twins = 0;
    return DT_OK;
}

static bool is_full(const struct shelf *s)
{
    return s->n_used + SKETCH_MOST + 2 > s->n_slots - s->n_slots / 4;
}

/* Posts the stories of the log from the byte on; stops where the table is full or a record is not
 * whole. */
static size_t post_from(struct shelf *s, size_t at)
{
    struct record_head head;
    struct shelf_story story;
    while (at < s->log_end && !is_full(s) && record_whole(s, at, &head)) {
        if (!shelf_read(s, (uint32_t)(at / UNIT), &story)) break;
        post_story(s, &story);
        at += head.len;
    }
    return at;
}

/* Makes a table of at least n_slots and posts all stories; *end: where the log's whole records
 * end. */
static dt_status rebuild(struct shelf *s, uint64_t n_slots, size_t *end, dt_error *err)
{
    for (;; n_slots += n_slots / 2) {
        dt_status st = make_table(s, n_slots, err);
        if (st != DT_OK) return st;
        *end = post_from(s, HEAD);
        if (!is_full(s)) return DT_OK;
    }
}

static void write_head(struct shelf *s, bool clean)
{
    struct shelf_head head = {.byte_order = byte_order, .clean = clean, .covered = s->log_end};
    memcpy(head.magic, table_magic, sizeof head.magic);
    head.n_slots = s->n_slots;
    head.n_used = s->n_used;
    head.n_stories = s->n_stories;
    head.n_twins = s->n_twins;
    memcpy(s->table.at, &head, sizeof head);
}

dt_status shelf_add(struct shelf *s, struct shelf_story *story, dt_error *err)
{
    size_t end;
    dt_status st = DT_OK;
    if (s->log_end + RECORD_MOST > s->log.len) {
        size_t step = s->log.len / 8 > LOG_STEP ? s->log.len / 8 : LOG_STEP;
        st = mapped_grow(&s->log, s->log_path, s->log_end + RECORD_MOST + step, err);
    }
    if (st == DT_OK && (s->log_end + RECORD_MOST) / UNIT >= NONE)
        st = err_set(err, DT_E_STORE, 0, "%s is full: it holds %llu stories", s->log_path,
                     (unsigned long long)s->n_stories);
    if (st == DT_OK && is_full(s)) st = rebuild(s, s->n_slots + s->n_slots / 2, &end, err);
    if (st != DT_OK) return st;
    story->place = (uint32_t)(s->log_end / UNIT);
    put_record(s, story);
    post_story(s, story);
    return DT_OK;
}

/* ---- opening ---- */

static char *joined(const char *path, const char *suffix)
{
    size_t n = strlen(path) + strlen(suffix) + 1;
    char *out = malloc(n);
    if (out != NULL) (void)snprintf(out, n, "%s%s", path, suffix);
    return out;
}

static dt_status begin_log(struct shelf *s, dt_error *err)
{
    struct shelf_head head = {.byte_order = byte_order};
    dt_status st = mapped_grow(&s->log, s->log_path, HEAD, err);
    if (st != DT_OK) return st;
    memcpy(head.magic, log_magic, sizeof head.magic);
    memcpy(s->log.at, &head, sizeof head);
    s->log_end = HEAD;
    return DT_OK;
}

/* The head of a log that was being made when the machine stopped is the front of one, or 0. */
static bool is_torn_head(const struct mapped *log)
{
    struct shelf_head head = {.byte_order = byte_order};
    memcpy(head.magic, log_magic, sizeof head.magic);
    const unsigned char *wanted = (const unsigned char *)&head;
    if (log->len > HEAD) return false;
    for (size_t i = 0; i < log->len; i++)
        if (log->at[i] != wanted[i] && log->at[i] != 0) return false;
    return true;
}

static dt_status check_log(struct shelf *s, dt_error *err)
{
    struct shelf_head head;
    if (is_torn_head(&s->log)) return begin_log(s, err);
    if (s->log.len >= HEAD) memcpy(&head, s->log.at, sizeof head);
    if (s->log.len < HEAD || memcmp(head.magic, log_magic, sizeof log_magic) != 0)
        return err_set(err, DT_E_STORE, 0, "%s is no index of twins; give a new file", s->log_path);
    if (head.byte_order != byte_order)
        return err_set(err, DT_E_STORE, 0, "%s was made on a machine of another byte order",
                       s->log_path);
    s->log_end = s->log.len;
    return DT_OK;
}

/* The table that was closed in order covers the log up to here; 0: it must be made again. */
static size_t table_covers(struct shelf *s)
{
    struct shelf_head head;
    if (s->table.len < HEAD) return 0;
    memcpy(&head, s->table.at, sizeof head);
    if (memcmp(head.magic, table_magic, sizeof table_magic) != 0 || head.byte_order != byte_order ||
        head.clean != 1 || head.covered > s->log.len || head.covered < HEAD ||
        head.n_slots < LEAST_SLOTS || head.n_slots != (s->table.len - HEAD) / sizeof(struct slot) ||
        head.n_used > head.n_slots - head.n_slots / 4)
        return 0;
    s->n_slots = head.n_slots;
    s->n_used = head.n_used;
    s->n_stories = head.n_stories;
    s->n_twins = head.n_twins;
    return (size_t)head.covered;
}

/* Bytes of 0 at the end were room, and never a record. */
static size_t without_room(const struct mapped *log, size_t from)
{
    size_t end = log->len;
    while (end > from && log->at[end - 1] == 0)
        end--;
    return end;
}

static dt_status cut_torn(struct shelf *s, size_t end, dt_error *err)
{
    size_t used = without_room(&s->log, end);
    if (used - end > TORN_MOST)
        return err_set(err, DT_E_STORE, end,
                       "%s is damaged at byte %zu, %zu bytes before its end: give a new file, and "
                       "read the stories again",
                       s->log_path, end, used - end);
    s->n_cut = used - end;
    s->log_end = end;
    memset(s->log.at + end, 0, used - end);
    return DT_OK;
}

static dt_status load(struct shelf *s, dt_error *err)
{
    size_t covered = table_covers(s), end = covered;
    dt_status st = DT_OK;
    if (covered != 0) end = post_from(s, covered);
    if (covered == 0 || is_full(s)) st = rebuild(s, LEAST_SLOTS, &end, err);
    if (st == DT_OK) st = cut_torn(s, end, err);
    if (st == DT_OK) write_head(s, false);
    return st;
}

dt_status shelf_open(const char *path, struct shelf *out, dt_error *err)
{
    struct shelf s = {0};
    dt_status st = DT_OK;
    mapped_memory(&s.log);
    mapped_memory(&s.table);
    s.log_path = joined(path != NULL ? path : "memory", "");
    s.table_path = joined(path != NULL ? path : "memory", path != NULL ? ".table" : "");
    if (s.log_path == NULL || s.table_path == NULL) st = err_nomem(err);
    if (st == DT_OK && path != NULL) st = mapped_open(path, &s.log, err);
    if (st == DT_OK) st = check_log(&s, err); /* before a file is made beside a foreign one */
    if (st == DT_OK && path != NULL) st = mapped_open(s.table_path, &s.table, err);
    if (st == DT_OK) st = load(&s, err);
    if (st != DT_OK) {
        mapped_close(&s.log);
        mapped_close(&s.table);
        free(s.log_path);
        free(s.table_path);
        s = (struct shelf){.log.fd = -1, .table.fd = -1};
    }
    *out = s;
    return st;
}

dt_status shelf_sync(struct shelf *s, dt_error *err)
{
    return mapped_sync(&s->log, s->log_path, err);
}

dt_status shelf_close(struct shelf *s, dt_error *err)
{
    dt_status st = DT_OK;
    if (s->log.at != NULL) st = mapped_cut(&s->log, s->log_path, s->log_end, err);
    if (st == DT_OK) st = mapped_sync(&s->log, s->log_path, err);
    if (st == DT_OK) st = mapped_sync(&s->table, s->table_path, err);
    if (st == DT_OK && s->table.at != NULL) {
        write_head(s, true); /* last: what it vouches for is on the disk */
        st = mapped_sync(&s->table, s->table_path, err);
    }
    mapped_close(&s->log);
    mapped_close(&s->table);
    free(s->log_path);
    free(s->table_path);
    *s = (struct shelf){.log.fd = -1, .table.fd = -1};
    return st;
}
