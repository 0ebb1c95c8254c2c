/* record.c - reading the fields of records from the layers of a document; see record.h. */
#include "store/record.h"

#include <math.h>
#include <stdio.h>

#include "base/decimal.h"

/* ---- values ---- */

static struct value of_text(struct str text)
{
    return (struct value){.text = text};
}

static struct value of_z(const char *z)
{
    struct str text = z != NULL ? str_c(z) : (struct str){NULL, 0};
    return (struct value){.text = text, .terminated = true};
}

/* A text that is none when it is empty. */
static struct value of_given(const char *z)
{
    return of_z(z != NULL && z[0] != '\0' ? z : NULL);
}

/* A text of the knowledge's pool; 0 is none. */
static const char *full_code(const struct dt_doc *d, const struct actor *a, const char *code)
{
    return know_cameo(d->frames->know, a->entity_id, code);
}

static struct value of_pool(const struct dt_doc *d, uint32_t s)
{
    return of_z(s != 0 ? know_z(d->know, s) : NULL);
}

/* A dyad has an id of its own, in the document's memory. */
static struct value event_name(const struct record *r)
{
    const struct dt_doc *d = r->doc;
    const char *id = d->event_texts[r->i].id;
    if (r->dyad == NULL) return of_z(id);
    char *own = ARENA_NEW(d->copies->arena, EVENT_ID_SIZE + 24, char);
    if (own == NULL) return of_z(NULL);
    (void)snprintf(own, EVENT_ID_SIZE + 24, "%s.%u.%u%s", id, (unsigned)r->dyad->source_at,
                   (unsigned)r->dyad->target_at, r->dyad->turned ? "r" : "");
    return of_z(own);
}

static struct value event_frame(const struct dt_doc *d, const struct event *e)
{
    return e->frame != NONE ? of_pool(d, d->frames->records[e->frame].id) : of_z(NULL);
}

static struct str span_text(const struct dt_doc *d, struct span span)
{
    return str_cut(d->text.text, span.begin, span.end);
}

static struct value of_span(const struct dt_doc *d, uint32_t begin, uint32_t end)
{
    return of_text(span_text(d, (struct span){begin, end}));
}

static struct value of_index(uint32_t index)
{
    return (struct value){.index = index == NONE ? DT_NONE : index};
}

/* Offsets as those of the story as it was given, of the title or of the text. */
static struct value of_begin(const struct dt_doc *d, uint32_t at)
{
    return of_index(clean_given_begin(&d->text.map, at));
}

static struct value of_end(const struct dt_doc *d, uint32_t at)
{
    return of_index(clean_given_end(&d->text.map, at));
}

/* Numbers of sentences and paragraphs are those of the text; in the title there are none. */
static struct value of_sentence(const struct dt_doc *d, uint32_t sentence)
{
    const uint32_t n = d->text.n_title_sentences;
    return of_index(sentence >= n ? sentence - n : NONE);
}

static struct value of_paragraph(const struct dt_doc *d, uint32_t paragraph)
{
    const uint32_t n = d->text.n_title_paragraphs;
    return of_index(paragraph >= n ? paragraph - n : NONE);
}

/* The row of a sentence: the title's stand behind those of the text. */
static uint32_t sentence_row(const struct dt_doc *d, uint32_t sentence)
{
    const uint32_t n = d->text.n_title_sentences;
    return sentence >= n ? sentence - n : d->text.n_sentences - n + sentence;
}

static const struct sentence *sentence_of_row(const struct dt_doc *d, uint32_t row)
{
    const uint32_t n = d->text.n_title_sentences, n_text = d->text.n_sentences - n;
    return &d->text.sentences[row < n_text ? row + n : row - n_text];
}

/* A number of which 0 is none. */
static struct value of_number(uint32_t number)
{
    return of_index(number != 0 ? number : NONE);
}

static struct value of_real(double real)
{
    return (struct value){.real = real};
}

static struct value of_float(float real)
{
    return of_real(decimal_of_float(real));
}

static struct value of_bool(bool yes)
{
    return (struct value){.yes = yes};
}

static struct value of_title(const struct dt_doc *d, uint32_t at)
{
    return of_bool(clean_in_title(&d->text.map, at));
}

/* ---- what fields are read with ---- */

static const char *const record_actor_inferred[] = {NULL,    "place", "sentence",
                                                    "story", "event", NULL};
static const char *const record_actor_kind[] = {"by name",     "composed", "metonym",
                                                "description", "pronoun",  "unknown"};

static const struct event *event_of(const struct record *r)
{
    return &r->doc->what.events[r->i];
}

static struct str record_sentence(const struct dt_doc *d, uint32_t sentence)
{
    const struct sentence *s = &d->text.sentences[sentence];
    return str_cut(d->text.text, s->begin, s->end);
}

static const char *record_precision(uint8_t precision)
{
    switch (precision) {
    case 'd': return "day";
    case 'w': return "week";
    case 'm': return "month";
    case 'y': return "year";
    default: return NULL;
    }
}

/* Two decimals; what is less than certain does not read as certain. */
static double record_confidence(const struct event *e)
{
    double rounded = nearbyint((double)e->confidence * 100) / 100;
    return rounded >= 1 && e->confidence < 1 ? 0.99 : rounded;
}

/* The entry of the event's CAMEO code; one without a name where there is none. */
static const struct ontology_code *code_of(const struct record *r)
{
    static const struct ontology_code none;
    const struct ontology_code *code = ontology_find(r->doc->know, str_c(event_of(r)->cameo));
    return code != NULL ? code : &none;
}

static double plover_score(const struct record *r)
{
    const struct event *e = event_of(r);
    double score;
    if (e->plover == NULL) return NAN;
    return ontology_score(r->doc->know, str_c(e->plover), str_c(e->mode), &score) ? score : NAN;
}

/* The parties of one side; of a dyad one, or the one of the other side when it is turned. */
static struct range side_of(const struct record *r, bool target)
{
    const struct event *e = event_of(r);
    const struct dyad *dyad = r->dyad;
    if (dyad == NULL) return target ? e->target : e->source;
    uint32_t party = target != dyad->turned ? dyad->target : dyad->source;
    return party != NONE ? (struct range){party, party + 1} : (struct range){0, 0};
}

/* Number of an actor among those that are shown, or NONE. */
static uint32_t shown_actor(const struct dt_doc *d, uint32_t actor)
{
    uint32_t low = 0, high = d->n_shown_actors;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->shown_actors[middle] < actor)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->n_shown_actors && d->shown_actors[low] == actor ? low : NONE;
}

/* Pieces of "economic,legal". */
static uint32_t count_pieces(const char *list)
{
    uint32_t n = list[0] != '\0';
    for (; *list != '\0'; list++)
        n += *list == ',';
    return n;
}

static struct str piece_at(const char *list, uint32_t k)
{
    struct str rest = str_c(list), piece = {NULL, 0};
    while (str_next(&rest, ',', &piece) && k-- > 0) {
    }
    return piece;
}

/* The actor who answers for the event's claim, or NULL. */
static const struct actor *answering(const struct record *r)
{
    const struct event *e = event_of(r);
    return e->attribution != NONE ? &r->doc->who.actors[e->attribution] : NULL;
}

/* The words that name who answers, where they are no actor's. */
static struct span source_span(const struct record *r)
{
    const struct saying *s = &r->doc->said.sayings[event_of(r)->saying];
    return range_count(s->source) != 0 ? r->doc->said.pieces[s->source.begin] : (struct span){0, 0};
}

static const struct word *word_of(const struct record *r)
{
    return &r->doc->lang.words[r->i];
}

static uint32_t sentence_of(const struct record *r)
{
    uint32_t low = 0, high = r->doc->text.n_sentences;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (r->doc->text.sentences[middle].token_begin <= r->i)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t head_number(const struct record *r)
{
    uint32_t head = word_of(r)->head;
    if (head == NONE) return 0;
    return head - r->doc->text.sentences[sentence_of(r)].token_begin + 1;
}

/* The largest actor that stands inside the words that name a speaker. */
static const struct actor *actor_inside(const struct dt_doc *d, struct span words, uint32_t head)
{
    const struct actor *inner = NULL;
    uint32_t k = head;
    while (k > 0 && d->text.tokens[k - 1].begin >= words.begin)
        k--;
    for (; k < d->text.n_tokens && d->text.tokens[k].end <= words.end; k++) {
        if (d->who.actor_at[k] == NONE) continue;
        const struct actor *a = &d->who.actors[d->who.actor_at[k]];
        if (a->flags & ACTOR_BARE) continue;
        if (a->begin >= words.begin && a->end <= words.end &&
            (inner == NULL || a->end - a->begin > inner->end - inner->begin))
            inner = a;
    }
    return inner;
}

/* The actor whose words the saying reports, or NULL. */
static const struct actor *speaker_of(const struct record *r)
{
    const struct dt_doc *d = r->doc;
    const struct saying *s = &d->said.sayings[r->i];
    if (s->source_head == NONE) return NULL;
    uint32_t i = d->who.actor_at[s->source_head];
    if (i != NONE && !(d->who.actors[i].flags & ACTOR_BARE)) return &d->who.actors[i];
    return range_count(s->source) != 0
               ? actor_inside(d, d->said.pieces[s->source.begin], s->source_head)
               : NULL;
}

static struct value speaker_name(const struct record *r)
{
    const struct saying *s = &r->doc->said.sayings[r->i];
    const struct actor *a = speaker_of(r);
    if (a != NULL) return of_z(a->name);
    if (range_count(s->source) == 0) return of_z(NULL);
    return of_text(span_text(r->doc, r->doc->said.pieces[s->source.begin]));
}

/* Where the saying stands: its cue, or its first piece. */
static uint32_t quote_begin(const struct record *r)
{
    const struct saying *s = &r->doc->said.sayings[r->i];
    const struct range first = range_count(s->cue) != 0       ? s->cue
                               : range_count(s->content) != 0 ? s->content
                                                              : s->source;
    return range_count(first) != 0 ? r->doc->said.pieces[first.begin].begin : UINT32_MAX;
}

static struct value quote_words(const struct record *r)
{
    const struct range all = r->doc->said.sayings[r->i].content;
    const struct span *pieces = r->doc->said.pieces;
    if (range_count(all) == 0) return of_z(NULL);
    return of_span(r->doc, pieces[all.begin].begin, pieces[all.end - 1].end);
}

/* What a story's inferred day was worked out from. */
static struct value of_evidence(const struct dt_doc *d)
{
    const struct story_dating *x = &d->dating;
    return x->inferred ? of_span(d, x->evidence_begin, x->evidence_end) : of_z(NULL);
}

/* A field of the event that answers dt_classify(). */
static struct value of_relation(const struct record *r, struct value (*read)(const struct record *),
                                struct value none)
{
    const struct dt_doc *d = r->doc;
    if (d->relation >= d->what.n_events) return none;
    const struct record event = {.doc = d, .i = d->relation};
    return read(&event);
}

/* ---- rows: the `x` of fields.h ---- */

#define ROW_story             const struct dt_doc *x = d
#define ROW_run               const struct coder_run *x = d->run
#define ROW_relation          const struct dt_doc *x = d
#define ROW_sentence          const struct sentence *x = sentence_of_row(d, r->i)
#define ROW_token             const struct token *x = &d->text.tokens[r->i]
#define ROW_entity            const struct lang_entity *x = &d->lang.entities[r->i]
#define ROW_actor             const struct actor *x = &d->who.actors[d->shown_actors[r->i]]
#define ROW_time              const struct timex *x = &d->when.times[r->i]
#define ROW_place             const struct place *x = &d->where.places[d->shown_places[r->i]]
#define ROW_quantity          const struct quantity *x = &d->when.quantities[r->i]
#define ROW_quote             const struct saying *x = &d->said.sayings[r->i]
#define ROW_quote_content     ROW_quote
#define ROW_quote_cue         ROW_quote
#define ROW_quote_source      ROW_quote
#define ROW_event             const struct event *x = event_of(r)
#define ROW_event_source      const struct party *x = &d->what.parties[side_of(r, false).begin + r->k]
#define ROW_event_target      const struct party *x = &d->what.parties[side_of(r, true).begin + r->k]
#define ROW_event_context     ROW_event
#define ROW_event_attribution ROW_event
#define ROW_event_place       const struct know_place *x = &d->know->places[event_of(r)->place_id]
#define ROW_event_quantity                                                                         \
    const struct quantity *x =                                                                     \
        &d->when.quantities[d->what.quantities[event_of(r)->quantities.begin + r->k]]
#define ROW_event_mention                                                                          \
    const struct event_span *x = &d->what.mentions[event_of(r)->mentions.begin + r->k]
#define ROW_event_operator                                                                         \
    const struct applied_operator *x = &d->what.operators[event_of(r)->operators.begin + r->k]
#define ROW_reading const struct reading_note *x = &d->attempts.notes[r->i]
#define ROW_attempt const struct attempt *x = &d->attempts.attempts[r->i]

/* ---- one function a field, and the tables ---- */

#define READER_HEAD(kind, name) static struct value read_##kind##_##name(const struct record *r)

#define DECLARE_TEXT(kind, name)  READER_HEAD(kind, name);
#define DECLARE_INDEX(kind, name) READER_HEAD(kind, name);
#define DECLARE_REAL(kind, name)  READER_HEAD(kind, name);
#define DECLARE_BOOL(kind, name)  READER_HEAD(kind, name);
#define DECLARE_FLAG(kind, name)  READER_HEAD(kind, name);
#define DECLARE_ROWS(kind, name)
#define DECLARE_PART(kind, name)
#define DECLARE(kind, name, type, ...) DECLARE_##type(kind, name)
#define DECLARE_ALL(kind, fields, ...) fields(DECLARE)
RECORD_KINDS(DECLARE_ALL)

#define DEFINE_TEXT(kind, name, value)                                                             \
    READER_HEAD(kind, name)                                                                        \
    {                                                                                              \
        const struct dt_doc *d = r->doc;                                                           \
        ROW_##kind;                                                                                \
        (void)d, (void)x;                                                                          \
        return value;                                                                              \
    }
#define DEFINE_INDEX DEFINE_TEXT
#define DEFINE_REAL  DEFINE_TEXT
#define DEFINE_BOOL  DEFINE_TEXT
#define DEFINE_FLAG  DEFINE_TEXT
#define DEFINE_ROWS(kind, name, value)
#define DEFINE_PART(kind, name, value)
#define DEFINE(kind, name, type, in, csv, column, value, sentence) DEFINE_##type(kind, name, value)
#define DEFINE_ALL(kind, fields, ...)                              fields(DEFINE)
/* cppcheck-suppress unknownMacro ; it does not rescan what an expansion yields */
RECORD_KINDS(DEFINE_ALL)

enum { J = IN_JSON, D = IN_DB };

#define READ_TEXT(kind, name, value) .read = read_##kind##_##name
#define READ_INDEX                   READ_TEXT
#define READ_REAL                    READ_TEXT
#define READ_BOOL                    READ_TEXT
#define READ_FLAG                    READ_TEXT
#define READ_ROWS(kind, name, value) .rows = KIND_##value
#define READ_PART                    READ_ROWS
#define DESCRIBE(kind, name_, type_, in, csv, column_, value, sentence)                            \
    {.name = {#name_, sizeof #name_ - 1},                                                          \
     .key = {"\"" #name_ "\":", sizeof #name_ + 2},                                                \
     .column = column_,                                                                            \
     .type = TYPE_##type_,                                                                         \
     .uses = in,                                                                                   \
     READ_##type_(kind, name_, value)},

#define DESCRIBE_ALL(kind, fields, ...)                                                            \
    static const struct field kind##_fields[] = {fields(DESCRIBE)};
RECORD_KINDS(DESCRIBE_ALL)

#define COUNTER(kind, fields, shape, owner, layout, rows, sentence)                                \
    static size_t count_##kind(const struct record *r)                                             \
    {                                                                                              \
        const struct dt_doc *d = r->doc;                                                           \
        (void)d;                                                                                   \
        return rows;                                                                               \
    }
RECORD_KINDS(COUNTER)

#define KIND_INFO(kind, fields_, shape_, owner_, layout_, rows, sentence)                          \
    [KIND_##kind] = {.fields = kind##_fields,                                                      \
                     .n_fields = FIELD_##kind##_COUNT,                                             \
                     .count = count_##kind,                                                        \
                     .shape = SHAPE_##shape_,                                                      \
                     .owner = KIND_##owner_,                                                       \
                     .layout = LAYOUT_##layout_},
const struct kind_info record_kinds[KIND_COUNT] = {RECORD_KINDS(KIND_INFO)};

/* ---- values as plain text ---- */

bool record_has(const struct field *field, const struct value *v)
{
    switch ((enum field_type)field->type) {
    case TYPE_TEXT: return v->text.at != NULL;
    case TYPE_INDEX: return v->index != DT_NONE;
    case TYPE_REAL: return !isnan(v->real);
    default: return true;
    }
}

void record_put(const struct field *field, const struct value *v, struct buf *out)
{
    if (!record_has(field, v)) return;
    switch ((enum field_type)field->type) {
    case TYPE_TEXT: buf_put(out, v->text); break;
    case TYPE_INDEX: buf_u(out, v->index); break;
    case TYPE_REAL: buf_real(out, v->real); break;
    default: buf_c(out, v->yes ? '1' : '0');
    }
}

void record_put_field(const struct record *r, const struct field *field, struct buf *out)
{
    struct value v = field->read(r);
    record_put(field, &v, out);
}

void record_put_rows(const struct record *r, enum kind kind, struct buf *out)
{
    const struct kind_info *info = &record_kinds[kind];
    size_t n = info->count(r);
    for (size_t k = 0; k < n; k++) {
        struct record row = {r->doc, r->dyad, r->i, (uint32_t)k};
        bool first = true;
        if (k != 0) buf_c(out, kind == KIND_event_context ? ',' : ';');
        for (size_t f = 0; f < info->n_fields; f++) {
            const struct field *field = &info->fields[f];
            if (!(field->uses & IN_JSON)) continue;
            if (!first) buf_c(out, ' ');
            first = false;
            const size_t before = out->len;
            record_put_field(&row, field, out);
            if (out->len == before && info->layout == LAYOUT_TUPLE) buf_c(out, '-');
        }
    }
}

/* ---- dyads ---- */

static bool goes_both_ways(const struct event *e)
{
    return e->reciprocal && range_count(e->source) != 0 && range_count(e->target) != 0;
}

uint32_t record_dyad_count(const struct event *e)
{
    uint32_t n_source = range_count(e->source), n_target = range_count(e->target);
    return (n_source != 0 ? n_source : 1) * (n_target != 0 ? n_target : 1) *
           (goes_both_ways(e) ? 2 : 1);
}

struct dyad record_dyad(const struct event *e, uint32_t i)
{
    uint32_t n_target = range_count(e->target), ways = goes_both_ways(e) ? 2 : 1;
    uint32_t pair = i / ways, width = n_target != 0 ? n_target : 1;
    return (struct dyad){.source =
                             range_count(e->source) != 0 ? e->source.begin + pair / width : NONE,
                         .target = n_target != 0 ? e->target.begin + pair % width : NONE,
                         .source_at = pair / width,
                         .target_at = pair % width,
                         .turned = i % ways == 1};
}
