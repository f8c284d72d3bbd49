/* Tokens, questions and pieces of full text search by FTS5 itself, on a database in memory.
 *
 * A store that is not SQLite has its own index of words, but the same words must find the same rows
 * and print the same lines. So texts are cut by FTS5's tokenizer (sqlite.org/fts5.html, section 7),
 * and the piece of text around what was found is asked of an FTS5 table that holds the one text.
 * Left out, for the bounds of PostgreSQL's tsvector: words of 2,000 bytes and more, what stands
 * behind the first megabyte, and phrases behind the first 16,383 words. */
#include "record/search_words.h"

#include "record/record.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POSITION = 16383, MOST_WORD = 2000, MOST_VECTOR = 1000000, GAP = 10 };

struct search_words {
    sqlite3 *memory;
    fts5_tokenizer methods;
    Fts5Tokenizer *tokenizer;
    sqlite3_stmt *add, *find, *clear;
};

/* ------------------------------------------------------------------ opening */

static bool find_tokenizer(struct search_words *words)
{
    static const char *settings[] = {"remove_diacritics", "2"};
    sqlite3_stmt *row = NULL;
    fts5_api *api = NULL;
    void *context = NULL;
    if (sqlite3_prepare_v2(words->memory, "SELECT fts5(?1)", -1, &row, NULL) != SQLITE_OK)
        return false;
    sqlite3_bind_pointer(row, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(row);
    sqlite3_finalize(row);
    return api != NULL &&
           api->xFindTokenizer(api, "unicode61", &context, &words->methods) == SQLITE_OK &&
           words->methods.xCreate(context, settings, 2, &words->tokenizer) == SQLITE_OK;
}

static bool prepare(struct search_words *words)
{
    static const char table[] = "CREATE VIRTUAL TABLE one USING fts5(title, text, "
                                "tokenize = 'unicode61 remove_diacritics 2')";
    static const char find[] = "SELECT snippet(one, -1, '" RECORD_MARK "', '" RECORD_MARK_END
                               "', '\xe2\x80\xa6', 24) FROM one WHERE one MATCH ?";
    return sqlite3_exec(words->memory, table, NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(words->memory,
                              "INSERT INTO one (rowid, title, text) VALUES (1, ?, ?)", -1,
                              &words->add, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(words->memory, "DELETE FROM one", -1, &words->clear, NULL) ==
               SQLITE_OK &&
           sqlite3_prepare_v2(words->memory, find, -1, &words->find, NULL) == SQLITE_OK;
}

struct search_words *search_words_open(void)
{
    struct search_words *words = calloc(1, sizeof *words);
    if (words == NULL)
        return NULL;
    if (sqlite3_open(":memory:", &words->memory) == SQLITE_OK && find_tokenizer(words) &&
        prepare(words))
        return words;
    search_words_close(words);
    return NULL;
}

void search_words_close(struct search_words *words)
{
    if (words == NULL)
        return;
    if (words->tokenizer != NULL)
        words->methods.xDelete(words->tokenizer);
    sqlite3_finalize(words->add);
    sqlite3_finalize(words->find);
    sqlite3_finalize(words->clear);
    sqlite3_close(words->memory);
    free(words);
}

/* ------------------------------------------------------------------ tokens */

struct writing {
    struct buffer *text;
    int position;  /* of the next token, from 1 */
    bool question; /* tokens make a phrase */
    int written;
};

static int write_token(void *context, int flags, const char *token, int length, int start, int end)
{
    struct writing *writing = context;
    (void)start, (void)end;
    if ((flags & FTS5_TOKEN_COLOCATED) == 0)
        writing->position++;
    if (length <= 0 || length >= MOST_WORD || writing->text->length > MOST_VECTOR)
        return SQLITE_OK;
    /* Tokens are letters and digits: nothing in them is to be escaped. */
    if (writing->question)
        buffer_print(writing->text, "%s'%.*s'", writing->written++ > 0 ? " <-> " : "", length,
                     token);
    else
        buffer_print(writing->text, "'%.*s':%d ", length, token,
                     writing->position < MOST_POSITION ? writing->position : MOST_POSITION);
    return SQLITE_OK;
}

static void cut(struct search_words *words, const char *text, size_t length, int flags,
                struct writing *writing)
{
    if (length > 0 && length < INT32_MAX)
        words->methods.xTokenize(words->tokenizer, writing, flags, text, (int)length, write_token);
}

void search_words_vector(struct search_words *words, const char *text, size_t length, bool apart,
                         struct buffer *vector)
{
    struct writing writing = {.text = vector};
    cut(words, text, length, FTS5_TOKENIZE_DOCUMENT, &writing);
    if (apart && writing.position + GAP < MOST_POSITION)
        buffer_print(vector, "' ':%d", writing.position + GAP);
}

/* The length of the next part of a question: a phrase in quotes, or a bare word. */
static size_t part_length(const char *at, const char *end)
{
    const char *stop = at + 1;
    if (*at == '"') {
        while (stop < end && *stop != '"')
            stop++;
        return (size_t)(stop - at) + (stop < end);
    }
    while (stop < end && strchr(" \t\r\n\"*", *stop) == NULL)
        stop++;
    return (size_t)(stop - at);
}

static const char *joint_of(const char *part, size_t length)
{
    static const char *const joints[][2] = {{"AND", " & "}, {"OR", " | "}, {"NOT", " & !"}};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (strlen(joints[i][0]) == length && memcmp(part, joints[i][0], length) == 0)
            return joints[i][1];
    return NULL;
}

void search_words_question(struct search_words *words, const char *question, size_t length,
                           struct buffer *query)
{
    const char *joint = NULL, *end = question + length;
    for (const char *at = question; at < end;) {
        if (strchr(" \t\r\n*", *at) != NULL) {
            at++;
            continue;
        }
        size_t size = part_length(at, end), before = query->length;
        const char *part = at;
        at += size;
        if (*part != '"' && joint_of(part, size) != NULL) {
            joint = joint_of(part, size);
            continue;
        }
        struct writing writing = {.text = query, .question = true};
        if (before > 0)
            buffer_add_string(query, joint != NULL ? joint : " & ");
        buffer_add_byte(query, '(');
        cut(words, part, size, FTS5_TOKENIZE_QUERY, &writing);
        if (at < end && *at == '*' && writing.written > 0)
            buffer_add_string(query, ":*");
        buffer_add_byte(query, ')');
        /* Signs alone ask for nothing. */
        if (writing.written == 0 && !query->failed)
            query->bytes[query->length = before] = '\0';
        joint = NULL;
    }
}

/* ------------------------------------------------------------------ the piece around it */

const char *search_words_piece(struct search_words *words, const char *title, const char *text,
                               const char *question)
{
    sqlite3_reset(words->find);
    sqlite3_step(words->clear);
    sqlite3_reset(words->clear);
    sqlite3_bind_text(words->add, 1, title, -1, SQLITE_STATIC);
    sqlite3_bind_text(words->add, 2, text, -1, SQLITE_STATIC);
    sqlite3_step(words->add);
    sqlite3_reset(words->add);
    sqlite3_bind_text(words->find, 1, question, -1, SQLITE_TRANSIENT);
    return sqlite3_step(words->find) == SQLITE_ROW
               ? (const char *)sqlite3_column_text(words->find, 0)
               : NULL;
}
