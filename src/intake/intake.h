/* Intake: the bytes of one file to one or several documents. */
#ifndef ANNALS_INTAKE_INTAKE_H
#define ANNALS_INTAKE_INTAKE_H

#include "document/document.h"
#include "intake/charset.h"
#include "intake/feed.h"
#include "intake/format.h"

struct intake {
    const struct annals_source *source;
    const char *bytes; /* as given */
    size_t length;
    struct arena arena; /* of the decoded file */
    struct decoded decoded;
    enum file_format format;
    struct articles feed;
    bool several;   /* the reports are the articles of `feed` */
    bool spread;    /* JSON whose reports are no lines: a list, or objects over several lines */
    unsigned depth; /* of files that citations name */
    size_t at;      /* JSONL: offset of the next line; articles: the next; else 0 or 1 */
    uint64_t line;  /* JSONL: number of the last line */
};

/* Decodes the file and finds its format; `bytes` and `source` must outlive the intake. Release it
 * also after an error. ANNALS_EMPTY, ANNALS_NOT_TEXT, ANNALS_TOO_LARGE, ANNALS_MALFORMED (a feed).
 */
annals_status intake_open(struct intake *intake, const struct annals_source *source,
                          const char *bytes, size_t length, annals_error *error);
void intake_release(struct intake *intake);

/* Reads the next report into `document`, whose memory is `arena`; false where there is none left.
 * `*status` says how it went: after a damaged JSONL line, named by line and byte, the next can be
 * read. */
bool intake_next(struct intake *intake, struct document *document, struct arena *arena,
                 annals_status *status, annals_error *error);

#endif
