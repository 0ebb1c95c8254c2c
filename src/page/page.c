/* page.c - see page.h.
 *
 * The bytes become UTF-8 (pagecode.c), a tree (pagetree.c), facts (pagemeta.c) and blocks of text
 * (pagelayout.c); pagejudge.c tells which blocks are the article's. Linear in the bytes, of which
 * no more than PAGE_MOST are read. */
#include "page/page.h"

#include <stdlib.h>

#include "base/err.h"
#include "page/pagecode.h"
#include "page/pagejudge.h"
#include "page/pagemeta.h"
#include "page/pageread.h"

enum { PAGE_MOST = 6 << 20 };

struct page_reader {
    struct page_tree *tree;
    struct hint_table hints;
    struct buf decoded;
    struct page_layout layout;
};

struct page_reader *page_reader_new(void)
{
    struct page_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    hint_table_fill(&reader->hints);
    reader->tree = page_tree_new();
    if (reader->tree == NULL) {
        page_reader_free(reader);
        return NULL;
    }
    return reader;
}

void page_reader_free(struct page_reader *reader)
{
    if (reader == NULL) return;
    page_tree_free(reader->tree);
    buf_free(&reader->decoded);
    buf_free(&reader->layout.text);
    free(reader);
}

bool page_take_apart(struct page_reader *reader, struct arena *arena, struct str bytes,
                     struct str charset, struct page_facts *facts, struct page_judge *judge)
{
    struct str html;
    bytes.len = bytes.len < PAGE_MOST ? bytes.len : PAGE_MOST;
    if (!page_decode(bytes, charset, &reader->decoded, &html)) return false;
    if (!page_tree_parse(reader->tree, html)) return false;
    *facts = (struct page_facts){.arena = arena};
    facts_from_page(facts, reader->tree, &reader->hints);
    if (facts->failed) return false;
    const struct myhtml_tree_node *body = page_tree_body(reader->tree);
    if (!page_layout_read(body, &reader->hints, arena, &reader->layout)) return false;
    *judge = (struct page_judge){.layout = &reader->layout,
                                 .title = facts_title(facts),
                                 .stated = facts->at[FACT_BODY].value};
    return page_judge(judge, arena);
}

enum { SMALL_PAGE = 12 /* blocks */, SENTENCE_WORDS = 4 };

/* In a page that somebody wrote by hand, so small that there is nothing to judge by. */
static bool is_sentence(const struct page_block *b)
{
    return b->words >= SENTENCE_WORDS && b->link_words == 0 &&
           (b->last == '.' || b->last == '!' || b->last == '?' || b->last == '"');
}

static bool nothing_is_kept(const struct page_judge *judge)
{
    for (size_t i = 0; i < judge->layout->n_blocks; i++)
        if (judge->verdicts[i].odds > judge->cut) return false;
    return true;
}

/* The blocks that are the article's, a line each. */
static struct str kept_text(const struct page_judge *judge, struct arena *arena)
{
    const struct page_layout *layout = judge->layout;
    char *text = ARENA_NEW(arena, layout->text.len + 1, char);
    size_t len = 0;
    if (text == NULL) return (struct str){NULL, 0};
    bool plain = layout->n_blocks <= SMALL_PAGE && nothing_is_kept(judge);
    for (size_t i = 0; i < layout->n_blocks; i++) {
        bool kept = judge->verdicts[i].odds > judge->cut;
        if (!kept && !(plain && is_sentence(&layout->blocks[i]))) continue;
        struct str block = block_text(layout, &layout->blocks[i]);
        memcpy(text + len, block.at, block.len);
        len += block.len;
        text[len++] = '\n';
    }
    return str_of(text, len);
}

static struct str fact_or_null(const struct page_facts *facts, enum page_fact fact)
{
    struct str value = facts->at[fact].value;
    return value.len > 0 ? value : (struct str){NULL, 0};
}

dt_status page_read(struct page_reader *reader, struct arena *arena, struct str bytes,
                    struct str charset, struct article *out, dt_error *err)
{
    struct page_facts facts;
    struct page_judge judge;
    *out = (struct article){.text = {"", 0}};
    if (!page_take_apart(reader, arena, bytes, charset, &facts, &judge)) return err_nomem(err);
    out->text = kept_text(&judge, arena);
    if (out->text.at == NULL) return err_nomem(err);
    struct str title = facts_title(&facts);
    if (title.len > 0) out->title = title;
    out->date = fact_or_null(&facts, FACT_DATE);
    out->author = fact_or_null(&facts, FACT_AUTHOR);
    out->publisher = fact_or_null(&facts, FACT_PUBLISHER);
    out->url = fact_or_null(&facts, FACT_URL);
    out->lang = fact_or_null(&facts, FACT_LANG);
    return DT_OK;
}
