/* Paragraphs of a plain text.
 *
 * Method: a line end parts two paragraphs unless the text is hard-wrapped and the line is full: the
 * next line's first word would not have fitted (greedy wrapping). Measures follow the text features
 * of Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features"
 * (2010): words, capitals, full stops; and Pomikálek (2011): function words. Leaves out: what a
 * paragraph is (layout.c). */
#include "intake/paragraphs.h"

#include "bytes/utf8.h"
#include "intake/printed_dates.h"

#include <string.h>

struct line {
    struct byte_span span; /* trimmed */
    uint32_t first, end;   /* words */
    uint32_t width;        /* code points */
    bool blank, broken;    /* broken: ends in two blanks, Markdown's line break */
};

/* Bytes of a paragraph that was broken: beyond it nobody lost a sentence. */
enum { JOINED_LIMIT = 8000 };

struct lines {
    ARRAY(struct line) list;
    uint32_t wrap; /* width of hard-wrapped text, 0 where it is not */
};

/* ------------------------------------------------------------------ lines */

static struct byte_span trim(const char *text, uint32_t start, uint32_t end)
{
    size_t size;
    while (start < end && utf8_is_space(utf8_decode(text + start, end - start, &size)))
        start += (uint32_t)size;
    while (end > start) {
        uint32_t last = end - 1;
        while (last > start && ((unsigned char)text[last] & 0xc0) == 0x80)
            last--;
        if (!utf8_is_space(utf8_decode(text + last, end - last, &size)))
            break;
        end = last;
    }
    return (struct byte_span){start, end};
}

static void lines_find(struct lines *lines, struct arena *arena, const char *text, uint32_t length,
                       const struct words *words)
{
    array_init(&lines->list, arena);
    uint32_t word = 0;
    for (uint32_t start = 0, end; start < length; start = end + 1) {
        for (end = start; end < length && text[end] != '\n' && text[end] != '\r'; end++)
            ;
        struct line *line = array_push(&lines->list);
        if (line == NULL)
            return;
        line->span = trim(text, start, end);
        line->blank = span_is_empty(line->span);
        line->broken =
            end >= start + 2 && text[end - 1] == ' ' && text[end - 2] == ' ' && !line->blank;
        line->width =
            (uint32_t)utf8_count(text + line->span.start, line->span.end - line->span.start);
        line->first = word;
        while (word < words->list.count && words->list.items[word].span.start < end)
            word++;
        line->end = word;
        if (end + 1 < length && text[end] == '\r' && text[end + 1] == '\n')
            end++;
    }
}

/* Width of the word or mark that the line begins with. */
static uint32_t first_width(const char *text, const struct line *line)
{
    uint32_t at = line->span.start;
    while (at < line->span.end && text[at] != ' ')
        at++;
    return (uint32_t)utf8_count(text + line->span.start, at - line->span.start);
}

static bool is_full(const char *text, const struct line *line, const struct line *next,
                    uint32_t wrap)
{
    return line->width + 1 + first_width(text, next) > wrap - wrap / 8;
}

/* The text is wrapped if most lines that another follows are full, at a width that people wrap
 * at. */
static void find_wrap(struct lines *lines, const char *text)
{
    uint32_t counts[132] = {0}, followed = 0, full = 0, seen = 0, wrap = 0;
    for (uint32_t i = 0; i + 1 < lines->list.count; i++) {
        const struct line *line = &lines->list.items[i];
        if (line->blank || lines->list.items[i + 1].blank)
            continue;
        counts[line->width < 131 ? line->width : 131]++;
        followed++;
    }
    if (followed < 3 || counts[131] * 10 > followed)
        return;
    for (wrap = 130; wrap > 30 && seen * 20 <= followed; wrap--)
        seen += counts[wrap];
    wrap++;
    if (wrap < 45)
        return;
    for (uint32_t i = 0; i + 1 < lines->list.count; i++) {
        const struct line *line = &lines->list.items[i], *next = line + 1;
        if (!line->blank && !next->blank)
            full += is_full(text, line, next, wrap);
    }
    if (full * 10 >= followed * (followed < 5 ? 10 : 6))
        lines->wrap = wrap;
}

/* ------------------------------------------------------------------ measures */

/* Bytes of "# ", "## " … at `span`, or 0. */
static uint32_t heading_mark(const char *text, struct byte_span span)
{
    uint32_t at = span.start;
    while (at < span.end && text[at] == '#' && at - span.start < 6)
        at++;
    return at > span.start && at < span.end && text[at] == ' ' ? at + 1 - span.start : 0;
}

static bool is_bullet(const char *text, struct byte_span span)
{
    uint32_t at = span.start, left = span.end - span.start;
    if (left > 2 && strchr("-*>+", text[at]) != NULL && text[at + 1] == ' ')
        return true;
    size_t size;
    uint32_t mark = left > 3 ? utf8_decode(text + at, left, &size) : 0;
    if (mark == 0x2022 || mark == 0xb7 || mark == 0x25cf || mark == 0x25aa || mark == 0x2023)
        return true;
    while (at < span.end && text[at] >= '0' && text[at] <= '9')
        at++;
    return at > span.start && at - span.start <= 2 && at + 1 < span.end &&
           (text[at] == '.' || text[at] == ')') && text[at + 1] == ' ';
}

/* The last letter or mark before closing quotes, brackets and footnote marks. */
static uint32_t last_mark(const char *text, struct byte_span span)
{
    uint32_t at = span.end;
    while (at > span.start) {
        uint32_t last = at - 1;
        size_t size;
        while (last > span.start && ((unsigned char)text[last] & 0xc0) == 0x80)
            last--;
        uint32_t mark = utf8_decode(text + last, span.end - last, &size);
        if (mark != '"' && mark != '\'' && mark != ')' && mark != ']' && mark != '*' &&
            mark != '_' && mark != 0x2019 && mark != 0x201d && mark != 0xbb && !utf8_is_space(mark))
            return mark;
        at = last;
    }
    return 0;
}

/* Quotation marks, and words that speak to the reader outside of them; sentence ends. */
static void measure_marks(struct paragraph *paragraph, const char *text, const struct words *words)
{
    bool inside = false;
    uint32_t word = paragraph->first;
    for (uint32_t at = paragraph->span.start; at < paragraph->span.end;) {
        size_t size;
        uint32_t mark = utf8_decode(text + at, paragraph->span.end - at, &size);
        bool doubled = (mark == '\'' || mark == '`') && at + 1 < paragraph->span.end &&
                       text[at + 1] == (char)mark; /* ``so'', as wire copy has it */
        if (mark == '"' || mark == 0x201c || mark == 0x201d || doubled) {
            size += doubled;
            inside = mark == '"' || mark == '\'' ? !inside : mark != 0x201d;
            paragraph->quoted = true;
        }
        while (word < paragraph->end && words->list.items[word].span.start <= at) {
            if (!inside)
                paragraph->readers += (words->list.items[word].flags & SHAPE_READER) != 0;
            word++;
        }
        uint32_t next = at + (uint32_t)size;
        bool stop = mark == '.' || mark == '?' || mark == '!' || mark == 0x2026;
        if (stop && (next >= paragraph->span.end || text[next] == ' ' || text[next] == '\n' ||
                     text[next] == '"' || (unsigned char)text[next] >= 0x80))
            paragraph->stops++;
        at = next;
    }
}

/* A row of short items between bars, dots, tabs or wide gaps: "Home | World | Business". Returns
 * their number, 0 where an item is long. */
static uint32_t count_items(const struct paragraph *paragraph, const char *text,
                            const struct words *words)
{
    uint32_t items = 1, in_item = 0;
    for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
        uint32_t from =
            i == paragraph->first ? paragraph->span.start : words->list.items[i - 1].span.end;
        uint32_t blanks = 0;
        bool parted = false;
        for (uint32_t at = from; at < words->list.items[i].span.start; at++) {
            blanks = text[at] == ' ' ? blanks + 1 : 0;
            bool dot = (unsigned char)text[at] == 0xc2 && (unsigned char)text[at + 1] == 0xb7;
            bool wide =
                (unsigned char)text[at] == 0xe2 && (unsigned char)text[at + 1] == 0x80 &&
                ((unsigned char)text[at + 2] == 0xa2 || (unsigned char)text[at + 2] == 0xba);
            bool slash = text[at] == '/' && (at == from || text[at - 1] == ' ');
            bool arrow = text[at] == '>' && blanks == 0;
            parted = parted || text[at] == '|' || text[at] == '\t' || text[at] == '[' || dot ||
                     wide || slash || arrow || blanks >= 2;
        }
        if (parted && i > paragraph->first) {
            items++;
            in_item = 0;
        }
        if (++in_item > 5)
            return 0;
    }
    return items;
}

/* Little but an address. */
static bool is_link(const struct paragraph *paragraph, const char *text)
{
    uint32_t length = paragraph->span.end - paragraph->span.start, covered = 0;
    const char *at = text + paragraph->span.start, *end = text + paragraph->span.end;
    if (length > 400)
        return false;
    while (at < end) {
        const char *stop = at;
        bool address = false;
        if (*at == '[') { /* [text](address) */
            const char *close = memchr(at, ']', (size_t)(end - at));
            if (close != NULL && close + 1 < end && close[1] == '(') {
                const char *last = memchr(close, ')', (size_t)(end - close));
                stop = last != NULL ? last + 1 : at;
                address = last != NULL;
            }
        }
        if (!address) {
            while (stop < end && *stop != ' ' && *stop != '\n')
                stop++;
            size_t size = (size_t)(stop - at);
            address = (size > 7 && (memcmp(at, "http://", 7) == 0 ||
                                    memcmp(at, "https:/", 7) == 0 || memcmp(at, "www.", 4) == 0)) ||
                      (size > 5 && memchr(at, '@', size) != NULL && at[0] != '@');
        }
        if (address)
            covered += (uint32_t)(stop - at);
        at = stop > at ? stop + (stop < end) : at + 1;
    }
    return covered * 2 > length;
}

void paragraph_measure(struct paragraph *paragraph, const char *text, const struct words *words)
{
    uint32_t mark = last_mark(text, paragraph->span), numbers = 0;
    size_t size;
    paragraph->marker = heading_mark(text, paragraph->span);
    paragraph->bullet = is_bullet(text, paragraph->span);
    paragraph->question = mark == '?' || mark == '!';
    paragraph->terminal = paragraph->question || mark == '.' || mark == 0x2026;
    for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
        uint8_t flags = words->list.items[i].flags;
        paragraph->functions += (flags & SHAPE_FUNCTION) != 0;
        paragraph->capitals += (flags & SHAPE_CAPITALISED) != 0;
        numbers += (flags & SHAPE_NUMBER) != 0;
        paragraph->speech += (flags & SHAPE_SPEECH) != 0;
    }
    if (paragraph->first < paragraph->end) {
        uint32_t start = paragraph->span.start; /* a bracket or quote begins anew */
        uint32_t letter = utf8_decode(text + start, paragraph->span.end - start, &size);
        paragraph->lower = utf8_is_lower(letter);
    }
    measure_marks(paragraph, text, words);
    paragraph->items = count_items(paragraph, text, words);
    paragraph->link = is_link(paragraph, text);
    uint32_t count = paragraph->end - paragraph->first;
    bool woven = paragraph->functions * 7 >= count - numbers;
    bool closed =
        paragraph->terminal && (!paragraph->question || count >= 20 || paragraph->stops > 1);
    bool title_case = paragraph->capitals * 5 >= count * 3 && paragraph->stops < 2;
    paragraph->prose = woven && paragraph->marker == 0 &&
                       ((closed && count >= 11 && !title_case) || count >= 26 ||
                        (closed && paragraph->stops >= 2 && count >= 8));
}

/* Words that stand beside dates and clocks. Sorted. */
static bool is_date_label(const char *text, const struct word *word)
{
    static const char *const labels[] = {
        "a",       "am",        "and",     "at",     "bst",     "cest",  "cet",    "created",
        "date",    "edt",       "est",     "et",     "eastern", "first", "from",   "gmt",
        "h",       "hours",     "hrs",     "ist",    "last",    "local", "m",      "modified",
        "msk",     "on",        "p",       "pdt",    "pkt",     "pm",    "posted", "pst",
        "pt",      "published", "release", "st",     "nd",      "rd",    "th",     "time",
        "updated", "update",    "utc",     "issued", "z",       "t"};
    uint32_t length = word->span.end - word->span.start;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strlen(labels[i]) == length) {
            bool same = true;
            for (uint32_t at = 0; at < length && same; at++)
                same = (text[word->span.start + at] | 0x20) == labels[i][at];
            if (same)
                return true;
        }
    return false;
}

bool paragraph_is_date(const struct paragraph *paragraph, struct arena *scratch, const char *text,
                       const struct words *words)
{
    struct printed_dates dates;
    uint32_t rest = 0, count = paragraph->end - paragraph->first;
    if (count == 0 || count > 30 || (paragraph->terminal && count > 12))
        return false;
    printed_dates_find(&dates, scratch, text, words, paragraph->first, paragraph->end);
    if (dates.list.count == 0)
        return false;
    bool year = false;
    for (uint32_t i = paragraph->first; i < paragraph->end; i++) {
        const struct word *word = &words->list.items[i];
        bool inside = (word->flags & SHAPE_NUMBER) != 0;
        for (uint32_t d = 0; d < dates.list.count && !inside; d++)
            inside = span_contains(dates.list.items[d].span, word->span);
        rest += !inside && !is_date_label(text, word) && printed_weekday(word) < 0;
    }
    for (uint32_t d = 0; d < dates.list.count; d++)
        year = year || dates.list.items[d].year != 0;
    bool parted = paragraph->items >= 2 || memchr(text + paragraph->span.start, '|',
                                                  paragraph->span.end - paragraph->span.start);
    return rest <= (year ? 3u : 1u) || (rest <= 8 && parted && year);
}

/* ------------------------------------------------------------------ cutting */

struct cut {
    struct arena *arena;
    const char *text;
    const struct words *words;
    const struct furniture *furniture;
    struct lines lines;
    bool lower_case, upper_case;
};

static struct paragraph paragraph_of(const struct cut *cut, const struct line *first,
                                     const struct line *last)
{
    struct paragraph paragraph = {
        .span = {first->span.start, last->span.end}, .first = first->first, .end = last->end};
    paragraph_measure(&paragraph, cut->text, cut->words);
    return paragraph;
}

/* A line that is a paragraph by itself whatever stands around it. */
static bool stands_alone(const struct cut *cut, const struct line *line)
{
    if (line->blank || line->end - line->first > 14)
        return false;
    struct paragraph alone = paragraph_of(cut, line, line);
    if (alone.first == alone.end || alone.marker > 0 || alone.bullet || alone.items >= 3)
        return true;
    return furniture_find(cut->furniture, cut->text, cut->words, line->first, line->end,
                          ZONE_HEAD | ZONE_TAIL, alone.prose) != NULL ||
           paragraph_is_date(&alone, cut->arena, cut->text, cut->words);
}

/* The text of `line` runs on in `next`, which follows it at once. */
static bool runs_on(const struct cut *cut, const struct line *line, const struct line *next)
{
    struct paragraph here = paragraph_of(cut, line, line), there = paragraph_of(cut, next, next);
    if (there.bullet || there.marker > 0 || there.first == there.end || here.first == here.end)
        return false;
    bool full = cut->lines.wrap > 0 && is_full(cut->text, line, next, cut->lines.wrap);
    if (full && line->width + 12 >= cut->lines.wrap / 2)
        return true;
    if (line->broken || stands_alone(cut, line) || stands_alone(cut, next))
        return false;
    if (cut->lines.wrap > 0 && here.end - here.first >= 6 && !here.terminal && !here.question)
        return !cut->lower_case && there.lower;
    /* Too few lines to tell the width they were wrapped at: a long line that ends in a small word,
     * or in capitals throughout, goes on. */
    bool open = (cut->words->list.items[here.end - 1].flags & SHAPE_FUNCTION) != 0 ||
                last_mark(cut->text, here.span) == ',';
    if (line->width >= 55 && (open || line->width <= 120) && here.end - here.first >= 9 &&
        !here.terminal && there.terminal && there.end - there.first >= 2 &&
        (open || cut->upper_case))
        return true;
    return !cut->lower_case && there.lower && !here.terminal && here.end - here.first >= 4 &&
           here.marker == 0;
}

/* A blank line broke the sentence: it stops on no mark, in a word that cannot end it, or goes on
 * with a small letter. */
static bool was_broken(const struct cut *cut, const struct paragraph *before,
                       const struct paragraph *after)
{
    uint32_t count = before->end - before->first;
    if (before->terminal || count < 8 || before->marker > 0 || after->marker > 0 || after->bullet ||
        before->bullet || after->first == after->end || before->link || before->items >= 3 ||
        before->functions * 8 < count)
        return false;
    uint32_t mark = last_mark(cut->text, before->span);
    if (mark == ':' || mark == ';' || mark == '-' || mark >= 0x2010)
        return false;
    uint8_t last = cut->words->list.items[before->end - 1].flags;
    bool open = mark == ',' || ((last & SHAPE_FUNCTION) != 0 && (last & SHAPE_ALL_CAPITALS) == 0);
    bool goes_on = after->lower && !cut->lower_case;
    return goes_on || (open && count >= 12 && after->end - after->first >= 4 && after->terminal);
}

static void add_paragraph(const struct cut *cut, struct paragraphs *paragraphs,
                          const struct line *first, const struct line *last)
{
    struct paragraph found = paragraph_of(cut, first, last);
    uint32_t count = paragraphs->list.count;
    struct paragraph *before = count > 0 ? &paragraphs->list.items[count - 1] : NULL;
    bool apart = first == last && stands_alone(cut, first);
    bool small = before != NULL && found.span.end - before->span.start < JOINED_LIMIT;
    if (small && !apart && was_broken(cut, before, &found)) {
        struct paragraph joined = {
            .span = {before->span.start, found.span.end}, .first = before->first, .end = found.end};
        paragraph_measure(&joined, cut->text, cut->words);
        *before = joined;
        return;
    }
    struct paragraph *kept = array_push(&paragraphs->list);
    if (kept != NULL)
        *kept = found;
}

/* Whether capitals tell anything: the share of letters that are one. */
static void find_case(struct paragraphs *paragraphs, const struct words *words)
{
    uint32_t capitals = 0, all = 0, letters = 0;
    for (uint32_t i = 0; i < words->list.count; i++) {
        uint8_t flags = words->list.items[i].flags;
        letters += (flags & SHAPE_NUMBER) == 0;
        capitals += (flags & SHAPE_CAPITALISED) != 0;
        all += (flags & SHAPE_ALL_CAPITALS) != 0;
    }
    paragraphs->lower_case = letters >= 20 && capitals * 33 < letters;
    paragraphs->upper_case = letters >= 5 && all * 10 > letters * 6;
}

void paragraphs_find(struct paragraphs *paragraphs, struct arena *arena, const char *text,
                     uint32_t length, const struct words *words, const struct furniture *furniture)
{
    struct cut cut = {.arena = arena, .text = text, .words = words, .furniture = furniture};
    array_init(&paragraphs->list, arena);
    find_case(paragraphs, words);
    cut.lower_case = paragraphs->lower_case;
    cut.upper_case = paragraphs->upper_case;
    lines_find(&cut.lines, arena, text, length, words);
    find_wrap(&cut.lines, text);
    const struct line *lines = cut.lines.list.items;
    for (uint32_t i = 0; i < cut.lines.list.count; i++) {
        if (lines[i].blank)
            continue;
        uint32_t last = i;
        while (last + 1 < cut.lines.list.count && !lines[last + 1].blank &&
               runs_on(&cut, &lines[last], &lines[last + 1]))
            last++;
        add_paragraph(&cut, paragraphs, &lines[i], &lines[last]);
        i = last;
    }
}
