/* Web archives (WARC): their pages.
 *
 * Method: ISO 28500 (WARC 1.0 and 1.1); HTTP/1.1 (RFC 9112) as far as stored answers need it:
 * header, chunks, gzip. Kept are responses with status 200 and resources whose media type is text,
 * HTML, XML, JSON or PDF; requests, metadata, revisits and images are no reports. Behind a record
 * whose head is damaged, or whose length is not true, the next line that begins as a record does is
 * sought; what lies between is told with its byte (of the unpacked file). Leaves out: segmented
 * records, brotli. */
#include "intake/warc.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Damaged records that one file may have: each costs a search. */
enum { DAMAGED = 100 };

struct record_head {
    char type[24], url[2048], date[40], media[64];
    uint64_t length;
};

struct reader {
    struct buffer *bytes;
    size_t at;        /* in bytes */
    uint64_t dropped; /* bytes that stood before */
    warc_source more;
    void *context;
};

/* ------------------------------------------------------------------ the stream */

/* Makes sure that `wanted` bytes stand from `at` on; drops what was read. */
static bool have(struct reader *reader, size_t wanted)
{
    if (reader->at > (1 << 20)) {
        memmove(reader->bytes->bytes, reader->bytes->bytes + reader->at,
                reader->bytes->length - reader->at);
        reader->bytes->length -= reader->at;
        reader->dropped += reader->at;
        reader->at = 0;
    }
    while (reader->bytes->length - reader->at < wanted)
        if (!reader->more(reader->context, reader->bytes))
            return false;
    return true;
}

static bool skip(struct reader *reader, uint64_t length)
{
    while (length > 0) {
        size_t there = reader->bytes->length - reader->at;
        size_t step = there < length ? there : (size_t)length;
        reader->at += step;
        length -= step;
        if (length > 0 && !have(reader, 1))
            return false;
    }
    return true;
}

/* Goes on to the next line that begins as a record does; false where there is none. */
static bool seek_record(struct reader *reader)
{
    while (have(reader, 7)) {
        if (memcmp(reader->bytes->bytes + reader->at, "WARC/1.", 7) == 0 ||
            memcmp(reader->bytes->bytes + reader->at, "WARC/0.", 7) == 0)
            return true;
        const char *from = reader->bytes->bytes + reader->at;
        const char *stop = memchr(from, '\n', reader->bytes->length - reader->at);
        reader->at =
            stop != NULL ? (size_t)(stop + 1 - reader->bytes->bytes) : reader->bytes->length;
    }
    return false;
}

/* The length of the head at `at` with its empty line; 0 where none ends within 64 KiB. */
static size_t head_length(struct reader *reader)
{
    for (size_t length = 4; length < 65536; length++) {
        if (!have(reader, length))
            return 0;
        if (memcmp(reader->bytes->bytes + reader->at + length - 4, "\r\n\r\n", 4) == 0)
            return length;
    }
    return 0;
}

/* The value of a field in a head; false where it has none. */
static bool field(const char *head, size_t length, const char *name, char *value, size_t size)
{
    size_t letters = strlen(name);
    for (const char *line = head; line < head + length;) {
        const char *end = memchr(line, '\n', (size_t)(head + length - line));
        if (end == NULL)
            break;
        if ((size_t)(end - line) > letters && strncasecmp(line, name, letters) == 0 &&
            line[letters] == ':') {
            const char *start = line + letters + 1;
            while (start < end && (*start == ' ' || *start == '\t'))
                start++;
            const char *stop = end;
            while (stop > start && (unsigned char)stop[-1] <= ' ')
                stop--;
            size_t used = (size_t)(stop - start) < size - 1 ? (size_t)(stop - start) : size - 1;
            memcpy(value, start, used);
            value[used] = '\0';
            return true;
        }
        line = end + 1;
    }
    value[0] = '\0';
    return false;
}

/* ------------------------------------------------------------------ HTTP */

/* Chunks to one piece, in place; false where they are damaged. */
static bool join_chunks(char *bytes, size_t *length)
{
    size_t at = 0, used = 0;
    while (at < *length) {
        char *end;
        const char *line = memchr(bytes + at, '\n', *length - at);
        if (line == NULL)
            return false;
        unsigned long long size = strtoull(bytes + at, &end, 16);
        if (end == bytes + at)
            return false;
        at = (size_t)(line - bytes) + 1;
        if (size == 0)
            break;
        if (size > *length - at)
            return false;
        memmove(bytes + used, bytes + at, (size_t)size);
        used += (size_t)size;
        at += (size_t)size;
        while (at < *length && (bytes[at] == '\r' || bytes[at] == '\n'))
            at++;
    }
    *length = used;
    return true;
}

/* Unpacks gzip (and the like) into `unpacked`. */
static bool unpack(const char *bytes, size_t length, uint64_t limit, struct buffer *unpacked)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    bool good = archive != NULL;
    if (good) {
        archive_read_support_filter_gzip(archive);
        archive_read_support_filter_zstd(archive);
        archive_read_support_format_raw(archive);
        good = archive_read_open_memory(archive, bytes, length) == ARCHIVE_OK &&
               archive_read_next_header(archive, &entry) == ARCHIVE_OK;
    }
    la_ssize_t got = 0;
    char block[16384];
    while (good && (got = archive_read_data(archive, block, sizeof block)) > 0) {
        buffer_add(unpacked, block, (size_t)got);
        good = unpacked->length <= limit && !unpacked->failed;
    }
    archive_read_free(archive);
    return good && got == 0;
}

static bool is_report(const char *media)
{
    static const char *const kept[] = {
        "text/html", "text/plain",      "application/xhtml", "application/pdf",  "application/xml",
        "text/xml",  "application/rss", "application/atom",  "application/json", "application/rtf"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (strncasecmp(media, kept[i], strlen(kept[i])) == 0)
            return true;
    return false;
}

struct body {
    const char *bytes;
    size_t length;
    struct buffer unpacked;
};

/* Cuts the answer's body out of a response; false where it is no report. `*why` says what is wrong
 * with one that should be. */
static bool find_body(struct body *body, char *bytes, size_t length, uint64_t limit,
                      const char **why)
{
    char value[64];
    const char *end = NULL;
    for (size_t i = 0; i + 4 <= length && i < 65536 && end == NULL; i++)
        if (memcmp(bytes + i, "\r\n\r\n", 4) == 0)
            end = bytes + i + 4;
    if (end == NULL || length < 12 || memcmp(bytes, "HTTP/", 5) != 0 ||
        strncmp(bytes + 8, " 200", 4) != 0)
        return false;
    size_t head = (size_t)(end - bytes);
    if (field(bytes, head, "Content-Type", value, sizeof value) && !is_report(value))
        return false;
    size_t size = length - head;
    *why = NULL;
    if (field(bytes, head, "Transfer-Encoding", value, sizeof value) &&
        strcasecmp(value, "chunked") == 0 && !join_chunks(bytes + head, &size))
        *why = "its chunks are damaged";
    body->bytes = bytes + head;
    body->length = size;
    if (*why == NULL && field(bytes, head, "Content-Encoding", value, sizeof value) &&
        strcasecmp(value, "identity") != 0) {
        if (unpack(body->bytes, body->length, limit, &body->unpacked)) {
            body->bytes = body->unpacked.bytes;
            body->length = body->unpacked.length;
        } else {
            *why = "its content cannot be unpacked";
        }
    }
    return size > 0;
}

/* ------------------------------------------------------------------ records */

static bool read_head(struct reader *reader, struct record_head *record)
{
    size_t length = head_length(reader);
    char number[24];
    if (length == 0)
        return false;
    const char *head = reader->bytes->bytes + reader->at;
    bool good = length > 7 && memcmp(head, "WARC/", 5) == 0 &&
                field(head, length, "Content-Length", number, sizeof number) && number[0] >= '0' &&
                number[0] <= '9'; /* strtoull takes "-5" for a huge number */
    field(head, length, "WARC-Type", record->type, sizeof record->type);
    field(head, length, "WARC-Target-URI", record->url, sizeof record->url);
    field(head, length, "WARC-Date", record->date, sizeof record->date);
    field(head, length, "Content-Type", record->media, sizeof record->media);
    record->length = good ? strtoull(number, NULL, 10) : 0;
    if (good)
        reader->at += length;
    return good;
}

/* What cannot be read, with its byte. */
static bool tell_damage(archive_visitor visit, void *visitor, uint64_t byte, const char *why)
{
    annals_error error = {.byte = -1};
    error_set(&error, ANNALS_MALFORMED, "a damaged web archive: at byte %llu %s",
              (unsigned long long)byte, why);
    return visit(visitor, NULL, &error);
}

static bool tell(archive_visitor visit, void *visitor, const char *url, const char *why)
{
    annals_error error = {.byte = -1};
    error_set(&error, ANNALS_MALFORMED, "%.160s: %s",
              url[0] != '\0' ? url : "a record without an address", why);
    return visit(visitor, NULL, &error);
}

/* `url` in angle brackets, as older writers have it, without them. */
static const char *address(struct record_head *record)
{
    size_t length = strlen(record->url);
    if (record->url[0] != '<' || record->url[length - 1] != '>')
        return record->url;
    record->url[length - 1] = '\0';
    return record->url + 1;
}

static bool take_record(struct reader *reader, struct record_head *record, uint64_t limit,
                        archive_visitor visit, void *visitor)
{
    bool response = strcmp(record->type, "response") == 0;
    bool resource = strcmp(record->type, "resource") == 0 && is_report(record->media);
    const char *url = address(record), *why = NULL;
    if (!response && !resource)
        return true;
    struct body body = {.bytes = reader->bytes->bytes + reader->at,
                        .length = (size_t)record->length};
    buffer_init(&body.unpacked);
    bool going = true;
    bool found = resource || find_body(&body, reader->bytes->bytes + reader->at,
                                       (size_t)record->length, limit, &why);
    struct archive_member member = {.name = url,
                                    .url = url,
                                    .retrieved = record->date,
                                    .bytes = body.bytes,
                                    .length = body.length};
    if (found && why != NULL)
        going = tell(visit, visitor, url, why);
    else if (found && body.length > 0)
        going = visit(visitor, &member, NULL);
    buffer_release(&body.unpacked);
    return going;
}

/* One record, whose head is read; `*going` false where the visitor has enough. False where its
 * length is not true. */
static bool walk_record(struct reader *reader, struct record_head *record, uint64_t limit,
                        archive_visitor visit, void *visitor, bool *going)
{
    if (record->length > limit) {
        *going = tell(visit, visitor, address(record), "is larger than a report may be");
        return *going ? skip(reader, record->length) : true;
    }
    if (!have(reader, (size_t)record->length))
        return false;
    if (have(reader, (size_t)record->length + 1) &&
        reader->bytes->bytes[reader->at + record->length] != '\r' &&
        reader->bytes->bytes[reader->at + record->length] != '\n')
        return false;
    *going = take_record(reader, record, limit, visit, visitor);
    reader->at += (size_t)record->length;
    return true;
}

annals_status warc_walk(struct buffer *bytes, uint64_t limit, warc_source more, void *context,
                        archive_visitor visit, void *visitor, annals_error *error)
{
    struct reader reader = {.bytes = bytes, .more = more, .context = context};
    struct record_head record;
    bool going = true;
    unsigned damaged = 0;
    while (going) {
        while (have(&reader, 1) && strchr("\r\n", bytes->bytes[reader.at]) != NULL)
            reader.at++;
        if (!have(&reader, 1))
            break;
        uint64_t start = reader.dropped + reader.at;
        if (!read_head(&reader, &record)) {
            going = tell_damage(visit, visitor, start, "no record begins");
            reader.at++;
        } else if (!walk_record(&reader, &record, limit, visit, visitor, &going)) {
            going = tell_damage(visit, visitor, start,
                                "a record has another length than it says, or is cut off");
        } else {
            continue;
        }
        if (!going || !seek_record(&reader))
            break;
        if (++damaged >= DAMAGED)
            return error_set(
                error, ANNALS_MALFORMED,
                "a web archive with more than %d damaged records: the rest is not read", DAMAGED);
    }
    return ANNALS_OK;
}
