/* page_test.c - web pages: which text is the article's, what the page says of itself, encodings,
 * and pages made to harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "page/page.h"

struct held {
    struct page_reader *reader;
    struct arena arena;
    struct article page;
};

static int begin_pages(void **state)
{
    struct held *held = calloc(1, sizeof *held);
    assert_non_null(held);
    held->reader = page_reader_new();
    assert_non_null(held->reader);
    *state = held;
    return 0;
}

static int end_pages(void **state)
{
    struct held *held = *state;
    page_reader_free(held->reader);
    arena_free(&held->arena);
    free(held);
    return 0;
}

static const struct article *read_bytes(void **state, const char *bytes, size_t len,
                                        const char *charset)
{
    struct held *held = *state;
    dt_error err;
    arena_reset(&held->arena);
    assert_int_equal(page_read(held->reader, &held->arena, str_of(bytes, len), str_c(charset),
                               &held->page, &err),
                     DT_OK);
    return &held->page;
}

static const struct article *read_page(void **state, const char *html)
{
    return read_bytes(state, html, strlen(html), NULL);
}

static void expect(struct str found, const char *wanted)
{
    struct buf text = {0};
    buf_put(&text, found);
    buf_c(&text, '\0');
    assert_string_equal(text.at, wanted);
    buf_free(&text);
}

#define FIRST                                                                                      \
    "Farmers blocked the harbour road on Tuesday, and the police did not clear it until night."
#define SECOND                                                                                     \
    "The ministry offered talks, but the union of growers, which called the protest, refused."
#define THIRD "A second blockade is planned for Friday, its speaker Lena Holt said at the gate."

static const char whole_page[] =
    "<!DOCTYPE html><html lang='en-GB'><head><title>Farmers block harbour | The Coast "
    "Herald</title><meta property='og:site_name' content='The Coast Herald'>"
    "<meta property='og:title' content='Farmers block harbour'>"
    "<meta property='article:published_time' content='2024-03-05T18:20:00+01:00'>"
    "<meta property='article:modified_time' content='2024-03-09T08:00:00+01:00'>"
    "<link rel='canonical' href='https://herald.example/farmers'>"
    "<style>p {color: red}</style></head><body class='with-sidebar'>"
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World news of today</a></li></ul></nav>"
    "<article><h1>Farmers block harbour</h1><p class='byline'>By Ada Reed</p>"
    "<div class='article-body'><p>" FIRST "</p>"
    "<figure><img src='x.jpg'><figcaption>Tractors at the gate, seen from above. Photo: "
    "Reed</figcaption></figure><p>" SECOND "</p><h2>What comes next</h2><p>" THIRD "</p></div>"
    "<div class='share-buttons'><a href='#'>Share on a network</a></div></article>"
    "<div class='related-stories'><h3>More stories</h3><ul><li><a href='/a'>Fishermen want more "
    "quota, and soon</a></li><li><a href='/b'>Ferry to the island stopped</a></li></ul></div>"
    "<section id='comments'><p>Well done, I say. They should have done this long ago, all of "
    "them.</p></section><div class='cookie-notice'><p>We use cookies, as all do, to make this site "
    "better.</p></div><footer><p>Copyright 2024, The Coast Herald. All rights "
    "reserved.</p></footer><script>var x = 'not text';</script></body></html>";

static void article_alone_is_kept(void **state)
{
    const struct article *page = read_page(state, whole_page);
    expect(page->text, FIRST "\n" SECOND "\nWhat comes next\n" THIRD "\n");
}

static void facts_are_read(void **state)
{
    const struct article *page = read_page(state, whole_page);
    expect(page->title, "Farmers block harbour");
    expect(page->date, "2024-03-05T18:20:00+01:00");
    expect(page->author, "Ada Reed");
    expect(page->publisher, "The Coast Herald");
    expect(page->url, "https://herald.example/farmers");
    expect(page->lang, "en");
}

static void json_ld_is_read(void **state)
{
    const struct article *page = read_page(
        state,
        "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \"name\": "
        "\"x\"}, {\"@type\": [\"NewsArticle\"], \"headline\": \"A line\n broken\", "
        "\"datePublished\": \"2023-01-02\", \"dateModified\": \"2023-05-06\", \"author\": "
        "[{\"name\": \"A. One\"}, \"B. Two\"], \"publisher\": {\"name\": \"Daily\"}}]}"
        "</script><p>" FIRST "</p>");
    expect(page->title, "A line  broken");
    expect(page->date, "2023-01-02");
    expect(page->author, "A. One, B. Two");
    expect(page->publisher, "Daily");
    expect(page->text, FIRST "\n");
}

static void weak_facts_are_taken_last(void **state)
{
    const struct article *page = read_page(
        state, "<link rel=canonical href='https://x.example/2022/11/30/a-story'><p>" FIRST "</p>");
    expect(page->date, "2022-11-30");
    page = read_page(state, "<link rel=canonical href='https://x.example/2022/11/30/a'>"
                            "<time datetime='2022-11-29'>yesterday</time><p>" FIRST "</p>");
    expect(page->date, "2022-11-29");
    page = read_page(state, "<p>" FIRST "</p>");
    assert_null(page->date.at);
    assert_null(page->title.at);
    assert_null(page->lang.at);
}

/* Inline elements join, breaks and blocks part; entities, soft hyphens, blanks. */
static void words_are_neither_glued_nor_cut(void **state)
{
    const struct article *page = read_page(
        state,
        "<div>The <b>min</b>ister of trans&shy;port,<br>who had w<i>ar</i>ned of\n  it, went "
        "&mdash; caf&eacute; &amp; all &#8212; with&nbsp;out a word more, it seems.<br> "
        "<br>" SECOND "</div><div>" THIRD "</div>");
    expect(page->text,
           "The minister of transport, who had warned of it, went \xE2\x80\x94 caf\xC3\xA9 & all "
           "\xE2\x80\x94 with out a word more, it seems.\n" SECOND "\n" THIRD "\n");
}

static void encodings_are_told_apart(void **state)
{
    static const char latin[] =
        "<meta charset=iso-8859-1><p>Das Geb\xE4ude, in dem \x93niemand\x94 "
        "mehr wohnte, brannte am Dienstag v\xF6llig aus.</p>";
    static const char wanted[] =
        "Das Geb\xC3\xA4ude, in dem \xE2\x80\x9Cniemand\xE2\x80\x9D mehr wohnte, brannte am "
        "Dienstag v\xC3\xB6llig aus.\n";
    expect(read_bytes(state, latin, sizeof latin - 1, NULL)->text, wanted);
    /* HTTP goes before the page; neither counts where the bytes are UTF-8 */
    static const char utf8[] = "<meta charset=windows-1251><p>Das Geb\xC3\xA4ude, in dem "
                               "\xE2\x80\x9Cniemand\xE2\x80\x9D mehr wohnte, brannte am Dienstag "
                               "v\xC3\xB6llig aus.</p>";
    expect(read_bytes(state, utf8, sizeof utf8 - 1, "iso-8859-1")->text, wanted);
    static const char wide[] = "\xFF\xFE<\0p\0>\0O\0n\0e\0 \0w\0o\0r\0d\0,\0 \0t\0w\0o\0,\0 "
                               "\0t\0h\0r\0e\0e\0,\0 \0f\0o\0u\0r\0,\0 \0f\0i\0v\0e\0,\0 \0s\0i\0x"
                               "\0,\0 \0s\0e\0v\0e\0n\0,\0 \0e\0i\0g\0h\0t\0.\0";
    expect(read_bytes(state, wide, sizeof wide - 1, NULL)->text,
           "One word, two, three, four, five, six, seven, eight.\n");
}

static void nothing_gives_nothing(void **state)
{
    expect(read_page(state, "")->text, "");
    expect(read_page(state, "<p></p><!-- x")->text, "");
    assert_null(read_bytes(state, "\0\xFF<\0", 4, "no-such-code")->title.at);
}

/* ---- pages made to harm: each of some megabytes ---- */

static void repeat(struct buf *page, const char *piece, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_z(page, piece);
}

static void is_bounded(void **state, struct buf *page)
{
    clock_t begin = clock();
    assert_false(page->failed);
    (void)read_bytes(state, page->at, page->len, NULL);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 20); /* with sanitizers, too */
    buf_free(page);
}

static void bombs_are_bounded(void **state)
{
    static const char *const pieces[] = {"<div>",
                                         "<b a>",
                                         "<table><b>",
                                         "<form>",
                                         "<a>x",
                                         "<!--<",
                                         "<svg><![CDATA[",
                                         "&notanentity;",
                                         "<p>a b, c.",
                                         "<body x>",
                                         "<h1 class='title title title'>x</h1>",
                                         "<template>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf page = {0};
        repeat(&page, pieces[i], 2000000 / strlen(pieces[i]));
        is_bounded(state, &page);
    }
}

static void attributes_are_bounded(void **state)
{
    struct buf page = {0};
    buf_z(&page, "<body><body");
    for (size_t i = 0; i < 200000; i++)
        buf_f(&page, " a%zu", i);
    is_bounded(state, &page);
    for (size_t i = 0; i < 100000; i++)
        buf_f(&page, "<b a%zu>x</p><p>", i);
    is_bounded(state, &page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(article_alone_is_kept, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(facts_are_read, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(json_ld_is_read, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(weak_facts_are_taken_last, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(words_are_neither_glued_nor_cut, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(encodings_are_told_apart, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(nothing_gives_nothing, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(bombs_are_bounded, begin_pages, end_pages),
        cmocka_unit_test_setup_teardown(attributes_are_bounded, begin_pages, end_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
