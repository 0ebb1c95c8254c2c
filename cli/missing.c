/* missing.c - what is missing in one story.
 *
 * A name without a code is unknown; the noun that describes it is a title that no role has. A verb
 * or a noun with two coded actors of different codes on it, at which no trigger was tried, may name
 * an event that no frame has. Items are written as fields with one byte between them, so that a
 * worker can hand them to the thread that counts. Linear in tokens, but for actors by tokens of one
 * sentence. */
#include "missing.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_END = 0x1F, ITEM_END = 0x1E, SENTENCE_MOST = 240, TEXT_MOST = 80, WORD_LEAST = 3 };

#define MISSING_TEXT(id, name, file, meaning) {name, file, meaning},
const struct missing_kind_text missing_kind_texts[MISSING_KIND_COUNT] = {
    MISSING_KINDS(MISSING_TEXT)};

/* The story that is looked at; arrays have an element for each token. */
struct view {
    const dt_doc *doc;
    const char *text;
    struct text_out *out;
    size_t *actor; /* the first coded actor that holds the token, or DT_NONE */
    bool *any,
        *tried;     /* some actor holds it; a trigger was tried there, or it is a word of speech */
    bool *eventful; /* for each sentence: it has an event */
    size_t n_tokens;
};

/* ---- writing ---- */

static void put_bytes(struct text_out *out, const char *bytes, size_t len)
{
    size_t need = *out->len + len + 1;
    if (out->failed) return;
    if (need > *out->cap) {
        size_t cap = *out->cap < 1024 ? 1024 : *out->cap;
        while (cap < need)
            cap *= 2;
        char *grown = realloc(*out->at, cap);
        if (grown == NULL) {
            out->failed = true;
            return;
        }
        *out->at = grown;
        *out->cap = cap;
    }
    memcpy(*out->at + *out->len, bytes, len);
    *out->len += len;
}

/* Text as one line of at most `most` bytes, cut between characters. */
static void put_line(struct text_out *out, const char *text, size_t len, size_t most)
{
    bool blank = true; /* what came last */
    size_t written = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (written >= most && (c & 0xC0) != 0x80) break;
        bool is_blank = c <= ' ';
        if (!is_blank) put_bytes(out, text + i, 1);
        if (is_blank && !blank) put_bytes(out, " ", 1);
        written += !is_blank || !blank;
        blank = is_blank;
    }
}

static void end_field(struct text_out *out, char mark)
{
    put_bytes(out, &mark, 1);
}

static void put_item(struct view *v, enum missing_kind kind, const char *text, const char *hint,
                     size_t count, bool party, size_t sentence)
{
    char head[48];
    size_t begin = dt_sentence_begin(v->doc, sentence), end = dt_sentence_end(v->doc, sentence);
    int n = snprintf(head, sizeof head, "%d %zu %d", (int)kind, count, party);
    put_bytes(v->out, head, (size_t)n);
    end_field(v->out, FIELD_END);
    put_line(v->out, text, strlen(text), TEXT_MOST);
    end_field(v->out, FIELD_END);
    put_line(v->out, hint, strlen(hint), TEXT_MOST);
    end_field(v->out, FIELD_END);
    put_line(v->out, v->text + begin, end - begin, SENTENCE_MOST);
    end_field(v->out, ITEM_END);
}

/* ---- reading ---- */

static bool next_piece(const char **at, const char *end, char mark, struct text_piece *piece)
{
    const char *found = *at < end ? memchr(*at, mark, (size_t)(end - *at)) : NULL;
    if (found == NULL) return false;
    *piece = (struct text_piece){*at, (size_t)(found - *at)};
    *at = found + 1;
    return true;
}

bool missing_story(const char **at, const char *end, struct text_piece *id)
{
    return next_piece(at, end, ITEM_END, id);
}

bool missing_next(const char **at, const char *end, struct missing_item *item)
{
    struct text_piece head;
    char number[48];
    if (!next_piece(at, end, FIELD_END, &head) || !next_piece(at, end, FIELD_END, &item->text) ||
        !next_piece(at, end, FIELD_END, &item->hint) ||
        !next_piece(at, end, ITEM_END, &item->sentence))
        return false;
    char *next = number;
    (void)snprintf(number, sizeof number, "%.*s", (int)head.len, head.at);
    item->kind = (enum missing_kind)strtol(next, &next, 10);
    item->count = (size_t)strtoull(next, &next, 10);
    item->party = strtol(next, &next, 10) != 0;
    return true;
}

/* ---- what the tokens are ---- */

static bool has_text(const char *z)
{
    return z != NULL && z[0] != '\0';
}

/* The first token that does not end before `byte`. */
static size_t token_at(const dt_doc *doc, size_t byte)
{
    size_t low = 0, high = dt_token_count(doc);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dt_token_end(doc, middle) <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Somebody knows who it is; a code that only its events gave it is none. */
static bool is_coded(const dt_doc *doc, size_t actor)
{
    const char *inferred = dt_actor_inferred(doc, actor);
    return has_text(dt_actor_code(doc, actor)) &&
           (inferred == NULL || strcmp(inferred, "event") != 0);
}

/* Longer mentions first win: "Russian ambassador" before the "Russian" in it. */
static void mark_actors(struct view *v)
{
    for (size_t i = 0; i < dt_actor_count(v->doc); i++) {
        bool coded = is_coded(v->doc, i);
        size_t end = dt_actor_end(v->doc, i);
        for (size_t t = token_at(v->doc, dt_actor_begin(v->doc, i));
             t < v->n_tokens && dt_token_begin(v->doc, t) < end; t++) {
            v->any[t] = true;
            if (coded && v->actor[t] == DT_NONE) v->actor[t] = i;
        }
    }
}

/* Words of speech have their own place in the knowledge: to them no frame is missing. */
static void mark_cues(struct view *v)
{
    for (size_t i = 0; i < dt_quote_count(v->doc); i++)
        for (size_t k = 0; k < dt_quote_cue_count(v->doc, i); k++) {
            size_t t = token_at(v->doc, dt_quote_cue_begin(v->doc, i, k));
            if (t < v->n_tokens) v->tried[t] = true;
        }
}

static bool make_view(struct view *v)
{
    size_t n = v->n_tokens, n_sentences = dt_sentence_count(v->doc);
    v->actor = malloc((n + 1) * sizeof *v->actor);
    v->any = calloc(n + 1, sizeof *v->any);
    v->tried = calloc(n + 1, sizeof *v->tried);
    v->eventful = calloc(n_sentences + 1, sizeof *v->eventful);
    if (v->actor == NULL || v->any == NULL || v->tried == NULL || v->eventful == NULL) return false;
    for (size_t t = 0; t < n; t++)
        v->actor[t] = DT_NONE;
    mark_actors(v);
    for (size_t i = 0; i < dt_attempt_count(v->doc); i++)
        if (dt_attempt_token(v->doc, i) < n) v->tried[dt_attempt_token(v->doc, i)] = true;
    mark_cues(v);
    for (size_t i = 0; i < dt_event_count(v->doc); i++)
        for (size_t k = 0; k < dt_event_mention_count(v->doc, i); k++)
            v->eventful[dt_event_mention_sentence(v->doc, i, k)] = true;
    return true;
}

static void free_view(struct view *v)
{
    free(v->actor);
    free(v->any);
    free(v->tried);
    free(v->eventful);
}

/* ---- names and their titles ---- */

/* The country of a coded actor in the sentence, else of one of the story; "" where none has any. A
 * mention inside the name itself says nothing. */
static const char *country_near(const struct view *v, size_t sentence)
{
    const char *far = "";
    for (size_t i = 0; i < dt_actor_count(v->doc); i++) {
        const char *country = dt_actor_country(v->doc, i);
        if (!has_text(country) || strlen(country) != 3) continue;
        size_t t = token_at(v->doc, dt_actor_begin(v->doc, i));
        if (t < v->n_tokens && dt_token_sentence(v->doc, t) == sentence) return country;
        if (far[0] == '\0') far = country;
    }
    return far;
}

/* PER, ORG ... of the name that the mention is. */
static const char *type_of(const struct view *v, size_t begin, size_t end)
{
    for (size_t t = begin; t < end; t++)
        if (has_text(dt_token_entity(v->doc, t))) return dt_token_entity(v->doc, t);
    return "";
}

static bool label_is(const char *label, const char *wanted)
{
    size_t n = strlen(wanted);
    return label != NULL && strncmp(label, wanted, n) == 0 && (label[n] == '\0' || label[n] == ':');
}

/* The noun, with those that stand right before it and belong to it: "guerrilla chieftain". */
static void put_title(struct view *v, size_t noun)
{
    char title[TEXT_MOST] = "";
    size_t first = noun;
    while (first > 0 && dt_token_parent(v->doc, first - 1) == noun &&
           label_is(dt_token_deprel(v->doc, first - 1), "compound") &&
           strcmp(dt_token_upos(v->doc, first - 1), "NOUN") == 0)
        first--;
    for (size_t t = first; t <= noun; t++) {
        size_t len = strlen(title);
        const char *word = t == noun ? dt_token_lemma(v->doc, t) : dt_token_form(v->doc, t);
        (void)snprintf(title + len, sizeof title - len, "%s%s", len != 0 ? " " : "", word);
    }
    for (char *at = title; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z') *at = (char)(*at + 32);
    put_item(v, MISSING_TITLE, title, "", 1, true, dt_token_sentence(v->doc, noun));
}

/* Nouns that describe the name: "warlord X", "X, a warlord". */
static void find_titles(struct view *v, size_t begin, size_t end)
{
    size_t sentence = dt_token_sentence(v->doc, begin);
    for (size_t t = dt_sentence_token_begin(v->doc, sentence);
         t < dt_sentence_token_end(v->doc, sentence); t++) {
        const char *label = dt_token_deprel(v->doc, t);
        size_t parent = dt_token_parent(v->doc, t);
        if (strcmp(dt_token_upos(v->doc, t), "NOUN") != 0 || v->any[t]) continue;
        if (parent == DT_NONE || parent < begin || parent >= end) continue;
        if (label_is(label, "appos") || (label_is(label, "nmod") && strchr(label, ':') != NULL &&
                                         !label_is(label, "nmod:poss")))
            put_title(v, t);
    }
}

/* The longest name that the story has for the chain, and how often it speaks of it. False when an
 * earlier mention stands for the chain, or the story itself gave one of them a code. */
static bool stands_for_chain(const struct view *v, size_t actor, const char **name, size_t *count)
{
    size_t chain = dt_actor_chain(v->doc, actor);
    *name = "";
    *count = 0;
    for (size_t i = 0; i < dt_actor_count(v->doc); i++) {
        if (dt_actor_chain(v->doc, i) != chain) continue;
        const char *kind = dt_actor_kind(v->doc, i), *other = dt_actor_name(v->doc, i);
        if (is_coded(v->doc, i)) return false;
        if (strcmp(kind, "unknown") != 0 || !has_text(other)) continue;
        if (*count == 0 && i != actor) return false;
        ++*count;
        if (strlen(other) > strlen(*name)) *name = other;
    }
    return *count != 0;
}

static bool is_proper(const struct view *v, size_t begin, size_t end)
{
    for (size_t t = begin; t < end; t++)
        if (strcmp(dt_token_upos(v->doc, t), "PROPN") == 0) return true;
    return false;
}

static void find_name(struct view *v, size_t actor)
{
    size_t count = 0, begin = token_at(v->doc, dt_actor_begin(v->doc, actor)), end = begin;
    const char *name = "";
    if (strcmp(dt_actor_kind(v->doc, actor), "unknown") != 0) return;
    while (end < v->n_tokens && dt_token_begin(v->doc, end) < dt_actor_end(v->doc, actor))
        end++;
    if (end == begin || !is_proper(v, begin, end)) return;
    const char *type = type_of(v, begin, end);
    bool person = strcmp(type, "PER") == 0;
    if (!person && strcmp(type, "ORG") != 0) return;
    if (person) find_titles(v, begin, end);
    if (!stands_for_chain(v, actor, &name, &count)) return;
    /* a surname alone tells too little to be looked up */
    if (person && strchr(name, ' ') == NULL) return;
    size_t sentence = dt_token_sentence(v->doc, begin);
    const char *country = country_near(v, sentence);
    put_item(v, person ? MISSING_PERSON : MISSING_ORG, name, country, count, v->eventful[sentence],
             sentence);
}

/* ---- words for events ---- */

/* A lemma in small Latin letters, so that it can stand in a frame. */
static bool is_plain_word(const char *lemma)
{
    size_t n = 0;
    for (; lemma[n] != '\0'; n++)
        if (!(lemma[n] >= 'a' && lemma[n] <= 'z') && !(lemma[n] == '-' && n != 0)) return false;
    return n >= WORD_LEAST;
}

/* The preposition of a token, "" where it has none. */
static const char *preposition_of(const struct view *v, size_t token)
{
    size_t sentence = dt_token_sentence(v->doc, token);
    for (size_t t = dt_sentence_token_begin(v->doc, sentence); t < token; t++)
        if (dt_token_parent(v->doc, t) == token && label_is(dt_token_deprel(v->doc, t), "case"))
            return dt_token_lemma(v->doc, t);
    return "";
}

/* Where the second party of a word stands; its path as a frame writes it, or NULL. */
static const char *path_of_target(const struct view *v, size_t token, bool verb)
{
    const char *label = dt_token_deprel(v->doc, token);
    if (verb && label_is(label, "obj")) return "obj";
    if (verb && label_is(label, "iobj")) return "iobj";
    if (!label_is(label, verb ? "obl" : "nmod")) return NULL;
    const char *preposition = preposition_of(v, token);
    return is_plain_word(preposition) || strlen(preposition) == 2 ? preposition : NULL;
}

static bool is_source_label(const char *label, bool verb)
{
    if (verb) return label_is(label, "nsubj") && strcmp(label, "nsubj:pass") != 0;
    return label_is(label, "compound") || label_is(label, "amod") || label_is(label, "nmod:poss");
}

static void find_word(struct view *v, size_t word, bool verb)
{
    size_t sentence = dt_token_sentence(v->doc, word), source = DT_NONE, target = DT_NONE;
    const char *path = NULL;
    if (v->tried[word] || v->any[word] || !is_plain_word(dt_token_lemma(v->doc, word))) return;
    for (size_t t = dt_sentence_token_begin(v->doc, sentence);
         t < dt_sentence_token_end(v->doc, sentence); t++) {
        if (dt_token_parent(v->doc, t) != word || v->actor[t] == DT_NONE) continue;
        if (source == DT_NONE && is_source_label(dt_token_deprel(v->doc, t), verb)) {
            source = v->actor[t];
            continue;
        }
        const char *here = path_of_target(v, t, verb);
        if (here == NULL || target != DT_NONE) continue;
        target = v->actor[t];
        path = here;
    }
    if (source == DT_NONE || target == DT_NONE) return;
    if (strcmp(dt_actor_code(v->doc, source), dt_actor_code(v->doc, target)) == 0) return;
    put_item(v, verb ? MISSING_VERB : MISSING_NOUN, dt_token_lemma(v->doc, word), path, 1, true,
             sentence);
}

/* ---- all ---- */

void missing_find(const dt_doc *doc, const char *text, struct text_out *out)
{
    struct view v = {.doc = doc, .text = text, .out = out, .n_tokens = dt_token_count(doc)};
    const char *id = dt_story_id(doc);
    if (!make_view(&v)) {
        out->failed = true;
        free_view(&v);
        return;
    }
    put_line(out, id != NULL ? id : "", id != NULL ? strlen(id) : 0, TEXT_MOST);
    end_field(out, ITEM_END);
    for (size_t i = 0; i < dt_actor_count(doc); i++)
        find_name(&v, i);
    for (size_t t = 0; t < v.n_tokens; t++) {
        const char *upos = dt_token_upos(doc, t);
        if (strcmp(upos, "VERB") == 0) find_word(&v, t, true);
        if (strcmp(upos, "NOUN") == 0) find_word(&v, t, false);
    }
    free_view(&v);
}
