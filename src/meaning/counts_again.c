/* The same thing counted again, by a number of nobody: "Officials spoke of 3,000 families. Aid workers fear
 * that THIS NUMBER may be as high as 9,000", "the figure later rose to 20".
 *
 * Method: a definite word for a number ("the toll", "this figure") that says itself of nothing what it counts, with
 * a bare number behind it in its clause, takes up the last number that a claim counts here or in the two
 * sentences before. It becomes a claim of the same event by the same row, at the same place and time; who
 * says so, and whether it is asserted, is read where it stands. What is left out: two numbers taken up at
 * once ("both figures"); a number that is denied. */
#include "meaning/coding.h"

enum { BACK = 2, AHEAD = 12 };

/* "The number", "that figure", "its toll": not "the number of". */
static bool takes_up(const struct coding *coding, uint32_t token, uint32_t end)
{
    const struct token *tokens = coding->tree.tokens;
    if (!token_in(&tokens[token], WORDS_NUMBERS_TAKEN_UP) || token == 0)
        return false;
    if (token_in(&tokens[token - 1], WORDS_TOLLS_BY_THEIR_NAME) ||
        (token + 1 < end && strcmp(tokens[token + 1].folded, "of") == 0))
        return false;
    return token_in(&tokens[token - 1], WORDS_BEFORE_NUMBERS_TAKEN_UP) &&
           coding->making_at[token] == NONE;
}

/* The bare number that is said of the noun at `token`, or NONE. */
static uint32_t number_behind(const struct coding *coding, uint32_t token, uint32_t end)
{
    for (uint32_t i = token + 1; i < end && i < token + AHEAD; i++) {
        if (token_in(&coding->tree.tokens[i], WORDS_ENDS_BEFORE_A_NUMBER))
            return NONE;
        uint32_t index = coding->quantity[i];
        if (index == NONE)
            continue;
        const struct quantity *quantity = &coding->document->quantities.items[index];
        return quantity->is_count && quantity->counted == NONE ? index : NONE;
    }
    return NONE;
}

/* The last claim with a number, in this sentence or those just before it in the same text. */
static const struct claim *claim_before(const struct coding *coding, uint32_t token)
{
    const struct document *document = coding->document;
    const struct token *tokens = coding->tree.tokens;
    uint32_t sentence = tokens[token].sentence;
    const struct claim *last = NULL;
    for (uint32_t i = document->claims.count; i-- > 0;) {
        const struct claim *claim = &document->claims.items[i];
        if (claim->sentence + BACK < sentence)
            break;
        if (claim->counts.count > 0 && claim->trigger_token < token &&
            (last == NULL || claim->trigger_token > last->trigger_token))
            last = claim;
    }
    return last;
}

static bool is_counted(const struct coding *coding, uint32_t sentence, uint32_t quantity)
{
    const struct document *document = coding->document;
    for (uint32_t i = document->claims.count; i-- > 0 && document->claims.items[i].sentence == sentence;)
        for (uint32_t j = 0; j < document->claims.items[i].counts.count; j++)
            if (document->claims.items[i].counts.items[j].quantity == quantity)
                return true;
    return false;
}

static const struct frame *row_named(const struct coding *coding, const char *id)
{
    const struct frames *frames = &coding->knowledge->frames;
    for (uint32_t i = 0; i < frames->count; i++)
        if (frames->items[i].id == id)
            return &frames->items[i];
    return NULL;
}

static void count_again(struct coding *coding, uint32_t token, uint32_t quantity)
{
    struct document *document = coding->document;
    const struct claim *found = claim_before(coding, token);
    if (found == NULL || is_counted(coding, coding->tree.tokens[token].sentence, quantity))
        return;
    const struct claim before = *found;
    const struct claim_count count = before.counts.items[before.counts.count - 1];
    struct making making = {.coding = coding, .trigger = token, .range = {token, token + 1},
                            .frame = row_named(coding, before.rule), .joined = NONE, .held = NONE,
                            .fate = count.what, .number = quantity, .aftermath = true};
    uint32_t claims = document->claims.count;
    if (making.frame == NULL)
        return;
    claim_write(coding, &making);
    if (document->claims.count == claims)
        return;
    struct claim *claim = &document->claims.items[claims];
    claim->place = before.place;
    claim->from = before.from;
    claim->to = before.to;
    claim->precision = before.precision;
    claim->anchor = before.anchor;
    if (claim->counts.count > 0 && strcmp(claim->counts.items[0].who, "unknown") == 0)
        claim->counts.items[0].who = count.who;
}

void counts_take_up(struct coding *coding, uint32_t sentence)
{
    const struct sentence *told = &coding->document->sentences.items[sentence];
    if (coding->document->discarded != NULL && coding->document->discarded[sentence])
        return;
    for (uint32_t i = told->tokens.first; i < told->tokens.end; i++) {
        if (!takes_up(coding, i, told->tokens.end))
            continue;
        uint32_t number = number_behind(coding, i, told->tokens.end);
        if (number != NONE)
            count_again(coding, i, number);
    }
}
