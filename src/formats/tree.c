/* A dependency tree for people: each word under its head, in the order of the text, so that who
 * debugs a dictionary rule sees the path it has to follow. */
#include "formats/conllu.h"

/* Links of a sentence's tree, by place in the sentence + 1; 0 = none, node 0 = above the root. */
struct links {
    uint32_t *child, *sibling, *parent;
};

static bool link_tree(const struct document *document, const struct sentence *sentence,
                      struct arena *scratch, struct links *links)
{
    uint32_t count = sentence->tokens.end - sentence->tokens.first;
    links->child = arena_new_array(scratch, uint32_t, count + 1);
    links->sibling = arena_new_array(scratch, uint32_t, count + 1);
    links->parent = arena_new_array(scratch, uint32_t, count + 1);
    if (scratch->failed)
        return false;
    for (uint32_t node = count; node > 0; node--) {
        uint32_t head = document->tokens.items[sentence->tokens.first + node - 1].head;
        uint32_t parent = head == NONE ? 0 : head - sentence->tokens.first + 1;
        links->parent[node] = parent;
        links->sibling[node] = links->child[parent];
        links->child[parent] = node;
    }
    return true;
}

static void write_node(const struct document *document, const struct token *token, size_t depth,
                       struct buffer *buffer)
{
    for (size_t i = 0; i < depth; i++)
        buffer_add_string(buffer, "  ");
    buffer_add_string(buffer, relation_name(token->relation));
    buffer_add_byte(buffer, ' ');
    buffer_add(buffer, document_bytes(document, token->span), token->span.end - token->span.start);
    buffer_print(buffer, " %s", word_class_name(token->upos));
    if (token->lemma != NULL && strcmp(token->lemma, token->folded) != 0)
        buffer_print(buffer, " (%s)", token->lemma);
    buffer_add_byte(buffer, '\n');
}

void conllu_write_tree(const struct document *document, struct arena *scratch,
                       struct buffer *buffer)
{
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        struct links links;
        if (!link_tree(document, sentence, scratch, &links)) {
            buffer->failed = true;
            return;
        }
        buffer_add(buffer, document_bytes(document, sentence->span),
                   sentence->span.end - sentence->span.start);
        buffer_add_byte(buffer, '\n');
        size_t depth = 1;
        for (uint32_t node = links.child[0]; node != 0;) {
            write_node(document, &document->tokens.items[sentence->tokens.first + node - 1], depth,
                       buffer);
            if (links.child[node] != 0) {
                node = links.child[node];
                depth++;
                continue;
            }
            while (node != 0 && links.sibling[node] == 0) {
                node = links.parent[node];
                depth--;
            }
            node = node == 0 ? 0 : links.sibling[node];
        }
        buffer_add_byte(buffer, '\n');
    }
}
