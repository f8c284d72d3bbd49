/* Event frames: what counts as an attack, a surrender, an agreement, read from
 * dictionaries/en/events.tsv. docs/dictionaries.md explains the columns to people who edit it.
 *
 * A row is one meaning of some trigger words. Columns:
 *
 *   id          sorted, unique
 *   words       trigger lemmas, separated by |; several words ("cease-fire") where they follow one
 *               another
 *   class       verb, noun or adj; participles before a noun count as adj, by their form
 *   need        conditions, separated by blanks, all of which must hold (below)
 *   plover mode cameo     codes; mode may be empty, and all but plover where it is "-": this
 *               meaning is no event; with mode "mishap": an accident or a force of
 *               nature; "mishap-blast": one that explodes
 *   acled       "Type/Sub-type", or "by-actor" (decided by who acts on whom, acled.c), or empty
 *   agent patient instrument   where they stand: slots separated by |, the first that is filled
 *               counts; slots joined by + count together; "-" for none. Empty: the default of the
 *               class (verb: subj, obj; noun: by|poss|subj|mod, of|on|against|obj)
 *   implies     "police": an act of the police, whom the report named before, where no agent stands
 *   count       "what:slot" list: what the numbers at a slot count ("killed:patient")
 *   control     "change:holder@place", holder and place being agent, patient, or slots separated
 *               by |, the first that is filled
 *   below       "drop": what the clause below tells is part of this event, no event of its own
 *   sides       "both": all who take part act on one another ("talks between A and B")
 *   status      a status that the row itself implies, or empty
 *   example     a sentence of our own in which the row applies
 *   expect      "agent > patient" heads expected in the example, "-" for none
 *
 * A slot is subj, obj, iobj, poss, mod, comp, particle, aux, adv, det, case or a preposition ("to",
 * "against"); "obj/on" is what stands behind "on" at the object.
 * A condition is [!]SLOT[,SLOT][=word|word][:kind|kind], or [!]passive: one of the slots is filled
 * (by one of the words, by something of one of the kinds). Kinds: person, organisation, armed,
 * place, facility, vehicle, weapon, actor, number, event; of actors police, protester, civilian,
 * government, candidate; of weapons explosive, shell, aircraft, firearm, chemical; of clauses infinitive,
 * that.
 * Of several rows that hold for one word the one whose conditions say most wins (a word says more
 * than a kind, a kind more than a slot that is filled, that more than all negations), then the first.
 *
 * Source of the method: verb patterns of TABARI and PETRARCH2 (Schrodt; Norris), over dependency
 * trees instead of word order as UniversalPetrarch has it. */
#ifndef ANNALS_MEANING_FRAMES_H
#define ANNALS_MEANING_FRAMES_H

#include "dictionary/phrases.h"
#include "document/claim.h"
#include "document/stage.h"
#include "meaning/arguments.h"
#include "meaning/inflections.h"

#include <string.h>

enum frame_class { FRAME_VERB, FRAME_NOUN, FRAME_ADJECTIVE, FRAME_CLASS_COUNT };

/* Kinds of things that a condition can ask for; a set of bits. */
enum thing_kind {
    KIND_PERSON = 1,
    KIND_ORGANISATION = 2,
    KIND_ARMED = 4, /* armies, police, rebels, militias and their members */
    KIND_PLACE = 8,
    KIND_FACILITY = 16,
    KIND_VEHICLE = 32,
    KIND_WEAPON = 64,
    KIND_ACTOR = 128,
    KIND_NUMBER = 256,
    KIND_EVENT = 1 << 9, /* a word that is itself the trigger of an event */
    KIND_POLICE = 1 << 10,
    KIND_PROTESTER = 1 << 11, /* rioters too */
    KIND_CIVILIAN = 1 << 12,
    KIND_GOVERNMENT = 1 << 13,
    KIND_EXPLOSIVE = 1 << 14, /* bombs, mines, grenades */
    KIND_SHELL = 1 << 15,     /* what artillery fires: mortars, rockets, missiles */
    KIND_AIRCRAFT = 1 << 16,
    KIND_FIREARM = 1 << 17,
    KIND_CHEMICAL = 1 << 18,
    KIND_STATE_FORCE = 1 << 19,
    KIND_REBEL = 1 << 20, /* rebels and militias */
    KIND_INFINITIVE = 1 << 21, /* a clause with its "to" */
    KIND_COUNTED = 1 << 22, /* a number stands with it: "ten people", "both" */
    KIND_TIME = 1 << 23,    /* "Monday", "dawn": when, which is no argument of a frame */
    KIND_CANDIDATE = 1 << 24, /* in the report of a campaign, who contends in it and bears no arms */
    KIND_THAT_CLAUSE = 1 << 25, /* a clause with its "that" */
    KIND_OFFICIAL = 1 << 26, /* who speaks for a state, a body of states or a party: ministers, envoys, opposition leaders */
};

/* Tells the kinds of the thing a token stands for; given by the caller. */
typedef uint32_t (*frame_kinds)(const void *context, uint32_t token);

enum { FRAME_SLOTS = 16, FRAME_COUNTS = 4, FRAME_STEPS = 3 };

/* A way to an argument: one step, or several where it stands at another argument. */
struct frame_slot {
    struct {
        enum argument_place place;
        uint64_t preposition; /* hash; 0 where the place is not a preposition */
    } steps[FRAME_STEPS];
    uint8_t step_count;
    bool joined; /* counts together with the slot before it */
};

struct frame_slots {
    struct frame_slot items[FRAME_SLOTS];
    uint32_t count;
};

/* Who or where, in `count` and `control`: the agent, the patient, or a slot of its own. */
enum frame_role { ROLE_AGENT, ROLE_PATIENT, ROLE_SLOT, ROLE_NONE };

struct frame_count {
    const char *what;
    enum frame_role role;
    struct frame_slot slot;
};

struct frame {
    const char *id, *plover, *mode, *cameo, *acled_type, *acled_detail;
    bool acled_by_actor, drops_below, both_sides, implies_police;
    enum frame_class class;
    struct frame_condition *conditions;
    uint32_t condition_count;
    uint32_t weight; /* how much the conditions say; of several rows that hold the heaviest wins */
    struct frame_slots agent, patient, instrument;
    struct frame_count counts[FRAME_COUNTS];
    uint32_t count_count;
    enum control_change control;
    enum frame_role holder, place;
    struct frame_slots holder_slots, place_slots;
    int status; /* enum claim_status, or -1 */
    const char *example, *expect;
};

struct frames {
    struct frame *items;
    uint32_t count;
    struct phrases words[FRAME_CLASS_COUNT]; /* lemma -> index of frame */
    struct phrases forms[FRAME_CLASS_COUNT]; /* written form, where the lemma is not known */
};

/* True where the row's type of PLOVER is this one. */
static inline bool frame_is(const struct frame *frame, const char *plover)
{
    return strcmp(frame->plover, plover) == 0;
}

/* Reads the dictionary. ANNALS_MALFORMED names file, line and what is wrong. */
annals_status frames_read(struct frames *frames, const struct inflections *inflections,
                          struct arena *arena, const char *path, annals_error *error);

/* The frame that holds for the words that begin at `token`, or NULL; `*range` gets the words and
 * `*trigger` the one that heads them, with its `arguments`. */
const struct frame *frames_find(const struct frames *frames, const struct tree *tree,
                                uint32_t token, frame_kinds kinds, const void *context,
                                struct token_range *range, uint32_t *trigger,
                                struct arguments *arguments);

/* True where some row has the word as a trigger of this class, whatever its conditions. */
bool frames_know(const struct frames *frames, const struct token *token, enum frame_class class);

/* Tokens that fill the slots: of the first alternative that is filled, with those joined to it.
 * `all`: everything that stands in a slot, not the first alone. Returns their number, at most
 * `maximum`. */
uint32_t frames_fill(const struct frame_slots *slots, bool all, const struct tree *tree,
                     const struct arguments *arguments, frame_kinds kinds, const void *context,
                     uint32_t *tokens, uint32_t maximum);

/* The same for phrases that a parser hung elsewhere (phrases_astray.c): for slots that nothing
 * fills as the row asks. */
uint32_t frames_fill_astray(const struct frame_slots *slots, bool all, const struct tree *tree,
                            const struct arguments *arguments, frame_kinds kinds,
                            const void *context, uint32_t *tokens, uint32_t maximum);
uint32_t frame_slot_fill_astray(const struct frame_slot *slot, const struct tree *tree,
                                const struct arguments *arguments, uint32_t *tokens,
                                uint32_t maximum);

/* The tokens that stand in the slot; returns their number, at most `maximum`. */
uint32_t frame_slot_fill(const struct frame_slot *slot, const struct tree *tree,
                         const struct arguments *arguments, uint32_t *tokens, uint32_t maximum);

/* True where a condition of the frame asks for `token` by its word. */
bool frame_asks_for(const struct frame *frame, const struct tree *tree,
                    const struct arguments *arguments, uint32_t token);

#endif
