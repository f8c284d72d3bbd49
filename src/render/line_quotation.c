/* The sentence of a claim as a quotation: what a chronology's line is where no clause can be cut
 * out of it. Of a long sentence it is the words around the trigger. */
#include "render/line_quotation.h"

#include <string.h>

/* The sentence's own quotation marks become single ones inside ours, its white space one blank. */
static void add_inner(struct buffer *buffer, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool space = strchr(" \t\n\r", text[i]) != NULL;
        if (space && (i == 0 || i + 1 == length || strchr(" \t\n\r", text[i + 1]) != NULL))
            continue;
        bool typographic = i + 2 < length && memcmp(text + i, "\xe2\x80", 2) == 0;
        unsigned char third = typographic ? (unsigned char)text[i + 2] : 0;
        if (third == 0x9c || third == 0x9d) {
            buffer_add_string(buffer, third == 0x9c ? "\xe2\x80\x98" : "\xe2\x80\x99");
            i += 2;
        } else if (text[i] == '"') {
            buffer_add_byte(buffer, '\'');
        } else {
            buffer_add_byte(buffer, space ? ' ' : text[i]);
        }
    }
}

/* Behind "BUDAPEST, Hungary (AP) -- ", which tells who wrote it where; 0 without such a dateline.
 */
static size_t behind_dateline(const char *text)
{
    static const char *const ends[] = {")_ ", ") _ ", ") - ", ") -- ", ") \xe2\x80\x94 "};
    enum { LONGEST = 60, CAPITALS = 3 };
    for (int i = 0; i < CAPITALS; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return 0;
    const char *bracket = strchr(text, '(');
    const char *closed = bracket != NULL ? strchr(bracket, ')') : NULL;
    for (size_t i = 0;
         closed != NULL && closed - text < LONGEST && i < sizeof ends / sizeof ends[0]; i++)
        if (strncmp(closed, ends[i], strlen(ends[i])) == 0)
            return (size_t)(closed - text) + strlen(ends[i]);
    return 0;
}

/* Where the words quoted begin: before the trigger of a long sentence. */
static size_t quotation_begins(const struct record_claim *claim, const char *text, size_t longest)
{
    enum { BEFORE = 100, BEHIND = 40 };
    size_t trigger = claim->trigger.start, length = strlen(text);
    if (text != claim->sentence || length <= longest || trigger >= length || trigger < BEFORE ||
        claim->trigger.end + BEHIND <= longest) {
        size_t begin = behind_dateline(text);
        return text == claim->sentence && begin <= trigger ? begin : 0;
    }
    size_t begin = trigger - BEFORE, last = length - longest;
    begin = begin < last ? begin : last;
    while (begin < trigger && text[begin] != ' ' && text[begin] != '\n')
        begin++;
    return begin < trigger ? begin + 1 : trigger;
}

void line_add_quotation(struct buffer *buffer, const struct record_claim *claim)
{
    enum { LONGEST = 240 };
    static const char dots[] = "\xe2\x80\xa6";
    const char *text = claim->sentence != NULL ? claim->sentence : claim->title;
    if (text == NULL)
        text = claim->plover != NULL ? claim->plover : "?";
    size_t begin = quotation_begins(claim, text, LONGEST);
    text += begin;
    size_t length = strlen(text), end = length;
    if (length > LONGEST)
        for (end = LONGEST; end > 0 && text[end] != ' '; end--)
            ;
    bool inside = begin > behind_dateline(text - begin);
    buffer_print(buffer, "\xe2\x80\x9c%s%s", inside ? dots : "", inside ? " " : "");
    add_inner(buffer, text, end);
    buffer_print(buffer, "%s%s\xe2\x80\x9d", end < length ? " " : "", end < length ? dots : "");
}
