/* Actor and agent files of the coders TABARI, PETRARCH2 and UniversalPetrarch, for researchers who
 * bring dictionaries of their own.
 *
 * Actors: `PHRASE [CODE] [CODE <DATE] [CODE >DATE] [CODE DATE-DATE]`, synonyms on lines with `+`,
 * further codes on lines that begin with a blank. Agents: `PHRASE {PLURAL} [~CODE]` or `[CODE~]`,
 * with `!SET! = WORD, WORD` substituted. `#` and `;` begin comments; `_` joins words. Dates are
 * YYMMDD or YYYYMMDD. `[---]` stands for nobody, `[###]` discards the sentence.
 * Left out: stems (every phrase is matched by whole words, with its plural), words between the
 * words of a phrase, several actors of one phrase (`[A/B]`: the first), XML-like blocks, issues. */
#ifndef ANNALS_DICTIONARY_CODER_FILES_H
#define ANNALS_DICTIONARY_CODER_FILES_H

#include "bytes/arena.h"
#include "bytes/array.h"
#include "bytes/status.h"

struct coder_code {
    const char *code; /* without brackets; "---" and "###" as they stand */
    int32_t from, to; /* days, inclusive; INT32_MIN and INT32_MAX where open */
    bool dated;
    bool odd;      /* a date with a month or day that no calendar has; 00 and 99 mean any */
    uint32_t line;
};

struct coder_entry {
    const char **phrases; /* [phrase_count]: the first is the entry's own, then synonyms */
    uint32_t phrase_count;
    struct coder_code *codes; /* [code_count], in the order of the file */
    uint32_t code_count;
    bool prefix; /* agents: the code stands before the actor's: `[CODE~]` */
    uint32_t line;
};

struct coder_file {
    const char *path;
    ARRAY(struct coder_entry) entries;
};

/* ANNALS_MALFORMED names the line: a code without its closing bracket, a synonym or a further code
 * without an entry, a date that is none. */
annals_status coder_actors_read(struct coder_file *file, struct arena *arena, const char *path,
                                annals_error *error);
annals_status coder_agents_read(struct coder_file *file, struct arena *arena, const char *path,
                                annals_error *error);

/* Says what is wrong in a line. */
typedef void (*coder_report)(void *context, uint32_t line, const char *what, const char *word);

/* Reads on past lines that are malformed and reports each: also phrases that stand in two entries,
 * sets that are not defined, entries without a code, dates that are none or end before they begin.
 * `agents` is told from the file: codes with "~". ANNALS_MALFORMED only where it is no text. */
annals_status coder_file_check(struct coder_file *file, struct arena *arena, const char *path,
                               coder_report report, void *context, annals_error *error);

/* The code of an entry on a day: the first that fits, else the first without a date; NULL where
 * none does. On an unknown day only codes without a date fit. */
const char *coder_code_on(const struct coder_entry *entry, int32_t day);

#endif
