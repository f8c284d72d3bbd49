/* Which places one claim on control is of, where these are several or stand elsewhere than the frame
 * says.
 *
 * Method: a plural noun that only sums up is replaced by the names behind "such as" or the colon; a
 * verb that the parser left without its subject takes the noun that stands before it behind "after";
 * "it" as the subject of "is the last stronghold" is the one place that the sentence before is about;
 * and what such a sentence leaves out ("apart from Raqqa") is held as well. Of a list with a facility in it
 * each is a place of its own.
 *
 * What leaves out: "it" where the sentence before is about several places. */
#include "meaning/coding.h"
#include "meaning/scenes.h"

/* One place once, though the tree takes its name for two: "Sar-e Pul". */
static void add_place(const struct coding *coding, uint32_t token, struct participant_list *places)
{
    uint32_t place = coding->where[token];
    bool known = place == NONE;
    for (uint32_t i = 0; i < places->count && !known; i++)
        known = coding->where[places->tokens[i]] == place;
    if (!known)
        list_add(places, token);
}

static void add_named(const struct coding *coding, uint32_t token, struct participant_list *places)
{
    struct participant_list listed;
    members_find(coding, token, &listed);
    for (uint32_t i = 0; i < listed.count; i++)
        add_place(coding, listed.tokens[i], places);
}

/* "Towns SUCH AS X and Y". */
static void add_examples(const struct coding *coding, uint32_t noun, struct participant_list *places)
{
    const struct tree *tree = &coding->tree;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child]) {
        uint32_t preposition = tree_preposition(tree, child);
        if (preposition != NONE && token_in(&tree->tokens[preposition], WORDS_LEAD_TO_EXAMPLES))
            add_named(coding, child, places);
    }
}

/* The same where the parser hangs the examples on the verb behind them. */
static void add_torn_examples(const struct making *making, uint32_t noun,
                              struct participant_list *places)
{
    const struct tree *tree = &making->coding->tree;
    uint32_t after = tree_extent(tree, noun, 0).end;
    for (uint32_t child = tree->first_child[making->trigger]; child != NONE && child < making->trigger;
         child = tree->next_sibling[child])
        if (tree_extent(tree, child, 0).first == after && tree_preposition(tree, child) == after &&
            token_is(&tree->tokens[after], "such"))
            add_named(making->coding, child, places);
}

/* "Fled after TOWNS such as X fell": the noun that parsers tear off its verb. */
static uint32_t lost_subject(const struct making *making)
{
    static const char *const markers[] = {"after", "before", "when",  "since",
                                          "until", "once",   "while", "as", NULL};
    const struct tree *tree = &making->coding->tree;
    const struct token *verb = &tree->tokens[making->trigger];
    bool clause = verb->relation == REL_ADVCL ||
                  (verb->relation == REL_CONJ && tree_child(tree, making->trigger, REL_CC) == NONE);
    if (!clause || verb->head == NONE ||
        arguments_get(&making->arguments, ARGUMENT_SUBJECT) != NULL ||
        tree_child(tree, making->trigger, REL_MARK) != NONE)
        return NONE;
    for (uint32_t noun = tree->first_child[verb->head]; noun != NONE && noun < making->trigger;
         noun = tree->next_sibling[noun]) {
        uint32_t marker = tree_preposition(tree, noun);
        if (relation_is(tree->tokens[noun].relation, REL_OBL) && marker != NONE &&
            token_is_one_of(&tree->tokens[marker], markers) &&
            tree_extent(tree, noun, 0).end == tree_extent(tree, making->trigger, 0).first)
            return noun;
    }
    return NONE;
}

/* What the sentence before is about: the one place among the arguments of its main verb. */
static uint32_t place_told_before(const struct coding *coding, uint32_t token)
{
    const struct tree *tree = &coding->tree;
    const struct document *document = coding->document;
    uint32_t index = tree->tokens[token].sentence, found = NONE;
    if (index == 0 || document->sentences.items[index - 1].block != document->sentences.items[index].block)
        return NONE;
    struct token_range before = document->sentences.items[index - 1].tokens;
    for (uint32_t i = before.first; i < before.end; i++) {
        const struct token *word = &tree->tokens[i];
        bool argument = word->head != NONE && tree->tokens[word->head].relation == REL_ROOT &&
                        (relation_is(word->relation, REL_NSUBJ) || relation_is(word->relation, REL_OBJ) ||
                         relation_is(word->relation, REL_OBL));
        if (!argument || coding->where[i] == NONE || scenes_is_country(document, coding->where[i]))
            continue;
        if (found != NONE && !scenes_same(document, coding->where[i], coding->where[found]))
            return NONE;
        found = i;
    }
    return found;
}

/* "The LAST stronghold apart from X": X is one too. */
static uint32_t left_out(const struct tree *tree, uint32_t noun)
{
    bool ranked = false;
    uint32_t except = NONE;
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child]) {
        const struct token *word = &tree->tokens[child];
        ranked |= word->relation == REL_AMOD && token_in(word, WORDS_LAST_STRONGHOLDS);
        uint32_t preposition = tree_preposition(tree, child);
        if (word->relation == REL_ADVMOD && token_in(word, WORDS_LEAVE_OUT_A_PLACE))
            except = tree_child(tree, child, REL_OBL);
        else if (preposition != NONE && relation_is(word->relation, REL_OBL) &&
                 token_in(&tree->tokens[preposition], WORDS_LEAVE_OUT_A_PLACE))
            except = child;
    }
    return ranked ? except : NONE;
}

/* Of "it is the last stronghold": what it is, and what it leaves out. */
static void add_strongholds(const struct making *making, struct participant_list *places)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    uint32_t subject = tree_child(tree, making->trigger, REL_NSUBJ);
    if (subject == NONE || tree_child(tree, making->trigger, REL_COP) == NONE)
        return;
    uint32_t except = left_out(tree, making->trigger);
    uint32_t place = subject;
    if (token_is(&tree->tokens[subject], "it") && coding->where[subject] == NONE)
        place = place_told_before(coding, subject);
    if (place != NONE && (place != subject || except != NONE))
        list_add(places, place);
    if (except != NONE)
        list_add(places, except);
}

/* "Seized the airport and the palace", "control of Sebha and its airport": where a facility is among them,
 * each is held by itself. */
static bool add_facilities(const struct making *making, struct participant_list *places)
{
    const struct coding *coding = making->coding;
    struct participant_list listed = {0};
    uint32_t noun = control_noun(making);
    if (noun == NONE || noun == making->trigger)
        return false;
    members_find(coding, noun, &listed);
    bool facility = false;
    for (uint32_t i = 0; i < listed.count; i++) {
        bool site = coding->where[listed.tokens[i]] == NONE && site_is_one(coding, listed.tokens[i]);
        facility |= site;
        if (!site && coding->where[listed.tokens[i]] == NONE)
            return false;
    }
    if (listed.count < 2 || !facility)
        return false;
    for (uint32_t i = 0; i < listed.count; i++)
        list_add(places, listed.tokens[i]);
    return true;
}

/* "X, Y and Z are in the hands of", "the villages of X, Y and Z": each is held by itself. */
static void add_towns(const struct making *making, struct participant_list *places)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    struct participant_list listed = {0};
    uint32_t noun = control_noun(making);
    if (noun == NONE || noun == making->trigger)
        return;
    bool sum = (tree->tokens[noun].features & WORD_PLURAL) != 0 &&
               token_in(&tree->tokens[noun], WORDS_TOWNS_SUMMED_UP);
    uint32_t names = sum ? coding_noun_behind(coding, noun, "of") : noun;
    if (names == NONE)
        return;
    members_find(coding, names, &listed);
    for (uint32_t i = 0; i < listed.count; i++) {
        uint32_t place = coding->where[listed.tokens[i]];
        if (place == NONE ? names == noun : scenes_is_country(coding->document, place))
            return;
    }
    for (uint32_t i = 0; i < listed.count && listed.count > 1; i++)
        add_place(coding, listed.tokens[i], places);
}

void control_places(const struct making *making, struct participant_list *places)
{
    const struct coding *coding = making->coding;
    const struct tree *tree = &coding->tree;
    const struct frame *frame = making->frame;
    if (frame->control == CONTROL_NONE || add_facilities(making, places))
        return;
    if (frame->control == CONTROL_HOLDS && frame->place == ROLE_NONE && frame->class == FRAME_NOUN) {
        add_strongholds(making, places);
        return;
    }
    add_towns(making, places);
    if (places->count > 0)
        return;
    uint32_t lost = frame->class == FRAME_VERB ? lost_subject(making) : NONE;
    if (lost != NONE) {
        add_examples(coding, lost, places);
        if (places->count == 0)
            add_torn_examples(making, lost, places);
        if (places->count == 0)
            list_add(places, lost);
        return;
    }
    if (frame->place != ROLE_PATIENT || making->patients.count != 1)
        return;
    uint32_t patient = making->patients.tokens[0];
    if (coding->where[patient] != NONE || (tree->tokens[patient].features & WORD_PLURAL) == 0)
        return;
    add_examples(coding, patient, places);
    if (places->count == 0)
        add_torn_examples(making, patient, places);
    /* "Several cities fall: Kunduz, Taloqan and Farah": what stands behind the colon. */
    const struct argument *object = arguments_get(&making->arguments, ARGUMENT_OBJECT);
    if (object != NULL && object->token != patient && object->token > making->trigger)
        add_named(coding, object->token, places);
}
