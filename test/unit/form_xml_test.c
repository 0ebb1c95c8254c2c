/* form_xml_test.c - feeds, PETRARCH's XML, NewsML-G2, NITF; faults of XML. */
#include "form_run.h"

static void rss_test(void **state)
{
    (void)state;
    expect(
        &form_xml,
        STR("<?xml version=\"1.0\"?><rss version=\"2.0\" "
            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
            "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Northern "
            "Courier</title><language>en</language>"
            "<item><title>Rebels &amp; army talk</title><link>http://a.org/1</link><guid>g1</guid>"
            "<pubDate>Thu, 13 Jun 2024 14:05:00 GMT</pubDate><dc:creator>Jane "
            "Doe</dc:creator><media:title>no</media:title>"
            "<description><![CDATA[<p>They met&nbsp;in <b>Goma</b>.</p>]]></description></item>"
            "<item><title>Second</title><description>A & B "
            "&eacute;</description></item></channel></rss>"),
        "text=[They met\xC2\xA0in Goma.] id=[g1] date=[Thu, 13 Jun 2024 14:05:00 GMT] "
        "title=[Rebels & army talk] "
        "author=[Jane Doe] publisher=[Northern Courier] url=[http://a.org/1] lang=[en] \n"
        "text=[A & B \xC3\xA9] title=[Second] publisher=[Northern Courier] lang=[en] \n"
        "# f: 1 fault of XML (a bare '&', an unknown entity, a control character) was mended\n");
}

static void atom_test(void **state)
{
    (void)state;
    expect(&form_xml,
           STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Daily</title>"
               "<entry><id>tag:1</id><title type=\"html\">&lt;b&gt;Talks&lt;/b&gt;</title><link "
               "rel=\"self\" href=\"http://a.org/f\"/>"
               "<link "
               "href=\"http://a.org/2\"/><updated>2024-06-14T00:00:00Z</"
               "updated><published>2024-06-13T00:00:00Z</published>"
               "<author><name>Jo Roe</name></author><summary>Short</summary><content "
               "type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
               "<p>One.</p><p>Two.</p></div></content></entry></feed>"),
           "text=[One.\n\nTwo.] id=[tag:1] date=[2024-06-13T00:00:00Z] title=[Talks] author=[Jo "
           "Roe] publisher=[Daily] "
           "url=[http://a.org/2] lang=[en] \n");
}

static void petrarch_test(void **state)
{
    (void)state;
    expect(&form_xml,
           STR("<Sentences>\n<Sentence date=\"20100101\" id=\"A_1\" source=\"AFP\" "
               "sentence=\"True\">\n<Text>\n"
               "Police arrested\nten men.\n</Text>\n<Parse>(ROOT (S x))</Parse></Sentence>\n"
               "<Sentence date=\"20100102\" id=\"A_2\" source=\"AFP\" "
               "sentence=\"True\"><Text>Two.</Text></Sentence></Sentences>"),
           "text=[Police arrested ten men.] id=[A_1] date=[20100101] publisher=[AFP] \n"
           "text=[Two.] id=[A_2] date=[20100102] publisher=[AFP] \n");
}

static void nitf_test(void **state)
{
    (void)state;
    expect(&form_xml,
           STR("<nitf><head><title>Short title</title><docdata><doc-id "
               "id-string=\"n1\"/><date.issue norm=\"20240613T100000Z\"/>"
               "</docdata><pubdata name=\"Courier\"/></head><body><body.head><hedline><hl1>Talks "
               "begin</hl1></hedline>"
               "<byline>By Jane Doe</byline><dateline><location>GOMA</location>, <story.date>June "
               "13</story.date></dateline></body.head>"
               "<body.content><block><p>They <em>met</em> on Monday.</p><media><media-caption>A "
               "picture</media-caption></media>"
               "<p>It "
               "ended.</p></block></body.content><body.end><tagline>End</tagline></body.end></"
               "body></nitf>"),
           "text=[GOMA, June 13 - They met on Monday.\nIt ended.] id=[n1] date=[20240613T100000Z] "
           "title=[Talks begin] "
           "author=[By Jane Doe] publisher=[Courier] \n");
}

static void newsml_test(void **state)
{
    (void)state;
    expect(&form_xml,
           STR("<newsMessage "
               "xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header/><itemSet><newsItem "
               "guid=\"urn:n:1\" xml:lang=\"en\">"
               "<itemMeta><provider "
               "literal=\"Wire\"/><versionCreated>2024-06-13T11:00:00Z</versionCreated></itemMeta>"
               "<contentMeta><headline>Talks "
               "begin</headline><by>Jane</by></contentMeta><contentSet><inlineXML "
               "contenttype=\"application/xhtml+xml\">"
               "<html "
               "xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><p>They "
               "met.</p><p>Again.</p></body></html>"
               "</inlineXML></contentSet></newsItem></itemSet></newsMessage>"),
           "text=[They met.\nAgain.] id=[urn:n:1] date=[2024-06-13T11:00:00Z] title=[Talks begin] "
           "publisher=[Wire] lang=[en] \n");
}

static void fault_test(void **state)
{
    (void)state;
    char *got = run_form(&form_xml,
                         STR("<rss><channel><item><title>One</title></item>\n<item><title>Two</b></"
                             "item></channel></rss>"),
                         64, 1 << 20);
    assert_non_null(strstr(got, "text=[] title=[One] \n! f:2: is no XML from here on: "));
    free(got);
    got = run_form(
        &form_xml,
        STR("<!DOCTYPE rss [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"bomb\">]>"
            "<rss><channel><item><title>x&a;&b;y</title></item></channel></rss>"),
        64, 1 << 20);
    assert_string_equal(got, "text=[] title=[xy] \n# f: 2 faults of XML (a bare '&', an unknown "
                             "entity, a control character) were mended\n");
    free(got);
    got = run_form(&form_xml, STR("<kml><a/></kml>"), 64, 1 << 20);
    assert_non_null(strstr(got, "! f: XML of <kml> is not known"));
    free(got);
    got = run_form(&form_xml,
                   STR("<rss><item><title>12345678901234567890</title></item><item><title>b</"
                       "title></item></rss>"),
                   64, 10);
    assert_string_equal(got, "! f:1: one story of more than 0 MB was left out; --max-record allows "
                             "more\ntext=[] title=[b] \n");
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss_test),  cmocka_unit_test(atom_test),   cmocka_unit_test(petrarch_test),
        cmocka_unit_test(nitf_test), cmocka_unit_test(newsml_test), cmocka_unit_test(fault_test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
