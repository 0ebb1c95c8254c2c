/* page_blocks.c - prints the blocks of pages with their features, for train/page_fit.py.
 *
 *     page_blocks FILE.html... > blocks.tsv
 *
 * One line a block, cells separated by tabs: the file's name, the log-odds, the features of the
 * first round, the ranges of blocks of its element and the two above, its text. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "page/pageread.h"

static void print_block(const char *name, const struct page_judge *judge, size_t i)
{
    const struct page_verdict *v = &judge->verdicts[i];
    struct str text = block_text(judge->layout, &judge->layout->blocks[i]);
    printf("%s\t%.3f", name, (double)v->odds);
    for (int k = 0; k < FEATURE_COUNT; k++)
        printf("\t%g", (double)v->features[k]);
    uint32_t at = judge->layout->blocks[i].element;
    for (int k = 0; k < 3; k++) {
        struct page_element *e = &judge->layout->elements[at];
        printf("\t%u\t%u", e->blocks.begin, e->blocks.end);
        if (e->parent != NONE) at = e->parent;
    }
    printf("\t%.*s\n", (int)text.len, text.at);
}

int main(int argc, char **argv)
{
    struct page_reader *reader = page_reader_new();
    struct arena arena = {0};
    if (reader == NULL) return 3;
    for (int i = 1; i < argc; i++) {
        struct file_map file;
        struct page_facts facts;
        struct page_judge judge;
        dt_error err;
        if (file_map_open(argv[i], &file, &err) != DT_OK) {
            fprintf(stderr, "%s\n", err.text);
            return 3;
        }
        struct str bytes = str_of((const char *)file.at, file.len);
        if (!page_take_apart(reader, &arena, bytes, str_of("", 0), &facts, &judge)) return 3;
        for (size_t b = 0; b < judge.layout->n_blocks; b++)
            print_block(argv[i], &judge, b);
        file_map_close(&file);
        arena_reset(&arena);
    }
    page_reader_free(reader);
    arena_free(&arena);
    return 0;
}
