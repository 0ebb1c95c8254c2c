/* foreign.c - counting the stories that are not in English; see foreign.h. */
#include "foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static void cut_name(const char *message, char name[FOREIGN_NAME])
{
    static const char before[] = "the story is in ";
    const char *begin = strstr(message, before);
    begin = begin != NULL ? begin + sizeof before - 1 : message;
    const char *end = strrchr(begin, '(');
    size_t len = end != NULL && end > begin ? (size_t)(end - begin) - 1 : strlen(begin);
    if (len >= FOREIGN_NAME) len = FOREIGN_NAME - 1;
    memcpy(name, begin, len);
    name[len] = '\0';
}

void foreign_note(struct foreign_count *count, const char *message)
{
    char name[FOREIGN_NAME];
    size_t i = 0;
    cut_name(message, name);
    count->n++;
    while (i < count->n_languages && strcmp(count->languages[i].name, name) != 0)
        i++;
    if (i == FOREIGN_MOST) return;
    if (i == count->n_languages) (void)strcpy(count->languages[count->n_languages++].name, name);
    count->languages[i].n++;
}

static int more_first(const void *a, const void *b)
{
    const struct foreign_language *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? 1 : -1;
    return strcmp(x->name, y->name);
}

void foreign_tell(struct foreign_count *count, size_t stories)
{
    char list[400] = "";
    size_t len = 0;
    if (count->n == 0) return;
    qsort(count->languages, count->n_languages, sizeof *count->languages, more_first);
    for (size_t i = 0; i < count->n_languages && len + FOREIGN_NAME + 24 < sizeof list; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, "%s%zu %s", i != 0 ? ", " : "",
                                count->languages[i].n, count->languages[i].name);
    complain("%zu of %zu stories %s not in English and %s left out (%s); --any-language codes them",
             count->n, stories, count->n == 1 ? "is" : "are", count->n == 1 ? "was" : "were", list);
}
