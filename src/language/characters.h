/* Characters as the tokeniser sees them: ASCII by table, the rest by utf8. */
#ifndef ANNALS_LANGUAGE_CHARACTERS_H
#define ANNALS_LANGUAGE_CHARACTERS_H

#include "bytes/utf8.h"

static inline uint32_t character_at(const char *text, uint32_t at, uint32_t end, size_t *size)
{
    if ((unsigned char)text[at] < 0x80) {
        *size = 1;
        return (unsigned char)text[at];
    }
    return utf8_decode(text + at, end - at, size);
}

/* Control characters count as white space: they cannot stand in a token. */
static inline bool character_is_space(uint32_t character)
{
    return character < 0x80 ? character <= ' ' || character == 0x7f : utf8_is_space(character);
}

static inline bool character_is_digit(uint32_t character)
{
    return character >= '0' && character <= '9';
}

/* Letters, marks and digits of any script. */
static inline bool character_is_word(uint32_t character)
{
    if (character < 0x80)
        return ((character | 32) >= 'a' && (character | 32) <= 'z') ||
               character_is_digit(character);
    return utf8_is_letter(character) || utf8_is_digit(character) || character == 0xaa ||
           character == 0xba || character == 0xad /* soft hyphen */;
}

static inline bool character_is_letter(uint32_t character)
{
    return character_is_word(character) && !character_is_digit(character);
}

/* ' and the typographic forms that stand for it inside a word. */
static inline bool character_is_apostrophe(uint32_t character)
{
    return character == '\'' || character == 0x2019 || character == '`' || character == 0x2bc ||
           character == 0x2018 || character == 0x2bb;
}

#endif
