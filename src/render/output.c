/* Where rendered text goes: a buffer in front of the sink, with colours and wrapping. */
#include "render/output.h"

#include "bytes/utf8.h"

#include <string.h>

enum { ENOUGH = 1 << 16 };

void output_begin(struct output *output, const annals_query *query, annals_sink sink, void *context)
{
    *output = (struct output){
        .sink = sink, .context = context, .width = query->width, .colour = query->colour};
    buffer_init(&output->buffer);
}

static const char *const codes[] = {
    [STYLE_PLAIN] = "\x1b[0m",  [STYLE_BOLD] = "\x1b[1m",    [STYLE_DIM] = "\x1b[2m",
    [STYLE_PLACE] = "\x1b[36m", [STYLE_MARK] = "\x1b[1;33m", [STYLE_WARNING] = "\x1b[35m",
};

const char *output_code(const struct output *output, enum style style)
{
    return output->colour ? codes[style] : "";
}

/* Bytes of one of our own codes at `text`, or 0. */
static size_t code_length(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        size_t size = strlen(codes[i]);
        if (size <= length && memcmp(text, codes[i], size) == 0)
            return size;
    }
    return 0;
}

/* Bytes at `text` that a terminal would obey rather than show: control characters of both sets, and
 * those that turn the direction of what follows. 0 for all others. */
static size_t obeyed(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    bool ends_line = length >= 2 && bytes[0] == '\r' && bytes[1] == '\n'; /* of CSV */
    if ((bytes[0] < ' ' && bytes[0] != '\n' && bytes[0] != '\t' && !ends_line) || bytes[0] == 0x7f)
        return 1;
    if (length >= 2 && bytes[0] == 0xc2 && bytes[1] >= 0x80 && bytes[1] < 0xa0)
        return 2;
    bool turns = length >= 3 && bytes[0] == 0xe2 &&
                 ((bytes[1] == 0x80 && bytes[2] >= 0xaa && bytes[2] <= 0xae) ||
                  (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9));
    return turns ? 3 : 0;
}

/* Titles, names and sentences are the reports' own: none of them may steer the reader's terminal.
 */
static void guard(struct output *output)
{
    char *bytes = output->buffer.bytes;
    size_t length = output->buffer.length, kept = 0;
    for (size_t i = 0; i < length;) {
        size_t own = output->colour ? code_length(bytes + i, length - i) : 0;
        size_t out = own == 0 ? obeyed(bytes + i, length - i) : 0;
        size_t keep = own > 0 ? own : out > 0 ? 0 : 1;
        memmove(bytes + kept, bytes + i, keep);
        kept += keep;
        i += keep + out;
    }
    output->buffer.length = kept;
}

static bool send(struct output *output)
{
    if (output->refused || output->buffer.failed)
        return false;
    if (output->guarded)
        guard(output);
    if (output->buffer.length > 0 &&
        !output->sink(output->context, output->buffer.bytes, output->buffer.length))
        output->refused = true;
    buffer_clear(&output->buffer);
    return !output->refused;
}

bool output_flush(struct output *output)
{
    return output->buffer.length < ENOUGH ? !output->refused && !output->buffer.failed
                                          : send(output);
}

annals_status output_end(struct output *output, annals_error *error)
{
    send(output);
    bool failed = output->buffer.failed, refused = output->refused;
    buffer_release(&output->buffer);
    if (failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (refused)
        return error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    return ANNALS_OK;
}

void output_styled(struct output *output, enum style style, const char *text)
{
    buffer_add_string(&output->buffer, output_code(output, style));
    buffer_add_string(&output->buffer, text);
    buffer_add_string(&output->buffer, output_code(output, STYLE_PLAIN));
}

void output_blanks(struct output *output, size_t count)
{
    while (count-- > 0)
        buffer_add_byte(&output->buffer, ' ');
}

/* Columns of a word that may hold escape codes. */
static size_t word_width(const char *word, size_t length)
{
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        size_t plain = 0;
        while (at + plain < length && word[at + plain] != '\x1b')
            plain++;
        width += utf8_width(word + at, plain);
        at += plain;
        while (at < length && word[at] != 'm')
            at++;
        at += at < length;
    }
    return width;
}

void output_wrapped(struct output *output, uint32_t column, uint32_t indent, const char *text)
{
    size_t at_column = column;
    bool first = true;
    for (text += strspn(text, " \n\t"); *text != '\0'; text += strspn(text, " \n\t")) {
        size_t length = strcspn(text, " \n\t"), width = word_width(text, length);
        if (!first && output->width > 0 && at_column + 1 + width > output->width) {
            buffer_add_byte(&output->buffer, '\n');
            output_blanks(output, indent);
            at_column = indent;
        } else if (!first) {
            buffer_add_byte(&output->buffer, ' ');
            at_column++;
        }
        buffer_add(&output->buffer, text, length);
        at_column += width;
        text += length;
        first = false;
    }
    buffer_add_byte(&output->buffer, '\n');
}
