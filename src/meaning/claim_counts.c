/* What the numbers of a clause count: "killed 12 soldiers", "12 of them were killed", "the killing
 * of dozens". A frame says which slot a kind of count is read from; the number is the one that
 * hangs on the head there, or the head itself, or, where the noun is left out, on the trigger ("12
 * wounded"). Who is counted comes from the counted noun. What is left out: a noun sentences before
 * ("Another 23 surrendered" counts people of nobody known). */
#include "meaning/coding.h"

/* "10 of the 55 soldiers WHOM THEY CAPTURED": the clause is of all 55. The quantity of the whole, or NONE. */
static uint32_t whole_of(const struct coding *coding, uint32_t token, uint32_t trigger)
{
    const struct document *document = coding->document;
    uint32_t whole = NONE;
    bool part = false;
    if (!tree_is_below(&coding->tree, trigger, token))
        return NONE;
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        if (!quantity->is_count || quantity->counted != token)
            continue;
        part = part || quantity->part_of == token;
        whole = quantity->part_of == NONE && part ? i : whole;
    }
    return whole;
}

/* The quantity that counts the noun at `token`, or NONE. */
static uint32_t quantity_of(const struct coding *coding, uint32_t token)
{
    const struct document *document = coding->document;
    for (uint32_t i = 0; i < document->quantities.count; i++) {
        const struct quantity *quantity = &document->quantities.items[i];
        if (quantity->is_count && quantity->counted == token)
            return i;
    }
    if (coding->quantity[token] != NONE &&
        document->quantities.items[coding->quantity[token]].is_count)
        return coding->quantity[token];
    uint32_t number = tree_child(&coding->tree, token, REL_NUMMOD);
    if (number != NONE && coding->quantity[number] != NONE &&
        document->quantities.items[coding->quantity[number]].is_count)
        return coding->quantity[number];
    return NONE;
}

static const char *who_at(const struct coding *coding, uint32_t token)
{
    if (token == NONE)
        return NULL;
    /* A family is a family, whoever it belongs to. */
    if (token_in(&coding->tree.tokens[token], WORDS_FAMILIES_COUNTED))
        return "family";
    if (token_in(&coding->tree.tokens[token], WORDS_CHILDREN_COUNTED))
        return "child";
    uint32_t mention = coding->actor_mention[token];
    if (mention == NONE)
        return NULL;
    return coding->document->actors.items[coding->document->actor_mentions.items[mention].actor]
        .who;
}

/* Who is counted: the noun itself, what it is a number of ("hundreds of soldiers", "of the 900
 * fighters, only 325"), who they mostly were ("85, mostly pupils"). */
static const char *who_of(const struct coding *coding, const struct quantity *quantity,
                          uint32_t token)
{
    uint32_t apposition = token != NONE ? tree_child(&coding->tree, token, REL_APPOS) : NONE;
    const uint32_t tokens[] = {quantity->counted, token, quantity->part_of, apposition};
    const char *who = NULL;
    /* "40 CIVILIAN deaths", "200 cases of CIVILIAN injuries". */
    for (uint32_t i = quantity->tokens.end; quantity->counted != NONE && i < quantity->counted + 4 &&
                                            i < coding->document->tokens.count;
         i++)
        if (strcmp(coding->tree.tokens[i].folded, "civilian") == 0)
            return "civilian";
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        if (who == NULL || strcmp(who, "unknown") == 0)
            who = who_at(coding, tokens[i]) != NULL ? who_at(coding, tokens[i]) : who;
    return who != NULL ? who : "unknown";
}

static bool is_counted_already(const struct claim *claim, uint32_t quantity)
{
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (claim->counts.items[i].quantity == quantity)
            return true;
    return false;
}

/* What a participle beside the trigger counts: "three killed and a dozen wounded". */
static const char *what_of_participle(const struct token *token)
{
    static const struct {
        enum word_list list;
        const char *what;
    } fates[] = {{WORDS_TOLD_BESIDE_CAPTURED, "captured"},
                 {WORDS_TOLD_BESIDE_DETAINED, "detained"},
                 {WORDS_TOLD_BESIDE_KILLED, "killed"},
                 {WORDS_TOLD_BESIDE_MISSING, "missing"},
                 {WORDS_TOLD_BESIDE_WOUNDED, "wounded"}};
    for (size_t i = 0; i < sizeof fates / sizeof fates[0]; i++)
        if (token_in(token, fates[i].list))
            return fates[i].what;
    return NULL;
}

enum { REACH = 6 };

/* "Killed one man and WOUNDED three others", "left a man dead and three others INJURED": a word beside
 * the number says what becomes of those whom it counts. */
static const char *fate_beside(const struct coding *coding, const char *what,
                               const struct quantity *quantity)
{
    const struct token *tokens = coding->tree.tokens;
    const char *fate = NULL;
    if (strcmp(what, "killed") != 0)
        return what;
    if (quantity->tokens.first > 0)
        fate = what_of_participle(&tokens[quantity->tokens.first - 1]);
    for (uint32_t i = quantity->tokens.end;
         fate == NULL && i < coding->document->tokens.count &&
         i < quantity->tokens.end + REACH; i++) {
        if (token_in(&tokens[i], WORDS_ENDS_OF_A_FATE_BESIDE))
            return what;
        /* "Two of THE WOUNDED died". */
        if (strcmp(tokens[i - 1].folded, "the") != 0)
            fate = what_of_participle(&tokens[i]);
    }
    return fate != NULL && strcmp(fate, "wounded") == 0 ? fate : what;
}

/* "Was FATALLY shot", "mortally wounded", "shot AND KILLED": the verb's row counts wounded. */
static const char *fate_of_verb(const struct making *making, const char *what)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t next = making->trigger + 1;
    if (strcmp(what, "wounded") == 0 && next + 1 < making->coding->document->tokens.count &&
        token_is(&tree->tokens[next], "and") && strcmp(tree->tokens[next + 1].folded, "killed") == 0)
        return "killed";
    /* "DIED after being shot" */
    const struct token *verb = &tree->tokens[making->trigger];
    if (strcmp(what, "wounded") == 0 && verb->relation == REL_ADVCL && verb->head != NONE &&
        token_is(&tree->tokens[verb->head], "die"))
        return "killed";
    bool grave = strcmp(what, "wounded") == 0 && making->trigger > 0 &&
                 token_in(&tree->tokens[making->trigger - 1], WORDS_FATAL_MANNERS);
    return grave ? "killed" : what;
}

static bool is_body(const char *what)
{
    return strcmp(what, "killed") == 0 || strcmp(what, "wounded") == 0;
}

/* "Lost 40 men and TWO TANKS": of things nobody is killed. */
static bool counts_things(const struct coding *coding, const struct quantity *quantity)
{
    uint32_t noun = quantity->counted;
    if (noun == NONE || coding->tree.tokens[noun].upos != UPOS_NOUN)
        return false;
    uint32_t kinds = coding_kinds(coding, noun);
    return (kinds & (KIND_VEHICLE | KIND_FACILITY)) != 0 &&
           (kinds & (KIND_PERSON | KIND_ACTOR | KIND_ARMED)) == 0;
}

static bool add_quantity(const struct coding *coding, const char *what, uint32_t index,
                         uint32_t token, struct claim *claim)
{
    if (index == NONE || is_counted_already(claim, index))
        return false;
    const struct quantity *quantity = &coding->document->quantities.items[index];
    if (is_body(what) && counts_things(coding, quantity))
        return false;
    struct claim_count *count = array_push(&claim->counts);
    if (count != NULL)
        *count = (struct claim_count){.what = fate_beside(coding, what, quantity),
                                      .who = who_of(coding, quantity, token),
                                      .low = quantity->low,
                                      .high = quantity->high,
                                      .span = quantity->span,
                                      .quantity = index};
    return count != NULL;
}

void counts_add(const struct coding *coding, const char *what, uint32_t quantity,
                struct claim *claim)
{
    add_quantity(coding, what, quantity, coding->document->quantities.items[quantity].counted, claim);
}

/* "A number of civilians, including three children". */
static void add_included(const struct coding *coding, const char *what, uint32_t token,
                         struct claim *claim)
{
    for (uint32_t child = coding->tree.first_child[token]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        uint32_t word = tree_preposition(&coding->tree, child);
        if (word != NONE && strcmp(coding->tree.tokens[word].folded, "including") == 0)
            add_quantity(coding, what, quantity_of(coding, child), child, claim);
    }
}

/* The number behind "a family of", or NONE. */
static uint32_t number_of_several(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    if (!token_in(&tree->tokens[token], WORDS_SEVERAL_IN_ONE))
        return NONE;
    for (uint32_t child = tree->first_child[token]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t index = coding->quantity[child];
        if (child > token && tree->tokens[child].upos == UPOS_NUM && index != NONE &&
            coding->document->quantities.items[index].is_count)
            return index;
    }
    return NONE;
}

static bool add_count(const struct making *making, const char *what, uint32_t token,
                      struct claim *claim)
{
    const struct coding *coding = making->coding;
    uint32_t index = quantity_of(coding, token);
    /* "Dozens of rebels": the number stands above the noun it counts. */
    if (index == NONE && coding->tree.tokens[token].head != NONE &&
        relation_is(coding->tree.tokens[token].relation, REL_NMOD))
        index = quantity_of(coding, coding->tree.tokens[token].head);
    if (index == NONE)
        index = number_of_several(coding, token);
    bool added = add_quantity(coding, what, index, token, claim);
    added |= add_quantity(coding, what, whole_of(coding, token, making->trigger), token, claim);
    add_included(coding, what, token, claim);
    return added;
}

/* "Killed at least 40 men": a preposition that belongs to the number makes no prepositional
 * phrase. */
static bool add_bounded(const struct making *making, const char *what, struct claim *claim)
{
    const struct coding *coding = making->coding;
    for (uint32_t child = coding->tree.first_child[making->trigger]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        /* "Five wounded TODAY" are no days. */
        if (!relation_is(coding->tree.tokens[child].relation, REL_OBL) ||
            (coding_kinds(coding, child) & KIND_TIME) != 0)
            continue;
        uint32_t index = quantity_of(coding, child);
        if (index == NONE)
            continue;
        struct token_range number = coding->document->quantities.items[index].tokens;
        uint32_t word = tree_preposition(&coding->tree, child);
        if (word == NONE || (word >= number.first && word < number.end))
            return add_quantity(coding, what, index, child, claim);
    }
    return false;
}

/* "17 dead": is it a number that counts nothing else? */
static bool counts_alone(const struct coding *coding, uint32_t token)
{
    uint32_t index = coding->quantity[token];
    return index != NONE && coding->document->quantities.items[index].is_count &&
           coding->document->quantities.items[index].tokens.end == token + 1;
}

/* "Several foreigners were among those killed"; "12 wounded": the number hangs on the word itself.
 */
static bool add_elliptical(const struct making *making, const char *what, struct claim *claim)
{
    const struct coding *coding = making->coding;
    const struct token *word = &coding->tree.tokens[making->trigger];
    uint32_t number = tree_child(&coding->tree, making->trigger, REL_NUMMOD);
    if (number != NONE && coding->quantity[number] != NONE &&
        coding->document->quantities.items[coding->quantity[number]].is_count)
        return add_quantity(coding, what, coding->quantity[number], making->trigger, claim);
    if (making->frame->class == FRAME_ADJECTIVE && making->trigger > 0 &&
        counts_alone(coding, making->trigger - 1))
        return add_quantity(coding, what, coding->quantity[making->trigger - 1], making->trigger,
                            claim);
    if (!relation_is(word->relation, REL_ACL) || word->head == NONE ||
        strcmp(coding->tree.tokens[word->head].folded, "those") != 0)
        return false;
    uint32_t subject = tree_child(&coding->tree, word->head, REL_NSUBJ);
    return subject != NONE &&
           add_quantity(coding, what, quantity_of(coding, subject), subject, claim);
}

/* "One dead, THREE wounded": a number of its own, whoever else is told of before. */
static bool has_number(const struct making *making)
{
    uint32_t number = tree_child(&making->coding->tree, making->trigger, REL_NUMMOD);
    return number != NONE && making->coding->quantity[number] != NONE &&
           making->coding->tree.tokens[making->trigger].relation == REL_CONJ;
}

/* "Two were killed and five WOUNDED": a claim of its own, which has its own number. */
static bool has_own_claim(const struct coding *coding, uint32_t token)
{
    uint32_t index = coding->making_at[token];
    return index != NONE && !coding->makings.items[index].dropped &&
           coding->makings.items[index].joined == NONE &&
           frame_is(coding->makings.items[index].frame, "ASSAULT");
}

static void add_participles_beside(const struct making *making, struct claim *claim)
{
    const struct coding *coding = making->coding;
    for (uint32_t child = coding->tree.first_child[making->trigger]; child != NONE;
         child = coding->tree.next_sibling[child]) {
        const char *what = what_of_participle(&coding->tree.tokens[child]);
        if (coding->tree.tokens[child].relation == REL_CONJ && what != NULL)
            add_included(coding, what, child, claim);
        if (coding->tree.tokens[child].relation != REL_CONJ || what == NULL ||
            has_own_claim(coding, child))
            continue;
        uint32_t number = tree_child(&coding->tree, child, REL_NUMMOD);
        if (number == NONE)
            number = tree_child(&coding->tree, child, REL_NSUBJ);
        if (number == NONE)
            continue;
        uint32_t index = quantity_of(coding, number);
        const char *who = claim->counts.count > 0 ? claim->counts.items[0].who : NULL;
        if (add_quantity(coding, what, index, number, claim) && who != NULL &&
            strcmp(claim->counts.items[claim->counts.count - 1].who, "unknown") == 0)
            claim->counts.items[claim->counts.count - 1].who = who;
    }
}

/* "Juan Perez", "her son JUAN": by a name of one's own. */
static bool is_by_name(const struct coding *coding, uint32_t token)
{
    uint32_t index = coding->actor_mention[token];
    if (index == NONE)
        return false;
    const struct actor_mention *mention = &coding->document->actor_mentions.items[index];
    for (uint32_t i = mention->tokens.first; i < mention->tokens.end; i++)
        if (coding->tree.tokens[i].upos == UPOS_PROPN)
            return coding->document->actors.items[mention->actor].kind == ACTOR_PERSON;
    return false;
}

/* "A man was shot dead", "another soldier", "Juan Perez": one, where nothing else counts them. */
static bool is_single(const struct coding *coding, uint32_t token)
{
    static const char *const words[] = {"a", "an", "another", "one", NULL};
    const struct token *word = &coding->tree.tokens[token];
    if ((coding_kinds(coding, token) & KIND_PERSON) == 0 || (word->features & WORD_PLURAL) != 0 ||
        (coding_kinds(coding, token) & KIND_ORGANISATION) != 0 ||
        token_in(word, WORDS_SEVERAL_IN_ONE))
        return false;
    if (word->upos == UPOS_PROPN || is_by_name(coding, token))
        return is_by_name(coding, token);
    uint32_t determiner = tree_child(&coding->tree, token, REL_DET);
    return word->upos == UPOS_NOUN && determiner != NONE &&
           token_is_one_of(&coding->tree.tokens[determiner], words) &&
           tree_child(&coding->tree, token, REL_NUMMOD) == NONE;
}

/* "Nine people, INCLUDING a nurse": one of the nine, not a tenth. Of a nurse WHO WAS HURT the clause is
 * her own. */
static bool is_among_others(const struct tree *tree, uint32_t trigger, uint32_t token)
{
    for (uint32_t noun = token;
         noun != NONE && noun != trigger && tree->tokens[noun].upos != UPOS_VERB &&
         !tree_is_below(tree, trigger, noun);
         noun = tree->tokens[noun].head) {
        uint32_t preposition = tree_preposition(tree, noun);
        if (preposition != NONE && (token_is(&tree->tokens[preposition], "including") ||
                                    token_is(&tree->tokens[preposition], "include")))
            return true;
    }
    return false;
}

static bool add_single(const struct making *making, const char *what, uint32_t token,
                       struct claim *claim)
{
    const struct coding *coding = making->coding;
    if (!is_single(coding, token) || is_among_others(&coding->tree, making->trigger, token))
        return false;
    const char *who = who_at(coding, token);
    struct token_range phrase = tree_noun_phrase(&coding->tree, token);
    struct claim_count *count = array_push(&claim->counts);
    if (count != NULL)
        *count = (struct claim_count){.what = what,
                                      .who = who != NULL ? who : "unknown",
                                      .low = 1,
                                      .high = 1,
                                      .span = document_span_of(coding->document, phrase),
                                      .quantity = NONE};
    return count != NULL;
}

/* The quantity of a noun and, of "10 of the 55 whom they captured", of the whole. */
static bool add_number(const struct making *making, const char *what, uint32_t number,
                       uint32_t noun, struct claim *claim)
{
    const struct coding *coding = making->coding;
    bool added = add_quantity(coding, what, number, noun, claim) || is_counted_already(claim, number);
    add_quantity(coding, what, whole_of(coding, noun, making->trigger), noun, claim);
    return added;
}

static bool add_counts_of(const struct making *making, const char *what,
                          const struct participant_list *list, struct claim *claim)
{
    bool added = false;
    for (uint32_t i = 0; i < list->count; i++) {
        /* "Two guards, Juan and Pedro": two, however many names are given. */
        uint32_t number = list->nouns[i] != list->tokens[i]
                              ? quantity_of(making->coding, list->nouns[i])
                              : NONE;
        if (number != NONE)
            added |= add_number(making, what, number, list->nouns[i], claim);
        else
            added |= add_count(making, what, list->tokens[i], claim) ||
                     add_single(making, what, list->tokens[i], claim);
    }
    return added;
}

/* "SOME 400 rebels attacked": those who do violence are counted, whatever the row says. */
static void add_attackers(const struct making *making, struct claim *claim)
{
    if (!frame_is(making->frame, "ASSAULT"))
        return;
    for (uint32_t i = 0; i < making->agents.count; i++) {
        uint32_t token = making->agents.tokens[i];
        if ((coding_kinds(making->coding, token) & KIND_ARMED) != 0)
            add_quantity(making->coding, "attackers", quantity_of(making->coding, token), token, claim);
    }
}

void counts_find(const struct making *making, struct claim *claim)
{
    const struct frame *frame = making->frame;
    if (making->fate != NULL) {
        counts_add(making->coding, making->fate, making->number, claim);
        return;
    }
    for (uint32_t i = 0; i < frame->count_count; i++) {
        const struct frame_count *count = &frame->counts[i];
        const char *what = fate_of_verb(making, count->what);
        if (count->role == ROLE_AGENT)
            add_counts_of(making, what, &making->agents, claim);
        if (count->role == ROLE_PATIENT) {
            bool added = frame->class == FRAME_ADJECTIVE && has_number(making) &&
                         add_elliptical(making, what, claim);
            if (!added)
                added = add_counts_of(making, what, &making->patients, claim);
            added |= add_bounded(making, what, claim);
            if (!added && frame->class != FRAME_NOUN)
                add_elliptical(making, what, claim);
            add_included(making->coding, what, making->trigger, claim);
            add_participles_beside(making, claim);
        }
        if (count->role != ROLE_SLOT)
            continue;
        uint32_t tokens[8];
        uint32_t found =
            frame_slot_fill(&count->slot, &making->coding->tree, &making->arguments, tokens, 8);
        for (uint32_t j = 0; j < found; j++)
            add_count(making, count->what, tokens[j], claim);
    }
    add_attackers(making, claim);
}
