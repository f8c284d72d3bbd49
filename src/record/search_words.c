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

/* ------------------------------------------------------------------ vectors in binary */

/* A token in the memory of `struct packing`. */
struct packed_token {
    uint64_t head; /* its first eight bytes, the first highest: most tokens differ there */
    uint32_t start;
    uint16_t length, position;
};

struct packing {
    struct buffer *bytes;  /* of the tokens, one after the other */
    struct buffer *tokens; /* struct packed_token */
    int position;
};

static uint64_t head_of(const char *token, int length)
{
    uint64_t head = 0;
    for (int i = 0; i < 8; i++)
        head = head << 8 | (i < length ? (unsigned char)token[i] : 0);
    return head;
}

static int pack_token(void *context, int flags, const char *token, int length, int start, int end)
{
    struct packing *packing = context;
    (void)start, (void)end;
    if ((flags & FTS5_TOKEN_COLOCATED) == 0)
        packing->position++;
    if (length <= 0 || length >= MOST_WORD || packing->bytes->length > MOST_VECTOR / 2)
        return SQLITE_OK;
    const struct packed_token packed = {
        head_of(token, length), (uint32_t)packing->bytes->length, (uint16_t)length,
        (uint16_t)(packing->position < MOST_POSITION ? packing->position : MOST_POSITION)};
    buffer_add(packing->bytes, token, (size_t)length);
    buffer_add(packing->tokens, (const char *)&packed, sizeof packed);
    return SQLITE_OK;
}

static int compare_tokens(const char *bytes, const struct packed_token *a,
                          const struct packed_token *b)
{
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    int order =
        memcmp(bytes + a->start, bytes + b->start, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* By word, then by position: merge sort, for qsort has no context. `room` is as long. */
static void sort_tokens(const char *bytes, struct packed_token *tokens, uint32_t count,
                        struct packed_token *room)
{
    uint32_t half = count / 2, left = 0, right = half;
    if (count < 2)
        return;
    sort_tokens(bytes, tokens, half, room);
    sort_tokens(bytes, tokens + half, count - half, room);
    memcpy(room, tokens, count * sizeof *tokens);
    for (uint32_t i = 0; i < count; i++) {
        bool first = right == count ||
                     (left < half && compare_tokens(bytes, &room[left], &room[right]) <= 0);
        tokens[i] = first ? room[left++] : room[right++];
    }
}

static void put_big(struct buffer *buffer, uint32_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buffer_add_byte(buffer, (char)(number >> (8 * i)));
}

/* Two bytes, the higher first; where the next ones go. */
static char *write_big(char *room, uint32_t number)
{
    room[0] = (char)(number >> 8);
    room[1] = (char)number;
    return room + 2;
}

/* One word and its positions, ascending, each once; returns how many tokens it was. */
static uint32_t put_lexeme(const char *bytes, const struct packed_token *tokens, uint32_t count,
                           struct buffer *vector)
{
    enum { MOST_POSITIONS = 255 };
    uint32_t same = 1, different = 1;
    while (same < count && compare_tokens(bytes, &tokens[0], &tokens[same]) == 0) {
        different += tokens[same].position != tokens[same - 1].position;
        same++;
    }
    uint32_t told = different < MOST_POSITIONS ? different : MOST_POSITIONS;
    char *room = buffer_add_room(vector, tokens[0].length + (size_t)1 + 2 + 2 * (size_t)told);
    if (room == NULL)
        return same;
    memcpy(room, bytes + tokens[0].start, tokens[0].length);
    room += tokens[0].length;
    *room++ = '\0';
    room = write_big(room, told);
    for (uint32_t i = 0, written = 0; i < same && written < told; i++)
        if (i == 0 || tokens[i].position != tokens[i - 1].position) {
            room = write_big(room, tokens[i].position);
            written++;
        }
    return same;
}

static void put_lexemes(const struct packing *packing, struct buffer *vector)
{
    struct packed_token *tokens = (struct packed_token *)(void *)packing->tokens->bytes;
    uint32_t count = (uint32_t)(packing->tokens->length / sizeof *tokens), lexemes = 0;
    struct packed_token *room = count > 0 ? malloc(count * sizeof *room) : NULL;
    size_t begin = vector->length;
    vector->failed = vector->failed || packing->tokens->failed || packing->bytes->failed ||
                     (count > 0 && room == NULL);
    put_big(vector, 0, 4);
    if (!vector->failed && room != NULL)
        sort_tokens(packing->bytes->bytes, tokens, count, room);
    for (uint32_t i = 0; !vector->failed && i < count; lexemes++)
        i += put_lexeme(packing->bytes->bytes, tokens + i, count - i, vector);
    for (int i = 0; !vector->failed && i < 4; i++)
        vector->bytes[begin + (size_t)i] = (char)(lexemes >> (24 - 8 * i));
    free(room);
}

void search_words_pack(struct search_words *words, const char *title, size_t title_length,
                       const char *text, size_t length, struct buffer *vector)
{
    struct buffer bytes, tokens;
    struct packing packing = {&bytes, &tokens, 0};
    buffer_init(&bytes);
    buffer_init(&tokens);
    if (title_length > 0 && title_length < INT32_MAX) {
        words->methods.xTokenize(words->tokenizer, &packing, FTS5_TOKENIZE_DOCUMENT, title,
                                 (int)title_length, pack_token);
        packing.position += GAP;
    }
    if (length > 0 && length < INT32_MAX)
        words->methods.xTokenize(words->tokenizer, &packing, FTS5_TOKENIZE_DOCUMENT, text,
                                 (int)length, pack_token);
    put_lexemes(&packing, vector);
    buffer_release(&bytes);
    buffer_release(&tokens);
}

/* ------------------------------------------------------------------ questions */

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
