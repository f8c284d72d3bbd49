/* Words, figures and addresses.
 *
 * Method: hand-written scanners with the conventions of the English Web Treebank. A word is letters,
 * digits and inner apostrophes; then its clitics part from it ("did" "n't", "Kabul" "'s"), a
 * full stop joins it where the dictionary knows the abbreviation or it is an initial, and a hyphen
 * joins it after a prefix ("anti-aircraft"). Figures hold , . : / between digits; dates and
 * telephone numbers also hyphens. Addresses of the web and of mail are one word.
 * Left out: hyphenated names are not kept together ("Al" "-" "Shabab"), as in the treebank. */
#include "language/words.h"

#include "bytes/hash.h"
#include "language/characters.h"

static uint32_t next_at(const char *text, uint32_t at, uint32_t end)
{
    size_t size;
    if (at >= end)
        return ' ';
    return character_at(text, at, end, &size);
}

static char lower(char byte)
{
    return (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_letter(char byte)
{
    return is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

/* Kinds of a short ASCII word; none where it is long. */
static uint32_t kinds_of(const struct pieces *pieces, uint32_t start, uint32_t end)
{
    char folded[16];
    if (end - start >= sizeof folded)
        return 0;
    for (uint32_t i = start; i < end; i++)
        folded[i - start] = lower(pieces->text[i]);
    return writing_find(pieces->writing, hash_bytes(folded, end - start))->kinds;
}

/* ------------------------------------------------------------------ addresses */

static bool begins(const char *text, uint32_t at, uint32_t end, const char *prefix)
{
    size_t length = strlen(prefix);
    if (end - at < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(text[at + i]) != prefix[i])
            return false;
    return true;
}

static bool begins_address(const char *text, uint32_t at, uint32_t end)
{
    char first = lower(text[at]);
    return (first == 'h' && (begins(text, at, end, "http://") || begins(text, at, end, "https://"))) ||
           (first == 'w' && begins(text, at, end, "www.")) ||
           (first == 'f' && begins(text, at, end, "ftp://"));
}

/* From `at` to the next white space or bracket, without the marks that close a sentence. */
static uint32_t address_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t stop = at, brackets = 0, squares = 0;
    for (; stop < end && stop - at < TOKEN_BYTES; stop++) {
        unsigned char byte = (unsigned char)text[stop];
        if (byte <= ' ' || byte >= 0x80 || byte == '<' || byte == '>' || byte == '"' || byte == '|')
            break;
        brackets += byte == '(';
        squares += byte == '[';
        if ((byte == ')' && brackets-- == 0) || (byte == ']' && squares-- == 0))
            break;
    }
    while (stop > at + 1 && strchr(".,;:!?'*", text[stop - 1]) != NULL)
        stop--;
    return stop;
}

static bool is_name_byte(char byte)
{
    return (lower(byte) >= 'a' && lower(byte) <= 'z') || character_is_digit((unsigned char)byte) ||
           byte == '-' || byte == '_';
}

/* End of the mail address or the internet or file name that begins at `at`, or `at` where there is
 * none. `word` is where its first word ends. */
static uint32_t dotted_end(const struct pieces *pieces, uint32_t at, uint32_t word, uint32_t end)
{
    const char *text = pieces->text;
    uint32_t stop = word, label = at;
    while (stop < end && stop - at < TOKEN_BYTES) {
        if (is_name_byte(text[stop]) || text[stop] == '+') {
            stop++;
        } else if ((text[stop] == '.' || text[stop] == '@') && stop + 1 < end &&
                   is_name_byte(text[stop + 1])) {
            label = stop + 1;
            if (text[stop] == '@')
                return address_end(text, at, end);
            stop++;
        } else {
            break;
        }
    }
    if (label == at || label >= stop || (is_upper(text[label]) && !is_upper(text[at])) ||
        (kinds_of(pieces, label, stop) & WRITING_DOMAIN) == 0)
        return at;
    return stop < end && text[stop] == '/' ? address_end(text, at, end) : stop;
}

/* ------------------------------------------------------------------ words */

static bool is_clitic_d(const struct pieces *pieces, uint32_t start, uint32_t end)
{
    return (kinds_of(pieces, start, end) & WRITING_STARTER) != 0;
}

/* Where the last clitic of the word begins, or `end` where it has none. */
static uint32_t clitic_start(const struct pieces *pieces, uint32_t start, uint32_t end)
{
    const char *text = pieces->text;
    uint32_t letters = end;
    while (letters > start && end - letters < 2 && (unsigned char)text[letters - 1] < 0x80 &&
           character_is_letter((unsigned char)text[letters - 1]))
        letters--;
    for (; letters < end; letters++) {
        uint32_t mark = letters >= start + 3 && (unsigned char)text[letters - 1] >= 0x80
                            ? letters - 3
                            : letters - 1;
        size_t size;
        if (mark <= start || mark >= end ||
            !character_is_apostrophe(character_at(text, mark, end, &size)) ||
            mark + size != letters)
            continue;
        char first = lower(text[letters]), second = end - letters == 2 ? lower(text[letters + 1]) : 0;
        if (second == 0 && first == 't' && lower(text[mark - 1]) == 'n' && mark - 1 > start)
            return mark - 1;
        bool clitic = (second == 0 && first == 's') || (first == 'l' && second == 'l') ||
                      (first == 'r' && second == 'e') || (first == 'v' && second == 'e') ||
                      (second == 0 && first == 'm' && lower(text[start]) == 'i' && mark == start + 1) ||
                      (second == 0 && first == 'd' && is_clitic_d(pieces, start, mark));
        return clitic ? mark : end;
    }
    return end;
}

static void add_joined(struct pieces *pieces, uint32_t start, uint32_t end, bool joined)
{
    struct piece *piece = pieces_add(pieces, start, end, PIECE_WORD);
    if (piece != NULL && joined)
        piece->flags |= TOKEN_JOINED;
}

/* Takes the last piece back and adds its parts in its place. */
static void part_word(struct pieces *pieces, struct piece whole)
{
    const char *parts = writing_find(pieces->writing, whole.hash)->parts;
    pieces->list.count--;
    pieces->folds_used -= whole.folded_length + 1u;
    pieces->space = (whole.flags & TOKEN_SPACE_BEFORE) != 0;
    pieces->line = whole.line_before;
    uint32_t at = whole.span.start;
    for (bool first = true; *parts != '\0'; first = false) {
        uint32_t stop = at;
        size_t size;
        for (; *parts != '|' && *parts != '\0' && stop < whole.span.end; parts++) {
            character_at(pieces->text, stop, whole.span.end, &size);
            stop += (uint32_t)size;
        }
        parts += *parts == '|';
        add_joined(pieces, at, stop, !first);
        at = stop;
    }
}

static void add_word(struct pieces *pieces, uint32_t start, uint32_t end, bool apostrophe)
{
    uint32_t clitics[4], count = 0, stop = end;
    while (apostrophe && count < 4) {
        uint32_t clitic = clitic_start(pieces, start, stop);
        if (clitic == stop)
            break;
        clitics[count++] = clitic;
        stop = clitic;
    }
    struct piece *piece = pieces_add(pieces, start, stop, PIECE_WORD);
    if (piece != NULL && (piece->kinds & WRITING_JOINED) != 0 &&
        (piece->flags & TOKEN_ALL_CAPITALS) == 0)
        part_word(pieces, *piece);
    while (count > 0) {
        uint32_t clitic = clitics[--count];
        add_joined(pieces, clitic, count > 0 ? clitics[count - 1] : end, true);
    }
}

/* End of letters, digits and what may stand between them. */
static uint32_t word_end(const char *text, uint32_t at, uint32_t end, bool *apostrophe)
{
    uint32_t stop = at;
    while (stop < end && stop - at < TOKEN_BYTES) {
        size_t size;
        uint32_t character = character_at(text, stop, end, &size);
        if (!character_is_word(character)) {
            uint32_t next = next_at(text, stop + (uint32_t)size, end);
            if (character_is_apostrophe(character) && character_is_letter(next) && stop > at)
                *apostrophe = true;
            else if (!(character == '_' && character_is_word(next)) &&
                     !(character == '&' && stop > at && is_upper(text[stop - 1]) && next < 0x80 &&
                       is_upper((char)next)))
                break;
        }
        stop += (uint32_t)size;
    }
    return stop;
}

/* End of letters that each carry a full stop ("U.S.", "J.", "p.m", "U.S.A"), or `at`. `*count`
 * gets the number of stops. */
static uint32_t initials_end(const char *text, uint32_t at, uint32_t end, uint32_t *count)
{
    uint32_t stop = at;
    *count = 0;
    while (stop < end && *count < 16) {
        size_t size;
        uint32_t character = character_at(text, stop, end, &size);
        if (!character_is_letter(character))
            break;
        uint32_t next = next_at(text, stop + (uint32_t)size, end);
        if (next != '.') {
            if (*count > 0 && !character_is_word(next) && !character_is_apostrophe(next))
                return stop + (uint32_t)size; /* the last letter of "U.S.A" */
            break;
        }
        stop += (uint32_t)size + 1;
        ++*count;
    }
    if (*count == 1 && (character_is_word(next_at(text, stop, end)) && !is_upper(text[at])))
        return at;
    /* Three stops are an ellipsis. */
    return *count > 0 && (next_at(text, stop, end) != '.' || next_at(text, stop + 1, end) != '.')
               ? stop
               : at;
}

/* The letters with stops at `at` as a piece; returns its end, or `at`. */
static uint32_t cut_initials(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    uint32_t count, stop = initials_end(pieces->text, at, block.end, &count);
    if (stop == at)
        return at;
    uint32_t dotted = dotted_end(pieces, at, stop - 1, block.end);
    if (dotted > stop) {
        pieces_add(pieces, at, dotted, PIECE_WORD);
        return dotted;
    }
    struct piece *piece = pieces_add(pieces, at, stop, PIECE_WORD);
    if (piece != NULL) {
        piece->has_stop = pieces->text[stop - 1] == '.';
        piece->initial = count == 1;
        if (count > 1 && (piece->hash == hash_bytes("a.m.", 4) || piece->hash == hash_bytes("p.m.", 4)))
            piece->kinds |= WRITING_CLOSING;
    }
    bool apostrophe = next_at(pieces->text, stop, block.end) == '\'' ||
                      next_at(pieces->text, stop, block.end) == 0x2019;
    uint32_t clitic = stop + (next_at(pieces->text, stop, block.end) == '\'' ? 1 : 3);
    if (apostrophe && lower((char)next_at(pieces->text, clitic, block.end)) == 's' &&
        !character_is_word(next_at(pieces->text, clitic + 1, block.end))) {
        add_joined(pieces, stop, clitic + 1, true);
        return clitic + 1;
    }
    return stop;
}

/* Lets the last piece take the full stop behind it. */
static void take_stop(struct pieces *pieces)
{
    struct piece *piece = &pieces->list.items[pieces->list.count - 1];
    char *folded = pieces->folds + pieces->folds_used - 1;
    folded[0] = '.';
    folded[1] = '\0';
    pieces->folds_used++;
    piece->span.end++;
    piece->folded_length++;
    piece->hash = hash_bytes(piece->folded, piece->folded_length);
    piece->has_stop = true;
}

/* Whether the word before the full stop at `stop` is an abbreviation here. */
static bool is_abbreviated(const struct pieces *pieces, uint32_t kinds, uint32_t stop, uint32_t end)
{
    const char *text = pieces->text;
    uint32_t at = stop + 1;
    /* An ellipsis is no stop of the word; "Inc.." is the word's and the sentence's. */
    if (at < end && text[at] == '.' && next_at(text, at + 1, end) == '.')
        return false;
    if ((kinds & (WRITING_ABBREVIATION & ~(uint32_t)WRITING_NUMBER)) != 0)
        return true;
    while (at < end && text[at] == ' ' && at - stop < 4)
        at++;
    return (kinds & WRITING_NUMBER) != 0 && character_is_digit(next_at(text, at, end));
}

/* Marks behind a word that belong to it; returns the new end. */
static uint32_t finish_word(struct pieces *pieces, uint32_t start, uint32_t stop, uint32_t end)
{
    const char *text = pieces->text;
    if (pieces->list.count == 0 || stop >= end)
        return stop;
    struct piece *last = &pieces->list.items[pieces->list.count - 1];
    if (text[stop] == '.' && is_abbreviated(pieces, last->kinds, stop, end)) {
        take_stop(pieces);
        return stop + 1;
    }
    size_t size;
    uint32_t mark = character_at(text, stop, end, &size);
    if ((mark == '\'' || mark == 0x2019) && !pieces->single_open && stop - start > 1 &&
        !character_is_word(next_at(text, stop + (uint32_t)size, end)) &&
        next_at(text, stop + (uint32_t)size, end) != mark) {
        if (lower(text[stop - 1]) == 's') {
            add_joined(pieces, stop, stop + (uint32_t)size, true);
            return stop + (uint32_t)size;
        }
    }
    return stop;
}

/* "Ph.D." and the like, by the dictionary; returns the end, or `at`. `word` is where its first
 * letters end. */
static uint32_t cut_dotted(struct pieces *pieces, struct byte_span block, uint32_t at, uint32_t word)
{
    const char *text = pieces->text;
    uint32_t stop = word;
    while (stop < block.end && stop - at < 8 &&
           (text[stop] == '.' || (text[stop] > 0 && character_is_letter((unsigned char)text[stop]))))
        stop++;
    if (text[stop - 1] != '.' || stop - 1 <= word || character_is_word(next_at(text, stop, block.end)) ||
        (kinds_of(pieces, at, stop - 1) & WRITING_ABBREVIATION) == 0)
        return at;
    struct piece *piece = pieces_add(pieces, at, stop, PIECE_WORD);
    if (piece != NULL) {
        piece->kinds = kinds_of(pieces, at, stop - 1);
        piece->has_stop = true;
    }
    return stop;
}

/* End of the name of a weapon or aircraft by letters and a number ("B-52s", "MiG-29", "S-300"), or
 * `at`: one or two letters, or three with two capitals ("Nov-12" is a day), then one to three digits
 * and at most two letters. The treebank parts these; whoever reads them needs them whole. */
static uint32_t designation_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t letters = 0, capitals = 0, digits = 0, behind = 0;
    while (at + letters < end && letters < 4 && is_letter(text[at + letters]))
        capitals += is_upper(text[at + letters++]);
    uint32_t stop = at + letters;
    if (letters == 0 || letters > 3 || !is_upper(text[at]) || (letters == 3 && capitals < 2) ||
        stop == end || text[stop] != '-')
        return at;
    for (stop++; stop < end && digits < 4 && character_is_digit((unsigned char)text[stop]); stop++)
        digits++;
    if (digits == 0 || digits > 3)
        return at;
    for (; stop < end && behind < 3 && is_letter(text[stop]); stop++)
        behind++;
    uint32_t next = next_at(text, stop, end);
    return behind > 2 || character_is_word(next) || next == '-' ? at : stop;
}

static uint32_t cut_word(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    uint32_t end = block.end;
    bool apostrophe = false;
    if (begins_address(text, at, end)) {
        uint32_t stop = address_end(text, at, end);
        pieces_add(pieces, at, stop, PIECE_WORD);
        return stop;
    }
    uint32_t stop = designation_end(text, at, end);
    if (stop > at) {
        pieces_add(pieces, at, stop, PIECE_WORD);
        return stop;
    }
    stop = cut_initials(pieces, block, at);
    if (stop > at)
        return stop;
    stop = word_end(text, at, end, &apostrophe);
    if (stop < end && text[stop] == '-' && stop - at < 8 && character_is_word(next_at(text, stop + 1, end)) &&
        (at == block.start || text[at - 1] != '-') && (kinds_of(pieces, at, stop) & WRITING_PREFIX) != 0)
        stop = word_end(text, stop + 1, end, &apostrophe);
    if (stop < end && (text[stop] == '.' || text[stop] == '@')) {
        uint32_t dotted = dotted_end(pieces, at, stop, end);
        if (dotted > at) {
            pieces_add(pieces, at, dotted, PIECE_WORD);
            return dotted;
        }
        dotted = text[stop] == '.' ? cut_dotted(pieces, block, at, stop) : at;
        if (dotted > at)
            return dotted;
    }
    if (stop < end && text[stop] == '$' && stop - at <= 3 && is_upper(text[at]) &&
        !character_is_letter(next_at(text, stop + 1, end)))
        stop++;
    add_word(pieces, at, stop, apostrophe);
    return finish_word(pieces, at, stop, end);
}

/* ------------------------------------------------------------------ figures */

static uint32_t digits_end(const char *text, uint32_t at, uint32_t end)
{
    while (at < end && character_is_digit((unsigned char)text[at]))
        at++;
    return at;
}

/* End of groups of digits parted by hyphens that are a date or telephone number, or `at`. */
static uint32_t hyphened_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t lengths[5], count = 0, stop = at;
    for (;;) {
        uint32_t group = digits_end(text, stop, end);
        if (group == stop || group - stop > 4 || count == 5)
            return at;
        lengths[count++] = group - stop;
        stop = group;
        if (stop + 1 < end && text[stop] == '-' && character_is_digit((unsigned char)text[stop + 1]))
            stop++;
        else
            break;
    }
    if (character_is_word(next_at(text, stop, end)) || next_at(text, stop, end) == '-')
        return at;
    return count >= 3 || (count == 2 && lengths[0] == 3 && lengths[1] == 4) ? stop : at;
}

static uint32_t figure_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t stop = hyphened_end(text, at, end);
    if (stop > at)
        return stop;
    stop = digits_end(text, at, end);
    while (stop + 1 < end && stop - at < TOKEN_BYTES && text[stop] != '\0' &&
           strchr(",.:/", text[stop]) != NULL && character_is_digit((unsigned char)text[stop + 1]))
        stop = digits_end(text, stop + 1, end);
    return stop;
}

/* A figure and the letters that cling to it: "4th", "1990s", "5" "km", "MP5" is a word. */
static uint32_t cut_figure(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    uint32_t sign = text[at] == '.' || text[at] == '+' ? 1 : 0;
    uint32_t stop = figure_end(text, at + sign, block.end);
    if (stop - at > TOKEN_BYTES)
        stop = at + TOKEN_BYTES;
    size_t size;
    uint32_t next = next_at(text, stop, block.end);
    if (character_is_apostrophe(next) && stop - at >= 2 && text[stop - 1] == '0') {
        character_at(text, stop, block.end, &size);
        uint32_t plural = stop + (uint32_t)size;
        if (lower((char)next_at(text, plural, block.end)) == 's' &&
            !character_is_word(next_at(text, plural + 1, block.end))) {
            pieces_add(pieces, at, plural + 1, PIECE_WORD);
            return plural + 1;
        }
    }
    if (!character_is_letter(next)) {
        pieces_add(pieces, at, stop, PIECE_NUMBER);
        if (character_is_apostrophe(next) && lower(text[stop]) != '`') {
            character_at(text, stop, block.end, &size);
            uint32_t clitic = stop + (uint32_t)size;
            if (lower((char)next_at(text, clitic, block.end)) == 's' &&
                !character_is_word(next_at(text, clitic + 1, block.end))) {
                add_joined(pieces, stop, clitic + 1, true);
                return clitic + 1;
            }
        }
        return stop;
    }
    bool apostrophe = false;
    uint32_t letters = word_end(text, stop, block.end, &apostrophe);
    uint32_t initials_count;
    if ((kinds_of(pieces, stop, letters) & WRITING_UNIT) != 0 ||
        initials_end(text, stop, block.end, &initials_count) > stop + 2) {
        pieces_add(pieces, at, stop, PIECE_NUMBER);
        return stop;
    }
    if (next_at(text, letters, block.end) == '.' || next_at(text, letters, block.end) == '@') {
        uint32_t dotted = dotted_end(pieces, at, letters, block.end);
        if (dotted > at) {
            pieces_add(pieces, at, dotted, PIECE_WORD);
            return dotted;
        }
    }
    add_word(pieces, at, letters, apostrophe);
    return letters;
}

/* ------------------------------------------------------------------ apostrophes in front */

/* "'em", "'90s", and clitics that stand alone; returns the end, or `at`. */
static uint32_t cut_elision(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    size_t size;
    character_at(text, at, block.end, &size);
    uint32_t word = at + (uint32_t)size, stop = word;
    bool glued = at > block.start && (unsigned char)text[at - 1] > ' ';
    if (character_is_digit(next_at(text, word, block.end))) {
        stop = digits_end(text, word, block.end);
        if (glued || stop - word != 2)
            return at;
        stop += stop < block.end && lower(text[stop]) == 's';
    } else {
        while (stop < block.end && stop - word < 6 && (unsigned char)text[stop] < 0x80 &&
               character_is_letter((unsigned char)text[stop]))
            stop++;
        static const char *const alone[] = {"s", "re", "ve", "ll", "d", "m", "nt"};
        bool clitic = false;
        for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++)
            clitic |= stop - word == strlen(alone[i]) && begins(text, word, block.end, alone[i]);
        if (!clitic && (glued || (kinds_of(pieces, word, stop) & WRITING_ELISION) == 0))
            return at;
    }
    uint32_t next = next_at(text, stop, block.end);
    if (character_is_word(next) || character_is_apostrophe(next) || stop == word)
        return at;
    pieces_add(pieces, at, stop, PIECE_WORD);
    return stop;
}

uint32_t words_cut(struct pieces *pieces, struct byte_span block, uint32_t at)
{
    const char *text = pieces->text;
    size_t size;
    uint32_t first = character_at(text, at, block.end, &size);
    if (character_is_digit(first))
        return cut_figure(pieces, block, at);
    if (character_is_word(first))
        return cut_word(pieces, block, at);
    bool digit_next = character_is_digit(next_at(text, at + (uint32_t)size, block.end));
    bool after_space = at == block.start || (unsigned char)text[at - 1] <= ' ' || text[at - 1] == '(';
    if ((first == '.' || first == '+') && digit_next && (after_space || text[at - 1] == '$'))
        return cut_figure(pieces, block, at);
    if ((first == '@' || first == '#') && after_space && character_is_letter(next_at(text, at + 1, block.end))) {
        bool apostrophe = false;
        uint32_t stop = word_end(text, at + 1, block.end, &apostrophe);
        pieces_add(pieces, at, stop, PIECE_WORD);
        return stop;
    }
    if (first == '\'' || first == 0x2019 || first == 0x2018)
        return cut_elision(pieces, block, at);
    return at;
}
