/* What the files behind the stage `claims` share: one document being coded, with indexes from
 * tokens to what other stages found there. Lives in scratch memory.
 *
 * Order of work: candidates_find (every trigger with its frame), participants_find (who takes
 * part, by tokens), events_join (what one event is, told twice), then each claim is written. */
#ifndef ANNALS_MEANING_CODING_H
#define ANNALS_MEANING_CODING_H

#include "meaning/choosing.h"
#include "meaning/countries.h"
#include "meaning/frames.h"
#include "meaning/sites.h"
#include "meaning/statuses.h"
#include "meaning/supports.h"
#include "meaning/things.h"
#include "meaning/trust.h"

struct claims_knowledge {
    struct inflections inflections;
    struct frames frames;
    struct things things;
    struct statuses statuses;
    struct supports supports;
    struct countries countries;
    struct sites sites;
    struct trust_models trust; /* judge the claims */
    struct chooser chooser;    /* who takes part where no rule finds anybody; empty for its trainer */
    struct choices *choices;   /* where its trainer has all questions put; or NULL */
    struct chooser referents;  /* whom pronouns stand for; empty for its trainer */
    struct references *references; /* as `choices` */
};

enum { PARTICIPANTS = 40 };

struct participant_list {
    uint32_t tokens[PARTICIPANTS]; /* head words */
    uint32_t nouns[PARTICIPANTS];  /* the noun whose names they are ("two GUARDS, Juan and Pedro"),
                                      else  the token itself */
    uint32_t count;
};

/* A trigger with its frame: one claim while it is made. */
struct making {
    struct coding *coding;
    uint32_t trigger;
    struct token_range range; /* the trigger's words */
    const struct frame *frame;
    struct arguments arguments;
    struct participant_list agents, patients, instruments;
    const struct frame *means; /* how it was done, of a joined noun: "killed in an AIR STRIKE" */
    uint32_t joined;           /* index of the making that tells the same event better, or NONE */
    bool dropped;              /* part of another event */
    bool absorbed;             /* named by the row of its verb: "opened FIRE" */
    uint32_t held;             /* the one of several places held that this claim is of, or NONE */
    const char *fate; /* what the quantity `number` counts, by the words beside it; or NULL */
    uint32_t number;
    bool
        apart; /* a number told apart from the event: when and where only if its sentence says so */
    bool nobody;                       /* tells that nobody was hurt */
    bool agents_taken, patients_taken; /* those of an event told before, which this one takes up */
    bool charged;   /* who did it is only charged with it, in the clause around */
    bool aftermath; /* tells of the hurt where they are now: no place or time of the event */
};

struct coding {
    struct document *document;
    const struct claims_knowledge *knowledge;
    struct arena *scratch;
    struct tree tree;
    /* [tokens]; index of what covers the token, or NONE */
    uint32_t *actor_mention, *place, *quantity, *time;
    uint32_t *where; /* [tokens]; place that a name, "the city" or "there" stands for, or NONE */
    const char *country; /* ISO 3166 alpha-2 that most places of the report are in, or NULL */
    uint32_t
        *noun_meant; /* [tokens]; of a pronoun of somebody without an actor: the noun, or NONE */
    float *referent_chance; /* [tokens]; of a pronoun: how sure the network is of whom it chose, or 0 */
    uint32_t *named; /* [tokens]; any word of an actor mention: the mention, or NONE */
    uint32_t *making_at; /* [tokens]; making whose trigger the token is, or NONE */
    ARRAY(struct making) makings;
    struct trust_notes trust;
    struct choice *choice;   /* room for one */
    bool *candidates;  /* [actors]; who contends in the campaign that the report is of; or NULL */
    bool mishap;       /* the report tells of accidents or nature, and of no violence */
    bool mishap_blast; /* and of one that exploded: gas, a boiler */
};

/* kinds.c: what the nouns stand for. */
/* frame_kinds: the kinds of the thing at a token; `context` is a struct coding. */
uint32_t coding_kinds(const void *context, uint32_t token);
/* Actor at a token, or NONE. */
uint32_t coding_actor(const struct coding *coding, uint32_t token);
/* The kind of weapon at a token, or NULL where it is none. */
const char *coding_weapon(const struct coding *coding, uint32_t token);
/* The same by the noun alone, whoever bears it as a name: "warplanes" of an air force. */
const char *coding_weapon_told(const struct coding *coding, uint32_t token);
/* True where the word stands for an idea, not for somebody or something: "corruption". */
bool coding_is_idea(const struct coding *coding, uint32_t token);
/* The kinds that the type of an actor says; `type` may be NULL. */
uint32_t coding_kinds_of_type(const char *type);
/* Nouns that only measure or group what follows "of". */
bool coding_is_measure(const struct coding *coding, uint32_t token);
/* What stands behind `preposition` at a noun, or NONE. */
uint32_t coding_noun_behind(const struct coding *coding, uint32_t token, const char *preposition);
/* "The girl's FATHER": somebody told of by whose relative, friend or official it is. */
bool coding_is_of_person(const struct coding *coding, uint32_t token, uint32_t inner);
/* The token that stands for the participant: behind "of" where the head only measures. */
uint32_t coding_stands_for(const struct coding *coding, uint32_t token);
bool list_has(const struct participant_list *list, uint32_t token);
/* The event whose trigger is at `token`; NULL where there is none, and for NONE. */
static inline struct making *coding_making(const struct coding *coding, uint32_t token)
{
    uint32_t index = token != NONE ? coding->making_at[token] : NONE;
    return index != NONE ? &coding->makings.items[index] : NULL;
}

/* The token is in the list, or another mention of its actor is. */
bool list_names(const struct coding *coding, const struct participant_list *list, uint32_t token);
void list_add(struct participant_list *list, uint32_t token);
/* Puts the last in the place of the one at `index`. */
void list_drop(struct participant_list *list, uint32_t index);

/* campaigns.c: who contends in the campaign that the report is of, if it is of one. */
void campaign_find(struct coding *coding);
bool campaign_has(const struct coding *coding, uint32_t token);

/* candidates.c: every trigger, and which are part of another event. */
void candidates_find(struct coding *coding);

/* participants.c: agents, patients and instruments by their tokens. */
void participants_find(struct making *making);
/* participants_write.c: the same into the claim. True where its words have somebody act on himself, so that
 * whoever acts is left out. */
bool participants_write(const struct making *making, struct claim *claim);
/* A pronoun whose antecedent is not known names nobody, and a bare number nobody that the counts of
 * the claim do not. Of these only pronouns of somebody are written (pronouns.c). */
bool participant_is_nobody(const struct making *making, uint32_t token);

/* Those taken over from an event told before: by their actor, or by the words there. */
void participants_write_taken(const struct making *making, struct claim *claim);
/* taken_up.c: who did and who suffered the event told before that this one is: "the attack". */
void event_take_up(struct coding *coding, const struct making *making, struct claim *claim);

/* implied.c: who made an arrest that nobody is said to have made: the police of the report at first,
 * until it is known who says so and what was told before; then whoever it is by these. */
void implied_police(const struct making *making, struct claim *claim);
void implied_drop(const struct making *making, struct claim *claim);
void implied_find(const struct making *making, struct claim *claim);

/* members.c: everybody whom a noun phrase lists, in text order, `token` first. */
void members_find(const struct coding *coding, uint32_t token, struct participant_list *list);
/* Those of them of whom the event is said. */
void members_of_said(const struct making *making, uint32_t token, struct participant_list *list);
/* name_lists.c: adds those whom the text names for the noun at `token`, and names in a row with
 * it; false where none does. */
bool members_by_name(const struct coding *coding, uint32_t token, struct participant_list *list);
/* The mention of a person by name that `token` belongs to, or NULL. */
const struct actor_mention *names_at(const struct coding *coding, uint32_t token);
/* The next name of a row whose last ends before `at`, or NULL. */
const struct actor_mention *names_next(const struct coding *coding, uint32_t at, uint32_t end);
/* The person named at `at` or right behind a title there, before `end`; or NULL. */
const struct actor_mention *names_titled(const struct coding *coding, uint32_t at, uint32_t end);
/* Adds the names in a row from `mention` on; `above` is the word they all hang on in meaning. */
void names_in_row(const struct coding *coding, const struct actor_mention *mention, uint32_t above,
                  struct participant_list *list);

/* names_before.c: names in a row before "were killed" that the tree hung elsewhere. */
void names_before(struct making *making);

/* named_victims.c: names told of the victims of an event in words of their own join it. */
void victims_named(struct coding *coding);
/* "Among the dead are Juan and Pedro", where the report tells no event that left such victims. */
void victims_alone(struct coding *coding, uint32_t sentence);

/* joining.c: one event told twice ("killed in an attack", "a bombing killed"). */
void events_join(struct coding *coding);
/* agents_beside.c: who did it, told by another event of the sentence. */
void agents_beside(struct coding *coding);
/* sides_beside.c: who takes part in talks and joint work, told by the words around. */
void sides_beside(struct coding *coding);
/* consequences.c: who did what came of a deed of the sentence. */
void consequences_find(struct coding *coding);
/* Violence of one side, told with who did it. */
bool event_has_consequences(const struct making *making);
/* patients_beside.c: whom it was done to, told so. */
void patients_beside(struct coding *coding);
/* asked_beside.c: who was asked, offered to, threatened or refused, told so. */
void asked_beside(struct coding *coding);

/* claim_counts.c: what the numbers of the clause count. */
void counts_find(const struct making *making, struct claim *claim);
/* Adds one quantity to what the claim counts, unless it is there. */
void counts_add(const struct coding *coding, const char *what, uint32_t quantity,
                struct claim *claim);
/* fates.c: numbers of the sentence that no claim of it counts, and whose fate stands beside them.
 * `*next` is the first quantity not looked at yet. */
void fates_find(struct coding *coding, uint32_t sentence, uint32_t *next);
/* The row that says of somebody that he is killed, wounded: it asks for nothing but who; or NULL.
 */
const struct frame *fates_row(const struct coding *coding, const char *what);
/* Does the sentence tell of an accident, or use the word in another meaning? */
bool fates_none(struct coding *coding, uint32_t sentence);
/* tellers.c: who counted is the source of a claim that has none; true where somebody did. */
bool teller_find(const struct making *making, struct claim *claim);
/* nobody_hurt.c: "no casualties": none, where the sentence says so. */
void nobody_find(struct coding *coding, uint32_t sentence);
/* counts_again.c: "this number may be as high as 9,000": what was counted before. */
void counts_take_up(struct coding *coding, uint32_t sentence);
/* claims.c: knowledge without the model that judges claims: for its trainer, too. */
annals_status claims_knowledge_read(const struct stage_setting *setting,
                                    struct claims_knowledge **knowledge, annals_error *error);
/* The network that says whom pronouns stand for; chooser_close releases it. */
annals_status claims_referents_open(const struct stage_setting *setting,
                                    struct claims_knowledge *knowledge, annals_error *error);
/* Finds all claims of a document, each described for the judge and none judged. */
annals_status claims_find(struct coding *coding, const struct claims_knowledge *knowledge,
                          struct document *document, struct arena *scratch, annals_error *error);
/* Writes the claim of a trigger, if it says something. */
void claim_write(struct coding *coding, const struct making *making);

/* claim_where.c: the place, by the claim's own sentence. */
void where_find(const struct making *making, struct claim *claim);
/* Whether what is done befalls a town without a name, so that `place`, another town, is not where. */
bool where_is_town_itself(const struct making *making, uint32_t place);
/* claim_control.c: who takes, loses, holds which place; what does so happens there. */
/* The noun of the place that changes hands, or NONE. */
uint32_t control_noun(const struct making *making);
void control_find(const struct making *making, struct claim *claim);
/* control_holders.c: who has taken the place by his own word: where the claim is known, but not who
 * did it. */
void control_by_speaker(const struct making *making, struct claim *claim);
/* A holding that is said to be over is a loss. */
void control_no_longer(const struct making *making, struct claim *claim);
/* "Took the town FROM THE REBELS": to whom the taking was done. */
void control_loser(const struct making *making, struct claim *claim);
/* control_places.c: the heads of the places that a claim on control is of, where these are several
 * or stand elsewhere: "cities such as Mazar and Taloqan fell", "apart from Raqqa, it is the last".
 */
void control_places(const struct making *making, struct participant_list *places);
/* claim_scene.c: the place of what is told around it, for a claim whose sentence has none. */
bool claim_is_on_the_ground(const struct claim *claim);
void scene_inherit(const struct making *making, struct claim *claim);

/* report_days.c: takes the report's day from claims that are not of it, once all are written. */
void report_days_settle(struct coding *coding);

/* claim_country.c: the country of those whom no actor gives one. */
void country_find(const struct making *making, struct claim *claim);

/* occurrences.c: true where violence is told as a habit or a topic, and nothing as having happened.
 */
bool occurrence_is_general(const struct making *making, const struct claim *claim);
/* "The MURDERED Luis Galan": what happened before, of which the sentence tells neither day nor
 * place. */
bool occurrence_is_elsewhere(const struct making *making);
/* "They frequently raid villages": at no time and place of the report. */
bool occurrence_is_often(const struct making *making);
/* A noun of violence, protest or force that a verb says took place: "fighting raged", "a strike
 * paralysed the ports". */
bool occurrence_is_told(const struct making *making);

/* claim_intent.c: what is intended or refused is an event of its own kind: AGREE, THREATEN. */
void intent_apply(const struct making *making, struct claim *claim);
/* What one must do one does not mean to do by that: "must stop and SURRENDER". */
bool intent_is_duty(const struct coding *coding, uint32_t verb);

/* acled.c: ACLED type and sub-type by who does what to whom with what. */
void acled_find(const struct making *making, struct claim *claim);

/* acled_scene.c: one sub-type for what a sentence tells of one event; after all claims. */
void acled_settle(struct coding *coding);

/* claim_explanation.c: the words and the tree path behind each slot. */
void explanation_write(const struct making *making, struct claim *claim);

/* clause.c: the clause that tells the claim of `making`, in the report's own words, in memory of
 * `arena`; NULL where subject or predicate is not clear. */
const char *clause_text(const struct making *making, enum claim_status status, struct arena *arena);

#include "meaning/claim_statuses.h"

#endif
