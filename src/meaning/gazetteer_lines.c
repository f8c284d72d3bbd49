/* Lines of a text file, plain, gzipped, or in a zip: libarchive, whose "raw" format takes a file
 * that is no archive as one entry. Of a zip the first entry that is not a readme is read. */
#include "meaning/gazetteer_lines.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_LINE = 1 << 20 };

static annals_status fail(struct gazetteer_lines *lines, annals_status status, const char *why,
                          annals_error *error)
{
    error_set(error, status, "%s", why != NULL ? why : "cannot be read");
    error_at(error, lines->path, lines->number, 0, -1);
    return status;
}

static annals_status first_entry(struct gazetteer_lines *lines, annals_error *error)
{
    struct archive_entry *entry;
    int status;
    while ((status = archive_read_next_header(lines->archive, &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (name == NULL || strstr(name, "readme") == NULL)
            return ANNALS_OK;
    }
    if (status == ARCHIVE_EOF) {
        lines->ended = true;
        return ANNALS_OK;
    }
    return fail(lines, ANNALS_CANNOT_READ, archive_error_string(lines->archive), error);
}

annals_status gazetteer_lines_open(struct gazetteer_lines *lines, const char *path,
                                   annals_error *error)
{
    struct stat facts;
    *lines = (struct gazetteer_lines){.path = path};
    buffer_init(&lines->line);
    if (stat(path, &facts) != 0)
        return fail(lines, errno == ENOENT ? ANNALS_NOT_FOUND : ANNALS_CANNOT_READ,
                    strerror(errno), error);
    lines->size = facts.st_size > 0 ? (uint64_t)facts.st_size : 0;
    lines->archive = archive_read_new();
    if (lines->archive == NULL)
        return fail(lines, ANNALS_NO_MEMORY, "out of memory", error);
    archive_read_support_filter_gzip(lines->archive);
    archive_read_support_format_zip(lines->archive);
    archive_read_support_format_raw(lines->archive);
    archive_read_support_format_empty(lines->archive);
    annals_status status = ANNALS_OK;
    if (archive_read_open_filename(lines->archive, path, 1 << 16) != ARCHIVE_OK)
        status = fail(lines, ANNALS_CANNOT_READ, archive_error_string(lines->archive), error);
    if (status == ANNALS_OK)
        status = first_entry(lines, error);
    if (status != ANNALS_OK)
        gazetteer_lines_close(lines);
    return status;
}

static annals_status next_block(struct gazetteer_lines *lines, annals_error *error)
{
    const void *block;
    la_int64_t offset;
    int status = archive_read_data_block(lines->archive, &block, &lines->block_length, &offset);
    lines->bytes = (uint64_t)archive_filter_bytes(lines->archive, -1);
    lines->block = block;
    if (status == ARCHIVE_EOF) {
        lines->ended = true;
        lines->block_length = 0;
    } else if (status < ARCHIVE_WARN) {
        return fail(lines, ANNALS_CANNOT_READ, archive_error_string(lines->archive), error);
    }
    return ANNALS_OK;
}

annals_status gazetteer_lines_next(struct gazetteer_lines *lines, char **line, size_t *length,
                                   annals_error *error)
{
    *line = NULL;
    buffer_clear(&lines->line);
    bool whole = false;
    while (!whole) {
        if (lines->block_length == 0) {
            annals_status status = lines->ended ? ANNALS_OK : next_block(lines, error);
            if (status != ANNALS_OK)
                return status;
            if (lines->ended && lines->line.length == 0)
                return ANNALS_OK;
            whole = lines->ended;
            continue;
        }
        const char *end = memchr(lines->block, '\n', lines->block_length);
        size_t part = end != NULL ? (size_t)(end - lines->block) : lines->block_length;
        buffer_add(&lines->line, lines->block, part);
        whole = end != NULL;
        part += whole;
        lines->text += part;
        lines->block += part;
        lines->block_length -= part;
        if (lines->line.length > LONGEST_LINE)
            return fail(lines, ANNALS_TOO_LARGE, "a line is longer than 1 MiB", error);
    }
    lines->number++;
    if (lines->line.failed)
        return fail(lines, ANNALS_NO_MEMORY, "out of memory", error);
    buffer_add(&lines->line, "", 0);
    *length = lines->line.length;
    if (*length > 0 && lines->line.bytes[*length - 1] == '\r')
        lines->line.bytes[--*length] = '\0';
    static char nothing[1];
    *line = lines->line.bytes != NULL ? lines->line.bytes : nothing;
    return ANNALS_OK;
}

annals_status gazetteer_lines_pass(struct gazetteer_lines *lines, uint64_t text, uint64_t number,
                                   annals_error *error)
{
    while (lines->text < text) {
        if (lines->block_length == 0) {
            annals_status status = lines->ended ? ANNALS_OK : next_block(lines, error);
            if (status != ANNALS_OK)
                return status;
            if (lines->ended)
                return fail(lines, ANNALS_MALFORMED, "is shorter than it was", error);
            continue;
        }
        uint64_t left = text - lines->text;
        size_t part = left < lines->block_length ? (size_t)left : lines->block_length;
        lines->text += part;
        lines->block += part;
        lines->block_length -= part;
    }
    lines->number = number;
    return ANNALS_OK;
}

void gazetteer_lines_close(struct gazetteer_lines *lines)
{
    if (lines->archive != NULL)
        archive_read_free(lines->archive);
    lines->archive = NULL;
    buffer_release(&lines->line);
}
