/* story_test.c - what becomes of a story's events at the end: joined, filtered, dated, named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "story/story.h"

enum { RUSSIA, AMERICA, UKRAINE, KREMLIN, MOST_EVENTS = 1000 };

static struct actor story_actors[] = {{.code = "RUS", .country = "RUS", .chain = 1},
                                      {.code = "USA", .country = "USA", .chain = 2},
                                      {.code = "UKR", .country = "UKR", .chain = 3},
                                      {.code = "RUSGOV", .country = "RUS", .chain = 4}};
static const struct frame_trigger story_triggers[] = {{.kind = TRIGGER_VERB},
                                                      {.kind = TRIGGER_NOUN}};
static const struct frames story_frames = {.triggers = story_triggers, .n_triggers = 2};
static const char story_pool[] = "\0TUR\0GEO";
static const struct know_place story_places[] = {{.country = 1, .geonameid = 10, .kind = 'P'},
                                                 {.country = 1, .geonameid = 11, .kind = 'T'},
                                                 {.country = 1, .geonameid = 12, .kind = 'C'},
                                                 {.country = 5, .geonameid = 13, .kind = 'P'}};
static const struct know story_know = {
    .pool = story_pool, .pool_len = sizeof story_pool, .places = story_places, .n_places = 4};
static struct place found_places[] = {{.id = 0}, {.id = 1}, {.id = 2}, {.id = 3}};
static struct event story_events[MOST_EVENTS];
/* Party i is actor i; mention i begins at byte i; each event may have two quantities. */
static struct party story_parties[] = {{RUSSIA, "RUS", NULL, "RUS"},
                                       {AMERICA, "USA", NULL, "USA"},
                                       {UKRAINE, "UKR", NULL, "UKR"},
                                       {KREMLIN, "RUSGOV", NULL, "RUS"}};
static struct event_span story_mentions[MOST_EVENTS];
static uint32_t story_quantities[2 * MOST_EVENTS];
static struct quantity story_amounts[2 * MOST_EVENTS];
static struct arena story_arena;
static struct dt_doc joined; /* what two_join() left */

static int make_lists(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < MOST_EVENTS; i++) {
        story_mentions[i] = (struct event_span){i, i, i + 1};
        story_quantities[2 * i] = 2 * i;
        story_quantities[2 * i + 1] = 2 * i + 1;
        story_amounts[2 * i] = (struct quantity){.value = 2 * i, .unit = "tent"};
        story_amounts[2 * i + 1] = (struct quantity){.value = 2 * i + 1, .unit = "tent"};
    }
    return 0;
}

static int free_lists(void **state)
{
    (void)state;
    arena_free(&story_arena);
    return 0;
}

static struct event make_event(const char *cameo, uint32_t source, uint32_t target, uint32_t at)
{
    struct event e = {.cameo = cameo,
                      .plover = "CONSULT",
                      .contexts = "",
                      .sentence = at,
                      .begin = at,
                      .end = at + 1,
                      .source = {source, source + 1},
                      .target = {target, target + 1},
                      .mentions = {at, at + 1},
                      .status = STATUS_ACTUAL,
                      .from = 100,
                      .to = 101,
                      .precision = 'd',
                      .time = NONE,
                      .place = NONE,
                      .place_id = NONE,
                      .saying = NONE,
                      .attribution = NONE,
                      .confidence = 0.5f};
    return e;
}

static struct dt_doc make_doc(uint32_t n)
{
    struct dt_doc doc = {.know = &story_know, .frames = &story_frames};
    doc.text.text = STR("Talks were held in the city and went on for some hours.");
    doc.who.actors = story_actors;
    doc.who.n_actors = 4;
    doc.where.places = found_places;
    doc.where.n_places = 4;
    doc.when.quantities = story_amounts;
    doc.when.n_quantities = 2 * MOST_EVENTS;
    doc.what = (struct what_layer){.events = story_events,
                                   .parties = story_parties,
                                   .quantities = story_quantities,
                                   .mentions = story_mentions,
                                   .n_events = n,
                                   .n_parties = 4,
                                   .n_quantities = 2 * MOST_EVENTS,
                                   .n_mentions = MOST_EVENTS};
    return doc;
}

/* The event's own words name that place of the story. */
static void put_at(struct event *e, uint32_t place)
{
    e->place = e->place_id = place;
    e->place_basis = place == NONE ? PLACE_BY_NONE : PLACE_BY_PHRASE;
}

/* Joins the first two events; true when one is left. */
static bool two_join(void)
{
    joined = make_doc(2);
    arena_reset(&story_arena);
    assert_true(story_join(&joined, &story_arena));
    assert_true(joined.what.n_events == 1 || joined.what.n_events == 2);
    return joined.what.n_events == 1;
}

static void put_two(struct event a, struct event b)
{
    story_events[0] = a;
    story_events[1] = b;
}

static void mentions_of_one_happening_join(void **state)
{
    (void)state;
    struct event a = make_event("046", RUSSIA, AMERICA, 0),
                 b = make_event("046", RUSSIA, AMERICA, 5);
    put_at(&b, 1);
    a.quantities = (struct range){7, 9};
    b.quantities = (struct range){3, 4};
    put_two(a, b);
    assert_true(two_join());
    struct range mentions = story_events[0].mentions, quantities = story_events[0].quantities;
    assert_int_equal(range_count(mentions), 2);
    assert_int_equal(joined.what.mentions[mentions.begin].begin, 0);
    assert_int_equal(joined.what.mentions[mentions.begin + 1].begin, 5);
    assert_int_equal(story_events[0].place, 1);
    assert_int_equal(story_events[0].place_basis, PLACE_BY_PHRASE);
    assert_int_equal(range_count(quantities), 3);
    assert_int_equal(joined.what.quantities[quantities.begin], 7);
    assert_int_equal(joined.what.quantities[quantities.begin + 2], 3);
    assert_true(story_events[0].confidence > 0.5f && story_events[0].confidence <= 1);
    put_two(make_event("040", RUSSIA, AMERICA, 0), make_event("046", KREMLIN, AMERICA, 5));
    assert_true(two_join()); /* one country; and the more particular code names it */
    assert_string_equal(story_events[0].cameo, "046");
    a.reciprocal = 1;
    put_two(a, make_event("046", AMERICA, RUSSIA, 5));
    assert_true(two_join());
}

static void others_stay_apart(void **state)
{
    (void)state;
    struct event a = make_event("046", RUSSIA, AMERICA, 0), b;
    put_two(a, make_event("163", RUSSIA, AMERICA, 5));
    assert_false(two_join());
    put_two(a, make_event("046", RUSSIA, UKRAINE, 5));
    assert_false(two_join());
    put_two(a, make_event("046", AMERICA, RUSSIA, 5)); /* not reciprocal: who does it matters */
    assert_false(two_join());
    b = make_event("046", RUSSIA, AMERICA, 5);
    b.status = STATUS_NEGATED;
    put_two(a, b);
    assert_false(two_join());
    b = make_event("046", RUSSIA, AMERICA, 5);
    b.plover = NULL;
    put_two(a, b);
    assert_false(two_join());
}

static void times_and_places_speak_against_it(void **state)
{
    (void)state;
    struct event a = make_event("046", RUSSIA, AMERICA, 0),
                 b = make_event("046", RUSSIA, AMERICA, 5);
    a.time = 0;
    b.time = 1;
    a.date_basis = b.date_basis = BASIS_STATED;
    b.from = 101;
    b.to = 102;
    put_two(a, b);
    assert_false(two_join());
    b.from = 90;
    b.to = 120;
    put_two(a, b);
    assert_true(two_join());
    static const struct {
        uint32_t a, b;
        bool joined;
    } places[] = {{0, 0, true},  {0, 1, false}, {0, 2, true},
                  {0, 3, false}, {2, 3, false}, {NONE, 3, true}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        a = make_event("046", RUSSIA, AMERICA, 0);
        b = make_event("046", RUSSIA, AMERICA, 5);
        put_at(&a, places[i].a);
        put_at(&b, places[i].b);
        put_two(a, b);
        assert_int_equal(two_join(), places[i].joined);
    }
}

static void the_better_basis_is_kept(void **state)
{
    (void)state;
    struct event a = make_event("046", RUSSIA, AMERICA, 0),
                 b = make_event("046", RUSSIA, AMERICA, 5);
    put_at(&a, 3);
    a.place_basis = PLACE_BY_PARAGRAPH; /* what only stands nearby does not part them */
    put_at(&b, 1);
    put_two(a, b);
    assert_true(two_join());
    assert_int_equal(story_events[0].place_id, 1);
    put_two(b, a);
    assert_true(two_join());
    assert_int_equal(story_events[0].place_id, 1);
}

static void nobody_is_completed_by_an_earlier_one(void **state)
{
    (void)state;
    struct event a = make_event("046", RUSSIA, AMERICA, 0),
                 b = make_event("046", RUSSIA, AMERICA, 5);
    b.source = b.target = (struct range){0, 0};
    b.incomplete = 1;
    b.trigger = 1; /* a noun: "the talks" */
    put_two(a, b);
    assert_true(two_join());
    assert_int_equal(range_count(story_events[0].mentions), 2);
    b.trigger = 0; /* a verb */
    put_two(a, b);
    assert_true(two_join()); /* it is left out, not joined */
    assert_int_equal(range_count(story_events[0].mentions), 1);
}

/* Two happenings, told in turns: each keeps all its mentions and quantities, in order. */
static void no_mention_is_lost(void **state)
{
    (void)state;
    struct dt_doc doc = make_doc(MOST_EVENTS);
    arena_reset(&story_arena);
    for (uint32_t i = 0; i < MOST_EVENTS; i++) {
        story_events[i] = make_event("046", i % 2 == 0 ? RUSSIA : UKRAINE, AMERICA, i);
        story_events[i].quantities = (struct range){2 * i, 2 * i + 2};
    }
    assert_true(story_join(&doc, &story_arena));
    assert_int_equal(doc.what.n_events, 2);
    for (uint32_t e = 0; e < 2; e++) {
        struct range mentions = story_events[e].mentions, quantities = story_events[e].quantities;
        assert_int_equal(range_count(mentions), MOST_EVENTS / 2);
        assert_int_equal(range_count(quantities), MOST_EVENTS);
        for (uint32_t k = 0; k < MOST_EVENTS / 2; k++)
            assert_int_equal(doc.what.mentions[mentions.begin + k].begin, 2 * k + e);
        for (uint32_t k = 0; k < MOST_EVENTS; k++)
            assert_int_equal(doc.what.quantities[quantities.begin + k], k / 2 * 4 + 2 * e + k % 2);
        assert_true(story_events[e].confidence <= 1);
    }
}

static void only_wanted_statuses_stay(void **state)
{
    (void)state;
    for (unsigned mask = 0; mask < 1u << STATUS_COUNT; mask++) {
        struct dt_doc doc = make_doc(2 * STATUS_COUNT);
        unsigned wanted = 0;
        for (unsigned i = 0; i < 2 * STATUS_COUNT; i++) {
            story_events[i] = make_event("046", RUSSIA, AMERICA, i);
            story_events[i].status = (uint8_t)(i % STATUS_COUNT);
            story_events[i].incomplete = i >= STATUS_COUNT;
            wanted += i < STATUS_COUNT && (mask >> i & 1u);
        }
        story_filter(&doc, mask, 0);
        assert_int_equal(doc.what.n_events, wanted);
        for (uint32_t i = 0; i < doc.what.n_events; i++)
            assert_true(!story_events[i].incomplete && (mask >> story_events[i].status & 1u));
    }
}

static void dates_are_as_precise_as_known(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *date, *end;
        char precision;
    } cases[] = {
        {"2025-02-27", "2025-02-28", "2025-02-27", "", 'd'},
        {"2025-02-24", "2025-03-03", "2025-W09", "2025-03-02", 'w'},
        {"2024-12-30", "2025-01-06", "2025-W01", "2025-01-05", 'w'},
        {"2025-02-01", "2025-03-01", "2025-02", "2025-02-28", 'm'},
        {"2022-01-01", "2023-01-01", "2022", "2022-12-31", 'y'},
    };
    struct event e = make_event("046", RUSSIA, AMERICA, 0);
    char text[16];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(date_read(str_c(cases[i].from), &e.from));
        assert_true(date_read(str_c(cases[i].to), &e.to));
        e.precision = (uint8_t)cases[i].precision;
        story_event_date(&e, text);
        assert_string_equal(text, cases[i].date);
        story_event_date_end(&e, text);
        assert_string_equal(text, cases[i].end);
    }
    e.from = e.to = DAY_MIN;
    story_event_date(&e, text);
    assert_string_equal(text, "");
    story_event_date_end(&e, text);
    assert_string_equal(text, "");
}

static void ids_tell_events_apart(void **state)
{
    (void)state;
    struct dt_doc doc = make_doc(0);
    struct event a = make_event("046", RUSSIA, AMERICA, 0),
                 b = make_event("046", RUSSIA, AMERICA, 5);
    char one[EVENT_ID_SIZE], two[EVENT_ID_SIZE];
    doc.story.id = "story";
    story_event_id(&doc, &a, 0, one);
    story_event_id(&doc, &a, 0, two);
    assert_string_equal(one, two);
    assert_true(strncmp(one, "1970-04-11-RUS-046-", 19) == 0);
    assert_int_equal(strlen(one), 19 + 16); /* 64 bits of hash */
    story_event_id(&doc, &b, 0, two);
    assert_string_not_equal(one, two);
    story_event_id(&doc, &a, 1, two); /* the second of one word */
    assert_string_not_equal(one, two);
    doc.story.id = "another";
    story_event_id(&doc, &a, 0, two);
    assert_string_not_equal(one, two);
    a.from = DAY_MIN;
    a.source = (struct range){0, 0};
    doc.story.id = NULL;
    story_event_id(&doc, &a, 0, one);
    assert_true(strncmp(one, "undated-----046-", 16) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mentions_of_one_happening_join),
        cmocka_unit_test(others_stay_apart),
        cmocka_unit_test(times_and_places_speak_against_it),
        cmocka_unit_test(the_better_basis_is_kept),
        cmocka_unit_test(nobody_is_completed_by_an_earlier_one),
        cmocka_unit_test(no_mention_is_lost),
        cmocka_unit_test(only_wanted_statuses_stay),
        cmocka_unit_test(dates_are_as_precise_as_known),
        cmocka_unit_test(ids_tell_events_apart),
    };
    return cmocka_run_group_tests(tests, make_lists, free_lists);
}
