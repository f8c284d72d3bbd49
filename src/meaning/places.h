/* What the parts of the stage "places" share: candidates, which are stretches of text that may name
 * a place; options, the places they may name; groups, the candidates of one report that are
 * written alike and mean the same. */
#ifndef ANNALS_MEANING_PLACES_H
#define ANNALS_MEANING_PLACES_H

#include "meaning/place_words.h"

/* What is seen at a candidate, bit by bit. */
enum place_evidence {
    SEEN_LOCATIVE = 1 << 0,        /* after "in", "at", "near" … */
    SEEN_APPROACH = 1 << 1,        /* after "to", "of", "and" … */
    SEEN_DIRECTION = 1 << 2,       /* after "northern" … */
    SEEN_FEATURE_BEFORE = 1 << 3,  /* "the city of" */
    SEEN_FEATURE_AFTER = 1 << 4,   /* "province" */
    SEEN_TITLE_BEFORE = 1 << 5,    /* "Gen." */
    SEEN_GIVEN_BEFORE = 1 << 6,    /* a given name */
    SEEN_CAPITAL_BEFORE = 1 << 7,  /* another name, unknown */
    SEEN_MEMBER_BEFORE = 1 << 8,   /* "University of" */
    SEEN_ORGANISATION_AFTER = 1 << 9,
    SEEN_ROAD_AFTER = 1 << 10,
    SEEN_CAPITAL_AFTER = 1 << 11,  /* another name, unknown */
    SEEN_ROLE_AFTER = 1 << 12,     /* "governor", "President" */
    SEEN_SAYING_AFTER = 1 << 13,
    SEEN_FIRST = 1 << 14,          /* first word of its sentence */
    SEEN_PROPER = 1 << 15,         /* the tagger says proper noun */
    SEEN_NOT_PROPER = 1 << 16,     /* the tagger says something else */
    SEEN_WORD = 1 << 17,           /* is an English word too */
    SEEN_GIVEN = 1 << 18,          /* is a given name too */
    SEEN_SURNAME = 1 << 19,
    SEEN_PERSON = 1 << 20,         /* part of a person's name elsewhere in the report */
    SEEN_INSIDE_OF = 1 << 21,      /* lies in the place named after it: "Paris, Texas" */
    SEEN_AROUND = 1 << 22,         /* holds the place named before it */
    SEEN_DATELINE = 1 << 23,
    SEEN_HYPHEN_AFTER = 1 << 24,   /* "US-led" */
    SEEN_SHORT = 1 << 25,          /* capitals of four letters at most, an acronym perhaps */
    SEEN_CASELESS = 1 << 26,       /* capitals tell nothing here */
    SEEN_SEVERAL = 1 << 27,        /* two words or more */
    SEEN_GOVERNMENT_AFTER = 1 << 28,
    SEEN_UNKNOWN = 1 << 29,        /* not in the gazetteer as written */
    SEEN_LISTED = 1 << 30,         /* in a list with another name */
#define SEEN_OTHER_NAME 0x80000000u /* the stage "names" says person or organisation */
};

struct place_option {
    uint32_t entry;
    bool alternate; /* by another name than its own */
    bool otherwise; /* and one that is not the beginning of its own */
    float position[3]; /* unit vector; zero where it has no coordinates */
    float prior, score, probability;
    uint32_t next_likely; /* the next option of its group that may be meant, or NONE */
};

struct place_candidate {
    struct token_range tokens;
    uint64_t key;
    struct posting_range postings;
    uint32_t single;      /* entry of an abbreviation or adjective, or NO_ENTRY */
    const char *classes;  /* of the feature word beside it, or NULL */
    bool people_after;    /* "a Paris man", "Paris police" */
    bool make_after;      /* "Black Hawk helicopters" */
    bool ground;          /* said of towns: "overran Karsa", "Karsa fell to the rebels" */
    uint32_t container;   /* candidate that should hold it, or NONE */
    bool container_close; /* only a comma between them */
    uint32_t group;
    uint32_t evidence;    /* bits of enum place_evidence */
    bool kind_inside;     /* the name itself ends in a kind of place: "Hall County" */
    enum place_use use;
    float certainty;
    bool accepted;
    bool stray; /* named in a local report after what lies far from it (places_strays.c) */
};

struct place_group {
    uint64_t key;
    const char *classes;
    uint32_t container; /* group of the place that holds it, or NONE */
    uint32_t first_option, option_count;
    uint32_t first_likely; /* option that may be meant, or NONE */
    uint32_t candidates; /* 0: where the report seems to be from (places_home.c) */
    uint32_t best;      /* option, or NONE */
    uint32_t located;   /* candidates that stand where a place does: "in London", "London, Ky." */
    float weight;       /* how surely it is a place, before others are looked at */
    float support;      /* how well the best option fits the other places */
    float margin;       /* probability of the best option */
};

struct place_work {
    const struct place_knowledge *knowledge;
    struct document *document;
    struct arena *scratch;
    bool has_tags, caseless, upper; /* of the whole report */
    ARRAY(struct place_candidate) candidates;
    ARRAY(struct place_group) groups;
    ARRAY(struct place_option) options;
    struct phrases persons; /* words of persons' names */
};

/* places_find.c: fills `candidates`, `persons`. */
void places_find(struct place_work *work);
/* places_ground.c: what is said of the name is said of towns. */
bool place_is_ground(const struct place_work *work, const struct sentence *sentence,
                     struct token_range range);
bool place_is_left(const struct place_work *work, const struct sentence *sentence, uint32_t first);
/* "el-Fasher": a small article, a hyphen and a name begin at the token. */
bool place_has_article(const struct place_work *work, uint32_t at, uint32_t end);
/* places_roads.c: sees streets that are named without their word. */
void places_find_roads(struct place_work *work);
/* places_home.c: adds groups without candidates for where the report seems to be from. */
void places_find_home(struct place_work *work);
/* places_resolve.c: fills groups and options and chooses among them. */
void places_resolve(struct place_work *work);
/* places_variants.c: gives candidates that the gazetteer lacks the place of the nearest spelling. */
void places_find_variants(struct place_work *work);
/* Chooses again, with the variants. */
void places_resolve_variants(struct place_work *work);
/* places_strays.c: which of the accepted candidates are named after a town far away. */
void places_find_strays(struct place_work *work);
/* Once the document has its places: parts of towns that the gazetteer lacks lie where their town does. */
void places_resolve_parts(struct place_work *work);
/* places_judge.c: decides which candidates are places, and of what use. */
void places_judge(struct place_work *work);
/* places_relation.c: the relation of the text to the place, or NULL; whether it is a place nearby. */
const char *places_relation(const struct place_work *work, const struct place_candidate *candidate);

/* The chosen entry of a candidate, or NULL. */
const struct gazetteer_entry *place_choice(const struct place_work *work,
                                           const struct place_candidate *candidate);
/* A post town of our own table, of under 500 people (tools/list-post-towns.mjs). */
static inline bool place_is_hamlet(const struct gazetteer_entry *entry, const char *feature)
{
    return entry->id < 0 && entry->population < 500 && feature[0] == 'P' && feature[1] == 'P' &&
           feature[2] == 'L';
}
/* Kinds of a token's word. */
static inline uint32_t place_kinds(const struct place_work *work, uint32_t token)
{
    return place_word_find(work->knowledge, work->document->tokens.items[token].hash)->kinds;
}

#endif
