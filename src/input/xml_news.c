/* xml_news.c - XML of newsrooms and of coders: NewsML-G2, NewsML 1, NITF (all of the IPTC), and the
 * input of PETRARCH, whose parse trees are not used. */
#include "input/xml_story.h"

static const struct xml_rule petrarch_rules[] = {
    {NULL, "Sentence", "id", SPACE_ANY, PIECE_ID, 1},
    {NULL, "Sentence", "date", SPACE_ANY, PIECE_DATE, 1},
    {NULL, "Sentence", "source", SPACE_ANY, PIECE_PUBLISHER, 1},
    {NULL, "Sentence", "url", SPACE_ANY, PIECE_URL, 1},
    {NULL, "Story", "id", SPACE_ANY, PIECE_ID, 1},
    {NULL, "Story", "date", SPACE_ANY, PIECE_DATE, 1},
    {NULL, "Story", "source", SPACE_ANY, PIECE_PUBLISHER, 1},
    {NULL, "Headline", NULL, SPACE_ANY, PIECE_TITLE, 1},
    {NULL, NULL, NULL, SPACE_ANY, 0, 0}};

const struct xml_kind petrarch_kind = {.roots = " Sentences Stories ",
                                       .stories = " Sentence Story ",
                                       .texts = " Text ",
                                       .blocks = " Text ",
                                       .skipped = " Parse ",
                                       .rules = petrarch_rules};

static const struct xml_rule news_rules[] = {
    /* NITF */
    {NULL, "hl1", NULL, SPACE_ANY, PIECE_TITLE, 8},
    {"head", "title", NULL, SPACE_ANY, PIECE_TITLE, 2},
    {NULL, "date.issue", "norm", SPACE_ANY, PIECE_DATE, 9},
    {NULL, "date.release", "norm", SPACE_ANY, PIECE_DATE, 8},
    {NULL, "story.date", "norm", SPACE_ANY, PIECE_DATE, 7},
    {NULL, "pubdata", "date.publication", SPACE_ANY, PIECE_DATE, 6},
    {NULL, "pubdata", "name", SPACE_ANY, PIECE_PUBLISHER, 9},
    {NULL, "distributor", NULL, SPACE_ANY, PIECE_PUBLISHER, 3},
    {NULL, "pubdata", "ex-ref", SPACE_ANY, PIECE_URL, 3},
    {NULL, "doc-id", "id-string", SPACE_ANY, PIECE_ID, 5},
    {NULL, "byline", NULL, SPACE_ANY, PIECE_AUTHOR, 5},
    {NULL, "dateline", NULL, SPACE_ANY, SLOT_DATELINE, 5},
    {NULL, "nitf", "lang", SPACE_ANY, PIECE_LANG, 2},
    /* NewsML-G2 */
    {NULL, "headline", NULL, SPACE_ANY, PIECE_TITLE, 9},
    {NULL, "newsItem", "guid", SPACE_ANY, PIECE_ID, 9},
    {NULL, "newsItem", "lang", SPACE_ANY, PIECE_LANG, 1},
    {NULL, "contentCreated", NULL, SPACE_ANY, PIECE_DATE, 5},
    {NULL, "firstCreated", NULL, SPACE_ANY, PIECE_DATE, 4},
    {NULL, "versionCreated", NULL, SPACE_ANY, PIECE_DATE, 3},
    {"creator", "name", NULL, SPACE_ANY, PIECE_AUTHOR, 4},
    {"provider", "name", NULL, SPACE_ANY, PIECE_PUBLISHER, 8},
    {NULL, "provider", "literal", SPACE_ANY, PIECE_PUBLISHER, 7},
    {NULL, "language", "tag", SPACE_ANY, PIECE_LANG, 3},
    {NULL, "link", "href", SPACE_ANY, PIECE_URL, 1},
    /* NewsML 1 */
    {NULL, "HeadLine", NULL, SPACE_ANY, PIECE_TITLE, 9},
    {NULL, "ByLine", NULL, SPACE_ANY, PIECE_AUTHOR, 5},
    {NULL, "DateLine", NULL, SPACE_ANY, SLOT_DATELINE, 5},
    {NULL, "DateId", NULL, SPACE_ANY, PIECE_DATE, 2},
    {NULL, "FirstCreated", NULL, SPACE_ANY, PIECE_DATE, 4},
    {NULL, "ProviderId", NULL, SPACE_ANY, PIECE_PUBLISHER, 2},
    {NULL, "NewsItemId", NULL, SPACE_ANY, PIECE_ID, 4},
    {NULL, NULL, NULL, SPACE_ANY, 0, 0}};

const struct xml_kind news_kind = {
    .roots = " nitf newsMessage newsItem NewsML NewsItem conceptSet packageItem ",
    .stories = " newsItem NewsItem nitf ",
    .texts = " body.content body DataContent inlineData ",
    .blocks =
        " p hl2 br li tr div block blockquote h1 h2 h3 h4 h5 h6 pre note bq hr ul ol dl dd dt ",
    .skipped = " media script style head body.head body.end aside figure fn docdata ",
    .rules = news_rules};
