/* What participants.c and patients.c share: how a token of a slot becomes a participant. */
#ifndef ANNALS_MEANING_PARTICIPANTS_H
#define ANNALS_MEANING_PARTICIPANTS_H

#include "meaning/coding.h"

/* agents_beside.c: both tokens are one actor, or one is of the other's party. */
bool coding_is_of_party(const struct coding *coding, uint32_t one, uint32_t other);
/* kinds.c: somebody stands in both. */
bool lists_meet(const struct coding *coding, const struct participant_list *one,
                const struct participant_list *other);
/* "Rebels attacked. Two REBELS died in the attack": nobody of one kind is told to have hit his own.
 */
bool lists_share_side(const struct coding *coding, const struct participant_list *agents,
                      const struct participant_list *patients);

/* The first actor inside a noun phrase: whose it is, by whom, about whom ("Turkey's efforts", "the
 * ban on the party"), or NONE. "Its" counts only where nobody else is named. */
uint32_t participants_actor_inside(const struct coding *coding, uint32_t token);
/* "Russian oil giant ROSNEFT": the name right behind what it is called, or NONE. */
uint32_t participants_name_behind(const struct coding *coding, uint32_t token);
/* "That", "who", "it" whose antecedent is not known say nothing. */
bool participants_open_pronoun(const struct coding *coding, uint32_t token);
/* Whom a request is made to, known word or not (addressees.c). */
bool participants_called_on(const struct making *making, uint32_t token);
/* Who is only wished for, or stands beside a deed that is condemned; `head` of the list that
 * `token` is in. */
bool participants_only_wished(const struct making *making, uint32_t head, uint32_t token);
/* "[MAREK] We fired first": who speaks next does nothing, and nothing is done to him. */
bool participants_speaker_label(const struct coding *coding, uint32_t token);
/* "Between MIDNIGHT and DAWN", "on Friday": times take no part. */
bool participants_time(const struct coding *coding, uint32_t token);
/* Adds a participant, by its names where an apposition gives them. */
void participants_add(const struct coding *coding, uint32_t token, struct participant_list *list);
/* Adds what is a weapon; what was fired only says that there was a gun. */
void participants_add_instrument(struct making *making, uint32_t token);
/* pronouns.c: "we", "them": somebody, if nobody knows who. */
bool participants_person(const struct coding *coding, uint32_t token);
/* "Found three rockets and destroyed THEM": the thing that the verb before was done to, where this
 * one is joined to it; NONE where that may be somebody. */
uint32_t pronouns_thing_before(const struct coding *coding, uint32_t pronoun);
/* True where none but such pronouns take part. */
bool participants_only_pronouns(const struct making *making);
/* Frames of deeds that hit bodies and things. */
bool participants_physical(const struct frame *frame);
bool participants_explosion(const struct frame *frame);

/* weapon_handlers.c: who placed, threw or fired the weapon at a noun, by what is said of it; or
 * NONE. */
uint32_t weapon_handler(const struct coding *coding, uint32_t weapon);

/* authors.c: who issued the text at a noun, by the verb that it is the object of; or NONE. */
uint32_t text_author(const struct coding *coding, uint32_t text);

/* participants_write.c: the agents of `making`, or its patients, into a claim that has none.
 * Bodies of fighters chosen are not added, nor parts of names dropped. */
void participants_write_chosen(const struct making *making, bool agents, struct claim *claim);

/* phrases_behind.c: whom the deed that a noun tells was aimed at, behind it and hung elsewhere. */
void phrases_behind(struct making *making);

/* owners.c: whose the things are that were seized: "cars owned by the trader". */
void owners_find(struct making *making);

/* patients.c: the person that a clause with "who" at `token` tells of, or `token`. */
uint32_t participants_who(const struct making *making, uint32_t token);
/* patients.c: those to whom it is done, once the agents are known. */
void patients_find(struct making *making);
/* Frames that only persons can suffer: who is killed, wounded, caught. */
bool patients_only_persons(const struct frame *frame);
/* probed.c: whether `token` only suffered what is investigated. */
bool patients_only_probed(const struct making *making, uint32_t token);

/* patients_beside.c: who made the thing that is judged ("a report written by the ombudsman"), or
 * whose it is where that is no actor; NONE where nobody is told of. */
uint32_t patients_answerable(const struct making *making, uint32_t thing);

/* "Their anger at police and television ANCHORS": who is listed with somebody is somebody, too. */
bool patients_listed(const struct coding *coding, uint32_t token, uint32_t kinds);
/* "Threatened to stop the talks IF THE ISLANDS rearm": whoever is not to do what the threat depends
 * on. */
void patients_of_condition(struct making *making);

#endif
