/* Where sentences end.
 *
 * Method: rules over the pieces around each mark that may end a sentence. A full stop ends one
 * unless a lower-case word follows; a stop that belongs to an abbreviation ends one by the kind of
 * the abbreviation and the word behind (a title never; "Inc." before "The"). Closing quotes and
 * brackets belong to the sentence before them. In text without capitals any word may begin a
 * sentence. A line break ends one where the next word would still have had room on the line, and
 * before the items of a list. The date that heads an entry of a chronology is a sentence of its own.
 * Left out: sentences without any mark inside one line. */
#include "language/sentences.h"

#include "language/characters.h"

/* Where lines are longer than this nobody wrapped them: each is a paragraph. */
enum { WRAPPED_WIDTH = 132 };

/* A line is taken as broken on purpose when the next word would have fitted with this much room. */
enum { WRAP_SLACK = 12 };

struct habits habits_of(const struct document *document)
{
    const char *text = document->text;
    uint32_t upper = 0, lower = 0, line = 0, longest = 0, stops = 0, lower_starts = 0;
    for (uint32_t i = 0; i < document->length; i++) {
        unsigned char byte = (unsigned char)text[i];
        upper += byte >= 'A' && byte <= 'Z';
        lower += byte >= 'a' && byte <= 'z';
        line = byte == '\n' ? 0 : line + ((byte & 0xc0) != 0x80);
        if (line > longest)
            longest = line;
        if (byte == '.' && i > 1 && i + 2 < document->length && text[i + 1] == ' ' &&
            text[i - 1] >= 'a' && text[i - 1] <= 'z' && text[i - 2] >= 'a' && text[i - 2] <= 'z') {
            stops++;
            lower_starts += text[i + 2] >= 'a' && text[i + 2] <= 'z';
        }
    }
    return (struct habits){
        .lower_case = upper * 200 < lower || lower_starts * 3 > stops + 3,
        .line_width = longest <= WRAPPED_WIDTH ? longest : 0,
    };
}

static bool is_capital(const struct piece *piece)
{
    return (piece->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0;
}

static bool is_lower_word(const struct piece *piece)
{
    return piece->kind == PIECE_WORD && !is_capital(piece);
}

/* Whether a sentence may begin with piece `i` behind a full stop. */
static bool may_begin(const struct pieces *pieces, uint32_t i, const struct habits *habits)
{
    const struct piece *piece = &pieces->list.items[i];
    uint32_t count = pieces->list.count;
    switch (piece->kind) {
    case PIECE_NUMBER:
    case PIECE_BULLET:
        return true;
    case PIECE_WORD:
        if (is_capital(piece) || habits->lower_case || (piece->folded[0] >= '0' && piece->folded[0] <= '9'))
            return true;
        /* "al-Shabab said", "@user" */
        return piece->folded[0] == '@' ||
               (i + 2 < count && (piece[1].flags & TOKEN_HYPHEN) != 0 && is_capital(&piece[2]));
    case PIECE_OPEN:
        return i + 1 >= count || !is_lower_word(&piece[1]) || habits->lower_case;
    case PIECE_DASH:
        return i + 1 < count && (piece[1].flags & TOKEN_SPACE_BEFORE) != 0 &&
               piece[1].kind == PIECE_WORD && is_capital(&piece[1]);
    case PIECE_OTHER:
        return piece->folded[0] != ',' && piece->folded[0] != ';' && piece->folded[0] != ':' &&
               piece->folded[0] != '/' && piece->folded[0] != '%';
    default:
        return false;
    }
}

/* Whether the abbreviation `piece` ends the sentence, `next` being the piece behind and `label`
 * whether a colon follows that ("Image:"). */
static bool abbreviation_ends(const struct piece *piece, const struct piece *next, bool label,
                              const struct habits *habits)
{
    /* "U.S. TROOPS" and "u.s. troops": that it begins with a capital or not says nothing here. */
    bool plain = (next->flags & TOKEN_ALL_CAPITALS) != 0 || !is_capital(next);
    bool begins = plain ? (next->kinds & (WRITING_STARTER | WRITING_INNER)) == WRITING_STARTER
                        : label || (next->kinds & WRITING_STARTER) != 0;
    bool starter =
        next->kind == PIECE_WORD && (is_capital(next) || habits->lower_case) && begins;
    if ((piece->kinds & WRITING_TITLE) != 0 || next->kind == PIECE_NUMBER)
        return false;
    if (next->kind == PIECE_OPEN)
        return next->quote != QUOTE_NONE && !piece->initial &&
               (piece->kinds & WRITING_CLOSING) != 0;
    if ((next->flags & TOKEN_SPACE_BEFORE) == 0)
        return false;
    if ((piece->kinds & WRITING_CLOSING) != 0)
        return next->kind == PIECE_WORD && (next->flags & TOKEN_CAPITALISED) != 0
                   ? (next->kinds & WRITING_CALENDAR) == 0
                   : starter;
    if (piece->initial && !is_capital(piece) && !habits->lower_case)
        return next->kind == PIECE_WORD && is_capital(next);
    return starter;
}

static bool ends_with_mark(const struct pieces *pieces, uint32_t i, uint32_t next, bool closed,
                           const struct habits *habits)
{
    const struct piece *piece = &pieces->list.items[i], *after = &pieces->list.items[next];
    bool spaced = (after->flags & TOKEN_SPACE_BEFORE) != 0;
    switch (piece->kind) {
    case PIECE_STOP:
        /* "fled.The" lacks its blank; "a.b" does not begin a sentence. */
        if (!spaced && !closed && !(after->kind == PIECE_WORD && is_capital(after)))
            return false;
        return may_begin(pieces, next, habits);
    case PIECE_MARK:
        if (is_lower_word(after))
            return !closed && spaced && (habits->lower_case || piece->folded[0] == '?');
        return may_begin(pieces, next, habits);
    case PIECE_ELLIPSIS: /* "I" is a capital anywhere */
        return (spaced || closed) && after->kind == PIECE_WORD && is_capital(after) &&
               !(after->folded[0] == 'i' && after->folded[1] == '\0');
    default:
        return piece->has_stop &&
               abbreviation_ends(piece, after,
                                 next + 1 < pieces->list.count && after[1].folded[0] == ':',
                                 habits);
    }
}

/* "1." or "(a)" alone: the number of an item, whose sentence follows. */
static bool is_item_number(const struct pieces *pieces, uint32_t first, uint32_t i)
{
    const struct piece *piece = &pieces->list.items[i];
    if (piece->kind == PIECE_STOP)
        return i == first + 1 && pieces->list.items[first].kind == PIECE_NUMBER;
    return piece->initial && i == first;
}

/* Index behind the closing quotes and brackets that follow piece `i`. */
static uint32_t behind_closers(const struct pieces *pieces, uint32_t i)
{
    uint32_t next = i + 1;
    while (next < pieces->list.count && pieces->list.items[next].kind == PIECE_CLOSE &&
           !pieces->list.items[next].line_before)
        next++;
    return next;
}

/* Index behind the dateline that begins the block ("KABUL, Oct. 3 (AFP) --"), or 0. A dateline is
 * short, holds nothing but names, figures, commas and brackets, and ends in a dash. */
static uint32_t behind_dateline(const struct pieces *pieces)
{
    enum { LONGEST = 24 };
    const struct piece *items = pieces->list.items;
    bool figures = false, bracket = false, name = false;
    for (uint32_t i = 0; i + 1 < pieces->list.count && i < LONGEST; i++) {
        if (items[i].kind == PIECE_DASH && (items[i + 1].flags & TOKEN_SPACE_BEFORE) != 0 && name) {
            bool capitals = (items[i + 1].flags & TOKEN_ALL_CAPITALS) != 0;
            bool sure = items[i - 1].kind == PIECE_CLOSE || figures;
            return is_lower_word(&items[i + 1]) ? (items[i - 1].kind == PIECE_CLOSE ? i + 1 : 0)
                   : sure || !capitals          ? i + 1
                                                : 0;
        }
        figures |= items[i].kind == PIECE_NUMBER;
        name |= items[i].kind == PIECE_WORD;
        bracket = items[i].kind == PIECE_OPEN || (bracket && items[i].kind != PIECE_CLOSE);
        if (items[i].quote != QUOTE_NONE || items[i].kind == PIECE_MARK ||
            items[i].kind == PIECE_BULLET || items[i].kind == PIECE_STOP ||
            (is_lower_word(&items[i]) && !bracket && (items[i].kinds & WRITING_CALENDAR) == 0 &&
             i > 2 && !figures))
            return 0;
        if (is_lower_word(&items[i]) && !bracket && is_capital(&items[0]) && !items[i].has_stop)
            return 0;
    }
    return 0;
}

static bool is_year(const struct piece *piece)
{
    const char *digits = piece->folded;
    return piece->kind == PIECE_NUMBER && piece->folded_length == 4 &&
           ((digits[0] == '1' && (digits[1] == '8' || digits[1] == '9')) ||
            (digits[0] == '2' && digits[1] == '0'));
}

/* Index behind the date and colon that head an entry of a chronology ("May 19:", "Monday, 3 June 2013:",
 * "2014:") from piece `first` on, or 0. */
static uint32_t behind_date_heading(const struct pieces *pieces, uint32_t first)
{
    enum { LONGEST = 7 };
    const struct piece *items = pieces->list.items;
    bool calendar = false, figures = false;
    for (uint32_t i = first; i + 1 < pieces->list.count && i < first + LONGEST; i++) {
        const struct piece *piece = &items[i];
        if (piece->kind == PIECE_OTHER && piece->folded[0] == ':')
            return (calendar && figures) || (i == first + 1 && is_year(&items[first])) ? i + 1 : 0;
        calendar |= (piece->kinds & WRITING_CALENDAR) != 0;
        figures |= piece->kind == PIECE_NUMBER;
        if ((piece->kinds & WRITING_CALENDAR) == 0 && piece->kind != PIECE_NUMBER &&
            !(piece->kind == PIECE_OTHER && piece->folded[0] == ','))
            return 0;
    }
    return 0;
}

/* ------------------------------------------------------------------ lines */

static bool begins_item(const struct pieces *pieces, uint32_t i)
{
    const struct piece *piece = &pieces->list.items[i];
    if (piece->kind == PIECE_BULLET)
        return true;
    if (i + 1 >= pieces->list.count)
        return false;
    if (piece->kind == PIECE_DASH)
        return (piece[1].flags & TOKEN_SPACE_BEFORE) != 0 && is_capital(&piece[1]);
    return piece->kind == PIECE_NUMBER && piece->folded_length <= 2 &&
           (piece[1].kind == PIECE_STOP || piece[1].kind == PIECE_CLOSE) && i + 2 < pieces->list.count &&
           is_capital(&piece[2]);
}

/* Whether the line break before piece `i` parts two sentences. */
static bool breaks_line(const struct pieces *pieces, uint32_t i, const struct habits *habits)
{
    const struct piece *piece = &pieces->list.items[i];
    const char *text = pieces->text;
    if (begins_item(pieces, i))
        return true;
    /* After a comma or a small word ("in", "the") nobody ends a line on purpose. */
    const struct piece *before = &pieces->list.items[i - 1];
    if ((before->kind == PIECE_OTHER && before->folded[0] == ',') ||
        ((before->kinds & WRITING_STARTER) != 0 && is_lower_word(before)))
        return false;
    if (habits->line_width == 0)
        return may_begin(pieces, i, habits);
    uint32_t end = pieces->list.items[i - 1].span.end, start = end, word = piece->span.start;
    while (start > 0 && text[start - 1] != '\n' && end - start <= WRAPPED_WIDTH)
        start--;
    while (text[word] != '\0' && (unsigned char)text[word] > ' ' &&
           word - piece->span.start <= WRAPPED_WIDTH)
        word++;
    return end - start + 1 + (word - piece->span.start) + WRAP_SLACK <= habits->line_width &&
           !is_lower_word(piece);
}

/* ------------------------------------------------------------------ */

/* How good a place piece `i` is for breaking an overlong sentence behind it. */
static int break_value(const struct pieces *pieces, uint32_t i)
{
    const struct piece *piece = &pieces->list.items[i];
    if (i + 1 < pieces->list.count && pieces->list.items[i + 1].line_before)
        return 3;
    if (piece->kind == PIECE_OTHER && piece->folded[0] == ';')
        return 4;
    if (piece->kind == PIECE_DASH || piece->kind == PIECE_ELLIPSIS || piece->kind == PIECE_MARK)
        return 2;
    return piece->kind == PIECE_OTHER && (piece->folded[0] == ',' || piece->folded[0] == ':') ? 2 : 0;
}

/* Breaks sentences that are too long, each at the best place of its later half. A sentence may grow
 * by one token a piece when stops part from abbreviations, so pieces count half. */
static void break_long(const struct pieces *pieces, bool *ends)
{
    enum { LIMIT = SENTENCE_TOKENS - 2 };
    for (uint32_t i = 0, first = 0; i < pieces->list.count; i++) {
        if (ends[i]) {
            first = i + 1;
        } else if (i - first + 1 >= LIMIT) {
            uint32_t best = i;
            for (uint32_t j = i; j > first + LIMIT / 2; j--)
                if (break_value(pieces, j) > break_value(pieces, best))
                    best = j;
            while (best + 1 < pieces->list.count && best > first &&
                   (pieces->list.items[best + 1].flags & TOKEN_JOINED) != 0)
                best--;
            ends[best] = true;
            first = best + 1;
            i = best;
        }
    }
}

void sentences_find(const struct pieces *pieces, const struct habits *habits, bool *ends)
{
    uint32_t count = pieces->list.count, first = 0;
    memset(ends, 0, count * sizeof *ends);
    uint32_t dateline = count > 0 ? behind_dateline(pieces) : 0;
    if (count > 0 && dateline == 0)
        dateline = behind_date_heading(pieces, 0);
    if (dateline > 0) {
        ends[dateline - 1] = true;
        first = dateline;
    }
    for (uint32_t i = first; i < count; i++) {
        const struct piece *piece = &pieces->list.items[i];
        if (piece->line_before && i > first && breaks_line(pieces, i, habits)) {
            ends[i - 1] = true;
            first = i;
            uint32_t headed = behind_date_heading(pieces, i);
            if (headed > 0) {
                ends[headed - 1] = true;
                first = headed;
                i = headed - 1;
                continue;
            }
        }
        if (piece->kind != PIECE_STOP && piece->kind != PIECE_MARK &&
            piece->kind != PIECE_ELLIPSIS && !piece->has_stop)
            continue;
        uint32_t next = behind_closers(pieces, i);
        /* Who began this sentence without a capital may begin the next one so. */
        struct habits here = *habits;
        here.lower_case |= is_lower_word(&pieces->list.items[first]) && i > first + 2 &&
                           pieces->list.items[first].folded[0] != '@';
        if (next == count || is_item_number(pieces, first, i) ||
            !ends_with_mark(pieces, i, next, next > i + 1, &here))
            continue;
        ends[next - 1] = true;
        first = next;
        i = next - 1;
    }
    if (count > 0)
        ends[count - 1] = true;
    break_long(pieces, ends);
}
