/* What stands above the first running text of a page: title, byline, date, summary, captions, and
 * furniture.
 *
 * Method: each paragraph by itself (layout.c), then the title, which is the one that the report's
 * own data give or else the one that looks most like one; what stands below it is of the report.
 * What is like a sentence stays. */
#include "intake/layout.h"

#include "bytes/hash.h"
#include "intake/dateline.h"
#include "intake/printed_dates.h"

/* Both begin with the same words, and the shorter is used up: a caption and its alternative text.
 */
bool layout_repeats(const struct page *page, const struct paragraph *left,
                    const struct paragraph *right)
{
    uint32_t shorter = word_count(left) < word_count(right) ? word_count(left) : word_count(right);
    const struct paragraph *longer = word_count(left) < word_count(right) ? right : left;
    const struct paragraph *shorter_one = longer == left ? right : left;
    const struct word *words = page->words.list.items;
    if (shorter < 5)
        return false;
    for (uint32_t start = longer->first;
         start + shorter <= longer->end && start < longer->first + 14; start++) {
        uint32_t same = 0;
        while (same < shorter && words[start + same].hash == words[shorter_one->first + same].hash)
            same++;
        if (same == shorter)
            return true;
    }
    return false;
}

static void mark_repeated_captions(struct page *page)
{
    for (uint32_t i = 1; i < page->paragraphs.list.count; i++) {
        struct paragraph *before = paragraph_at(page, i - 1), *here = paragraph_at(page, i);
        if (before->decided == here->decided || word_count(before) > 70 || word_count(here) > 70 ||
            !layout_repeats(page, before, here))
            continue;
        if (before->kind == BLOCK_CAPTION && before->decided)
            decide(here, BLOCK_CAPTION);
        else if (here->kind == BLOCK_CAPTION && here->decided)
            decide(before, BLOCK_CAPTION);
    }
}

/* "Our Africa correspondent, Luanda". */
static bool names_reporter(const struct page *page, const struct paragraph *paragraph)
{
    static const char *const words[] = {"correspondent", "correspondents", "reporter", "reporters",
                                        "staff"};
    for (uint32_t i = paragraph->first; i < paragraph->end; i++)
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
            if (page->words.list.items[i].hash == hash_bytes(words[w], strlen(words[w])))
                return true;
    return false;
}

static bool looks_like_byline(const struct page *page, const struct paragraph *paragraph)
{
    static const char *const openings[] = {"By ", "BY ", "by ", "From "};
    uint32_t count = word_count(paragraph);
    if (count < 2 || count > 16 || paragraph->terminal)
        return false;
    if (layout_begins_with(page, paragraph, "Our ") && names_reporter(page, paragraph))
        return true;
    for (int i = 0; i < 4; i++)
        if (layout_begins_with(page, paragraph, openings[i]) &&
            (paragraph->capitals >= 2 || page->paragraphs.lower_case) && (i < 3 || count <= 6))
            return true;
    return false;
}

/* Two to four names and nothing else. */
static bool looks_like_name(const struct paragraph *paragraph)
{
    uint32_t count = word_count(paragraph);
    return count >= 2 && count <= 4 && paragraph->capitals == count && !paragraph->terminal &&
           paragraph->functions == 0 && paragraph->items < 2;
}

/* The foot of the page begins to speak of itself with the two words that `paragraph` begins with:
 * they are the outlet's name. */
static bool is_repeated_below(const struct page *page, const struct paragraph *paragraph)
{
    enum { FOOT = 4 };
    const struct word *words = page->words.list.items;
    uint32_t count = page->paragraphs.list.count, first = paragraph->first;
    if (word_count(paragraph) < 2 ||
        (words[first].flags & words[first + 1].flags & SHAPE_CAPITALISED) == 0)
        return false;
    uint32_t foot = count < FOOT ? 0 : count - FOOT;
    for (uint32_t i = page->body_first + 1 > foot ? page->body_first + 1 : foot; i < count; i++) {
        const struct paragraph *below = paragraph_at(page, i);
        for (uint32_t w = below->first; w + 1 < below->end && word_count(below) <= 16; w++)
            if (words[w].hash == words[first].hash && words[w + 1].hash == words[first + 1].hash)
                return true;
    }
    return false;
}

/* How much `paragraph` looks like the title, 0 where it cannot be. */
static int title_score(const struct page *page, uint32_t i, uint32_t last_menu)
{
    const struct paragraph *paragraph = paragraph_at(page, i);
    uint32_t count = word_count(paragraph);
    if (paragraph->decided || count < 2 || count > 30 || paragraph->bullet ||
        (paragraph->terminal && !paragraph->question &&
         (i > 0 || paragraph->stops > 1 || paragraph->capitals * 2 < count)) ||
        dateline_length(page->text, paragraph->span, false, page->paragraphs.upper_case) > 0)
        return 0;
    int score = count >= 4 ? 10 : 5;
    score += paragraph->marker > 0 ? 20 : 0;
    score += count >= 5 && count <= 16 ? 4 : 0;
    score += i >= last_menu ? 6 : 0;
    score -= is_repeated_below(page, paragraph) ? 8 : 0;
    if (i + 1 < page->paragraphs.list.count) {
        enum block_kind next = paragraph_at(page, i + 1)->kind;
        bool decided = paragraph_at(page, i + 1)->decided;
        score += decided && (next == BLOCK_BYLINE || next == BLOCK_DATE) ? 3 : 0;
    }
    return score;
}

static bool is_given_title(const struct page *page, const struct paragraph *paragraph,
                           const struct words *title)
{
    if (title->list.count == 0 || word_count(paragraph) != title->list.count)
        return false;
    for (uint32_t i = 0; i < title->list.count; i++)
        if (page->words.list.items[paragraph->first + i].hash != title->list.items[i].hash)
            return false;
    return true;
}

/* Finds the title before paragraph `end`; returns its index, or NONE. */
static uint32_t find_title(struct page *page, const struct document *document, uint32_t end)
{
    struct words title;
    const char *given = document->report.title;
    words_find(&title, page->scratch, given != NULL ? given : "",
               given != NULL ? (uint32_t)strlen(given) : 0);
    uint32_t best = NONE, last_menu = 0;
    int best_score = 0;
    for (uint32_t i = 0; i < end; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (is_given_title(page, paragraph, &title) || paragraph->kind == BLOCK_TITLE) {
            decide(paragraph, BLOCK_TITLE);
            return i;
        }
        if (paragraph->decided && paragraph->kind == BLOCK_FURNITURE)
            last_menu = paragraph->items >= 3 || paragraph->rule != NULL ? i : last_menu;
    }
    for (uint32_t i = 0; i < end; i++) {
        /* A menu line right above the body closes no masthead. */
        int score = title_score(page, i, last_menu);
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    if (best != NONE)
        decide(paragraph_at(page, best), BLOCK_TITLE);
    return best;
}

/* A line above the dateline is a caption rather than a summary if it is set in, or says on which
 * day it was seen. */
bool layout_describes_picture(const struct page *page, const struct paragraph *paragraph)
{
    uint32_t start = paragraph->span.start;
    if (start >= 3 && memcmp(page->text + start - 3, "   ", 3) == 0)
        return true;
    for (uint32_t i = paragraph->first; i < paragraph->end; i++)
        if (printed_weekday(&page->words.list.items[i]) >= 0)
            return true;
    return false;
}

/* Above the first running text, and yet more than a label. */
static bool is_sentence_like(const struct page *page, const struct paragraph *paragraph)
{
    return (paragraph->terminal && word_count(paragraph) >= 4) ||
           (word_count(paragraph) >= 12 && paragraph->functions >= 2) ||
           dateline_length(page->text, paragraph->span, false, page->paragraphs.upper_case) > 0;
}

void layout_judge_head(struct page *page, const struct document *document)
{
    uint32_t end = page->body_first;
    for (uint32_t i = 0; i < end; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        if (paragraph->decided)
            continue;
        if (paragraph_is_date(paragraph, page->scratch, page->text, &page->words))
            decide(paragraph, looks_like_byline(page, paragraph) ? BLOCK_BYLINE : BLOCK_DATE);
        else
            layout_judge_alone(page, paragraph, ZONE_HEAD);
        if (!paragraph->decided && looks_like_byline(page, paragraph))
            decide(paragraph, BLOCK_BYLINE);
    }
    mark_repeated_captions(page);
    uint32_t title = find_title(page, document, end);
    bool dated = end < page->paragraphs.list.count &&
                 dateline_length(page->text, paragraph_at(page, end)->span, false,
                                 page->paragraphs.upper_case) > 0;
    for (uint32_t i = 0; i < end; i++) {
        struct paragraph *paragraph = paragraph_at(page, i);
        const struct paragraph *next = i + 1 < end ? paragraph + 1 : NULL;
        bool below = title != NONE && i > title;
        if (paragraph->decided)
            continue;
        bool named =
            looks_like_name(paragraph) &&
            (i == title + 1 || (next != NULL && next->kind == BLOCK_DATE && next->decided));
        if (below && named)
            decide(paragraph, BLOCK_BYLINE);
        else if (below && dated && paragraph->terminal && layout_describes_picture(page, paragraph))
            decide(paragraph, BLOCK_CAPTION);
        else if (below && (word_count(paragraph) > 3 || paragraph->bullet))
            decide(paragraph, BLOCK_HEADING);
        else
            decide(paragraph, is_sentence_like(page, paragraph) ? BLOCK_BODY : BLOCK_FURNITURE);
    }
}
