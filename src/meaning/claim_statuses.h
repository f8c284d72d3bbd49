/* What the files behind the status of a claim share: is it told as having happened, and who says
 * so? Part of coding.h, which includes it. */
#ifndef ANNALS_MEANING_CLAIM_STATUSES_H
#define ANNALS_MEANING_CLAIM_STATUSES_H

#include "document/claim.h"
#include "meaning/statuses.h"
#include "meaning/tree.h"

struct coding;
struct making;

/* claim_status.c: asserted, negated, planned …; who says so. */
void status_find(const struct making *making, struct claim *claim);
/* What the words beside a verb or noun make of it; -1 where they say nothing. */
int status_beside(const struct coding *coding, uint32_t token);
/* The status that statuses.tsv gives the word in a class, or -1. */
int status_word(const struct coding *coding, enum status_class class, uint32_t token);

/* "Minister TO VISIT the front": a headline's future. */
bool status_is_headline_future(const struct tree *tree, uint32_t token);
/* "No group", "nobody", "none of them". */
bool status_names_nobody(const struct coding *coding, uint32_t token);
/* "No group ADMITTED it": a verb of owning up that nobody is the subject of (claim_known.c). */
bool status_is_owned_by_nobody(const struct coding *coding, uint32_t verb);
/* "The anniversary OF THE MASSACRE", "could lead TO CLASHES". */
bool status_is_of_known(const struct coding *coding, uint32_t token);
bool status_is_outcome(const struct coding *coding, uint32_t token);
bool status_is_negated_in_front(const struct coding *coding, uint32_t token, uint32_t child);
/* "HAVE NOT, however, been freed": at an auxiliary that has the "not". */
bool status_is_negated_auxiliary(const struct coding *coding, uint32_t child);
/* "No protest or THE raids": a noun that the "no" of the first is not said of. */
bool status_has_own_article(const struct tree *tree, uint32_t token);
/* claim_known.c: "will reject THE INVASION": the noun is taken as known. */
bool status_is_known(const struct making *making);
/* "We ask you to report that they ARE BOMBING". */
bool status_is_reported(const struct coding *coding, uint32_t token);
/* "Warned of men FIGHTING abroad". */
bool status_is_of_somebody(const struct coding *coding, uint32_t token);
/* "Did not disclose why he FIRED", "a warrant in the SHOOTING". */
bool status_is_granted(const struct coding *coding, uint32_t token);
/* "The cause OF THE RAID is not known", "want THE MASSACRE to be discussed", "the RIOTS have not
 * spread": the deed is known. */
bool status_is_deed_known(const struct making *making);
/* "Calls ABOUT A SHOOTING", "calls REPORTING one". */
bool status_is_call_about(const struct coding *coding, uint32_t token);
/* "Condemned the one but NOT the massacre". */
bool status_is_set_apart(const struct tree *tree, uint32_t noun, uint32_t negation);
/* claim_past.c: a finite past or a participle; "to HAVE TAKEN it"; a clause of its own that tells
 * what was; "did not stop and KILLED two": the past beside what was not done, or is to be. */
bool status_is_told(const struct tree *tree, uint32_t token);
bool status_is_perfect(const struct tree *tree, uint32_t token);
bool status_tells_past(const struct coding *coding, uint32_t token);
bool status_is_reported_future(const struct tree *tree, uint32_t token, uint32_t auxiliary);
bool status_is_done_beside(const struct coding *coding, uint32_t token, uint32_t head);

/* "Denied any ROLE in it": the deed is known, whoever did it. */
bool status_is_disclaimed(const struct making *making, uint32_t noun);

/* claim_sources.c: adds who says so; returns what that makes of the claim, or -1. */
int sources_find(const struct making *making, struct claim *claim);

/* claim_unreal.c: told only to say that it is not so; -1 where it is not. */
int status_unreal(const struct making *making);
/* "REPORTS that", "RUMOURS that": told by somebody unknown; -1 where it is not. */
int status_of_rumour(const struct making *making);
/* "Stopped short of", "ruled out". */
bool status_stops_short(const struct coding *coding, uint32_t verb);
/* "Is reported to have fallen", "is believed to": -1 for other verbs. */
int status_of_hearsay(const struct coding *coding, uint32_t verb);
/* "The court heard that": -1 for other verbs. */
int status_of_hearing(const struct coding *coding, uint32_t verb);

#endif
