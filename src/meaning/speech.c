/* Candidates for "who says what".
 *
 * Method: forms of reported speech as PARC 3.0 and PolNeAR annotate them (Pareti 2012; Newell,
 * Margolin and Ruths 2018), read off the dependency tree. Leaves out: sources named only in another
 * sentence (attribution.c carries quotations on), and cues without any complement. */
#include "meaning/speech.h"

static struct token_range nothing(void)
{
    return (struct token_range){0, 0};
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
                           const struct speaker *speaker)
{
    struct speech speech = {.form = form, .cue = cue, .source = NONE, .pronoun = NONE};
    speech.cue_tokens = tree->tokens[cue].upos == UPOS_VERB ? cue_range(tree, cue)
                                                            : (struct token_range){cue, cue + 1};
    if (speaker == NULL)
        return speech;
    speech.source = speaker->token;
    speech.pronoun = speaker->pronoun;
    speech.inherited = speaker->inherited;
    speech.as_tree = speaker->as_tree;
    speech.lead = speaker->lead;
    if (speech.source != NONE)
        speech.source_tokens = speech_source_range(tree, speech.source, speech.cue_tokens);
    return speech;
}

/* The content around the cue's own clause: what the main clause says without "he said". */
static void around(const struct tree *tree, uint32_t sentence, struct token_range left_out,
                   struct speech *speech)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    struct token_range before =
        speech_trimmed(tree, (struct token_range){whole.first, left_out.first});
    struct token_range after = speech_trimmed(tree, (struct token_range){left_out.end, whole.end});
    if (before.first >= before.end) {
        before = after;
        after = nothing();
    }
    speech->content[0] = before;
    speech->content[1] = after.first < after.end ? after : nothing();
}

static struct token_range below(const struct tree *tree, uint32_t token)
{
    return speech_trimmed(tree, tree_extent(tree, token, 0));
}

/* Where candidates go while a sentence is searched. */
struct finding {
    const struct tree *tree;
    const struct cues *cues;
    const struct linear *model;
    uint32_t sentence;
    struct speech *items;
    uint32_t count, maximum;
};

/* Adds a candidate whose content is set. */
static void offer(struct finding *finding, struct speech speech, enum speech_form form,
                  struct token_range first, struct token_range second)
{
    if (first.first >= first.end || finding->count == finding->maximum)
        return;
    speech.form = form;
    speech.content[0] = first;
    speech.content[1] = second.first < second.end ? second : nothing();
    speech.feature_count = 0;
    speech_describe(finding->tree, finding->cues, &speech);
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
    return speech_trimmed(tree, range);
}

/* Where a clause may end before its end: at a comma, a dash, a conjunction. */
static bool is_break(const struct token *token)
{
    char first = token->folded[0];
    return (token->flags & TOKEN_QUOTED) == 0 &&
           (first == ',' || first == ';' || strcmp(token->folded, "-") == 0 ||
            strcmp(token->folded, "\xe2\x80\x94") == 0 ||
            strcmp(token->folded, "\xe2\x80\x93") == 0 || strcmp(token->folded, "--") == 0);
}

static bool is_joint(const struct token *token)
{
    return (token->flags & TOKEN_QUOTED) == 0 &&
           (token->upos == UPOS_CCONJ || token->relation == REL_MARK ||
            (token->features & WORD_RELATIVE) != 0);
}

/* Offers a content, and what is left of it without one or more of the parts at its end: "the plan,
 * which was drawn up by …", "that he won, even as others …". */
static void offer_both(struct finding *finding, const struct speech *speech, enum speech_form form,
                       uint32_t head, struct token_range range)
{
    enum { LEAST = 2, CUTS = 4 };
    const struct tree *tree = finding->tree;
    offer(finding, *speech, form, range, nothing());
    uint32_t cuts = 0;
    for (uint32_t i = range.end; i-- > range.first + LEAST && cuts < CUTS;) {
        bool space = (tree->tokens[i].flags & TOKEN_SPACE_BEFORE) != 0;
        if (i <= head)
            break;
        if (i + LEAST > range.end || is_break(&tree->tokens[i - 1]) ||
            !((is_break(&tree->tokens[i]) && (space || tree->tokens[i].folded[0] != '-')) ||
              is_joint(&tree->tokens[i])))
            continue;
        struct token_range less = speech_trimmed(tree, (struct token_range){range.first, i});
        if (less.first >= less.end)
            continue;
        struct speech cut = *speech;
        cut.cut = i;
        cut.cut_end = range.end;
        offer(finding, cut, form, less, nothing());
        cuts++;
    }
}

/* Every complement of a verb is a candidate of its own form. */
static void offer_complements(struct finding *finding, const struct speech *speech, uint32_t verb)
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
            offer_both(finding, speech, SPEECH_CLAUSE, child, clauses_from(tree, verb, child));
        } else if (relation == REL_XCOMP) {
            struct token_range range = below(tree, child);
            if (object != NONE && object < child && below(tree, object).first < range.first)
                range.first = below(tree, object).first;
            offer_both(finding, speech, SPEECH_INFINITIVE, child, range);
        } else if (relation == REL_OBJ ||
                   (relation == REL_NSUBJ_PASS && !token_is(&tree->tokens[child], "it"))) {
            offer_both(finding, speech, SPEECH_OBJECT, child, below(tree, child));
        } else if (relation == REL_OBL && child > verb && !oblique_seen) {
            oblique_seen = true;
            offer_both(finding, speech, SPEECH_PREPOSITION, child, below(tree, child));
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

static void offer_quotation(struct finding *finding, const struct speech *speech, uint32_t cue)
{
    struct token_range quoted = quoted_words(finding->tree, finding->sentence, cue);
    if (quoted.first >= quoted.end)
        return;
    if (cue < quoted.first || cue >= quoted.end) {
        offer(finding, *speech, SPEECH_QUOTE, quoted, nothing());
        return;
    }
    /* "We left," he said, "at dawn.": two parts. */
    const struct token *tokens = finding->tree->tokens;
    struct token_range before = {quoted.first, cue}, after = {cue + 1, quoted.end};
    while (before.end > before.first && (tokens[before.end - 1].flags & TOKEN_QUOTED) == 0)
        before.end--;
    while (after.first < after.end && (tokens[after.first].flags & TOKEN_QUOTED) == 0)
        after.first++;
    offer(finding, *speech, SPEECH_QUOTE, before, after);
}

/* "accused them of leaving", "told the crowd on Friday that": all that follows, where the verb has
 * several complements. */
static void offer_rest(struct finding *finding, const struct speech *speech, uint32_t verb)
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
        offer(finding, *speech, SPEECH_REST, speech_trimmed(tree, rest), nothing());
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
        raised = begin(tree, SPEECH_RAISED, verb, NULL);
    }
    for (uint32_t child = tree->first_child[verb]; child != NONE && rest == NONE;
         child = tree->next_sibling[child])
        if (child > verb && child != speech->source &&
            relation_is(tree->tokens[child].relation, REL_OBL))
            rest = child;
    /* "IT was reported that" says nothing of it. */
    if (subject == NONE || subject > verb || rest == NONE || token_is(&tree->tokens[subject], "it"))
        return;
    offer(finding, raised, SPEECH_RAISED, below(tree, subject), below(tree, rest));
}

/* "They left, officials ESTIMATE.": a cue at the end of the sentence that was taken for one more
 * thing that happened. */
static bool is_joined_at_end(const struct tree *tree, uint32_t verb, uint32_t subject)
{
    uint32_t first = subject != NONE ? tree_noun_phrase(tree, subject).first : 0;
    return tree->tokens[verb].relation == REL_CONJ && first > 0 && subject < verb &&
           token_is(&tree->tokens[first - 1], ",") && tree_child(tree, verb, REL_CC) == NONE &&
           (verb + 1 == tree->document->tokens.count ||
            tree->tokens[verb + 1].sentence != tree->tokens[verb].sentence ||
            tree->tokens[verb + 1].folded[0] == '.');
}

/* "They left, he said": the cue hangs on the content's main clause. */
static bool is_inserted(const struct tree *tree, uint32_t verb)
{
    uint32_t subject = tree_child(tree, verb, REL_NSUBJ);
    return (tree->tokens[verb].relation == REL_PARATAXIS ||
            is_joined_at_end(tree, verb, subject)) &&
           subject != NONE && tree->tokens[subject].relation != REL_NSUBJ_PASS &&
           tree_child_exactly(tree, verb, REL_CCOMP) == NONE &&
           tree_child(tree, verb, REL_OBJ) == NONE;
}

/* All that follows the cue and its source, and all that a comma parts from them before: what is
 * said where the tree has it wrong. */
static void offer_sides(struct finding *finding, const struct speech *speech)
{
    enum { LEAST = 3 };
    const struct tree *tree = finding->tree;
    struct token_range whole = tree->document->sentences.items[finding->sentence].tokens;
    struct token_range cue = speech->cue_tokens, source = speech->source_tokens;
    bool inverted =
        speech->source != NONE && source.first >= cue.end && source.first <= cue.end + 1;
    struct token_range behind = {inverted ? source.end : cue.end, whole.end};
    uint32_t before = speech->source != NONE && source.end <= cue.first ? source.first : cue.first;
    behind = speech_trimmed(tree, behind);
    if (behind.first + LEAST <= behind.end)
        offer(finding, *speech, SPEECH_BEHIND, behind, nothing());
    while (before > whole.first && !is_break(&tree->tokens[before - 1]) &&
           tree->tokens[before - 1].upos != UPOS_VERB)
        before--;
    if (before < whole.first + LEAST || !is_break(&tree->tokens[before - 1]))
        return;
    struct token_range front = speech_trimmed(tree, (struct token_range){whole.first, before});
    offer(finding, *speech, SPEECH_BEFORE, front, nothing());
    /* "The talks, he said, have failed": both parts. */
    uint32_t end = inverted ? source.end : cue.end;
    if (end < whole.end && is_break(&tree->tokens[end]) && behind.first + LEAST <= behind.end)
        offer(finding, *speech, SPEECH_AROUND, front, behind);
}

static void offer_verb(struct finding *finding, uint32_t verb)
{
    struct speaker speaker = speech_speaker(finding->tree, finding->model, verb);
    struct speech speech = begin(finding->tree, SPEECH_CLAUSE, verb, &speaker);
    if (is_inserted(finding->tree, verb)) {
        around(finding->tree, finding->sentence, tree_extent(finding->tree, verb, 0), &speech);
        offer(finding, speech, SPEECH_MAIN, speech.content[0], speech.content[1]);
    }
    offer_complements(finding, &speech, verb);
    offer_rest(finding, &speech, verb);
    offer_raised(finding, &speech, verb);
    offer_quotation(finding, &speech, verb);
    offer_sides(finding, &speech);
}

/* "Bristled at the SUGGESTION that", "responded to REPORTS that": what others said, not what
 * whoever answers it says. */
static bool is_answered(const struct tree *tree, uint32_t word, uint32_t source)
{
    uint32_t link = tree_child(tree, word, REL_CASE);
    return relation_is(tree->tokens[word].relation, REL_OBL) && link != NONE && link < word &&
           token_in(&tree->tokens[link], WORDS_PREPOSITIONS_OF_ANSWERS) && source != NONE &&
           tree->tokens[source].head != word;
}

/* "a statement that they left", "his call for talks", "are unhappy with the deal". */
static void offer_noun(struct finding *finding, uint32_t word)
{
    const struct tree *tree = finding->tree;
    bool adjective = tree->tokens[word].upos == UPOS_ADJ, asked = false;
    struct speech speech;
    if (tree->tokens[word].relation == REL_COMPOUND) /* "a talk SHOW host" */
        return;
    for (uint32_t child = tree->first_child[word]; child != NONE;
         child = tree->next_sibling[child]) {
        enum relation relation = tree->tokens[child].relation;
        bool clause = relation == REL_ACL || relation == REL_CCOMP || relation == REL_XCOMP ||
                      (adjective && relation == REL_ADVCL);
        bool phrase = relation == REL_NMOD || (adjective && relation == REL_OBL);
        if (child < word || !(phrase || (clause && tree_child(tree, child, REL_MARK) != NONE)))
            continue;
        if (!asked) {
            struct speaker speaker = speech_speaker(tree, finding->model, word);
            speech = begin(tree, SPEECH_NOUN, word, &speaker);
            asked = true;
            if (!adjective && is_answered(tree, word, speech.source))
                return;
        }
        if (speech.source == NONE &&
            (adjective || (phrase && !cues_known(finding->cues, &tree->tokens[word]))))
            continue;
        offer(finding, speech, phrase ? SPEECH_PREPOSITION : SPEECH_NOUN, below(tree, child),
              nothing());
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
    struct speech speech = begin(tree, SPEECH_ACCORDING, word, NULL);
    speech.source = source;
    speech.cue_tokens = (struct token_range){word, word + 1 < source ? word + 2 : word + 1};
    struct token_range phrase = tree_extent(tree, source, 0);
    speech.source_tokens =
        speech_trimmed(tree, (struct token_range){speech.cue_tokens.end, phrase.end});
    if (phrase.first > word)
        phrase.first = word;
    around(tree, finding->sentence, phrase, &speech);
    offer(finding, speech, SPEECH_ACCORDING, speech.content[0], speech.content[1]);
}

/* "Minister: talks have failed", as headlines have it. */
static void offer_colon(struct finding *finding, uint32_t colon)
{
    const struct tree *tree = finding->tree;
    struct token_range whole = tree->document->sentences.items[finding->sentence].tokens;
    if (tree->tokens[colon].folded[0] != ':' || colon == whole.first || colon - whole.first > 6 ||
        colon + 3 > whole.end)
        return;
    struct speech speech = begin(tree, SPEECH_COLON, colon, NULL);
    speech.source = whole.first;
    for (uint32_t i = whole.first; i < colon; i++)
        if (tree->tokens[i].head == NONE || tree->tokens[i].head >= colon ||
            tree->tokens[i].head < whole.first)
            speech.source = i;
    speech.source_tokens = (struct token_range){whole.first, colon};
    offer(finding, speech, SPEECH_COLON,
          speech_trimmed(tree, (struct token_range){colon + 1, whole.end}), nothing());
}

struct byte_span speech_source(const struct document *document, const struct speech *speech)
{
    enum { REACH = 12 }; /* "the general, of the second army, who" */
    struct token_range range = speech->source_tokens;
    if (speech->pronoun != NONE && range.first < range.end && speech->pronoun >= range.end &&
        speech->pronoun < range.end + REACH)
        range.end = speech->pronoun + 1;
    return document_span_of(document, range);
}

uint32_t speech_find(const struct tree *tree, const struct cues *cues, const struct linear *model,
                     uint32_t sentence, struct speech *found, uint32_t maximum)
{
    struct token_range whole = tree->document->sentences.items[sentence].tokens;
    struct finding finding = {.tree = tree,
                              .cues = cues,
                              .model = model,
                              .sentence = sentence,
                              .items = found,
                              .maximum = maximum};
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
