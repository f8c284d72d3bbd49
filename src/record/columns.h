/* What surveys ask of each claim and act, as arrays in memory: for a server that answers many
 * surveys of one state of a record. Read from the record at once, shared by connections, never
 * changed.
 *
 * Texts are numbers of `texts`, in which NULL is 0; days are numbers of `days`, in the order of the
 * calendar, of which 0 is NULL. */
#ifndef ANNALS_RECORD_COLUMNS_H
#define ANNALS_RECORD_COLUMNS_H

#include "record/filters.h"
#include "record/survey.h"

#include <stdatomic.h>

/* A place or an actor under one of its names. */
struct column_face {
    uint32_t identity, folded, name;
};

#define COLUMN_NO_ACT UINT32_MAX

struct column_claim {
    int64_t key;
    uint32_t act; /* number in `acts`, or COLUMN_NO_ACT */
    uint32_t first, last, published;
    uint32_t source, plover, mode, status;
    /* Faces, 0 where there is none: where it happened, else where control is told of; the latter;
     * who holds it. */
    uint32_t place, control_place, holder;
    uint32_t
        participants; /* the first, in `participants`; they end where those of the next begin */
};

struct column_act {
    int64_t key, event;
    uint32_t first, last, known;
    uint32_t plover, mode, status, place, feature, country;
    double latitude, longitude; /* NAN: unknown */
    uint32_t claims;
    int32_t rank; /* below 0: unknown */
};

/* An act in a listing, under the claim that it is named for. */
struct column_listed {
    int64_t key;
    uint32_t act; /* number in `acts` */
    uint32_t first, last;
};

/* Strings by number: a hash table that only grows. */
struct column_names {
    ARRAY(const char *) items;
    uint32_t *slots, slot_count;
};

struct record_columns {
    struct arena arena;
    atomic_uint users;
    struct column_names texts, days, place_names, actor_names;
    ARRAY(struct column_face) places, actors;
    struct column_claim *claims;  /* by key */
    struct column_act *acts;      /* in the order of their days */
    struct column_listed *listed; /* in the order of a listing */
    uint32_t *participants;       /* faces */
    uint32_t claim_count, act_count, participant_count, listed_count;
};

/* The survey out of the columns; ANNALS_OK with `*done` false where it is none of theirs. */
annals_status columns_survey(const struct record_columns *columns, enum record_survey survey,
                             struct filters *filters, const annals_query *query,
                             const struct record_table *table, bool *done, annals_error *error);

/* The keys of the acts of a listing, in its order: those that it shows of `offset` and `limit`.
 * Lives in `arena`. */
annals_status columns_list_acts(const struct record_columns *columns, struct filters *filters,
                                const annals_query *query, struct arena *arena, int64_t **keys,
                                uint32_t *count, annals_error *error);

#endif
