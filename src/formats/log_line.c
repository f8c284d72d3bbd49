/* Lines of a log. Times are RFC 3339 in UTC; JSON is RFC 8259.
 *
 * What comes from outside (paths, addresses, reasons that quote them) may not end a line, move a
 * terminal's cursor, or turn the direction of writing so that a line reads as another; it is
 * escaped as JSON escapes it, also in lines for people. Secrets stand in known places: before the @
 * of an address, and behind "token=". Left out: secrets of any other make, which nobody hands to
 * the log. */
#include "formats/log_line.h"

#include "bytes/utf8.h"

#include <math.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* ------------------------------------------------------------------ secrets */

/* Behind "//": how much of an address is name and password, with the @; 0 where none is. */
static size_t credentials(const char *text)
{
    size_t length = strcspn(text, "/?# \t\r\n\"'<>");
    size_t at = 0;
    bool password = false;
    for (size_t i = 0; i < length; i++) {
        password = password || text[i] == ':';
        if (text[i] == '@' && password)
            at = i + 1;
    }
    return at;
}

/* What may not be shown at `text`; `*kept` bytes before it may. */
static size_t find_secret(const char *text, size_t *kept)
{
    static const char *const words[] = {"token=", "password="};
    *kept = 2;
    if (text[0] == '/' && text[1] == '/')
        return credentials(text + 2);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        *kept = strlen(words[i]);
        if (strncasecmp(text, words[i], *kept) == 0)
            return strcspn(text + *kept, "& \t\r\n\"'<>#");
    }
    return 0;
}

/* ------------------------------------------------------------------ text */

static bool is_hidden(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029 ||
           (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0x200e || point == 0x200f || point == 0xfeff;
}

static void add_point(struct buffer *line, const char *text, uint32_t point, size_t size,
                      bool quoted)
{
    if (size == 1 && point == 0xfffd)
        buffer_add_string(line, "\xef\xbf\xbd");
    else if (is_hidden(point))
        buffer_print(line, "\\u%04x", point);
    else if (point == '\\' || (quoted && point == '"'))
        buffer_print(line, "\\%c", (char)point);
    else
        buffer_add(line, text, size);
}

void log_line_text(struct buffer *line, const char *text, bool quoted)
{
    size_t length = strlen(text);
    for (size_t at = 0, kept, size; at < length; at += size) {
        size_t secret = find_secret(text + at, &kept);
        if (secret > 0) {
            buffer_add(line, text + at, kept);
            buffer_add_string(line, "***");
            if (text[at + kept + secret - 1] == '@')
                buffer_add_byte(line, '@');
            size = kept + secret;
            continue;
        }
        uint32_t point = utf8_decode(text + at, length - at, &size);
        add_point(line, text + at, point, size, quoted);
    }
}

/* ------------------------------------------------------------------ events */

int64_t log_line_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void add_time(struct buffer *line, int64_t milliseconds)
{
    char text[32];
    struct tm parts;
    time_t seconds = (time_t)(milliseconds / 1000);
    if (gmtime_r(&seconds, &parts) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts) == 0)
        snprintf(text, sizeof text, "1970-01-01T00:00:00");
    buffer_print(line, "%s.%03dZ", text, (int)(milliseconds % 1000));
}

static void add_field(struct buffer *line, const annals_log_field *field)
{
    buffer_add_string(line, ",\"");
    log_line_text(line, field->name, true);
    buffer_add_string(line, "\":");
    if (field->text != NULL) {
        buffer_add_byte(line, '"');
        log_line_text(line, field->text, true);
        buffer_add_byte(line, '"');
    } else if (isfinite(field->number)) {
        buffer_print(line, "%.15g", field->number);
    } else {
        buffer_add_string(line, "null");
    }
}

void log_line_json(struct buffer *line, int64_t milliseconds, annals_log_level level,
                   const char *message, const annals_log_field *fields, size_t count)
{
    static const char *const levels[] = {"info", "warning", "error"};
    buffer_add_string(line, "{\"time\":\"");
    add_time(line, milliseconds);
    buffer_print(line, "\",\"level\":\"%s\",\"message\":\"", levels[level]);
    log_line_text(line, message, true);
    buffer_add_byte(line, '"');
    for (size_t i = 0; i < count; i++)
        add_field(line, &fields[i]);
    buffer_add_string(line, "}\n");
}
