/* Carries a whole record from one store to another, row by row. */
#ifndef ANNALS_RECORD_CARRYING_H
#define ANNALS_RECORD_CARRYING_H

#include "record/record.h"

/* `from` is at one moment (in a transaction); `to` has its tables, and nothing in them. All or
 * nothing: the caller begins and ends the transaction on `to`. `progress` (may be NULL) is told
 * rows. */
annals_status carrying_all(struct record *from, struct record *to, annals_copy_progress progress,
                           void *context, annals_error *error);

#endif
