/* The head of a request, strictly read: RFC 9112 without what it leaves to a lenient reader.
 *
 * Lines end with CR LF, a field's name stands before its colon without a blank, no line goes on in the
 * next, no control characters; a target is a path; one Host; one length, in digits, and no transfer
 * coding, so that nobody can disagree on where a request ends (RFC 9112, 11.2: request smuggling).
 * What is let through libmicrohttpd reads again. Left out: HTTP/2, absolute targets (for proxies),
 * Expect. */
#include "serve/head.h"

#include <string.h>

struct reading {
    const char *at, *end;
    struct head *head;
    unsigned fields, hosts, lengths;
    bool latest; /* HTTP/1.1 */
};

static bool refuse(struct head *head, unsigned status, const char *message)
{
    head->status = status;
    head->message = message;
    return true;
}

static bool is_token(const char *text, size_t length)
{
    static const char signs[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < length; i++) {
        char one = text[i];
        bool letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
        if (!letter && !(one >= '0' && one <= '9') &&
            memchr(signs, one, sizeof signs - 1) == NULL)
            return false;
    }
    return length > 0;
}

static bool is(const char *text, size_t length, const char *name)
{
    if (strlen(name) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char one = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (one != name[i])
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ the first line */

static bool read_version(struct reading *reading, const char *version, size_t length)
{
    bool http = length == 8 && memcmp(version, "HTTP/", 5) == 0 && version[5] >= '0' &&
                version[5] <= '9' && version[6] == '.' && version[7] >= '0' && version[7] <= '9';
    if (!http)
        return refuse(reading->head, 400, "the first line ends with HTTP/1.1");
    if (version[5] != '1' || version[7] > '1')
        return refuse(reading->head, 505, "HTTP/1.1 and HTTP/1.0 are spoken here");
    reading->latest = version[7] == '1';
    return false;
}

/* True where it is refused. */
static bool read_first(struct reading *reading, const char *line, size_t length)
{
    const char *first = memchr(line, ' ', length);
    size_t method = first != NULL ? (size_t)(first - line) : length;
    if (!is_token(line, method) || method > 15)
        return refuse(reading->head, 400, "this is no request of HTTP");
    const char *target = first != NULL ? first + 1 : line + length;
    const char *second = memchr(target, ' ', (size_t)(line + length - target));
    if (second == NULL)
        return refuse(reading->head, 400, "the first line is a method, a path and a version");
    for (const char *at = target; at < second; at++)
        if ((unsigned char)*at <= 0x20 || (unsigned char)*at >= 0x7f)
            return refuse(reading->head, 400, "the path has signs that must be percent-encoded");
    if (*target != '/')
        return refuse(reading->head, 400, "the target of a request is a path here");
    reading->head->is_head = method == 4 && memcmp(line, "HEAD", 4) == 0;
    return read_version(reading, second + 1, (size_t)(line + length - second - 1));
}

/* ------------------------------------------------------------------ the fields */

static bool read_length(struct reading *reading, const char *value, size_t length)
{
    size_t number = 0;
    if (reading->lengths++ > 0)
        return refuse(reading->head, 400, "Content-Length is given twice");
    if (length == 0 || length > 15)
        return refuse(reading->head, 400, "Content-Length is no number");
    for (size_t i = 0; i < length; i++) {
        if (value[i] < '0' || value[i] > '9')
            return refuse(reading->head, 400, "Content-Length is no number");
        number = number * 10 + (size_t)(value[i] - '0');
    }
    if (number > HEAD_BODY_LONGEST)
        return refuse(reading->head, 413, "the body is longer than 65536 bytes");
    reading->head->body = number;
    return false;
}

/* True where it is refused. */
static bool read_field(struct reading *reading, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    size_t name = colon != NULL ? (size_t)(colon - line) : 0;
    if (++reading->fields > HEAD_FIELDS)
        return refuse(reading->head, 431, "the request has more than 100 header fields");
    if (colon == NULL || !is_token(line, name))
        return refuse(reading->head, 400, "a header field is a name, a colon, and a value");
    const char *value = colon + 1, *end = line + length;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    for (const char *at = value; at < end; at++)
        if (((unsigned char)*at < 0x20 && *at != '\t') || *at == 0x7f)
            return refuse(reading->head, 400, "a header field has control characters");
    if (is(line, name, "content-length"))
        return read_length(reading, value, (size_t)(end - value));
    if (is(line, name, "transfer-encoding"))
        return refuse(reading->head, 411, "a body comes with its Content-Length");
    if (is(line, name, "expect"))
        return refuse(reading->head, 417, "a body is sent without asking for it first");
    if (is(line, name, "host") && reading->hosts++ > 0)
        return refuse(reading->head, 400, "Host is given twice");
    return false;
}

/* ------------------------------------------------------------------ all of it */

/* Where so much has come without an end; the first line or the rest is too long. */
static bool is_endless(struct reading *reading, size_t length, bool first)
{
    if (first && length > HEAD_LINE_LONGEST)
        return refuse(reading->head, 414, "the address is longer than 8000 bytes");
    return length >= HEAD_LONGEST &&
           refuse(reading->head, 431, "the head of the request is longer than 24576 bytes");
}

bool head_read(const char *bytes, size_t length, struct head *head)
{
    struct reading reading = {.at = bytes, .end = bytes + length, .head = head};
    bool first = true;
    *head = (struct head){0};
    /* An empty line or two before a request are left by careless clients (RFC 9112, 2.2). */
    for (int i = 0; i < 2 && reading.end - reading.at >= 2 && memcmp(reading.at, "\r\n", 2) == 0; i++)
        reading.at += 2;
    for (;;) {
        size_t left = (size_t)(reading.end - reading.at);
        const char *feed = memchr(reading.at, '\n', left);
        /* What begins as no method does is no request, however it goes on: TLS, say. */
        if (first && left > 0 && *reading.at != '\r' && !is_token(reading.at, 1))
            return refuse(head, 400, "this is no request of HTTP");
        if (feed == NULL)
            return is_endless(&reading, first ? left : length, first);
        size_t line = (size_t)(feed - reading.at);
        if (first && line > HEAD_LINE_LONGEST)
            return refuse(head, 414, "the address is longer than 8000 bytes");
        if (line == 0 || feed[-1] != '\r')
            return refuse(head, 400, "a line of the head ends without a carriage return");
        line--;
        if (!first && line == 0)
            break;
        if (first ? read_first(&reading, reading.at, line) : read_field(&reading, reading.at, line))
            return true;
        reading.at = feed + 1;
        first = false;
    }
    head->length = (size_t)(reading.at - bytes) + 2;
    if (head->length > HEAD_LONGEST)
        return refuse(head, 431, "the head of the request is longer than 24576 bytes");
    if (reading.latest && reading.hosts == 0)
        return refuse(head, 400, "Host is missing");
    return true;
}

/* ------------------------------------------------------------------ the reply's */

const char *head_find(const char *bytes, size_t length, const char *wanted)
{
    size_t size = strlen(wanted);
    const char *end = bytes + length;
    for (const char *at = bytes; (size_t)(end - at) >= size; at++) {
        at = memchr(at, wanted[0], (size_t)(end - at) - size + 1);
        if (at == NULL || memcmp(at, wanted, size) == 0)
            return at;
    }
    return NULL;
}

/* The value of a field; NULL where there is none. */
static const char *find_field(const char *head, const char *end, const char *name, size_t *length)
{
    size_t wanted = strlen(name);
    for (const char *at = head; at < end;) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        line = line != NULL ? line : end;
        if ((size_t)(line - at) > wanted && at[wanted] == ':' && is(at, wanted, name)) {
            const char *value = at + wanted + 1;
            while (value < line && *value == ' ')
                value++;
            *length = (size_t)(line - value) - (line > value && line[-1] == '\r');
            return value;
        }
        at = line + 1;
    }
    return NULL;
}

bool head_read_reply(const char *bytes, size_t length, bool head_asked, struct reply_head *head)
{
    *head = (struct reply_head){0};
    const char *end = head_find(bytes, length, "\r\n\r\n");
    if (end == NULL || end - bytes < 12)
        return false;
    size_t size = 0;
    for (int i = 9; i < 12 && bytes[i] >= '0' && bytes[i] <= '9'; i++)
        head->status = head->status * 10 + (unsigned)(bytes[i] - '0');
    const char *value = find_field(bytes, end, "content-length", &size);
    bool empty = head_asked || head->status == 304 || head->status == 204;
    head->length = (size_t)(end - bytes) + 4;
    for (size_t i = 0; value != NULL && !empty && i < size; i++)
        head->body = head->body * 10 + (uint64_t)(value[i] - '0');
    head->until_close = value == NULL && !empty;
    value = find_field(bytes, end, "connection", &size);
    head->closing = head->until_close || (value != NULL && is(value, size, "close"));
    return true;
}
