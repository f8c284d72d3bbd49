/* Collections: the articles that a news archive wrote into one file.
 *
 * Told by the lines that each archive puts around an article: Nexis Uni ("Length: 532 words",
 * "Body", "End of Document"), LexisNexis ("3 of 50 DOCUMENTS", "LENGTH:", "LOAD-DATE:"), Factiva
 * (fields "HD", "PD", "LP" … or "532 words", a date, an outlet; "Document
 * ABCD000020151004eba40004g" at the end). Of an article are kept headline, outlet, day, byline and
 * text; copyright, subjects and classification lines are not the report. Leaves out: other
 * archives, and lists of hits before the articles. */
#include "intake/collections.h"

#include "bytes/buffer.h"
#include "intake/metadata.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct line {
    const char *start;
    size_t length; /* without blanks at either end */
    uint64_t number;
};

struct splitting {
    struct articles *articles;
    struct arena *arena;
    struct line *lines;
    uint32_t count;
};

/* ------------------------------------------------------------------ lines */

static bool read_lines(struct splitting *splitting, const char *text)
{
    uint32_t count = 1;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == '\n';
    splitting->lines = arena_new_array(splitting->arena, struct line, count);
    if (splitting->lines == NULL)
        return false;
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        const char *start = at, *end = at + length;
        while (start < end && (unsigned char)*start <= ' ')
            start++;
        while (end > start && (unsigned char)end[-1] <= ' ')
            end--;
        splitting->lines[splitting->count] =
            (struct line){start, (size_t)(end - start), splitting->count + 1};
        splitting->count++;
        at += length + (at[length] == '\n');
    }
    return true;
}

static bool is(const struct line *line, const char *text)
{
    return line->length == strlen(text) && strncasecmp(line->start, text, line->length) == 0;
}

static bool begins(const struct line *line, const char *text)
{
    return line->length >= strlen(text) && strncasecmp(line->start, text, strlen(text)) == 0;
}

/* The value behind "Name:"; NULL where the line is no such field. */
static const char *field_of(const struct splitting *splitting, const struct line *line,
                            const char *name)
{
    size_t length = strlen(name);
    if (line->length <= length || strncasecmp(line->start, name, length) != 0 ||
        line->start[length] != ':')
        return NULL;
    const char *value = line->start + length + 1, *end = line->start + line->length;
    while (value < end && (unsigned char)*value <= ' ')
        value++;
    return arena_copy(splitting->arena, value, (size_t)(end - value));
}

/* "532 words", "1,050 words". */
static bool is_length(const struct line *line)
{
    size_t digits = strspn(line->start, "0123456789,");
    return digits > 0 && digits < 9 && line->length == digits + 6 &&
           strncasecmp(line->start + digits, " words", 6) == 0;
}

static int32_t day_of(const struct splitting *splitting, const struct line *line)
{
    if (line->length == 0 || line->length > 80)
        return DAY_UNKNOWN;
    const char *copy = arena_copy(splitting->arena, line->start, line->length);
    return copy != NULL ? metadata_day(splitting->arena, copy) : DAY_UNKNOWN;
}

static const char *copy_line(const struct splitting *splitting, const struct line *line)
{
    return line->length > 0 ? arena_copy(splitting->arena, line->start, line->length) : NULL;
}

static const char *without_by(const char *byline)
{
    return byline != NULL && strncasecmp(byline, "by ", 3) == 0 ? byline + 3 : byline;
}

/* Lines [first, end) as text; blank lines part paragraphs. */
static const char *text_between(const struct splitting *splitting, const char *title,
                                uint32_t first, uint32_t end)
{
    struct buffer text;
    buffer_init(&text);
    if (title != NULL) {
        buffer_add_string(&text, title);
        buffer_add_string(&text, "\n\n");
    }
    for (uint32_t i = first; i < end; i++) {
        buffer_add(&text, splitting->lines[i].start, splitting->lines[i].length);
        buffer_add_byte(&text, '\n');
    }
    const char *copy = text.failed || text.length == 0
                           ? NULL
                           : arena_copy(splitting->arena, text.bytes, text.length);
    buffer_release(&text);
    return copy;
}

static void add(struct splitting *splitting, const struct article *found, uint32_t first,
                uint32_t body, uint32_t end)
{
    if (body >= end)
        return;
    struct article *article = articles_add(splitting->articles);
    if (article == NULL)
        return;
    *article = *found;
    article->author = without_by(found->author);
    article->line = splitting->lines[first].number;
    article->text = text_between(splitting, found->title, body, end);
}

/* ------------------------------------------------------------------ Nexis Uni and LexisNexis */

static bool is_head_field(const struct line *line)
{
    static const char *const names[] = {
        "Section:", "Length:",          "Byline:",       "Dateline:", "Highlight:",
        "Series:",  "Correction-Date:", "Distribution:", "Headline:"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (begins(line, names[i]))
            return true;
    return false;
}

static bool is_foot_field(const struct line *line)
{
    static const char *const names[] = {
        "Load-Date:",    "Language:",   "Publication-Type:", "Journal Code:", "Subject:",
        "Organization:", "Geographic:", "Classification",    "Graphic:",      "Document-Type:",
        "Pub-Type:",     "Acc-No:",     "Industry:",         "Person:",       "Company:",
        "Ticker:",       "Copyright ",  "Correction:"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (begins(line, names[i]))
            return true;
    return false;
}

/* One article of lines [first, end). */
static void add_nexis(struct splitting *splitting, uint32_t first, uint32_t end)
{
    struct article found = {.published = DAY_UNKNOWN};
    const char *loose[2] = {NULL, NULL}; /* lines before the day: headline and outlet, or outlet */
    const char *after = NULL;            /* the first line behind it: an edition, or the headline */
    uint32_t body = end, heads = 0, at = first;
    for (; at < end; at++) {
        const struct line *line = &splitting->lines[at];
        if (line->length == 0)
            continue;
        if (is(line, "Body")) {
            body = at + 1;
            break;
        }
        const char *value;
        if ((value = field_of(splitting, line, "Headline")) != NULL)
            found.title = value;
        else if ((value = field_of(splitting, line, "Byline")) != NULL)
            found.author = value;
        else if (is_head_field(line))
            ;
        else if (begins(line, "Copyright ") || begins(line, "\xC2\xA9"))
            ;
        else if (heads > 0 && found.published != DAY_UNKNOWN && line->length > 60) {
            body = at; /* older files have no "Body" */
            break;
        } else if (found.published == DAY_UNKNOWN && day_of(splitting, line) != DAY_UNKNOWN)
            found.published = day_of(splitting, line);
        else if (found.published == DAY_UNKNOWN && loose[0] == NULL)
            loose[0] = copy_line(splitting, line);
        else if (found.published == DAY_UNKNOWN && loose[1] == NULL)
            loose[1] = copy_line(splitting, line);
        else if (found.published != DAY_UNKNOWN && heads == 0 && after == NULL)
            after = copy_line(splitting, line);
        heads += is_head_field(line);
    }
    found.source = loose[1] != NULL ? loose[1] : loose[0];
    if (found.title == NULL)
        found.title = loose[1] != NULL ? loose[0] : after;
    uint32_t stop = end;
    for (uint32_t i = body; i < end; i++)
        if (is_foot_field(&splitting->lines[i])) {
            stop = i;
            break;
        }
    add(splitting, &found, first, body, stop);
}

/* "3 of 50 DOCUMENTS". */
static bool is_numbered(const struct line *line)
{
    size_t digits = strspn(line->start, "0123456789");
    if (digits == 0 || line->length < digits + 8 || strncmp(line->start + digits, " of ", 4) != 0)
        return false;
    size_t more = strspn(line->start + digits + 4, "0123456789");
    size_t rest = digits + 4 + more;
    return more > 0 && line->length == rest + 10 &&
           strncasecmp(line->start + rest, " DOCUMENTS", 10) == 0;
}

static bool split_nexis(struct splitting *splitting)
{
    uint32_t ends = 0, lengths = 0, numbered = 0, first = 0;
    for (uint32_t i = 0; i < splitting->count; i++) {
        ends += is(&splitting->lines[i], "End of Document");
        lengths += begins(&splitting->lines[i], "Length:");
        numbered += is_numbered(&splitting->lines[i]);
    }
    bool uni = ends > 0 && lengths > 0, old = numbered > 0 && lengths > 0;
    if (!uni && !old)
        return false;
    for (uint32_t i = 0; i < splitting->count; i++) {
        bool end = uni && is(&splitting->lines[i], "End of Document");
        bool begin = !uni && is_numbered(&splitting->lines[i]);
        if ((end || begin) && i > first)
            add_nexis(splitting, first, i);
        if (end || begin)
            first = i + 1;
    }
    if (!uni)
        add_nexis(splitting, first, splitting->count);
    return true;
}

/* ------------------------------------------------------------------ Factiva */

/* "Document NYTF000020151004eba40004g". */
static bool is_accession(const struct line *line)
{
    if (!begins(line, "Document ") || line->length < 25 || line->length > 45)
        return false;
    for (size_t i = 9; i < line->length; i++)
        if (!isalnum((unsigned char)line->start[i]))
            return false;
    return true;
}

static bool is_code(const struct line *line, const char *code)
{
    return line->length >= 2 && strncmp(line->start, code, 2) == 0 &&
           (line->length == 2 || line->start[2] == ' ' || line->start[2] == '\t');
}

static const char *code_value(const struct splitting *splitting, const struct line *line)
{
    const char *value = line->start + 2, *end = line->start + line->length;
    while (value < end && (unsigned char)*value <= ' ')
        value++;
    return value < end ? arena_copy(splitting->arena, value, (size_t)(end - value)) : NULL;
}

/* With two-letter fields; false where the lines have none. */
static bool add_coded(struct splitting *splitting, uint32_t first, uint32_t end)
{
    struct article found = {.published = DAY_UNKNOWN};
    const char *day = NULL;
    uint32_t body = end, stop = end;
    for (uint32_t i = first; i < end; i++) {
        struct line *line = &splitting->lines[i];
        if (is_code(line, "HD"))
            found.title = code_value(splitting, line);
        else if (is_code(line, "BY"))
            found.author = code_value(splitting, line);
        else if (is_code(line, "SN"))
            found.source = code_value(splitting, line);
        else if (is_code(line, "AN"))
            found.id = code_value(splitting, line);
        else if (is_code(line, "PD"))
            day = code_value(splitting, line);
        else if (is_code(line, "LP") && body == end) {
            body = i;
            line->start += 2; /* the text goes on behind the code */
            line->length -= 2;
        } else if (is_code(line, "TD") && body != end) {
            line->start += 2;
            line->length -= 2;
        } else if (body != end &&
                   (is_code(line, "CO") || is_code(line, "IN") || is_code(line, "NS") ||
                    is_code(line, "RE") || is_code(line, "PUB") || is_code(line, "AN"))) {
            stop = i;
            break;
        }
    }
    if (body == end)
        return false;
    if (day != NULL)
        found.published = metadata_day(splitting->arena, day);
    add(splitting, &found, first, body, stop);
    return true;
}

static void add_factiva(struct splitting *splitting, uint32_t first, uint32_t end)
{
    struct article found = {.published = DAY_UNKNOWN};
    uint32_t at = first, body = end;
    if (add_coded(splitting, first, end))
        return;
    bool counted = false;
    for (; at < end; at++) {
        const struct line *line = &splitting->lines[at];
        if (line->length == 0)
            continue;
        if (is_length(line)) {
            counted = true;
        } else if (!counted && found.title == NULL) {
            found.title = copy_line(splitting, line);
        } else if (!counted && begins(line, "By ")) {
            found.author = copy_line(splitting, line);
        } else if (counted && found.published == DAY_UNKNOWN) {
            found.published = day_of(splitting, line);
        } else if (counted && found.source == NULL) {
            found.source = copy_line(splitting, line);
        } else if (counted &&
                   (begins(line, "Copyright") || begins(line, "\xC2\xA9") || begins(line, "(c)"))) {
            body = at + 1;
            break;
        } else if (counted && line->length > 60) {
            body = at;
            break;
        }
    }
    if (counted)
        add(splitting, &found, first, body, end);
}

static bool split_factiva(struct splitting *splitting)
{
    uint32_t ends = 0, lengths = 0, first = 0;
    for (uint32_t i = 0; i < splitting->count; i++) {
        ends += is_accession(&splitting->lines[i]);
        lengths += is_length(&splitting->lines[i]) || is_code(&splitting->lines[i], "WC");
    }
    if (ends == 0 || lengths == 0)
        return false;
    for (uint32_t i = 0; i < splitting->count; i++)
        if (is_accession(&splitting->lines[i])) {
            add_factiva(splitting, first, i);
            first = i + 1;
        }
    return true;
}

bool collection_split(struct articles *articles, struct arena *arena, const char *text)
{
    struct splitting splitting = {.articles = articles, .arena = arena};
    uint32_t before = articles->items.count;
    if (!read_lines(&splitting, text))
        return false;
    if (!split_nexis(&splitting) && !split_factiva(&splitting))
        return false;
    return articles->items.count > before;
}
