/* Writes JSON into a buffer (RFC 8259). */
#include "formats/json_writer.h"

#include "bytes/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void separate(struct json_writer *json)
{
    if (json->comma)
        buffer_add_byte(json->buffer, ',');
    json->comma = true;
}

void json_begin(struct json_writer *json, char bracket)
{
    separate(json);
    buffer_add_byte(json->buffer, bracket);
    json->comma = false;
}

void json_end(struct json_writer *json, char bracket)
{
    buffer_add_byte(json->buffer, bracket);
    json->comma = true;
}

static void add_escaped(struct buffer *buffer, const char *bytes, size_t length)
{
    static const char *const names = "btn_fr";
    buffer_add_byte(buffer, '"');
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)bytes[at];
        size_t size = 1;
        if (byte >= 0x80) {
            uint32_t code_point = utf8_decode(bytes + at, length - at, &size);
            if (size == 1 && code_point == 0xfffd)
                buffer_add_string(buffer, "\xef\xbf\xbd");
            else
                buffer_add(buffer, bytes + at, size);
        } else if (byte == '"' || byte == '\\') {
            buffer_add_byte(buffer, '\\');
            buffer_add_byte(buffer, (char)byte);
        } else if (byte >= 8 && byte <= 13 && byte != 11) {
            buffer_add_byte(buffer, '\\');
            buffer_add_byte(buffer, names[byte - 8]);
        } else if (byte < 0x20 || byte == 0x7f) {
            buffer_print(buffer, "\\u%04x", byte);
        } else {
            buffer_add_byte(buffer, (char)byte);
        }
        at += size;
    }
    buffer_add_byte(buffer, '"');
}

void json_key(struct json_writer *json, const char *key)
{
    separate(json);
    add_escaped(json->buffer, key, strlen(key));
    buffer_add_byte(json->buffer, ':');
    json->comma = false;
}

static void write_string(struct json_writer *json, const char *bytes, size_t length)
{
    separate(json);
    add_escaped(json->buffer, bytes, length);
}

void json_string(struct json_writer *json, const char *string)
{
    if (string == NULL)
        json_null(json);
    else
        write_string(json, string, strlen(string));
}

void json_integer(struct json_writer *json, int64_t value)
{
    separate(json);
    buffer_print(json->buffer, "%" PRId64, value);
}

void json_number(struct json_writer *json, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    char text[400];
    int length = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (strchr(text, '.') != NULL) {
        while (length > 0 && text[length - 1] == '0')
            length--;
        if (length > 0 && text[length - 1] == '.')
            length--;
        text[length] = '\0';
    }
    separate(json);
    buffer_add_string(json->buffer, strcmp(text, "-0") == 0 ? "0" : text);
}

void json_boolean(struct json_writer *json, bool value)
{
    separate(json);
    buffer_add_string(json->buffer, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    separate(json);
    buffer_add_string(json->buffer, "null");
}

void json_span(struct json_writer *json, struct code_point_span span)
{
    separate(json);
    buffer_print(json->buffer, "[%u,%u]", span.start, span.end);
}
