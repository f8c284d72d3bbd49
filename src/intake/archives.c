/* Archives: their members, one after the other (libarchive).
 *
 * ZIP, tar, 7-Zip and single compressed files (gzip, bzip2, xz, Zstandard); WARC records are cut
 * out of the unpacked stream by warc.c. Only filters that libarchive has built in are used: it
 * would start programs for others. Against bombs a member may have the size of a report, all
 * members together a hundred times the size of the file they came in and 256 MiB, archives within
 * archives count to the same sum, and no more than four stand in one another. Names are only names:
 * nothing is written. */
#include "intake/archives.h"

#include "bytes/buffer.h"
#include "intake/warc.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

/* A ZIP file that has no member begins with its end. */
#define EMPTY_ZIP "PK\5\6"

struct walk {
    struct archive *archive;
    struct archive_budget *budget;
    archive_visitor visit;
    void *context;
    struct buffer bytes;
    bool going;
};

/* ------------------------------------------------------------------ telling archives */

static bool begins(const char *bytes, size_t length, const char *magic, size_t size)
{
    return length >= size && memcmp(bytes, magic, size) == 0;
}

/* Office documents are ZIP files whose first member says what they are. */
static bool is_office(const char *bytes, size_t length)
{
    static const char *const firsts[] = {"[Content_Types].xml", "mimetype", "word/", "_rels/",
                                         "docProps/"};
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        if (length > 30 + strlen(firsts[i]) &&
            memcmp(bytes + 30, firsts[i], strlen(firsts[i])) == 0)
            return true;
    return false;
}

bool archive_is(const char *bytes, size_t length)
{
    if (begins(bytes, length, "PK\3\4", 4))
        return !is_office(bytes, length);
    return begins(bytes, length, EMPTY_ZIP, 4) || begins(bytes, length, "\x1f\x8b", 2) ||
           begins(bytes, length, "\x28\xb5\x2f\xfd", 4) ||
           begins(bytes, length,
                  "\xfd"
                  "7zXZ",
                  5) ||
           begins(bytes, length, "7z\xbc\xaf\x27\x1c", 6) || begins(bytes, length, "BZh", 3) ||
           begins(bytes, length, "WARC/1.", 7) || begins(bytes, length, "WARC/0.", 7) ||
           (length >= 262 && memcmp(bytes + 257, "ustar", 5) == 0);
}

struct archive_budget archive_budget(uint64_t length, uint64_t limit)
{
    return (struct archive_budget){.member = limit, .left = ((uint64_t)256 << 20) + 100 * length};
}

/* ------------------------------------------------------------------ opening */

static struct archive *new_archive(bool raw)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return NULL;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    if (raw) {
        archive_read_support_format_raw(archive);
    } else {
        archive_read_support_format_zip(archive);
        archive_read_support_format_tar(archive);
        archive_read_support_format_7zip(archive);
    }
    return archive;
}

static int open_archive(struct archive *archive, const char *path, const char *bytes, size_t length)
{
    return bytes != NULL ? archive_read_open_memory(archive, bytes, length)
                         : archive_read_open_filename(archive, path, BLOCK);
}

static const char *reason(struct archive *archive)
{
    const char *text = archive_error_string(archive);
    return text != NULL ? text : "it is damaged";
}

/* ------------------------------------------------------------------ members */

static bool tell(struct walk *walk, annals_status status, const char *name, const char *why)
{
    annals_error error = {.byte = -1};
    error_set(&error, status, "%.160s: %s", name, why);
    return walk->visit(walk->context, NULL, &error);
}

/* Reads the member at hand into the buffer. ANNALS_TOO_LARGE: alone, or all together (the walk
 * ends). */
static annals_status read_member(struct walk *walk)
{
    const void *block;
    size_t size;
    la_int64_t offset;
    int code;
    buffer_clear(&walk->bytes);
    while ((code = archive_read_data_block(walk->archive, &block, &size, &offset)) == ARCHIVE_OK) {
        if (size > walk->budget->left) {
            walk->budget->left = 0;
            return ANNALS_TOO_LARGE;
        }
        walk->budget->left -= size;
        if (walk->bytes.length + size > walk->budget->member)
            return ANNALS_TOO_LARGE;
        buffer_add(&walk->bytes, block, size);
    }
    if (walk->bytes.failed)
        return ANNALS_NO_MEMORY;
    return code == ARCHIVE_EOF ? ANNALS_OK : ANNALS_MALFORMED;
}

static bool is_hidden(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash != NULL ? slash + 1 : name;
    return base[0] == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

/* Hands one member on. */
static void take_member(struct walk *walk, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (name == NULL)
        name = archive_entry_pathname(entry);
    if (name == NULL)
        name = "a member without a name";
    if (archive_entry_filetype(entry) != AE_IFREG || is_hidden(name))
        return;
    if (archive_entry_is_encrypted(entry)) {
        walk->going = tell(walk, ANNALS_NOT_TEXT, name, "is locked by a password");
        return;
    }
    char *copy = strdup(name); /* the next block may move it */
    annals_status status = copy == NULL ? ANNALS_NO_MEMORY : read_member(walk);
    const struct archive_member member = {
        .name = copy, .bytes = walk->bytes.bytes, .length = walk->bytes.length};
    /* An empty file in an archive is nobody's report. */
    if (status == ANNALS_OK && walk->bytes.length > 0)
        walk->going = walk->visit(walk->context, &member, NULL);
    else if (status != ANNALS_OK && walk->budget->left > 0)
        walk->going = tell(walk, status, copy != NULL ? copy : "",
                           status == ANNALS_TOO_LARGE ? "is larger than a report may be"
                                                      : reason(walk->archive));
    free(copy);
}

static annals_status bomb(annals_error *error)
{
    return error_set(error, ANNALS_TOO_LARGE,
                     "unpacks to more than a hundred times its size: refused as a bomb");
}

static annals_status walk_members(struct walk *walk, annals_error *error)
{
    struct archive_entry *entry;
    int code = ARCHIVE_OK;
    bool any = false;
    while (walk->going && walk->budget->left > 0 &&
           (code = archive_read_next_header(walk->archive, &entry)) >= ARCHIVE_WARN &&
           code != ARCHIVE_EOF) {
        take_member(walk, entry);
        any = true;
    }
    if (!any && code == ARCHIVE_EOF)
        return error_set(error, ANNALS_EMPTY, "an archive with nothing in it");
    if (walk->budget->left == 0)
        return bomb(error);
    if (walk->going && code < ARCHIVE_WARN)
        return error_set(error, ANNALS_MALFORMED, "a damaged archive: %.160s",
                         reason(walk->archive));
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ streams */

/* The name without the ending of its compression. */
static char *inner_name(const char *name)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
    const char *slash = strrchr(name, '/');
    char *copy = strdup(slash != NULL ? slash + 1 : name);
    size_t length = copy != NULL ? strlen(copy) : 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(copy + length - ending, endings[i]) == 0) {
            copy[length - ending] = '\0';
            break;
        }
    }
    return copy;
}

/* A stream of unpacked bytes for warc.c: the first block was read already. */
struct stream {
    struct walk *walk;
    bool failed;
};

static bool more_bytes(void *context, struct buffer *buffer)
{
    struct stream *stream = context;
    struct archive_budget *budget = stream->walk->budget;
    char block[BLOCK];
    la_ssize_t got = archive_read_data(stream->walk->archive, block, sizeof block);
    stream->failed = got < 0;
    if (got <= 0)
        return false;
    if ((uint64_t)got > budget->left) {
        budget->left = 0;
        return false;
    }
    budget->left -= (uint64_t)got;
    buffer_add(buffer, block, (size_t)got);
    return !buffer->failed;
}

/* A single compressed file, or a WARC file, compressed or not. */
static annals_status walk_stream(struct walk *walk, const char *name, annals_error *error)
{
    struct archive_entry *entry;
    struct stream stream = {.walk = walk};
    buffer_clear(&walk->bytes);
    if (archive_read_next_header(walk->archive, &entry) < ARCHIVE_WARN)
        return error_set(error, ANNALS_MALFORMED, "a damaged file: %.160s", reason(walk->archive));
    while (walk->bytes.length < 512 && more_bytes(&stream, &walk->bytes))
        ;
    if (walk->bytes.length >= 5 && memcmp(walk->bytes.bytes, "WARC/", 5) == 0) {
        annals_status status = warc_walk(&walk->bytes, walk->budget->member, more_bytes, &stream,
                                         walk->visit, walk->context, error);
        return walk->budget->left == 0 ? bomb(error)
               : stream.failed && status == ANNALS_OK
                   ? error_set(error, ANNALS_MALFORMED, "a damaged file: %.160s",
                               reason(walk->archive))
                   : status;
    }
    while (walk->bytes.length <= walk->budget->member && more_bytes(&stream, &walk->bytes))
        ;
    if (walk->budget->left == 0)
        return bomb(error);
    if (walk->bytes.length > walk->budget->member)
        return error_set(error, ANNALS_TOO_LARGE, "unpacks to more than a report may have");
    if (stream.failed)
        return error_set(error, ANNALS_MALFORMED, "a damaged file: %.160s", reason(walk->archive));
    if (walk->bytes.length == 0)
        return error_set(error, ANNALS_EMPTY, "is empty");
    char *inner = inner_name(name);
    struct archive_member member = {
        .name = inner, .bytes = walk->bytes.bytes, .length = walk->bytes.length};
    walk->going = inner != NULL && walk->visit(walk->context, &member, NULL);
    free(inner);
    return ANNALS_OK;
}

/* Whether the file is a stream and no archive: libarchive's raw format takes anything, so the
 * others are asked first. */
static bool is_stream(const char *path, const char *bytes, size_t length)
{
    struct archive *archive = new_archive(false);
    struct archive_entry *entry;
    bool other = archive != NULL && open_archive(archive, path, bytes, length) == ARCHIVE_OK &&
                 archive_read_next_header(archive, &entry) >= ARCHIVE_WARN;
    archive_read_free(archive);
    return !other;
}

static bool is_packed_alone(const char *bytes, size_t length, const char *path)
{
    char head[8] = "";
    if (bytes == NULL) {
        FILE *file = fopen(path, "rb");
        length = file != NULL ? fread(head, 1, sizeof head, file) : 0;
        if (file != NULL)
            fclose(file);
        bytes = head;
    }
    return !begins(bytes, length, "PK\3\4", 4) && !begins(bytes, length, EMPTY_ZIP, 4) &&
           !begins(bytes, length, "7z\xbc\xaf", 4);
}

annals_status archive_walk(const char *name, const char *path, const char *bytes, size_t length,
                           struct archive_budget *budget, archive_visitor visit, void *context,
                           annals_error *error)
{
    if (budget->depth >= ARCHIVE_DEPTH)
        return error_set(error, ANNALS_TOO_LARGE, "an archive within more than %d others",
                         ARCHIVE_DEPTH);
    bool stream = is_packed_alone(bytes, length, path) && is_stream(path, bytes, length);
    struct walk walk = {.archive = new_archive(stream),
                        .budget = budget,
                        .visit = visit,
                        .context = context,
                        .going = true};
    if (walk.archive == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    buffer_init(&walk.bytes);
    annals_status status = ANNALS_OK;
    budget->depth++;
    if (open_archive(walk.archive, path, bytes, length) != ARCHIVE_OK)
        status =
            error_set(error, ANNALS_MALFORMED, "a damaged archive: %.160s", reason(walk.archive));
    else
        status = stream ? walk_stream(&walk, name, error) : walk_members(&walk, error);
    budget->depth--;
    buffer_release(&walk.bytes);
    archive_read_free(walk.archive);
    return status;
}

/* ------------------------------------------------------------------ office documents */

const char *archive_member_of(struct arena *arena, const char *bytes, size_t length,
                              const char *name, size_t limit, size_t *size)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    struct buffer found;
    const char *copy = NULL;
    buffer_init(&found);
    if (archive != NULL)
        archive_read_support_format_zip(archive);
    bool there = archive != NULL && archive_read_open_memory(archive, bytes, length) == ARCHIVE_OK;
    while (there && archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
        const char *path = archive_entry_pathname(entry);
        if (path == NULL || strcmp(path, name) != 0)
            continue;
        char block[BLOCK];
        la_ssize_t got;
        while ((got = archive_read_data(archive, block, sizeof block)) > 0 && found.length <= limit)
            buffer_add(&found, block, (size_t)got);
        if (got == 0 && found.length <= limit && !found.failed) {
            copy = arena_copy(arena, found.length > 0 ? found.bytes : "", found.length);
            *size = found.length;
        }
        break;
    }
    buffer_release(&found);
    archive_read_free(archive);
    return copy;
}
