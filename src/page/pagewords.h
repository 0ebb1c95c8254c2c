/* pagewords.h - the vocabulary in which pages name their parts (classes and ids), as data.
 *
 * General words only: none that is the name of one publisher or of one system of pages. A word may
 * stand in two rows. Words are in lower case, separated by one blank. */
#ifndef DETENTE_PAGEWORDS_H
#define DETENTE_PAGEWORDS_H

#define PAGE_WORDS(X)                                                                              \
    X(ARTICLE, "article post story entry hentry main blogpost newsarticle single")                 \
    X(BODY, "body content contents text copy paragraph paragraphs bodytext articlebody bodycopy "  \
            "fulltext "                                                                            \
            "maincontent articletext storybody postcontent articlecontent storytext entrycontent " \
            "articlecopy richtext wysiwyg prose")                                                  \
    X(LEAD,                                                                                        \
      "lead lede intro introduction dek deck standfirst summary subtitle subhead subheadline "     \
      "subheading excerpt abstract teasertext kicker strapline tagline description synopsis "      \
      "highlights keypoints")                                                                      \
    X(TITLE, "title headline heading hed entrytitle posttitle")                                    \
    X(COMMENT,                                                                                     \
      "comment comments disqus reply replies respond commentlist discussion discussions forum "    \
      "reviews commenting livefyre responses conversation reaction reactions ugc")                 \
    X(ASIDE, "sidebar aside rail rightrail side widget widgets secondary complementary "           \
             "rightcolumn leftcolumn sidecol rightcol column")                                     \
    X(RELATED,                                                                                     \
      "related more recommended recommendations recommendation also trending popular latest "      \
      "recirc recirculation readmore readnext next previous prev pagination pager upnext "         \
      "mostread mostpopular morefrom seealso similar further topstories headlines linklist "       \
      "taboola outbrain zergnet nextup viewed picks suggested suggestions relatedposts "           \
      "relatedarticles links archive series")                                                      \
    X(TEASER, "teaser teasers card cards tile tiles item items list listing grid carousel slider " \
              "feed stream river blogroll thumb thumbnail thumbnails")                             \
    X(ADVERT,                                                                                      \
      "ad ads advert adverts advertisement advertising advertisment advertorial sponsor "          \
      "sponsored "                                                                                 \
      "sponsors promo promos promotion promotions promotional banner banners dfp adsense adslot "  \
      "adunit leaderboard mpu commercial affiliate affiliates shop shopping deal deals product "   \
      "products buy partner partners marketing cta callout")                                       \
    X(SHARE, "share sharing shares sharebar sharedaddy social socials facebook twitter pinterest " \
             "linkedin whatsapp follow addthis addtoany sharethis email print printer tools "      \
             "toolbar toolbox actions action buttons button btn bookmark like likes vote rating "  \
             "ratings")                                                                            \
    X(LETTER, "newsletter newsletters subscribe subscription subscriber subscriptions signup "     \
              "paywall mailchimp register registration login signin optin membership donate "      \
              "donation donations form")                                                           \
    X(NAV, "nav navigation navbar menu menus submenu breadcrumb breadcrumbs crumbs masthead "      \
           "topbar header skip search searchbox site toc sitemap")                                 \
    X(FOOT, "footer foot copyright legal disclaimer terms bottom colophon footnote footnotes "     \
            "note notes postscript endnote correction corrections")                                \
    X(POPUP, "cookie cookies consent gdpr modal popup popover overlay dialog lightbox tooltip "    \
             "interstitial privacy notice alert drawer dropdown toast")                            \
    X(CAPTION, "caption captions credit credits figcaption imagecaption photocaption legend "      \
               "source photocredit attribution")                                                   \
    X(MEDIA, "photo photos image images img picture pictures figure gallery slideshow video "      \
             "videos player media audio podcast embed embedded infographic chart map")             \
    X(AUTHOR, "author authors byline bylines bio biography contributor contributors writer "       \
              "reporter profile about avatar vcard staff columnist authorbio")                     \
    X(META, "meta metadata date dates time timestamp published pubdate updated dateline tag tags " \
            "taglist topic topics category categories cat keywords postmeta info infos details "   \
            "hashtag labels label section location")                                               \
    X(QUOTE, "pullquote pull pullquotes blockquote quote quotes")                                  \
    X(EMBED, "tweet instagram twitter facebook youtube")                                           \
    X(HIDDEN, "hidden hide invisible visuallyhidden screenreader sr noprint noscript")

#endif
