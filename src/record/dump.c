/* Lists every row that depends on the reports alone: for tests that two records are the same, and
 * for people who want to compare two. Leaves out the search tables (made of the others), `control_claims` (likewise) and the
 * hour of retrieval (a clock's word). */
#include "record/sqlite.h"

#include "bytes/buffer.h"

static const char *const lists[][2] = {
    {"versions", "SELECT * FROM versions ORDER BY 1"},
    {"reports", "SELECT * FROM reports ORDER BY 1"},
    {"originals", "SELECT report, encoding, size, hex(bytes) FROM originals ORDER BY 1"},
    {"sightings", "SELECT report, path FROM sightings ORDER BY 1, 2"},
    {"blocks", "SELECT * FROM blocks ORDER BY 1, 2"},
    {"sentences", "SELECT * FROM sentences ORDER BY 1, 2"},
    {"times", "SELECT * FROM times ORDER BY 1, 2"},
    {"places", "SELECT * FROM places ORDER BY 1, 2"},
    {"actors", "SELECT * FROM actors ORDER BY 1, 2"},
    {"actor_mentions", "SELECT * FROM actor_mentions ORDER BY 1, 3, 4, 2"},
    {"claims", "SELECT * FROM claims ORDER BY 1"},
    {"participants", "SELECT * FROM participants ORDER BY 1, 2, 3"},
    {"counts", "SELECT * FROM counts ORDER BY 1, 2"},
    {"according_to", "SELECT * FROM according_to ORDER BY 1, 2"},
    {"events", "SELECT * FROM events ORDER BY 1"},
    {"event_claims", "SELECT * FROM event_claims ORDER BY 1"},
    {"unmerged", "SELECT * FROM unmerged ORDER BY 1"},
    {"joins", "SELECT * FROM joins ORDER BY 1, 2"},
    {"copies", "SELECT * FROM copies ORDER BY 1"},
    {"links", "SELECT * FROM links ORDER BY 1, 2, 3"},
};

static void add_value(struct buffer *line, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    int length = sqlite3_column_bytes(statement, column);
    if (text == NULL)
        buffer_add_string(line, "\\N");
    for (int i = 0; text != NULL && i < length; i++) {
        if (text[i] == '\n')
            buffer_add_string(line, "\\n");
        else if (text[i] == '\t')
            buffer_add_string(line, "\\t");
        else if (text[i] == '\\')
            buffer_add_string(line, "\\\\");
        else
            buffer_add_byte(line, text[i]);
    }
}

static annals_status dump_list(struct record *record, const char *name, const char *sql,
                               annals_sink sink, void *context, annals_error *error)
{
    sqlite3_stmt *statement = NULL;
    struct buffer line;
    buffer_init(&line);
    annals_status status = ANNALS_OK;
    int code = sqlite3_prepare_v2(record->database, sql, -1, &statement, NULL);
    while (status == ANNALS_OK && code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        buffer_clear(&line);
        buffer_add_string(&line, name);
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            buffer_add_byte(&line, '\t');
            add_value(&line, statement, i);
        }
        buffer_add_byte(&line, '\n');
        if (line.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (!sink(context, line.bytes, line.length))
            status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    }
    /* sqlite3_reset tells again what the last step said. */
    if (status == ANNALS_OK && (statement == NULL || sqlite3_reset(statement) != SQLITE_OK))
        status = record_fail(record, "cannot read", error);
    sqlite3_finalize(statement);
    buffer_release(&line);
    return status;
}

annals_status record_dump(struct record *record, annals_sink sink, void *context,
                          annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof lists / sizeof lists[0]; i++)
        status = dump_list(record, lists[i][0], lists[i][1], sink, context, error);
    return status;
}
