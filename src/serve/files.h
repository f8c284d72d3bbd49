/* The page's files, found by exact name: what is not on the list that was made when the server
 * started does not exist, whatever a path says. */
#ifndef ANNALS_SERVE_FILES_H
#define ANNALS_SERVE_FILES_H

#include "bytes/array.h"
#include "bytes/buffer.h"
#include "bytes/status.h"

struct files {
    struct arena arena;
    const char *folder;
    ARRAY(const char *) names; /* "index.html", "geo/AF.json" */
};

/* ANNALS_NOT_FOUND where the folder holds no index.html. */
annals_status files_open(struct files *files, const char *folder, annals_error *error);
void files_close(struct files *files);

/* Appends the file's bytes; ANNALS_NOT_FOUND. */
annals_status files_read(const struct files *files, const char *name, struct buffer *bytes,
                         annals_error *error);
/* By the name's ending. */
const char *files_type(const char *name);

#endif
