/* Who speaks: of the nouns of a sentence the one that a cue belongs to.
 *
 * Method: every noun phrase near the cue, and "nobody", is a candidate; its place in the tree and
 * in the sentence are features of a conditional logit (McFadden 1974) fitted to PolNeAR; what the
 * tree alone would say is one feature among them, so that a wrong tree can be outvoted. Leaves
 * out: speakers named in another sentence only. */
#include "meaning/speech_sources.h"

#include "bytes/hash.h"
#include "meaning/speech.h"

/* Cuts punctuation off both ends; quotation marks stay where they come in pairs. */
struct token_range speech_trimmed(const struct tree *tree, struct token_range range)
{
    while (range.first < range.end && tree->tokens[range.first].upos == UPOS_PUNCT &&
           tree->tokens[range.first].folded[0] != '"')
        range.first++;
    while (range.end > range.first && tree->tokens[range.end - 1].upos == UPOS_PUNCT &&
           tree->tokens[range.end - 1].folded[0] != '"')
        range.end--;
    return range;
}

static uint32_t subject_of(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (relation == REL_NSUBJ || relation == REL_NSUBJ_OUTER || relation == REL_OBL_AGENT)
            return child;
    }
    return NONE;
}

/* "by X" below a passive verb, where the tree does not say that X acts. */
static uint32_t agent_of(const struct tree *tree, uint32_t verb)
{
    bool passive =
        tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE ||
        (tree->tokens[verb].relation == REL_ACL && (tree->tokens[verb].features & WORD_PAST) != 0);
    for (uint32_t child = passive ? tree->first_child[verb] : NONE; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t link = tree_child(tree, child, REL_CASE);
        if (child > verb && link != NONE && token_is(&tree->tokens[link], "by"))
            return child;
    }
    return NONE;
}

/* The one who speaks: subject of the cue, or of the verb that it hangs on. `*pronoun` gets the
 * "who" that stands for it. */
static uint32_t speaker_of(const struct tree *tree, uint32_t verb, bool *inherited,
                           uint32_t *pronoun)
{
    uint32_t agent = agent_of(tree, verb);
    *inherited = false;
    *pronoun = NONE;
    if (agent != NONE)
        return agent;
    for (int steps = 0; steps < 4; steps++) {
        uint32_t subject = subject_of(tree, verb);
        const struct token *token = &tree->tokens[verb];
        if (subject != NONE) {
            /* "who said": the noun before. */
            if ((tree->tokens[subject].features & WORD_RELATIVE) != 0 ||
                token_is(&tree->tokens[subject], "who") ||
                token_is(&tree->tokens[subject], "which")) {
                if (token->relation != REL_ACL_RELCL)
                    return subject;
                *pronoun = subject;
                return token->head;
            }
            return subject;
        }
        if (tree_child(tree, verb, REL_AUX) != NONE &&
            tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE)
            return NONE;
        *inherited = true;
        if (token->relation == REL_ACL)
            return (token->features & WORD_PAST) != 0 ? NONE : token->head;
        if (token->head == NONE || (token->relation != REL_CONJ && token->relation != REL_ADVCL &&
                                    token->relation != REL_XCOMP))
            return NONE;
        verb = token->head;
        /* "is quick to offer", "was magnanimous in declaring". */
        if (tree->tokens[verb].upos != UPOS_VERB && tree->tokens[verb].upos != UPOS_AUX &&
            tree_child(tree, verb, REL_COP) == NONE)
            return NONE;
    }
    return NONE;
}

/* What the tree alone says: for a verb its subject, for a noun its possessor or the subject of its
 * verb, for an adjective its subject. */
static uint32_t speaker_in_tree(const struct tree *tree, uint32_t cue, bool *inherited)
{
    uint32_t pronoun;
    *inherited = false;
    if (tree->tokens[cue].upos == UPOS_VERB) {
        uint32_t source = speaker_of(tree, cue, inherited, &pronoun);
        return pronoun != NONE ? pronoun : source;
    }
    if (tree->tokens[cue].upos == UPOS_ADJ)
        return subject_of(tree, cue);
    uint32_t source = tree_child_exactly(tree, cue, REL_NMOD_POSS);
    uint32_t verb = tree->tokens[cue].head;
    if (source == NONE && verb != NONE && relation_is(tree->tokens[cue].relation, REL_OBJ))
        source = subject_of(tree, verb);
    return source;
}

static bool is_nominal(const struct token *token)
{
    switch (token->relation) {
    case REL_COMPOUND:
    case REL_FLAT:
    case REL_FIXED:
    case REL_AMOD:
    case REL_DET:
    case REL_NUMMOD:
    case REL_CASE:
    case REL_MARK:
    case REL_ADVMOD:
    case REL_GOESWITH:
        return false;
    default:
        break;
    }
    if (token->upos == UPOS_NOUN || token->upos == UPOS_PROPN || token->upos == UPOS_PRON)
        return true;
    return (token->upos == UPOS_NUM || token->upos == UPOS_ADJ || token->upos == UPOS_DET) &&
           (relation_is(token->relation, REL_NSUBJ) || token->relation == REL_OBL_AGENT);
}

static void feature(struct speech_source *source, const char *kind, uint64_t value)
{
    if (source->feature_count < SOURCE_FEATURES)
        source->features[source->feature_count++] =
            hash_join(hash_bytes(kind, strlen(kind)), value) | SPEECH_SOURCE_HALF;
}

/* The way from the cue up the tree and down to the candidate, as relations; 0 where it is long. */
static uint64_t path_between(const struct tree *tree, uint32_t cue, uint32_t token)
{
    enum { LONGEST = 5 };
    uint64_t up = 1;
    uint32_t above = cue;
    for (uint32_t i = 0; i < LONGEST && above != NONE; i++) {
        uint64_t down = 2;
        uint32_t at = token;
        for (uint32_t j = 0; j < LONGEST && at != NONE; j++) {
            if (at == above)
                return hash_join(up, down);
            down = hash_join(down, tree->tokens[at].relation);
            at = tree->tokens[at].head;
        }
        up = hash_join(up, tree->tokens[above].relation);
        above = tree->tokens[above].head;
    }
    return 0;
}

/* What stands between cue and candidate. */
static void describe_between(const struct tree *tree, uint32_t cue, struct speech_source *source,
                             uint64_t class)
{
    enum { NEAR = 3 };
    const struct token *tokens = tree->tokens;
    bool after = source->token > cue;
    uint32_t first = (after ? cue : source->token) + 1, end = after ? source->token : cue;
    uint32_t verbs = 0, nouns = 0, commas = 0, quotes = 0;
    uint64_t near = 0;
    for (uint32_t i = first; i < end; i++) {
        verbs += tokens[i].upos == UPOS_VERB;
        nouns += is_nominal(&tokens[i]);
        commas += tokens[i].folded[0] == ',' || tokens[i].folded[0] == '-';
        quotes += tokens[i].folded[0] == '"';
        if (end - first <= NEAR)
            near = hash_join(near, tokens[i].upos);
    }
    if (end - first > NEAR)
        near = 1;
    class = hash_join(class, after);
    nouns = nouns < 4 ? nouns : 4;
    verbs = verbs < 2 ? verbs : 2;
    feature(source, "side", hash_join(class, tokens[source->token].upos));
    feature(source, "near", hash_join(class, near));
    feature(source, "nouns", hash_join(class, nouns));
    feature(source, "nouns relation",
            hash_join(hash_join(class, nouns), tokens[source->token].relation));
    feature(source, "verbs", hash_join(class, verbs * 4 + (commas > 0) * 2 + (quotes > 0)));
    feature(source, "quoted",
            hash_join(class, ((tokens[source->token].flags & TOKEN_QUOTED) != 0) * 2u +
                                 ((tokens[cue].flags & TOKEN_QUOTED) != 0)));
    feature(source, "side lemma", hash_join(tokens[cue].lemma_hash, hash_join(class, verbs > 0)));
}

static void describe(const struct tree *tree, uint32_t cue, uint32_t by_tree, bool inherited,
                     bool passive, struct speech_source *source)
{
    const struct token *word = &tree->tokens[cue], *token = &tree->tokens[source->token];
    uint64_t class = hash_join(word->upos, passive), lemma = word->lemma_hash;
    uint64_t path = path_between(tree, cue, source->token);
    uint32_t link = tree_child(tree, source->token, REL_CASE);
    uint64_t bound = link != NONE ? tree->tokens[link].hash : 0;
    feature(source, "path", hash_join(class, path));
    feature(source, "path lemma", hash_join(lemma, path));
    feature(source, "path class", hash_join(hash_join(class, path), token->upos));
    feature(source, "path link", hash_join(hash_join(class, path), bound));
    feature(source, "relation", hash_join(class, token->relation));
    feature(source, "lemma", hash_join(word->upos, token->lemma_hash));
    feature(source, "link", hash_join(class, bound));
    feature(source, "person",
            hash_join(word->upos, token->features & (WORD_FIRST | WORD_SECOND | WORD_THIRD |
                                                     WORD_POSSESSIVE | WORD_RELATIVE)));
    feature(source, "first",
            hash_join(class, source->token < 4 ||
                                 tree->tokens[source->token - 3].sentence != token->sentence));
    if (source->token == by_tree) {
        feature(source, "tree", hash_join(class, inherited));
        feature(source, "tree class", hash_join(hash_join(class, inherited), token->upos));
        feature(source, "tree relation", hash_join(hash_join(class, inherited), word->relation));
        feature(source, "tree lemma", lemma);
    }
    describe_between(tree, cue, source, class);
}

static void describe_nobody(const struct tree *tree, uint32_t cue, uint32_t by_tree, bool inherited,
                            bool passive, struct speech_source *source)
{
    const struct token *word = &tree->tokens[cue];
    uint64_t class = hash_join(word->upos, passive);
    bool none = by_tree == NONE;
    feature(source, "nobody", hash_join(class, none));
    feature(source, "nobody inherited", hash_join(class, inherited));
    feature(source, "nobody relation", hash_join(hash_join(class, none), word->relation));
    feature(source, "nobody lemma", hash_join(word->lemma_hash, class));
    feature(source, "nobody lemma tree", hash_join(word->lemma_hash, none));
    feature(source, "nobody form",
            hash_join(class, word->features & (WORD_PAST | WORD_GERUND | WORD_INFINITIVE |
                                               WORD_PARTICIPLE | WORD_IMPERATIVE)));
    if (word->head != NONE)
        feature(source, "nobody above",
                hash_join(word->relation, tree->tokens[word->head].lemma_hash));
}

static struct speech_source *add(struct speech_source *found, uint32_t *count, uint32_t token)
{
    struct speech_source *source = &found[(*count)++];
    source->token = token;
    source->feature_count = 0;
    return source;
}

uint32_t speech_sources(const struct tree *tree, uint32_t cue, struct speech_source *found)
{
    enum { BEFORE = 14, BEHIND = 8 };
    struct token_range sentence =
        tree->document->sentences.items[tree->tokens[cue].sentence].tokens;
    bool inherited, passive = tree_child_exactly(tree, cue, REL_AUX_PASS) != NONE;
    uint32_t by_tree = speaker_in_tree(tree, cue, &inherited), count = 0, left = 0, right = 0;
    describe_nobody(tree, cue, by_tree, inherited, passive, add(found, &count, NONE));
    if (by_tree != NONE)
        describe(tree, cue, by_tree, inherited, passive, add(found, &count, by_tree));
    for (uint32_t i = cue; i-- > sentence.first && left < BEFORE;)
        if (i != by_tree && is_nominal(&tree->tokens[i])) {
            describe(tree, cue, by_tree, inherited, passive, add(found, &count, i));
            left++;
        }
    for (uint32_t i = cue + 1; i < sentence.end && right < BEHIND; i++)
        if (i != by_tree && is_nominal(&tree->tokens[i])) {
            describe(tree, cue, by_tree, inherited, passive, add(found, &count, i));
            right++;
        }
    return count;
}

static bool is_relative(const struct token *token)
{
    return (token->features & WORD_RELATIVE) != 0 || token_is(token, "who") ||
           token_is(token, "which");
}

/* "The officer, who fled and said": the noun that the clause with the pronoun hangs on. */
static uint32_t antecedent_of(const struct tree *tree, uint32_t pronoun)
{
    enum { STEPS = 4 };
    uint32_t at = tree->tokens[pronoun].head;
    for (uint32_t i = 0; i < STEPS && at != NONE; i++) {
        if (tree->tokens[at].relation == REL_ACL_RELCL)
            return tree->tokens[at].head < pronoun ? tree->tokens[at].head : NONE;
        at = tree->tokens[at].head;
    }
    return NONE;
}

struct speaker speech_speaker(const struct tree *tree, const struct linear *model, uint32_t cue)
{
    struct speech_source found[SOURCES];
    struct speaker speaker = {.token = NONE, .pronoun = NONE};
    uint32_t best = 0, count = speech_sources(tree, cue, found);
    int32_t most = INT32_MIN / 2, next = INT32_MIN / 2;
    for (uint32_t i = 0; i < count; i++) {
        int32_t sum = linear_sum(model, found[i].features, found[i].feature_count);
        if (sum > most) {
            next = most;
            most = sum;
            best = i;
        } else if (sum > next) {
            next = sum;
        }
    }
    speaker.token = found[best].token;
    speaker.lead = most - next;
    speaker.as_tree = speaker.token == speaker_in_tree(tree, cue, &speaker.inherited);
    if (speaker.token != NONE && is_relative(&tree->tokens[speaker.token])) {
        uint32_t antecedent = antecedent_of(tree, speaker.token);
        if (antecedent != NONE) {
            speaker.pronoun = speaker.token;
            speaker.token = antecedent;
        }
    }
    return speaker;
}

static bool is_part_of_name(const struct token *token)
{
    return token->upos == UPOS_PROPN || token->upos == UPOS_NOUN || token->upos == UPOS_DET ||
           token->upos == UPOS_ADJ || token->upos == UPOS_NUM;
}

/* "Party chair the Reverend Ann Wu said", "said rebel commander Ann Wu", where the tree leaves
 * part of the name out: up to the cue. */
static struct token_range up_to(const struct tree *tree, struct token_range range,
                                struct token_range cue)
{
    enum { REACH = 12 };
    uint32_t end = range.end, first = range.first;
    while (range.end <= cue.first && end < cue.first && end < range.end + REACH &&
           is_part_of_name(&tree->tokens[end]))
        end++;
    if (end == cue.first)
        range.end = end;
    while (first > cue.end && first + REACH > range.first &&
           is_part_of_name(&tree->tokens[first - 1]))
        first--;
    if (first == cue.end)
        range.first = first;
    return range;
}

struct token_range speech_source_range(const struct tree *tree, uint32_t source,
                                       struct token_range cue)
{
    struct token_range range = tree_extent(tree, source, 0);
    uint32_t preposition = tree_child(tree, source, REL_CASE);
    if (preposition == range.first && range.end > range.first + 1)
        range.first++;
    range = up_to(tree, speech_trimmed(tree, range), cue);
    /* A relative clause around the cue is not part of who speaks. */
    if (range.first < cue.end && cue.first < range.end)
        range = tree_noun_phrase(tree, source);
    if (range.first < cue.end && cue.first < range.end)
        range = (struct token_range){source, source + 1};
    /* "The senator (R-Ohio)": not without its bracket. */
    uint32_t open = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        open += tree->tokens[i].folded[0] == '(';
        open -= open > 0 && tree->tokens[i].folded[0] == ')';
    }
    if (open > 0 && range.end < tree->document->tokens.count &&
        tree->tokens[range.end].folded[0] == ')')
        range.end++;
    return range;
}
