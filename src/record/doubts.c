/* Finds sentences in which a report itself says that what it tells is disputed, unknown or cannot be
 * checked ("a figure disputed by the government"), or in which it gives another number for what it has
 * just counted ("that number could be as high as 15,000").
 *
 * A sign is a run of words; one that speaks of what stands before it in its own sentence is marked so.
 * Only sentences with a sign are read out, so the cost is that of one walk over the texts. Left out:
 * doubt that has none of these words. */
#include "record/doubts.h"

#include <ctype.h>

static const struct sign {
    const char *words;
    bool within, counted;
} signs[] = {
    {", a figure disputed by", true, false},
    {", a claim disputed by", true, false},
    {", a claim denied by", true, false},
    {", a claim rejected by", true, false},
    {", a figure rejected by", true, false},
    {", which the government denies", true, false},
    {", which the army denies", true, false},
    {", though they do not claim", true, false},
    {", though they did not claim", true, false},
    {", though it did not claim", true, false},
    {", although no group has claimed", true, false},
    {", but no group has claimed", true, false},
    {", a claim that could not be", true, false},
    {" is unclear, ", true, false},
    {"no word on whether", false, false},
    {"could not be independently verified", false, false},
    {"could not be independently confirmed", false, false},
    {"could not be verified", false, false},
    {"impossible to verify", false, false},
    {"no independent confirmation", false, false},
    {"no knowledge of", false, false},
    {"that number could be", false, true},
    {"that figure could be", false, true},
    {"the number could be", false, true},
    {"the figure could be", false, true},
    {"the real number is", false, true},
    {"the true number is", false, true},
    {"the true figure", false, true},
    {"the real figure", false, true},
    {"put the number at", false, true},
    {"put the figure at", false, true},
    {"puts the number at", false, true},
    {"puts the figure at", false, true},
};

enum { SIGN_COUNT = sizeof signs / sizeof signs[0] };

static bool begins(const char *text, const char *words)
{
    for (; *words != '\0'; words++, text++)
        if (tolower((unsigned char)*text) != tolower((unsigned char)*words))
            return false;
    return true;
}

/* The first sign in the sentence, and where it begins; NULL where it has none. */
static const struct sign *find_sign(const char *sentence, const char **at)
{
    for (*at = sentence; **at != '\0'; (*at)++)
        for (int i = 0; i < SIGN_COUNT; i++)
            if (tolower((unsigned char)**at) == signs[i].words[0] && begins(*at, signs[i].words))
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
                          .start = (uint32_t)sqlite3_column_int64(row, 4) + (uint32_t)(at - sentence),
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
