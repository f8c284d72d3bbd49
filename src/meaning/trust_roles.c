/* How those who take part in a claim stand to its trigger, as features of the model that says
 * whether they are right: the path of the tree between them, how far off they are and what stands
 * between, how they are named; and where nobody does, who else the sentence speaks of.
 *
 * Nothing of these is a word of the report but pronouns and prepositions: a habit of the parser is the
 * same in every paper. Leaves out: who a pronoun stands for, which is known by then and not doubted. */
#include "meaning/trust_parts.h"

/* From `token` up to the trigger, or to a word that the trigger hangs below: the relations on the way.
 * 0 where they meet further off. */
static uint64_t path_between(const struct tree *tree, uint32_t trigger, uint32_t token)
{
    enum { UP = 4, DOWN = 5 };
    uint64_t above = 1;
    uint32_t top = trigger;
    for (int up = 0; up < UP && top != NONE; up++) {
        uint64_t below = 1;
        uint32_t at = token;
        for (int down = 0; down < DOWN && at != NONE; down++) {
            if (at == top)
                return hash_join(above, below);
            below = hash_join(below, tree->tokens[at].relation);
            at = tree->tokens[at].head;
        }
        above = hash_join(above, 64 + tree->tokens[top].relation);
        top = tree->tokens[top].head;
    }
    return 0;
}

static uint64_t step_of(uint32_t count)
{
    uint64_t step = 0;
    for (; count > 0; count /= 2)
        step++;
    return step;
}

/* Verbs, commas and other participants-to-be between two words. */
static void describe_gap(struct describer *describer, const char *const kinds[2], uint32_t trigger,
                         uint32_t token)
{
    uint32_t first = token < trigger ? token : trigger, end = token < trigger ? trigger : token;
    uint32_t verbs = 0, marks = 0;
    for (uint32_t i = first + 1; i < end; i++) {
        verbs += describer->tokens[i].upos == UPOS_VERB;
        marks += (describer->tokens[i].flags & TOKEN_PUNCTUATION) != 0;
    }
    feature_wide(describer, kinds[0], step_of(end - first) * 2 + (token < trigger));
    feature(describer, kinds[1], step_of(verbs) * 16 + step_of(marks) * 2 + (token < trigger));
}

static bool takes_part(const struct making *making, uint32_t token)
{
    return list_has(&making->agents, token) || list_has(&making->patients, token);
}

/* The nearest on this side of the trigger who takes no part: what he is and how he stands there. */
static void describe_bystander(struct describer *describer, const char *kind,
                               const struct making *making, bool before)
{
    const struct coding *coding = describer->coding;
    uint32_t trigger = making->trigger, sentence = describer->tokens[trigger].sentence;
    struct token_range range = coding->document->sentences.items[sentence].tokens;
    uint32_t step = before ? (uint32_t)-1 : 1;
    for (uint32_t i = trigger + step; i >= range.first && i < range.end; i += step) {
        if (coding_actor(coding, i) == NONE || takes_part(making, i))
            continue;
        feature_wide(describer, kind, trust_sort_of(coding, i));
        feature(describer, kind, hash_join(7, path_between(&coding->tree, trigger, i)));
        return;
    }
    feature_wide(describer, kind, 3);
}

static void describe_role(struct describer *describer, const char *const kinds[8],
                          const struct making *making, const struct participant_list *list,
                          uint32_t written)
{
    const struct tree *tree = &describer->coding->tree;
    uint64_t class = making->frame->class + 4u * making->arguments.passive;
    feature_wide(describer, kinds[0],
                 hash_join(class, (list->count > 3 ? 3 : list->count) * 4 + (written > 3 ? 3 : written)));
    if (list->count == 0)
        return;
    uint32_t token = list->tokens[0], preposition = tree_preposition(tree, token);
    const struct token *word = &describer->tokens[token];
    uint64_t path = path_between(tree, making->trigger, token);
    feature_wide(describer, kinds[1], path);
    feature(describer, kinds[2], hash_join(path, class));
    feature_wide(describer, kinds[3],
                 hash_join(word->relation, preposition != NONE ? describer->tokens[preposition].hash : 0));
    feature_wide(describer, kinds[4], word->upos == UPOS_PRON ? word->hash : word->upos);
    describe_gap(describer, kinds + 5, making->trigger, token);
    bool stands_for = list->nouns[0] != token;
    feature(describer, kinds[7], stands_for + 2u * (coding_actor(describer->coding, token) != NONE));
}

/* What the network that chooses says of those who take part, and of who else might (choosing.h). */
static void describe_choice(struct describer *describer, const struct making *making)
{
    static const char *const kinds[CHOOSER_ANSWERS][3] = {{"agent chance", "agent else", "agent chosen"},
                                                          {"patient chance", "patient else", "patient chosen"}};
    enum { STEPS = 8, NOBODY = 20 };
    const struct choice *choice = describer->coding->choice;
    for (uint32_t slot = 0; slot < CHOOSER_ANSWERS && choice->answered; slot++) {
        const struct participant_list *list = slot == 0 ? &making->agents : &making->patients;
        float own = -1, other = 0;
        for (uint32_t i = 0; i < choice->count; i++) {
            float chance = choice->answers[i][slot];
            if (list_has(list, choice->tokens[i]))
                own = chance > own ? chance : own;
            else if (!takes_part(making, choice->tokens[i]))
                other = chance > other ? chance : other;
        }
        uint64_t mine = own < 0 ? NOBODY + (list->count > 0) : (uint64_t)(own * STEPS);
        uint64_t best = (uint64_t)(other * STEPS);
        feature_wide(describer, kinds[slot][0], mine);
        feature_wide(describer, kinds[slot][1], best);
        feature(describer, kinds[slot][1], hash_join(mine + 1, best));
        feature_wide(describer, kinds[slot][2], choice->filled[slot] ? mine : NOBODY);
    }
}

void trust_describe_roles(struct describer *describer, const struct making *making,
                          const struct claim *claim)
{
    static const char *const agent[] = {"agent role", "agent path",  "agent path class", "agent by",
                                        "agent form", "agent gap",   "agent between",    "agent noun"};
    static const char *const patient[] = {"patient role", "patient path", "patient path class",
                                          "patient by",   "patient form", "patient gap",
                                          "patient between", "patient noun"};
    uint64_t missing = (making->agents.count == 0) + 2u * (making->patients.count == 0);
    const struct token *trigger = &describer->tokens[making->trigger];
    describe_role(describer, agent, making, &making->agents, claim->agents.count);
    describe_role(describer, patient, making, &making->patients, claim->patients.count);
    feature_wide(describer, "missing", hash_join(missing, trigger->relation));
    feature(describer, "missing rule", hash_join(missing, describer->rule));
    feature(describer, "arguments", hash_join(missing, step_of(making->arguments.count)));
    describe_bystander(describer, missing & 1 ? "before, no agent" : "before", making, true);
    describe_choice(describer, making);
    describe_bystander(describer, missing & 2 ? "behind, no patient" : "behind", making, false);
}
