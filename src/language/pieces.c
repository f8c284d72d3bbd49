/* Pieces: cuts a block into tokens-to-be.
 *
 * Method: one pass from left to right over the text; at each place the longest piece of the kind
 * that its first character begins. Conventions are those of the English Web Treebank (Universal
 * Dependencies 2.16): hyphens part words except after the prefixes of the dictionary, currency,
 * percent and units part from figures, clitics part from words and are flagged TOKEN_JOINED.
 * Each look ahead is bounded, so cost is linear in the text.
 * Left out: emoticons beyond the commonest, names of chemistry and mathematics. */
#include "language/pieces.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"
#include "language/characters.h"
#include "language/words.h"

bool pieces_init(struct pieces *pieces, const struct writing *writing,
                 const struct document *document, struct arena *scratch)
{
    /* Folding writes at most three bytes for each byte that is not ASCII; each token adds a NUL. */
    size_t room = (size_t)document->length * 2 + 64;
    for (uint32_t i = 0; i < document->length; i++)
        room += (unsigned char)document->text[i] >= 0x80 ? 2 : 0;
    *pieces = (struct pieces){
        .writing = writing, .text = document->text, .stop_hash = hash_bytes(".", 1)};
    array_init(&pieces->list, scratch);
    pieces->folds = arena_allocate(document->arena, room);
    return pieces->folds != NULL;
}

/* Folds the piece's text and looks it up. Sets capitals flags by the way. */
static void fold_piece(struct pieces *pieces, struct piece *piece)
{
    const char *from = pieces->text + piece->span.start;
    size_t length = piece->span.end - piece->span.start, upper = 0, letters = 0;
    char *folded = pieces->folds + pieces->folds_used;
    size_t at = 0;
    for (; at < length && (unsigned char)from[at] < 0x80; at++) {
        bool capital = from[at] >= 'A' && from[at] <= 'Z';
        upper += capital;
        letters += capital || (from[at] >= 'a' && from[at] <= 'z');
        folded[at] = (char)(capital ? from[at] + 32 : from[at]);
    }
    size_t written = at;
    bool first_upper = upper > 0 && from[0] >= 'A' && from[0] <= 'Z';
    if (at < length) {
        written += utf8_fold(from + at, length - at, folded + at);
        for (size_t size; at < length; at += size) {
            uint32_t code_point = utf8_decode(from + at, length - at, &size);
            bool capital = utf8_is_upper(code_point);
            first_upper |= capital && at == 0;
            upper += capital;
            letters += utf8_is_letter(code_point);
        }
    }
    folded[written] = '\0';
    pieces->folds_used += written + 1;
    piece->folded = folded;
    piece->folded_length = (uint16_t)written;
    piece->hash = hash_bytes(folded, written);
    if (upper >= 2 && upper == letters)
        piece->flags |= TOKEN_ALL_CAPITALS;
    else if (first_upper)
        piece->flags |= TOKEN_CAPITALISED;
}

struct piece *pieces_add(struct pieces *pieces, uint32_t start, uint32_t end, enum piece_kind kind)
{
    struct piece *piece = array_push(&pieces->list);
    if (piece == NULL)
        return NULL;
    piece->span = (struct byte_span){start, end};
    piece->kind = (uint8_t)kind;
    piece->flags = pieces->space ? TOKEN_SPACE_BEFORE : 0;
    piece->line_before = pieces->line;
    pieces->space = pieces->line = false;
    fold_piece(pieces, piece);
    if (kind == PIECE_WORD)
        piece->kinds = writing_find(pieces->writing, piece->hash)->kinds;
    else if (kind == PIECE_NUMBER)
        piece->flags |= TOKEN_NUMBER;
    else
        piece->flags |= kind == PIECE_DASH ? TOKEN_PUNCTUATION | TOKEN_HYPHEN : TOKEN_PUNCTUATION;
    return piece;
}

/* ------------------------------------------------------------------ marks */

/* Whether white space, the block's end or a mark that can follow a closing quote stands at `at`. */
static bool is_after_closing(const char *text, uint32_t at, uint32_t end)
{
    if (at >= end)
        return true;
    size_t size;
    uint32_t next = character_at(text, at, end, &size);
    return character_is_space(next) || (!character_is_word(next) && next != '(' && next != '"' &&
                                        next != '$' && next != '\'' && next != '[');
}

static bool is_before_opening(const char *text, uint32_t start, uint32_t at)
{
    if (at == start)
        return true;
    char before = text[at - 1];
    return (unsigned char)before <= ' ' || before == '(' || before == '[' || before == '-' ||
           before == '/' || before == '"' || before == '\'';
}

static void add_quote(struct pieces *pieces, struct byte_span block, uint32_t at, uint32_t size,
                      enum quote_kind quote)
{
    bool *open = quote == QUOTE_DOUBLE ? &pieces->double_open : &pieces->single_open;
    bool opens = is_before_opening(pieces->text, block.start, at);
    bool closes = is_after_closing(pieces->text, at + size, block.end);
    bool opening = opens != closes ? opens : !*open;
    struct piece *piece = pieces_add(pieces, at, at + size, opening ? PIECE_OPEN : PIECE_CLOSE);
    if (piece != NULL)
        piece->quote = (uint8_t)quote;
    *open = opening;
}

static void add_directed_quote(struct pieces *pieces, uint32_t at, uint32_t size, bool opening,
                               enum quote_kind quote)
{
    struct piece *piece = pieces_add(pieces, at, at + size, opening ? PIECE_OPEN : PIECE_CLOSE);
    if (piece != NULL)
        piece->quote = (uint8_t)quote;
    *(quote == QUOTE_DOUBLE ? &pieces->double_open : &pieces->single_open) = opening;
}

static uint32_t run_of(const char *text, uint32_t at, uint32_t end, const char *set)
{
    uint32_t stop = at;
    while (stop < end && stop - at < TOKEN_BYTES && text[stop] != '\0' &&
           strchr(set, text[stop]) != NULL)
        stop++;
    return stop;
}

/* ":)" and the like, with white space or the end behind; 0 where there is none. */
static uint32_t emoticon_length(const char *text, uint32_t at, uint32_t end)
{
    static const char *const known[] = {":-)", ";-)", ":-(", ":)", ";)", ":(", "=)", ":D", ":P"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t length = (uint32_t)strlen(known[i]);
        if (end - at >= length && memcmp(text + at, known[i], length) == 0 &&
            (at + length == end || !character_is_word((unsigned char)text[at + length])))
            return length;
    }
    return 0;
}

/* "***", "=)", a lone "$"; returns where it ends. */
static uint32_t add_symbols(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    uint32_t length = text[at] == '=' ? emoticon_length(text, at, block.end) : 0;
    uint32_t end = length > 0 ? at + length
                              : run_of(text, at, block.end, (const char[]){text[at], '\0'});
    enum piece_kind kind = PIECE_OTHER;
    if (text[at] == '*')
        kind = PIECE_BULLET;
    /* Some wires write a dash as an underscore between blanks. */
    else if (text[at] == '_' && end == at + 1 && pieces->space &&
             is_after_closing(text, end, block.end))
        kind = PIECE_DASH;
    pieces_add(pieces, at, end, kind);
    return end;
}

/* "``", "''" are one mark, "`" and "'" are single quotation marks or an apostrophe. */
static uint32_t add_small_quote(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    if (at + 1 >= block.end || text[at + 1] != text[at]) {
        add_quote(pieces, block, at, 1, QUOTE_SINGLE);
        return at + 1;
    }
    if (text[at] == '`')
        add_directed_quote(pieces, at, 2, true, QUOTE_DOUBLE);
    else
        add_quote(pieces, block, at, 2, QUOTE_DOUBLE);
    return at + 2;
}

/* One mark of ASCII; returns where it ends. */
static uint32_t add_plain_mark(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    uint32_t end = at + 1, length;
    switch (text[at]) {
    case '.':
        end = run_of(text, at, block.end, ".");
        pieces_add(pieces, at, end, end - at > 1 ? PIECE_ELLIPSIS : PIECE_STOP);
        return end;
    case '!':
    case '?':
        end = run_of(text, at, block.end, "!?");
        pieces_add(pieces, at, end, PIECE_MARK);
        return end;
    case '-':
        end = run_of(text, at, block.end, "-");
        pieces_add(pieces, at, end, PIECE_DASH);
        return end;
    case '*':
    case '_':
    case '=':
    case '~':
    case '+':
    case '#':
    case '<':
    case '>':
    case '|':
    case '$':
        return add_symbols(pieces, block, at);
    case '(':
    case '[':
    case '{':
        pieces_add(pieces, at, end, PIECE_OPEN);
        return end;
    case ')':
    case ']':
    case '}':
        pieces_add(pieces, at, end, PIECE_CLOSE);
        return end;
    case '"':
        add_quote(pieces, block, at, 1, QUOTE_DOUBLE);
        return end;
    case '`':
    case '\'':
        return add_small_quote(pieces, block, at);
    case ':':
    case ';':
        length = emoticon_length(text, at, block.end);
        end = at + (length > 0 ? length : 1);
        pieces_add(pieces, at, end, length > 0 ? PIECE_MARK : PIECE_OTHER);
        return end;
    default:
        pieces_add(pieces, at, end, PIECE_OTHER);
        return end;
    }
}

/* One mark beyond ASCII. */
static uint32_t add_wide_mark(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    size_t size;
    uint32_t mark = character_at(pieces->text, at, block.end, &size), end = at + (uint32_t)size;
    switch (mark) {
    case 0x2018: /* ‘ also opens the pair ‘‘ or ‘’ that some write for “ */
    case 0x2019:
        if (block.end - end >= 3 && memcmp(pieces->text + end, "\xe2\x80\x99", 3) == 0) {
            if (mark == 0x2018)
                add_directed_quote(pieces, at, 6, true, QUOTE_DOUBLE);
            else
                add_quote(pieces, block, at, 6, QUOTE_DOUBLE);
            return end + 3;
        }
        if (mark == 0x2018)
            add_directed_quote(pieces, at, 3, true, QUOTE_SINGLE);
        else
            add_quote(pieces, block, at, 3, QUOTE_SINGLE);
        break;
    case 0x201c:
    case 0x201e:
    case 0xab:
        add_directed_quote(pieces, at, (uint32_t)size, true, QUOTE_DOUBLE);
        break;
    case 0x201d:
    case 0xbb:
        add_directed_quote(pieces, at, (uint32_t)size, false, QUOTE_DOUBLE);
        break;
    case 0x2026:
        pieces_add(pieces, at, end, PIECE_ELLIPSIS);
        break;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        while (block.end - end >= size && end - at < TOKEN_BYTES &&
               memcmp(pieces->text + end, pieces->text + at, size) == 0)
            end += (uint32_t)size;
        pieces_add(pieces, at, end, PIECE_DASH);
        break;
    case 0x2022:
    case 0xb7:
    case 0x25a0:
    case 0x25aa:
    case 0x25cf:
    case 0x2023:
        pieces_add(pieces, at, end, PIECE_BULLET);
        break;
    default:
        pieces_add(pieces, at, end, PIECE_OTHER);
        break;
    }
    return end;
}

/* ------------------------------------------------------------------ the pass */

static uint32_t skip_space(struct pieces *pieces, uint32_t at, uint32_t end)
{
    while (at < end) {
        size_t size;
        uint32_t character = character_at(pieces->text, at, end, &size);
        if (!character_is_space(character))
            break;
        pieces->space = true;
        pieces->line |= character == '\n';
        at += (uint32_t)size;
    }
    return at;
}

void pieces_cut(struct pieces *pieces, struct byte_span block)
{
    pieces->list.count = 0;
    pieces->space = true;
    pieces->line = pieces->double_open = pieces->single_open = false;
    for (uint32_t at = skip_space(pieces, block.start, block.end); at < block.end;
         at = skip_space(pieces, at, block.end)) {
        uint32_t end = words_cut(pieces, block, at);
        if (end == at)
            end = (unsigned char)pieces->text[at] < 0x80 ? add_plain_mark(pieces, block, at)
                                                         : add_wide_mark(pieces, block, at);
        if (pieces->list.arena->failed)
            return;
        at = end;
    }
}
