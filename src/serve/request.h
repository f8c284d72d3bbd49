/* A request's path and parameters. */
#ifndef ANNALS_SERVE_REQUEST_H
#define ANNALS_SERVE_REQUEST_H

#include "bytes/arena.h"
#include "bytes/status.h"

struct parameter {
    const char *name, *value;
};

enum { REQUEST_PARAMETERS = 24, REQUEST_LONGEST = 8000, PARAMETER_LONGEST = 1000 };

struct request {
    struct arena arena;
    const char *raw;  /* as it came */
    const char *path; /* decoded, without what follows the question mark */
    struct parameter parameters[REQUEST_PARAMETERS];
    uint32_t count;
};

/* Strings of the request live in its arena. ANNALS_WRONG_USE says what is wrong with it. */
annals_status request_read(struct request *request, const char *raw, annals_error *error);
void request_release(struct request *request);

/* NULL where it was not given. */
const char *request_value(const struct request *request, const char *name);

/* Fills the query from the parameters that an answer takes (bits of render/answers.h). What is not
 * taken, given twice, or no value of its kind is ANNALS_WRONG_USE. */
annals_status request_query(const struct request *request, unsigned takes, annals_query *query,
                            annals_error *error);

#endif
