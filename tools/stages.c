/* stages.c - prints the table of stages for ARCHITECTURE.md.   stages
 *
 * In: the table in src/story/road.h, as compiled. Out: one line a stage: the roads that it lies on
 * (c code, p parse, t parse of given tokens, r relation), the layers that it reads, writes and
 * changes, and the file to begin with. */
#include <stdio.h>

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

int main(void)
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
    return ferror(stdout) != 0 || fflush(stdout) != 0;
}
