/* Ids that people read: a letter and the 63 bits of a key as 13 digits of Crockford's base 32
 * (crockford.com/base32.html, lower case; i, l and o are read as 1, 1 and 0). */
#include "record/record.h"

#include <string.h>

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

enum { DIGITS = 13 };

void record_id_write(char letter, int64_t key, char text[RECORD_ID_SIZE])
{
    uint64_t rest = (uint64_t)key;
    text[0] = letter;
    for (int i = DIGITS; i > 0; i--) {
        text[i] = digits[rest & 31];
        rest >>= 5;
    }
    text[DIGITS + 1] = '\0';
}

static int digit_of(char character)
{
    if (character >= 'A' && character <= 'Z')
        character = (char)(character - 'A' + 'a');
    if (character == 'i' || character == 'l')
        return 1;
    if (character == 'o')
        return 0;
    const char *found = character != '\0' ? strchr(digits, character) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

bool record_id_read(const char *text, char *letter, int64_t *low, int64_t *high)
{
    size_t length = strlen(text);
    if (length < 2 || length > DIGITS + 1 || strchr("rce", text[0]) == NULL)
        return false;
    uint64_t from = 0, to = 0;
    for (size_t i = 1; i <= DIGITS; i++) {
        int digit = i < length ? digit_of(text[i]) : 0;
        /* Thirteen digits hold 65 bits, a key has 63. */
        if (digit < 0 || (i == 1 && digit > 7))
            return false;
        from = from << 5 | (uint64_t)digit;
        to = to << 5 | (uint64_t)(i < length ? digit : 31);
    }
    *letter = text[0];
    *low = (int64_t)from;
    *high = to > INT64_MAX ? INT64_MAX : (int64_t)to;
    return true;
}
