/* Renders what a record holds. */
#ifndef ANNALS_RENDER_RENDER_H
#define ANNALS_RENDER_RENDER_H

#include "record/record.h"

annals_status render(struct record *record, const annals_query *query, annals_sink sink,
                     void *context, annals_error *error);

const annals_export_format *export_formats(void);
annals_status export_write(struct record *record, const annals_query *query,
                           const annals_export_settings *settings, annals_sink sink, void *context,
                           annals_exported *exported, annals_error *error);
/* The formats that are files of their own. */
annals_status export_write_file(struct record *record, const annals_query *query,
                                const annals_export_settings *settings, const char *path,
                                annals_exported *exported, annals_error *error);

#endif
