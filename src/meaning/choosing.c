/* Asks the network who takes part, and writes down whom it chooses; see choosing.h.
 *
 * Method: each noun, name, pronoun and number of the sentence is one pair with the trigger; a
 * pair's features are hashes of what stands between the two in the tree and of what kind both are,
 * alone and with the row or the type of event (as in semantic role labelling: Gildea and Jurafsky
 * 2002). Only an empty slot is filled. Leaves out: whom only other sentences name, and several who
 * stand apart. */
#include "meaning/choosing.h"

#include "meaning/coding.h"
#include "meaning/pairs.h"
#include "meaning/participants.h"
#include "meaning/trust_parts.h"

/* The least probability of whoever is chosen: of those above it two in three are right
 * (docs/accuracy.md). */
static const float LEAST_AGENT = 0.6f, LEAST_PATIENT = 0.65f;

struct asking {
    const struct making *making;
    const struct tree *tree;
    uint64_t type, rule;
};

static bool may_take_part(const struct asking *asking, uint32_t token)
{
    const struct token *word = &asking->tree->tokens[token];
    return token != asking->making->trigger && pair_is_head(word) &&
           (word->upos == UPOS_NOUN || word->upos == UPOS_PROPN || word->upos == UPOS_PRON ||
            word->upos == UPOS_NUM);
}

/* How the rules have it take part in other events of the sentence: of this type, and of others. */
static uint64_t parts_elsewhere(const struct asking *asking, uint32_t token)
{
    const struct coding *coding = asking->making->coding;
    const struct token *tokens = asking->tree->tokens;
    uint32_t trigger = asking->making->trigger, sentence = tokens[trigger].sentence;
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    uint64_t parts = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct making *other = coding_making(coding, i);
        if (other == NULL || other->trigger == trigger || other->dropped)
            continue;
        unsigned shift = frame_is(other->frame, asking->making->frame->plover) ? 2 : 0;
        parts |= (uint64_t)list_has(&other->agents, token) << shift;
        parts |= (uint64_t)list_has(&other->patients, token) << (shift + 1);
    }
    return parts;
}

static void describe(const struct asking *asking, uint32_t token, uint32_t *features)
{
    const struct making *making = asking->making;
    const struct coding *coding = making->coding;
    const struct tree *tree = asking->tree;
    const struct token *word = &tree->tokens[token], *trigger = &tree->tokens[making->trigger];
    struct telling telling = {.features = features};
    uint32_t length = 0, preposition = tree_preposition(tree, token), verbs = 0;
    bool before = token < making->trigger;
    uint32_t first = before ? token : making->trigger, end = before ? making->trigger : token;
    for (uint32_t i = first + 1; i < end; i++)
        verbs += tree->tokens[i].upos == UPOS_VERB;
    uint64_t path = pair_path(tree, making->trigger, token, &length);
    uint64_t by = preposition != NONE ? tree->tokens[preposition].lemma_hash : 0;
    uint64_t lemma = word->upos != UPOS_PROPN ? word->lemma_hash : 0;
    uint64_t form = hash_join(trigger->upos, trigger->relation) * 2 + making->arguments.passive;
    tell_with(&telling, path, asking->type);
    tell(&telling, hash_join(path, asking->rule));
    tell(&telling, hash_join(path, form));
    tell(&telling, by);
    by = hash_join(by, word->relation);
    tell(&telling, hash_join(by, asking->rule));
    tell(&telling, hash_join(by, asking->type));
    tell_with(&telling, trust_sort_of(coding, token), asking->type);
    tell_with(&telling, lemma, asking->type);
    tell(&telling, hash_join(word->upos, word->relation));
    tell(&telling, pair_step(end - first) * 2 + before);
    tell(&telling, (verbs > 5 ? 5 : verbs) * 2 + before);
    tell(&telling, hash_join(asking->type, making->frame->class * 2u + making->arguments.passive));
    tell(&telling, trigger->lemma_hash);
    tell(&telling, form);
    tell_with(&telling, parts_elsewhere(asking, token), asking->type);
    tell(&telling, hash_join(coding_kinds(coding, token), asking->type));
    tell(&telling, length);
    uint32_t head = word->head, above = head != NONE ? tree->tokens[head].head : NONE;
    tell(&telling, hash_join(word->relation, above != NONE ? tree->tokens[above].upos : 0));
    tell(&telling, hash_join(word->relation, head != NONE ? tree->tokens[head].lemma_hash : 0));
    tell(&telling, hash_join(word->flags & TOKEN_QUOTED, trigger->flags & TOKEN_QUOTED));
}

static void sign(const struct asking *asking, const struct claim *claim, struct choice *choice)
{
    const struct making *making = asking->making;
    bool agent = false, patient = false;
    for (uint32_t i = 0; i < choice->count; i++) {
        agent |= list_has(&making->agents, choice->tokens[i]);
        patient |= list_has(&making->patients, choice->tokens[i]);
    }
    for (uint32_t i = 0; i < choice->count; i++) {
        uint8_t *signs = choice->pairs[i].signs;
        signs[SIGN_AGENT] = list_has(&making->agents, choice->tokens[i]);
        signs[SIGN_PATIENT] = list_has(&making->patients, choice->tokens[i]);
        signs[SIGN_NO_AGENT] = claim->agents.count == 0;
        signs[SIGN_NO_PATIENT] = claim->patients.count == 0;
        signs[SIGN_AGENT_AFAR] = claim->agents.count > 0 && !agent;
        signs[SIGN_PATIENT_AFAR] = claim->patients.count > 0 && !patient;
    }
}

void choosing_ask(const struct making *making, const struct claim *claim, struct choice *choice)
{
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    struct asking asking = {.making = making,
                            .tree = &coding->tree,
                            .type = hash_bytes(claim->plover, strlen(claim->plover)),
                            .rule = hash_bytes(making->frame->id, strlen(making->frame->id))};
    struct token_range range = document->sentences.items[claim->sentence].tokens;
    choice->trigger = making->trigger;
    choice->plover = claim->plover;
    choice->count = 0;
    for (uint32_t i = range.first; i < range.end && choice->count < CHOOSER_MOST; i++) {
        if (!may_take_part(&asking, i))
            continue;
        struct chooser_pair *pair = &choice->pairs[choice->count];
        pair->state = document->states + (size_t)i * document->state_size;
        describe(&asking, i, pair->features);
        choice->tokens[choice->count++] = i;
    }
    sign(&asking, claim, choice);
}

/* "CLASHES between army and rebels in which a nurse died": which of the two sides did it is not
 * said. */
static bool is_side_of_clash(const struct making *making, uint32_t token)
{
    const struct coding *coding = making->coding;
    struct token_range range =
        coding->document->sentences.items[coding->tree.tokens[token].sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct making *clash = coding_making(coding, i);
        if (clash != NULL && clash->trigger != making->trigger && clash->frame->both_sides &&
            (frame_is(clash->frame, "ASSAULT") || frame_is(clash->frame, "PROTEST")) &&
            (list_names(coding, &clash->agents, token) ||
             list_names(coding, &clash->patients, token)))
            return true;
    }
    return false;
}

/* Nobody is called a killer by his name for what a network makes of it. */
static bool is_named_person(const struct coding *coding, uint32_t token)
{
    uint32_t actor = coding_actor(coding, token);
    return actor != NONE && coding->document->actors.items[actor].kind == ACTOR_PERSON;
}

/* "IN the port", "a SUSPECT in the shooting": where it was done, and who is only suspected of it.
 */
static bool is_beside(const struct making *making, uint32_t token)
{
    static const char *const where[] = {"in",     "at",     "near",   "outside",
                                        "inside", "around", "across", NULL};
    const struct tree *tree = &making->coding->tree;
    uint32_t preposition = tree_preposition(tree, token);
    return token_is(&tree->tokens[token], "suspect") ||
           token_is(&tree->tokens[token], "suspects") ||
           (preposition != NONE && preposition < token &&
            coding_actor(making->coding, token) == NONE &&
            token_is_one_of(&tree->tokens[preposition], where));
}

/* Deeds, ideas and places take no part, nor do weapons, or nobody, do anything. */
static bool may_be_chosen(const struct making *making, uint32_t token, uint32_t slot)
{
    const struct coding *coding = making->coding;
    const uint32_t things = KIND_WEAPON | KIND_VEHICLE | KIND_AIRCRAFT;
    const struct making *other = coding_making(coding, token);
    if (coding_is_idea(coding, token) || (other != NULL && other->frame->class == FRAME_NOUN) ||
        is_beside(making, token) || list_has(&making->instruments, token) ||
        status_names_nobody(coding, token))
        return false;
    bool place = coding->place[token] != NONE &&
                 (participants_physical(making->frame) || coding_actor(coding, token) == NONE);
    bool ground =
        making->frame->control != CONTROL_NONE && (coding_kinds(coding, token) & KIND_PLACE) != 0;
    if (slot == 1)
        return !place && !ground;
    return (!participants_physical(making->frame) || !is_named_person(coding, token)) &&
           coding_weapon_told(coding, token) == NULL &&
           (coding_kinds(coding, token) & things) == 0 &&
           (making->frame->both_sides || !is_side_of_clash(making, token));
}

/* May the word be chosen, and whoever it stands for ("ONE of the men"), who takes no other part? */
static bool is_free(const struct making *making, uint32_t token, uint32_t slot)
{
    const struct participant_list *other = slot == 0 ? &making->patients : &making->agents;
    uint32_t meant = coding_stands_for(making->coding, token);
    return may_be_chosen(making, token, slot) &&
           (meant == token || may_be_chosen(making, meant, slot)) &&
           !list_names(making->coding, other, meant);
}

/* The index of the likeliest who is free; NONE where none is likely enough. */
static uint32_t likeliest(const struct making *making, const struct choice *choice, uint32_t slot)
{
    float most = slot == 0 ? LEAST_AGENT : LEAST_PATIENT;
    uint32_t found = NONE;
    for (uint32_t i = 0; i < choice->count; i++)
        if (choice->answers[i][slot] > most && is_free(making, choice->tokens[i], slot)) {
            most = choice->answers[i][slot];
            found = i;
        }
    return found;
}

/* Writes whoever is listed with `token`, too, if he may be chosen. */
static bool fill(struct making *making, uint32_t token, uint32_t slot, struct claim *claim)
{
    struct participant_list *list = slot == 0 ? &making->agents : &making->patients;
    const struct participant_list before = *list;
    uint32_t count = claim->agents.count + claim->patients.count;
    members_of_said(making, coding_stands_for(making->coding, token), list);
    for (uint32_t i = list->count; i-- > 0;)
        if (!is_free(making, list->tokens[i], slot))
            list_drop(list, i);
    participants_write_chosen(making, slot == 0, claim);
    if (claim->agents.count + claim->patients.count > count)
        return true;
    *list = before;
    return false;
}

void choosing_answer(const struct making *making, const struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct document *document = coding->document;
    const struct chooser *chooser = &coding->knowledge->chooser;
    struct choice *choice = coding->choice;
    choice->answered = document->states != NULL && document->state_size == chooser->sizes.state;
    choice->filled[0] = choice->filled[1] = false;
    if (!choice->answered)
        return;
    choosing_ask(making, claim, choice);
    chooser_run(chooser, document->states + (size_t)making->trigger * document->state_size,
                choice->pairs, choice->count, choice->answers);
}

bool choosing_fill(struct making *making, bool itself, struct claim *claim)
{
    struct choice *choice = making->coding->choice;
    for (uint32_t slot = 0; slot < CHOOSER_ANSWERS && choice->answered; slot++) {
        bool empty = slot == 0 ? claim->agents.count == 0 && !itself : claim->patients.count == 0;
        uint32_t found = empty ? likeliest(making, choice, slot) : NONE;
        choice->filled[slot] = found != NONE && fill(making, choice->tokens[found], slot, claim);
        choice->chance[slot] = found != NONE ? choice->answers[found][slot] : 0;
    }
    return choice->filled[0] || choice->filled[1];
}
