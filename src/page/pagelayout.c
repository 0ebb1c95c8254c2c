/* pagelayout.c - see pagelayout.h. One walk over the tree with a stack of its own; linear. */
#include "page/pagelayout.h"

#include <myhtml/myhtml.h>

#include "base/utf8.h"

/* What holds inside an open element. */
struct scope {
    uint32_t element;
    uint32_t hints; /* of inline elements since `element` began */
    bool link, bold, pre;
};

struct walk {
    struct page_layout *layout;
    struct arena *arena;
    const struct hint_table *table;
    struct scope *scopes;
    size_t n_scopes, cap_scopes;
    struct page_block block; /* the open one */
    bool open, blank, in_word, link_before;
    bool half;       /* the last character was the first of two that make a word */
    uint32_t breaks; /* <br> since the last text */
    bool failed;
};

/* What is not here is KIND_INLINE. */
static const uint8_t tag_kinds[MyHTML_TAG_LAST_ENTRY + 1] = {
    [MyHTML_TAG_SCRIPT] = KIND_SKIPPED,
    [MyHTML_TAG_STYLE] = KIND_SKIPPED,
    [MyHTML_TAG_NOSCRIPT] = KIND_SKIPPED,
    [MyHTML_TAG_TEMPLATE] = KIND_SKIPPED,
    [MyHTML_TAG_IFRAME] = KIND_SKIPPED,
    [MyHTML_TAG_OBJECT] = KIND_SKIPPED,
    [MyHTML_TAG_EMBED] = KIND_SKIPPED,
    [MyHTML_TAG_APPLET] = KIND_SKIPPED,
    [MyHTML_TAG_CANVAS] = KIND_SKIPPED,
    [MyHTML_TAG_SVG] = KIND_SKIPPED,
    [MyHTML_TAG_AUDIO] = KIND_SKIPPED,
    [MyHTML_TAG_VIDEO] = KIND_SKIPPED,
    [MyHTML_TAG_SELECT] = KIND_SKIPPED,
    [MyHTML_TAG_OPTION] = KIND_SKIPPED,
    [MyHTML_TAG_TEXTAREA] = KIND_SKIPPED,
    [MyHTML_TAG_BUTTON] = KIND_SKIPPED,
    [MyHTML_TAG_INPUT] = KIND_SKIPPED,
    [MyHTML_TAG_HEAD] = KIND_SKIPPED,
    [MyHTML_TAG_TITLE] = KIND_SKIPPED,
    [MyHTML_TAG_NOEMBED] = KIND_SKIPPED,
    [MyHTML_TAG_NOFRAMES] = KIND_SKIPPED,
    [MyHTML_TAG_FRAMESET] = KIND_SKIPPED,
    [MyHTML_TAG__COMMENT] = KIND_SKIPPED,
    [MyHTML_TAG__DOCTYPE] = KIND_SKIPPED,
    [MyHTML_TAG_RP] = KIND_SKIPPED,
    [MyHTML_TAG_RT] = KIND_SKIPPED,
    [MyHTML_TAG_MAP] = KIND_SKIPPED,
    [MyHTML_TAG_DATALIST] = KIND_SKIPPED,
    [MyHTML_TAG_PROGRESS] = KIND_SKIPPED,
    [MyHTML_TAG_METER] = KIND_SKIPPED,
    [MyHTML_TAG_IMG] = KIND_SKIPPED,
    [MyHTML_TAG_WBR] = KIND_SKIPPED,
    [MyHTML_TAG_P] = KIND_PARAGRAPH,
    [MyHTML_TAG_H1] = KIND_HEADING,
    [MyHTML_TAG_H2] = KIND_HEADING,
    [MyHTML_TAG_H3] = KIND_HEADING,
    [MyHTML_TAG_H4] = KIND_HEADING,
    [MyHTML_TAG_H5] = KIND_HEADING,
    [MyHTML_TAG_H6] = KIND_HEADING,
    [MyHTML_TAG_LI] = KIND_ITEM,
    [MyHTML_TAG_DT] = KIND_ITEM,
    [MyHTML_TAG_DD] = KIND_ITEM,
    [MyHTML_TAG_UL] = KIND_LIST,
    [MyHTML_TAG_OL] = KIND_LIST,
    [MyHTML_TAG_DL] = KIND_LIST,
    [MyHTML_TAG_DIR] = KIND_LIST,
    [MyHTML_TAG_MENU] = KIND_LIST,
    [MyHTML_TAG_BLOCKQUOTE] = KIND_QUOTE,
    [MyHTML_TAG_TD] = KIND_CELL,
    [MyHTML_TAG_TH] = KIND_CELL,
    [MyHTML_TAG_TR] = KIND_ROW,
    [MyHTML_TAG_TABLE] = KIND_TABLE,
    [MyHTML_TAG_TBODY] = KIND_TABLE,
    [MyHTML_TAG_THEAD] = KIND_TABLE,
    [MyHTML_TAG_TFOOT] = KIND_TABLE,
    [MyHTML_TAG_PRE] = KIND_PRE,
    [MyHTML_TAG_XMP] = KIND_PRE,
    [MyHTML_TAG_LISTING] = KIND_PRE,
    [MyHTML_TAG_PLAINTEXT] = KIND_PRE,
    [MyHTML_TAG_BR] = KIND_BREAK,
    [MyHTML_TAG_HR] = KIND_RULE,
    [MyHTML_TAG_FIGURE] = KIND_FIGURE,
    [MyHTML_TAG_FIGCAPTION] = KIND_FIGURE,
    [MyHTML_TAG_CAPTION] = KIND_FIGURE,
    [MyHTML_TAG_ADDRESS] = KIND_BOX,
    [MyHTML_TAG_ARTICLE] = KIND_BOX,
    [MyHTML_TAG_ASIDE] = KIND_BOX,
    [MyHTML_TAG_BODY] = KIND_BOX,
    [MyHTML_TAG_CENTER] = KIND_BOX,
    [MyHTML_TAG_DETAILS] = KIND_BOX,
    [MyHTML_TAG_DIALOG] = KIND_BOX,
    [MyHTML_TAG_DIV] = KIND_BOX,
    [MyHTML_TAG_FIELDSET] = KIND_BOX,
    [MyHTML_TAG_FOOTER] = KIND_BOX,
    [MyHTML_TAG_FORM] = KIND_BOX,
    [MyHTML_TAG_HEADER] = KIND_BOX,
    [MyHTML_TAG_HGROUP] = KIND_BOX,
    [MyHTML_TAG_MAIN] = KIND_BOX,
    [MyHTML_TAG_NAV] = KIND_BOX,
    [MyHTML_TAG_SECTION] = KIND_BOX,
    [MyHTML_TAG_SUMMARY] = KIND_BOX,
    [MyHTML_TAG_LEGEND] = KIND_BOX,
};

static enum element_kind kind_of(size_t tag)
{
    return tag <= MyHTML_TAG_LAST_ENTRY ? tag_kinds[tag] : KIND_INLINE;
}

static const uint32_t tag_hints[MyHTML_TAG_LAST_ENTRY + 1] = {
    [MyHTML_TAG_ARTICLE] = HINT_ARTICLE, [MyHTML_TAG_MAIN] = HINT_ARTICLE,
    [MyHTML_TAG_ASIDE] = HINT_ASIDE,     [MyHTML_TAG_NAV] = HINT_NAV,
    [MyHTML_TAG_MENU] = HINT_NAV,        [MyHTML_TAG_FOOTER] = HINT_FOOT,
    [MyHTML_TAG_FORM] = HINT_LETTER,     [MyHTML_TAG_FIELDSET] = HINT_LETTER,
    [MyHTML_TAG_LEGEND] = HINT_LETTER,   [MyHTML_TAG_FIGCAPTION] = HINT_CAPTION,
    [MyHTML_TAG_CAPTION] = HINT_CAPTION, [MyHTML_TAG_FIGURE] = HINT_MEDIA,
    [MyHTML_TAG_DIALOG] = HINT_POPUP,    [MyHTML_TAG_TIME] = HINT_META,
    [MyHTML_TAG_ADDRESS] = HINT_AUTHOR,
};

static uint32_t hints_of_tag(size_t tag)
{
    return tag <= MyHTML_TAG_LAST_ENTRY ? tag_hints[tag] : 0;
}

/* "display: none", with any blanks. */
static bool style_hides(struct str style)
{
    static const char wanted[] = "display:none";
    size_t matched = 0, most = style.len < 512 ? style.len : 512;
    for (size_t i = 0; i < most && wanted[matched] != '\0'; i++) {
        if (style.at[i] == ' ') continue;
        if ((style.at[i] | 0x20) == (wanted[matched] | 0x20))
            matched++;
        else
            matched = (style.at[i] | 0x20) == wanted[0];
    }
    return wanted[matched] == '\0';
}

static uint32_t hints_of_role(struct str role)
{
    static const struct {
        const char *role;
        uint32_t hint;
    } roles[] = {{"main", HINT_ARTICLE},        {"article", HINT_ARTICLE},
                 {"navigation", HINT_NAV},      {"banner", HINT_NAV},
                 {"search", HINT_NAV},          {"menu", HINT_NAV},
                 {"complementary", HINT_ASIDE}, {"contentinfo", HINT_FOOT},
                 {"dialog", HINT_POPUP},        {"alert", HINT_POPUP}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_is(role, roles[i].role)) return roles[i].hint;
    return 0;
}

static uint32_t hints_of_itemprop(struct str prop)
{
    static const struct {
        const char *prop;
        uint32_t hint;
    } props[] = {{"articlebody", HINT_PROPER}, {"headline", HINT_TITLE},  {"author", HINT_AUTHOR},
                 {"caption", HINT_CAPTION},    {"comment", HINT_COMMENT}, {"image", HINT_MEDIA},
                 {"description", HINT_LEAD},   {"keywords", HINT_META}};
    for (size_t i = 0; i < sizeof props / sizeof *props; i++)
        if (str_is(prop, props[i].prop)) return props[i].hint;
    return 0;
}

static uint32_t hints_of_node(struct walk *w, const struct myhtml_tree_node *node)
{
    uint32_t found = hints_of_tag(node->tag_id);
    if (node->token == NULL) return found;
    for (const myhtml_token_attr_t *a = node->token->attr_first; a != NULL; a = a->next) {
        if (a->key.data == NULL) continue;
        struct str key = str_of(a->key.data, a->key.length);
        struct str value = str_of(a->value.data != NULL ? a->value.data : "", a->value.length);
        if (str_eq(key, STR("class")) || str_eq(key, STR("id")))
            found |= hints_of(w->table, value);
        else if (str_eq(key, STR("role")))
            found |= hints_of_role(value);
        else if (str_eq(key, STR("itemprop")))
            found |= hints_of_itemprop(value);
        else if (str_eq(key, STR("style")) && style_hides(value))
            found |= HINT_HIDDEN;
        else if (str_eq(key, STR("hidden")))
            found |= HINT_HIDDEN;
    }
    return found;
}

/* ---- text ---- */

static void close_block(struct walk *w, bool soft)
{
    struct page_layout *layout = w->layout;
    w->breaks = 0;
    w->blank = w->in_word = w->link_before = false;
    if (!w->open) return;
    w->open = false;
    struct page_block *grown = arena_grow(w->arena, layout->blocks, layout->n_blocks,
                                          layout->n_blocks + 1, &layout->cap_blocks, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return;
    }
    layout->blocks = grown;
    w->block.len = layout->text.len - w->block.begin;
    w->block.soft = soft;
    layout->blocks[layout->n_blocks++] = w->block;
    buf_c(&layout->text, '\n');
}

static void open_block(struct walk *w, const struct scope *scope)
{
    w->open = true;
    w->block = (struct page_block){
        .begin = w->layout->text.len, .element = scope->element, .hints = UINT32_MAX};
}

/* Chinese, Japanese and Thai are written without blanks: two characters count as a word. */
static bool is_unspaced(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x0E01 && c <= 0x0EDF);
}

/* The mark of ASCII that does the same as the one of other scripts. */
static uint32_t plain_mark(uint32_t c)
{
    switch (c) {
    case 0x3002:
    case 0xFF0E:
    case 0x0964:
    case 0x06D4:
    case 0x2026: return '.';
    case 0x3001:
    case 0xFF0C:
    case 0x060C: return ',';
    case 0xFF01: return '!';
    case 0xFF1F:
    case 0x061F: return '?';
    case 0xFF1A: return ':';
    case 0x201C:
    case 0x201D:
    case 0x2019:
    case 0x00BB:
    case 0x300D: return '"';
    case 0x2013:
    case 0x2014: return '-';
    default: return c;
    }
}

/* Counts what the character is: the begin of a word, a mark. */
static void count_character(struct walk *w, const struct scope *scope, uint32_t c)
{
    struct page_block *b = &w->block;
    c = plain_mark(c);
    bool letter = c >= 0x80 || (c | 0x20) - 'a' < 26 || c - '0' < 10 || c == '\'';
    bool unspaced = is_unspaced(c);
    if (unspaced && w->half) w->in_word = false;
    w->half = unspaced && !w->half;
    if (letter && !w->in_word) {
        b->words++;
        b->link_words += scope->link;
        b->bold_words += scope->bold;
        b->capitals += c - 'A' < 26;
    }
    w->in_word = letter;
    b->stops += c == '.' || c == '!' || c == '?' || c == ';' || c == ':';
    b->upper += c - 'A' < 26;
    b->commas += c == ',';
    b->digits += c - '0' < 10;
    b->last = (uint8_t)(c < 0x80 ? c : 'a');
}

static void put_character(struct walk *w, const struct scope *scope, struct str bytes, uint32_t c)
{
    if (w->breaks >= 2) close_block(w, true);
    if (!w->open)
        open_block(w, scope);
    else if (w->blank || w->breaks > 0) {
        buf_c(&w->layout->text, ' ');
        w->in_word = false;
    }
    w->blank = false;
    w->breaks = 0;
    w->block.hints &= scope->hints;
    w->block.links += scope->link && !w->link_before;
    w->link_before = scope->link;
    buf_put(&w->layout->text, c == UTF8_REPLACEMENT ? STR("\xEF\xBF\xBD") : bytes);
    count_character(w, scope, c);
}

static bool is_blank_character(uint32_t c)
{
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Soft hyphen, zero-width blanks, marks of direction, byte order mark. */
static bool is_nothing(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || c == 0x2060 || c == 0xFEFF;
}

static void take_text(struct walk *w, struct str text)
{
    const struct scope *scope = &w->scopes[w->n_scopes - 1];
    uint32_t lines = 0;
    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        size_t len = utf8_decode(text, i, &c);
        if (is_blank_character(c)) {
            w->blank = true;
            if (scope->pre && c == '\n' && ++lines >= 2) w->breaks = 2;
        } else if (!is_nothing(c)) {
            put_character(w, scope, str_cut(text, i, i + len), c);
            lines = 0;
        }
        i += len;
    }
}

/* ---- elements ---- */

static uint32_t add_element(struct walk *w, const struct myhtml_tree_node *node,
                            enum element_kind kind, uint32_t own, uint32_t parent)
{
    struct page_layout *layout = w->layout;
    struct page_element *grown =
        arena_grow(w->arena, layout->elements, layout->n_elements, layout->n_elements + 1,
                   &layout->cap_elements, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return parent;
    }
    layout->elements = grown;
    struct page_element *e = &grown[layout->n_elements];
    *e = (struct page_element){.parent = parent, .own = own, .kind = (uint8_t)kind};
    e->first_rank = node->tag_id == MyHTML_TAG_H1;
    e->blocks.begin = (uint32_t)layout->n_blocks;
    if (parent != NONE) {
        e->depth = grown[parent].depth + 1;
        grown[parent].n_children++;
    }
    return (uint32_t)layout->n_elements++;
}

static bool push_scope(struct walk *w, struct scope scope)
{
    struct scope *grown = arena_grow(w->arena, w->scopes, w->n_scopes, w->n_scopes + 1,
                                     &w->cap_scopes, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return false;
    }
    w->scopes = grown;
    w->scopes[w->n_scopes++] = scope;
    return true;
}

static bool is_bold_tag(size_t tag)
{
    return tag == MyHTML_TAG_B || tag == MyHTML_TAG_STRONG;
}

/* Begins an element; false: nothing in it counts. */
static bool enter_element(struct walk *w, const struct myhtml_tree_node *node)
{
    enum element_kind kind = kind_of(node->tag_id);
    if (kind == KIND_SKIPPED) return false;
    if (kind == KIND_BREAK) w->breaks++;
    if (kind == KIND_RULE) close_block(w, false);
    if (kind == KIND_BREAK || kind == KIND_RULE) return false;
    struct scope scope =
        w->n_scopes > 0 ? w->scopes[w->n_scopes - 1] : (struct scope){.element = NONE};
    uint32_t hints = hints_of_node(w, node);
    scope.link |= node->tag_id == MyHTML_TAG_A;
    scope.bold |= is_bold_tag(node->tag_id);
    scope.pre |= kind == KIND_PRE;
    if (kind == KIND_INLINE && w->n_scopes > 0) {
        scope.hints |= hints;
    } else {
        close_block(w, false);
        scope.element = add_element(w, node, kind, hints, scope.element);
        scope.hints = 0;
    }
    return push_scope(w, scope);
}

static void leave_element(struct walk *w, const struct myhtml_tree_node *node)
{
    w->n_scopes--;
    if (kind_of(node->tag_id) == KIND_INLINE) return;
    close_block(w, false);
    w->layout->elements[w->scopes[w->n_scopes].element].blocks.end = (uint32_t)w->layout->n_blocks;
}

/* Goes on behind `node`, leaving what ends there; NULL at the end. */
static const struct myhtml_tree_node *step_on(struct walk *w, const struct myhtml_tree_node *node,
                                              const struct myhtml_tree_node *top)
{
    while (node != top && node->next == NULL && node->parent != NULL) {
        node = node->parent;
        leave_element(w, node);
    }
    return node == top || node->parent == NULL ? NULL : node->next;
}

bool page_layout_read(const struct myhtml_tree_node *body, const struct hint_table *hints,
                      struct arena *arena, struct page_layout *out)
{
    struct walk w = {.layout = out, .arena = arena, .table = hints};
    struct buf text = out->text;
    *out = (struct page_layout){.text = text};
    buf_clear(&out->text);
    for (const struct myhtml_tree_node *node = body; node != NULL && !w.failed;) {
        if (node->tag_id == MyHTML_TAG__TEXT) {
            take_text(&w, node_text(node));
        } else if (enter_element(&w, node)) {
            if (node->child != NULL) {
                node = node->child;
                continue;
            }
            leave_element(&w, node);
        }
        node = step_on(&w, node, body);
    }
    return !w.failed && !out->text.failed;
}
