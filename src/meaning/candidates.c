/* Every word that triggers an event, and which of these belong to another event: "agreed to lift
 * the ban" is one agreement, not an agreement and a lifted ban. */
#include "meaning/coding.h"

/* "Called ON THE REBELS to surrender": what somebody named by a phrase is asked to do is told of
 * him, though it is the complement of the verb. */
static bool is_asked_of(const struct tree *tree, const struct making *outer, uint32_t deed)
{
    static const char *const words[] = {"on", "upon", "to", "for", "with", NULL};
    uint32_t verb = outer->trigger;
    if (!frame_is(outer->frame, "REQUEST") ||
        !relation_is(tree->tokens[deed].relation, REL_XCOMP) ||
        tree_child(tree, verb, REL_OBJ) != NONE || tree_child(tree, verb, REL_IOBJ) != NONE)
        return false;
    for (uint32_t child = tree->first_child[verb]; child != NONE && child < deed;
         child = tree->next_sibling[child]) {
        uint32_t preposition = tree_child_exactly(tree, child, REL_CASE);
        if (child > verb && preposition != NONE && outer->coding->time[child] == NONE &&
            relation_is(tree->tokens[child].relation, REL_OBL) &&
            token_is_one_of(&tree->tokens[preposition], words))
            return true;
    }
    return false;
}

/* Verbs and nouns below a governing trigger that its row takes over. */
static bool is_taken_over(const struct coding *coding, const struct making *outer,
                          const struct making *inner)
{
    const struct tree *tree = &coding->tree;
    uint32_t token = inner->trigger;
    for (int steps = 0; steps < 6 && token != NONE; steps++) {
        const struct token *word = &tree->tokens[token];
        if (word->head == outer->trigger) {
            if (is_asked_of(tree, outer, token))
                return false;
            if (relation_is(word->relation, REL_XCOMP) || relation_is(word->relation, REL_CCOMP) ||
                word->relation == REL_ACL)
                return true;
            /* "Telephoned him TO DISCUSS the border": what for, where the row asks for it. */
            if (word->relation == REL_ADVCL && token == inner->trigger &&
                strcmp(inner->frame->plover, outer->frame->plover) == 0 &&
                frame_asks_for(outer->frame, tree, &outer->arguments, token))
                return true;
            /* "a demand for the release of", "rejected a call for talks". */
            return relation_is(word->relation, REL_OBJ) || relation_is(word->relation, REL_OBL) ||
                   relation_is(word->relation, REL_NMOD);
        }
        bool goes_on = relation_is(word->relation, REL_OBJ) || word->relation == REL_CONJ ||
                       relation_is(word->relation, REL_XCOMP) ||
                       /* "Rejected the IDEA of talks" */
                       (relation_is(word->relation, REL_NMOD) && word->head != NONE &&
                        frame_is(outer->frame, "REJECT") &&
                        arguments_behind(tree, &inner->arguments, "between") == NULL &&
                        token_in(&tree->tokens[word->head], WORDS_THOUGHTS_OF_TALKS));
        if (!goes_on)
            return false;
        token = word->head;
    }
    return false;
}

static void drop_taken_over(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        const struct making *outer = &coding->makings.items[i];
        if (!outer->frame->drops_below || outer->absorbed)
            continue;
        uint32_t sentence = coding->document->tokens.items[outer->trigger].sentence;
        for (uint32_t j = 0; j < coding->makings.count; j++) {
            struct making *inner = &coding->makings.items[j];
            if (i != j && coding->document->tokens.items[inner->trigger].sentence == sentence &&
                is_taken_over(coding, outer, inner))
                inner->dropped = true;
        }
    }
}

/* The object of a light verb that makes the event: "opened FIRE", "held TALKS". It is no event of
 * its own where the verb's row asked for it. */
static void drop_named_objects(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *inner = &coding->makings.items[i];
        const struct token *word = &coding->tree.tokens[inner->trigger];
        if (inner->frame->class != FRAME_NOUN || word->head == NONE)
            continue;
        /* "Accepted responsibility for the DEATHS": on the object of the verb. */
        const struct token *part = &coding->tree.tokens[word->head];
        bool of_object = relation_is(word->relation, REL_NMOD) && part->relation == REL_OBJ &&
                         coding->making_at[word->head] == NONE;
        uint32_t above = coding->making_at[of_object ? part->head : word->head];
        if (above == NONE || inner->trigger == coding->makings.items[above].trigger)
            continue;
        const struct making *outer = &coding->makings.items[above];
        bool object = relation_is(word->relation, REL_OBJ) || word->relation == REL_NSUBJ_PASS;
        bool oblique = relation_is(word->relation, REL_OBL);
        if ((object || oblique || of_object) &&
            frame_asks_for(outer->frame, &coding->tree, &outer->arguments, inner->trigger))
            inner->dropped = inner->absorbed = true;
    }
}

/* Words of names and dates tell no event ("Amnesty International", "in March"), nor do nouns that
 * describe another ("riot police"). */
static bool is_trigger(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    if (coding->time[token] != NONE)
        return false;
    if (word->upos == UPOS_PROPN && coding->named[token] != NONE)
        return false;
    /* "[name as received]": a remark of whoever took the report down. */
    if (token > 0 && token_is(word - 1, "as") && token + 1 < coding->document->tokens.count &&
        token_is(word + 1, "]"))
        return false;
    return word->upos != UPOS_NOUN || word->relation != REL_COMPOUND;
}

/* "Appealed to DISPLACED families", parsed as an infinitive: none has the form of the past. */
static bool is_modifier(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    if (token == 0 || word->upos != UPOS_VERB || word->folded_length < 5 ||
        strcmp(word->folded + word->folded_length - 2, "ed") != 0 || !token_is(word - 1, "to") ||
        tree_child(&coding->tree, token, REL_MARK) != token - 1 ||
        token + 1 >= coding->document->tokens.count)
        return false;
    return word[1].upos == UPOS_NOUN || word[1].upos == UPOS_PROPN || word[1].upos == UPOS_ADJ;
}

/* "Are GOING to meet": the future, and no journey. */
static bool is_future(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    uint32_t deed = tree_child(tree, token, REL_XCOMP);
    return token_is(&tree->tokens[token], "going") && deed != NONE &&
           tree_child(tree, token, REL_AUX) != NONE && tree_child(tree, deed, REL_MARK) != NONE &&
           tree_child(tree, token, REL_OBL) == NONE;
}

/* What marchers demand and whom they accuse is what the march is about. */
static bool is_about_protest(const struct coding *coding, const struct making *inner)
{
    const char *plover = inner->frame->plover;
    if (strcmp(plover, "REQUEST") != 0 && strcmp(plover, "ACCUSE") != 0 &&
        strcmp(plover, "PROTEST") != 0)
        return false;
    uint32_t token = inner->trigger;
    for (int steps = 0; steps < 3 && token != NONE; steps++) {
        enum relation relation = coding->tree.tokens[token].relation;
        if (relation != REL_ADVCL && relation != REL_XCOMP && !relation_is(relation, REL_OBL) &&
            !relation_is(relation, REL_OBJ) && !relation_is(relation, REL_ACL))
            return false;
        token = coding->tree.tokens[token].head;
        uint32_t above = token != NONE ? coding->making_at[token] : NONE;
        if (above != NONE)
            return frame_is(coding->makings.items[above].frame, "PROTEST");
    }
    return false;
}

static void drop_demands_of_protests(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++)
        if (is_about_protest(coding, &coding->makings.items[i]))
            coding->makings.items[i].dropped = true;
}

static bool is_behind_or(const struct tree *tree, uint32_t verb)
{
    static const char *const words[] = {"or", "nor", NULL};
    uint32_t joined = tree_child_exactly(tree, verb, REL_CC);
    return joined != NONE && token_is_one_of(&tree->tokens[joined], words);
}

/* "Neither CONFIRMED nor denied the report": who leaves it open denies nothing. */
static bool is_left_open(const struct coding *coding, const struct making *denial)
{
    const struct tree *tree = &coding->tree;
    const struct token *verb = &tree->tokens[denial->trigger];
    if (!frame_is(denial->frame, "REJECT") || verb->upos != UPOS_VERB || !token_is(verb, "deny"))
        return false;
    if (verb->relation == REL_CONJ && verb->head != NONE && is_behind_or(tree, denial->trigger) &&
        token_in(&tree->tokens[verb->head], WORDS_CONFIRMATIONS))
        return true;
    for (uint32_t child = tree->first_child[denial->trigger]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_CONJ && is_behind_or(tree, child) &&
            token_in(&tree->tokens[child], WORDS_CONFIRMATIONS))
            return true;
    return false;
}

static void drop_denials_left_open(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++)
        if (is_left_open(coding, &coding->makings.items[i]))
            coding->makings.items[i].dropped = true;
}

/* "Will have TO AGREE". */
static bool is_had_to(const struct coding *coding, uint32_t verb)
{
    const struct token *word = &coding->tree.tokens[verb];
    return word->relation == REL_XCOMP && word->head != NONE && word->head < verb &&
           tree_child_exactly(&coding->tree, verb, REL_MARK) != NONE &&
           token_in(&coding->tree.tokens[word->head], WORDS_DUTIES);
}

/* "The Senate must APPROVE the deal", "will have to AGREE": who has to has not agreed. */
static void drop_duties(struct coding *coding)
{
    for (uint32_t i = 0; i < coding->makings.count; i++) {
        struct making *making = &coding->makings.items[i];
        if (making->frame->class == FRAME_VERB && frame_is(making->frame, "AGREE") &&
            (intent_is_duty(coding, making->trigger) || is_had_to(coding, making->trigger)))
            making->dropped = true;
    }
}

static bool is_assault(const struct making *making)
{
    return frame_is(making->frame, "ASSAULT");
}

/* "The helicopter crashed, KILLING six", "sank and DROWNED nine": what the mishap at `above` did.
 */
static bool is_of_mishap(const struct coding *coding, uint32_t token, uint32_t above)
{
    const struct token *word = &coding->tree.tokens[token];
    bool gerund = (word->features & (WORD_GERUND | WORD_PARTICIPLE)) != 0 &&
                  (word->features & WORD_PAST) == 0;
    if (token < above || word->head == NONE || tree_child(&coding->tree, token, REL_NSUBJ) != NONE)
        return false;
    if (word->relation == REL_CONJ)
        return word->head == above;
    if (!gerund || (word->relation != REL_ADVCL && word->relation != REL_ACL))
        return false;
    for (int steps = 0; steps < 4 && token != NONE && token != above; steps++)
        token = coding->tree.tokens[token].head; /* hung on what crashed, or on where */
    return token == above;
}

static void drop_deeds_of_mishap(struct coding *coding, uint32_t mishap)
{
    struct making *deed = NULL;
    uint32_t sentence = coding->tree.tokens[mishap].sentence;
    for (size_t i = coding->makings.count; i-- > 0;) {
        struct making *making = &coding->makings.items[i];
        uint32_t own = coding->tree.tokens[making->trigger].sentence;
        if (own < sentence)
            break;
        if (own > sentence || !is_assault(making))
            continue;
        if (deed != NULL || !is_of_mishap(coding, making->trigger, mishap))
            return; /* the sentence tells of violence, too */
        deed = making;
    }
    if (deed != NULL)
        deed->dropped = true;
}

void candidates_find(struct coding *coding)
{
    struct participant_list mishaps = {0};
    uint32_t count = coding->document->tokens.count;
    const bool *discarded = coding->document->discarded;
    for (uint32_t token = 0; token < count; token++) {
        if (discarded != NULL && discarded[coding->tree.tokens[token].sentence])
            continue;
        struct making found = {.coding = coding, .joined = NONE, .held = NONE};
        found.frame = frames_find(&coding->knowledge->frames, &coding->tree, token, coding_kinds,
                                  coding, &found.range, &found.trigger, &found.arguments);
        if (found.frame == NULL || coding->making_at[found.trigger] != NONE ||
            !is_trigger(coding, found.trigger) || is_modifier(coding, found.trigger) ||
            is_future(coding, found.trigger))
            continue;
        if (strcmp(found.frame->plover, "-") == 0) {
            const char *mode = found.frame->mode != NULL ? found.frame->mode : "";
            coding->mishap_blast |= strcmp(mode, "mishap-blast") == 0;
            if (strncmp(mode, "mishap", strlen("mishap")) == 0) {
                coding->mishap = true;
                list_add(&mishaps, found.trigger);
            }
            continue;
        }
        coding->making_at[found.trigger] = coding->makings.count;
        struct making *making = array_push(&coding->makings);
        if (making == NULL)
            return;
        *making = found;
        if (found.range.end - found.range.first > 1)
            token = found.range.end - 1;
    }
    drop_named_objects(coding);
    drop_taken_over(coding);
    drop_demands_of_protests(coding);
    drop_denials_left_open(coding);
    drop_duties(coding);
    for (uint32_t i = 0; i < mishaps.count; i++)
        drop_deeds_of_mishap(coding, mishaps.tokens[i]);
}
