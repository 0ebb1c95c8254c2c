/* boiler.c - recognises short paragraphs of boilerplate by their wording.
 *
 * In: a paragraph. Out: whether it is one that pages and wires add to stories. The lower-case text
 * of short paragraphs is compared with fixed beginnings and looked through for fixed phrases. */
#include "text/boiler.h"

enum { BOILER_BYTES = 240, BRIEF_BYTES = 60 };

/* A paragraph that begins with one of these ... */
static const char *const beginnings[] = {"click here",
                                         "click to ",
                                         "tap here",
                                         "read more:",
                                         "read more on",
                                         "read also:",
                                         "see also:",
                                         "also read:",
                                         "related:",
                                         "related stories",
                                         "related articles",
                                         "more on this story",
                                         "watch:",
                                         "sign up for ",
                                         "sign up to ",
                                         "subscribe to ",
                                         "subscribe now",
                                         "already a subscriber",
                                         "follow us on ",
                                         "follow us:",
                                         "like us on facebook",
                                         "share this ",
                                         "share on ",
                                         "print this ",
                                         "email this ",
                                         "advertisement",
                                         "copyright (c)",
                                         "copyright \xC2\xA9",
                                         "copyright 1",
                                         "copyright 2",
                                         "(c) 1",
                                         "(c) 2",
                                         "\xC2\xA9",
                                         "all rights reserved",
                                         "reporting by ",
                                         "additional reporting by ",
                                         "writing by ",
                                         "edited by ",
                                         "editing by ",
                                         "compiled by ",
                                         "(reporting by ",
                                         "(additional reporting by ",
                                         "(writing by ",
                                         "(editing by ",
                                         "our standards: ",
                                         "photo by ",
                                         "image source",
                                         "image caption",
                                         "by continuing to use this site",
                                         "we use cookies",
                                         "this site uses cookies",
                                         "this website uses",
                                         "to change your cookie",
                                         "please enable javascript",
                                         "javascript is disabled",
                                         "download the app",
                                         "download our app",
                                         "get the app",
                                         "terms of use",
                                         "terms of service",
                                         "privacy policy",
                                         "cookie policy",
                                         "contact us",
                                         "send us a tip",
                                         "thank you for reading",
                                         "skip to content",
                                         "skip to main",
                                         "loading...",
                                         "this article was originally published",
                                         "get our newsletter",
                                         "join our newsletter",
                                         "join us on telegram",
                                         "join our telegram",
                                         "support our journalism",
                                         "if you would like to report an error"};

/* ... or that has one of these anywhere. */
static const char *const phrases[] = {"all rights reserved",
                                      "cookie preferences",
                                      "cookie settings",
                                      "may not be published, broadcast",
                                      "sign up for our newsletter",
                                      "subscribe to our",
                                      "without express permission",
                                      "your browser does not"};

/* Beginnings that an ordinary sentence may have, too: only a brief paragraph without a verb's room.
 */
static bool is_doubtful(const char *beginning)
{
    static const char *const doubtful[] = {"advertisement", "contact us",  "edited by ",
                                           "compiled by ",  "writing by ", "reporting by ",
                                           "watch:",        "related:",    "share on ",
                                           "subscribe to ", "share this "};
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++)
        if (strcmp(beginning, doubtful[i]) == 0) return true;
    return false;
}

bool boiler_match(struct str paragraph)
{
    char low[BOILER_BYTES + 1];
    if (paragraph.len == 0 || paragraph.len > BOILER_BYTES) return false;
    for (size_t i = 0; i < paragraph.len; i++) {
        const char c = paragraph.at[i];
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c == '\0' ? ' ' : c);
    }
    low[paragraph.len] = '\0';
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        const struct str beginning = str_c(beginnings[i]);
        if (low[0] != beginning.at[0] || !str_starts(str_of(low, paragraph.len), beginning))
            continue;
        if (paragraph.len <= BRIEF_BYTES || !is_doubtful(beginning.at)) return true;
    }
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (strstr(low, phrases[i]) != NULL) return true;
    return false;
}
