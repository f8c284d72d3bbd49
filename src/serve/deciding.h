/* Decisions of people, by POST. */
#ifndef ANNALS_SERVE_DECIDING_H
#define ANNALS_SERVE_DECIDING_H

#include "serve/visits.h"

/* GET /api/v1/access: whether who asks may decide. */
enum MHD_Result deciding_access(struct server *server, struct MHD_Connection *connection,
                                struct visit *visit);
/* POST /api/v1/decisions. */
enum MHD_Result deciding_keep(struct server *server, struct MHD_Connection *connection,
                              struct visit *visit);

#endif
