/* Lists every row that depends on the reports alone: for tests that two records are the same, and
 * for people who want to compare two. What people decided is listed apart at the end, and shows in
 * the events. Leaves out the search tables and `control_claims` (made of the others), older codings, how
 * the originals are packed (their SHA-256 is that of the reports), and the hours of retrieval and decision
 * (a clock's word). */
#include "record/kept.h"

#include "bytes/buffer.h"

static const char *const lists[][2] = {
    /* Versions of older codings are no part of the sameness. */
    {"versions",
     "SELECT * FROM versions WHERE version IN (SELECT version FROM reports) ORDER BY 1"},
    {"reports", "SELECT * FROM reports ORDER BY 1"},
    {"originals", "SELECT report, encoding = 'text', size FROM originals ORDER BY 1"},
    {"sightings", "SELECT report, path FROM sightings ORDER BY 1, 2"},
    {"blocks", "SELECT * FROM blocks ORDER BY 1, 2"},
    {"sentences", "SELECT * FROM sentences ORDER BY 1, 2"},
    {"times", "SELECT * FROM times ORDER BY 1, 2"},
    {"places", "SELECT * FROM places WHERE place < 1000000 ORDER BY 1, 2"},
    {"actors", "SELECT * FROM actors WHERE actor < 1000000 ORDER BY 1, 2"},
    {"actor_mentions", "SELECT * FROM actor_mentions ORDER BY 1, 3, 4, 2"},
    /* As they were coded, whatever people decided. */
    {"claims", NULL},
    {"participants", NULL},
    {"counts", NULL},
    {"according_to", "SELECT * FROM according_to ORDER BY 1, 2"},
    {"events", "SELECT * FROM events ORDER BY 1"},
    {"event_claims", "SELECT * FROM event_claims ORDER BY 1"},
    {"unmerged", "SELECT * FROM unmerged ORDER BY 1"},
    {"joins", "SELECT * FROM joins ORDER BY 1, 2"},
    {"copies", "SELECT * FROM copies ORDER BY 1"},
    {"episodes", "SELECT episode, hex(features), cluster, level FROM episodes ORDER BY 1"},
    {"cells", "SELECT * FROM cells ORDER BY 1, 2, 3"},
    {"digests", "SELECT * FROM digests ORDER BY 1"},
    {"likenesses", "SELECT episode, hex(others) FROM likenesses ORDER BY 1"},
    {"links", "SELECT * FROM links ORDER BY 1, 2, 3"},
    {"decisions", "SELECT decision, kind, author, reason, slot, was, value, undoes FROM decisions "
                  "ORDER BY 1"},
    {"decision_targets", "SELECT * FROM decision_targets ORDER BY 1, 2"},
    {"decision_places", "SELECT * FROM decision_places ORDER BY 1"},
};

static void add_value(struct buffer *line, struct store_statement *statement, int column)
{
    const char *text = store_text(statement, column);
    int length = store_bytes(statement, column);
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
    struct store_statement *statement = NULL;
    struct buffer line;
    buffer_init(&line);
    annals_status status = ANNALS_OK;
    int code = store_prepare(record->database, sql, &statement);
    while (status == ANNALS_OK && code == STORE_OK && store_step(statement) == STORE_ROW) {
        buffer_clear(&line);
        buffer_add_string(&line, name);
        for (int i = 0; i < store_columns(statement); i++) {
            buffer_add_byte(&line, '\t');
            add_value(&line, statement, i);
        }
        buffer_add_byte(&line, '\n');
        if (line.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
        else if (!sink(context, line.bytes, line.length))
            status = error_set(error, ANNALS_CANNOT_WRITE, "the output could not be written");
    }
    /* store_reset tells again what the last step said. */
    if (status == ANNALS_OK && (statement == NULL || store_reset(statement) != STORE_OK))
        status = record_fail(record, "cannot read", error);
    store_finalize(statement);
    buffer_release(&line);
    return status;
}

/* The rows of a table that people may amend, as coded. */
static annals_status dump_coded(struct record *record, const char *name, annals_sink sink,
                                void *context, annals_error *error)
{
    struct buffer sql;
    const struct kept_table *table = kept_table(name);
    buffer_init(&sql);
    buffer_print(&sql,
                 "SELECT %s FROM %s WHERE claim NOT IN (SELECT claim FROM kept_claims WHERE "
                 "coding = 0) UNION ALL SELECT %s FROM kept_%s WHERE coding = 0 ORDER BY 1, 2, 3",
                 table->columns, name, table->columns, name);
    annals_status status = sql.failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                                      : dump_list(record, name, sql.bytes, sink, context, error);
    buffer_release(&sql);
    return status;
}

annals_status record_dump(struct record *record, annals_sink sink, void *context,
                          annals_error *error)
{
    annals_status status = ANNALS_OK;
    for (size_t i = 0; status == ANNALS_OK && i < sizeof lists / sizeof lists[0]; i++)
        status = lists[i][1] != NULL
                     ? dump_list(record, lists[i][0], lists[i][1], sink, context, error)
                     : dump_coded(record, lists[i][0], sink, context, error);
    return status;
}
