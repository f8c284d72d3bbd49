/* Candidates for "who says what".
 *
 * Method: forms of reported speech as PARC 3.0 and PolNeAR annotate them (Pareti 2012; Newell,
 * Margolin and Ruths 2018), read off the dependency tree. Leaves out: sources named only in another
 * sentence (attribution.c carries quotations on), and cues without any complement. */
#include "meaning/speech.h"

#include "bytes/hash.h"

static struct token_range nothing(void)
{
    return (struct token_range){0, 0};
}

/* Cuts punctuation off both ends; quotation marks stay where they come in pairs. */
static struct token_range trimmed(const struct tree *tree, struct token_range range)
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

/* The one who speaks: subject of the cue, or of the verb that it hangs on. */
static uint32_t speaker_of(const struct tree *tree, uint32_t verb, bool *inherited)
{
    *inherited = false;
    for (int steps = 0; steps < 4; steps++) {
        uint32_t subject = subject_of(tree, verb);
        const struct token *token = &tree->tokens[verb];
        if (subject != NONE) {
            /* "who said": the noun before. */
            if ((tree->tokens[subject].features & WORD_RELATIVE) != 0 ||
                token_is(&tree->tokens[subject], "who") || token_is(&tree->tokens[subject], "which"))
                return token->relation == REL_ACL_RELCL ? token->head : subject;
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
        if (tree->tokens[verb].upos != UPOS_VERB && tree->tokens[verb].upos != UPOS_AUX)
            return NONE;
    }
    return NONE;
}

static void feature(struct speech *speech, const char *kind, uint64_t value)
{
    if (speech->feature_count < SPEECH_FEATURES)
        speech->features[speech->feature_count++] =
            hash_join(hash_bytes(kind, strlen(kind)), value);
}

static uint64_t bucket(uint32_t length)
{
    return length < 2 ? 0 : length < 4 ? 1 : length < 8 ? 2 : length < 16 ? 3 : 4;
}

static bool holds_quote(const struct tree *tree, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (tree->tokens[i].folded[0] == '"' || (tree->tokens[i].flags & TOKEN_QUOTED) != 0)
            return true;
    return false;
}

static void describe(const struct tree *tree, struct speech *speech, bool inherited)
{
    const struct token *cue = &tree->tokens[speech->cue];
    uint64_t lemma = cue->lemma_hash, form = (uint64_t)speech->form;
    uint32_t object = tree_child(tree, speech->cue, REL_OBJ);
    bool passive = tree_child_exactly(tree, speech->cue, REL_AUX_PASS) != NONE;
    feature(speech, "form", form);
    feature(speech, "lemma", lemma);
    feature(speech, "lemma form", hash_join(lemma, form));
    feature(speech, "class form", hash_join(cue->upos, form));
    feature(speech, "relation form", hash_join(cue->relation, form));
    feature(speech, "quote form",
            hash_join(holds_quote(tree, speech->content[0]) + 2u * (cue->flags & TOKEN_QUOTED ? 1 : 0),
                      form));
    feature(speech, "length form",
            hash_join(bucket(speech->content[0].end - speech->content[0].first), form));
    feature(speech, "voice form", hash_join(passive + 2u * inherited, form));
    feature(speech, "lemma voice", hash_join(lemma, passive));
    feature(speech, "object form", hash_join(object != NONE, form));
    feature(speech, "verb features", hash_join(cue->features & (WORD_PAST | WORD_GERUND | WORD_INFINITIVE | WORD_PARTICIPLE), form));
    if (tree_child(tree, speech->cue, REL_COMPOUND) != NONE)
        feature(speech, "particle", tree->tokens[tree_child(tree, speech->cue, REL_COMPOUND)].hash);
    for (uint32_t child = tree->first_child[speech->cue]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_AUX || tree->tokens[child].relation == REL_MARK)
            feature(speech, "beside form", hash_join(tree->tokens[child].lemma_hash, form));
    if (speech->source == NONE) {
        feature(speech, "no source", form);
        return;
    }
    const struct token *source = &tree->tokens[speech->source];
    feature(speech, "source class", hash_join(source->upos, form));
    feature(speech, "source", source->lemma_hash);
    feature(speech, "source features", source->features & (WORD_FIRST | WORD_SECOND | WORD_THIRD | WORD_PLURAL));
}

static struct token_range cue_range(const struct tree *tree, uint32_t verb)
{
    struct token_range range = {verb, verb + 1};
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (child < verb && relation_is(relation, REL_AUX) && child < range.first)
            range.first = child;
        if (relation == REL_COMPOUND_PRT && child == range.end)
            range.end = child + 1;
    }
    return range;
}

static struct speech begin(const struct tree *tree, enum speech_form form, uint32_t cue,
                           uint32_t source)
{
    struct speech speech = {.form = form, .cue = cue, .source = source};
    speech.cue_tokens = tree->tokens[cue].upos == UPOS_VERB ? cue_range(tree, cue)
                                                            : (struct token_range){cue, cue + 1};
    if (source != NONE) {
        struct token_range range = tree_extent(tree, source, 0);
        uint32_t preposition = tree_child(tree, source, REL_CASE);
        if (preposition == range.first && range.end > range.first + 1)
            range.first++;
        speech.source_tokens = trimmed(tree, range);
        /* A relative clause around the cue is not part of who speaks. */
        if (speech.source_tokens.first <= cue && cue < speech.source_tokens.end)
            speech.source_tokens = tree_noun_phrase(tree, source);
    } else {
        speech.source_tokens = nothing();
    }
    return speech;
}

/* The content around the cue's own clause: what the main clause says without "he said". */
static void around(const struct tree *tree, uint32_t sentence, struct token_range left_out,
                   struct speech *speech)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    struct token_range before = trimmed(tree, (struct token_range){whole.first, left_out.first});
    struct token_range after = trimmed(tree, (struct token_range){left_out.end, whole.end});
    if (before.first >= before.end) {
        before = after;
        after = nothing();
    }
    speech->content[0] = before;
    speech->content[1] = after.first < after.end ? after : nothing();
}

static bool is_clause_head(enum word_class upos)
{
    return upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_NOUN || upos == UPOS_ADJ ||
           upos == UPOS_PRON || upos == UPOS_PROPN || upos == UPOS_NUM || upos == UPOS_ADV;
}

static struct token_range below(const struct tree *tree, uint32_t token)
{
    return trimmed(tree, tree_extent(tree, token, 0));
}

/* The best complement of a verb: a clause before an infinitive before an object. */
static bool complement_of(const struct tree *tree, uint32_t verb, struct speech *speech)
{
    uint32_t clause = tree_child_exactly(tree, verb, REL_CCOMP);
    uint32_t open = tree_child_exactly(tree, verb, REL_XCOMP);
    uint32_t object = tree_child(tree, verb, REL_OBJ);
    uint32_t subject = tree_child_exactly(tree, verb, REL_NSUBJ_PASS);
    if (clause != NONE && is_clause_head(tree->tokens[clause].upos)) {
        speech->form = SPEECH_CLAUSE;
        speech->content[0] = below(tree, clause);
        return true;
    }
    if (open != NONE) {
        speech->form = SPEECH_INFINITIVE;
        speech->content[0] = below(tree, open);
        if (object != NONE && object < open) {
            struct token_range range = below(tree, object);
            if (range.first < speech->content[0].first)
                speech->content[0].first = range.first;
        }
        return true;
    }
    if (object != NONE) {
        speech->form = SPEECH_OBJECT;
        speech->content[0] = below(tree, object);
        return true;
    }
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        if (tree->tokens[child].relation != REL_OBL || child < verb)
            continue;
        speech->form = SPEECH_PREPOSITION;
        speech->content[0] = below(tree, child);
        return true;
    }
    if (subject != NONE) {
        speech->form = SPEECH_OBJECT;
        speech->content[0] = below(tree, subject);
        return true;
    }
    return false;
}

/* "They left, he said": the cue hangs on the content's main clause. */
static bool is_inserted(const struct tree *tree, uint32_t verb)
{
    return tree->tokens[verb].relation == REL_PARATAXIS && subject_of(tree, verb) != NONE &&
           tree_child_exactly(tree, verb, REL_CCOMP) == NONE &&
           tree_child(tree, verb, REL_OBJ) == NONE;
}

static bool verb_candidate(const struct tree *tree, uint32_t sentence, uint32_t verb,
                           struct speech *speech)
{
    bool inherited;
    uint32_t source = speaker_of(tree, verb, &inherited);
    *speech = begin(tree, SPEECH_CLAUSE, verb, source);
    if (is_inserted(tree, verb)) {
        speech->form = SPEECH_MAIN;
        around(tree, sentence, tree_extent(tree, verb, 0), speech);
    } else if (!complement_of(tree, verb, speech)) {
        return false;
    }
    if (speech->content[0].first >= speech->content[0].end)
        return false;
    describe(tree, speech, inherited);
    return true;
}

/* "a statement that they left", "his call for talks". */
static bool noun_candidate(const struct tree *tree, uint32_t noun, struct speech *speech)
{
    uint32_t clause = NONE;
    for (uint32_t child = tree->first_child[noun]; child != NONE && clause == NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        uint32_t mark = tree_child(tree, child, REL_MARK);
        if ((relation == REL_ACL || relation == REL_CCOMP) && mark != NONE && child > noun)
            clause = child;
    }
    if (clause == NONE)
        return false;
    uint32_t source = tree_child_exactly(tree, noun, REL_NMOD_POSS);
    uint32_t verb = tree->tokens[noun].head;
    if (source == NONE && verb != NONE && relation_is(tree->tokens[noun].relation, REL_OBJ))
        source = subject_of(tree, verb);
    *speech = begin(tree, SPEECH_NOUN, noun, source);
    speech->content[0] = below(tree, clause);
    describe(tree, speech, false);
    return true;
}

/* "according to X": the content is the rest of the sentence. */
static bool according_candidate(const struct tree *tree, uint32_t sentence, uint32_t word,
                                struct speech *speech)
{
    uint32_t source = tree->tokens[word].head;
    if (!token_is(&tree->tokens[word], "according") || source == NONE || source < word)
        return false;
    *speech = begin(tree, SPEECH_ACCORDING, word, source);
    speech->cue_tokens.end += word + 1 < source;
    struct token_range phrase = tree_extent(tree, source, 0);
    if (speech->source_tokens.first < speech->cue_tokens.end)
        speech->source_tokens.first = speech->cue_tokens.end;
    around(tree, sentence, phrase, speech);
    if (speech->content[0].first >= speech->content[0].end)
        return false;
    describe(tree, speech, false);
    return true;
}

uint32_t speech_find(const struct tree *tree, uint32_t sentence, struct speech *found,
                     uint32_t maximum)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    uint32_t count = 0;
    for (uint32_t i = whole.first; i < whole.end && count < maximum; i++) {
        enum word_class upos = tree->tokens[i].upos;
        bool is_one = false;
        if (upos == UPOS_VERB)
            is_one = verb_candidate(tree, sentence, i, &found[count]) ||
                     according_candidate(tree, sentence, i, &found[count]);
        else if (upos == UPOS_NOUN)
            is_one = noun_candidate(tree, i, &found[count]);
        else
            is_one = according_candidate(tree, sentence, i, &found[count]);
        count += is_one;
    }
    return count;
}
