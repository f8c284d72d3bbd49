/* Trees: a word a line, `word class relation head lemma`; a blank line after each sentence. */
#include "show.h"

static void print_tree(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        const struct token *token = &document->tokens.items[i];
        if (i > 0 && token->sentence != token[-1].sentence)
            buffer_add_byte(out, '\n');
        buffer_add(out, document_bytes(document, token->span), token->span.end - token->span.start);
        buffer_print(out, " %s %s ", word_class_name(token->upos), relation_name(token->relation));
        if (token->head != NONE) {
            struct byte_span head = document->tokens.items[token->head].span;
            buffer_add(out, document_bytes(document, head), head.end - head.start);
            buffer_add_byte(out, ' ');
        }
        buffer_print(out, "%s\n", token->lemma);
    }
}

const struct show show_tree = {.name = "tree", .wanted = HAS_TREE, .print = print_tree};
