/* Sentences and tokens: one sentence a line, tokens parted by blanks; "+" stands before a token that
 * is joined to the one before, "#" heads a heading; what is quoted stands between { and }. */
#include "show.h"

static void print_tokens(const struct document *document, struct buffer *out)
{
    for (uint32_t i = 0; i < document->sentences.count; i++) {
        const struct sentence *sentence = &document->sentences.items[i];
        bool quoted = false;
        if (sentence->heading)
            buffer_add_string(out, "# ");
        for (uint32_t j = sentence->tokens.first; j < sentence->tokens.end; j++) {
            const struct token *token = &document->tokens.items[j];
            bool now = (token->flags & TOKEN_QUOTED) != 0;
            if (quoted && !now)
                buffer_add_string(out, "}");
            if (j > sentence->tokens.first)
                buffer_add_byte(out, ' ');
            if (now && !quoted)
                buffer_add_string(out, "{");
            quoted = now;
            if ((token->flags & TOKEN_JOINED) != 0)
                buffer_add_byte(out, '+');
            buffer_add(out, document_bytes(document, token->span),
                       token->span.end - token->span.start);
        }
        buffer_add_string(out, quoted ? "}\n" : "\n");
    }
}

const struct show show_tokens = {.name = "tokens", .wanted = HAS_SENTENCES, .print = print_tokens,
                               .body = true};
