/* selection.c - which stories of the input are taken: --shard, --sample, --since, --until, --where.
 *
 * Whether a story is taken hangs on the story alone (a shard: on its number in the input), so that
 * runs on any number of threads and machines agree. */
#include <stdlib.h>
#include <string.h>

#include "pipeline.h"

enum { SHARDS_MOST = 1000000 };

static const char *story_value(const dt_story *s, const char *key)
{
    const struct {
        const char *key, *value;
    } members[] = {
        {"id", s->id},   {"date", s->date}, {"title", s->title}, {"publisher", s->publisher},
        {"url", s->url}, {"lang", s->lang}, {NULL, NULL}};
    for (int i = 0; members[i].key != NULL; i++)
        if (strcmp(members[i].key, key) == 0)
            return members[i].value != NULL ? members[i].value : "";
    return NULL;
}

static bool read_shard(const char *text, struct selection *out)
{
    char *end = NULL;
    out->shards = 1;
    if (text == NULL) return true;
    long i = strtol(text, &end, 10);
    long n = end != text && *end == '/' ? strtol(end + 1, &end, 10) : 0;
    if (i < 1 || n < 1 || i > n || n > SHARDS_MOST || *end != '\0') {
        complain("--shard wants i/n, the i-th of n parts, such as 3/16, not '%s'", text);
        return false;
    }
    out->shard = (size_t)i - 1;
    out->shards = (size_t)n;
    return true;
}

static bool read_where(const char *text, struct condition *out)
{
    const dt_story none = {.size = sizeof none};
    if (text == NULL) return true;
    size_t len = strcspn(text, "=!~");
    bool fits =
        len < sizeof out->key && text[len] != '\0' && (text[len] != '!' || text[len + 1] == '=');
    if (fits) {
        memcpy(out->key, text, len);
        out->key[len] = '\0';
        out->relation = text[len];
        out->value = text + len + (text[len] == '!' ? 2 : 1);
    }
    if (fits && story_value(&none, out->key) != NULL) return true;
    complain("--where wants id, date, title, publisher, url or lang, then =, != or ~ (holds), then "
             "a text, such as publisher=AFP, not '%s'",
             text);
    return false;
}

bool selection_read(const struct options *options, struct selection *out)
{
    *out = (struct selection){
        .sample = options->sample, .since = options->since, .until = options->until};
    if (!read_shard(options->shard, out) || !read_where(options->where, &out->where)) return false;
    out->any =
        out->sample > 0 || out->since != NULL || out->until != NULL || out->where.value != NULL;
    return true;
}

/* From 0 to below 1, the same for the same id: FNV-1a, its bits mixed once more (MurmurHash3's
 * finaliser), since ids often differ in their last letter only. */
static double place_of_id(const char *id)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; id != NULL && *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * UINT64_C(1099511628211);
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (double)((hash ^ hash >> 33) >> 11) * 0x1p-53;
}

static bool fulfils(const struct condition *where, const dt_story *story)
{
    if (where->value == NULL) return true;
    const char *value = story_value(story, where->key);
    if (where->relation == '~') return strstr(value, where->value) != NULL;
    return (strcmp(value, where->value) == 0) == (where->relation == '=');
}

enum fate selection_judge(const struct selection *s, const dt_story *story)
{
    if (!s->any) return FATE_CODED;
    if (s->sample > 0 && place_of_id(story->id) >= s->sample) return FATE_UNWANTED;
    if (!fulfils(&s->where, story)) return FATE_UNWANTED;
    if (s->since == NULL && s->until == NULL) return FATE_CODED;
    if (story->date == NULL || story->date[0] == '\0') return FATE_UNDATED;
    if (s->since != NULL && strncmp(story->date, s->since, 10) < 0) return FATE_UNWANTED;
    if (s->until != NULL && strncmp(story->date, s->until, 10) > 0) return FATE_UNWANTED;
    return FATE_CODED;
}
