/* What somebody is told, hung on whom it is told: "told reporters THE ARMY HAD RETAKEN the town";
 * and who tells it, taken for two: "the news AGENCY ADNA reported".
 *
 * Method: a clause on the object of a verb of telling (cues.tsv, column "told") that lacks nothing
 * of its own, subject nor object, tells nothing of that object: it is what was told. Before who
 * says what is found. Leaves out: clauses that may lack an object ("told the officers he had met").
 */
#include "meaning/rehung.h"
#include "meaning/speech.h"

#include <string.h>

/* The subject of the clause itself: not "the man WHO left". */
static bool has_own_subject(const struct tree *tree, uint32_t clause)
{
    static const char *const words[] = {"that", "which", "who", NULL};
    uint32_t subject = tree_child(tree, clause, REL_NSUBJ);
    return subject != NONE && subject < clause && !token_is_one_of(&tree->tokens[subject], words);
}

/* "THAT they must leave", be it parsed as what they leave; or NONE. */
static uint32_t that_before(const struct tree *tree, uint32_t clause)
{
    uint32_t first = tree->first_child[clause];
    return first != NONE && first < clause && strcmp(tree->tokens[first].folded, "that") == 0
               ? first
               : NONE;
}

static bool is_whole(const struct tree *tree, uint32_t verb)
{
    return has_own_subject(tree, verb) &&
           (that_before(tree, verb) != NONE || tree_child(tree, verb, REL_OBJ) != NONE ||
            tree_child(tree, verb, REL_CCOMP) != NONE || tree_child(tree, verb, REL_COP) != NONE ||
            tree_child(tree, verb, REL_AUX_PASS) != NONE);
}

/* "Told AFP two bombs had killed them", parsed as a clause of two subjects: the first is whom it
 * was told. */
static bool rehang_first_subject(struct token *tokens, const struct tree *tree, uint32_t cue)
{
    uint32_t clause = tree_child_exactly(tree, cue, REL_CCOMP);
    if (clause == NONE || clause < cue || tree_child(tree, cue, REL_OBJ) != NONE ||
        tree_child(tree, cue, REL_IOBJ) != NONE)
        return false;
    uint32_t whom = tree_child_exactly(tree, clause, REL_NSUBJ), second = NONE;
    for (uint32_t child = whom != NONE ? tree->next_sibling[whom] : NONE;
         child != NONE && child < clause; child = tree->next_sibling[child])
        if (tokens[child].relation == REL_NSUBJ)
            second = child;
    if (second == NONE || whom < cue || tree_extent(tree, whom, 0).first != cue + 1)
        return false;
    tokens[whom].head = cue;
    tokens[whom].relation = REL_IOBJ;
    return true;
}

/* "The news agency ADNA reported", "Col Marek said", parsed as two subjects: of two right beside
 * each other the first says what bears the name, or is the first part of it. */
static bool rehang_description(struct token *tokens, const struct tree *tree, uint32_t name)
{
    static const uint64_t marks = UINT64_C(1) << REL_PUNCT;
    uint32_t verb = tokens[name].head, first = tree_extent(tree, name, marks).first,
             noun = first - 1;
    if (tokens[name].upos != UPOS_PROPN || verb == NONE || verb < name || first == 0 ||
        (tokens[noun].upos != UPOS_NOUN && tokens[noun].upos != UPOS_PROPN) ||
        tokens[noun].head != verb || tokens[noun].relation != tokens[name].relation ||
        token_in(&tokens[name], WORDS_DAYS_OF_THE_WEEK) ||
        tree_child(tree, name, REL_DET) != NONE || tree_child(tree, name, REL_NMOD_POSS) != NONE)
        return false;
    tokens[noun].head = name;
    tokens[noun].relation = tokens[noun].upos == UPOS_NOUN ? REL_NMOD_DESC : REL_COMPOUND;
    return true;
}

/* "Told reporters THE ARMY HAD FLED", parsed as reporters whom the army had fled: what they were
 * told. */
static bool rehang_heard(struct token *tokens, const struct tree *tree, const struct cues *cues,
                         uint32_t verb)
{
    uint32_t whom = tokens[verb].head, cue = whom != NONE ? tokens[whom].head : NONE;
    if (tokens[verb].relation != REL_ACL_RELCL || cue == NONE || cue > whom ||
        (tokens[whom].relation != REL_OBJ && tokens[whom].relation != REL_IOBJ) ||
        !cues_telling(cues, &tokens[cue]) || tree_child(tree, cue, REL_CCOMP) != NONE ||
        tree_extent(tree, verb, 0).first != whom + 1 || !is_whole(tree, verb))
        return false;
    uint32_t that = that_before(tree, verb);
    if (that != NONE)
        tokens[that].relation = REL_MARK;
    tokens[verb].head = cue;
    tokens[verb].relation = REL_CCOMP;
    return true;
}

/* "They fled, the AGENCY SAID on Monday, CITING a clerk", hung across the cue on what is said: who
 * says it cites him. */
static bool rehang_citing(struct token *tokens, const struct tree *tree, const struct cues *cues,
                          uint32_t word)
{
    enum { HIGHEST = 4 };
    uint32_t cue = tokens[word].head;
    if ((tokens[word].relation != REL_ADVCL && tokens[word].relation != REL_ACL) ||
        (tokens[word].features & WORD_FINITE) != 0 || cue == NONE || cue > word ||
        !token_in(&tokens[word], WORDS_VERBS_OF_QUOTING) || !token_is(&tokens[word - 1], ","))
        return false;
    uint32_t inner = cue;
    for (int steps = 0; steps < HIGHEST && cue != NONE && cue <= inner; steps++)
        cue = tokens[cue].head;
    if (cue == NONE || cue <= inner || cue > word || tokens[cue].upos != UPOS_VERB ||
        !cues_known(cues, &tokens[cue]) || tree_child(tree, cue, REL_NSUBJ) == NONE)
        return false;
    tokens[word].head = cue;
    tokens[word].relation = REL_ADVCL;
    return true;
}

struct told {
    struct token *tokens;
    const struct tree *tree;
    const struct cues *cues;
};

static bool repair_word(void *context, uint32_t word)
{
    const struct told *told = context;
    struct token *tokens = told->tokens;
    if (word == 0)
        return false;
    bool changed = false;
    if (relation_is(tokens[word].relation, REL_NSUBJ))
        changed |= rehang_description(tokens, told->tree, word) ||
                   rehang_said_of_place(tokens, told->tree, word);
    if (tokens[word].upos == UPOS_VERB && cues_telling(told->cues, &tokens[word]))
        changed |= rehang_first_subject(tokens, told->tree, word);
    else if (tokens[word].upos == UPOS_VERB)
        changed |= rehang_citing(tokens, told->tree, told->cues, word);
    return rehang_heard(tokens, told->tree, told->cues, word) || changed;
}

bool rehang_told(struct document *document, const struct tree *tree, const struct cues *cues)
{
    struct told told = {document->tokens.items, tree, cues};
    return rehang_sentences(document, repair_word, &told);
}
