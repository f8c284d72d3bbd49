/* The imprint: title, byline and outlet as the page prints them.
 *
 * Method: title and byline are the blocks that layout.c found, without marks and dates. The outlet
 * is whoever claims the copyright, or a name in the head of the page that its foot repeats (in an
 * address, too: "tidewaterpost.example"); a name that stands only once could be anything. Leaves
 * out: agencies named in datelines, which tell who wrote a report but not who published it. */
#include "intake/imprint.h"

#include "bytes/utf8.h"
#include "intake/printed_dates.h"

#include <string.h>
#include <strings.h>

/* A copy of `span` with each run of white space as one blank and Markdown marks left out. */
static const char *clean_copy(struct arena *arena, const char *text, struct byte_span span)
{
    char *copy = arena_allocate(arena, span.end - span.start + 1);
    uint32_t length = 0;
    if (copy == NULL)
        return NULL;
    for (uint32_t at = span.start; at < span.end;) {
        size_t size;
        uint32_t letter = utf8_decode(text + at, span.end - at, &size);
        if (utf8_is_space(letter)) {
            if (length > 0 && copy[length - 1] != ' ')
                copy[length++] = ' ';
        } else if (letter != '*') {
            memcpy(copy + length, text + at, size);
            length += (uint32_t)size;
        }
        at += (uint32_t)size;
    }
    while (length > 0 && strchr(" -|,;:", copy[length - 1]) != NULL)
        length--;
    /* A full stop behind a whole word, not behind an initial. */
    bool stopped = length > 4 && copy[length - 1] == '.' && copy[length - 2] >= 'a' &&
                   copy[length - 3] >= 'a' && copy[length - 4] >= 'a';
    length -= stopped;
    copy[length] = '\0';
    return length > 0 ? copy : NULL;
}

static void find_title(struct document *document)
{
    for (uint32_t i = 0; i < document->blocks.count && document->report.title == NULL; i++)
        if (document->blocks.items[i].kind == BLOCK_TITLE)
            document->report.title =
                clean_copy(document->arena, document->text, document->blocks.items[i].span);
}

/* ------------------------------------------------------------------ byline */

static bool starts(const char *at, const char *end, const char *with)
{
    size_t length = strlen(with);
    return (size_t)(end - at) >= length && strncmp(at, with, length) == 0;
}

/* The end of the names in a byline: before a date, a label, a figure, a bar or a middle dot. */
static uint32_t byline_end(const struct document *document, struct byte_span span)
{
    static const char *const stops[] = {
        " |",        "|",        " \xc2\xb7", "\xc2\xb7", " // ", " \xe2\x80\xa2",
        "Published", "Updated",  "Posted",    " on ",     "(",    "  ",
        "\n",        "\xc2\xbb", " Photo",    " Pictures"};
    const char *text = document->text, *end = text + span.end;
    for (const char *at = text + span.start + 1; at < end; at++) {
        if (*at >= '0' && *at <= '9')
            return (uint32_t)(at - text);
        for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
            if (starts(at, end, stops[i]))
                return (uint32_t)(at - text);
    }
    return span.end;
}

/* "Posted on February 8, 2017 by Ana Berg": two to four names at the end of a date line. Empty
 * where there are none. */
static struct byte_span name_behind_date(const struct document *document, struct arena *scratch,
                                         struct byte_span span)
{
    struct words words;
    uint32_t from = 0;
    words_find(&words, scratch, document->text + span.start, span.end - span.start);
    for (uint32_t i = 0; i < words.list.count; i++) {
        const struct word *word = &words.list.items[i];
        const char *at = document->text + span.start + word->span.start;
        if (from > 0 && (word->flags & SHAPE_CAPITALISED) == 0)
            return (struct byte_span){0, 0};
        if (i > 0 && word->span.end - word->span.start == 2 && strncmp(at, "by", 2) == 0)
            from = i + 1;
    }
    uint32_t count = words.list.count - from;
    if (from == 0 || count < 2 || count > 4)
        return (struct byte_span){0, 0};
    return (struct byte_span){span.start + words.list.items[from].span.start,
                              span.start + words.list.items[words.list.count - 1].span.end};
}

/* "Ana Berg, Staff Reporter": where what the name is called begins. */
static uint32_t without_office(const struct document *document, struct byte_span span)
{
    static const char *const offices[] = {"reporter", "writer", "correspondent", "editor", "staff"};
    const char *text = document->text;
    uint32_t comma = span.start;
    while (comma < span.end && text[comma] != ',')
        comma++;
    for (uint32_t at = comma; at < span.end; at++)
        for (size_t i = 0; i < sizeof offices / sizeof offices[0]; i++)
            if (span.end - at >= strlen(offices[i]) &&
                strncasecmp(text + at, offices[i], strlen(offices[i])) == 0)
                return comma;
    return span.end;
}

/* Without the words that say that it is one. */
static struct byte_span behind_by(const struct document *document, struct byte_span span)
{
    static const char *const openings[] = {
        "By ", "BY ", "by ", "By:", "by:", "Words by ", "Text by ", "Story by ", "Report by "};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
        if (starts(document->text + span.start, document->text + span.end, openings[i])) {
            span.start += (uint32_t)strlen(openings[i]);
            break;
        }
    return span;
}

static void find_byline(struct document *document, struct arena *scratch)
{
    for (uint32_t i = 0; i < document->blocks.count && document->report.byline == NULL; i++) {
        struct byte_span span = document->blocks.items[i].span;
        enum block_kind kind = document->blocks.items[i].kind;
        if (kind == BLOCK_BODY)
            return;
        if (kind == BLOCK_DATE)
            span = name_behind_date(document, scratch, span);
        if ((kind != BLOCK_BYLINE && kind != BLOCK_DATE) || span_is_empty(span))
            continue;
        span = behind_by(document, span);
        span.end = byline_end(document, span);
        span.end = without_office(document, span);
        /* Cut the weekday or month that a date leaves behind: "Ana Berg, Tuesday 5 May". */
        struct words words;
        words_find(&words, scratch, document->text + span.start, span.end - span.start);
        while (words.list.count > 0) {
            const struct word *last = &words.list.items[words.list.count - 1];
            if (printed_month(last) == 0 && printed_weekday(last) < 0)
                break;
            span.end = span.start + last->span.start;
            words.list.count--;
        }
        if (words.list.count > 0)
            document->report.byline = clean_copy(document->arena, document->text, span);
    }
}

/* ------------------------------------------------------------------ outlet */

/* "© 2015 The Dale Herald. All rights reserved." -> the name. */
static struct byte_span copyright_holder(const struct document *document, struct byte_span span)
{
    const char *text = document->text;
    uint32_t at = span.start;
    bool sign = false, year = false;
    while (at < span.end) {
        if (starts(text + at, text + span.end, "\xc2\xa9"))
            at += 2, sign = true;
        else if (starts(text + at, text + span.end, "Copyright"))
            at += 9, sign = true;
        else if (starts(text + at, text + span.end, "(c)"))
            at += 3, sign = true;
        else if (text[at] >= '0' && text[at] <= '9')
            at++, year = true;
        else if (text[at] == ' ' || text[at] == ',' || text[at] == '-')
            at++;
        else if (starts(text + at, text + span.end, "by "))
            at += 3;
        else
            break;
    }
    uint32_t end = at;
    while (end < span.end && text[end] != '.' && text[end] != '|' && text[end] != '\n' &&
           text[end] != '-' && !starts(text + end, text + span.end, " All ") &&
           !starts(text + end, text + span.end, ", all ") && end < at + 60)
        end++;
    bool name = sign && year && end > at + 2 && end < at + 60 && text[at] >= 'A' && text[at] <= 'Z';
    return name ? (struct byte_span){at, end} : (struct byte_span){0, 0};
}

/* Letters and digits of `span`, folded, without "the" before them. */
static size_t squeeze(const char *text, struct byte_span span, char *squeezed, size_t room)
{
    size_t length = 0;
    for (uint32_t at = span.start; at < span.end && length + 1 < room; at++) {
        char byte = text[at];
        if (byte >= 'A' && byte <= 'Z')
            byte = (char)(byte - 'A' + 'a');
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
            squeezed[length++] = byte;
    }
    if (length > 6 && memcmp(squeezed, "the", 3) == 0) {
        memmove(squeezed, squeezed + 3, length - 3);
        length -= 3;
    }
    squeezed[length] = '\0';
    return length;
}

/* The part of a head line up to a wide gap, a dash or a bar. */
static struct byte_span first_part(const char *text, struct byte_span span)
{
    for (uint32_t at = span.start; at < span.end; at++)
        if (starts(text + at, text + span.end, "  ") || text[at] == '|' || text[at] == '\n' ||
            starts(text + at, text + span.end, " -") || text[at] == '[' || text[at] == '.' ||
            starts(text + at, text + span.end, " \xe2\x80\x94"))
            return (struct byte_span){span.start, at};
    return span;
}

static struct byte_span last_part(const char *text, struct byte_span span)
{
    for (uint32_t at = span.end; at > span.start + 2; at--)
        if (text[at - 1] == ' ' && text[at - 2] == ' ')
            return first_part(text, (struct byte_span){at, span.end});
    return (struct byte_span){0, 0};
}

/* A name: one to six words, most with a capital. */
static bool is_name(const struct document *document, struct arena *scratch, struct byte_span span)
{
    struct words words;
    uint32_t capitals = 0;
    words_find(&words, scratch, document->text + span.start, span.end - span.start);
    for (uint32_t i = 0; i < words.list.count; i++)
        capitals += (words.list.items[i].flags & SHAPE_CAPITALISED) != 0;
    return words.list.count >= 1 && words.list.count <= 6 && capitals * 2 >= words.list.count;
}

static struct byte_span repeated_name(const struct document *document, struct arena *scratch,
                                      uint32_t body_first, uint32_t body_last)
{
    char *foot = arena_allocate(scratch, document->length + 1), name[128];
    size_t length = 0;
    for (uint32_t i = body_last + 1; i < document->blocks.count && foot != NULL; i++)
        length += squeeze(document->text, document->blocks.items[i].span, foot + length,
                          document->length + 1 - length);
    for (uint32_t i = 0; i < body_first && length > 0; i++) {
        const struct block *block = &document->blocks.items[i];
        if (block->kind != BLOCK_FURNITURE && block->kind != BLOCK_DATE)
            continue;
        for (int part = 0; part < 2; part++) {
            struct byte_span span = part == 0 ? first_part(document->text, block->span)
                                              : last_part(document->text, block->span);
            size_t size =
                span.end - span.start < 100 ? squeeze(document->text, span, name, sizeof name) : 0;
            if (size >= 7 && is_name(document, scratch, span) && strstr(foot, name) != NULL)
                return span;
        }
    }
    return (struct byte_span){0, 0};
}

static void find_outlet(struct document *document, struct arena *scratch)
{
    uint32_t first = NONE, last = 0;
    for (uint32_t i = 0; i < document->blocks.count; i++)
        if (document->blocks.items[i].kind == BLOCK_BODY) {
            first = first == NONE ? i : first;
            last = i;
        }
    if (document->report.source != NULL || first == NONE)
        return;
    struct byte_span span = {0, 0};
    for (uint32_t i = last + 1; i < document->blocks.count && span_is_empty(span); i++)
        span = copyright_holder(document, document->blocks.items[i].span);
    if (span_is_empty(span))
        span = repeated_name(document, scratch, first, last);
    if (!span_is_empty(span))
        document->report.source = clean_copy(document->arena, document->text, span);
}

void imprint_find(struct document *document, struct arena *scratch)
{
    find_title(document);
    find_byline(document, scratch);
    find_outlet(document, scratch);
}
