/* Who holds which place: periods of control, computed from the claims on each place.
 *
 * control_periods.c makes the periods of one place out of its claims and knows no database;
 * control.c finds the places, reads their claims and answers a query. */
#ifndef ANNALS_RECORD_CONTROL_H
#define ANNALS_RECORD_CONTROL_H

#include "record/record.h"

enum control_move {
    /* In the order in which those of one day are taken. */
    MOVE_YIELDS, /* surrenders or withdraws there: held it, if somebody else takes it then */
    MOVE_LOSES,
    MOVE_HOLDS,
    MOVE_SHARES,
    MOVE_CONTESTS,
    MOVE_TAKES,
};

/* What one claim says of a place. Days are those of calendar.h, DAY_UNKNOWN where unknown. */
struct control_word {
    int64_t claim;
    enum control_move change;
    int32_t first, last;  /* when; `last` is known in all that count */
    const char *side;     /* of the holder, the same string for the same side; NULL: not named */
    const char *holder;   /* its name */
    const char *precision;
    bool unconfirmed; /* only the holder says so, or it is merely alleged */
    bool weak;        /* without a day of its own: known on the day of publication */
    bool denied;      /* says that the change did not happen */
    bool past;        /* holds, and is told long after: says nothing of later days */
    bool implied;     /* follows from what is told: a holding from a loss to come or one that failed,
                         a taker from the other takings of the report */
    const struct control_word *denial; /* set by control_periods: denies this one; or NULL */
};

enum control_status {
    CONTROL_UNKNOWN,
    CONTROL_HELD,
    CONTROL_CONTESTED, /* fought over; the holder, if any, is the last known */
    CONTROL_SHARED,
    CONTROL_CLAIMED,   /* only the holder itself says so */
    CONTROL_DISPUTED,  /* reports differ, or a claim is denied */
};

/* "held", "contested", …; static. */
const char *control_status_name(enum control_status status);

struct control_party {
    const char *side, *name;
};

enum { CONTROL_PARTIES = 4 };

struct control_period {
    enum control_status status;
    struct control_party holders[CONTROL_PARTIES]; /* one; several where shared; none: unknown */
    uint32_t holder_count;
    struct control_party rivals[CONTROL_PARTIES]; /* who contests or claims it */
    uint32_t rival_count;
    int32_t begin, end;              /* days it answers for, inclusive; INT32_MAX: open */
    int32_t since_first, since_last; /* taken between these days; DAY_UNKNOWN where not told */
    const char *precision;           /* of that */
    struct control_party before;     /* who held it before it was unknown or claimed; or NULL */
    bool lost;                       /* unknown because a loss is told */
    int32_t last_word;               /* day of the newest claim behind it; DAY_UNKNOWN: none yet */
    bool objected;                   /* somebody denies what it rests on */
    ARRAY(const struct control_word *) words;   /* what it rests on */
    ARRAY(const struct control_word *) against; /* denials, and words that it outweighs */
};

struct control_history {
    ARRAY(struct control_period) periods; /* by time, without overlap; gaps are unknown */
};

/* A month: how far a word on who held a place reaches where the reports tell of another holder
 * without telling the change; docs/record.md says why. */
enum { CONTROL_REACH = 31 };

/* Makes the periods out of `words`, which it sorts and marks. Memory comes from `arena`. */
void control_periods(struct arena *arena, struct control_word *words, uint32_t count,
                     struct control_history *history);
/* Does the holder follow only from what is told of others (words that are implied)? */
bool control_is_inferred(const struct control_period *period);
/* The period that answers for a day; NULL where nothing is known of it. */
const struct control_period *control_on(const struct control_history *history, int32_t day);

/* The newest word on which a period rests that is of that day or before; where all are later, the
 * first. NULL for no period. */
const struct control_word *control_newest(const struct control_period *period, int32_t day);

/* ------------------------------------------------------------------ asking */

/* How a place stands to the one that was asked about. */
enum control_relation { CONTROL_ASKED, CONTROL_AROUND, CONTROL_INSIDE };

struct control_place {
    const char *key;         /* within the record */
    struct record_place place;
    enum control_relation relation;
    int32_t on, as_of;       /* DAY_UNKNOWN: not limited */
    struct control_history history;
    const struct control_period *period; /* of the day asked; NULL: nothing is known */
    const char *witness;     /* "Mayor Sand, in Morning Post": the newest word of it; or NULL */
    ARRAY(int64_t) undated;  /* claims without any day */
};

/* Lives until the visitor returns. */
typedef annals_status (*control_visitor)(void *context, const struct control_place *place);

/* Tells of the place `query->id`, of what it lies in and of what lies in it; without `id` of all
 * places that `query->place` (a country, province, district; NULL: everywhere) holds and of which a
 * claim speaks. `query->on` NULL: the day of the newest report. `query->history`: only the place
 * itself. ANNALS_NOT_FOUND where the record names no such place, ANNALS_WRONG_USE for a wrong day. */
annals_status record_control(struct record *record, const annals_query *query,
                             control_visitor visit, void *context, annals_error *error);

/* A claim by its key, with all that belongs to it, in `arena`. */
annals_status record_claim_of(struct record *record, int64_t key, struct arena *arena,
                              struct record_claim *claim, annals_error *error);

#endif
