/* Words of a clause: ranges of tokens without the marks around them, noun phrases without the
 * clauses that hang on them, and how they are written out. */
#include "meaning/clause_parts.h"

struct token_range clause_trimmed(const struct tree *tree, struct token_range range)
{
    while (range.first < range.end && tree->tokens[range.first].upos == UPOS_PUNCT)
        range.first++;
    while (range.end > range.first && (tree->tokens[range.end - 1].upos == UPOS_PUNCT ||
                                       tree->tokens[range.end - 1].upos == UPOS_CCONJ))
        range.end--;
    return range;
}

void clause_add_words(struct buffer *buffer, const struct document *document,
                      struct token_range range)
{
    struct byte_span span = document_span_of(document, range);
    bool blank = false;
    for (uint32_t i = span.start; i < span.end; i++) {
        unsigned char byte = (unsigned char)document->text[i];
        bool joined =
            byte == 0xc2 && i + 1 < span.end && (unsigned char)document->text[i + 1] == 0xa0;
        if (byte <= ' ' || joined) {
            blank = true;
            i += joined;
            continue;
        }
        if (blank)
            buffer_add_byte(buffer, ' ');
        blank = false;
        buffer_add_byte(buffer, (char)byte);
    }
}

bool clause_is_comma(const struct tree *tree, uint32_t token)
{
    return token < tree->document->tokens.count && tree->tokens[token].upos == UPOS_PUNCT &&
           tree->tokens[token].folded[0] == ',';
}

bool clause_is_dash(const struct tree *tree, uint32_t token)
{
    static const char *const dashes[] = {"-", "--", "_", "\xe2\x80\x93", "\xe2\x80\x94", NULL};
    return token < tree->document->tokens.count && tree->tokens[token].upos == UPOS_PUNCT &&
           (tree->tokens[token].flags & TOKEN_SPACE_BEFORE) != 0 &&
           token_is_one_of(&tree->tokens[token], dashes);
}

uint32_t clause_commas(const struct tree *tree, struct token_range range)
{
    uint32_t count = 0;
    for (uint32_t i = range.first; i < range.end; i++)
        count += clause_is_comma(tree, i);
    return count;
}

/* The range up to its last comma, which stands behind `after`; whole where there is none. */
struct token_range clause_up_to_comma(const struct tree *tree, struct token_range range,
                                      uint32_t after)
{
    for (uint32_t i = range.end; i-- > after + 1;)
        if (clause_is_comma(tree, i))
            return (struct token_range){range.first, i};
    return range;
}

/* The words of a noun up to the first clause that hangs on it. */
struct token_range clause_noun_phrase(const struct tree *tree, uint32_t noun, uint64_t left_out)
{
    struct token_range range = clause_trimmed(tree, tree_extent(tree, noun, left_out));
    uint32_t end = range.end;
    /* "Kunduz, which fell, and Mazar": up to the clause. */
    for (uint32_t child = tree->first_child[noun]; child != NONE; child = tree->next_sibling[child])
        if (child > noun && (left_out >> tree->tokens[child].relation & 1u) != 0) {
            uint32_t first = tree_extent(tree, child, 0).first;
            range.end = first > noun && first < range.end ? first : range.end;
        }
    bool cut = range.end < end;
    range = clause_trimmed(tree, range);
    /* "Three districts, among them" of what goes on behind it: up to the comma. */
    return cut && clause_commas(tree, range) % 2 == 1 && !clause_is_comma(tree, range.end)
               ? clause_up_to_comma(tree, range, noun)
               : range;
}

bool clause_opens_bracket(const struct tree *tree, struct token_range range, uint32_t *open)
{
    *open = NONE;
    for (uint32_t i = range.first; i < range.end; i++)
        *open = strchr("([", tree->tokens[i].folded[0]) != NULL   ? i
                : strchr(")]", tree->tokens[i].folded[0]) != NULL ? NONE
                                                                  : *open;
    return *open != NONE;
}

/* With the mark that closes its bracket; else up to a bracket that it does not close. */
struct token_range clause_without_open_bracket(const struct tree *tree, struct token_range range)
{
    uint32_t open;
    if (!clause_opens_bracket(tree, range, &open))
        return clause_trimmed(tree, range);
    if (range.end < tree->document->tokens.count &&
        strchr(")]", tree->tokens[range.end].folded[0]) != NULL)
        return (struct token_range){range.first, range.end + 1};
    if (open > range.first)
        range.end = open;
    return clause_trimmed(tree, range);
}
