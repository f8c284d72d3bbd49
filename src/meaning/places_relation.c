/* The text's own relation of an event to a place: "50 km from", "west of", "near".
 * Method: backwards from the name over distances, directions and words of nearness; the words as
 * they are written, without "the". Their lists stand here, since this stage needs no grammar, which
 * marks those of en/word_lists.tsv. */
#include "meaning/places.h"

#include <string.h>

enum { REACH = 9 };

static const char *const nearness_words[] = {
    "near", "outside", "around", "outskirts", "suburbs", "border", "borders", "bordering",
    "vicinity", "edge", "close", "adjacent", "surrounding", "off", "between", "along",
    "beyond", "next", "gates", "fringes", "approaches", "environs", "far", "away"};
static const char *const distance_words[] = {
    "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles", "metre",
    "metres", "meter", "meters", "yard", "yards", "league", "leagues", "hour", "hours", "minutes"};
static const char *const side_words[] = {
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "north-east", "north-west", "south-east", "south-west", "downstream", "upstream", "inland"};
static const char *const part_words[] = {
    "northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern",
    "southwestern", "north-eastern", "north-western", "south-eastern", "south-western", "central",
    "coastal", "rural", "upper", "lower"};
static const char *const link_words[] = {"of", "from", "to", "the", "with", "some", "about", "just",
                                         "around", "on", "at", "in", "drive",
                                         "drive's", "'s", "city", "town", "village"};

static bool is_among(const struct token *token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(token->folded, words[i]) == 0)
            return true;
    return false;
}

#define IS_AMONG(token, words) is_among((token), (words), sizeof(words) / sizeof(words)[0])

/* "the border of X", "X border": the token after the name. */
static bool border_follows(const struct place_work *work, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = work->document->tokens.items;
    if (end + 1 < sentence_end && (strcmp(tokens[end + 1].folded, "crossing") == 0 ||
                                   strcmp(tokens[end + 1].folded, "post") == 0 ||
                                   strcmp(tokens[end + 1].folded, "town") == 0))
        return false;
    return end < sentence_end &&
           (strcmp(tokens[end].folded, "border") == 0 ||
            strcmp(tokens[end].folded, "frontier") == 0 ||
            strcmp(tokens[end].folded, "outskirts") == 0 ||
            strcmp(tokens[end].folded, "suburbs") == 0);
}

/* Where the relation's words begin, going back from the name; `*at_name` gets the end of its words.
 * The name's own token where there is none. */
static uint32_t start_of(const struct place_work *work, uint32_t name, uint32_t first)
{
    const struct token *tokens = work->document->tokens.items;
    uint32_t start = name;
    bool measured = false;
    for (uint32_t i = name; i > first && name - i < REACH;) {
        const struct token *token = &tokens[--i];
        if (strcmp(token->folded, "off") == 0 && start != name)
            break; /* "went off west of" */
        bool side = IS_AMONG(token, side_words), near = IS_AMONG(token, nearness_words);
        bool distance = IS_AMONG(token, distance_words);
        if (side || near || distance) {
            start = i;
            measured = distance;
        } else if (measured && ((token->flags & TOKEN_NUMBER) != 0 || token->upos == UPOS_NUM ||
                                strcmp(token->folded, "several") == 0 ||
                                strcmp(token->folded, "few") == 0)) {
            start = i;
            measured = false;
        } else if (i + 1 == name && IS_AMONG(token, part_words)) {
            return i;
        } else if (!IS_AMONG(token, link_words)) {
            break;
        }
    }
    return start;
}

const char *places_relation(const struct place_work *work, const struct place_candidate *candidate)
{
    const struct document *document = work->document;
    const struct token *tokens = document->tokens.items;
    uint32_t name = candidate->tokens.first;
    const struct sentence *sentence = &document->sentences.items[tokens[name].sentence];
    bool border = border_follows(work, candidate->tokens.end, sentence->tokens.end);
    uint32_t start = start_of(work, name, sentence->tokens.first);
    uint32_t end = name;
    while (end > start && strcmp(tokens[end - 1].folded, "the") == 0)
        end--;
    /* "A few kilometres away in Donetsk", "for four hours on Avdiivka": there, not beside it. */
    static const char *const there[] = {"in", "at", "on", "into"};
    if (start >= end || IS_AMONG(&tokens[end - 1], there))
        return border ? arena_print(document->arena, "%s of", tokens[candidate->tokens.end].folded)
                      : NULL;
    struct byte_span span = document_span_of(document, (struct token_range){start, end});
    const char *words = document->text + span.start;
    int length = (int)(span.end - span.start);
    if (border)
        return arena_print(document->arena, "%.*s the border of", length, words);
    return arena_print(document->arena, "%.*s", length, words);
}
