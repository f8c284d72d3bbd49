/* Who is quoted by whom, as news agencies tell it: "AFP quoted the mayor as saying", "the mayor was
 * quoted by AFP as saying", "the agency said, citing the mayor".
 *
 * Method: the words "quote" and "cite" in the tree, over the attributions that the model found;
 * what the one who is quoted says is what the other passes on. The model itself knows one speaker a
 * cue, and its corpus has few of these. Leaves out: documents that are quoted without a verb ("in a
 * statement carried by the agency"), and whom a passive "was cited" has in another sentence. */
#include "meaning/quoted.h"

#include "meaning/speech.h"

static bool is_quoting(const struct token *token)
{
    return token->upos == UPOS_VERB && token_in(token, WORDS_VERBS_OF_QUOTING);
}

static uint32_t actor_at(const struct document *document, uint32_t token)
{
    for (uint32_t i = 0; token != NONE && i < document->actor_mentions.count; i++)
        if (document->actor_mentions.items[i].head == token)
            return document->actor_mentions.items[i].actor;
    return NONE;
}

static void set_source(const struct tree *tree, struct document *document, uint32_t source,
                       struct attribution *said)
{
    said->source_tokens = speech_source_range(tree, source, said->cue_tokens);
    said->source = document_span_of(document, said->source_tokens);
    said->actor = actor_at(document, source);
}

static struct attribution *add(struct document *document, uint32_t cue)
{
    struct attribution *said = array_push(&document->attributions);
    if (said == NULL)
        return NULL;
    *said = (struct attribution){.cue_tokens = {cue, cue + 1},
                                 .actor = NONE,
                                 .parent = NONE,
                                 .thing = NONE,
                                 .status = STATUS_CLAIMED};
    said->cue = document_span_of(document, said->cue_tokens);
    return said;
}

/* The attribution whose cue holds the token, or NULL. */
static struct attribution *at_cue(struct document *document, uint32_t first, uint32_t token)
{
    for (uint32_t i = first; i < document->attributions.count; i++) {
        struct attribution *said = &document->attributions.items[i];
        if (said->cue_tokens.first <= token && token < said->cue_tokens.end)
            return said;
    }
    return NULL;
}

static void copy_content(struct attribution *to, const struct attribution *from)
{
    to->content_count = from->content_count;
    for (uint32_t i = 0; i < from->content_count; i++)
        to->content[i] = from->content[i];
    to->doubtful = from->doubtful;
    to->thing = from->thing;
    to->status = from->status;
}

/* "QUOTED the mayor AS SAYING": the verb below, or NONE. */
static uint32_t saying_below(const struct tree *tree, uint32_t verb)
{
    for (uint32_t child = tree->first_child[verb]; child != NONE;
         child = tree->next_sibling[child]) {
        uint32_t mark = tree_child(tree, child, REL_MARK);
        if (mark == NONE)
            mark = tree_child(tree, child, REL_CASE);
        if (child > verb && mark != NONE && token_is(&tree->tokens[mark], "as") &&
            tree->tokens[child].upos == UPOS_VERB)
            return child;
    }
    return NONE;
}

/* The same, where it hangs on the one who is quoted at times. */
static uint32_t saying_of(const struct tree *tree, uint32_t verb)
{
    uint32_t saying = saying_below(tree, verb), whom = tree_child_exactly(tree, verb, REL_OBJ);
    return saying == NONE && whom != NONE ? saying_below(tree, whom) : saying;
}

/* What stands before "…, Reuters quoted the mayor as saying". */
static bool take_front(const struct tree *tree, struct document *document, uint32_t verb,
                       struct attribution *said)
{
    enum { LEAST = 3 };
    uint32_t first = document->sentences.items[tree->tokens[verb].sentence].tokens.first;
    uint32_t end = tree_extent(tree, verb, 0).first;
    if (end < first + LEAST || !token_is(&tree->tokens[end], ","))
        end = end > first && token_is(&tree->tokens[end - 1], ",") ? end - 1 : first;
    if (end < first + LEAST)
        return false;
    said->content[0] =
        document_span_of(document, speech_trimmed(tree, (struct token_range){first, end}));
    said->content_count = 1;
    return true;
}

/* "AFP quoted the mayor as saying that": the mayor says it, by AFP's word. */
static void quote_as_saying(const struct tree *tree, struct document *document, uint32_t first,
                            uint32_t verb, uint32_t saying)
{
    bool passive = tree_child_exactly(tree, verb, REL_AUX_PASS) != NONE;
    uint32_t inner = tree_child_exactly(tree, verb, passive ? REL_NSUBJ_PASS : REL_OBJ);
    uint32_t outer = tree_child_exactly(tree, verb, passive ? REL_OBL_AGENT : REL_NSUBJ);
    if (inner == NONE)
        return;
    struct attribution *said = at_cue(document, first, saying);
    if (said == NULL) {
        struct attribution front = {0};
        bool finite = tree_child_exactly(tree, saying, REL_CCOMP) != NONE;
        if (finite || !take_front(tree, document, verb, &front))
            return;
        /* He who quotes first: who is quoted comes behind. */
        if (outer != NONE && at_cue(document, first, verb) == NULL && add(document, verb) == NULL)
            return;
        said = add(document, saying);
        if (said == NULL)
            return;
        copy_content(said, &front);
        said->thing = NONE;
        said->status = STATUS_CLAIMED;
    }
    set_source(tree, document, inner, said);
    struct attribution *quoting = at_cue(document, first, verb);
    if (outer == NONE) {
        if (quoting != NULL)
            quoting->content_count = 0;
        return;
    }
    struct attribution content = *said;
    if (quoting == NULL)
        quoting = add(document, verb);
    if (quoting == NULL)
        return;
    copy_content(quoting, &content);
    set_source(tree, document, outer, quoting);
}

/* The attribution that "citing" belongs to: the last one before it in its sentence whose cue is a
 * verb outside of what is said. */
static struct attribution *passed_on(struct document *document, uint32_t first, uint32_t token)
{
    struct attribution *found = NULL;
    for (uint32_t i = first; i < document->attributions.count; i++) {
        struct attribution *said = &document->attributions.items[i];
        const struct token *cue = &document->tokens.items[said->cue_tokens.end - 1];
        if (said->cue_tokens.end <= token && said->content_count > 0 && !said->doubtful &&
            cue->upos == UPOS_VERB && !span_is_empty(said->source) &&
            (found == NULL || found->cue_tokens.first < said->cue_tokens.first))
            found = said;
    }
    return found;
}

/* "Citing OFFICIALS", "a REPORT"; a reason ("citing the cost") says nothing. */
static bool speaks(const struct document *document, uint32_t token)
{
    const struct token *word = &document->tokens.items[token];
    return actor_at(document, token) != NONE || token_in(word, WORDS_SOURCES_CITED);
}

/* Whom somebody cites is no part of what he says: contents end before the word. */
static void cut_before(struct byte_span word, struct attribution *said)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < said->content_count; i++) {
        struct byte_span content = said->content[i];
        if (content.start < word.end && word.start < content.end)
            content.end = word.start > content.start ? word.start - 1 : content.start;
        if (content.start < content.end)
            said->content[kept++] = content;
    }
    said->content_count = kept;
}

/* "The agency said, CITING the mayor". */
static void cite(const struct tree *tree, struct document *document, uint32_t first, uint32_t token)
{
    enum { REACH = 8 };
    uint32_t length = tree->tokens[token].folded_length;
    uint32_t whom = tree_child_exactly(tree, token, REL_OBJ);
    if (length < 4 || strcmp(tree->tokens[token].folded + length - 3, "ing") != 0 || whom == NONE ||
        whom < token || (tree->tokens[token].flags & TOKEN_QUOTED) != 0 || !speaks(document, whom))
        return;
    struct attribution *said = passed_on(document, first, token);
    if (said == NULL || at_cue(document, first, token) == said ||
        said->cue_tokens.end + REACH < token)
        return;
    cut_before(tree->tokens[token].span, said);
    if (said->content_count == 0)
        return;
    struct attribution content = *said, *cited = at_cue(document, first, token);
    if (cited == NULL)
        cited = add(document, token);
    if (cited == NULL)
        return;
    copy_content(cited, &content);
    set_source(tree, document, whom, cited);
}

/* Attributions that were emptied go. */
static void drop_empty(struct document *document, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < document->attributions.count; i++)
        if (document->attributions.items[i].content_count > 0)
            document->attributions.items[kept++] = document->attributions.items[i];
    document->attributions.count = kept;
}

/* "The mayor was blunter: “We will not pay.”": whoever is said to be so speaks the words behind the
 * colon, where no cue has them. */
static void speak_plainly(const struct tree *tree, struct document *document, uint32_t first,
                          uint32_t word)
{
    uint32_t end = document->sentences.items[tree->tokens[word].sentence].tokens.end;
    uint32_t subject = tree_child_exactly(tree, word, REL_NSUBJ);
    if (tree->tokens[word].upos != UPOS_ADJ || subject == NONE || subject > word ||
        tree_child(tree, word, REL_COP) == NONE || word + 3 >= end ||
        !token_is(&tree->tokens[word + 1], ":") || actor_at(document, subject) == NONE ||
        (tree->tokens[word].flags & TOKEN_QUOTED) != 0 ||
        ((tree->tokens[word + 2].flags | tree->tokens[word + 3].flags) & TOKEN_QUOTED) == 0)
        return;
    struct byte_span said =
        document_span_of(document, speech_trimmed(tree, (struct token_range){word + 2, end}));
    for (uint32_t i = first; i < document->attributions.count; i++)
        for (uint32_t j = 0; j < document->attributions.items[i].content_count; j++)
            if (document->attributions.items[i].content[j].end > said.start)
                return;
    struct attribution *speech = add(document, word);
    if (speech == NULL)
        return;
    speech->content[speech->content_count++] = said;
    set_source(tree, document, subject, speech);
}

void quoted_find(const struct tree *tree, struct document *document, uint32_t sentence,
                 uint32_t first)
{
    struct token_range whole = document->sentences.items[sentence].tokens;
    for (uint32_t i = whole.first; i < whole.end; i++) {
        if (!is_quoting(&tree->tokens[i])) {
            speak_plainly(tree, document, first, i);
            continue;
        }
        uint32_t saying = saying_of(tree, i);
        if (saying != NONE)
            quote_as_saying(tree, document, first, i, saying);
        else
            cite(tree, document, first, i);
    }
    drop_empty(document, first);
}
