/* form_export_test.c - mail folders, Nexis, Factiva; robots.txt. */
#include "form_run.h"

#include "input/robots.h"

static void mbox_test(void **state)
{
    (void)state;
    expect(&form_export,
           STR("From a@b.org Thu Jun 13 10:00:00 2024\nFrom: \"Jane Doe\" <j@b.org>\nSubject: "
               "=?utf-8?Q?Caf=C3=A9?=\n =?utf-8?B?IGJsb2NrZWQ=?= now\n"
               "Date: Thu, 13 Jun 2024 10:00:00 +0000\nMessage-ID: <m1@b.org>\nContent-Type: "
               "multipart/alternative; boundary=\"B\"\n\npreamble\n--B\n"
               "Content-Type: text/html\n\n<p>no</p>\n--B\nContent-Type: text/plain; "
               "charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
               "Police=20closed a caf=E9 in=\n Lyon.\n--B--\n\nFrom c@d.org Thu Jun 13 11:00:00 "
               "2024\nFrom: c@d.org\nSubject: Two\n\nThey met.\n\n>From there they left.\n"),
           "text=[Police closed a caf\xC3\xA9 in Lyon.\n] id=[m1@b.org] date=[Thu, 13 Jun 2024 "
           "10:00:00 +0000] title=[Caf\xC3\xA9 blocked now] author=[Jane Doe] charset=[utf-8] \n"
           "text=[They met.\n\nFrom there they left.\n] title=[Two] author=[c@d.org] "
           "charset=[utf-8] \n");
}

static void nexis_test(void **state)
{
    (void)state;
    expect(&form_export,
           STR("\n\n                       1 of 2 DOCUMENTS\n\n                    The Northern "
               "Courier\n\n"
               "                June 13, 2024 Thursday\n\nRebels release\nten hostages\n\nBYLINE: "
               "Jane Doe\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 31 words\n\nDATELINE: GOMA\n\n"
               " Rebels released ten hostages\non Monday.\n\n The army denied it.\n\nLOAD-DATE: "
               "June 14, 2024\n\nLANGUAGE: ENGLISH\n\n"
               "                       2 of 2 DOCUMENTS\n\nHeadline only\n"),
           "text=[GOMA - Rebels released ten hostages\non Monday.\n\n The army denied it.\n] "
           "date=[June 13, 2024] "
           "title=[Rebels release ten hostages] author=[Jane Doe] publisher=[The Northern Courier] "
           "lang=[ENGLISH] \n! f:29: the document has no text\n");
    expect(
        &form_export,
        STR("Rebels release ten hostages\nThe Northern Courier\nJune 13, 2024 "
            "Thursday\n\nCopyright 2024 Courier All Rights Reserved\n"
            "Section: NEWS; Pg. 4\nLength: 31 words\nByline: Jane Doe\nBody\n\n\nRebels released "
            "ten hostages.\n\nThey left.\n\nClassification\n\nLanguage: ENGLISH\n\n"
            "Load-Date: June 14, 2024\n\n\nEnd of Document\n\n\nSecond\nDaily\nJune 15, "
            "2024\n\nLength: 3 words\nBody\n\nAll is well.\n\nEnd of Document\n"),
        "text=[Rebels released ten hostages.\n\nThey left.\n] date=[June 13, 2024] title=[Rebels "
        "release ten hostages] author=[Jane Doe] publisher=[The Northern Courier] lang=[ENGLISH] \n"
        "text=[All is well.\n] date=[June 15, 2024] title=[Second] publisher=[Daily] \n");
}

static void factiva_test(void **state)
{
    (void)state;
    expect(
        &form_export,
        STR("SE  News\nHD  Rebels release ten hostages\nBY  By Jane Doe\nWC  31 words\nPD  13 June "
            "2024\nET  10:15\nSN  Northern Courier\nSC  NORCO\nLA  English\n"
            "LP  GOMA (NC) - Rebels released ten hostages.\n\nTD\n\nThe army denied it.\n\nNS  "
            "gvio : Violence\nAN  Document NORCO00020240613ek6d001b9\n\n"
            "Rebels return\nBy Jo Roe\n1,031 words\n14 June 2024\n10:15\nNorthern "
            "Courier\nNORCO\nEnglish\nCopyright 2024 Northern Courier.\n\nThey came "
            "back.\n\nDocument NORCO00020240614ek6d001b9\n\n"
            "Search Summary\nText\n"),
        "text=[GOMA (NC) - Rebels released ten hostages.\n\n\n\nThe army denied it.\n] "
        "id=[NORCO00020240613ek6d001b9] date=[13 June 2024] title=[Rebels release ten hostages] "
        "author=[By Jane Doe] publisher=[Northern Courier] lang=[English] \n"
        "text=[They came back.\n] id=[NORCO00020240614ek6d001b9] date=[14 June 2024] title=[Rebels "
        "return] author=[By Jo Roe] publisher=[Northern Courier] lang=[English] \n");
}

static void robots_test(void **state)
{
    (void)state;
    struct str text = STR("User-agent: *\nDisallow: /\n\nUser-Agent: Detente/1.0\nuser-agent: "
                          "other\nDisallow: /private\nAllow: /private/open\n"
                          "Disallow: /*.pdf$ # comment\nDisallow:\nSitemap: x\nDisallow: /a%62c\n");
    assert_true(robots_allow(text, "detente", STR("/news")));
    assert_false(robots_allow(text, "detente", STR("/private/x")));
    assert_true(robots_allow(text, "detente", STR("/private/open/x")));
    assert_false(robots_allow(text, "detente", STR("/d/a.pdf")));
    assert_true(robots_allow(text, "detente", STR("/d/a.pdf?x")));
    assert_false(robots_allow(text, "detente", STR("/abc")));
    assert_false(robots_allow(text, "third", STR("/news")));
    assert_true(robots_allow(text, "third", STR("/robots.txt")));
    assert_true(robots_allow(STR(""), "detente", STR("/")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(mbox_test), cmocka_unit_test(nexis_test),
                                       cmocka_unit_test(factiva_test),
                                       cmocka_unit_test(robots_test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
