/* What arguments.c, governors.c, noun_clauses.c and others share: the steps by which the arguments
 * of one word are found. */
#ifndef ANNALS_MEANING_ARGUMENTS_PARTS_H
#define ANNALS_MEANING_ARGUMENTS_PARTS_H

#include "meaning/arguments.h"

/* As arguments_find, `depth` steps up from the word that was asked for. */
void arguments_at(const struct tree *tree, uint32_t word, struct arguments *arguments, int depth);
bool arguments_has(const struct arguments *arguments, enum argument_place place);
/* Copies what stands in `place` around `other`; false where nothing does or `as` is taken. */
bool arguments_inherit(const struct arguments *from, enum argument_place place, uint32_t other,
                       enum argument_place as, struct arguments *arguments);
/* What the grammatical subject of `other` is. */
bool arguments_inherit_subject(const struct arguments *from, uint32_t other, enum argument_place as,
                               struct arguments *arguments);
void arguments_add_oblique(const struct tree *tree, uint32_t word, uint32_t child,
                           struct arguments *arguments);
bool arguments_relative(const struct token *word);
bool arguments_past_participle(const struct token *token);
/* A past form with "by" and neither auxiliary nor object: "the murder CARRIED OUT by soldiers". */
bool arguments_done_by(const struct tree *tree, uint32_t word);
bool arguments_infinitive(const struct tree *tree, uint32_t clause);
/* "Died AT THE HANDS OF rebels": who did it, as subject; false where the phrase is another. */
bool arguments_add_hands(const struct tree *tree, uint32_t child, struct arguments *arguments);

/* governors.c: what coordinated, controlled and adverbial verbs and participles take over from the
 * word they hang on. */
void arguments_from_governor(const struct tree *tree, uint32_t word, struct arguments *arguments,
                             int depth);
/* lent_arguments.c: what a noun takes over from the verbs that support it. */
void arguments_from_support(const struct tree *tree, uint32_t word, struct arguments *arguments,
                            int depth);
/* The noun whose place in the clause counts: the first of a coordination, what counts the event ("a
 * SERIES of attacks"). */
uint32_t arguments_standing_for(const struct tree *tree, uint32_t noun);
/* shared_objects.c: the object of the last of the verbs that follow one another. */
void arguments_object_ahead(const struct tree *tree, uint32_t word, struct arguments *arguments);
/* shared_objects.c: whom a verb has "in custody", "under siege"; `above` is that verb or its
 * object. */
void arguments_held(const struct tree *tree, uint32_t above, uint32_t noun, uint32_t preposition,
                    struct arguments *arguments);
/* shared_objects.c: objects and subjects of passives that a parser hung elsewhere. */
void arguments_strayed(const struct tree *tree, uint32_t word, struct arguments *arguments);
/* "Was trained, shot a guard and DESERTED": behind a deed of his own he does the next, too, as he
 * does what nobody does to anybody ("was caught and FLED"); `word` is coordinated with a passive.
 */
bool arguments_active_again(const struct tree *tree, uint32_t word);
/* noun_clauses.c: what a clause takes over from the noun it hangs on. */
/* noun_clauses.c: "the use of mercenaries TO ATTACK": who is used; or NONE. */
uint32_t arguments_used_to(const struct tree *tree, uint32_t head, uint32_t word);
/* noun_clauses.c: "time FOR KENYA to help": who is to do what the infinitive at `word` tells; or
 * NONE. */
uint32_t arguments_for_whom(const struct tree *tree, uint32_t head, uint32_t word);
void arguments_from_noun(const struct tree *tree, uint32_t word, struct arguments *arguments,
                         int depth);
/* doers.c: who did what a noun tells, by the charge against him or who led it. */
void arguments_doers(const struct tree *tree, uint32_t word, struct arguments *arguments,
                     int depth);
/* "Charged with counts OF KILLING": who is, as subject; false where the clause is no such deed. */
bool arguments_of_charge(const struct tree *tree, uint32_t clause, struct arguments *arguments,
                         int depth);
/* The object of a verb below the one that a relative clause hangs by. */
void arguments_object_across(const struct tree *tree, uint32_t word, struct arguments *arguments);

/* owning_up.c: true for a verb whose subject says that he did what its object names. */
bool arguments_owning_up(const struct tree *tree, uint32_t verb);
/* "Claimed RESPONSIBILITY today for the attack", with the attack hung on the verb by the
 * preposition whose hash is `with`. */
bool arguments_owned_up_to(const struct tree *tree, uint32_t verb, uint64_t with);

#endif
