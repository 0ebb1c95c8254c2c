/* features.c - gives the trainer the embedding rows of words, by the code of the run time.
 *
 * In: lines "FLAGS<TAB>FORM" on standard input, FLAGS as in feature.h. Out: for each line
 * FEATURE_COUNT numbers of 32 bits, in the byte order of the machine. With the argument "sizes":
 * three lines instead, the number of kinds, of rows, and the version. Linear time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/feature.h"

enum { LINE_BYTES = 1 << 16 };

int main(int argc, char **argv)
{
    static char line[LINE_BYTES];
    uint32_t ids[FEATURE_COUNT];
    if (argc == 2 && strcmp(argv[1], "sizes") == 0) {
        printf("%d\n%d\n%d\n", (int)FEATURE_COUNT, (int)FEATURE_ROWS, (int)FEATURE_VERSION);
        return 0;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *tab = strchr(line, '\t');
        if (tab == NULL) {
            fprintf(stderr, "features: a line without a tab\n");
            return 1;
        }
        struct str form = str_of(tab + 1, strcspn(tab + 1, "\n"));
        feature_ids(form, (unsigned)strtoul(line, NULL, 10), ids);
        if (fwrite(ids, sizeof ids[0], FEATURE_COUNT, stdout) != FEATURE_COUNT) {
            fprintf(stderr, "features: the output could not be written\n");
            return 1;
        }
    }
    return 0;
}
