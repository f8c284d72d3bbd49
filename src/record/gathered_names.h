/* The names of actors and places among rows that wait for PostgreSQL. */
#ifndef ANNALS_RECORD_GATHERED_NAMES_H
#define ANNALS_RECORD_GATHERED_NAMES_H

#include "record/postgresql_link.h"
#include "record/postgresql_rows.h"

/* What names may be made of, as the rows of this batch had it. */
struct gathered_names {
    struct buffer keys; /* one after the other, each with its length before it */
    uint32_t *slots;    /* by hash: where in `keys`, + 1 */
    uint32_t slot_count, used;
};

/* The form by which names in rows of `form` are written; -1: there are none. */
int gathered_names_form(int form);
/* Of a row's values (from 1 on) those that make its name join what waits, unless a row before had
 * the same. How many bytes longer that is. `failed` of a column says that memory lacks. */
size_t gathered_names_add(struct gathered_names *names, int form, const struct value *values,
                          struct waiting *waiting);
/* They are written: what comes next is looked at anew. */
void gathered_names_clear(struct gathered_names *names);
void gathered_names_release(struct gathered_names *names);

#endif
