/* Cuts a statement of SQL into its tokens: words, strings, numbers, parameters and signs, as SQLite
 * knows them. Comments are white space. Left out: blobs, which src/record has none of. */
#include "record/dialect_tokens.h"

#include <string.h>

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The white space and comments at `at`. */
static size_t blank_length(const char *at)
{
    size_t length = 0;
    for (;;) {
        size_t before = length;
        length += strspn(at + length, " \t\r\n");
        if (strncmp(at + length, "--", 2) == 0)
            length += strcspn(at + length, "\n");
        if (strncmp(at + length, "/*", 2) == 0) {
            const char *end = strstr(at + length + 2, "*/");
            length = end != NULL ? (size_t)(end + 2 - at) : length + strlen(at + length);
        }
        if (length == before)
            return length;
    }
}

static size_t quoted_length(const char *at)
{
    char quote = *at;
    size_t length = 1;
    while (at[length] != '\0') {
        if (at[length++] != quote)
            continue;
        if (at[length] != quote)
            break;
        length++;
    }
    return length;
}

static size_t run_length(const char *at)
{
    size_t length = 0;
    while (is_word_byte(at[length]))
        length++;
    return length;
}

static size_t sign_length(const char *at)
{
    static const char *const signs[] = {"||", "<>", "<=", ">=", "!=", "==", "<<", ">>", "::"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(at, signs[i], 2) == 0)
            return 2;
    return 1;
}

static size_t number_length(const char *at)
{
    size_t length = run_length(at);
    if (at[length] == '.')
        length += 1 + run_length(at + length + 1);
    return length;
}

static struct token token_at(const char *at)
{
    struct token token = {.text = at};
    if (*at == '\'' || *at == '"') {
        token.kind = *at == '"' ? TOKEN_WORD : TOKEN_STRING;
        token.length = quoted_length(at);
    } else if (*at == '?' || (*at == ':' && is_word_byte(at[1]))) {
        token.kind = TOKEN_PARAMETER;
        token.length = 1 + run_length(at + 1);
    } else if (is_digit(*at)) {
        token.kind = TOKEN_NUMBER;
        token.length = number_length(at);
    } else if (is_word_byte(*at)) {
        token.kind = TOKEN_WORD;
        token.length = run_length(at);
    } else {
        token.kind = TOKEN_SIGN;
        token.length = sign_length(at);
    }
    return token;
}

const char *dialect_cut(struct translation *work, const char *sql)
{
    ARRAY(uint32_t) open;
    array_init(&open, &work->arena);
    for (const char *at = sql;;) {
        size_t blank = blank_length(at);
        at += blank;
        if (*at == '\0' || *at == ';')
            return at + (*at == ';');
        struct token *token = array_push(&work->tokens);
        if (token == NULL)
            return at;
        *token = token_at(at);
        token->spaced = blank > 0;
        uint32_t number = work->tokens.count - 1;
        if (*at == '(') {
            uint32_t *place = array_push(&open);
            if (place != NULL)
                *place = number;
        } else if (*at == ')' && token->kind == TOKEN_SIGN && open.count > 0) {
            token->partner = open.items[--open.count];
            work->tokens.items[token->partner].partner = number;
        }
        at += token->length;
    }
}
