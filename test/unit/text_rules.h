/* text_rules.h - how a test without the model cuts its text: by rule, with the words that the
 * splitter of the model was trained with. */
#ifndef DETENTE_TEXT_RULES_H
#define DETENTE_TEXT_RULES_H

#include <stdlib.h>

#include "text/split.h"

/* Made at the first call; it lasts as long as the program. */
static inline const struct text_rules *rules_with_words(void)
{
    static struct text_rules rules;
    static struct bundle_writer w;
    static struct bundle bundle;
    static struct splitter *splitter;
    static void *bytes;
    struct file_map map;
    size_t len;
    if (splitter != NULL) return &rules;
    if (file_map_open(DT_SOURCE_DIR "/train/abbreviations.txt", &map, NULL) != DT_OK) abort();
    bundle_begin(&w, "MODL", 1);
    bundle_add(&w, "spl.word", map.at, map.len, 1);
    if (bundle_finish(&w, &bytes, &len, NULL) != DT_OK) abort();
    if (bundle_attach(bytes, len, "words", "MODL", 1, 1, &bundle, NULL) != DT_OK) abort();
    if (splitter_new(&bundle, &splitter, NULL) != DT_OK) abort();
    file_map_close(&map);
    rules.splitter = splitter;
    return &rules;
}

#endif
