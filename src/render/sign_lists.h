/* Reads the signs by which sentences are known to contradict one another. */
#ifndef ANNALS_RENDER_SIGN_LISTS_H
#define ANNALS_RENDER_SIGN_LISTS_H

#include "record/signs.h"

/* Reads stances.tsv and doubts.tsv below `data`/dictionaries/en into memory of `arena`; none where
 * `data` is NULL. ANNALS_MALFORMED names the line of an unknown sign or set. */
annals_status sign_lists_read(struct signs *signs, struct arena *arena, const char *data,
                              annals_error *error);

#endif
