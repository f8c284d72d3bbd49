/* Pronouns of somebody: "we attacked the post", "they shot him". Whoever tells it names nobody, but
 * says that somebody did it, and that no other did: the pronoun takes part by its words alone where
 * no earlier sentence says who it is. What leaves out: "it", "this" and "who", which may be anything;
 * "you", where it is anybody ("the best that you can get"). */
#include "meaning/participants.h"

bool participants_person(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {"we", "they", "he",  "she", "i",  "us",
                                        "them", "him", "her", "me",  NULL};
    const struct token *word = &coding->tree.tokens[token];
    if (word->upos != UPOS_PRON)
        return false;
    /* "You shot my mother", "we urge you" */
    if (strcmp(word->folded, "you") == 0 && word->head != NONE)
        return !relation_is(word->relation, REL_NSUBJ) ||
               (coding->tree.tokens[word->head].features & WORD_PAST) != 0;
    return token_is_one_of(word, words);
}

static bool names_none(const struct making *making, const struct participant_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (!participant_is_nobody(making, list->tokens[i]))
            return false;
    return true;
}

bool participants_only_pronouns(const struct making *making)
{
    return making->agents.count + making->patients.count > 0 &&
           names_none(making, &making->agents) && names_none(making, &making->patients);
}

uint32_t pronouns_thing_before(const struct coding *coding, uint32_t pronoun)
{
    const struct tree *tree = &coding->tree;
    const struct token *tokens = tree->tokens, *word = &tokens[pronoun];
    uint32_t verb = word->head;
    bool many = strcmp(word->folded, "them") == 0;
    if ((!many && strcmp(word->folded, "it") != 0) || verb == NONE || verb > pronoun ||
        word->relation != REL_OBJ || tokens[verb].relation != REL_CONJ)
        return NONE;
    uint32_t noun = tree_child_exactly(tree, tokens[verb].head, REL_OBJ);
    const uint32_t somebody = KIND_PERSON | KIND_ORGANISATION | KIND_ARMED | KIND_ACTOR | KIND_PLACE;
    const uint32_t thing = KIND_WEAPON | KIND_VEHICLE | KIND_FACILITY;
    if (noun == NONE || noun > verb || tokens[noun].upos != UPOS_NOUN ||
        ((tokens[noun].features & WORD_PLURAL) != 0) != many || coding_actor(coding, noun) != NONE)
        return NONE;
    uint32_t kinds = coding_kinds(coding, noun);
    return (kinds & somebody) == 0 && (kinds & thing) != 0 ? noun : NONE;
}
