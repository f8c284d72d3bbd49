/* The document: one report in memory with everything found in it so far.
 *
 * It holds, it computes nothing. Each stage writes one layer (arrays of plain structs that refer to
 * each other by index) and no stage alters another's. All memory is in the document's arena.
 * Positions are byte spans of `text`; indexes of tokens, sentences and the rest count through the
 * whole document. NONE stands for "no such item", NULL for an unknown string, DAY_UNKNOWN for an
 * unknown day. */
#ifndef ANNALS_DOCUMENT_DOCUMENT_H
#define ANNALS_DOCUMENT_DOCUMENT_H

#include "bytes/arena.h"
#include "bytes/array.h"
#include "bytes/calendar.h"
#include "bytes/span.h"
#include "document/claim.h"
#include "document/grammar.h"

#define NONE UINT32_MAX

/* [first, end) of a document's tokens. */
struct token_range {
    uint32_t first, end;
};

/* ------------------------------------------------------------------ what the report says of itself */

enum block_kind {
    BLOCK_BODY,      /* running text: the only kind that becomes sentences, with headings */
    BLOCK_TITLE,     /* the report's own title */
    BLOCK_HEADING,   /* a heading inside the text, also a summary line below the title */
    BLOCK_BYLINE,    /* who wrote it */
    BLOCK_DATE,      /* when it was published */
    BLOCK_DATELINE,  /* "MAZAR-E SHARIF, Afghanistan (CNN) --" at the head of a paragraph */
    BLOCK_CAPTION,   /* what a picture shows */
    BLOCK_FURNITURE, /* navigation, sharing, related links, contact, advertising: not the report */
};

/* A stretch of text of one kind: a paragraph, or part of one. Blocks are sorted and do not overlap;
 * text between blocks is white space. */
struct block {
    struct byte_span span;
    enum block_kind kind;
    bool continues; /* body: goes on the sentence of the body block before it, across furniture */
};

/* How a publication date was come by, for the record and for people who doubt it. */
enum date_source {
    DATE_UNKNOWN,
    DATE_GIVEN,    /* by whoever handed the report in */
    DATE_METADATA, /* JSON-LD, OpenGraph, meta elements, feeds */
    DATE_PRINTED,  /* printed in the page: byline, dateline, URL */
    DATE_INFERRED, /* follows from dates in the text, with little doubt */
};

struct report_facts {
    const char *id;
    const char *title, *source, *url, *byline, *language; /* NULL where unknown */
    int32_t published;                                    /* day, or DAY_UNKNOWN */
    enum date_source published_from;
    struct byte_span published_span; /* where it is printed; empty where it is not */
    float published_certainty;       /* 0 to 1; 0 where it is unknown */
    int32_t retrieved;               /* when it was fetched: it is not newer; or DAY_UNKNOWN */
    const char *charset, *format;    /* what it came in; NULL where nobody says */
    uint64_t replaced;               /* bytes that no charset explained, replaced by U+FFFD */
    const char *original;            /* the bytes it came as; NULL where they are the text itself */
    size_t original_length;
};

/* ------------------------------------------------------------------ language */

struct sentence {
    struct byte_span span;
    struct token_range tokens;
    uint32_t block; /* index of the block that holds it */
    bool heading;   /* title or heading: often without verb or full stop */
};

/* Flags of a token's form. */
enum {
    TOKEN_JOINED = 1,       /* same surface token as the one before it ("do" + "n't") */
    TOKEN_SPACE_BEFORE = 2, /* white space, or the block's start, stands before it */
    TOKEN_CAPITALISED = 4,  /* begins with a capital, not all capitals */
    TOKEN_ALL_CAPITALS = 8, /* two letters or more, all capitals */
    TOKEN_NUMBER = 16,      /* digits, perhaps with , . : / */
    TOKEN_PUNCTUATION = 32, /* no letter and no digit */
    TOKEN_HYPHEN = 64,      /* a hyphen or dash alone */
    TOKEN_QUOTED = 128,     /* inside a quotation */
};

struct word_listing;

struct token {
    struct byte_span span;
    uint32_t sentence;
    uint16_t flags;
    uint16_t folded_length;
    const char *folded; /* lower case, no accents, plain quotes (utf8_fold); NUL-terminated */
    uint64_t hash;      /* hash_bytes of `folded`: key of dictionaries */
    /* Given by the tagger: */
    enum word_class upos;
    uint32_t features;      /* bits of enum word_feature */
    const char *lemma;      /* lower case except names; NUL-terminated */
    uint64_t lemma_hash;    /* hash_bytes of the folded lemma */
    const struct word_listing *listed, *lemma_listed; /* word_lists.h: of form and lemma; NULL: in none */
    /* Given by the parser: */
    uint32_t head;          /* index of the head token; NONE for the root of a sentence */
    enum relation relation; /* to the head */
};

enum name_kind { NAME_PERSON, NAME_ORGANISATION, NAME_PLACE, NAME_NATIONALITY, NAME_OTHER };

/* A proper name, the longest span that is one name. */
struct name {
    struct token_range tokens;
    struct byte_span span;
    enum name_kind kind;
    float certainty; /* 0 to 1 */
};

/* A mention of an entity: a name, a noun phrase or a pronoun that refers to one. */
struct mention {
    struct token_range tokens;
    struct byte_span span;
    uint32_t head;   /* token */
    uint32_t entity; /* mentions of one entity share it */
    uint32_t name;   /* index of the name it is, or NONE */
};

enum entity_gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE, GENDER_NEUTER };

struct entity {
    uint32_t first_mention;  /* in text order */
    uint32_t best_mention;   /* the most telling one: the longest name */
    uint32_t mention_count;
    enum entity_gender gender;
    bool plural;
};

/* ------------------------------------------------------------------ meaning */

enum time_type { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET };

enum precision {
    PRECISION_UNKNOWN,
    PRECISION_DAY,
    PRECISION_WEEK,
    PRECISION_MONTH,
    PRECISION_SEASON,
    PRECISION_YEAR,
    PRECISION_DECADE,
    PRECISION_CENTURY,
};

/* A time expression (TIMEX3). */
struct time_mention {
    struct byte_span span;
    struct token_range tokens;
    enum time_type type;
    const char *value;        /* ISO 8601 as TimeML writes it; NULL where unresolved */
    int32_t from, to;         /* days, inclusive; DAY_UNKNOWN where it names no interval */
    enum precision precision;
    const char *anchor;       /* what it was resolved against: "published", "narrative", "itself"… */
};

/* What a place name is used for. Only a location says where something is or happens. */
enum place_use {
    PLACE_LOCATION,
    PLACE_ADJECTIVE,  /* "Afghan", "US-led": of a country */
    PLACE_IN_NAME,    /* part of the name of a body: "Kunduz Police", "University of Iowa" */
    PLACE_GOVERNMENT, /* "Washington said": the country's government */
};

/* A place name as resolved against the gazetteer. */
struct place_mention {
    struct byte_span span;
    struct token_range tokens;
    const char *name;       /* as the gazetteer has it; as written where it has not */
    int64_t geonameid;      /* 0 where unknown; negative where the entry is our own */
    double latitude, longitude;
    bool located;           /* latitude and longitude are known */
    const char *feature;    /* GeoNames feature code, or NULL */
    const char *country;    /* ISO 3166-1 alpha-2, or NULL */
    const char *admin1, *admin2;
    const char *reason;     /* why unresolved, or NULL */
    uint8_t acled_precision; /* 1 to 3; 0 unknown */
    uint8_t ucdp_precision;  /* 1 to 7; 0 unknown */
    const char *relation;   /* "50 km from", "west of", … the text's own relation to this anchor */
    enum place_use use;
    bool dateline;          /* where the report was filed, not where something happened */
    bool stray;             /* a street or quarter, most likely, that a far town gave its name */
    float certainty;
};

/* A number with what it counts. `low` and `high` are NAN where unbounded or unknown. */
struct quantity {
    struct byte_span span;
    struct token_range tokens;
    double low, high;
    bool vague;        /* "dozens", "several", "many": bounds are conventions */
    bool approximate;  /* "some 900", "about" */
    bool running;      /* a total to date, not an addition */
    bool is_count;     /* of people or things; false: ages, years, money, distance, … */
    const char *unit;  /* "percent", "usd", "km", "year-old", "family", …; NULL = plain count */
    uint32_t counted;  /* token of the noun that is counted ("fighters"), or NONE */
    uint32_t part_of;  /* token of the whole ("of the 900 fighters"), or NONE */
};

enum actor_kind { ACTOR_PERSON, ACTOR_ORGANISATION, ACTOR_STATE, ACTOR_POPULATION, ACTOR_UNNAMED };

/* A participant of the report; its mentions stand in `actor_mentions`. */
struct actor {
    const char *name;   /* canonical where known, else as first written in full */
    const char *entry;  /* id of its dictionary entry, or NULL */
    enum actor_kind kind;
    const char *type;   /* interchange `actors[].type`; NULL = unknown */
    const char *code;   /* CAMEO actor code; NULL = unknown */
    const char *country; /* ISO 3166-1 alpha-3, or NULL */
    const char *who;    /* what a count of them counts: `counts[].who`, or NULL */
    uint32_t parent;    /* actor it belongs to ("Taliban" for "Taliban commander"), or NONE */
};

struct actor_mention {
    struct byte_span span;
    struct token_range tokens;
    uint32_t head;  /* token */
    uint32_t actor;
    const char *reason; /* why it is this actor where its words do not say so; or NULL */
};

/* Who says what. */
struct attribution {
    struct byte_span source, cue;      /* empty where there is none */
    struct token_range source_tokens, cue_tokens;
    struct byte_span content[4];
    uint32_t content_count;
    uint32_t actor;                    /* of the source, or NONE */
    uint32_t parent;                   /* attribution inside which this one stands, or NONE */
    enum claim_status status;          /* claimed, denied, alleged, … by the cue */
    bool doubtful;                     /* as likely none: told, but no claim is doubted for it */
    uint32_t thing;                    /* head of a content that is a noun: "found FOUR BODIES"; or NONE */
};

/* ------------------------------------------------------------------ the document */

struct document {
    struct arena *arena;
    const char *text; /* UTF-8, NUL-terminated */
    uint32_t length;  /* bytes */
    struct report_facts report;
    bool foreign;     /* not in English: kept, not coded; report.language says what it is in */
    uint32_t layers;  /* bits of enum layer (stage.h) that are filled */
    ARRAY(struct block) blocks;
    ARRAY(struct sentence) sentences;
    ARRAY(struct token) tokens;
    /* [tokens][state_size]: what the tagger's network knows of each; NULL past DOCUMENT_STATES_LIMIT */
    const int8_t *states;
    uint32_t state_size;
    ARRAY(struct name) names;
    ARRAY(struct mention) mentions;
    ARRAY(struct entity) entities;
    ARRAY(struct time_mention) times;
    ARRAY(struct place_mention) places;
    ARRAY(struct quantity) quantities;
    ARRAY(struct actor) actors;
    ARRAY(struct actor_mention) actor_mentions;
    const bool *discarded; /* [sentences] not to be coded, by a dictionary of the user's; or NULL */
    ARRAY(struct attribution) attributions;
    ARRAY(struct claim) claims;
};

/* Bytes of text that one report may have: a book. What is found in a text takes some 400 times its size
 * while it is coded, and more text than this is several reports in one file. */
enum { REPORT_TEXT_LIMIT = 2 << 20 };

/* Tokens whose states are kept, some 20 MB of them. */
enum { DOCUMENT_STATES_LIMIT = 1 << 16 };

/* Of id, title, outlet, address, byline: more is none. */
enum { REPORT_FACT_LIMIT = 8192 };

/* An empty document whose arrays live in `arena`; `text` is not copied and must outlive it. */
void document_init(struct document *document, struct arena *arena, const char *text,
                   uint32_t length);

/* The bytes of a token or span as written; not NUL-terminated. */
static inline const char *document_bytes(const struct document *document, struct byte_span span)
{
    return document->text + span.start;
}

/* Index of the first sentence that ends after byte `offset`; sentences.count where none does. */
uint32_t document_sentence_at(const struct document *document, uint32_t offset);

/* The tokens that lie wholly inside `span`; empty (first == end) where none does. */
struct token_range document_tokens_in(const struct document *document, struct byte_span span);

/* The name that `token` is in, or NULL; names stand in text order and apart. */
const struct name *document_name_around(const struct document *document, uint32_t token);

/* From the first token's start to the last token's end; empty for an empty range. */
struct byte_span document_span_of(const struct document *document, struct token_range range);

#endif
