/* An episode is what one report tells of one happening: the unit that merging joins. */
#ifndef ANNALS_RECORD_EPISODES_H
#define ANNALS_RECORD_EPISODES_H

#include "bytes/calendar.h"
#include "record/sqlite.h"

/* A set of hashes, ascending, each once. */
struct marks {
    uint32_t *items;
    uint32_t count;
};

/* With what something was done. A bit each: one deed may be done with several. */
enum means { MEANS_AIR = 1, MEANS_SHELLS = 2, MEANS_BOMB = 4, MEANS_GUNS = 8 };

/* A word of an episode, by its hash. */
struct wording {
    uint32_t word, times;
    float weight;
};

struct episode_claim {
    int64_t claim;
    uint32_t episode;
    int64_t place; /* row of the report's places; -1 */
    const char *plover, *mode, *status;
    int32_t first, last; /* DAY_UNKNOWN where it has none */
    bool daily;          /* it is dated to the day */
    bool happening;      /* it tells, as a fact, of something done at one place and time */
    bool control;        /* somewhere changes hands */
    bool located;        /* it names a town of its own, which lies here */
    double latitude, longitude;
};

struct episode {
    int64_t claim;  /* its first claim: the episode's key */
    int64_t report;
    uint32_t number; /* in its report; 0 is the chief one */
    uint32_t table;  /* of an imported table: 1 ACLED, 2 UCDP, whose rows are events of their own; else 0 */
    int32_t published;
    int32_t first, last; /* the days on which it happened; DAY_UNKNOWN */
    bool located;
    bool sited; /* something that happened names the chief place as its own */
    uint32_t means; /* bits of enum means; 0 unknown */
    double latitude, longitude; /* of the chief place */
    int64_t place;              /* row of the report's places; -1 */
    struct wording *words; /* ascending by hash */
    uint32_t word_count;
    float length; /* of the vector of weights */
    struct marks towns, divisions, persons, figures;
};

struct episodes {
    struct arena *arena;
    ARRAY(struct episode) items;        /* in order of report and number */
    ARRAY(struct episode_claim) claims; /* in order of claim */
};

void episodes_init(struct episodes *episodes, struct arena *arena);
/* Reads one report and adds its episodes; without what they are known by (words, places, persons,
 * figures, length) where not `known`. */
annals_status episodes_read(struct record *record, int64_t report, bool known,
                            struct episodes *episodes, annals_error *error);

/* On a server: these reports will be read (store_ahead); does nothing on a file. */
annals_status episodes_expect(struct record *record, const int64_t *reports, uint32_t count,
                              bool known, annals_error *error);

/* How many items two sets share. */
uint32_t marks_shared(const struct marks *left, const struct marks *right);

/* Kilometres between two points of the globe. */
double episodes_distance(double latitude, double longitude, double other_latitude,
                         double other_longitude);

#endif
