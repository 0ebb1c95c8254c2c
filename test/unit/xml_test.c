/* Stories in XML: feeds, PETRARCH's input, NITF, NewsML-G2, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "form_fixture.h"

static void expect_xml(const char *xml, const char *wanted)
{
    static const size_t steps[] = {3, 1 << 20};
    for (size_t i = 0; i < 2; i++) {
        struct buf got = {0};
        read_form(&form_xml, str_c(xml), steps[i], NULL, &got);
        assert_string_equal(got.at, wanted);
        buf_free(&got);
    }
}

static void reads_rss(void **state)
{
    (void)state;
    expect_xml("<?xml version='1.0'?><rss version='2.0' "
               "xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
               "<channel><title>The Example</title><item><title>Talks  begin</title>"
               "<link>http://a.example/1</link><guid>g1</guid>"
               "<pubDate>Thu, 13 Jun 2024 14:05:00 GMT</pubDate>"
               "<description>Short.</description>"
               "<content:encoded><![CDATA[<p>Peru met Chile.</p>]]></content:encoded></item>"
               "<item><title>Empty</title></item>"
               "<item><description>Kenya &amp; Chad met.</description></item></channel></rss>",
               "1 text|g1|Thu, 13 Jun 2024 14:05:00 GMT|Talks begin|http://a.example/1||"
               "<p>Peru met Chile.</p>\n"
               "3 text||||||Kenya & Chad met.\n");
}

static void reads_atom(void **state)
{
    (void)state;
    expect_xml("<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><title>T</title>"
               "<link rel='self' href='no'/><link href='http://a.example/2'/><id>i2</id>"
               "<updated>2024-06-14T00:00:00Z</updated><published>2024-06-13T00:00:00Z</published>"
               "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
               "<p>Peru <b>met</b> Chile.</p><p>They talked.</p></div></content></entry></feed>",
               "1 text|i2|2024-06-13T00:00:00Z|T|http://a.example/2||Peru met Chile.\nThey "
               "talked.\n\n");
}

static void reads_petrarch(void **state)
{
    (void)state;
    expect_xml("<Sentences><Sentence date='20080801' id='AFP0801_1' source='AFP' sentence='True'>"
               "<Text>\nPeru met Chile.\n</Text><Parse>(ROOT)</Parse></Sentence></Sentences>",
               "1 text|AFP0801_1|20080801||||\nPeru met Chile.\n\n");
}

static void reads_news_formats(void **state)
{
    (void)state;
    expect_xml(
        "<nitf><head><docdata><doc-id id-string='n1'/><date.issue norm='20240613'/></docdata>"
        "</head><body><body.head><hedline><hl1>Talks</hl1></hedline><dateline>LIMA</dateline>"
        "</body.head><body.content><media><p>Picture</p></media><p>Peru met Chile.</p>"
        "<p>They talked.</p></body.content></body></nitf>",
        "1 text|n1|20240613|Talks|||LIMA - Peru met Chile.\nThey talked.\n\n");
    expect_xml("<newsMessage><itemSet><newsItem guid='u1'><itemMeta><versionCreated>2024-06-13"
               "</versionCreated></itemMeta><contentMeta><headline>Talks</headline></contentMeta>"
               "<contentSet><inlineXML><html><head><title>x</title></head><body><p>Peru met Chile."
               "</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>",
               "1 text|u1|2024-06-13|Talks|||Peru met Chile.\n\n");
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    expect_xml("<books><book/></books>",
               "! test: no stories were found in the XML, whose outermost element is 'books'; RSS, "
               "Atom, NITF, NewsML-G2 and PETRARCH's Sentences are known\n");
    struct buf got = {0};
    read_form(
        &form_xml,
        STR("<rss><channel><item><description>One &nope; AT&T &#x41; &lt;p></description></item>"
            "<item><description>Two <b>.</description></item></channel></rss>"),
        100, NULL, &got);
    assert_non_null(strstr(got.at, "1 text||||||One &nope; AT&T A <p>\n"));
    assert_non_null(strstr(got.at, "note: test:1: the XML is not well-formed ("));
    buf_free(&got);
}

/* Neither a file of the machine nor a bomb comes out of an entity. */
static void expands_no_entity(void **state)
{
    struct buf got = {0};
    (void)state;
    read_form(&form_xml,
              STR("<!DOCTYPE rss [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c SYSTEM "
                  "'file:///etc/passwd'>]><rss><item><description>Peru &b; &c; "
                  "Chile.</description></item></rss>"),
              100, NULL, &got);
    assert_null(strstr(got.at, "root:"));
    assert_null(strstr(got.at, "lollol"));
    assert_non_null(strstr(got.at, "Chile."));
    buf_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rss),          cmocka_unit_test(reads_atom),
        cmocka_unit_test(reads_petrarch),     cmocka_unit_test(reads_news_formats),
        cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(expands_no_entity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
