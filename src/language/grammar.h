/* What the grammar stage and its trainer share. */
#ifndef ANNALS_LANGUAGE_GRAMMAR_H
#define ANNALS_LANGUAGE_GRAMMAR_H

#include <stdint.h>

/* Hash of the names of all word classes, relations and features in their order: a model trained
 * with other ones does not fit. Stands in the model's section "inventory". */
uint64_t grammar_inventory(void);

#endif
