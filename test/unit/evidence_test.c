/* evidence_test.c - what speaks for an event: the same for the same words, other rows where the
 * lemma, the frame or the way through the tree is another, and never more of them than there is
 * room for. */
#include "whole.h"

#include "story/story.h"
#include "what/evidence.h"

/* What is asked of each sentence that goes by. */
struct asking {
    void (*ask)(struct asking *a, const struct evidence_view *v);
    const char *word;  /* the event's */
    const char *party; /* NULL: evidence of the word itself */
    uint32_t type, side, home;
    const char *other;
    struct evidence got;
    uint32_t sentences, found;
};

static dt_model *evidence_model;
static dt_coder *evidence_coder;

static void pass_on(void *context, const struct evidence_view *v)
{
    struct asking *a = context;
    a->sentences++;
    a->ask(a, v);
}

static void ask_story(struct asking *a, const char *text)
{
    const struct evidence_sink sink = {pass_on, a, NULL};
    a->sentences = a->found = 0;
    evidence_coder->sink = &sink;
    (void)whole_code(evidence_coder, text);
    evidence_coder->sink = NULL;
}

static uint32_t word_of(const struct evidence_view *v, const char *form)
{
    for (uint32_t t = v->begin; t < v->end; t++)
        if (str_eq(v->in->text->tokens[t].form, str_c(form))) return t;
    return NONE;
}

/* The place among the parties of one whose head is that word; of several the last. */
static uint32_t place_of(const struct evidence_view *v, const char *head)
{
    uint32_t found = NONE;
    for (uint32_t k = 0; k < v->n_all; k++) {
        uint32_t token = v->in->who->actors[v->parties[k]].head;
        if (str_eq(v->in->text->tokens[token].form, str_c(head))) found = k;
    }
    return found;
}

/* ---- words and parties ---- */

static void ask_rows(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word);
    if (token == NONE) return;
    a->found++;
    if (a->party == NULL) {
        evidence_of_word(v, token, &a->got);
        return;
    }
    uint32_t place = place_of(v, a->party);
    assert_int_not_equal(place, NONE);
    evidence_of_party(v, token, v->parties[place], a->type, &a->got);
}

static struct evidence rows_of(const char *text, const char *word, const char *party, uint32_t type)
{
    struct asking a = {.ask = ask_rows, .word = word, .party = party, .type = type};
    ask_story(&a, text);
    assert_int_equal(a.found, 1);
    assert_true(a.got.n > 10 && a.got.n < EVIDENCE_MOST);
    return a.got;
}

static bool same_rows(const struct evidence *a, const struct evidence *b)
{
    return a->n == b->n && memcmp(a->at, b->at, a->n * sizeof *a->at) == 0;
}

/* How many of the first one's rows from `begin` to `end` are among those of the other. */
static uint32_t shared_rows(const struct evidence *a, uint32_t begin, uint32_t end,
                            const struct evidence *b)
{
    uint32_t n = 0;
    for (uint32_t i = begin; i < end; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->at[i] == b->at[k]) {
                n++;
                break;
            }
    return n;
}

static const char attack_text[] = "Poland attacked Brazil on Monday.";

static void the_same_sentence_gives_the_same_rows(void **state)
{
    (void)state;
    struct evidence a = rows_of(attack_text, "attacked", NULL, 0);
    struct evidence p = rows_of(attack_text, "attacked", "Poland", 3);
    struct evidence other = rows_of("Kenya praised Japan.", "praised", NULL, 0);
    struct evidence b = rows_of(attack_text, "attacked", NULL, 0);
    struct evidence q = rows_of(attack_text, "attacked", "Poland", 3);
    assert_true(same_rows(&a, &b) && same_rows(&p, &q) && !same_rows(&a, &other));
    assert_memory_equal(a.end, b.end, sizeof a.end);
    for (uint32_t g = 1; g < EVIDENCE_GROUP_COUNT; g++)
        assert_true(a.end[g - 1] <= a.end[g]);
    assert_true(a.end[EVIDENCE_WORD] > 0 && a.end[EVIDENCE_GROUP_COUNT - 1] == a.n);
}

static void another_lemma_gives_other_rows(void **state)
{
    (void)state;
    struct evidence a = rows_of("Poland painted Brazil.", "painted", NULL, 0);
    struct evidence b = rows_of("Poland polished Brazil.", "polished", NULL, 0);
    struct evidence c = rows_of("Kenya painted Japan.", "painted", NULL, 0);
    uint32_t own = a.end[EVIDENCE_WORD];
    assert_int_equal(shared_rows(&a, 0, own, &b), 1); /* that it is a verb in the past */
    assert_int_equal(shared_rows(&a, 0, own, &c), own);
    /* of who is beside it the rows know the words, of the rest the kinds */
    assert_true(shared_rows(&a, 0, a.n, &c) > a.n / 3 && !same_rows(&a, &c));
}

/* The same word of the same sentence, after the frames have said that of it. */
static struct evidence rows_after(const struct evidence_view *v, uint32_t token,
                                  struct frame_word said)
{
    struct frame_word spoken[64];
    struct evidence out;
    struct evidence_view other = *v;
    assert_true(v->in->text->n_tokens <= 64);
    memcpy(spoken, v->spoken, v->in->text->n_tokens * sizeof *spoken);
    spoken[token] = said;
    other.spoken = spoken;
    evidence_of_word(&other, token, &out);
    return out;
}

static void ask_frames(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word);
    const struct frame_word none = {.frame = NONE, .event = NONE}, said = v->spoken[token];
    assert_true(said.frame != NONE && said.event != NONE);
    struct frame_word another = said, dropped = said;
    another.frame = said.frame == 0 ? 1 : 0;
    dropped.event = NONE;
    struct evidence as_is = rows_after(v, token, said), silent = rows_after(v, token, none);
    struct evidence differs = rows_after(v, token, another), tried = rows_after(v, token, dropped);
    uint32_t begin = as_is.end[EVIDENCE_WORD], end = as_is.end[EVIDENCE_FRAMES];
    assert_int_equal(differs.n, as_is.n);
    assert_true(shared_rows(&as_is, begin, end, &differs) < end - begin);
    assert_true(shared_rows(&as_is, begin, end, &silent) < end - begin);
    assert_true(!same_rows(&tried, &as_is) && !same_rows(&tried, &silent));
    /* the other groups do not change */
    assert_memory_equal(as_is.at, differs.at, begin * sizeof *as_is.at);
    assert_memory_equal(as_is.at + end, differs.at + end, (as_is.n - end) * sizeof *as_is.at);
    assert_int_equal(shared_rows(&as_is, end, as_is.n, &silent), as_is.n - end);
    a->found++;
}

static void another_frame_gives_other_rows(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_frames, .word = "attacked"};
    ask_story(&a, attack_text);
    assert_int_equal(a.found, 1);
}

static void another_path_gives_other_rows(void **state)
{
    (void)state;
    static const char passive[] = "Poland was painted by Brazil.";
    struct evidence subject = rows_of("Poland painted Brazil.", "painted", "Poland", 1);
    struct evidence object = rows_of("Poland painted Brazil.", "painted", "Brazil", 1);
    struct evidence again = rows_of("Kenya painted Japan.", "painted", "Kenya", 1);
    struct evidence passive_subject = rows_of(passive, "painted", "Poland", 1);
    struct evidence agent = rows_of(passive, "painted", "Brazil", 1);
    enum { PATHS = 2 }; /* with and without prepositions */
    assert_int_equal(shared_rows(&subject, 0, PATHS, &object), 0);
    assert_int_equal(shared_rows(&subject, 0, PATHS, &passive_subject), 0);
    assert_int_equal(shared_rows(&agent, 0, PATHS, &subject), 0);
    assert_int_equal(shared_rows(&subject, 0, PATHS, &again), PATHS);
}

/* A party's rows stand there once more together with the type; the first half is all types'. */
static void the_type_is_in_the_second_half(void **state)
{
    (void)state;
    struct evidence one = rows_of(attack_text, "attacked", "Brazil", 1);
    struct evidence two = rows_of(attack_text, "attacked", "Brazil", 2);
    uint32_t half = one.n / 2;
    assert_true(one.n == two.n && one.n % 2 == 0);
    assert_memory_equal(one.at, two.at, half * sizeof *one.at);
    assert_int_equal(shared_rows(&one, half, one.n, &two), 0);
}

/* ---- who may be a party ---- */

static void ask_earlier(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word);
    if (token == NONE) return;
    uint32_t poland = place_of(v, "Poland"), farmers = place_of(v, "farmers");
    uint32_t it = place_of(v, "it"), brazil = place_of(v, "Brazil"), rebels = place_of(v, "rebels");
    assert_true(poland < v->n_earlier && brazil >= v->n_earlier);
    assert_true(farmers < v->n_earlier && rebels >= v->n_earlier && rebels < v->n_parties);
    assert_true(evidence_fits(v, poland, token));
    assert_false(evidence_fits(v, farmers, token)); /* nobody's country: by name only */
    assert_true(evidence_fits(v, brazil, token) && evidence_fits(v, rebels, token));
    assert_true(it == NONE || it >= v->n_earlier || !evidence_fits(v, it, token));
    for (uint32_t k = 0; k < v->n_parties; k++) {
        const struct actor *b = &v->in->who->actors[v->parties[k]];
        uint32_t sentence = v->in->tree->sentence[b->head];
        assert_int_equal(sentence, k < v->n_earlier ? v->sentence - 1 : v->sentence);
        if (b->head == token) assert_false(evidence_fits(v, k, token));
        if (k < v->n_earlier && (b->flags & ACTOR_PLACE)) assert_false(evidence_fits(v, k, token));
    }
    a->found++;
}

static void parties_of_the_sentence_before_by_name_only(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_earlier, .word = "painted"};
    ask_story(&a, "It was late. Poland and farmers met, and it left the town. Brazil and rebels "
                  "painted the walls.");
    assert_int_equal(a.sentences, 3);
    assert_int_equal(a.found, 1);
}

static void ask_later(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word);
    if (token == NONE) return;
    uint32_t rebels = place_of(v, "rebels"), hamas = place_of(v, "Hamas");
    uint32_t it = place_of(v, "it"), kenya = place_of(v, "Kenya");
    assert_true(hamas >= v->n_parties && hamas < v->n_all && evidence_fits(v, hamas, token));
    assert_true(rebels >= v->n_parties && !evidence_fits(v, rebels, token)); /* by name only */
    assert_true(it == NONE || !evidence_fits(v, it, token));
    assert_int_equal(kenya, NONE); /* two sentences on */
    a->found++;
}

static void parties_of_the_sentence_behind_by_name_only(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_later, .word = "killed"};
    ask_story(&a, "Four men were killed. Hamas said it was responsible, and rebels fled. "
                  "Kenya mourned.");
    assert_int_equal(a.sentences, 3);
    assert_int_equal(a.found, 1);
}

static void ask_nobody(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word);
    if (token == NONE) return;
    a->found++;
    evidence_of_nobody(v, token, a->type, &a->got);
}

static struct evidence rows_of_nobody(const char *text, const char *word, uint32_t type)
{
    struct asking a = {.ask = ask_nobody, .word = word, .type = type};
    ask_story(&a, text);
    assert_int_equal(a.found, 1);
    return a.got;
}

/* What speaks for nobody is what the word is and has beside it, but in rows of its own. */
static void nobody_has_the_words_evidence_in_other_rows(void **state)
{
    (void)state;
    struct evidence one = rows_of_nobody(attack_text, "attacked", 1);
    struct evidence two = rows_of_nobody(attack_text, "attacked", 2);
    struct evidence none = rows_of_nobody("The attacked town was rebuilt.", "attacked", 1);
    struct evidence word = rows_of(attack_text, "attacked", NULL, 0);
    uint32_t half = one.n / 2;
    assert_int_equal(half, word.n);
    assert_int_equal(shared_rows(&one, 0, one.n, &word), 0);
    assert_memory_equal(one.at, two.at, half * sizeof *one.at);
    assert_int_equal(shared_rows(&one, half, one.n, &two), 0);
    assert_true(shared_rows(&one, 0, half, &none) < half);
}

static void ask_first(struct asking *a, const struct evidence_view *v)
{
    if (v->sentence == 0) assert_int_equal(v->n_earlier, 0);
    if (v->sentence == 2) assert_int_equal(place_of(v, "Poland"), NONE);
    a->found++;
}

static void parties_come_from_one_sentence_back(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_first};
    ask_story(&a, "Poland painted Brazil. It was very late. It rained.");
    assert_true(a.found >= 2);
}

static void ask_candidates(struct asking *a, const struct evidence_view *v)
{
    static const char *const may[] = {"French", "police", "killed", "angry"};
    static const char *const may_not[] = {"quickly", "two", "the", "."};
    for (size_t i = 0; i < 4; i++) {
        uint32_t yes = word_of(v, may[i]), no = word_of(v, may_not[i]);
        assert_true(yes != NONE && no != NONE);
        if (!evidence_is_candidate(v, yes)) fail_msg("\"%s\" may name no event", may[i]);
        if (evidence_is_candidate(v, no)) fail_msg("\"%s\" may name an event", may_not[i]);
    }
    a->found++;
}

static void content_words_may_name_events(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_candidates};
    ask_story(&a, "French police quickly killed the two angry men in Lyon.");
    assert_int_equal(a.found, 1);
}

/* ---- homes ---- */

/* The first actor of the story that is of the country; NONE for "". */
static uint32_t actor_of(const struct evidence_view *v, const char *country)
{
    for (uint32_t i = 0; country[0] != '\0' && i < v->in->who->n_actors; i++)
        if (strcmp(v->in->who->actors[i].country, country) == 0) return i;
    return NONE;
}

static void ask_home(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word), place = place_of(v, a->party);
    uint32_t other = actor_of(v, a->other);
    if (token == NONE) return;
    assert_int_not_equal(place, NONE);
    assert_true((other == NONE) == (a->other[0] == '\0'));
    evidence_of_home(v, token, v->parties[place], a->side, a->type, a->home, other, &a->got);
    a->found++;
}

static const char home_text[] = "Poland painted walls. Farmers in Kenya praised miners of Kenya.";

static struct evidence home_rows(uint32_t home, uint32_t side, const char *other)
{
    struct asking a = {.ask = ask_home,
                       .word = "praised",
                       .party = "Farmers",
                       .type = 1,
                       .side = side,
                       .home = home,
                       .other = other};
    ask_story(&a, home_text);
    assert_int_equal(a.found, 1);
    return a.got;
}

static void homes_differ_in_their_rows(void **state)
{
    (void)state;
    struct evidence first = home_rows(0, 0, ""), again = home_rows(0, 0, "");
    struct evidence second = home_rows(1, 0, ""), none = home_rows(HOMES_MOST, 0, "");
    struct evidence target = home_rows(0, 1, ""), other = home_rows(0, 0, "POL");
    struct evidence differs = home_rows(0, 0, "KEN");
    assert_true(same_rows(&first, &again));
    assert_false(same_rows(&first, &second));
    assert_false(same_rows(&first, &none) || same_rows(&second, &none));
    assert_false(same_rows(&first, &target));
    assert_false(same_rows(&first, &other) || same_rows(&other, &differs));
}

/* ---- sectors ---- */

static void ask_sector(struct asking *a, const struct evidence_view *v)
{
    uint32_t token = word_of(v, a->word), place = place_of(v, a->party);
    if (token == NONE) return;
    assert_int_not_equal(place, NONE);
    evidence_of_sector(v, token, v->parties[place], a->side, a->type, NONE, &a->got);
    a->found++;
}

static struct evidence sector_rows(const char *text, const char *party, uint32_t side)
{
    struct asking a = {
        .ask = ask_sector, .word = "praised", .party = party, .type = 1, .side = side};
    ask_story(&a, text);
    assert_int_equal(a.found, 1);
    return a.got;
}

/* The word, what stands beside it, the side, and what the base says of it. */
static void sectors_differ_in_their_rows(void **state)
{
    (void)state;
    static const char text[] = "Brave police praised Kenya.";
    struct evidence police = sector_rows(text, "police", 0);
    struct evidence again = sector_rows(text, "police", 0);
    struct evidence target = sector_rows(text, "police", 1);
    struct evidence young = sector_rows("Young police praised Kenya.", "police", 0);
    struct evidence kenya = sector_rows(text, "Kenya", 0);
    assert_true(same_rows(&police, &again));
    assert_false(same_rows(&police, &target) || same_rows(&police, &young));
    assert_false(same_rows(&police, &kenya));
}

static void ask_home_list(struct asking *a, const struct evidence_view *v)
{
    assert_int_equal(v->homes->n, 2);
    assert_string_equal(v->homes->country[0], "POL");
    assert_string_equal(v->homes->country[1], "KEN");
    assert_true(v->homes->count[1] >= v->homes->count[0]);
    a->found++;
}

static void homes_are_the_countries_of_the_story(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_home_list};
    ask_story(&a, home_text);
    assert_int_equal(a.found, 2);
    const struct actor without = {.country = "", .code = ""};
    const struct actor fighters = {.country = "IMG", .code = "IMGREB"};
    const struct actor inferred = {.country = "POL", .code = "POL", .inferred = INFERRED_STORY};
    const struct actor unknown = {.country = "", .code = CODE_UNKNOWN};
    const struct actor with = {.country = "POL", .code = "POL"};
    assert_true(evidence_is_homeless(&without) && evidence_is_homeless(&fighters));
    assert_true(evidence_is_homeless(&inferred));
    assert_false(evidence_is_homeless(&with) || evidence_is_homeless(&unknown));
}

static void ask_many_homes(struct asking *a, const struct evidence_view *v)
{
    assert_int_equal(v->homes->n, HOMES_MOST);
    a->found++;
}

static void the_list_of_homes_has_an_end(void **state)
{
    (void)state;
    struct asking a = {.ask = ask_many_homes};
    ask_story(&a, whole_many_actors);
    assert_true(a.found >= 1);
}

/* ---- room ---- */

static void ask_all(struct asking *a, const struct evidence_view *v)
{
    struct evidence e;
    evidence_of_sentence(v, &e);
    assert_true(e.n <= EVIDENCE_MOST);
    a->found += e.n == EVIDENCE_MOST;
    for (uint32_t t = v->begin; t < v->end; t++) {
        evidence_of_word(v, t, &e);
        assert_true(e.n <= EVIDENCE_MOST && e.end[EVIDENCE_GROUP_COUNT - 1] == e.n);
        evidence_of_nobody(v, t, 1, &e);
        assert_true(e.n <= EVIDENCE_MOST);
        for (uint32_t k = 0; k < v->n_all; k += 7) {
            evidence_of_party(v, t, v->parties[k], 1, &e);
            assert_true(e.n <= EVIDENCE_MOST);
            for (uint32_t h = 0; h <= HOMES_MOST; h += 4) {
                evidence_of_home(v, t, v->parties[k], 0, 1, h, v->parties[0], &e);
                assert_true(e.n <= EVIDENCE_MOST);
            }
            evidence_of_sector(v, t, v->parties[k], 0, 1, v->parties[0], &e);
            assert_true(e.n <= EVIDENCE_MOST);
        }
    }
}

static void long_sentences_do_not_overflow(void **state)
{
    (void)state;
    enum { CLAUSES = 60 };
    static char text[CLAUSES * 100];
    struct asking a = {.ask = ask_all};
    size_t len = 0;
    for (int i = 0; i < CLAUSES; i++)
        len += (size_t)snprintf(text + len, sizeof text - len,
                                "%s angry Polish police officers number %d attacked old villages",
                                i == 0 ? "Yesterday" : " and", i);
    (void)snprintf(text + len, sizeof text - len, ".");
    ask_story(&a, text);
    assert_true(a.found >= 1); /* its content words are more than there is room for */
    ask_story(&a, whole_many_actors);
}

static int open_evidence(void **state)
{
    (void)state;
    evidence_model = whole_model_of(NULL, "none"); /* evidence is what frames find */
    evidence_coder = whole_coder(evidence_model, NULL);
    return 0;
}

static int close_evidence(void **state)
{
    (void)state;
    dt_coder_free(evidence_coder);
    dt_model_close(evidence_model);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_sentence_gives_the_same_rows),
        cmocka_unit_test(another_lemma_gives_other_rows),
        cmocka_unit_test(another_frame_gives_other_rows),
        cmocka_unit_test(another_path_gives_other_rows),
        cmocka_unit_test(the_type_is_in_the_second_half),
        cmocka_unit_test(parties_of_the_sentence_before_by_name_only),
        cmocka_unit_test(parties_of_the_sentence_behind_by_name_only),
        cmocka_unit_test(nobody_has_the_words_evidence_in_other_rows),
        cmocka_unit_test(parties_come_from_one_sentence_back),
        cmocka_unit_test(content_words_may_name_events),
        cmocka_unit_test(homes_differ_in_their_rows),
        cmocka_unit_test(sectors_differ_in_their_rows),
        cmocka_unit_test(homes_are_the_countries_of_the_story),
        cmocka_unit_test(the_list_of_homes_has_an_end),
        cmocka_unit_test(long_sentences_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, open_evidence, close_evidence);
}
