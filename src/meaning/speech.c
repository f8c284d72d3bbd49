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

/* Where the content stands to the cue and in its sentence. */
static void describe_place(const struct tree *tree, struct speech *speech)
{
    const struct token *cue = &tree->tokens[speech->cue];
    const struct sentence *sentence = &tree->document->sentences.items[cue->sentence];
    struct token_range content = speech->content[0];
    uint64_t form = (uint64_t)speech->form;
    bool after = content.first > speech->cue;
    uint32_t between = after                        ? content.first - speech->cue
                       : content.end <= speech->cue ? speech->cue - content.end + 1
                                                    : 0;
    uint64_t side = hash_join(bucket(between) * 2 + after, form);
    feature(speech, "side form", side);
    feature(speech, "lemma side", hash_join(cue->lemma_hash, side));
    if (content.first > sentence->tokens.first)
        feature(speech, "mark before", hash_join(tree->tokens[content.first - 1].hash, form));
    if (content.end < sentence->tokens.end)
        feature(speech, "mark behind", hash_join(tree->tokens[content.end].hash, form));
    uint32_t words = content.end - content.first;
    uint32_t whole = sentence->tokens.end - sentence->tokens.first;
    feature(speech, "share form", hash_join(words * 5 / (whole + 1), form));
    feature(speech, "parts form",
            hash_join(speech->content[1].end > speech->content[1].first, form));
    feature(speech, "root form", hash_join((cue->head == NONE) + 2u * sentence->heading, form));
    feature(speech, "relation class", hash_join(hash_join(cue->relation, cue->upos), side));
    feature(speech, "first word", hash_join(tree->tokens[content.first].hash, form));
}

static void describe(const struct tree *tree, const struct cues *cues, struct speech *speech,
                     bool inherited)
{
    const struct token *cue = &tree->tokens[speech->cue];
    uint64_t lemma = cue->lemma_hash, form = (uint64_t)speech->form;
    uint32_t object = tree_child(tree, speech->cue, REL_OBJ);
    bool passive = tree_child_exactly(tree, speech->cue, REL_AUX_PASS) != NONE;
    enum word_class source_class =
        speech->source == NONE ? UPOS_NONE : tree->tokens[speech->source].upos;
    uint32_t length;
    uint32_t handle = phrases_find(&cues->words, &lemma, sizeof lemma, 1, &length);
    feature(speech, "known cue form", hash_join(handle != PHRASE_NONE, form));
    while (handle != PHRASE_NONE) {
        uint64_t class = phrases_value(&cues->words, handle, &handle);
        feature(speech, "class", hash_join(hash_join(class, cue->upos), form));
        feature(speech, "class source", hash_join(hash_join(class, source_class), form));
        feature(speech, "class quote",
                hash_join(hash_join(class, holds_quote(tree, speech->content[0])), form));
        feature(speech, "class voice", hash_join(hash_join(class, passive + 2u * inherited), form));
    }
    feature(speech, "form", form);
    feature(speech, "lemma", lemma);
    feature(speech, "lemma form", hash_join(lemma, form));
    feature(speech, "class form", hash_join(cue->upos, form));
    feature(speech, "relation form", hash_join(cue->relation, form));
    feature(
        speech, "quote form",
        hash_join(holds_quote(tree, speech->content[0]) + 2u * (cue->flags & TOKEN_QUOTED ? 1 : 0),
                  form));
    feature(speech, "length form",
            hash_join(bucket(speech->content[0].end - speech->content[0].first), form));
    feature(speech, "voice form", hash_join(passive + 2u * inherited, form));
    feature(speech, "lemma voice", hash_join(lemma, passive));
    feature(speech, "object form", hash_join(object != NONE, form));
    feature(speech, "verb features",
            hash_join(cue->features & (WORD_PAST | WORD_GERUND | WORD_INFINITIVE | WORD_PARTICIPLE),
                      form));
    if (tree_child(tree, speech->cue, REL_COMPOUND) != NONE)
        feature(speech, "particle", tree->tokens[tree_child(tree, speech->cue, REL_COMPOUND)].hash);
    for (uint32_t child = tree->first_child[speech->cue]; child != NONE;
         child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_AUX || tree->tokens[child].relation == REL_MARK)
            feature(speech, "beside form", hash_join(tree->tokens[child].lemma_hash, form));
    /* The word that the content hangs on the cue with, and its own class. */
    for (uint32_t i = speech->content[0].first; i < speech->content[0].end; i++) {
        const struct token *word = &tree->tokens[i];
        if (word->head != speech->cue)
            continue;
        uint32_t link = tree_child(tree, i, REL_CASE);
        if (link == NONE)
            link = tree_child(tree, i, REL_MARK);
        uint64_t bound = link != NONE ? tree->tokens[link].hash : 0;
        feature(speech, "link", hash_join(hash_join(lemma, bound), form));
        feature(speech, "link form", hash_join(bound, form));
        feature(speech, "head class", hash_join(word->upos, form));
        feature(speech, "head", hash_join(word->lemma_hash, form));
        feature(speech, "lemma head class", hash_join(hash_join(lemma, word->upos), form));
        break;
    }
    describe_place(tree, speech);
    if (cue->head != NONE)
        feature(speech, "above", hash_join(tree->tokens[cue->head].lemma_hash, form));
    if (speech->source == NONE) {
        feature(speech, "no source", form);
        return;
    }
    const struct token *source = &tree->tokens[speech->source];
    feature(speech, "source class", hash_join(source->upos, form));
    feature(speech, "source", source->lemma_hash);
    feature(speech, "lemma source class", hash_join(hash_join(lemma, source->upos), form));
    feature(speech, "source features",
            source->features & (WORD_FIRST | WORD_SECOND | WORD_THIRD | WORD_PLURAL));
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

/* "Party chair Ann Wu said", where the tree leaves the name out: up to the cue. */
static struct token_range with_name(const struct tree *tree, struct token_range range, uint32_t cue)
{
    uint32_t end = range.end;
    while (range.first < range.end && end < cue && tree->tokens[end].upos == UPOS_PROPN)
        end++;
    if (end == cue)
        range.end = end;
    return range;
}

static bool is_speaker(const struct token *token)
{
    return (token->flags & TOKEN_QUOTED) == 0 &&
           (token->upos == UPOS_PROPN || token->upos == UPOS_PRON || token->upos == UPOS_NOUN);
}

/* "Those who stayed," Wu added, "have lost": a subject within the quotation does not speak; the
 * noun beside the cue does. */
static uint32_t outside_quotation(const struct tree *tree, uint32_t verb, uint32_t source)
{
    const struct token *cue = &tree->tokens[verb];
    const struct sentence *sentence = &tree->document->sentences.items[cue->sentence];
    if (source == NONE || (tree->tokens[source].flags & TOKEN_QUOTED) == 0 ||
        (cue->flags & TOKEN_QUOTED) != 0)
        return source;
    if (verb > sentence->tokens.first && is_speaker(&tree->tokens[verb - 1]))
        return verb - 1;
    for (uint32_t i = verb + 1; i < sentence->tokens.end; i++) {
        const struct token *token = &tree->tokens[i];
        if (is_speaker(token) && (i + 1 == sentence->tokens.end || !is_speaker(token + 1)))
            return i;
        if (!is_speaker(token) && token->upos != UPOS_DET && token->upos != UPOS_ADJ)
            return NONE;
    }
    return NONE;
}

static struct speech begin(const struct tree *tree, enum speech_form form, uint32_t cue,
                           uint32_t source)
{
    struct speech speech = {.form = form, .cue = cue, .source = source, .pronoun = NONE};
    speech.cue_tokens = tree->tokens[cue].upos == UPOS_VERB ? cue_range(tree, cue)
                                                            : (struct token_range){cue, cue + 1};
    if (source != NONE) {
        struct token_range range = tree_extent(tree, source, 0);
        uint32_t preposition = tree_child(tree, source, REL_CASE);
        if (preposition == range.first && range.end > range.first + 1)
            range.first++;
        speech.source_tokens = with_name(tree, trimmed(tree, range), speech.cue_tokens.first);
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

static struct token_range below(const struct tree *tree, uint32_t token)
{
    return trimmed(tree, tree_extent(tree, token, 0));
}

/* Where candidates go while a sentence is searched. */
struct finding {
    const struct tree *tree;
    const struct cues *cues;
    uint32_t sentence;
    struct speech *items;
    uint32_t count, maximum;
};

/* Adds a candidate whose content is set. */
static void offer(struct finding *finding, struct speech speech, enum speech_form form,
                  struct token_range first, struct token_range second, bool inherited)
{
    if (first.first >= first.end || finding->count == finding->maximum)
        return;
    speech.form = form;
    speech.content[0] = first;
    speech.content[1] = second.first < second.end ? second : nothing();
    speech.feature_count = 0;
    describe(finding->tree, finding->cues, &speech, inherited);
    finding->items[finding->count++] = speech;
}

/* From the clause to the end of the last clause coordinated with it that hangs on the verb. */
static struct token_range clauses_from(const struct tree *tree, uint32_t verb, uint32_t clause)
{
    struct token_range range = tree_extent(tree, clause, 0);
    for (uint32_t child = tree->next_sibling[clause]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if (child > verb && clause > verb &&
            (relation == REL_CCOMP || relation == REL_PARATAXIS || relation == REL_DEP ||
             (relation == REL_CONJ && tree_child(tree, child, REL_MARK) != NONE))) {
            struct token_range next = tree_extent(tree, child, 0);
            if (next.end > range.end)
                range.end = next.end;
        }
    }
    return trimmed(tree, range);
}

/* Where a clause behind a comma takes more than half of a content, the words before it are a
 * candidate as well: "the plan, which was drawn up by …", "that he won, even as others …". */
static struct token_range without_appendix(const struct tree *tree, struct token_range range)
{
    enum { LEAST = 2 };
    for (uint32_t i = range.first + LEAST; i + LEAST < range.end; i++) {
        if (!token_is(&tree->tokens[i], ",") || (tree->tokens[i].flags & TOKEN_QUOTED) != 0)
            continue;
        if ((i - range.first) * 2 > range.end - range.first)
            break;
        /* The clause: its head lies behind the comma and hangs on a word before it. */
        for (uint32_t j = i + 1; j < range.end; j++) {
            enum relation relation = tree->tokens[j].relation;
            uint32_t head = tree->tokens[j].head;
            bool clause = relation == REL_ACL_RELCL || relation == REL_ADVCL ||
                          relation == REL_ACL || relation == REL_CONJ || relation == REL_PARATAXIS;
            if (clause && head != NONE && head >= range.first && head < i &&
                tree_extent(tree, j, 0).first <= i + 1 && tree_extent(tree, j, 0).end >= range.end)
                return trimmed(tree, (struct token_range){range.first, i});
        }
    }
    return nothing();
}

/* Offers a content, and what is left of it without a long clause at its end. */
static void offer_both(struct finding *finding, const struct speech *speech, enum speech_form form,
                       struct token_range range, bool inherited)
{
    struct token_range less = without_appendix(finding->tree, range);
    offer(finding, *speech, form, range, nothing(), inherited);
    if (less.first < less.end)
        offer(finding, *speech, form, less, nothing(), inherited);
}

/* Every complement of a verb is a candidate of its own form. */
static void offer_complements(struct finding *finding, const struct speech *speech, uint32_t verb,
                              bool inherited)
{
    const struct tree *tree = finding->tree;
    uint32_t object = tree_child_exactly(tree, verb, REL_OBJ);
    bool clause_seen = false, oblique_seen = false;
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        if ((relation == REL_CCOMP || (relation == REL_PARATAXIS && child > verb)) &&
            !clause_seen) {
            clause_seen = true;
            offer_both(finding, speech, SPEECH_CLAUSE, clauses_from(tree, verb, child), inherited);
        } else if (relation == REL_XCOMP) {
            struct token_range range = below(tree, child);
            if (object != NONE && object < child && below(tree, object).first < range.first)
                range.first = below(tree, object).first;
            offer_both(finding, speech, SPEECH_INFINITIVE, range, inherited);
        } else if (relation == REL_OBJ || relation == REL_NSUBJ_PASS) {
            offer_both(finding, speech, SPEECH_OBJECT, below(tree, child), inherited);
        } else if (relation == REL_OBL && child > verb && !oblique_seen) {
            oblique_seen = true;
            offer_both(finding, speech, SPEECH_PREPOSITION, below(tree, child), inherited);
        }
    }
}

/* The quoted words of the sentence, where the cue is not among them. */
static struct token_range quoted_words(const struct tree *tree, uint32_t sentence, uint32_t cue)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    struct token_range range = {whole.end, whole.first};
    if ((tree->tokens[cue].flags & TOKEN_QUOTED) != 0)
        return nothing();
    for (uint32_t i = whole.first; i < whole.end; i++) {
        if ((tree->tokens[i].flags & TOKEN_QUOTED) == 0)
            continue;
        if (range.first > i)
            range.first = i;
        range.end = i + 1;
    }
    return range.first < range.end ? range : nothing();
}

static void offer_quotation(struct finding *finding, const struct speech *speech, uint32_t cue,
                            bool inherited)
{
    struct token_range quoted = quoted_words(finding->tree, finding->sentence, cue);
    if (quoted.first >= quoted.end)
        return;
    if (cue < quoted.first || cue >= quoted.end) {
        offer(finding, *speech, SPEECH_QUOTE, quoted, nothing(), inherited);
        return;
    }
    /* "We left," he said, "at dawn.": two parts. */
    const struct token *tokens = finding->tree->tokens;
    struct token_range before = {quoted.first, cue}, after = {cue + 1, quoted.end};
    while (before.end > before.first && (tokens[before.end - 1].flags & TOKEN_QUOTED) == 0)
        before.end--;
    while (after.first < after.end && (tokens[after.first].flags & TOKEN_QUOTED) == 0)
        after.first++;
    offer(finding, *speech, SPEECH_QUOTE, before, after, inherited);
}

/* "accused them of leaving", "told the crowd on Friday that": all that follows, where the verb has
 * several complements. */
static void offer_rest(struct finding *finding, const struct speech *speech, uint32_t verb,
                       bool inherited)
{
    const struct tree *tree = finding->tree;
    uint32_t complements = 0, first = NONE;
    struct token_range rest = {NONE, verb};
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        bool complement = relation_is(relation, REL_OBJ) || relation_is(relation, REL_OBL) ||
                          relation == REL_XCOMP || relation == REL_CCOMP || relation == REL_ADVCL;
        if (child < verb || !complement)
            continue;
        /* "…, noting that": no complement, but what else was done. */
        if (relation == REL_ADVCL && tree_extent(tree, child, 0).first > 0 &&
            token_is(&tree->tokens[tree_extent(tree, child, 0).first - 1], ","))
            continue;
        first = first == NONE ? child : first;
        if (tree_extent(tree, child, 0).end > rest.end)
            rest.end = tree_extent(tree, child, 0).end;
        complements++;
    }
    if (complements < 2)
        return;
    rest.first = tree_extent(tree, first, 0).first;
    if (rest.first > verb)
        offer(finding, *speech, SPEECH_REST, trimmed(tree, rest), nothing(), inherited);
}

/* "The town seems lost", "he was declared the winner by the court": the subject is part of what is
 * said. */
static void offer_raised(struct finding *finding, const struct speech *speech, uint32_t verb)
{
    const struct tree *tree = finding->tree;
    uint32_t subject = tree_child_exactly(tree, verb, REL_NSUBJ_PASS);
    uint32_t rest = tree_child_exactly(tree, verb, REL_XCOMP);
    struct speech raised = *speech;
    if (subject == NONE) {
        /* The one who seems is no speaker. */
        subject = tree_child_exactly(tree, verb, REL_NSUBJ);
        raised = begin(tree, SPEECH_RAISED, verb, NONE);
    }
    for (uint32_t child = tree->first_child[verb]; child != NONE && rest == NONE;
         child = tree->next_sibling[child])
        if (child > verb && child != speech->source &&
            relation_is(tree->tokens[child].relation, REL_OBL))
            rest = child;
    if (subject == NONE || subject > verb || rest == NONE)
        return;
    offer(finding, raised, SPEECH_RAISED, below(tree, subject), below(tree, rest), false);
}

/* "They left, he said": the cue hangs on the content's main clause. */
static bool is_inserted(const struct tree *tree, uint32_t verb)
{
    return tree->tokens[verb].relation == REL_PARATAXIS && subject_of(tree, verb) != NONE &&
           tree_child_exactly(tree, verb, REL_CCOMP) == NONE &&
           tree_child(tree, verb, REL_OBJ) == NONE;
}

static void offer_verb(struct finding *finding, uint32_t verb)
{
    bool inherited;
    uint32_t pronoun, source = speaker_of(finding->tree, verb, &inherited, &pronoun);
    source = outside_quotation(finding->tree, verb, source);
    struct speech speech = begin(finding->tree, SPEECH_CLAUSE, verb, source);
    speech.pronoun = pronoun;
    if (is_inserted(finding->tree, verb)) {
        around(finding->tree, finding->sentence, tree_extent(finding->tree, verb, 0), &speech);
        offer(finding, speech, SPEECH_MAIN, speech.content[0], speech.content[1], inherited);
    }
    offer_complements(finding, &speech, verb, inherited);
    offer_rest(finding, &speech, verb, inherited);
    offer_raised(finding, &speech, verb);
    offer_quotation(finding, &speech, verb, inherited);
}

/* "a statement that they left", "his call for talks", "are unhappy with the deal". */
static void offer_noun(struct finding *finding, uint32_t word)
{
    const struct tree *tree = finding->tree;
    bool adjective = tree->tokens[word].upos == UPOS_ADJ;
    uint32_t source =
        adjective ? subject_of(tree, word) : tree_child_exactly(tree, word, REL_NMOD_POSS);
    uint32_t verb = tree->tokens[word].head;
    if (source == NONE && verb != NONE && !adjective &&
        relation_is(tree->tokens[word].relation, REL_OBJ))
        source = subject_of(tree, verb);
    if (adjective && source == NONE)
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        bool clause = relation == REL_ACL || relation == REL_CCOMP || relation == REL_XCOMP ||
                      (adjective && relation == REL_ADVCL);
        bool phrase = relation == REL_NMOD || (adjective && relation == REL_OBL);
        if (child < word || !(phrase || (clause && tree_child(tree, child, REL_MARK) != NONE)) ||
            (phrase && source == NONE))
            continue;
        offer(finding, begin(tree, SPEECH_NOUN, word, source),
              phrase ? SPEECH_PREPOSITION : SPEECH_NOUN, below(tree, child), nothing(), false);
    }
}

/* "according to X": the content is the rest of the sentence. */
static void offer_according(struct finding *finding, uint32_t word)
{
    const struct tree *tree = finding->tree;
    uint32_t source = tree->tokens[word].head;
    if (!token_is(&tree->tokens[word], "according"))
        return;
    /* The tagger takes the word for a verb at times: then the source hangs on it. */
    for (uint32_t child = tree->first_child[word]; child != NONE; child = tree->next_sibling[child])
        if (tree->tokens[child].relation == REL_OBL)
            source = child;
    if (source == NONE || source < word)
        return;
    struct speech speech = begin(tree, SPEECH_ACCORDING, word, source);
    speech.cue_tokens = (struct token_range){word, word + 1 < source ? word + 2 : word + 1};
    struct token_range phrase = tree_extent(tree, source, 0);
    if (speech.source_tokens.first < speech.cue_tokens.end)
        speech.source_tokens.first = speech.cue_tokens.end;
    if (phrase.first > word)
        phrase.first = word;
    around(tree, finding->sentence, phrase, &speech);
    offer(finding, speech, SPEECH_ACCORDING, speech.content[0], speech.content[1], false);
}

/* "Minister: talks have failed", as headlines have it. */
static void offer_colon(struct finding *finding, uint32_t colon)
{
    const struct tree *tree = finding->tree;
    struct token_range whole = tree->document->sentences.items[finding->sentence].tokens;
    if (tree->tokens[colon].folded[0] != ':' || colon == whole.first || colon - whole.first > 6 ||
        colon + 3 > whole.end)
        return;
    uint32_t source = whole.first;
    for (uint32_t i = whole.first; i < colon; i++)
        if (tree->tokens[i].head == NONE || tree->tokens[i].head >= colon ||
            tree->tokens[i].head < whole.first)
            source = i;
    struct speech speech = begin(tree, SPEECH_COLON, colon, source);
    speech.source_tokens = (struct token_range){whole.first, colon};
    offer(finding, speech, SPEECH_COLON, trimmed(tree, (struct token_range){colon + 1, whole.end}),
          nothing(), false);
}

struct byte_span speech_source(const struct document *document, const struct speech *speech)
{
    enum { REACH = 3 }; /* a comma may stand between */
    struct token_range range = speech->source_tokens;
    if (speech->pronoun != NONE && range.first < range.end && speech->pronoun >= range.end &&
        speech->pronoun < range.end + REACH)
        range.end = speech->pronoun + 1;
    return document_span_of(document, range);
}

uint32_t speech_find(const struct tree *tree, const struct cues *cues, uint32_t sentence,
                     struct speech *found, uint32_t maximum)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    struct finding finding = {
        .tree = tree, .cues = cues, .sentence = sentence, .items = found, .maximum = maximum};
    for (uint32_t i = whole.first; i < whole.end; i++) {
        switch (tree->tokens[i].upos) {
        case UPOS_VERB:
            offer_verb(&finding, i);
            break;
        case UPOS_NOUN:
        case UPOS_ADJ:
            offer_noun(&finding, i);
            break;
        case UPOS_PUNCT:
            offer_colon(&finding, i);
            break;
        default:
            break;
        }
        offer_according(&finding, i);
    }
    return finding.count;
}
