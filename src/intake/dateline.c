/* Datelines at the head of a paragraph.
 *
 * Method: the head of the paragraph is read as PLACE [, region] [, date] [(AGENCY)] and the dash
 * that closes it; a place in capitals, an agency in brackets and a date each count as evidence. In
 * texts all in capitals (old wire copy) only brackets or a date do. With a full date a colon closes
 * it, too, and small letters throughout or brackets around it are no hindrance. Bracketed notes of
 * monitoring services ("[TEXT]", "[Report by ...]") that follow the dash belong to it. Leaves out:
 * what the place is (meaning/), what the date says (published.c). */
#include "intake/dateline.h"

#include "bytes/utf8.h"

#include <string.h>

enum { DATELINE_LIMIT = 140 };

struct head {
    const char *text;
    uint32_t at, end;
};

static uint32_t letter_at(const struct head *head, uint32_t at, uint32_t *next)
{
    size_t size = 1;
    uint32_t letter = at < head->end ? utf8_decode(head->text + at, head->end - at, &size) : 0;
    *next = at + (uint32_t)size;
    return letter;
}

static uint32_t skip_blanks(const struct head *head, uint32_t at)
{
    for (uint32_t next; at < head->end && utf8_is_space(letter_at(head, at, &next)); at = next)
        ;
    return at;
}

static bool is_dash(uint32_t letter)
{
    return letter == '-' || (letter >= 0x2010 && letter <= 0x2015) || letter == 0x2212;
}

/* The end of a closing mark at `at` (two hyphens, a dash with blanks around it), or 0. */
static uint32_t closing_dash(const struct head *head, uint32_t at)
{
    uint32_t next, after;
    uint32_t before = at > 0 ? (unsigned char)head->text[at - 1] : ' ';
    uint32_t mark = letter_at(head, at, &next);
    if (!is_dash(mark))
        return 0;
    uint32_t second = letter_at(head, next, &after);
    if (mark == '-' && second == '-') {
        while (second == '-') {
            next = after;
            second = letter_at(head, next, &after);
        }
        return next;
    }
    bool apart = before == ' ' || before == ')' || before == 0xa0;
    bool wide = mark == 0x2014 || mark == 0x2015;
    bool free_after = next >= head->end || utf8_is_space(second) || wide ||
                      (apart && mark != '-' && utf8_is_upper(second));
    return (apart || wide) && free_after ? next : 0;
}

/* "(agencies)", "(wire services)": whose news it is, without a name; the letters from `at` on. */
static bool names_agencies(const struct head *head, uint32_t at)
{
    static const char *const words[] = {"agency", "agencies", "wire",          "wires",
                                        "news",   "staff",    "correspondent", "own correspondent"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if (at + length < head->end && strncmp(head->text + at, words[i], length) == 0 &&
            (head->text[at + length] == ')' || head->text[at + length] == ' '))
            return true;
    }
    return false;
}

struct findings {
    uint32_t words, capital_words, letters; /* of the place */
    uint32_t lower_words;
    bool bracket, digit;
};

static void count_word(struct findings *found, uint32_t capitals, uint32_t letters)
{
    if (letters == 0)
        return;
    found->words++;
    found->letters += letters;
    found->capital_words += capitals == letters;
    found->lower_words += capitals == 0;
}

/* "(CAW)." closes a dateline, and so does "MAZAR-I-SHARIF." where a bare town may (`stop`); the dot
 * of "N.C." or "Mo." does not. */
static bool closes_at_stop(const struct head *head, uint32_t at, const struct findings *found,
                           bool stop)
{
    if (at + 1 >= head->end || head->text[at + 1] != ' ')
        return false;
    if (head->text[at - 1] == ')')
        return found->bracket;
    return stop && found->words == found->capital_words && found->words <= 3 &&
           found->letters >= 5 && at >= head->at + 3 && head->text[at - 2] != '.' &&
           head->text[at - 2] != ' ' && head->text[at - 3] != ' ' && !found->digit;
}

/* A letter of "January" to "December" in small letters, a digit as it is; 0 for other bytes. */
static char small(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte - 'A' + 'a');
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ? byte : 0;
}

/* "November 12, 2009", "3 may 2013" between two places of the text: a month's name and a year. */
static bool holds_full_date(const struct head *head, uint32_t start, uint32_t end)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    bool month = false, year = false;
    for (uint32_t at = start; at < end;) {
        char word[16];
        uint32_t length = 0;
        for (; at < end && small(head->text[at]) != 0; at++)
            if (length + 1 < sizeof word)
                word[length++] = small(head->text[at]);
        word[length] = '\0';
        year |= length == 4 && (word[0] == '1' || word[0] == '2') &&
                strspn(word, "0123456789") == length;
        for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
            month |= strncmp(word, months[i], 3) == 0;
        at += length == 0;
    }
    return month && year;
}

/* "(Kampala, February 2, 2018) – Soldiers": place and date in brackets; the end of the dash, or 0.
 */
static uint32_t read_bracketed(const struct head *head)
{
    uint32_t close = head->at;
    while (close < head->end && close < head->at + DATELINE_LIMIT && head->text[close] != ')')
        close++;
    if (close >= head->end || head->text[close] != ')' || !holds_full_date(head, head->at, close))
        return 0;
    return closing_dash(head, skip_blanks(head, close + 1));
}

/* "On May 5, 2016 – …" begins a sentence. */
static bool begins_sentence(const struct head *head)
{
    static const char *const words[] = {"on ",    "in ",     "by ", "since ", "from ",    "until ",
                                        "after ", "before ", "as ", "at ",    "between ", "the "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]), same = 0;
        while (same < length && head->at + same < head->end &&
               (small(head->text[head->at + same]) == words[i][same] ||
                (words[i][same] == ' ' && head->text[head->at + same] == ' ')))
            same++;
        if (same == length)
            return true;
    }
    return false;
}

/* "(RNS)", "(Reuters)": one short word of capitals, or an agency that is known. */
static bool is_agency(const struct head *head, uint32_t start, uint32_t end)
{
    enum { LONGEST = 6 };
    uint32_t at = start;
    while (at < end && head->text[at] >= 'A' && head->text[at] <= 'Z')
        at++;
    return (at == end && end - start >= 2 && end - start <= LONGEST) || names_agencies(head, start);
}

static bool begins_upper(const struct head *head, uint32_t at)
{
    uint32_t next, after = skip_blanks(head, at);
    return after > at && after < head->end && utf8_is_upper(letter_at(head, after, &next));
}

/* Reads up to the closing mark; 0 where none stands near. A full stop closes only after a bracket
 * or where `stop` is allowed, and there an agency in brackets behind a town in capitals does, too.
 */
static uint32_t read_head(const struct head *head, struct findings *found, bool stop)
{
    uint32_t at = head->at, next, capitals = 0, letters = 0;
    uint32_t limit = head->at + DATELINE_LIMIT < head->end ? head->at + DATELINE_LIMIT : head->end;
    for (; at < limit; at = next) {
        uint32_t letter = letter_at(head, at, &next);
        if (utf8_is_letter(letter)) {
            letters++;
            capitals += utf8_is_upper(letter);
            continue;
        }
        uint32_t closed = closing_dash(head, at);
        bool place_done = letters > 0 || found->words > 0;
        if (letter == '\'' || letter == 0x2019 || (is_dash(letter) && closed == 0))
            continue; /* inside a name */
        count_word(found, capitals, letters);
        capitals = letters = 0;
        if (closed != 0)
            return place_done ? closed : 0;
        if (letter == '(') {
            uint32_t close = at;
            while (close < limit && head->text[close] != ')')
                close++;
            uint32_t ignored;
            if (close >= limit)
                return 0;
            /* An agency: "(AP)", "(Radio Dale)"; not a remark. */
            found->bracket = found->bracket || utf8_is_upper(letter_at(head, at + 1, &ignored)) ||
                             (head->text[at + 1] >= '0' && head->text[at + 1] <= '9') ||
                             names_agencies(head, at + 1);
            if (stop && is_agency(head, at + 1, close) && found->words == found->capital_words &&
                found->letters >= 4 && begins_upper(head, close + 1))
                return close + 1;
            next = close + 1;
        } else if (letter >= '0' && letter <= '9') {
            found->digit = true;
        } else if (letter == '.' && closes_at_stop(head, at, found, stop)) {
            return next;
        } else if (letter == ':' && holds_full_date(head, head->at, at) && next < head->end &&
                   head->text[next] == ' ') {
            return next;
        } else if (letter == ':' || letter == ';' || letter == '?' || letter == '!' ||
                   letter == '"' || letter == 0x201c || letter == 0x201d) {
            return 0;
        }
    }
    return 0;
}

/* Notes in square brackets right after the dash. */
static uint32_t read_notes(const struct head *head, uint32_t at)
{
    for (;;) {
        uint32_t open = skip_blanks(head, at);
        if (open >= head->end || head->text[open] != '[')
            return at;
        uint32_t close = open;
        while (close < head->end && head->text[close] != ']' && close < open + 300)
            close++;
        if (close >= head->end || head->text[close] != ']')
            return at;
        at = close + 1;
    }
}

static bool is_sure(const struct findings *found, bool first, bool capitals)
{
    if (found->words == 0 || found->words > 8)
        return false;
    if (capitals)
        return found->digit || found->bracket;
    if (found->lower_words > 2 || (found->digit && found->capital_words == 0 && !found->bracket))
        return false;
    if (found->bracket)
        return found->lower_words == 0 || (found->lower_words == 1 && found->digit);
    if (found->capital_words == found->words)
        return found->letters >= (first ? 3u : 4u) && found->words <= 5;
    bool town = found->capital_words > 0 || found->digit;
    return (town && found->words <= 6 && found->lower_words == 0) ||
           (first && found->words <= 2 && found->lower_words == 0);
}

/* "Geneva/Damascus, 14 September 2016 –", "patna, november 12, 2009:": a place with a full date. */
static bool is_sure_by_date(const struct head *head, const struct findings *found, uint32_t end)
{
    bool small_letters = found->lower_words == found->words;
    return found->words >= 2 && found->words <= 7 && (small_letters || found->lower_words <= 1) &&
           !begins_sentence(head) && holds_full_date(head, head->at, end);
}

uint32_t dateline_length(const char *text, struct byte_span span, bool first, bool capitals)
{
    struct head head = {text, span.start, span.end};
    struct findings found = {0};
    uint32_t next, letter = letter_at(&head, span.start, &next);
    if (letter == '(') {
        uint32_t bracketed = read_bracketed(&head);
        return bracketed != 0 ? bracketed - span.start : 0;
    }
    if (!utf8_is_letter(letter))
        return 0;
    bool lower = utf8_is_lower(letter);
    uint32_t end = read_head(&head, &found, first && !capitals && !lower);
    bool by_date = end != 0 && is_sure_by_date(&head, &found, end);
    if (end == 0 || (!by_date && (lower || !is_sure(&found, first, capitals))))
        return 0;
    end = read_notes(&head, end);
    /* The sentence after it begins like one. */
    uint32_t after = skip_blanks(&head, end);
    letter = letter_at(&head, after, &next);
    if (after < head.end && utf8_is_lower(letter) && !lower)
        return 0;
    return end - span.start;
}
