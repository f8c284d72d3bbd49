/* Statements of which many are written to PostgreSQL as one. */
#ifndef ANNALS_RECORD_GATHERED_FORMS_H
#define ANNALS_RECORD_GATHERED_FORMS_H

struct gathered_form {
    const char *sql;   /* in SQLite's words */
    const char *table; /* into which a row is put; NULL for other changes */
    /* Of each column, or parameter: i integer, d real, t text, b bytes, w the words of the text
     * (of the last one and of a title before it), x whether some are not its report's; I integer, T
     * text that lie in an array. */
    const char *types;
    /* The change of all rows at once, of arrays of the parameters; NULL: a row is put in. */
    const char *change;
    /* The table in which the rows that have the first column in common lie as one, the others
     * as arrays, all of one length; NULL: rows lie one by one. */
    const char *packs;
};

/* In the order in which they are written where several wait: what goes before what comes in its
 * stead, a report's mark last. `sql` of NULL ends the list. */
extern const struct gathered_form gathered_forms[];
enum { GATHERED_FORMS = 35, GATHERED_COLUMNS = 24 };
/* Of the form whose repeated rows are left out, and of a claim's words. */
enum { GATHERED_MENTIONS = 11, GATHERED_CLAIM_WORDS = 19 };
/* Of the rows in which names stand, and of the names, which no statement tells (gathered_names.c).
 */
enum { GATHERED_PLACES = 9, GATHERED_ACTORS = 10, GATHERED_ACTOR_NAMES = 32, GATHERED_PLACE_NAMES };

/* The number of the form of a statement; -1: it is written by itself. */
int gathered_form_of(const char *sql);

#endif
