/* Attributions that no verb tells, only the shape of the text.
 *
 * Two forms: testimony, a quotation with a dash and a name or role below it ("“We ran.” — mother of
 * three, Palma"), and the turns of transcripts and briefings ("SPOKESPERSON: We have seen the
 * reports. …"), which go on to the end of their paragraph. A document is a transcript where three
 * sentences or more begin with a short label and a colon, and one label comes twice. Leaves out:
 * turns that go on over paragraphs, and who asks in "Question:". */
#include "meaning/signatures.h"

#include "document/word_lists.h"

#include <string.h>

enum { LABEL = 4, SIGNATURE = 14, TESTIMONY = 30, TURNS = 3, LABELS = 64 };

static bool is_quote(const struct token *token)
{
    return token->folded[0] == '"';
}

static bool is_dash(const struct token *token)
{
    static const char *const dashes[] = {"-", "--", "–", "—", "―"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (strcmp(token->folded, dashes[i]) == 0)
            return true;
    return false;
}

/* Names, roles and ages: nothing that happens. */
static bool is_nominal(const struct document *document, struct token_range range)
{
    bool noun = false;
    for (uint32_t i = range.first; i < range.end; i++) {
        const struct token *token = &document->tokens.items[i];
        if (token->upos == UPOS_VERB || token->upos == UPOS_AUX || token->upos == UPOS_PRON ||
            token->folded[0] == ':')
            return false;
        noun |= token->upos == UPOS_PROPN || token->upos == UPOS_NOUN;
    }
    return noun;
}

static uint32_t actor_in(const struct document *document, struct token_range range)
{
    for (uint32_t i = 0; i < document->actor_mentions.count; i++) {
        uint32_t head = document->actor_mentions.items[i].head;
        if (head >= range.first && head < range.end)
            return document->actor_mentions.items[i].actor;
    }
    return NONE;
}

static struct attribution *add(struct document *document, struct token_range source, uint32_t cue)
{
    struct attribution *said = array_push(&document->attributions);
    if (said == NULL)
        return NULL;
    said->source_tokens = source;
    said->cue_tokens = (struct token_range){cue, cue + 1};
    said->source = document_span_of(document, source);
    said->cue = document_span_of(document, said->cue_tokens);
    said->actor = actor_in(document, source);
    said->parent = said->thing = NONE;
    said->status = STATUS_CLAIMED;
    return said;
}

/* ------------------------------------------------------------------ testimony */

/* Where the quotation that ends at the sentence begins; NONE where none ends there. */
static uint32_t quotation_before(const struct document *document, uint32_t sentence)
{
    const struct token *tokens = document->tokens.items;
    struct token_range range = document->sentences.items[sentence].tokens;
    if (range.end - range.first < 2 || !is_quote(&tokens[range.end - 1]))
        return NONE;
    for (uint32_t i = sentence, steps = 0; steps < TESTIMONY; i--, steps++) {
        if (is_quote(&tokens[document->sentences.items[i].tokens.first]))
            return i;
        if (i == 0)
            break;
    }
    return NONE;
}

static void testimony(struct document *document, uint32_t sentence)
{
    const struct token *tokens = document->tokens.items;
    struct token_range range = document->sentences.items[sentence].tokens;
    if (sentence == 0 || range.end - range.first < 2 || range.end - range.first > SIGNATURE ||
        !is_dash(&tokens[range.first]))
        return;
    struct token_range source = {range.first + 1, range.end};
    if (tokens[source.end - 1].folded[0] == '.')
        source.end--;
    uint32_t begin = quotation_before(document, sentence - 1);
    if (begin == NONE || source.first >= source.end || !is_nominal(document, source))
        return;
    struct attribution *said = add(document, source, range.first);
    if (said == NULL)
        return;
    said->content[said->content_count++] =
        (struct byte_span){document->sentences.items[begin].span.start,
                           document->sentences.items[sentence - 1].span.end};
}

/* ------------------------------------------------------------------ turns */

/* The words before the colon with which a turn begins; empty where none does. */
static struct token_range label_of(const struct document *document, uint32_t sentence)
{
    const struct token *tokens = document->tokens.items;
    struct token_range range = document->sentences.items[sentence].tokens;
    struct token_range label = {range.first, range.first};
    if (document->sentences.items[sentence].heading || range.first >= range.end)
        return label;
    label.first += is_quote(&tokens[range.first]);
    uint32_t end = label.first;
    while (end < range.end && end <= label.first + LABEL && tokens[end].folded[0] != ':')
        end++;
    label.end = label.first;
    if (end < range.end && end > label.first && end + 1 < range.end &&
        tokens[end].folded[0] == ':' &&
        is_nominal(document, (struct token_range){label.first, end}))
        label.end = end;
    return label;
}

static bool same_label(const struct document *document, struct token_range a, struct token_range b)
{
    const struct token *tokens = document->tokens.items;
    if (a.end - a.first != b.end - b.first)
        return false;
    for (uint32_t i = 0; i < a.end - a.first; i++)
        if (strcmp(tokens[a.first + i].folded, tokens[b.first + i].folded) != 0)
            return false;
    return true;
}

void signatures_init(const struct document *document, struct signatures *signatures)
{
    struct token_range labels[LABELS];
    uint32_t count = 0;
    bool again = false;
    for (uint32_t i = 0; i < document->sentences.count && count < LABELS; i++) {
        struct token_range label = label_of(document, i);
        if (label.first >= label.end)
            continue;
        for (uint32_t j = 0; j < count && !again; j++)
            again = same_label(document, labels[j], label);
        labels[count++] = label;
    }
    signatures->transcript = again && count >= TURNS;
}

static bool is_asking(const struct document *document, struct token_range label)
{
    return token_in(&document->tokens.items[label.end - 1], WORDS_LABELS_OF_WHO_ASKS);
}

static void turn(struct document *document, uint32_t sentence, uint32_t first)
{
    struct token_range label = label_of(document, sentence);
    if (label.first >= label.end || is_asking(document, label))
        return;
    uint32_t last = sentence;
    while (last + 1 < document->sentences.count &&
           document->sentences.items[last + 1].block == document->sentences.items[sentence].block) {
        struct token_range next = label_of(document, last + 1);
        if (next.first < next.end)
            break;
        last++;
    }
    struct attribution *said = NULL;
    for (uint32_t i = first; i < document->attributions.count && said == NULL; i++)
        if (document->attributions.items[i].cue_tokens.first == label.end)
            said = &document->attributions.items[i];
    if (said == NULL)
        said = add(document, label, label.end);
    if (said == NULL)
        return;
    said->source_tokens = label;
    said->source = document_span_of(document, label);
    said->content_count = 1;
    said->content[0] = (struct byte_span){document->tokens.items[label.end + 1].span.start,
                                          document->sentences.items[last].span.end};
}

void signatures_find(const struct signatures *signatures, struct document *document,
                     uint32_t sentence, uint32_t first)
{
    testimony(document, sentence);
    if (signatures->transcript)
        turn(document, sentence, first);
}
