/* storyjson.c - a story as an object of JSON: what `detente extract` prints of each. */
#include "base/err.h"
#include "story/story.h"

static void put_member(struct buf *out, const char *name, const char *value)
{
    buf_f(out, "%s\"%s\":", out->len == 0 ? "{" : ",", name);
    if (value != NULL)
        buf_json(out, str_c(value));
    else
        buf_z(out, "null");
}

dt_status dt_story_json(dt_coder *coder, const dt_story *story, const char **text, size_t *len,
                        dt_error *err)
{
    dt_story s = {.size = sizeof s};
    if (coder == NULL) return err_null(err, "no coder");
    if (story == NULL) return err_null(err, "no story");
    if (text == NULL || len == NULL) return err_null(err, "no place for the text");
    dt_status st = sized_read(&sized_story, story, &s, err);
    if (st != DT_OK) return st;
    struct buf *out = &coder->out;
    buf_clear(out);
    put_member(out, "id", s.id);
    put_member(out, "url", s.url);
    put_member(out, "title", s.title);
    put_member(out, "date", s.date);
    put_member(out, "author", s.author);
    put_member(out, "publisher", s.publisher);
    put_member(out, "lang", s.lang);
    buf_z(out, ",\"text\":");
    buf_json(out, str_of(s.text != NULL ? s.text : "", s.text != NULL ? s.text_len : 0));
    buf_z(out, "}\n");
    if (out->failed) return err_nomem(err);
    *text = out->at;
    *len = out->len;
    return DT_OK;
}
