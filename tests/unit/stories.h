/* Reports of invented nations with claims in them, made by hand: what the record's tests store, so
 * that they do not depend on the stages that find claims. */
#ifndef ANNALS_TESTS_STORIES_H
#define ANNALS_TESTS_STORIES_H

#include "document/document.h"

#include <math.h>
#include <string.h>

struct story {
    struct arena arena;
    struct document document;
};

enum { STORY_COUNT = 5 };

static inline struct byte_span story_span(const struct story *story, const char *words)
{
    const char *found = strstr(story->document.text, words);
    if (found == NULL)
        return (struct byte_span){0, 0};
    uint32_t start = (uint32_t)(found - story->document.text);
    return (struct byte_span){start, start + (uint32_t)strlen(words)};
}

/* Each line of `text` is a sentence. */
static inline void story_begin(struct story *story, const char *id, const char *source,
                               const char *title, const char *published, const char *text)
{
    arena_init(&story->arena);
    struct document *document = &story->document;
    document_init(document, &story->arena, text, (uint32_t)strlen(text));
    document->report.id = id;
    document->report.source = source;
    document->report.title = title;
    if (published != NULL) {
        document->report.published = calendar_read(published);
        document->report.published_from = DATE_GIVEN;
    }
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        uint32_t start = (uint32_t)(at - text);
        *array_push(&document->sentences) =
            (struct sentence){.span = {start, start + (uint32_t)length}};
        at += length + (at[length] == '\n');
    }
    *array_push(&document->blocks) = (struct block){.span = {0, document->length}};
}

static inline uint32_t story_place(struct story *story, const char *name, const char *admin1,
                                   double latitude, double longitude)
{
    *array_push(&story->document.places) = (struct place_mention){
        .span = story_span(story, name), .name = name, .geonameid = -(int64_t)strlen(name),
        .latitude = latitude, .longitude = longitude, .located = true, .feature = "PPLA",
        .country = "GD", .admin1 = admin1, .certainty = 0.9f};
    return story->document.places.count - 1;
}

static inline uint32_t story_actor(struct story *story, const char *name, enum actor_kind kind,
                                   const char *type)
{
    *array_push(&story->document.actors) =
        (struct actor){.name = name, .kind = kind, .type = type, .parent = NONE};
    *array_push(&story->document.actor_mentions) = (struct actor_mention){
        .span = story_span(story, name), .actor = story->document.actors.count - 1};
    return story->document.actors.count - 1;
}

/* The claim is lent until the next one is made. */
static inline struct claim *story_claim(struct story *story, const char *trigger,
                                        const char *plover, const char *mode, const char *from,
                                        const char *to, uint32_t place)
{
    struct claim *claim = array_push(&story->document.claims);
    claim->trigger = story_span(story, trigger);
    claim->sentence = document_sentence_at(&story->document, claim->trigger.start);
    claim->plover = plover;
    claim->mode = mode;
    claim->place = place;
    claim->from = from != NULL ? calendar_read(from) : DAY_UNKNOWN;
    claim->to = to != NULL ? calendar_read(to) : DAY_UNKNOWN;
    claim->precision = from == NULL ? PRECISION_UNKNOWN
                       : to != NULL && strcmp(from, to) == 0 ? PRECISION_DAY
                                                             : PRECISION_MONTH;
    claim->control_place = claim->control_holder = NONE;
    claim->confidence = 0.8f;
    claim->rule = "test";
    array_init(&claim->agents, &story->arena);
    array_init(&claim->patients, &story->arena);
    array_init(&claim->instruments, &story->arena);
    array_init(&claim->counts, &story->arena);
    array_init(&claim->according_to, &story->arena);
    return claim;
}

static inline void story_agent(struct claim *claim, uint32_t actor)
{
    *array_push(&claim->agents) = (struct participant){.actor = actor};
}

static inline void story_patient(struct claim *claim, uint32_t actor)
{
    *array_push(&claim->patients) = (struct participant){.actor = actor};
}

static inline void story_count(struct claim *claim, const char *what, const char *who, double low,
                               double high)
{
    *array_push(&claim->counts) =
        (struct claim_count){.what = what, .who = who, .low = low, .high = high, .quantity = NONE};
}

static inline void story_speaker(struct story *story, struct claim *claim, uint32_t actor,
                                 const char *words)
{
    *array_push(&claim->according_to) =
        (struct claim_source){.actor = actor, .span = story_span(story, words)};
    claim->status = STATUS_CLAIMED;
}

/* ------------------------------------------------------------------ five reports */

static inline void story_siege(struct story *story)
{
    story_begin(story, "siege", "The Osgiliath Herald", "Minas Tirith holds out", "3019-03-16",
                "Mordor shelled Minas Tirith on Thursday, and 20 to 35 soldiers were killed, the "
                "Steward's office said.\n"
                "Captain Faramir said the river forts had been given up.\n"
                "Nobody confirmed that Rohan had promised to send riders.\n"
                "Fires burned through the night.\n");
    uint32_t city = story_place(story, "Minas Tirith", "Anórien", 40.5, 12.25);
    uint32_t mordor = story_actor(story, "Mordor", ACTOR_STATE, "state force");
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    uint32_t steward = story_actor(story, "Steward's office", ACTOR_ORGANISATION, "government");
    uint32_t faramir = story_actor(story, "Captain Faramir", ACTOR_PERSON, "state force");
    uint32_t rohan = story_actor(story, "Rohan", ACTOR_STATE, "external force");
    struct claim *claim = story_claim(story, "shelled", "ASSAULT", "heavy-weapons", "3019-03-13",
                                      "3019-03-13", city);
    story_agent(claim, mordor);
    story_patient(claim, gondor);
    story_count(claim, "killed", "security force", 20, 35);
    story_speaker(story, claim, steward, "Steward's office");
    claim->cameo = "194";
    claim->acled_type = "Explosions/Remote violence";
    claim->acled_detail = "Shelling/artillery/missile attack";
    claim = story_claim(story, "given up", "RETREAT", "withdraw", "3019-03-01", "3019-03-31", NONE);
    story_agent(claim, gondor);
    story_speaker(story, claim, faramir, "Captain Faramir");
    claim = story_claim(story, "promised", "AID", NULL, NULL, NULL, NONE);
    story_agent(claim, rohan);
    claim->status = STATUS_PLANNED;
    claim = story_claim(story, "burned", "ASSAULT", "destroy", "3019-03-13", "3019-03-14", city);
    (void)claim;
}

static inline void story_fall(struct story *story)
{
    story_begin(story, "fall", "Dale Dispatch", "Osgiliath \"taken\", say both sides", "3019-03-14",
                "Osgiliath fell to Mordor on Wednesday.\n"
                "Gondor denied it.\n"
                "At least 1,200 families fled to Minas Tirith, relief workers said.\n");
    uint32_t town = story_place(story, "Osgiliath", "Anórien", 40.4, 12.4);
    uint32_t city = story_place(story, "Minas Tirith", "Anórien", 40.5, 12.25);
    uint32_t mordor = story_actor(story, "Mordor", ACTOR_STATE, "state force");
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    uint32_t relief = story_actor(story, "relief workers", ACTOR_UNNAMED, "ngo");
    struct claim *claim =
        story_claim(story, "fell", "COERCE", "seize", "3019-03-12", "3019-03-12", town);
    story_agent(claim, mordor);
    claim->control = CONTROL_TAKES;
    claim->control_place = town;
    claim->control_holder = mordor;
    claim = story_claim(story, "denied", "COERCE", "seize", "3019-03-12", "3019-03-12", town);
    story_agent(claim, mordor);
    story_speaker(story, claim, gondor, "Gondor");
    claim->status = STATUS_DENIED;
    claim->control = CONTROL_TAKES;
    claim->control_place = town;
    claim->control_holder = mordor;
    claim = story_claim(story, "fled", NULL, NULL, "3019-01-01", "3019-12-31", city);
    story_count(claim, "displaced", "family", 1200, NAN);
    story_speaker(story, claim, relief, "relief workers");
}

static inline void story_talks(struct story *story)
{
    story_begin(story, "talks", NULL, "Talks; \"no deal\", tabs\tand commas", NULL,
                "Rohan and Dunland met at Edoras, and Dunland threatened to march.\n");
    uint32_t rohan = story_actor(story, "Rohan", ACTOR_STATE, "government");
    uint32_t dunland = story_actor(story, "Dunland", ACTOR_STATE, "rebel");
    struct claim *claim = story_claim(story, "met", "CONSULT", NULL, NULL, NULL, NONE);
    story_agent(claim, rohan);
    story_patient(claim, dunland);
    claim = story_claim(story, "threatened", "THREATEN", "violence", NULL, NULL, NONE);
    story_agent(claim, dunland);
    story_patient(claim, rohan);
    claim->status = STATUS_THREATENED;
    /* Two claims at one word: "met" is also an agreement. */
    claim = story_claim(story, "met", "AGREE", NULL, NULL, NULL, NONE);
    story_agent(claim, rohan);
    story_patient(claim, dunland);
}

static inline void story_arrests(struct story *story)
{
    story_begin(story, "arrests", "Dale Dispatch", "Umbar arrests", "3018-12-30",
                "Gondor arrested 12 corsairs and one child in Pelargir on 29 December 3018.\n");
    uint32_t port = story_place(story, "Pelargir", "Lebennin", 38.9, 11.5);
    uint32_t gondor = story_actor(story, "Gondor", ACTOR_STATE, "state force");
    uint32_t corsairs = story_actor(story, "corsairs", ACTOR_UNNAMED, "criminal");
    struct claim *claim =
        story_claim(story, "arrested", "COERCE", "arrest", "3018-12-29", "3018-12-29", port);
    story_agent(claim, gondor);
    story_patient(claim, corsairs);
    story_count(claim, "detained", "unknown", 12, 12);
    story_count(claim, "detained", "child", 1, 1);
    claim->cameo = "173";
}

static inline void story_empty(struct story *story)
{
    story_begin(story, "weather", "Dale Dispatch", "Rain", "3019-03-14", "It rained in Dale.\n");
}

static inline void story_make(struct story *story, int number)
{
    static void (*const makers[STORY_COUNT])(struct story *) = {
        story_siege, story_fall, story_talks, story_arrests, story_empty};
    makers[number](story);
}

#endif
