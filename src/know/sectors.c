/* sectors.c - looking sectors up in the compiled base; see sectors.h. */
#include "know/sectors.h"

#include <string.h>

_Static_assert(SECTOR_CLASS_COUNT <= 32, "know_sector has a bit for each class");

#define SECTOR_CLASS_TEXT(name, text, sole, meaning) text,
#define SECTOR_CLASS_SOLE(name, text, sole, meaning) sole,
const char *const sector_class_name[SECTOR_CLASS_COUNT] = {SECTOR_CLASSES(SECTOR_CLASS_TEXT)};
const bool sector_class_sole[SECTOR_CLASS_COUNT] = {SECTOR_CLASSES(SECTOR_CLASS_SOLE)};

enum { SECTOR_LETTERS = 3 };

static const struct know_sector *find_exactly(const struct know *know, const char *sector)
{
    uint32_t low = 0, high = know->n_sectors;
    while (low < high) {
        const struct know_sector *middle = &know->sectors[(low + high) / 2];
        int order = strcmp(middle->code, sector);
        if (order == 0) return middle;
        if (order < 0)
            low = (low + high) / 2 + 1;
        else
            high = (low + high) / 2;
    }
    return NULL;
}

const struct know_sector *sector_find(const struct know *know, const char *sector)
{
    char first[SECTOR_LETTERS + 1] = "";
    if (sector == NULL) return NULL;
    const struct know_sector *found = find_exactly(know, sector);
    if (found != NULL || strlen(sector) <= SECTOR_LETTERS) return found;
    memcpy(first, sector, SECTOR_LETTERS);
    return find_exactly(know, first);
}

bool sector_has(const struct know *know, const char *sector, enum sector_class class)
{
    const struct know_sector *found = sector_find(know, sector);
    return found != NULL && (found->classes >> (unsigned)class & 1) != 0;
}

const char *sector_with(const struct know *know, enum sector_class class)
{
    for (uint32_t i = 0; i < know->n_sectors; i++)
        if (know->sectors[i].classes >> (unsigned)class & 1) return know->sectors[i].code;
    return NULL;
}
