/* Who says what, by the order of the words, where the tree hides it.
 *
 * Method: three forms that news agencies write and that parsers take for something else: a speaker
 * with a clause of his own at the end ("They fled, an officer who asked not to be named told AFP"),
 * those who are told by somebody ("was informed by the police that"), and headlines that end in a
 * speaker. Which verbs tell somebody stands in dictionaries/en/cues.tsv. Leaves out: speakers with
 * a clause of their own in front of what they say, which the tree has right.
 */
#include "meaning/speech_order.h"

static uint32_t actor_at(const struct document *document, uint32_t token)
{
    for (uint32_t i = 0; token != NONE && i < document->actor_mentions.count; i++)
        if (document->actor_mentions.items[i].head == token)
            return document->actor_mentions.items[i].actor;
    return NONE;
}

/* True where nothing stands between the token and the end of its sentence but when it was, or whom
 * somebody cites. */
bool speech_is_only_when(const struct document *document, uint32_t token, uint32_t end)
{
    for (uint32_t i = token; i < end; i++) {
        const struct token *word = &document->tokens.items[i];
        bool when = word->upos == UPOS_ADP || word->upos == UPOS_PUNCT;
        for (uint32_t j = 0; j < document->times.count && !when; j++)
            when = span_contains(document->times.items[j].span, word->span);
        if (!when)
            return i > token && word->upos == UPOS_VERB && strcmp(word->folded, "citing") == 0;
    }
    return true;
}

/* "REBELS SEIZED POST, MINISTER CLAIMS": the end of a headline, whose last word the tagger takes
 * for a noun at times: behind a comma somebody and a cue of the present. */
static void find_at_headline_end(const struct cues *cues, struct document *document,
                                 uint32_t sentence, uint32_t first)
{
    enum { LONGEST = 6, LEAST = 2 };
    const struct token *tokens = document->tokens.items;
    struct token_range whole = document->sentences.items[sentence].tokens;
    if (whole.end < whole.first + LONGEST)
        return;
    uint32_t cue = whole.end - 1, comma = cue, head = cue - 1;
    const struct token *word = &tokens[cue];
    while (comma > whole.first && comma + LONGEST > cue && tokens[comma].folded[0] != ',')
        comma--;
    for (uint32_t i = first; i < document->attributions.count; i++)
        if (document->attributions.items[i].cue_tokens.end > comma)
            return;
    bool present = word->folded_length > 3 && word->folded[word->folded_length - 1] == 's';
    for (uint32_t i = comma + 1; i < cue; i++)
        present &= tokens[i].upos != UPOS_VERB && tokens[i].upos != UPOS_ADP;
    if (tokens[comma].folded[0] != ',' || comma < whole.first + LEAST || comma + 1 >= cue ||
        !present || actor_at(document, head) == NONE || !cues_known(cues, word) ||
        cues_status(cues, word) == STATUS_ASSERTED)
        return;
    struct attribution *said = array_push(&document->attributions);
    if (said == NULL)
        return;
    *said = (struct attribution){.source_tokens = {comma + 1, cue},
                                 .cue_tokens = {cue, cue + 1},
                                 .content_count = 1,
                                 .actor = actor_at(document, head),
                                 .parent = NONE,
                                 .status = cues_status(cues, word),
                                 .thing = NONE};
    said->source = document_span_of(document, said->source_tokens);
    said->cue = document_span_of(document, said->cue_tokens);
    said->content[0] = document_span_of(document, (struct token_range){whole.first, comma});
}

/* Who speaks in a range: the first noun that is no part of another's name. */
static uint32_t noun_in(const struct document *document, struct token_range range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *word = &document->tokens.items[i];
        bool noun = word->upos == UPOS_NOUN || word->upos == UPOS_PROPN;
        if (noun && word->relation != REL_COMPOUND && word->relation != REL_FLAT &&
            word->relation != REL_AMOD && word->relation != REL_NMOD_POSS)
            return i;
    }
    return NONE;
}

static void add(const struct cues *cues, struct document *document, struct token_range source,
                uint32_t cue, struct token_range content)
{
    struct attribution *said = array_push(&document->attributions);
    if (said == NULL)
        return;
    *said = (struct attribution){.source_tokens = source,
                                 .cue_tokens = {cue, cue + 1},
                                 .content_count = 1,
                                 .actor = actor_at(document, noun_in(document, source)),
                                 .parent = NONE,
                                 .status = cues_status(cues, &document->tokens.items[cue]),
                                 .thing = NONE};
    said->source = document_span_of(document, source);
    said->cue = document_span_of(document, said->cue_tokens);
    said->content[0] = document_span_of(document, content);
}

/* The sentence's attributions whose cue is `cue`, or whose content reaches into the range, go. */
static void leave_out(struct document *document, uint32_t first, uint32_t cue,
                      struct token_range range)
{
    struct byte_span span = document_span_of(document, range);
    uint32_t kept = first;
    for (uint32_t i = first; i < document->attributions.count; i++) {
        const struct attribution *said = &document->attributions.items[i];
        bool goes = cue >= said->cue_tokens.first && cue < said->cue_tokens.end;
        bool before = range.first < range.end && said->cue_tokens.end <= range.first;
        for (uint32_t j = 0; j < said->content_count && before; j++)
            goes |= said->content[j].end > span.start && said->content[j].start < span.end;
        if (!goes)
            document->attributions.items[kept++] = *said;
    }
    document->attributions.count = kept;
}

/* Somebody, then who he is by what he does or was done to him ("who asked", "speaking", "reached"),
 * nothing between them. */
static bool has_own_clause(const struct document *document, struct token_range source)
{
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = source.first + 1; i < source.end; i++) {
        const struct token *word = &tokens[i];
        if (word->folded[0] == ',' && (tokens[i + 1].features & WORD_RELATIVE) != 0)
            return tokens[source.end - 1].folded[0] == ',';
        if (word->folded[0] == '"' || word->folded[0] == ',')
            return false;
        if ((word->features & WORD_RELATIVE) != 0)
            return (tokens[i - 1].upos == UPOS_NOUN || tokens[i - 1].upos == UPOS_PROPN) &&
                   (tokens[i + 1].upos == UPOS_VERB || tokens[i + 1].upos == UPOS_AUX ||
                    tokens[i + 1].upos == UPOS_ADV);
        if (word->upos == UPOS_VERB)
            return (tokens[i - 1].upos == UPOS_NOUN || tokens[i - 1].upos == UPOS_PROPN) &&
                   (word->relation == REL_ACL || word->head == source.end) &&
                   noun_in(document, source) < i;
        if (word->upos == UPOS_AUX)
            return false;
    }
    return false;
}

/* True where the range is told for itself: a subject and a verb, no "when" before them. */
static bool is_sentence(const struct document *document, struct token_range range)
{
    const struct token *tokens = document->tokens.items;
    if (range.first >= range.end || tokens[range.first].upos == UPOS_SCONJ)
        return false;
    for (uint32_t i = range.first; i < range.end; i++)
        if (relation_is(tokens[i].relation, REL_NSUBJ) && tokens[i].head > i &&
            tokens[i].head < range.end && tokens[tokens[i].head].upos == UPOS_VERB)
            return true;
    return false;
}

/* Whom he told and when, to the end of the sentence. */
static bool is_recipient(const struct document *document, uint32_t token, uint32_t end)
{
    enum { LONGEST = 8 };
    const struct token *tokens = document->tokens.items;
    if (end > token + LONGEST)
        return false;
    for (uint32_t i = token; i < end; i++)
        if (tokens[i].upos == UPOS_VERB || tokens[i].upos == UPOS_AUX ||
            tokens[i].upos == UPOS_SCONJ || tokens[i].folded[0] == ',' ||
            tokens[i].folded[0] == '"')
            return false;
    return true;
}

static bool begins_noun(const struct token *word)
{
    return word->upos == UPOS_DET || word->upos == UPOS_NUM || word->upos == UPOS_ADJ ||
           word->upos == UPOS_NOUN || word->upos == UPOS_PROPN;
}

/* True where the cue has a speaker already who is told more of. */
static bool is_found_longer(const struct document *document, uint32_t first, uint32_t cue,
                            uint32_t source)
{
    for (uint32_t i = first; i < document->attributions.count; i++) {
        const struct attribution *said = &document->attributions.items[i];
        if (cue >= said->cue_tokens.first && cue < said->cue_tokens.end &&
            said->source_tokens.first <= source && !span_is_empty(said->source))
            return true;
    }
    return false;
}

/* "They fled, an officer WHO ASKED NOT TO BE NAMED TOLD the agency on Monday." */
static void find_at_end(const struct cues *cues, struct document *document, uint32_t sentence,
                        uint32_t first)
{
    enum { LEAST = 3 };
    const struct token *tokens = document->tokens.items;
    struct token_range whole = document->sentences.items[sentence].tokens;
    uint32_t end = whole.end, comma;
    while (end > whole.first && tokens[end - 1].upos == UPOS_PUNCT)
        end--;
    uint32_t cue = end;
    while (cue > whole.first + LEAST && tokens[cue - 1].upos != UPOS_VERB)
        cue--;
    if (cue-- <= whole.first + LEAST || !cues_known(cues, &tokens[cue]) ||
        cues_status(cues, &tokens[cue]) != STATUS_CLAIMED ||
        (tokens[cue].features & (WORD_FINITE | WORD_PAST)) == 0 ||
        !(cues_telling(cues, &tokens[cue]) ? is_recipient(document, cue + 1, end)
                                           : speech_is_only_when(document, cue + 1, end)))
        return;
    /* "…, an officer, who asked not to be named, told": the third comma from the end. */
    uint32_t commas = tokens[cue - 1].folded[0] == ',' ? 3 : 1;
    for (comma = cue; comma > whole.first; comma--)
        if (tokens[comma].folded[0] == ',' && --commas == 0)
            break;
    uint32_t quote = tokens[comma + 1].folded[0] == '"';
    struct token_range source = {comma + 1 + quote, cue},
                       content = {whole.first, comma + quote * 2};
    if (comma < whole.first + LEAST || !begins_noun(&tokens[source.first]) ||
        is_found_longer(document, first, cue, source.first) || !has_own_clause(document, source) ||
        !is_sentence(document, content))
        return;
    leave_out(document, first, cue, source);
    source.end -= tokens[cue - 1].folded[0] == ',';
    add(cues, document, source, cue, content);
}

/* "Was TOLD BY his aides THAT the town had fallen": the tree hangs the clause on the aides. */
static void find_told_by(const struct cues *cues, struct document *document, uint32_t sentence,
                         uint32_t first)
{
    enum { LONGEST = 8 };
    const struct token *tokens = document->tokens.items;
    struct token_range whole = document->sentences.items[sentence].tokens;
    uint32_t end = whole.end;
    while (end > whole.first && tokens[end - 1].upos == UPOS_PUNCT &&
           tokens[end - 1].folded[0] != '"')
        end--;
    for (uint32_t by = whole.first + 2; by + 4 < end; by++) {
        if (strcmp(tokens[by].folded, "by") != 0 || tokens[by - 1].upos != UPOS_VERB ||
            !cues_telling(cues, &tokens[by - 1]))
            continue;
        uint32_t that = by + 1;
        while (that < end && that <= by + LONGEST && tokens[that].upos != UPOS_VERB &&
               tokens[that].folded[0] != ',' &&
               (strcmp(tokens[that].folded, "that") != 0 || tokens[that].relation == REL_DET))
            that++;
        struct token_range source = {by + 1, that}, content = {that, end};
        if (that == by + 1 || that + 1 >= end || strcmp(tokens[that].folded, "that") != 0 ||
            tokens[that + 1].upos == UPOS_VERB || tokens[that + 1].upos == UPOS_AUX ||
            !is_sentence(document, (struct token_range){that + 1, end}))
            continue;
        leave_out(document, first, by - 1, (struct token_range){by, by});
        add(cues, document, source, by - 1, content);
    }
}

void speech_order_find(const struct cues *cues, struct document *document, uint32_t sentence,
                       uint32_t first)
{
    find_at_headline_end(cues, document, sentence, first);
    find_at_end(cues, document, sentence, first);
    find_told_by(cues, document, sentence, first);
}
