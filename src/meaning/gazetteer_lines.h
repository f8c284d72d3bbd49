/* Lines of a text file, plain, gzipped, or alone in a zip (as GeoNames hands out its dumps). */
#ifndef ANNALS_MEANING_GAZETTEER_LINES_H
#define ANNALS_MEANING_GAZETTEER_LINES_H

#include "bytes/buffer.h"
#include "bytes/status.h"

struct archive;

struct gazetteer_lines {
    struct archive *archive;
    const char *path;
    struct buffer line;
    const char *block; /* what was read and not handed out yet */
    size_t block_length;
    uint64_t number; /* of the line handed out last, from 1 */
    uint64_t text;   /* bytes of unpacked text handed out so far, line ends included */
    uint64_t bytes;  /* of the file read so far, as it lies on disk */
    uint64_t size;   /* of the file on disk */
    bool ended;
};

/* ANNALS_NOT_FOUND, ANNALS_CANNOT_READ. `path` must outlive the lines. */
annals_status gazetteer_lines_open(struct gazetteer_lines *lines, const char *path,
                                   annals_error *error);
/* The next line, NUL-terminated, without its end, until the next call; `*line` is NULL at the end of
 * the file. ANNALS_CANNOT_READ for a damaged archive, ANNALS_TOO_LARGE for a line over 1 MiB. */
annals_status gazetteer_lines_next(struct gazetteer_lines *lines, char **line, size_t *length,
                                   annals_error *error);
/* Passes over the beginning of a file just opened: `text` bytes, which hold `number` lines.
 * ANNALS_MALFORMED where the file is shorter. */
annals_status gazetteer_lines_pass(struct gazetteer_lines *lines, uint64_t text, uint64_t number,
                                   annals_error *error);
void gazetteer_lines_close(struct gazetteer_lines *lines);

#endif
