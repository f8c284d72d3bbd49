/* Asides in brackets: found, left out of the sentence that the network reads, and hung on the word
 * that they explain.
 *
 * Method: what stands between square brackets is an aside where words of the sentence stand before
 * it. The network gets the sentence without it, and then the aside as a piece of its own. Its root
 * hangs on the word before it; a short form on the nearest word above that begins with the same
 * letter ("Forces of the Coast [FC]"). So are a few capitalised words before a dash read apart, the
 * place of a despatch. A noun before a dash is no part of one behind it. Leaves out: asides that
 * begin a sentence, which say who speaks next, those that hold others, and round brackets, which
 * the treebank has and the network knows. */
#include "language/asides.h"

#include <string.h>

/* Of an aside in words; of the climb to what a short form stands for; of the words looked at
 * before. */
enum { ASIDE_LONGEST = 32, CLIMB_LONGEST = 3, LOOK_BACK = 64, LABEL_LONGEST = 4 };

static bool is_mark(const struct token *token, const char *mark)
{
    return strcmp(token->folded, mark) == 0;
}

static bool is_any_mark(const struct token *token)
{
    return is_mark(token, "[") || is_mark(token, "]");
}

static bool is_dash(const struct token *token)
{
    return is_mark(token, "--") || is_mark(token, "\xe2\x80\x94");
}

/* "FMLN", "ELN": two letters or more, all capitals. */
static bool is_short_form(const struct token *token)
{
    return (token->flags & TOKEN_ALL_CAPITALS) != 0 && (token->flags & TOKEN_NUMBER) == 0;
}

/* Words of the sentence itself stand before `first`, not only labels in brackets. */
static bool follows_words(const struct document *document, struct token_range sentence,
                          uint32_t first)
{
    const struct token *tokens = document->tokens.items;
    bool inside = false;
    for (uint32_t i = first; i > sentence.first && first - i < LOOK_BACK; i--) {
        const struct token *token = &tokens[i - 1];
        if (is_any_mark(token))
            inside = is_mark(token, "]");
        else if (!inside && (token->flags & TOKEN_PUNCTUATION) == 0)
            return true;
    }
    return false;
}

/* The aside that begins at `first`, brackets and all; empty where none does. */
static struct token_range aside_at(const struct document *document, struct token_range sentence,
                                   uint32_t first)
{
    const struct token *tokens = document->tokens.items;
    const struct token_range none = {first, first};
    if (first == sentence.first || !is_mark(&tokens[first], "["))
        return none;
    uint32_t end = first + 1, words = 0;
    for (; end < sentence.end && end - first <= ASIDE_LONGEST && !is_any_mark(&tokens[end]); end++)
        words += (tokens[end].flags & TOKEN_PUNCTUATION) == 0;
    if (end >= sentence.end || !is_mark(&tokens[end], "]") || words == 0)
        return none;
    return follows_words(document, sentence, first) ? (struct token_range){first, end + 1} : none;
}

/* "MEDELLIN -- Four men": where the sentence itself begins behind such a label of a few capitalised
 * words; its beginning where there is none. A second dash would close a remark. */
static uint32_t label_end(const struct document *document, struct token_range sentence)
{
    const struct token *tokens = document->tokens.items;
    uint32_t dash = sentence.first;
    while (dash < sentence.end && dash - sentence.first <= LABEL_LONGEST &&
           ((tokens[dash].flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0 ||
            (dash > sentence.first && is_mark(&tokens[dash], ","))))
        dash++;
    if (dash == sentence.first || dash - sentence.first > LABEL_LONGEST ||
        dash + LABEL_LONGEST >= sentence.end || !is_dash(&tokens[dash]))
        return sentence.first;
    for (uint32_t i = dash + 1; i < sentence.end; i++)
        if (is_dash(&tokens[i]))
            return sentence.first;
    return dash + 1;
}

/* Where a piece that begins at `first` of the order ends: behind a comma or the like where one is
 * near. */
static uint32_t piece_end(const struct reading_order *order, const struct document *document,
                          uint32_t first)
{
    enum { CUT_SEARCH = 96 };
    if (order->token_count - first <= GRAMMAR_LONGEST)
        return order->token_count;
    uint32_t latest = first + GRAMMAR_LONGEST;
    for (uint32_t i = latest; i > latest - CUT_SEARCH; i--) {
        const struct token *token = &document->tokens.items[order->tokens[i - 1]];
        if ((token->flags & TOKEN_PUNCTUATION) != 0 && token->folded_length == 1 &&
            strchr(",;:.-", token->folded[0]) != NULL)
            return i;
    }
    return latest;
}

/* The tokens added since `first`, as pieces. */
static void cut(struct reading_order *order, const struct document *document, uint32_t first)
{
    bool begins = true;
    while (first < order->token_count) {
        uint32_t end = piece_end(order, document, first);
        order->begins[order->piece_count] = begins;
        begins = false;
        order->pieces[order->piece_count++] = (struct grammar_piece){first, end - first};
        first = end;
    }
}

static void add_sentence(struct reading_order *order, const struct document *document,
                         struct token_range sentence)
{
    uint32_t first = order->token_count, begin = label_end(document, sentence);
    bool any = false;
    for (uint32_t i = begin; i < sentence.end; i++) {
        struct token_range aside = aside_at(document, sentence, i);
        any |= aside.end > i;
        if (aside.end > i)
            i = aside.end - 1;
        else
            order->tokens[order->token_count++] = i;
    }
    cut(order, document, first);
    first = order->token_count;
    for (uint32_t i = sentence.first; i + 1 < begin; i++)
        order->tokens[order->token_count++] = i;
    cut(order, document, first);
    for (uint32_t i = begin; any && i < sentence.end; i++) {
        struct token_range aside = aside_at(document, sentence, i);
        if (aside.end == i)
            continue;
        first = order->token_count;
        for (uint32_t j = i + 1; j + 1 < aside.end; j++)
            order->tokens[order->token_count++] = j;
        cut(order, document, first);
        i = aside.end - 1;
    }
}

bool reading_order_find(struct reading_order *order, const struct document *document,
                        struct arena *scratch)
{
    /* Every aside and every cut makes one piece more, and takes two tokens at least. */
    uint32_t most = document->tokens.count + document->sentences.count;
    order->tokens = arena_new_array(scratch, uint32_t, document->tokens.count);
    order->pieces = arena_new_array(scratch, struct grammar_piece, most);
    order->begins = arena_new_array(scratch, bool, most);
    order->token_count = order->piece_count = 0;
    if (order->tokens == NULL || order->pieces == NULL || order->begins == NULL)
        return false;
    for (uint32_t s = 0; s < document->sentences.count; s++)
        add_sentence(order, document, document->sentences.items[s].tokens);
    return true;
}

/* The word that the aside at `aside` explains. */
static uint32_t host_of(const struct document *document, struct token_range sentence,
                        struct token_range aside, uint32_t root)
{
    const struct token *tokens = document->tokens.items;
    uint32_t host = aside.first;
    while (host > sentence.first && (tokens[host - 1].flags & TOKEN_PUNCTUATION) != 0)
        host--;
    host = host > sentence.first ? host - 1 : NONE;
    if (host == NONE || aside.end != aside.first + 3 || !is_short_form(&tokens[root]))
        return host;
    uint32_t above = host;
    for (int steps = 0;
         steps <= CLIMB_LONGEST && above != NONE && above < aside.first && above >= sentence.first;
         steps++) {
        if (tokens[above].folded[0] == tokens[root].folded[0] && above != root)
            return above;
        above = tokens[above].head;
    }
    return host;
}

/* The root of the tree between two tokens, whatever stands in brackets there. */
static uint32_t root_between(const struct document *document, uint32_t first, uint32_t end)
{
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = first; i < end; i++)
        if (tokens[i].head == NONE && tokens[i].relation == REL_ROOT)
            return i;
    return first;
}

static void attach(struct document *document, struct token_range sentence, struct token_range aside)
{
    struct token *tokens = document->tokens.items;
    uint32_t root = root_between(document, aside.first + 1, aside.end - 1);
    uint32_t host = host_of(document, sentence, aside, root);
    bool noun = tokens[root].upos == UPOS_NOUN || tokens[root].upos == UPOS_PROPN;
    tokens[root].head = host;
    tokens[root].relation = noun ? REL_APPOS : REL_PARATAXIS;
    const uint32_t marks[] = {aside.first, aside.end - 1};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        tokens[marks[i]].upos = UPOS_PUNCT;
        tokens[marks[i]].features = 0;
        tokens[marks[i]].head = root;
        tokens[marks[i]].relation = REL_PUNCT;
    }
}

/* A label hangs on the root of its sentence; called once the asides hang on theirs. */
static void attach_label(struct document *document, struct token_range sentence, uint32_t begin)
{
    struct token *tokens = document->tokens.items;
    uint32_t label = root_between(document, sentence.first, begin - 1);
    tokens[label].head = root_between(document, begin, sentence.end);
    tokens[label].relation = REL_PARATAXIS;
    tokens[begin - 1].upos = UPOS_PUNCT;
    tokens[begin - 1].features = 0;
    tokens[begin - 1].head = label;
    tokens[begin - 1].relation = REL_PUNCT;
}

/* A dash as long as an "m", or two hyphens; shorter ones join the words beside them. */
static bool is_long_dash(const struct document *document, const struct token *token)
{
    const char *written = document->text + token->span.start;
    uint32_t length = token->span.end - token->span.start;
    return (length == 2 && memcmp(written, "--", 2) == 0) ||
           (length == 3 && memcmp(written, "\xe2\x80\x94", 3) == 0);
}

/* What a noun has right before it: its preposition, article, number, what describes it. */
static bool opens_noun(const struct token *word)
{
    enum relation relation = relation_universal(word->relation);
    return relation == REL_CASE || relation == REL_DET || relation == REL_AMOD ||
           relation == REL_NUMMOD || relation == REL_COMPOUND;
}

/* "Trapped IN THE TOWN - many of them wounded", with the town for a part of "many": no noun phrase
 * goes on behind a dash. The noun before it, and what opens it, belong to the verb before. */
static void part_at_dash(struct token *tokens, struct token_range sentence, uint32_t dash)
{
    uint32_t noun = dash - 1, beyond = tokens[noun].head, first = noun;
    bool nominal = tokens[noun].upos == UPOS_NOUN || tokens[noun].upos == UPOS_PROPN;
    if (!nominal || beyond == NONE || beyond < dash || !opens_noun(&tokens[noun]) ||
        tokens[beyond].head == NONE)
        return;
    uint32_t verb = tokens[tokens[beyond].head].head;
    while (first > sentence.first && tokens[first - 1].head == beyond &&
           opens_noun(&tokens[first - 1]))
        first--;
    if (verb == NONE || verb >= first || tokens[verb].upos != UPOS_VERB)
        return;
    tokens[noun].head = verb;
    tokens[noun].relation = tokens[first].relation == REL_CASE ? REL_OBL : REL_OBJ;
    for (uint32_t i = first; i < noun; i++)
        tokens[i].head = noun;
    tokens[dash].head = beyond;
}

void asides_attach(struct document *document)
{
    for (uint32_t s = 0; s < document->sentences.count; s++) {
        struct token_range sentence = document->sentences.items[s].tokens;
        uint32_t begin = label_end(document, sentence);
        for (uint32_t i = begin; i < sentence.end; i++) {
            struct token_range aside = aside_at(document, sentence, i);
            if (aside.end == i)
                continue;
            attach(document, sentence, aside);
            i = aside.end - 1;
        }
        if (begin > sentence.first)
            attach_label(document, sentence, begin);
        for (uint32_t i = begin + 2; i + 1 < sentence.end; i++)
            if (is_long_dash(document, &document->tokens.items[i]))
                part_at_dash(document->tokens.items, sentence, i);
    }
}
