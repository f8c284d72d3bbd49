/* Which statements are gathered on their way to PostgreSQL, and how many of one are written as one.
 *
 * A statement that only puts a row in becomes a row of a COPY; one that changes rows becomes one
 * that changes as many as there are elements in its arrays. All are such that their order among
 * each other does not matter but for that of this list. A statement that is worded otherwise than
 * here is written by itself, so nothing breaks where one is changed; a test says so. */
#include "record/gathered_forms.h"

#include <stddef.h>
#include <string.h>

#define ROWS(table, types)                                                                         \
    {                                                                                              \
        "INSERT INTO " table " VALUES (", table, types, NULL                                       \
    }
/* Rows that lie together. */
#define PACKED(table, columns, types, packs)                                                       \
    {                                                                                              \
        "INSERT INTO " table " VALUES (", table " (" columns ")", types, NULL, packs               \
    }

const struct gathered_form gathered_forms[] = {
    {"INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?)", NULL, "ittt",
     "INSERT INTO versions SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING"},
    {"DELETE FROM joins WHERE claim = ?", NULL, "i", "DELETE FROM joins WHERE claim = ANY ($1)"},
    {"DELETE FROM copies WHERE report = ?", NULL, "i",
     "DELETE FROM copies WHERE report = ANY ($1)"},
    /* What is put in. */
    ROWS("reports", "itttttttttiiti"),
    ROWS("digests", "ii"),
    ROWS("originals", "itib"),
    PACKED("blocks", "report, block, kind, start, stop, continues", "iITIII", "block_packs"),
    PACKED("sentences", "report, sentence, start, stop, heading", "iIIII", "sentence_packs"),
    PACKED("times", "report, time, start, stop, type, value, first, last, anchor", "iIIITTTTT",
           "time_packs"),
    ROWS("places", "iiiittiddttttiittd"),
    ROWS("actors", "iitttttttti"),
    {"INSERT OR IGNORE INTO actor_mentions VALUES (?, ?, ?, ?)",
     "actor_mentions (report, actor, start, stop)", "iIII", NULL, "actor_mention_packs"},
    ROWS("claims", "iiiiitttttittttttiidttti"),
    ROWS("participants", "itiiiit"),
    ROWS("counts", "iittddii"),
    ROWS("according_to", "iiiiiii"),
    {"INSERT INTO events (event, first, last, plover, place_report, place) VALUES (", "events",
     "itttii", NULL},
    {"INSERT INTO event_claims (claim, event, act) VALUES (", "event_claims (claim, event, act)",
     "iii", NULL},
    {"INSERT INTO report_search (rowid, title, text) VALUES (?, ?, ?)", "report_search", "iw",
     NULL},
    {"INSERT INTO claim_search (rowid, sentence) VALUES (?, ?)",
     "claim_search (rowid, words, apart)", "iwx", NULL},
    {"INSERT INTO episodes (episode, features, cluster, level) VALUES (", "episodes", "ibii", NULL},
    {"INSERT INTO cells (cell, place, episode, published) VALUES (", "cells", "iiii", NULL},
    ROWS("joins", "iidddddddddt"),
    ROWS("copies", "ii"),
    /* What is changed. */
    {"UPDATE episodes SET cluster = ?2, level = ?3 WHERE episode = ?1", NULL, "iii",
     "UPDATE episodes e SET cluster = n.cluster, level = n.level FROM unnest($1, $2, $3) n "
     "(episode, cluster, level) WHERE e.episode = n.episode"},
    {"INSERT INTO likenesses (episode, others) VALUES (?1, ?2) ON CONFLICT (episode) DO UPDATE SET "
     "others = ?2",
     NULL, "ib",
     "INSERT INTO likenesses (episode, others) SELECT * FROM unnest($1, $2) ON CONFLICT (episode) "
     "DO UPDATE SET others = EXCLUDED.others"},
    {"DELETE FROM likenesses WHERE episode = ?", NULL, "i",
     "DELETE FROM likenesses WHERE episode = ANY ($1)"},
    {"INSERT INTO events (event, first, last, plover, place_report, place) VALUES (?1, ?2, ?3, ?4, "
     "?5, ?6) ON CONFLICT (event) DO UPDATE SET first = ?2, last = ?3, plover = ?4, place_report = "
     "?5, place = ?6 WHERE events.first IS NOT ?2 OR events.last IS NOT ?3 OR events.plover IS NOT "
     "?4 OR events.place_report IS NOT ?5 OR events.place IS NOT ?6",
     NULL, "itttii",
     "INSERT INTO events (event, first, last, plover, place_report, place) SELECT * FROM "
     "unnest($1, $2, $3, $4, $5, $6) ON CONFLICT (event) DO UPDATE SET first = EXCLUDED.first, "
     "last = EXCLUDED.last, plover = EXCLUDED.plover, place_report = EXCLUDED.place_report, "
     "place = EXCLUDED.place WHERE (events.first, events.last, events.plover, "
     "events.place_report, events.place) IS DISTINCT FROM (EXCLUDED.first, EXCLUDED.last, "
     "EXCLUDED.plover, EXCLUDED.place_report, EXCLUDED.place)"},
    {"INSERT INTO event_claims (claim, event, act) VALUES (?1, ?2, ?3) ON CONFLICT (claim) DO "
     "UPDATE SET event = ?2, act = ?3 WHERE event_claims.event IS NOT ?2 OR event_claims.act IS "
     "NOT ?3",
     NULL, "iii",
     "INSERT INTO event_claims (claim, event, act) SELECT * FROM unnest($1, $2, $3) ON CONFLICT "
     "(claim) DO UPDATE SET event = EXCLUDED.event, act = EXCLUDED.act WHERE (event_claims.event, "
     "event_claims.act) IS DISTINCT FROM (EXCLUDED.event, EXCLUDED.act)"},
    {"DELETE FROM events WHERE event = ?1 AND NOT EXISTS (SELECT 1 FROM event_claims WHERE event = "
     "?1)",
     NULL, "i",
     "DELETE FROM events e WHERE event = ANY ($1) AND NOT EXISTS (SELECT 1 FROM event_claims l "
     "WHERE l.event = e.event)"},
    {"DELETE FROM unmerged WHERE report = ?", NULL, "i",
     "DELETE FROM unmerged WHERE report = ANY ($1)"},
    {"INSERT OR IGNORE INTO sightings VALUES (?, ?, ?)", NULL, "itt",
     "INSERT INTO sightings SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING"},
    /* Out of the rows of actors and places. */
    {"actor_names", NULL, "tttttt", "SELECT name_actors($1, $2, $3, $4, $5, $6)"},
    {"place_names", NULL, "ttiddtttt", "SELECT name_places($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    {"INSERT OR IGNORE INTO unmerged VALUES (?)", NULL, "i", "SELECT mark_unmerged($1)"},
    {NULL, NULL, NULL, NULL, NULL},
};

_Static_assert(sizeof gathered_forms / sizeof gathered_forms[0] == GATHERED_FORMS + 1,
               "the header tells how many");

/* Whether the words from `at` on are parameters and the end: "?, ?)". */
static int are_parameters(const char *at)
{
    return at[strspn(at, "?, ")] == ')' && at[strspn(at, "?, ") + 1] == '\0';
}

/* Rows carried from another record are told with the names of their columns. */
static int is_carried(const struct gathered_form *form, const char *sql)
{
    static const char head[] = "INSERT INTO ", values[] = " VALUES (";
    size_t length = form->packs != NULL ? strlen(form->table) : 0;
    if (length == 0 || strncmp(sql, head, sizeof head - 1) != 0)
        return 0;
    sql += sizeof head - 1;
    return strncmp(sql, form->table, length) == 0 &&
           strncmp(sql + length, values, sizeof values - 1) == 0 &&
           are_parameters(sql + length + sizeof values - 1);
}

static int is_of(const struct gathered_form *form, const char *sql)
{
    size_t length = strlen(form->sql);
    if (strncmp(sql, form->sql, length) != 0)
        return is_carried(form, sql);
    return sql[length] == '\0' || (form->sql[length - 1] == '(' && are_parameters(sql + length));
}

int gathered_form_of(const char *sql)
{
    for (int i = 0; gathered_forms[i].sql != NULL; i++)
        if (is_of(&gathered_forms[i], sql))
            return i;
    return -1;
}
