/* HTML pages: the main text, its blocks, and what the page says of itself.
 *
 * Method: text blocks with link density after Kohlschütter et al. (2010); the main text is the
 * smallest element that holds most of the running text (an <article>, <main> or articleBody, if one
 * does), in the spirit of Readability's paragraph scores; from the title on, what stands between it
 * and the main text is kept for dates and bylines. layout.c then judges the short blocks by
 * wording. gumbo parses, on markup made safe by markup.c, into an arena of its own with a limit.
 * Leaves out: pages made by scripts, frames, several reports on one page. */
#include "intake/html.h"

#include "bytes/utf8.h"
#include "intake/markup.h"
#include "intake/metadata.h"
#include "intake/page_blocks.h"

#include <setjmp.h>
#include <string.h>
#include <strings.h>

struct parsing {
    struct arena arena;
    jmp_buf out_of_memory;
};

/* gumbo does not expect memory to run out: leave it by a jump; the arena holds all it had. */
static void *parser_allocate(void *data, size_t size)
{
    struct parsing *parsing = data;
    void *memory = arena_allocate(&parsing->arena, size);
    if (memory == NULL)
        longjmp(parsing->out_of_memory, 1);
    return memory;
}

static void parser_free(void *data, void *memory)
{
    (void)data;
    (void)memory;
}

/* ------------------------------------------------------------------ the main text */

static bool is_prose(const struct page_block *block)
{
    return block->words >= 12 && block->link_words * 3 < block->words && block->heading == 0 &&
           !block->caption;
}

static void score(struct page_blocks *page)
{
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const struct page_block *block = &page->blocks.items[i];
        if (!is_prose(block))
            continue;
        uint32_t element = block->element;
        for (;;) {
            page->elements.items[element].prose += block->words;
            if (element == page->elements.items[element].parent)
                break;
            element = page->elements.items[element].parent;
        }
    }
}

/* 3 for a body of an article, 2 for an article, 1 for the main part, 0 for others. */
static int meaning_of(const GumboElement *element)
{
    const GumboAttribute *property = gumbo_get_attribute(&element->attributes, "itemprop");
    const GumboAttribute *role = gumbo_get_attribute(&element->attributes, "role");
    if (property != NULL && strcasecmp(property->value, "articleBody") == 0)
        return 3;
    if (element->tag == GUMBO_TAG_ARTICLE)
        return 2;
    if (element->tag == GUMBO_TAG_MAIN || (role != NULL && strcasecmp(role->value, "main") == 0))
        return 1;
    return 0;
}

/* Pages that go on with further reports as one scrolls: of several articles with main headings of
 * their own the first is what the page is about. 0 where there are not several. */
static uint32_t first_of_several(const struct page_blocks *page)
{
    uint32_t first = 0, count = 0;
    for (uint32_t i = 0; i < page->elements.count;) {
        const struct page_element *here = &page->elements.items[i];
        bool article = here->element->tag == GUMBO_TAG_ARTICLE && here->holds_main &&
                       here->prose >= 40; /* no teaser */
        if (article && count++ == 0)
            first = i;
        i = article ? here->end : i + 1;
    }
    return count > 1 ? first : 0;
}

/* The element that holds the main text. */
static uint32_t find_main(const struct page_blocks *page)
{
    uint32_t all = page->elements.items[0].prose, best = 0, smallest = 0;
    if (all == 0)
        return 0;
    int best_meaning = 0;
    uint32_t several = first_of_several(page);
    if (several > 0)
        return several;
    for (uint32_t i = 0; i < page->elements.count; i++) {
        const struct page_element *here = &page->elements.items[i];
        int meaning = meaning_of(here->element);
        if (meaning > 0 && here->prose * 2 >= all && here->prose > 0 &&
            (meaning > best_meaning ||
             (meaning == best_meaning && here->prose > page->elements.items[best].prose))) {
            best = i;
            best_meaning = meaning;
        }
        if (here->prose * 10 >= all * 7)
            smallest = i; /* in document order the last such is the innermost */
    }
    return best_meaning > 0 ? best : smallest;
}

static bool is_inside(const struct page_blocks *page, const struct page_block *block,
                      uint32_t element)
{
    return block->element >= element && block->element < page->elements.items[element].end;
}

/* ------------------------------------------------------------------ the title */

/* How many letters and digits the block and the beginning of `title` have in common, if the block
 * is used up; 0 where they differ. Page titles carry the outlet's name behind the report's. */
static uint32_t shared_letters(const char *block, size_t length, const char *title)
{
    size_t at = 0;
    uint32_t same = 0;
    for (;;) {
        while (at < length && (unsigned char)block[at] < 0x80 &&
               !utf8_is_letter((unsigned char)block[at]) &&
               !utf8_is_digit((unsigned char)block[at]))
            at++;
        while (*title != '\0' && (unsigned char)*title < 0x80 &&
               !utf8_is_letter((unsigned char)*title) && !utf8_is_digit((unsigned char)*title))
            title++;
        if (at >= length)
            return same >= 8 ? same : 0;
        if (*title == '\0' || (block[at] | 0x20) != (*title | 0x20))
            return 0;
        same++;
        at++;
        title++;
    }
}

/* The same for every part of a title such as "Outlet | World | Report". */
static uint32_t title_match(const char *block, size_t length, const char *title)
{
    uint32_t best = title != NULL ? shared_letters(block, length, title) : 0;
    for (const char *at = title; at != NULL && *at != '\0'; at++) {
        bool parted = *at == '|' || (*at == ' ' && (at[1] == '-' || at[1] == ':')) ||
                      (*at == ':' && at[1] == ' ') || (unsigned char)*at >= 0x80;
        uint32_t same = parted ? shared_letters(block, length, at + 1) : 0;
        best = same > best ? same : best;
    }
    return best;
}

static bool ends_sentence(const struct page_blocks *page, const struct page_block *block)
{
    char last = page->text[block->end - 1];
    return last == '.' || last == '!' || last == '?' || last == '"' || (unsigned char)last >= 0x80;
}

/* Running text, and no long line of a head such as "You are here: ...". */
static bool is_told(const struct page_blocks *page, const struct page_block *block)
{
    return is_prose(block) && (block->words >= 25 || ends_sentence(page, block));
}

static uint32_t find_title(const struct page_blocks *page, uint32_t main, const char *title,
                           const char *head_title)
{
    uint32_t first_prose = page->blocks.count, heading = NONE, matched = NONE, best = 0;
    for (uint32_t i = 0; i < page->blocks.count && first_prose == page->blocks.count; i++)
        if (is_inside(page, &page->blocks.items[i], main) && is_told(page, &page->blocks.items[i]))
            first_prose = i;
    for (uint32_t i = 0; i < first_prose; i++) {
        const struct page_block *block = &page->blocks.items[i];
        const char *text = page->text + block->start;
        uint32_t same = title_match(text, block->end - block->start, title);
        uint32_t other = title_match(text, block->end - block->start, head_title);
        same = same > other ? same : other;
        if (same > best) {
            best = same;
            matched = i;
        }
        bool better = block->heading > 0 &&
                      (heading == NONE || block->heading < page->blocks.items[heading].heading);
        if (better && block->words >= 2)
            heading = i;
    }
    return matched != NONE ? matched : heading;
}

/* ------------------------------------------------------------------ the document */

static bool has_digit(const struct page_blocks *page, const struct page_block *block)
{
    for (uint32_t at = block->start; at < block->end; at++)
        if (page->text[at] >= '0' && page->text[at] <= '9')
            return true;
    return false;
}

/* The heading of a block with the page's title once more, as forums have it over each post. */
static bool repeats_title(const struct page_blocks *page, uint32_t i, uint32_t title)
{
    const struct page_block *block = &page->blocks.items[i];
    if (title == NONE || i <= title || block->heading == 0)
        return false;
    const struct page_block *own = &page->blocks.items[title];
    return own->end - own->start == block->end - block->start &&
           memcmp(page->text + own->start, page->text + block->start, own->end - own->start) == 0;
}

/* The first answer in a forum: a heading that begins with "Re:". The number of blocks where there
 * is none.
 */
static uint32_t first_answer(const struct page_blocks *page, uint32_t title)
{
    for (uint32_t i = title; title != NONE && i < page->blocks.count; i++) {
        const struct page_block *block = &page->blocks.items[i];
        if (i > title && block->heading > 0 && block->end - block->start > 4 &&
            strncasecmp(page->text + block->start, "re: ", 4) == 0)
            return i;
    }
    return page->blocks.count;
}

static bool is_kept(const struct page_blocks *page, uint32_t i, uint32_t main, uint32_t title,
                    uint32_t first)
{
    const struct page_block *block = &page->blocks.items[i];
    if (i == title)
        return true;
    if (repeats_title(page, i, title))
        return false;
    bool linked = block->link_words * 2 > block->words && block->words < 30;
    if (linked && block->heading == 0 && !block->time)
        return false;
    if (is_inside(page, block, main))
        return true;
    if (i >= first)
        return false;
    /* Outside the main text: a date just above the title, or what stands below it. */
    if (title != NONE && i > title)
        return true;
    return title != NONE && i + 2 >= title && block->words <= 8 && has_digit(page, block);
}

/* A short block with the first author that the metadata name. */
static bool names_author(const struct page_blocks *page, const struct page_block *block,
                         const char *byline)
{
    size_t size = byline != NULL ? strcspn(byline, ",;") : 0;
    if (size < 4 || block->words > 20)
        return false;
    for (uint32_t at = block->start; at + size <= block->end; at++)
        if (strncasecmp(page->text + at, byline, size) == 0)
            return true;
    return false;
}

static enum block_kind kind_of(const struct page_blocks *page, const struct page_block *block,
                               const char *byline)
{
    if (block->caption)
        return BLOCK_CAPTION;
    if (names_author(page, block, byline) && (!is_prose(block) || !ends_sentence(page, block)))
        return BLOCK_BYLINE;
    if (block->heading > 0)
        return BLOCK_HEADING;
    if (block->time && block->words <= 6 && has_digit(page, block))
        return BLOCK_DATE; /* "14.05", as live blogs have it */
    char last = page->text[block->end - 1];
    if (block->cell && block->words <= 4 && last != '.' && last != '?' && last != '!' &&
        !has_digit(page, block))
        return BLOCK_FURNITURE;
    return BLOCK_BODY;
}

static annals_status write_document(struct document *document, struct arena *arena,
                                    const struct page_blocks *page, uint32_t main, uint32_t title,
                                    annals_error *error)
{
    char *text = arena_allocate(arena, page->length + 1);
    uint32_t length = 0, first = page->blocks.count;
    if (text == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; i < page->blocks.count && first == page->blocks.count; i++)
        if (is_inside(page, &page->blocks.items[i], main) && (title == NONE || i > title))
            first = i;
    struct report_facts facts = document->report;
    document_init(document, arena, text, 0);
    document->report = facts;
    uint32_t answer = first_answer(page, title);
    for (uint32_t i = 0; i < answer; i++) {
        const struct page_block *block = &page->blocks.items[i];
        if (!is_kept(page, i, main, title, first))
            continue;
        if (length > 0) {
            text[length++] = '\n';
            text[length++] = '\n';
        }
        struct block *kept = array_push(&document->blocks);
        if (kept == NULL)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        uint32_t size = block->end - block->start;
        *kept =
            (struct block){.span = {length, length + size},
                           .kind = i == title ? BLOCK_TITLE : kind_of(page, block, facts.byline)};
        memcpy(text + length, page->text + block->start, size);
        length += size;
    }
    text[length] = '\0';
    document->length = length;
    return length > 0 ? ANNALS_OK : error_set(error, ANNALS_EMPTY, "the page holds no text");
}

static void set_fact(const char **field, struct arena *arena, const char *value)
{
    if (*field == NULL && value != NULL)
        *field = arena_copy_string(arena, value);
}

/* The text of the <title> element, or NULL. */
static const char *page_title(const struct page_blocks *page, const GumboNode *node, int depth)
{
    if (node->type != GUMBO_NODE_ELEMENT || depth > 4)
        return NULL;
    const GumboElement *element = &node->v.element;
    if (element->tag == GUMBO_TAG_TITLE && element->children.length > 0) {
        const GumboNode *text = element->children.data[0];
        return text->type == GUMBO_NODE_TEXT ? text->v.text.text : NULL;
    }
    const char *found = NULL;
    for (unsigned i = 0; i < element->children.length && i < 200 && found == NULL; i++)
        found = page_title(page, element->children.data[i], depth + 1);
    return found;
}

/* The outlet in a page title such as "Report - Outlet" or "Outlet | World | Report": the part at
 * the other end from the report's own title, up to five words. NULL where there is none. */
static const char *outlet_in_title(struct arena *arena, const struct page_blocks *page,
                                   uint32_t heading, const char *title)
{
    static const char *const marks[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: "};
    const struct page_block *block = &page->blocks.items[heading];
    const char *text = page->text + block->start, *first = NULL, *last = NULL;
    size_t first_length = 0;
    for (const char *at = title; *at != '\0'; at++)
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (strncmp(at, marks[i], strlen(marks[i])) == 0) {
                if (first == NULL) {
                    first = title;
                    first_length = (size_t)(at - title);
                }
                last = at + strlen(marks[i]);
            }
    if (last == NULL)
        return NULL;
    bool ahead = shared_letters(text, block->end - block->start, title) > 0;
    bool behind = shared_letters(text, block->end - block->start, last) > 0;
    const char *outlet = ahead && !behind   ? arena_copy_string(arena, last)
                         : behind && !ahead ? arena_copy(arena, first, first_length)
                                            : NULL;
    size_t blanks = 0;
    for (const char *at = outlet; at != NULL && *at != '\0'; at++)
        blanks += *at == ' ';
    return blanks < 5 ? outlet : NULL;
}

/* The first <time datetime> of the main text or between it and the title. */
static int32_t printed_time(const struct page_blocks *page, struct arena *scratch, uint32_t main,
                            uint32_t title)
{
    uint32_t from = title != NONE ? page->blocks.items[title].element : main;
    uint32_t start = from < main ? from : main;
    for (uint32_t i = start; i < page->elements.items[main].end; i++) {
        const GumboElement *element = page->elements.items[i].element;
        if (element->tag != GUMBO_TAG_TIME)
            continue;
        const GumboAttribute *written = gumbo_get_attribute(&element->attributes, "datetime");
        int32_t day = written != NULL ? metadata_day(scratch, written->value) : DAY_UNKNOWN;
        if (day != DAY_UNKNOWN)
            return day;
    }
    return DAY_UNKNOWN;
}

static annals_status read_page(struct document *document, struct arena *arena,
                               struct arena *scratch, const GumboNode *root, size_t length,
                               annals_error *error)
{
    struct metadata metadata;
    struct page_blocks page;
    metadata_find(&metadata, scratch, root);
    if (!page_blocks_find(&page, scratch, root, length * 3 + 64))
        return error_set(error, ANNALS_TOO_LARGE, "the page needs too much memory");
    score(&page);
    const char *head_title = page_title(&page, root, 0);
    const char *title = metadata.title != NULL ? metadata.title : head_title;
    uint32_t main = find_main(&page), heading = find_title(&page, main, title, head_title);
    set_fact(&document->report.byline, arena, metadata.byline);
    annals_status status = write_document(document, arena, &page, main, heading, error);
    if (status != ANNALS_OK)
        return status;
    struct report_facts *report = &document->report;
    if (heading == NONE)
        set_fact(&report->title, arena, title);
    set_fact(&report->source, arena, metadata.source);
    if (report->source == NULL && heading != NONE && head_title != NULL)
        report->source = outlet_in_title(arena, &page, heading, head_title);
    set_fact(&report->url, arena, metadata.url);
    set_fact(&report->language, arena, metadata.language);
    if (metadata.published == DAY_UNKNOWN)
        metadata.published = printed_time(&page, scratch, main, heading);
    if (report->published == DAY_UNKNOWN && metadata.published != DAY_UNKNOWN) {
        report->published = metadata.published;
        report->published_from = DATE_METADATA;
    }
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

annals_status html_read(struct document *document, struct arena *arena, const char *html,
                        size_t length, annals_error *error)
{
    struct parsing parsing;
    struct markup markup;
    arena_init(&parsing.arena);
    parsing.arena.limit = length * 200 + ((size_t)64 << 20);
    if (!markup_trim(&markup, &parsing.arena, html, length)) {
        arena_release(&parsing.arena);
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    annals_status status;
    if (setjmp(parsing.out_of_memory) == 0) {
        GumboOptions options = kGumboDefaultOptions;
        options.allocator = parser_allocate;
        options.deallocator = parser_free;
        options.userdata = &parsing;
        options.max_errors = 0;
        GumboOutput *output = gumbo_parse_with_options(&options, markup.text, markup.length);
        status = read_page(document, arena, &parsing.arena, output->root, markup.length, error);
    } else {
        status = error_set(error, ANNALS_TOO_LARGE, "the page needs too much memory to be parsed");
    }
    arena_release(&parsing.arena);
    return status;
}
