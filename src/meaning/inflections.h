/* The written forms of dictionary words: "fire" is also "fires", "fired", "firing".
 *
 * Lemmas are learned and err on words that the treebank lacks; a dictionary word is therefore also
 * found by its forms. Regular forms are made by rule, the others stand in
 * dictionaries/en/irregular_verbs.tsv. Forms that do not exist ("visitted") do no harm. */
#ifndef ANNALS_MEANING_INFLECTIONS_H
#define ANNALS_MEANING_INFLECTIONS_H

#include "bytes/status.h"
#include "dictionary/phrases.h"
#include "dictionary/table.h"

struct inflections {
    struct table irregular; /* id = base form, words = its forms */
};

annals_status inflections_read(struct inflections *inflections, struct arena *arena,
                               const char *path, annals_error *error);

/* Adds the forms of one word (not the word itself) to `phrases`, each with `value`. False when
 * memory is out. */
bool inflections_add_verb(const struct inflections *inflections, struct phrases *phrases,
                          const char *word, size_t length, uint32_t value);
bool inflections_add_noun(struct phrases *phrases, const char *word, size_t length, uint32_t value);

#endif
