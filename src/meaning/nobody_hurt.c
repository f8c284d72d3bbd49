/* Nobody killed, nobody hurt: "No casualties were reported", "no one was injured in the blast", "exploded
 * without causing casualties". A report that says so gives a number: none.
 *
 * Method: "no", "without" or a word for nobody with a word of fate behind it, within a few words and one
 * clause. The count goes to the claim of violence in the sentence, whatever its status, else the sentence
 * becomes a claim that nobody was hurt. What is left out: nobody of some kind ("no civilians"), which says
 * nothing of all; "no one else"; what is only not known yet ("no immediate word on casualties"). */
#include "meaning/coding.h"

enum { REACH = 6 };

struct none {
    bool killed, wounded;
    uint32_t first, token; /* the "no"; the word of fate */
};

/* What the noun or participle says of nobody. */
static bool read_fate(const struct token *token, struct none *none)
{
    bool both = token_in(token, WORDS_NONE_DEAD_OR_HURT);
    none->killed = both || token_in(token, WORDS_NONE_DEAD);
    none->wounded = both || token_in(token, WORDS_NONE_HURT);
    return none->killed || none->wounded;
}

/* "Or injured", "and no injuries": the other fate in the same breath. */
static void read_second(const struct token *tokens, uint32_t at, uint32_t end, struct none *none)
{
    struct none second = {0};
    if (at + 1 >= end || !token_in(&tokens[at], WORDS_JOINS_OF_DENIED_FATES))
        return;
    uint32_t word = strcmp(tokens[at + 1].folded, "no") == 0 && at + 2 < end ? at + 2 : at + 1;
    if (read_fate(&tokens[word], &second)) {
        none->killed |= second.killed;
        none->wounded |= second.wounded;
    }
}

static bool opens(const struct token *tokens, uint32_t at, uint32_t end, bool *somebody)
{
    bool no = strcmp(tokens[at].folded, "no") == 0;
    *somebody = token_in(&tokens[at], WORDS_NOBODY_AT_ALL) ||
                (no && at + 1 < end && token_in(&tokens[at + 1], WORDS_NOBODY_BEHIND_NO));
    return *somebody || no || token_in(&tokens[at], WORDS_NOTHING_AT_ALL);
}

/* What "no" at `at` says that there is none of. */
static bool read_none(const struct coding *coding, uint32_t at, uint32_t end, struct none *none)
{
    const struct token *tokens = coding->tree.tokens;
    bool somebody;
    if (!opens(tokens, at, end, &somebody) ||
        (at > 0 && token_in(&tokens[at - 1], WORDS_LOSSES_OF_ONE_SIDE)))
        return false;
    for (uint32_t i = at + 1; i < end && i < at + REACH; i++) {
        bool noun = tokens[i].upos == UPOS_NOUN;
        if (read_fate(&tokens[i], none) && somebody != noun) {
            none->first = at;
            none->token = i;
            read_second(tokens, i + 1, end, none);
            /* "No casualties among civilians", "none of the victims was named": of some alone. */
            return !(i + 1 < end && (strcmp(tokens[i + 1].folded, "among") == 0 ||
                                     (noun && tokens[i + 1].upos == UPOS_NOUN)));
        }
        if (!token_in(&tokens[i], WORDS_BETWEEN_NONE_AND_FATE))
            return false;
    }
    return false;
}

static void add_none(const struct coding *coding, const struct none *none, const char *what,
                     struct claim *claim)
{
    for (uint32_t i = 0; i < claim->counts.count; i++)
        if (strcmp(claim->counts.items[i].what, what) == 0)
            return;
    struct claim_count *count = array_push(&claim->counts);
    const struct token *tokens = coding->tree.tokens;
    if (count != NULL)
        *count = (struct claim_count){.what = what, .who = "unknown", .low = 0, .high = 0,
                                      .span = {tokens[none->first].span.start, tokens[none->first].span.end},
                                      .quantity = NONE};
}

/* The claim of violence of the sentence that stands nearest. */
static struct claim *claim_near(const struct coding *coding, uint32_t sentence, uint32_t token)
{
    struct claim *best = NULL;
    uint32_t least = UINT32_MAX;
    for (uint32_t i = coding->document->claims.count; i-- > 0;) {
        struct claim *claim = &coding->document->claims.items[i];
        // An array that has items has room for them.
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference)
        if (claim->sentence != sentence)
            break;
        uint32_t apart = claim->trigger_token > token ? claim->trigger_token - token
                                                      : token - claim->trigger_token;
        if (strcmp(claim->plover, "ASSAULT") == 0 && apart < least) {
            best = claim;
            least = apart;
        }
    }
    return best;
}

static struct claim *make_claim(struct coding *coding, uint32_t token)
{
    struct making making = {.coding = coding, .trigger = token, .range = {token, token + 1},
                            .frame = fates_row(coding, "wounded"), .joined = NONE, .held = NONE, .nobody = true};
    uint32_t before = coding->document->claims.count;
    if (making.frame == NULL || coding->making_at[token] != NONE)
        return NULL;
    arguments_find(&coding->tree, token, &making.arguments);
    claim_write(coding, &making);
    return coding->document->claims.count > before ? &coding->document->claims.items[before] : NULL;
}

void nobody_find(struct coding *coding, uint32_t sentence)
{
    const struct sentence *told = &coding->document->sentences.items[sentence];
    if (coding->document->discarded != NULL && coding->document->discarded[sentence])
        return;
    for (uint32_t i = told->tokens.first; i < told->tokens.end; i++) {
        struct none none = {0};
        if (!read_none(coding, i, told->tokens.end, &none))
            continue;
        struct claim *claim = claim_near(coding, sentence, none.token);
        if (claim == NULL)
            claim = make_claim(coding, none.token);
        if (claim != NULL && none.killed)
            add_none(coding, &none, "killed", claim);
        if (claim != NULL && none.wounded)
            add_none(coding, &none, "wounded", claim);
        i = none.token;
    }
}
