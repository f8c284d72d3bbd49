/* Lists of words of dictionaries/en/word_lists.tsv, which the code asks for by name: may this noun
 * stand for a text, does this verb end what it governs? What is in a list is the dictionary's to
 * say; what is made of it, the code's.
 *
 * The grammar stage looks every word up once (language/word_lists.c), so that asking costs a bit
 * test. A list is asked of words as they are written, of their lemmas, or of either, as its row
 * says. */
#ifndef ANNALS_DOCUMENT_WORD_LISTS_H
#define ANNALS_DOCUMENT_WORD_LISTS_H

#include "document/document.h"

/* Enumerator and id of the row, in the order of the alphabet. */
#define WORD_LISTS(X)                                                                              \
    X(WORDS_ADVERSARIES, "adversaries")                                                            \
    X(WORDS_AFFIRM_BEHIND_NOT, "affirm-behind-not")                                                \
    X(WORDS_AGO_ON_THE_DAY, "ago-on-the-day")                                                      \
    X(WORDS_AIMS, "aims")                                                                          \
    X(WORDS_AIMS_HELD, "aims-held")                                                                \
    X(WORDS_AMOUNTS_BEFORE_A_ROLE, "amounts-before-a-role")                                        \
    X(WORDS_ANNOUNCE_OWN_DEEDS, "announce-own-deeds")                                              \
    X(WORDS_ANSWER_REPORTS, "answer-reports")                                                      \
    X(WORDS_ANSWERS_TO_A_REQUEST, "answers-to-a-request")                                          \
    X(WORDS_ARE_THE_PLACE_BEHIND_OF, "are-the-place-behind-of")                                    \
    X(WORDS_ASKED_FOR_SOMETHING, "asked-for-something")                                            \
    X(WORDS_AWAITED_EVENTS, "awaited-events")                                                      \
    X(WORDS_BEAR_A_PLACE_NAME, "bear-a-place-name")                                                \
    X(WORDS_BEFORE_HARMS_TO_A_BODY, "before-harms-to-a-body")                                      \
    X(WORDS_BEFORE_NUMBERS_TAKEN_UP, "before-numbers-taken-up")                                    \
    X(WORDS_BEFORE_PASSIVE_FATES, "before-passive-fates")                                          \
    X(WORDS_BETWEEN_NONE_AND_FATE, "between-none-and-fate")                                        \
    X(WORDS_BETWEEN_NUMBER_AND_FATE, "between-number-and-fate")                                    \
    X(WORDS_BID_SOMEBODY, "bid-somebody")                                                          \
    X(WORDS_BODIES_FORMED_TO_ACT, "bodies-formed-to-act")                                          \
    X(WORDS_BODIES_NAMED_BY_A_DAY, "bodies-named-by-a-day")                                        \
    X(WORDS_BODIES_WITH_PEOPLE, "bodies-with-people")                                              \
    X(WORDS_CALL_SOMETHING_SO, "call-something-so")                                                \
    X(WORDS_CALLED_HE, "called-he")                                                                \
    X(WORDS_CALLED_SHE, "called-she")                                                              \
    X(WORDS_CAPITALISED_BUT_NOBODY, "capitalised-but-nobody")                                      \
    X(WORDS_CAPTIVES_AS_A_STATE, "captives-as-a-state")                                            \
    X(WORDS_CAPTIVES_AS_SECOND_OBJECTS, "captives-as-second-objects")                              \
    X(WORDS_CARE_OF_THE_HURT, "care-of-the-hurt")                                                  \
    X(WORDS_CASES, "cases")                                                                        \
    X(WORDS_CASES_OF_A_FATE, "cases-of-a-fate")                                                    \
    X(WORDS_CAUSES_OF_BEING_HURT, "causes-of-being-hurt")                                          \
    X(WORDS_CAUSES_OF_HARM, "causes-of-harm")                                                      \
    X(WORDS_CHARGES_OF_VIOLENCE, "charges-of-violence")                                            \
    X(WORDS_CHILDREN_COUNTED, "children-counted")                                                  \
    X(WORDS_CLAIM_SO, "claim-so")                                                                  \
    X(WORDS_COME_AFTER_A_DEED, "come-after-a-deed")                                                \
    X(WORDS_COMMUNITIES_THAT_ACT, "communities-that-act")                                          \
    X(WORDS_CONDITIONS_OF_THE_HURT, "conditions-of-the-hurt")                                      \
    X(WORDS_CONFIRMATIONS, "confirmations")                                                        \
    X(WORDS_COURTESIES_TAKEN_FOR_HEADS, "courtesies-taken-for-heads")                              \
    X(WORDS_CULPRITS, "culprits")                                                                  \
    X(WORDS_DAYS_BEHIND_A_SUBJECT, "days-behind-a-subject")                                        \
    X(WORDS_DAYS_OF_THE_WEEK, "days-of-the-week")                                                  \
    X(WORDS_DEATHS_COUNTED, "deaths-counted")                                                      \
    X(WORDS_DEATHS_OF_THOSE_HIT, "deaths-of-those-hit")                                            \
    X(WORDS_DEEDS_ASKED_FOR, "deeds-asked-for")                                                    \
    X(WORDS_DEEDS_OF_STATES, "deeds-of-states")                                                    \
    X(WORDS_DO_WHAT_WAS_ASKED, "do-what-was-asked")                                                \
    X(WORDS_DONE_TO_AN_END, "done-to-an-end")                                                      \
    X(WORDS_DURING_A_PROTEST, "during-a-protest")                                                  \
    X(WORDS_DUTIES, "duties")                                                                      \
    X(WORDS_EFFORTS_AND_MEANS, "efforts-and-means")                                                \
    X(WORDS_ENDS_BEFORE_A_NUMBER, "ends-before-a-number")                                          \
    X(WORDS_ENDS_OF_A_FATE, "ends-of-a-fate")                                                      \
    X(WORDS_ENDS_OF_A_FATE_BESIDE, "ends-of-a-fate-beside")                                        \
    X(WORDS_ENDS_OF_A_FIGHT, "ends-of-a-fight")                                                    \
    X(WORDS_FACILITIES_TOLD_BEFORE, "facilities-told-before")                                      \
    X(WORDS_FAMILIES_COUNTED, "families-counted")                                                  \
    X(WORDS_FATAL_MANNERS, "fatal-manners")                                                        \
    X(WORDS_FATES_OF_THE_KILLED, "fates-of-the-killed")                                            \
    X(WORDS_FATES_OF_THE_MISSING, "fates-of-the-missing")                                          \
    X(WORDS_FATES_OF_THE_WOUNDED, "fates-of-the-wounded")                                          \
    X(WORDS_FATES_OF_THOSE_HIT, "fates-of-those-hit")                                              \
    X(WORDS_FATES_TOLD_LATER, "fates-told-later")                                                  \
    X(WORDS_FEW_PEOPLE_AS_ONE, "few-people-as-one")                                                \
    X(WORDS_GROUPS_OF_A_COUNTRY, "groups-of-a-country")                                            \
    X(WORDS_HAPPENING_ALONG, "happening-along")                                                    \
    X(WORDS_HARM_NEVER_ANNOUNCED, "harm-never-announced")                                          \
    X(WORDS_HARM_THAT_TELLS_A_DEED, "harm-that-tells-a-deed")                                      \
    X(WORDS_HARMS_TO_A_BODY, "harms-to-a-body")                                                    \
    X(WORDS_HEADLINE_PAST_FORMS, "headline-past-forms")                                            \
    X(WORDS_HONORIFICS, "honorifics")                                                              \
    X(WORDS_HOURS_OF_THE_DAY, "hours-of-the-day")                                                  \
    X(WORDS_HURT_AS_NOUNS, "hurt-as-nouns")                                                        \
    X(WORDS_INDIRECT_QUESTIONS, "indirect-questions")                                              \
    X(WORDS_INJURIES_COUNTED, "injuries-counted")                                                  \
    X(WORDS_JOINED_TO_OF, "joined-to-of")                                                          \
    X(WORDS_JOINS_OF_DENIED_FATES, "joins-of-denied-fates")                                        \
    X(WORDS_JOINT_MANNERS, "joint-manners")                                                        \
    X(WORDS_KILLING_A_NUMBER, "killing-a-number")                                                  \
    X(WORDS_LABELS_BEFORE_A_COLON, "labels-before-a-colon")                                        \
    X(WORDS_LABELS_OF_WHO_ASKS, "labels-of-who-asks")                                              \
    X(WORDS_LADEN_WITH_A_LOAD, "laden-with-a-load")                                                \
    X(WORDS_LAST_STRONGHOLDS, "last-strongholds")                                                  \
    X(WORDS_LASTING_FIGHTS, "lasting-fights")                                                      \
    X(WORDS_LATER_THAN_TOLD, "later-than-told")                                                    \
    X(WORDS_LEAD_BESIDE_WHAT_IS_HELD, "lead-beside-what-is-held")                                  \
    X(WORDS_LEAD_INSIDE_WHAT_IS_HELD, "lead-inside-what-is-held")                                  \
    X(WORDS_LEAD_TO_EXAMPLES, "lead-to-examples")                                                  \
    X(WORDS_LEAD_TO_UNKNOWN_PLACES, "lead-to-unknown-places")                                      \
    X(WORDS_LEAVE_OPEN_WHAT_FOLLOWS, "leave-open-what-follows")                                    \
    X(WORDS_LEAVE_OPEN_WHICH_SITE, "leave-open-which-site")                                        \
    X(WORDS_LEAVE_OUT_A_PLACE, "leave-out-a-place")                                                \
    X(WORDS_LEFT_OF_SOMEBODY, "left-of-somebody")                                                  \
    X(WORDS_LETS_SOMEBODY_DO, "lets-somebody-do")                                                  \
    X(WORDS_LETTERS, "letters")                                                                    \
    X(WORDS_LINKS_TO_A_VERDICT, "links-to-a-verdict")                                              \
    X(WORDS_LIVES_AT_STAKE, "lives-at-stake")                                                      \
    X(WORDS_LONG_STRETCHES_OF_THE_PAST, "long-stretches-of-the-past")                              \
    X(WORDS_LOOK_BACK_ON_DEEDS, "look-back-on-deeds")                                              \
    X(WORDS_LOOKING_AHEAD, "looking-ahead")                                                        \
    X(WORDS_LOSSES_OF_ONE_SIDE, "losses-of-one-side")                                              \
    X(WORDS_MAKE_A_CAPITAL_A_SEAT, "make-a-capital-a-seat")                                        \
    X(WORDS_MANY_IN_ONE_WORD, "many-in-one-word")                                                  \
    X(WORDS_MARCHERS, "marchers")                                                                  \
    X(WORDS_MEASURES_OF_PEOPLE, "measures-of-people")                                              \
    X(WORDS_MILITARY_SUPPLIES, "military-supplies")                                                \
    X(WORDS_MOBS, "mobs")                                                                          \
    X(WORDS_NAMES_OF_PLACES_AND_EVENTS, "names-of-places-and-events")                              \
    X(WORDS_NARROWINGS_OF_FIGHTERS, "narrowings-of-fighters")                                      \
    X(WORDS_NEIGHBOURS_AND_RIVALS, "neighbours-and-rivals")                                        \
    X(WORDS_NO_TELLERS_OF_A_TOLL, "no-tellers-of-a-toll")                                          \
    X(WORDS_NOBODY_AT_ALL, "nobody-at-all")                                                        \
    X(WORDS_NOBODY_BEHIND_NO, "nobody-behind-no")                                                  \
    X(WORDS_NONE_DEAD, "none-dead")                                                                \
    X(WORDS_NONE_DEAD_OR_HURT, "none-dead-or-hurt")                                                \
    X(WORDS_NONE_HURT, "none-hurt")                                                                \
    X(WORDS_NOTHING_AT_ALL, "nothing-at-all")                                                      \
    X(WORDS_NOUNS_FOR_A_STATE, "nouns-for-a-state")                                                \
    X(WORDS_NUMBERS_TAKEN_UP, "numbers-taken-up")                                                  \
    X(WORDS_ONLY_SAY_WHERE, "only-say-where")                                                      \
    X(WORDS_OPEN_ANOTHER_SCENE, "open-another-scene")                                              \
    X(WORDS_OPENINGS_OF_A_RATE, "openings-of-a-rate")                                              \
    X(WORDS_OPPORTUNITIES_TO_ACT, "opportunities-to-act")                                          \
    X(WORDS_PARTICIPLES_BEHIND_A_NAME, "participles-behind-a-name")                                \
    X(WORDS_PARTICLES_BEFORE_AN_OBJECT, "particles-before-an-object")                              \
    X(WORDS_PARTICLES_OF_NAMES, "particles-of-names")                                              \
    X(WORDS_PARTS_OF_A_DEED, "parts-of-a-deed")                                                    \
    X(WORDS_PARTS_OF_A_STATE, "parts-of-a-state")                                                  \
    X(WORDS_PARTS_OF_DAY_AND_WEEK, "parts-of-day-and-week")                                        \
    X(WORDS_PASSIVE_BEHIND_A_PASSIVE, "passive-behind-a-passive")                                  \
    X(WORDS_PASSIVES_THAT_TELL_A_DEED, "passives-that-tell-a-deed")                                \
    X(WORDS_PAST_AS_WELL, "past-as-well")                                                          \
    X(WORDS_PASTS_LIKE_PRESENTS, "pasts-like-presents")                                            \
    X(WORDS_PERCEIVED_WITH_COULD, "perceived-with-could")                                          \
    X(WORDS_PERSONS_COUNTED, "persons-counted")                                                    \
    X(WORDS_PHRASES_BEFORE_A_GERUND, "phrases-before-a-gerund")                                    \
    X(WORDS_PLACES_OF_A_PLACE, "places-of-a-place")                                                \
    X(WORDS_PLACES_OF_NOBODY, "places-of-nobody")                                                  \
    X(WORDS_PLURALS_OF_ONE_SITE, "plurals-of-one-site")                                            \
    X(WORDS_PLURALS_WITHOUT_ENDING, "plurals-without-ending")                                      \
    X(WORDS_PREFIXES_TO_A_NAME, "prefixes-to-a-name")                                              \
    X(WORDS_PREPOSITIONS_BEFORE_STATES, "prepositions-before-states")                              \
    X(WORDS_PREPOSITIONS_OF_A_TOPIC, "prepositions-of-a-topic")                                    \
    X(WORDS_PREPOSITIONS_OF_ANSWERS, "prepositions-of-answers")                                    \
    X(WORDS_PRONOUNS_OF_ANYBODY, "pronouns-of-anybody")                                            \
    X(WORDS_PRONOUNS_OF_NOTHING_KNOWN, "pronouns-of-nothing-known")                                \
    X(WORDS_PUTS_IN_A_STATE, "puts-in-a-state")                                                    \
    X(WORDS_QUESTIONS, "questions")                                                                \
    X(WORDS_READY_FOR_TALKS, "ready-for-talks")                                                    \
    X(WORDS_REMARKS_ON_A_SPEECH, "remarks-on-a-speech")                                            \
    X(WORDS_REMOTE_FROM_A_PARTY, "remote-from-a-party")                                            \
    X(WORDS_RESULTS, "results")                                                                    \
    X(WORDS_ROADS_THAT_SAY_WHERE, "roads-that-say-where")                                          \
    X(WORDS_RULE_OVER_PLACES, "rule-over-places")                                                  \
    X(WORDS_SAID_OF_THE_CAUGHT, "said-of-the-caught")                                              \
    X(WORDS_SAY_WHAT_A_PLACE_IS, "say-what-a-place-is")                                            \
    X(WORDS_SAY_WHENCE, "say-whence")                                                              \
    X(WORDS_SAY_WHERE, "say-where")                                                                \
    X(WORDS_SAY_WHERE_ONE_SPEAKS, "say-where-one-speaks")                                          \
    X(WORDS_SAY_WHITHER, "say-whither")                                                            \
    X(WORDS_SAYS_BEHIND_A_CLAUSE, "says-behind-a-clause")                                          \
    X(WORDS_SCENES_CAPITAL, "scenes-capital")                                                      \
    X(WORDS_SCENES_CITY, "scenes-city")                                                            \
    X(WORDS_SCENES_COUNTRY, "scenes-country")                                                      \
    X(WORDS_SCENES_DISTRICT, "scenes-district")                                                    \
    X(WORDS_SCENES_ISLAND, "scenes-island")                                                        \
    X(WORDS_SCENES_LEFT_OPEN, "scenes-left-open")                                                  \
    X(WORDS_SCENES_OF_A_SHOOTING, "scenes-of-a-shooting")                                          \
    X(WORDS_SCENES_PROVINCE, "scenes-province")                                                    \
    X(WORDS_SCENES_VALLEY, "scenes-valley")                                                        \
    X(WORDS_SERVE_AS, "serve-as")                                                                  \
    X(WORDS_SET_TWO_SCENES_APART, "set-two-scenes-apart")                                          \
    X(WORDS_SETTING_A_DATE, "setting-a-date")                                                      \
    X(WORDS_SEVERAL_IN_ONE, "several-in-one")                                                      \
    X(WORDS_SHARED_ENDINGS_OF_NAMES, "shared-endings-of-names")                                    \
    X(WORDS_SHARES_OF_A_PLACE, "shares-of-a-place")                                                \
    X(WORDS_SIDES_OF_A_PLACE, "sides-of-a-place")                                                  \
    X(WORDS_SIGNS_OF_ANOTHER_GROUP, "signs-of-another-group")                                      \
    X(WORDS_SOURCES_CITED, "sources-cited")                                                        \
    X(WORDS_SPANS_OF_A_RATE, "spans-of-a-rate")                                                    \
    X(WORDS_SPANS_OF_SOME_LENGTH, "spans-of-some-length")                                          \
    X(WORDS_SPANS_THAT_SAY_WHEN, "spans-that-say-when")                                            \
    X(WORDS_SPELLS_OF_TIME, "spells-of-time")                                                      \
    X(WORDS_STATEMENTS_UNDER_A_NAME, "statements-under-a-name")                                    \
    X(WORDS_STRETCHES, "stretches")                                                                \
    X(WORDS_SWEEPS, "sweeps")                                                                      \
    X(WORDS_TAKERS_OF_STATEMENTS, "takers-of-statements")                                          \
    X(WORDS_TELL_NO_PLACE_APART, "tell-no-place-apart")                                            \
    X(WORDS_TELL_OF_EARLIER_DEEDS, "tell-of-earlier-deeds")                                        \
    X(WORDS_TELLS_WHOSE_FORCES, "tells-whose-forces")                                              \
    X(WORDS_TEXTS_THAT_ARE_NOBODY, "texts-that-are-nobody")                                        \
    X(WORDS_TEXTS_THAT_SPEAK, "texts-that-speak")                                                  \
    X(WORDS_THOUGHTS_OF_TALKS, "thoughts-of-talks")                                                \
    X(WORDS_TIES_TO_A_SIDE, "ties-to-a-side")                                                      \
    X(WORDS_TIME_AND_AGAIN, "time-and-again")                                                      \
    X(WORDS_TIMES_TO_ACT_IN, "times-to-act-in")                                                    \
    X(WORDS_TOLD_BESIDE_CAPTURED, "told-beside-captured")                                          \
    X(WORDS_TOLD_BESIDE_DETAINED, "told-beside-detained")                                          \
    X(WORDS_TOLD_BESIDE_KILLED, "told-beside-killed")                                              \
    X(WORDS_TOLD_BESIDE_MISSING, "told-beside-missing")                                            \
    X(WORDS_TOLD_BESIDE_WOUNDED, "told-beside-wounded")                                            \
    X(WORDS_TOLLS_BY_THEIR_NAME, "tolls-by-their-name")                                            \
    X(WORDS_TOWNS_SUMMED_UP, "towns-summed-up")                                                    \
    X(WORDS_TOWNS_WITHOUT_A_NAME, "towns-without-a-name")                                          \
    X(WORDS_UNFORESEEN_EVENTS, "unforeseen-events")                                                \
    X(WORDS_USES_OF_SOMEBODY, "uses-of-somebody")                                                  \
    X(WORDS_VERBS_ABOUT_TALKS, "verbs-about-talks")                                                \
    X(WORDS_VERBS_BEFORE_AN_ACTION, "verbs-before-an-action")                                      \
    X(WORDS_VERBS_BEHIND_COMMAS, "verbs-behind-commas")                                            \
    X(WORDS_VERBS_DONE_TO_SOMEBODY, "verbs-done-to-somebody")                                      \
    X(WORDS_VERBS_OF_A_CAPITAL, "verbs-of-a-capital")                                              \
    X(WORDS_VERBS_OF_ARRIVING, "verbs-of-arriving")                                                \
    X(WORDS_VERBS_OF_BEING_FOUND_SO, "verbs-of-being-found-so")                                    \
    X(WORDS_VERBS_OF_CALLING_ON, "verbs-of-calling-on")                                            \
    X(WORDS_VERBS_OF_CARRYING_OUT, "verbs-of-carrying-out")                                        \
    X(WORDS_VERBS_OF_COUNTING, "verbs-of-counting")                                                \
    X(WORDS_VERBS_OF_GIVING_TIME, "verbs-of-giving-time")                                          \
    X(WORDS_VERBS_OF_GOING_ON, "verbs-of-going-on")                                                \
    X(WORDS_VERBS_OF_HANDLING_WEAPONS, "verbs-of-handling-weapons")                                \
    X(WORDS_VERBS_OF_HAVING_OPPORTUNITIES, "verbs-of-having-opportunities")                        \
    X(WORDS_VERBS_OF_NAMING_BODIES, "verbs-of-naming-bodies")                                      \
    X(WORDS_VERBS_OF_NAMING_PERSONS, "verbs-of-naming-persons")                                    \
    X(WORDS_VERBS_OF_NOTICING, "verbs-of-noticing")                                                \
    X(WORDS_VERBS_OF_OUTCOME, "verbs-of-outcome")                                                  \
    X(WORDS_VERBS_OF_OWNING, "verbs-of-owning")                                                    \
    X(WORDS_VERBS_OF_OWNING_UP, "verbs-of-owning-up")                                              \
    X(WORDS_VERBS_OF_PROPOSING, "verbs-of-proposing")                                              \
    X(WORDS_VERBS_OF_QUOTING, "verbs-of-quoting")                                                  \
    X(WORDS_VERBS_OF_TELLING, "verbs-of-telling")                                                  \
    X(WORDS_VERBS_OF_USING_ARMS, "verbs-of-using-arms")                                            \
    X(WORDS_VERBS_THAT_EQUATE_PARTIES, "verbs-that-equate-parties")                                \
    X(WORDS_VERBS_WITH_OF, "verbs-with-of")                                                        \
    X(WORDS_VERBS_WITH_ONLY_A_CLAUSE, "verbs-with-only-a-clause")                                  \
    X(WORDS_VICTIMS_CAPTURED, "victims-captured")                                                  \
    X(WORDS_VICTIMS_KILLED, "victims-killed")                                                      \
    X(WORDS_VICTIMS_OF_ANYTHING, "victims-of-anything")                                            \
    X(WORDS_VICTIMS_WOUNDED, "victims-wounded")                                                    \
    X(WORDS_VOICES_ABSENT_FROM_TALKS, "voices-absent-from-talks")                                  \
    X(WORDS_WAYS_TO_AN_END, "ways-to-an-end")                                                      \
    X(WORDS_WHAT_DOERS_ARE_ON, "what-doers-are-on")                                                \
    X(WORDS_WORDS_TAKEN_UP, "words-taken-up")                                                      \
    X(WORDS_WOUNDING_A_NUMBER, "wounding-a-number")

enum word_list {
#define ROW(name, id) name,
    WORD_LISTS(ROW)
#undef ROW
        WORD_LIST_COUNT
};

/* The lists that one word is in. */
struct word_listing {
    uint64_t written[(WORD_LIST_COUNT + 63) /
                     64]; /* bits of enum word_list: asked of the word as it is written */
    uint64_t lemma[(WORD_LIST_COUNT + 63) / 64]; /* asked of lemmas */
};

/* True where the token's folded form, its lemma, or either is in the list, as its row asks. False
 * where no grammar stage has run. */
static inline bool token_in(const struct token *token, enum word_list list)
{
    uint64_t bit = UINT64_C(1) << (list % 64);
    return (token->listed != NULL && (token->listed->written[list / 64] & bit) != 0) ||
           (token->lemma_listed != NULL && (token->lemma_listed->lemma[list / 64] & bit) != 0);
}

#endif
