/* whole.h - for tests of the whole chain: the model that is built here, many varied stories. */
#ifndef DETENTE_WHOLE_H
#define DETENTE_WHOLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <detente.h>

/* `events`: weights of the reader of events, NULL: ours; "none": the frames alone. */
static inline dt_model *whole_model_of(const char *knowledge_dir, const char *events)
{
    dt_model *model = NULL;
    dt_error err = {0};
    const dt_model_options files = {.size = sizeof files,
                                    .model = DT_SOURCE_DIR "/model/english.dtm",
                                    .knowledge = DT_BINARY_DIR "/detente.dtk",
                                    .knowledge_dir = knowledge_dir,
                                    .events = events};
    if (dt_model_open(&files, &model, &err) != DT_OK) fail_msg("%s", err.text);
    return model;
}

/* `knowledge_dir` is the user's folder, or NULL. */
static inline dt_model *whole_model_with(const char *knowledge_dir)
{
    return whole_model_of(knowledge_dir, NULL);
}

static inline dt_model *whole_model(void)
{
    return whole_model_with(NULL);
}

static inline dt_coder *whole_coder(dt_model *model, const dt_options *options)
{
    dt_coder *coder = NULL;
    dt_error err = {0};
    if (dt_coder_new(model, options, &coder, &err) != DT_OK) fail_msg("%s", err.text);
    return coder;
}

static inline dt_story whole_story(const char *id, const char *text, size_t len)
{
    dt_story story = {
        .size = sizeof story, .text = text, .text_len = len, .id = id, .date = "2024-06-13"};
    return story;
}

static inline const dt_doc *whole_code(dt_coder *coder, const char *text)
{
    const dt_doc *doc = NULL;
    dt_error err = {0};
    dt_story story = whole_story("story", text, strlen(text));
    if (dt_code(coder, &story, &doc, &err) != DT_OK) fail_msg("%s", err.text);
    return doc;
}

/* More sources than an event holds. */
static const char whole_many_actors[] =
    "Russia was condemned by Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, "
    "Azerbaijan, Bangladesh, "
    "Belgium, Bolivia, Botswana, Brazil, Bulgaria, Burundi, Cambodia, Cameroon, Canada, Chile, "
    "Colombia, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt, Eritrea, Estonia, Ethiopia, Fiji, "
    "Finland, France, Gabon, Germany, Ghana, Greece, Guatemala, Guinea, Guyana, Haiti, Honduras, "
    "Hungary, Iceland, India, Indonesia, Iraq, Ireland, Italy, Jamaica, Japan, Kazakhstan, Kenya, "
    "Kuwait, Kyrgyzstan, Laos, Latvia, Lesotho, Liberia, Libya, Lithuania, Luxembourg, Malawi, "
    "Malaysia, Maldives, Mali, Malta, Mauritania, Mauritius, Mexico, Moldova, Mongolia, Morocco, "
    "Mozambique and Myanmar.";

/* Writes story number n into `out`: from one sentence to dozens, every shape in some of them.
 * Returns its length. The same number gives the same story. */
static inline size_t whole_write(unsigned n, char *out, size_t cap)
{
    static const char *const who[] = {"Poland",
                                      "Brazil",
                                      "the Kenyan government",
                                      "Japan's foreign minister",
                                      "rebels",
                                      "The Kremlin",
                                      "Ethiopian police",
                                      "NATO",
                                      "Hungary",
                                      "South Korean troops"};
    static const char *const did[] = {"imposed sanctions on",
                                      "held talks with",
                                      "threatened to attack",
                                      "refused to meet",
                                      "sent aid to",
                                      "signed a deal with",
                                      "recalled its envoy from",
                                      "accused",
                                      "promised food to",
                                      "did not attack",
                                      "arrested a journalist from",
                                      "shelled"};
    static const char *const when[] = {"on Monday",     "in March 2023", "last week",
                                       "for six hours", "two days ago",  "at noon"};
    static const char *const where[] = {"in Nairobi", "near the border", "in Tokyo",
                                        "in Springfield", ""};
    static const char *const tails[] = {
        ", state media said.",
        ". \"We will not wait,\" a spokesman said. \"Not any more.\"",
        ", killing 14 people and wounding $2.5 million.\n",
        " \xE2\x80\x94 \342\200\234for now\xE2\x80\x9D.",
        ".\n\n",
        " and its allies, which agreed to send tanks, and left \xFF\xFE the talks"};
    size_t len = 0;
    unsigned sentences = 1 + n * 7 % 23;
    for (unsigned s = 0; s < sentences && len + 400 < cap; s++) {
        unsigned k = n * 31 + s * 17;
        int put =
            snprintf(out + len, cap - len, "%s %s %s %s %s%s ", who[k % 10], did[(k / 3) % 12],
                     who[(k + 1 + s) % 10], when[k % 6], where[(k / 2) % 5], tails[(k / 5) % 6]);
        if (put > 0) len += (size_t)put;
    }
    return len;
}

#endif
