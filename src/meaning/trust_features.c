/* What speaks for and against a claim, as features of the model that judges it: its row and words,
 * who and what takes part, how it is told, the words around.
 *
 * A feature is a hash of its kind and value; those of few values stand beside those of many, so
 * that a word the model has never met is judged by what it is. Nothing says which corpus or paper a
 * report is of: no names, no length, no capitals. */
#include "meaning/trust_parts.h"

static uint64_t text_hash(const char *text)
{
    return text != NULL ? hash_bytes(text, strlen(text)) : 0;
}

uint64_t trust_sort_of(const struct coding *coding, uint32_t token)
{
    const struct token *word = &coding->tree.tokens[token];
    uint32_t actor = coding_actor(coding, token);
    if (word->upos == UPOS_PRON)
        return 1 + 2 * ((word->features & WORD_FIRST) != 0) +
               4 * ((word->features & WORD_SECOND) != 0) + 8 * (actor != NONE);
    if (actor != NONE) {
        const struct actor *who = &coding->document->actors.items[actor];
        uint64_t kind = 16 + 2 * (uint64_t)who->kind + (who->entry != NULL);
        return hash_join(kind, text_hash(who->type));
    }
    if (coding->place[token] != NONE)
        return 40;
    if (coding->time[token] != NONE)
        return 41;
    if (coding_is_idea(coding, token))
        return 42;
    return 64 + (coding_kinds(coding, token) &
                 (KIND_PERSON | KIND_ORGANISATION | KIND_ARMED | KIND_PLACE | KIND_FACILITY |
                  KIND_VEHICLE | KIND_WEAPON | KIND_EVENT));
}

/* Returns the sort of the first, 0 where there is none. */
static uint64_t describe_side(struct describer *describer, const char *name, const char *lemma_name,
                              const struct participant_list *list, bool written)
{
    const struct coding *coding = describer->coding;
    uint64_t sort = written ? 5 : 0;
    if (list->count > 0) {
        const struct token *word = &describer->tokens[list->tokens[0]];
        sort = trust_sort_of(coding, list->tokens[0]);
        if (word->upos != UPOS_PROPN) {
            feature_wide(describer, lemma_name, word->lemma_hash);
            feature(describer, lemma_name, hash_join(word->lemma_hash, describer->rule));
        }
    }
    feature_wide(describer, name, sort);
    feature(describer, name, hash_join(sort, describer->rule));
    return sort;
}

/* The words that hang on the trigger, and the one that it hangs on. */
static void describe_tree(struct describer *describer, uint32_t trigger)
{
    const struct tree *tree = &describer->coding->tree;
    const struct token *word = &tree->tokens[trigger];
    uint64_t class = hash_join(word->upos, word->relation);
    feature_wide(describer, "relation", class);
    feature(describer, "relation rule", hash_join(class, describer->rule));
    feature_wide(describer, "form",
                 word->features &
                     (WORD_FINITE | WORD_INFINITIVE | WORD_GERUND | WORD_PARTICIPLE | WORD_PAST |
                      WORD_PRESENT | WORD_PASSIVE | WORD_IMPERATIVE | WORD_PLURAL));
    if (word->head != NONE) {
        const struct token *above = &tree->tokens[word->head];
        uint64_t bound = hash_join(above->lemma_hash, word->relation);
        feature_wide(describer, "above class", hash_join(above->upos, word->relation));
        if (above->upos != UPOS_PROPN) {
            feature(describer, "above", bound);
            feature(describer, "above rule", hash_join(bound, describer->rule));
        }
    }
    for (uint32_t child = tree->first_child[trigger]; child != NONE;
         child = tree->next_sibling[child]) {
        const struct token *below = &tree->tokens[child];
        if (below->upos == UPOS_PUNCT)
            continue;
        uint32_t preposition = tree_preposition(tree, child);
        uint64_t bound =
            hash_join(below->relation, preposition != NONE ? tree->tokens[preposition].hash : 0);
        feature_wide(describer, "below relation", bound);
        feature(describer, "below relation rule", hash_join(bound, describer->rule));
        feature_wide(describer, "below sort", hash_join(bound, trust_sort_of(describer->coding, child)));
        if (below->upos != UPOS_PROPN)
            feature(describer, "below word", hash_join(below->lemma_hash, describer->rule));
        if (below->upos != UPOS_PROPN)
            feature(describer, "below lemma", hash_join(below->lemma_hash, below->relation));
    }
}

/* The words around, near ones by their place. */
static void describe_words(struct describer *describer, uint32_t trigger)
{
    enum { NEAR = 2, FAR = 7 };
    const struct token *tokens = describer->tokens;
    const struct sentence *sentence =
        &describer->coding->document->sentences.items[tokens[trigger].sentence];
    uint32_t first =
        trigger > sentence->tokens.first + FAR ? trigger - FAR : sentence->tokens.first;
    uint32_t end =
        trigger + FAR + 1 < sentence->tokens.end ? trigger + FAR + 1 : sentence->tokens.end;
    for (uint32_t i = first; i < end; i++) {
        const struct token *word = &tokens[i];
        if (i == trigger)
            continue;
        if (i + NEAR >= trigger && i <= trigger + NEAR) {
            feature(describer, "near class",
                    hash_join(hash_join(i - trigger, word->upos), describer->type));
            if (word->upos != UPOS_PROPN)
                feature(describer, "near", hash_join(i - trigger, word->hash));
        }
        if (word->upos == UPOS_NOUN || word->upos == UPOS_VERB || word->upos == UPOS_ADJ ||
            word->upos == UPOS_PRON)
            feature(describer, "around", word->lemma_hash);
    }
}

static void describe_telling(struct describer *describer, const struct making *making,
                             const struct claim *claim)
{
    const struct token *trigger = &describer->tokens[making->trigger];
    const struct sentence *sentence =
        &describer->coding->document->sentences.items[claim->sentence];
    feature_wide(describer, "status", claim->status);
    feature_wide(describer, "place", claim->place != NONE);
    feature_wide(describer, "anchor", text_hash(claim->anchor));
    feature_wide(describer, "counts", claim->counts.count > 0);
    feature_wide(describer, "instruments", claim->instruments.count > 0);
    feature_wide(describer, "said", claim->according_to.count > 0);
    feature_wide(describer, "heading", sentence->heading);
    feature_wide(describer, "quoted", (trigger->flags & TOKEN_QUOTED) != 0);
    feature_wide(describer, "capital",
                 (trigger->flags & TOKEN_CAPITALISED) != 0 &&
                     making->trigger != sentence->tokens.first);
    feature_wide(describer, "passive",
                 making->arguments.passive + 2u * making->arguments.attributive);
    feature(describer, "control", claim->control);
}

void trust_note(struct coding *coding, const struct making *making, const struct claim *claim)
{
    const struct frame *frame = making->frame;
    const struct token *trigger = &coding->tree.tokens[making->trigger];
    struct describer describer = {.notes = &coding->trust,
                                  .coding = coding,
                                  .tokens = coding->tree.tokens,
                                  .type = text_hash(claim->plover),
                                  .rule = text_hash(frame->id)};
    uint32_t first = coding->trust.features.count;
    feature(&describer, "rule", describer.rule);
    feature(&describer, "lemma", hash_join(trigger->lemma_hash, frame->class));
    feature(&describer, "lemma rule", hash_join(trigger->lemma_hash, describer.rule));
    feature(&describer, "word", trigger->hash);
    feature(&describer, "type", describer.type);
    feature(&describer, "code", text_hash(claim->cameo));
    feature(&describer, "mode", text_hash(claim->mode));
    feature_wide(&describer, "class", frame->class);
    feature_wide(&describer, "conditions", frame->condition_count < 3 ? frame->condition_count : 3);
    feature_wide(&describer, "further", making->range.end - making->range.first);
    uint64_t agent =
        describe_side(&describer, "agent", "agent lemma", &making->agents, claim->agents.count > 0);
    uint64_t patient = describe_side(&describer, "patient", "patient lemma", &making->patients,
                                     claim->patients.count > 0);
    feature_wide(&describer, "both", hash_join(agent, patient));
    describe_telling(&describer, making, claim);
    describe_tree(&describer, making->trigger);
    describe_words(&describer, making->trigger);
    uint32_t roles = coding->trust.features.count;
    trust_describe_roles(&describer, making, claim);
    struct trust_note *note = array_push(&coding->trust.notes);
    if (note != NULL)
        *note = (struct trust_note){.first = first,
                                    .count = roles - first,
                                    .roles = coding->trust.features.count - roles,
                                    .kind = hash_join(describer.type, frame->class)};
}

void trust_note_again(struct coding *coding)
{
    struct trust_note *note = array_push(&coding->trust.notes);
    if (note != NULL)
        *note = note[-1];
}
