/* Atoms: the pieces of a sentence that the grammars of times and numbers read.
 * Method: one pass over the bytes of each token; most tokens need no cut and lend their own folded
 * form, so that nothing is allocated for them.
 * What is left out: letters before digits ("M16", "T-72" keeps its hyphen) are not cut, because such
 * a word is a name and no number. */
#include "meaning/atoms.h"

#include "bytes/hash.h"
#include "bytes/utf8.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Length of the hyphen, dash or currency sign at `at`; 0 where there is none. */
static uint32_t sign_length(const char *text, uint32_t at, uint32_t end)
{
    unsigned char byte = (unsigned char)text[at];
    if (byte == '-' || byte == '$' || byte == '%')
        return 1;
    if (byte == 0xc2 && at + 1 < end &&
        ((unsigned char)text[at + 1] == 0xa3 || (unsigned char)text[at + 1] == 0xa5))
        return 2; /* pound, yen */
    if (byte == 0xe2 && at + 2 < end) {
        unsigned char second = (unsigned char)text[at + 1], third = (unsigned char)text[at + 2];
        if ((second == 0x80 && third >= 0x90 && third <= 0x95) || (second == 0x82 && third == 0xac))
            return 3; /* hyphens and dashes, euro */
    }
    return 0;
}

/* Whether the letters after a number belong to it: "1990s", "21st", "9mm" does not. */
static bool letters_stay(const char *text, uint32_t at, uint32_t end)
{
    char letters[3] = {0};
    uint32_t count = 0;
    while (at + count < end && is_letter(text[at + count])) {
        if (count < 2)
            letters[count] = (char)(text[at + count] | 0x20);
        count++;
    }
    if (count == 1)
        return letters[0] == 's';
    return count == 2 && (strcmp(letters, "st") == 0 || strcmp(letters, "nd") == 0 ||
                          strcmp(letters, "rd") == 0 || strcmp(letters, "th") == 0);
}

/* End of the piece that starts at `at`. */
static uint32_t piece_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t sign = sign_length(text, at, end);
    if (sign > 0)
        return at + sign;
    bool number = is_digit(text[at]);
    for (uint32_t next = at + 1; next < end; next++) {
        if (sign_length(text, next, end) > 0)
            return next;
        if (number && is_letter(text[next]) && is_digit(text[next - 1]))
            return letters_stay(text, next, end) ? end : next;
    }
    return end;
}

static void add_piece(const struct document *document, struct byte_span span, uint32_t token,
                      bool space_before, struct arena *scratch, atom_array *atoms)
{
    uint32_t length = span.end - span.start;
    const char *bytes = document->text + span.start;
    char *folded = arena_allocate(scratch, (size_t)length * 3 + 1);
    struct atom *atom = folded == NULL ? NULL : array_push(atoms);
    if (atom == NULL)
        return;
    size_t available = length, size;
    uint32_t first = length == 0 ? 0 : utf8_decode(bytes, available, &size);
    *atom = (struct atom){.span = span, .token = token, .folded = folded,
                          .length = (uint16_t)utf8_fold(bytes, length, folded),
                          .space_before = space_before, .capitalised = utf8_is_upper(first),
                          .digits = is_digit(bytes[0])};
    atom->hash = hash_bytes(folded, atom->length);
}

static bool needs_cut(const char *text, struct byte_span span)
{
    if (span.end - span.start < 2)
        return false;
    return piece_end(text, span.start, span.end) < span.end;
}

static void add_token(const struct document *document, uint32_t index, struct arena *scratch,
                      atom_array *atoms)
{
    const struct token *token = &document->tokens.items[index];
    bool space = (token->flags & TOKEN_SPACE_BEFORE) != 0;
    if (needs_cut(document->text, token->span)) {
        for (uint32_t at = token->span.start; at < token->span.end;) {
            uint32_t end = piece_end(document->text, at, token->span.end);
            add_piece(document, (struct byte_span){at, end}, index,
                      space && at == token->span.start, scratch, atoms);
            at = end;
        }
        return;
    }
    struct atom *atom = array_push(atoms);
    if (atom == NULL)
        return;
    *atom = (struct atom){.span = token->span, .token = index, .hash = token->hash,
                          .folded = token->folded, .length = token->folded_length,
                          .space_before = space,
                          .capitalised =
                              (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0,
                          .digits = is_digit(document->text[token->span.start])};
}

void atoms_of_sentence(const struct document *document, uint32_t sentence, struct arena *scratch,
                       atom_array *atoms)
{
    struct token_range range = document->sentences.items[sentence].tokens;
    for (uint32_t i = range.first; i < range.end; i++)
        add_token(document, i, scratch, atoms);
}
