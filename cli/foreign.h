/* foreign.h - counts the stories that are not in English. */
#ifndef DETENTE_FOREIGN_H
#define DETENTE_FOREIGN_H

#include <stddef.h>

enum { FOREIGN_MOST = 64, FOREIGN_NAME = 44 };

struct foreign_count {
    size_t n; /* of all of them */
    size_t n_languages;
    struct foreign_language {
        char name[FOREIGN_NAME];
        size_t n;
    } languages[FOREIGN_MOST];
};

/* Counts one, by the sentence that dt_code() gave: "the story is in German (detected)". */
void foreign_note(struct foreign_count *count, const char *message);
/* One line for all of `stories`, where there were any. */
void foreign_tell(struct foreign_count *count, size_t stories);

#endif
