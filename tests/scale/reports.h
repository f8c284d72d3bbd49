/* Makes coded reports of an invented world, for measuring the record and for testing that it does not
 * depend on the order of its reports.
 *
 * Skewed as news is: a few towns, armed groups and outlets have most of it, most incidents are told
 * once and a few by dozens of reports, some print another's text, one in six reports recalls an
 * earlier incident elsewhere. Incidents come at a constant rate, so a longer record covers more
 * years. The same seed gives the same reports on every machine. All names are made of syllables. */
#ifndef ANNALS_TESTS_REPORTS_H
#define ANNALS_TESTS_REPORTS_H

#include "../unit/stories.h"
#include "bytes/buffer.h"
#include "bytes/hash.h"

#include <stdio.h>

struct world {
    uint64_t seed;
    uint32_t towns, groups, outlets, persons;
    uint32_t takings; /* one in so many incidents is told as the taking of the town; 0: none */
    double incidents_a_day;
    int32_t first_day;
    /* Where the telling is. */
    uint64_t incident;
    uint32_t report, reports; /* of the incident at hand */
};

static inline uint64_t world_number(const struct world *world, uint64_t of, uint64_t which)
{
    return hash_join(hash_join(world->seed, of), which);
}

/* 0 to 1. */
static inline double world_share(const struct world *world, uint64_t of, uint64_t which)
{
    return (double)(world_number(world, of, which) >> 11) / 9007199254740992.0;
}

/* Small numbers are frequent: the n-th is about 1/n as frequent as the first (Zipf). */
static inline uint32_t world_skewed(const struct world *world, uint64_t of, uint64_t which,
                                    uint32_t count)
{
    uint32_t number = (uint32_t)exp(world_share(world, of, which) * log(count + 1.0));
    return number > count ? count - 1 : number - 1;
}

static inline const char *world_name(struct arena *arena, uint64_t number, int syllables)
{
    static const char *const beginnings[] = {"b", "d", "g", "k", "m", "n", "r", "s", "t", "v", "z",
                                             "sh", "kh", "l", "h", "f"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "aa", "ei", "ou"};
    char text[60] = "";
    size_t used = 0;
    number = hash_mix(number + 77);
    for (int i = 0; i < syllables; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", beginnings[number & 15],
                                 vowels[number >> 4 & 7]);
        number = hash_mix(number);
    }
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return arena_copy_string(arena, text);
}

static inline uint32_t world_size(const struct world *world, uint64_t incident)
{
    double share = world_share(world, incident, 1);
    if (share < 0.45)
        return 1;
    uint32_t size = (uint32_t)(1.1 / (1.02 - share));
    return size > 50 ? 50 : size;
}

struct scene {
    uint64_t incident;
    uint32_t town;
    int32_t day;
    uint32_t killed, wounded, kind;
    const char *place, *division, *quarter, *group, *victim;
    char date[16];
};

static inline struct scene world_scene(const struct world *world, struct arena *arena,
                                       uint64_t incident)
{
    struct scene scene = {.incident = incident};
    scene.town = world_skewed(world, incident, 2, world->towns);
    scene.day = world->first_day + (int32_t)((double)incident / world->incidents_a_day);
    scene.killed = world_skewed(world, incident, 3, 60) + 1;
    scene.wounded = world_skewed(world, incident, 4, 120) + 1;
    scene.kind = (uint32_t)(world_number(world, incident, 5) % 4);
    scene.place = world_name(arena, world->seed + 1000 + scene.town, 3);
    scene.division = world_name(arena, world->seed + 900000 + scene.town / 8, 3);
    scene.quarter = world_name(arena, world_number(world, scene.town, world_number(world, incident, 6) % 40), 3);
    scene.group = world_name(arena, world->seed + 800000 + world_skewed(world, incident, 7, world->groups), 2);
    scene.victim = arena_print(arena, "%s %s", world_name(arena, world_number(world, incident, 8), 2),
                               world_name(arena, world_number(world, incident, 9), 3));
    calendar_write(scene.day, scene.date);
    return scene;
}

static const char *const scene_deeds[4][4] = {
    {"attacked", "stormed", "raided", "assaulted"},
    {"shelled", "bombarded", "struck", "pounded"},
    {"bombed", "blasted", "wrecked", "mined"},
    {"ambushed", "fired on", "shot at", "waylaid"},
};
static const char *const scene_targets[8] = {"a checkpoint", "the market", "a convoy", "a school",
                                             "the barracks", "a bus station", "a clinic", "a bridge"};

/* The first sentences of a report; of one incident each teller chooses other words. */
static inline void world_tell(struct world *world, struct buffer *text, const struct scene *scene,
                              uint32_t teller)
{
    uint64_t style = world_number(world, scene->incident, 100 + teller);
    const char *deed = scene_deeds[scene->kind][style & 3];
    const char *target = scene_targets[world_number(world, scene->incident, 10) & 7];
    static const char *const openings[4] = {
        "%s fighters %s %s in the %s quarter of %s on the day.\n",
        "Gunmen of %s %s %s near %s, a part of %s, before dawn.\n",
        "Militants from %s %s %s on the %s road outside %s.\n",
        "Men who said they were from %s %s %s at %s in %s, residents told reporters.\n",
    };
    buffer_print(text, openings[style >> 2 & 3], scene->group, deed, target, scene->quarter,
                 scene->place);
    static const char *const tolls[4] = {
        "The governor said %u people were killed and %u wounded.\n",
        "Hospital officials counted %u dead; %u others were hurt.\n",
        "At least %u people died and %u were taken to the hospital, doctors said.\n",
        "Police put the toll at %u, with %u injured.\n",
    };
    buffer_print(text, tolls[style >> 4 & 3], scene->killed, scene->wounded);
    static const char *const victims[4] = {
        "Among the dead was %s, a teacher from %s.\n",
        "%s, who owned a shop in %s, was killed at once.\n",
        "Relatives buried %s in %s on the following morning.\n",
        "A local elder named %s of %s lost his life.\n",
    };
    buffer_print(text, victims[style >> 6 & 3], scene->victim, scene->quarter);
    if (style >> 8 & 1)
        buffer_print(text, "%s denied any part in it.\n", scene->group);
}

static inline void world_claims(struct story *story, const struct scene *scene, uint32_t place,
                                bool taking)
{
    static const char *const modes[4] = {"weapon", "heavy-weapons", "explosives", "weapon"};
    uint32_t count = story->document.sentences.count;
    uint32_t group = story_actor(story, scene->group, ACTOR_ORGANISATION, "rebel");
    uint32_t victim = story_actor(story, scene->victim, ACTOR_PERSON, "civilian");
    for (uint32_t i = 0; i < count && i < 4; i++) {
        struct byte_span span = story->document.sentences.items[i].span;
        struct claim *claim = story_claim(story, " ", "ASSAULT", modes[scene->kind], scene->date,
                                          scene->date, place);
        uint32_t start = span.start + 3 < span.end ? span.start + 3 : span.start;
        claim->trigger = (struct byte_span){start, start + 4 < span.end ? start + 4 : span.end};
        claim->sentence = i;
        claim->anchor = "sentence";
        claim->cameo = "190";
        claim->acled_type = "Battles";
        claim->acled_detail = "Armed clash";
        story_agent(claim, group);
        if (i == 0 && taking) {
            claim->control = CONTROL_TAKES;
            claim->control_place = place;
            claim->control_holder = group;
        }
        if (i == 1) {
            claim->mode = "kill";
            story_count(claim, "killed", "unknown", scene->killed, scene->killed);
            story_count(claim, "wounded", "unknown", scene->wounded, scene->wounded);
        } else if (i == 2) {
            claim->mode = "kill";
            story_patient(claim, victim);
        } else if (i == 3) {
            claim->status = STATUS_DENIED;
        }
    }
}

/* The next report of the world, coded. `text` keeps its words: one buffer a report. */
static inline void world_next(struct world *world, struct story *story, struct buffer *text)
{
    while (world->report >= world->reports) {
        world->incident += world->reports > 0;
        world->report = 0;
        world->reports = world_size(world, world->incident);
    }
    uint32_t teller = world->report++;
    uint64_t own = world_number(world, world->incident, 5000 + teller);
    /* One in eight prints an earlier text. */
    uint32_t words = teller > 0 && own % 8 == 0 ? 0 : teller;
    struct arena names;
    arena_init(&names);
    struct scene scene = world_scene(world, &names, world->incident);
    world_tell(world, text, &scene, words);
    bool recalls = own >> 8 & 1 && own >> 9 & 1 && world->incident > 40;
    struct scene old = scene;
    if (recalls) {
        old = world_scene(world, &names, world->incident - 1 - own % 40);
        buffer_print(text, "Last week %u people were killed in %s, where %s was among the dead.\n",
                     old.killed, old.place, old.victim);
    }
    /* A report is known by its bytes: no two are quite the same. */
    buffer_print(text, "Edition %u of that day, number %llu.\n", teller + 1,
                 (unsigned long long)world->incident);
    char published[16];
    calendar_write(scene.day + (int32_t)world_skewed(world, own, 1, 5), published);
    /* Now and then nobody says when it was printed. */
    story_begin(story, "", "", NULL, own >> 20 & 31 ? published : NULL, text->bytes);
    struct arena *arena = &story->arena;
    struct report_facts *facts = &story->document.report;
    facts->id = arena_print(arena, "w%llu-%u", (unsigned long long)world->incident, teller);
    facts->source = arena_print(arena, "%s Herald", world_name(arena, world->seed + 700000 +
                                    world_skewed(world, own, 2, world->outlets), 2));
    facts->title = arena_print(arena, "%u dead in %s", scene.killed, scene.place);
    scene.place = arena_copy_string(arena, scene.place);
    scene.division = arena_copy_string(arena, scene.division);
    scene.group = arena_copy_string(arena, scene.group);
    scene.victim = arena_copy_string(arena, scene.victim);
    uint32_t place = story_place(story, scene.place, scene.division,
                                 (double)(scene.town % 60) + 0.25, (double)(scene.town / 60) + 0.5);
    story->document.places.items[place].geonameid = 1000000 + scene.town;
    world_claims(story, &scene, place,
                 world->takings > 0 &&
                     world_number(world, world->incident, 11) % world->takings == 0);
    if (recalls) {
        uint32_t there = story_place(story, arena_copy_string(arena, old.place),
                                     arena_copy_string(arena, old.division),
                                     (double)(old.town % 60) + 0.25, (double)(old.town / 60) + 0.5);
        story->document.places.items[there].geonameid = 1000000 + old.town;
        struct claim *claim = story_claim(story, "Last week", "ASSAULT", "kill", old.date, old.date,
                                          there);
        claim->anchor = "sentence";
        story_count(claim, "killed", "unknown", old.killed, old.killed);
    }
    arena_release(&names);
}

static inline struct world world_make(uint64_t seed, double incidents_a_day)
{
    return (struct world){.seed = seed, .towns = 2000, .groups = 80, .outlets = 60,
                          .incidents_a_day = incidents_a_day, .first_day = 14000};
}

#endif
