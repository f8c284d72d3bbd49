/* Signs: short runs of words that a sentence is known by, and the walk over the record's sentences.
 *
 * A sign is a list of words, each one of several ("disputed|denied"); `...` stands for up to REACH
 * words between, none of them a comma. Case does not matter. Copies of another report are not
 * walked, for they say nothing of their own. Left out: grammar; a sign is its words. */
#include "record/signs.h"

#include <ctype.h>

enum { REACH = 7 };

/* The word, or the comma, that begins at or after `*at`, lower case; false at the end. */
bool sign_read_word(const char **at, char word[SIGN_LETTERS], const char **start)
{
    size_t length = 0;
    while (**at != '\0' && !isalnum((unsigned char)**at) && **at != ',')
        (*at)++;
    *start = *at;
    if (**at == ',')
        word[length++] = *(*at)++;
    else
        for (; isalnum((unsigned char)**at); (*at)++)
            if (length + 1 < SIGN_LETTERS)
                word[length++] = (char)tolower((unsigned char)**at);
    word[length] = '\0';
    return length > 0;
}

bool sign_is_among(const char *word, const char *alternatives)
{
    size_t length = strlen(word);
    for (const char *at = alternatives; *at != '\0'; at += at[0] == '|') {
        size_t end = strcspn(at, "|");
        if (end == length && strncmp(at, word, end) == 0)
            return true;
        at += end;
    }
    return false;
}

const char *sign_end(const char *const *words, int count, const char *at)
{
    char word[SIGN_LETTERS];
    const char *start;
    int skipped = -1;
    for (int i = 0; i < count && words[i] != NULL;) {
        if (strcmp(words[i], "...") == 0) {
            skipped = 0;
            i++;
        } else if (!sign_read_word(&at, word, &start)) {
            return NULL;
        } else if (sign_is_among(word, words[i])) {
            skipped = -1;
            i++;
        } else if (skipped < 0 || ++skipped > REACH || word[0] == ',') {
            return NULL;
        }
    }
    return at;
}

annals_status sentences_walk(struct record *record, sentence_visitor visit, void *context,
                             annals_error *error)
{
    static const char sql[] =
        "SELECT r.report, coalesce(r.name, r.title), coalesce(r.source, r.title, r.name), "
        "r.published, s.start, "
        "CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) "
        "FROM reports r JOIN sentences s ON s.report = r.report "
        "WHERE NOT EXISTS (SELECT 1 FROM copies p WHERE p.report = r.report) "
        "ORDER BY r.report, s.sentence";
    struct store_statement *row = NULL;
    annals_status status = ANNALS_OK;
    int code = store_prepare(record->database, sql, &row);
    while (code == STORE_OK && status == ANNALS_OK && (code = store_step(row)) == STORE_ROW) {
        struct walked walked = {.name = store_text(row, 1),
                                .source = store_text(row, 2),
                                .published = store_text(row, 3),
                                .start = (uint32_t)store_int64(row, 4),
                                .sentence = store_text(row, 5)};
        record_id_write('r', store_int64(row, 0), walked.report);
        if (walked.sentence != NULL)
            status = visit(context, &walked);
        code = STORE_OK;
    }
    if (status == ANNALS_OK && code != STORE_DONE)
        status = record_fail(record, "cannot read", error);
    store_finalize(row);
    return status;
}
