/* A report at hand, read into rows, and the parts that its claims are told apart into. */
#ifndef ANNALS_RECORD_PARTING_H
#define ANNALS_RECORD_PARTING_H

#include "record/episodes.h"

/* A place name of the report at hand. */
struct spot {
    uint32_t start;
    int64_t town; /* geonameid; 0 where it is no town or site */
    double latitude, longitude;
    uint32_t division; /* hash of country and province; 0 unknown */
    bool beside; /* what is meant lies north, south … of it */
    bool alone;  /* a settlement, itself and not what is near it, and no other town in its sentence */
};

struct claim_row {
    int64_t claim, place;
    uint32_t start, sentence;
    const char *plover, *mode, *status;
    int32_t first, last;
    bool dated; /* by the text's own words, not by its publication */
    bool daily, control, counts;
    bool told; /* its day stands in its own sentence */
    bool agent;
    uint32_t means; /* bits of enum means */
    uint32_t part;
};

/* An episode in the making: the places and days that its claims name. */
struct part {
    ARRAY(uint32_t) spots;
    ARRAY(uint32_t) dated; /* rows of claims */
    ARRAY(uint32_t) deeds; /* of those that tell of violence */
};

struct reader {
    struct record *record;
    struct arena *arena, scratch; /* scratch is one report's */
    struct episodes *episodes;
    int64_t report;
    bool known; /* what an episode is known by is wanted too */
    uint32_t table; /* of an imported row: which table */
    int32_t published;
    const char *title, *text;
    int length;
    ARRAY(struct spot) spots;
    ARRAY(struct claim_row) claims;
    ARRAY(struct byte_span) sentences;
    ARRAY(struct part) parts;
};

/* Does the claim tell of something as a fact? */
bool parting_is_factual(const struct claim_row *claim);

/* Does the claim tell of something that happens at one place and time? */
bool parting_is_happening(const struct claim_row *claim);

/* The town or site that the claim names; NULL where it names none. */
const struct spot *parting_town(const struct reader *reader, const struct claim_row *claim);

/* Gives every claim of the report its part. */
void parting_find(struct reader *reader);

#endif
