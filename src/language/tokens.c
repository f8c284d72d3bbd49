/* The stage "tokens": blocks to sentences and tokens.
 *
 * Cuts each block into pieces (pieces.c), finds where sentences end (sentences.c), parts the full
 * stop from an abbreviation that ends a sentence, and marks what stands in quotation marks. Such an
 * abbreviation keeps its stop in `folded`, so that dictionaries find "U.S." there too.
 * "IS" is the Islamic State where the report tells of it.
 * Left out: captions, bylines, dates and furniture do not become sentences. */
#include "bytes/hash.h"
#include "language/pieces.h"
#include "language/sentences.h"

struct work {
    struct document *document;
    struct pieces pieces;
    struct habits habits;
    bool *ends; /* [ends_capacity] */
    uint32_t ends_capacity;
};

static bool becomes_sentences(enum block_kind kind)
{
    return kind == BLOCK_BODY || kind == BLOCK_TITLE || kind == BLOCK_HEADING ||
           kind == BLOCK_DATELINE;
}

/* Flags the pieces between quotation marks. A quotation that is not closed goes on to the end of
 * the block where the next block begins with a quotation mark, as printers do with quotations of
 * several paragraphs; elsewhere it ends with its sentence. */
static void mark_quotes(struct work *work, bool goes_on)
{
    struct piece *pieces = work->pieces.list.items;
    uint32_t count = work->pieces.list.count;
    uint32_t open[3] = {NONE, NONE, NONE};
    for (uint32_t i = 0; i < count; i++) {
        uint8_t quote = pieces[i].quote;
        if (quote == QUOTE_NONE)
            continue;
        if (pieces[i].kind == PIECE_OPEN) {
            open[quote] = i;
        } else if (open[quote] != NONE) {
            for (uint32_t j = open[quote] + 1; j < i; j++)
                pieces[j].flags |= TOKEN_QUOTED;
            open[quote] = NONE;
        }
    }
    for (uint32_t i = open[QUOTE_DOUBLE] == NONE ? count : open[QUOTE_DOUBLE] + 1; i < count; i++) {
        pieces[i].flags |= TOKEN_QUOTED;
        if (!goes_on && work->ends[i])
            break;
    }
}

static bool begins_with_quote(const struct document *document, struct byte_span span)
{
    const char *text = document->text + span.start;
    uint32_t length = span.end - span.start;
    return (length > 0 && text[0] == '"') ||
           (length > 2 && (memcmp(text, "\xe2\x80\x9c", 3) == 0 || memcmp(text, "''", 2) == 0 ||
                           memcmp(text, "``", 2) == 0));
}

static void add_token(struct work *work, const struct piece *piece, struct byte_span span)
{
    struct token *token = array_push(&work->document->tokens);
    if (token == NULL)
        return;
    token->span = span;
    token->sentence = work->document->sentences.count - 1;
    token->flags = piece->flags;
    token->folded = piece->folded;
    token->folded_length = piece->folded_length;
    token->hash = piece->hash;
    token->head = NONE;
}

static void add_stop(struct work *work, const struct piece *abbreviation)
{
    struct piece stop = {.folded = ".", .folded_length = 1, .hash = work->pieces.stop_hash};
    stop.flags = (uint16_t)(TOKEN_PUNCTUATION | (abbreviation->flags & TOKEN_QUOTED));
    add_token(work, &stop,
              (struct byte_span){abbreviation->span.end - 1, abbreviation->span.end});
}

static void add_sentence(struct work *work, uint32_t block, uint32_t first, uint32_t last)
{
    struct document *document = work->document;
    const struct piece *pieces = work->pieces.list.items;
    struct sentence *sentence = array_push(&document->sentences);
    if (sentence == NULL)
        return;
    uint32_t index = document->sentences.count - 1;
    enum block_kind kind = document->blocks.items[block].kind;
    sentence->span = (struct byte_span){pieces[first].span.start, pieces[last].span.end};
    sentence->block = block;
    sentence->heading = kind != BLOCK_BODY;
    sentence->tokens.first = document->tokens.count;
    uint32_t end = last;
    while (end > first && pieces[end].kind == PIECE_CLOSE)
        end--;
    for (uint32_t i = first; i <= last; i++) {
        struct byte_span span = pieces[i].span;
        /* The stop of an abbreviation is also the sentence's. */
        bool parts = i == end && pieces[i].has_stop && i > first;
        if (parts)
            span.end--;
        add_token(work, &pieces[i], span);
        if (parts)
            add_stop(work, &pieces[i]);
    }
    document->sentences.items[index].tokens.end = document->tokens.count;
}

static bool room_for_ends(struct work *work, struct arena *scratch)
{
    uint32_t count = work->pieces.list.count;
    if (count <= work->ends_capacity)
        return true;
    work->ends_capacity = count + count / 2;
    work->ends = arena_new_array(scratch, bool, work->ends_capacity);
    return work->ends != NULL;
}

static void run_block(struct work *work, uint32_t block, struct arena *scratch)
{
    const struct document *document = work->document;
    pieces_cut(&work->pieces, document->blocks.items[block].span);
    if (work->pieces.list.count == 0 || !room_for_ends(work, scratch))
        return;
    sentences_find(&work->pieces, &work->habits, work->ends);
    uint32_t next = block + 1;
    while (next < document->blocks.count && !becomes_sentences(document->blocks.items[next].kind))
        next++;
    mark_quotes(work, next < document->blocks.count &&
                          begins_with_quote(document, document->blocks.items[next].span));
    for (uint32_t i = 0, first = 0; i < work->pieces.list.count; i++) {
        if (!work->ends[i])
            continue;
        add_sentence(work, block, first, i);
        first = i + 1;
    }
}

static bool is_folded(const struct token *token, const char *word)
{
    return strcmp(token->folded, word) == 0;
}

static bool tells_of_islamic_state(const struct document *document)
{
    const struct token *tokens = document->tokens.items;
    for (uint32_t i = 0; i < document->tokens.count; i++)
        if (is_folded(&tokens[i], "isis") || is_folded(&tokens[i], "isil") ||
            is_folded(&tokens[i], "daesh") ||
            (i > 0 && is_folded(&tokens[i], "state") && is_folded(&tokens[i - 1], "islamic")))
            return true;
    return false;
}

static bool is_in_capitals(const struct document *document, uint32_t i)
{
    return i < document->tokens.count &&
           (document->tokens.items[i].flags & TOKEN_ALL_CAPITALS) != 0 &&
           !is_folded(&document->tokens.items[i], "is");
}

/* "IS captured the town": in a report of the Islamic State two capitals are its name. Words are
 * parsed without their capitals, so that it has to go by its longer name there. */
static void name_islamic_state(struct document *document)
{
    static const char NAME[] = "isis";
    bool told = false, sought = false;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        struct token *token = &document->tokens.items[i];
        if ((token->flags & TOKEN_ALL_CAPITALS) == 0 || (token->flags & TOKEN_QUOTED) != 0 ||
            !is_folded(token, "is") || is_in_capitals(document, i + 1) ||
            (i > 0 && is_in_capitals(document, i - 1)))
            continue;
        told = sought ? told : tells_of_islamic_state(document);
        sought = true;
        if (!told)
            return;
        token->folded = NAME;
        token->folded_length = sizeof NAME - 1;
        token->hash = hash_bytes(NAME, sizeof NAME - 1);
    }
}

static annals_status tokens_run(const void *state, struct document *document,
                                struct arena *scratch, annals_error *error)
{
    (void)error;
    struct work work = {.document = document, .habits = habits_of(document)};
    if (!pieces_init(&work.pieces, state, document, scratch))
        return ANNALS_OK;
    for (uint32_t i = 0; i < document->blocks.count && !scratch->failed; i++)
        if (becomes_sentences(document->blocks.items[i].kind))
            run_block(&work, i, scratch);
    name_islamic_state(document);
    return ANNALS_OK;
}

static annals_status tokens_open(const struct stage_setting *setting, void **state,
                                 annals_error *error)
{
    struct writing *writing = arena_new(setting->arena, struct writing);
    if (writing == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    *state = writing;
    return writing_open(writing, setting, error);
}

const struct stage stage_tokens = {
    .name = "tokens",
    .summary = "sentences and words, after the conventions of the English Web Treebank",
    .needs = HAS_BLOCKS,
    .gives = HAS_SENTENCES,
    .open = tokens_open,
    .run = tokens_run,
};
