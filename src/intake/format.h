/* Formats of files that hold reports. */
#ifndef ANNALS_INTAKE_FORMAT_H
#define ANNALS_INTAKE_FORMAT_H

#include <stddef.h>

enum file_format {
    FORMAT_TEXT,
    FORMAT_HTML,
    FORMAT_JSONL,
    FORMAT_FEED,
    /* The following are told by intake.c, which asks each one's own reader. */
    FORMAT_PDF,
    FORMAT_OFFICE,
    FORMAT_RTF,
    FORMAT_MAIL,
    FORMAT_NEWS_XML,
    FORMAT_RIS,
    FORMAT_CSL,
    FORMAT_TABLE,
};

/* The format of `bytes`: by content first, then by the ending of `name` (may be NULL). */
enum file_format format_find(const char *bytes, size_t length, const char *name);

/* "text", "html", "jsonl", "feed", "pdf", …; static storage. */
const char *format_name(enum file_format format);

#endif
