/* Finds sentences in which a report itself says that what it tells is disputed, unknown or cannot
 * be checked ("a figure disputed by the government"), or in which it gives another number for what
 * it has just counted ("that number could be as high as 15,000").
 *
 * A sign is a run of words; one that speaks of what stands before it in its own sentence begins
 * with a comma ("..., a figure disputed by", "..., though they deny it") or is marked so. Only
 * sentences with a sign are read out, so the cost is that of one walk over the texts. Left out:
 * doubt that has none of these words. */
#include "record/doubts.h"

#include <ctype.h>

enum { LETTERS = 24, REACH = 7 };

/* A run of words: each is one of a list; `...` stands for up to REACH words between. */
static const struct sign {
    const char *words[6]; /* alternatives parted by '|' */
    bool within, counted;
} signs[] = {
    {{",", "a|an", "figure|claim|number|toll|account|report|version|charge|accusation|assertion",
      "disputed|denied|rejected|questioned|contested|contradicted"},
     true,
     false},
    {{",", "though|although|but|which|while", "...",
      "denies|deny|denied|disputes|dispute|disputed|rejects|rejected"},
     true,
     false},
    {{",", "though|although|but", "...", "not|never|nobody|none", "claim|claimed"}, true, false},
    {{"is|was|remains|remained", "unclear|unknown|disputed|contested", ","}, true, false},
    {{"could|can", "not", "be", "...", "verified|confirmed|checked"}, false, false},
    {{"impossible|unable|difficult|hard", "to", "verify|confirm|check"}, false, false},
    {{"no", "independent", "confirmation|evidence|account"}, false, false},
    {{"no", "word|agreement|certainty", "on|about", "whether"}, false, false},
    {{"that|the|this", "number|figure|toll|count|total", "could|may|might|would", "be|reach|rise"},
     false,
     true},
    {{"real|true|actual", "number|figure|toll|count|total", "is|was|may|could|might"}, false, true},
};

enum { SIGN_COUNT = sizeof signs / sizeof signs[0] };

/* The word, or the comma, that begins at or after `*at`, lower case; false at the end. */
static bool read_word(const char **at, char word[LETTERS], const char **start)
{
    size_t length = 0;
    while (**at != '\0' && !isalnum((unsigned char)**at) && **at != ',')
        (*at)++;
    *start = *at;
    if (**at == ',')
        word[length++] = *(*at)++;
    else
        for (; isalnum((unsigned char)**at); (*at)++)
            if (length + 1 < LETTERS)
                word[length++] = (char)tolower((unsigned char)**at);
    word[length] = '\0';
    return length > 0;
}

static bool is_among(const char *word, const char *alternatives)
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

/* Does the sign begin with the word at `at`? */
static bool holds(const struct sign *sign, const char *at)
{
    char word[LETTERS];
    const char *start;
    int skipped = -1;
    for (int i = 0; i < 6 && sign->words[i] != NULL;) {
        if (strcmp(sign->words[i], "...") == 0) {
            skipped = 0;
            i++;
        } else if (!read_word(&at, word, &start)) {
            return false;
        } else if (is_among(word, sign->words[i])) {
            skipped = -1;
            i++;
        } else if (skipped < 0 || ++skipped > REACH || word[0] == ',') {
            return false;
        }
    }
    return true;
}

/* The first sign in the sentence, and where it begins; NULL where it has none. */
static const struct sign *find_sign(const char *sentence, const char **at)
{
    char word[LETTERS];
    const char *next = sentence;
    while (read_word(&next, word, at))
        for (int i = 0; i < SIGN_COUNT; i++)
            if (is_among(word, signs[i].words[0]) && holds(&signs[i], *at))
                return &signs[i];
    return NULL;
}

static bool has_digit(const char *text)
{
    while (*text != '\0' && !isdigit((unsigned char)*text))
        text++;
    return *text != '\0';
}

static annals_status visit_sentence(sqlite3_stmt *row, struct arena *arena, doubt_visitor visit,
                                    void *context)
{
    const char *sentence = (const char *)sqlite3_column_text(row, 5), *at;
    const struct sign *sign = sentence != NULL ? find_sign(sentence, &at) : NULL;
    if (sign == NULL || (sign->counted && !has_digit(at)))
        return ANNALS_OK;
    struct doubt doubt = {.name = (const char *)sqlite3_column_text(row, 1),
                          .source = (const char *)sqlite3_column_text(row, 2),
                          .published = (const char *)sqlite3_column_text(row, 3),
                          .sentence = sentence,
                          .start =
                              (uint32_t)sqlite3_column_int64(row, 4) + (uint32_t)(at - sentence),
                          .within = sign->within,
                          .counted = sign->counted};
    record_id_write('r', sqlite3_column_int64(row, 0), doubt.report);
    doubt.before = arena_copy(arena, sentence, (size_t)(at - sentence));
    doubt.words = at + strspn(at, ", ");
    if (doubt.before == NULL)
        return ANNALS_NO_MEMORY;
    annals_status status = visit(context, &doubt);
    arena_reset(arena);
    return status;
}

annals_status doubts_find(struct record *record, doubt_visitor visit, void *context,
                          annals_error *error)
{
    static const char sql[] =
        "SELECT r.report, coalesce(r.name, r.title), coalesce(r.source, r.title, r.name), "
        "r.published, s.start, "
        "CAST(substr(CAST(r.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT) "
        "FROM reports r JOIN sentences s ON s.report = r.report "
        "WHERE NOT EXISTS (SELECT 1 FROM copies p WHERE p.report = r.report) "
        "ORDER BY r.report, s.sentence";
    sqlite3_stmt *row = NULL;
    struct arena arena;
    annals_status status = ANNALS_OK;
    int code = sqlite3_prepare_v2(record->database, sql, -1, &row, NULL);
    arena_init(&arena);
    while (code == SQLITE_OK && status == ANNALS_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        status = visit_sentence(row, &arena, visit, context);
        code = SQLITE_OK;
    }
    if (status == ANNALS_OK && code != SQLITE_DONE)
        status = record_fail(record, "cannot read", error);
    sqlite3_finalize(row);
    arena_release(&arena);
    return status;
}
