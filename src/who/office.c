/* office.c - see office.h. A person has few offices: each question goes through all of them. */
#include "who/office.h"

#include "who/compose.h"

const char *know_z_or_null(const struct know *know, uint32_t s)
{
    return s == 0 ? NULL : know_z(know, s);
}

/* The office held last before the day: "then-President". */
static const struct know_role *role_before(const struct know *know, const struct know_entity *e,
                                           int32_t day)
{
    const struct know_role *best = NULL;
    for (uint32_t r = e->role_begin; r < e->role_end; r++) {
        const struct know_role *role = &know->roles[r];
        if (role->to > day) continue;
        if (best == NULL || role->to > best->to) best = role;
    }
    return best;
}

bool office_none_yet(const struct know *know, const struct know_entity *e, int32_t day)
{
    if (e->kind != ENTITY_PERSON || e->role_begin == e->role_end || day == DAY_MIN) return false;
    for (uint32_t r = e->role_begin; r < e->role_end; r++)
        if (know->roles[r].from <= day) return false;
    return true;
}

bool office_is_new(const struct know *know, const struct know_entity *e, int32_t day,
                   uint32_t title)
{
    if (e->kind != ENTITY_PERSON || day == DAY_MIN || know_role_on(know, e, day) != NULL)
        return false;
    for (uint32_t r = e->role_begin; r < e->role_end; r++)
        if (know->roles[r].title == title) return false;
    return true;
}

static const struct know_role *role_of_flags(const struct know *know, const struct know_entity *e,
                                             int32_t day, uint16_t flags)
{
    const struct know_role *now = know_role_on(know, e, day);
    if (flags & UNIT_THEN) {
        const struct know_role *before = role_before(know, e, day);
        return before != NULL ? before : now;
    }
    return flags & UNIT_FORMER ? NULL : now;
}

const char *office_code(const struct know *know, const struct know_entity *e, int32_t day,
                        uint16_t flags, const char **country, const char **sector)
{
    const struct know_role *role = role_of_flags(know, e, day, flags);
    if (role == NULL && office_none_yet(know, e, day)) {
        *country = know_z(know, e->country);
        *sector = NULL;
        return *country;
    }
    *country = know_z(know, role != NULL ? role->country : e->country);
    *sector = know_z_or_null(know, role != NULL ? role->sector : e->sector);
    return know_z(know, role != NULL ? role->code : e->code);
}

uint32_t office_title(const struct know *know, const struct know_entity *e, int32_t day)
{
    const struct know_role *role = know_role_on(know, e, day);
    return role == NULL ? NONE : role->title;
}
