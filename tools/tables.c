/* tables.c - prints tables of C that documents show.   tables stages|words|times
 *
 * In: the tables as compiled. Out, a line a row: of stages (src/story/road.h) the roads that one
 * lies on (c code, p parse, t parse of given tokens, r relation), the layers that it reads, writes
 * and changes, and the file to begin with; of words (src/know/words.h) and times
 * (src/know/timeword.h) the classes, the values of times, and what a class is for. */
#include <stdio.h>
#include <string.h>

#include "know/timeword.h"
#include "know/words.h"
#include "story/road.h"

static void print_roads(unsigned roads)
{
    static const char letters[] = "cptr";
    for (int i = 0; letters[i] != '\0'; i++)
        (void)putchar((roads >> i & 1u) != 0 ? letters[i] : '.');
}

/* The names of the layers with a blank between them, in a column of that width. */
static void print_layers(unsigned layers, int width)
{
    int used = 0;
    if (layers == 0) used = printf("-");
    if (layers == LAYERS_ALL) used = printf("all");
    for (int i = 0; i < LAYER_COUNT && layers != LAYERS_ALL; i++)
        if ((layers >> i & 1u) != 0) used += printf("%s%s", used != 0 ? " " : "", layer_names[i]);
    (void)printf("%*s", used < width ? width - used : 1, "");
}

static void print_stages(void)
{
    (void)printf("stage      road  reads                                     writes     changes"
                 "       begins in\n");
    for (int i = 0; i < STAGE_COUNT; i++) {
        const struct stage_row *row = &stage_rows[i];
        (void)printf("%-10s ", row->name);
        print_roads(row->roads);
        (void)printf("  ");
        print_layers(row->reads, 47);
        print_layers(row->writes, 11);
        print_layers(row->changes, 14);
        (void)printf("%s\n", row->code);
    }
}

#define WORD_ROW(name, text, meaning) (void)printf("%-21s %s\n", text, meaning);
#define TIME_ROW(name, text, kind, meaning)                                                        \
    (void)printf("%-14s %-8s %s\n", text, value_of(#kind), meaning);

static void print_words(void)
{
    WORD_CLASSES(WORD_ROW)
}

/* "NONE" as the files write it, other kinds in lower case. */
static const char *value_of(const char *kind)
{
    static char lower[16];
    size_t i = 0;
    if (strcmp(kind, "NONE") == 0) return "-";
    for (; kind[i] != '\0' && i + 1 < sizeof lower; i++)
        lower[i] = (char)(kind[i] | 0x20);
    lower[i] = '\0';
    return lower;
}

static void print_times(void)
{
    (void)printf("class          value    its words\n");
    TIME_CLASSES(TIME_ROW)
}

int main(int argc, char **argv)
{
    const char *wanted = argc == 2 ? argv[1] : "";
    if (strcmp(wanted, "stages") == 0)
        print_stages();
    else if (strcmp(wanted, "words") == 0)
        print_words();
    else if (strcmp(wanted, "times") == 0)
        print_times();
    else
        return fprintf(stderr, "usage: tables stages|words|times\n"), 2;
    return ferror(stdout) != 0 || fflush(stdout) != 0;
}
