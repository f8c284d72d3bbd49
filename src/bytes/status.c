/* Errors: filling an annals_error, and the table of statuses. */
#include "bytes/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *annals_status_sentence(annals_status status)
{
    switch (status) {
#define ANNALS_STATUS_ROW(name, number, sentence)                                                  \
    case name:                                                                                     \
        return sentence;
        ANNALS_STATUS_TABLE(ANNALS_STATUS_ROW)
#undef ANNALS_STATUS_ROW
    }
    return "unknown status";
}

#undef error_set
annals_status error_set(annals_error *error, annals_status status, const char *sentence, ...)
{
    if (error == NULL)
        return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    error->byte = -1;
    va_list arguments;
    va_start(arguments, sentence);
    vsnprintf(error->sentence, sizeof error->sentence, sentence, arguments);
    va_end(arguments);
    return status;
}

annals_status error_at(annals_error *error, const char *file, uint64_t line, uint64_t column,
                       int64_t byte)
{
    if (error == NULL)
        return ANNALS_OK;
    if (file != NULL)
        snprintf(error->file, sizeof error->file, "%s", file);
    error->line = line;
    error->column = column;
    error->byte = byte;
    return error->status;
}
