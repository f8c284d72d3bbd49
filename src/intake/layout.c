/* Layout: which parts of a report's text are the report.
 *
 * Method: the text is cut into paragraphs (paragraphs.c); running text is told from the rest by
 * shallow features (Kohlschütter et al. 2010); the first and the last running text bound the body,
 * and what stands before, between and after is judged by the furniture dictionary, by shape (rows
 * of menu items, addresses, repeated captions) and by place (layout_head.c). What cannot be told
 * stays: a sentence lost costs more than a menu line kept. Where another reader (html.c) has marked
 * blocks already, they stand in for the paragraphs and only doubtful ones are judged. Leaves out:
 * dates and names of the page (published.c), pages in which several reports alternate. */
#include "intake/layout.h"

#include "document/stage.h"
#include "intake/dateline.h"

/* ------------------------------------------------------------------ what a paragraph is by itself
 */

bool layout_begins_with(const struct page *page, const struct paragraph *paragraph,
                        const char *bytes)
{
    size_t length = strlen(bytes);
    return paragraph->span.end - paragraph->span.start >= length &&
           memcmp(page->text + paragraph->span.start, bytes, length) == 0;
}

/* "© 2015 …", "(c) 2015 …" */
static bool is_copyright(const struct page *page, const struct paragraph *paragraph)
{
    return word_count(paragraph) <= 60 && (layout_begins_with(page, paragraph, "\xc2\xa9") ||
                                           layout_begins_with(page, paragraph, "(c) ") ||
                                           layout_begins_with(page, paragraph, "(C) "));
}

/* Nothing but short notes in square brackets: "[Listen again] [Schedules]". */
static bool is_bracketed(const struct page *page, const struct paragraph *paragraph)
{
    uint32_t at = paragraph->span.start, end = paragraph->span.end;
    if (word_count(paragraph) > 16)
        return false;
    while (at < end) {
        if (page->text[at] != '[')
            return false;
        while (at < end && page->text[at] != ']')
            at++;
        at++;
        while (at < end && page->text[at] == ' ')
            at++;
    }
    return true;
}

/* The rule that finds the paragraph. Running text that gives somebody's words is not found by words
 * it holds somewhere ("he never dreamed, he said, of becoming a member"). */
static const struct furniture_rule *find_rule(const struct page *page,
                                              const struct paragraph *paragraph, unsigned zones)
{
    const struct furniture_rule *rule =
        furniture_find(page->furniture, page->text, &page->words, paragraph->first, paragraph->end,
                       zones, paragraph->prose);
    bool told = paragraph->prose && (paragraph->speech > 0 || paragraph->quoted);
    return rule != NULL && rule->within && rule->kind == BLOCK_FURNITURE && told ? NULL : rule;
}

/* What needs no knowledge of its place; `zones` are those it might stand in. */
void layout_judge_alone(const struct page *page, struct paragraph *paragraph, unsigned zones)
{
    const struct furniture_rule *rule = find_rule(page, paragraph, zones);
    if (rule != NULL && paragraph->bullet && zones == ZONE_INSIDE && !rule->strong)
        rule = NULL;
    paragraph->rule = rule;
    if (paragraph->first == paragraph->end || is_copyright(page, paragraph) || paragraph->link)
        decide(paragraph, BLOCK_FURNITURE);
    else if (rule != NULL)
        decide(paragraph, rule->kind);
    else if (is_bracketed(page, paragraph))
        decide(paragraph, BLOCK_FURNITURE);
    else if (zones != ZONE_INSIDE && paragraph->items >= 3 && !paragraph->terminal)
        decide(paragraph, BLOCK_FURNITURE);
}

/* ------------------------------------------------------------------ the body's bounds */

static bool is_running(const struct page *page, const struct paragraph *paragraph)
{
    if (!paragraph->prose || paragraph->link || is_copyright(page, paragraph))
        return false;
    return find_rule(page, paragraph, ZONE_ANY) == NULL;
}

/* Comments begin at `i`: everything after is theirs, if the report lies mostly before. */
static bool ends_page(const struct page *page, uint32_t i, uint32_t words_before, uint32_t words)
{
    const struct paragraph *paragraph = paragraph_at(page, i);
    const struct furniture_rule *rule =
        paragraph->prose ? NULL : find_rule(page, paragraph, ZONE_TAIL);
    return rule != NULL && rule->after == AFTER_END && words_before * 2 >= words;
}

static void find_bounds(struct page *page)
{
    uint32_t count = page->paragraphs.list.count, words = 0, before = 0, end = count;
    for (uint32_t i = 0; i < count; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (paragraph->prose &&
            paragraph_is_date(paragraph, page->scratch, page->text, &page->words))
            paragraph->prose = false; /* "Oct. 5, 2015 at 6:02 a.m." has stops, too */
    }
    for (uint32_t i = 0; i < count; i++)
        words += is_running(page, paragraph_at(page, i)) ? word_count(paragraph_at(page, i)) : 0;
    for (uint32_t i = 0; i < count && end == count; i++) {
        before += is_running(page, paragraph_at(page, i)) ? word_count(paragraph_at(page, i)) : 0;
        if (before > 0 && ends_page(page, i, before, words))
            end = i;
    }
    page->body_first = page->body_end = count;
    for (uint32_t i = 0; i < end; i++)
        if (is_running(page, paragraph_at(page, i))) {
            if (page->body_first == count)
                page->body_first = i;
            page->body_end = i + 1;
        }
    for (uint32_t i = end; i < count && page->body_first < count; i++)
        decide(paragraph_at(page, i), BLOCK_FURNITURE);
}

/* The paragraph names the outlet: two words that the first line of the head begins with. */
static bool names_outlet(const struct page *page, const struct paragraph *paragraph)
{
    const struct word *words = page->words.list.items;
    const struct paragraph *head = NULL;
    for (uint32_t i = 0; i < page->body_first && head == NULL; i++) {
        const struct paragraph *candidate = paragraph_at(page, i);
        if (candidate->kind == BLOCK_FURNITURE && candidate->rule == NULL && candidate->items < 3 &&
            word_count(candidate) >= 2)
            head = candidate;
    }
    if (head == NULL)
        return false;
    uint32_t first = head->first;
    if ((words[first].flags & SHAPE_FUNCTION) != 0)
        first++;
    if (first + 2 > head->end ||
        (words[first].flags & words[first + 1].flags & SHAPE_CAPITALISED) == 0)
        return false;
    for (uint32_t i = paragraph->first; i + 1 < paragraph->end; i++)
        if (words[i].hash == words[first].hash && words[i + 1].hash == words[first + 1].hash)
            return true;
    return false;
}

/* A page that bids its reader farewell ("If you can, help us ...") after a report that does not
 * speak to anybody: short last paragraphs that do are not the report. */
static void trim_farewell(struct page *page)
{
    uint32_t speaking = 0, running = 0;
    for (uint32_t i = page->body_first; i + 3 < page->body_end; i++) {
        running += paragraph_at(page, i)->prose;
        speaking += paragraph_at(page, i)->prose && paragraph_at(page, i)->readers > 0;
    }
    while (running >= 3 && speaking * 7 <= running && page->body_end > page->body_first + 3) {
        struct paragraph *last = paragraph_at(page, page->body_end - 1);
        bool farewell = last->readers > 0 || names_outlet(page, last);
        if (last->decided || !farewell || last->quoted || last->speech > 0 || word_count(last) > 25)
            break;
        decide(last, BLOCK_FURNITURE);
        do
            page->body_end--;
        while (page->body_end > page->body_first && !paragraph_at(page, page->body_end - 1)->prose);
    }
}

/* ------------------------------------------------------------------ the body and the tail */

static void decide_above(const struct page *page, struct paragraph *paragraph)
{
    bool caption = layout_describes_picture(page, paragraph);
    decide(paragraph, caption ? BLOCK_CAPTION : BLOCK_HEADING);
}

/* Single sentences between the head and a first paragraph that opens with a dateline: the report
 * begins at the dateline, they are its summary or describe a picture. */
static void mark_captions_before_dateline(struct page *page)
{
    uint32_t limit = page->body_first + 4 < page->body_end ? page->body_first + 4 : page->body_end;
    bool titled = false;
    for (uint32_t i = 0; i < page->body_first; i++)
        titled = titled || paragraph_at(page, i)->kind == BLOCK_TITLE;
    if (!titled)
        return; /* the text may have been cut out of its page */
    for (uint32_t i = page->body_first; i < limit; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (dateline_length(page->text, paragraph->span, false, page->paragraphs.upper_case) > 0) {
            for (uint32_t j = page->body_first; j < i; j++)
                if (!paragraph_at(page, j)->decided)
                    decide_above(page, paragraph_at(page, j));
            return;
        }
        if (paragraph->stops > 1 || word_count(paragraph) > 40)
            return;
    }
}

/* A heading inside the text: short, no stop, with running text somewhere below. */
static bool looks_like_heading(const struct paragraph *paragraph)
{
    return word_count(paragraph) <= 14 && (!paragraph->terminal || paragraph->question) &&
           paragraph->stops < 2 && !paragraph->lower && !paragraph->bullet;
}

/* The short lines below "Related stories" go with it; returns the paragraph after them. */
static uint32_t take_list(struct page *page, uint32_t i, uint32_t end)
{
    bool bullets = i < end && paragraph_at(page, i)->bullet;
    for (; i < end; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (paragraph->prose || (bullets && !paragraph->bullet) || word_count(paragraph) > 16 ||
            (paragraph->terminal && !paragraph->question && !paragraph->bullet &&
             paragraph->functions > 0 && word_count(paragraph) > 8))
            break;
        if (!paragraph->decided)
            decide(paragraph, BLOCK_FURNITURE);
    }
    return i;
}

static void judge_body(struct page *page)
{
    for (uint32_t i = page->body_first; i < page->body_end; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (!paragraph->decided)
            layout_judge_alone(page, paragraph, ZONE_INSIDE);
        const struct paragraph *before = i > 0 ? paragraph_at(page, i - 1) : NULL;
        if (!paragraph->decided && before != NULL && before->kind == BLOCK_CAPTION &&
            word_count(paragraph) <= 70 && layout_repeats(page, before, paragraph))
            decide(paragraph, BLOCK_CAPTION);
        if (!paragraph->decided)
            decide(paragraph, paragraph->kind == BLOCK_HEADING || paragraph->marker > 0 ||
                                      looks_like_heading(paragraph)
                                  ? BLOCK_HEADING
                                  : BLOCK_BODY);
        else if (paragraph->rule != NULL && paragraph->rule->after == AFTER_LIST)
            i = take_list(page, i + 1, page->body_end) - 1;
    }
}

static void judge_tail(struct page *page)
{
    uint32_t count = page->paragraphs.list.count;
    bool furniture_seen = false;
    for (uint32_t i = page->body_end; i < count; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (!paragraph->decided)
            layout_judge_alone(page, paragraph, ZONE_TAIL);
        if (!paragraph->decided &&
            paragraph_is_date(paragraph, page->scratch, page->text, &page->words))
            decide(paragraph, BLOCK_DATE);
        if (!paragraph->decided) {
            bool speaks = (paragraph->readers > 0 || names_outlet(page, paragraph)) &&
                          !paragraph->quoted && paragraph->speech == 0;
            bool sentence = paragraph->terminal && word_count(paragraph) >= 3 && !speaks;
            bool text = paragraph->quoted || (!furniture_seen && word_count(paragraph) >= 8);
            decide(paragraph, sentence || text ? BLOCK_BODY : BLOCK_FURNITURE);
        }
        furniture_seen = furniture_seen || paragraph->kind == BLOCK_FURNITURE;
        if (paragraph->rule != NULL && paragraph->rule->after == AFTER_LIST)
            i = take_list(page, i + 1, count) - 1;
    }
}

/* A text without running text: a headline, a snippet, a list. What no rule knows is kept. */
static void judge_fragments(struct page *page)
{
    uint32_t count = page->paragraphs.list.count;
    for (uint32_t i = 0; i < count; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (!paragraph->decided && count > 1)
            layout_judge_alone(page, paragraph, ZONE_HEAD);
        if (!paragraph->decided)
            decide(paragraph, paragraph->kind == BLOCK_HEADING ? BLOCK_HEADING : BLOCK_BODY);
    }
}

/* A body paragraph that ends in mid-sentence before furniture, and one after it that begins with a
 * small letter, are one. */
static void mark_continued(struct page *page)
{
    struct paragraph *open = NULL;
    for (uint32_t i = 0; i < page->paragraphs.list.count; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (paragraph->kind == BLOCK_FURNITURE || paragraph->kind == BLOCK_CAPTION)
            continue;
        bool body = paragraph->kind == BLOCK_BODY;
        paragraph->continues = body && open != NULL && !open->terminal && paragraph->lower &&
                               !page->paragraphs.lower_case && !paragraph->bullet &&
                               word_count(open) >= 8 && open + 1 < paragraph;
        if (paragraph->continues)
            open->kind = BLOCK_BODY; /* it was taken for a heading for want of a full stop */
        bool heading = paragraph->kind == BLOCK_HEADING && paragraph->marker == 0;
        open = body || heading ? paragraph : NULL;
    }
}

/* ------------------------------------------------------------------ the stage */

static void add_block(struct document *document, uint32_t start, uint32_t end, enum block_kind kind,
                      bool continues)
{
    while (start < end && (unsigned char)document->text[start] <= ' ')
        start++;
    while (end > start && (unsigned char)document->text[end - 1] <= ' ')
        end--;
    struct block *block = start < end ? array_push(&document->blocks) : NULL;
    if (block != NULL)
        *block = (struct block){.span = {start, end}, .kind = kind, .continues = continues};
}

static void write_blocks(const struct page *page, struct document *document)
{
    bool first = true;
    document->blocks.count = 0;
    for (uint32_t i = 0; i < page->paragraphs.list.count; i++) {
        const struct paragraph *paragraph = paragraph_at(page, i);
        uint32_t start = paragraph->span.start, length = 0;
        if (paragraph->kind == BLOCK_BODY && !paragraph->continues) {
            length =
                dateline_length(page->text, paragraph->span, first, page->paragraphs.upper_case);
            add_block(document, start, start + length, BLOCK_DATELINE, false);
            first = false;
        } else if (paragraph->marker > 0) {
            length = paragraph->marker;
            add_block(document, start, start + length, BLOCK_FURNITURE, false);
        }
        add_block(document, start + length, paragraph->span.end, paragraph->kind,
                  paragraph->continues);
    }
}

/* Paragraphs of the blocks that another reader found; body and headings are still to be judged. */
static void paragraphs_of_blocks(struct page *page, const struct document *document)
{
    array_init(&page->paragraphs.list, page->scratch);
    for (uint32_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        struct paragraph *paragraph = array_push(&page->paragraphs.list);
        if (paragraph == NULL)
            return;
        paragraph->span = block->span;
        paragraph->first = words_from(&page->words, block->span.start);
        paragraph->end = words_from(&page->words, block->span.end);
        paragraph_measure(paragraph, page->text, &page->words);
        paragraph->marker = 0;
        paragraph->kind = block->kind;
        paragraph->decided = block->kind != BLOCK_BODY && block->kind != BLOCK_HEADING;
        paragraph->prose = paragraph->prose && block->kind == BLOCK_BODY;
    }
}

static annals_status layout_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    return furniture_open((struct furniture **)state, setting, error);
}

static annals_status layout_run(const void *state, struct document *document, struct arena *scratch,
                                annals_error *error)
{
    (void)error;
    struct page page = {.text = document->text, .furniture = state, .scratch = scratch};
    words_find(&page.words, scratch, document->text, document->length);
    if (document->blocks.count > 0)
        paragraphs_of_blocks(&page, document);
    else
        paragraphs_find(&page.paragraphs, scratch, document->text, document->length, &page.words,
                        page.furniture);
    if (scratch->failed)
        return ANNALS_OK; /* the pipeline says so */
    find_bounds(&page);
    if (page.body_first == page.paragraphs.list.count) {
        judge_fragments(&page);
    } else {
        layout_judge_head(&page, document);
        trim_farewell(&page);
        mark_captions_before_dateline(&page);
        judge_body(&page);
        judge_tail(&page);
    }
    mark_continued(&page);
    write_blocks(&page, document);
    return ANNALS_OK;
}

const struct stage stage_layout = {
    .name = "layout",
    .summary = "title, byline, date and body of the page, apart from its furniture",
    .needs = 0,
    .gives = HAS_BLOCKS,
    .open = layout_open,
    .run = layout_run,
};
