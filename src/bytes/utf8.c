/* UTF-8: decoding, checking, counting, case and accent folding.
 * Method: the table-free decoder of RFC 3629; categories, case and decomposition from utf8proc. */
#include "bytes/utf8.h"

#include <string.h>
#include <utf8proc.h>

uint32_t utf8_decode(const char *bytes, size_t available, size_t *length)
{
    const unsigned char *byte = (const unsigned char *)bytes;
    *length = 1;
    if (byte[0] < 0x80)
        return byte[0];
    size_t size = byte[0] >= 0xf0 ? 4 : byte[0] >= 0xe0 ? 3 : 2;
    if (byte[0] < 0xc2 || byte[0] > 0xf4 || available < size)
        return 0xfffd;
    uint32_t code_point = byte[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 0xfffd;
        code_point = code_point << 6 | (byte[i] & 0x3fu);
    }
    bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
    if (overlong || code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000))
        return 0xfffd;
    *length = size;
    return code_point;
}

size_t utf8_encode(uint32_t code_point, char *bytes)
{
    if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point < 0xe000))
        code_point = 0xfffd;
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xc0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xe0 | code_point >> 12);
        bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        bytes[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    bytes[0] = (char)(0xf0 | code_point >> 18);
    bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    bytes[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

size_t utf8_valid_length(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        /* Most of what is read is ASCII: eight bytes at a time. */
        uint64_t eight;
        if (length - at >= sizeof eight) {
            memcpy(&eight, bytes + at, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        if ((unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        size_t size;
        uint32_t code_point = utf8_decode(bytes + at, length - at, &size);
        if (code_point == 0xfffd && size == 1)
            return at;
        at += size;
    }
    return length;
}

size_t utf8_count(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xc0) != 0x80;
    return count;
}

/* The ASCII stand-in of a typographic mark, or 0. */
static char plain_mark(uint32_t code_point)
{
    switch (code_point) {
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x02bc:
    case 0x02bb:
    case 0x2032:
    case 0x00b4:
        return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x00ab:
    case 0x00bb:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    case 0x00a0:
    case 0x202f:
        return ' ';
    default:
        return 0;
    }
}

/* The two-letter stand-ins of letters that do not decompose. */
static const char *plain_letters(uint32_t code_point)
{
    switch (code_point) {
    case 0x00df:
        return "ss";
    case 0x00e6:
        return "ae";
    case 0x0153:
        return "oe";
    case 0x00f8:
        return "o";
    case 0x0142:
        return "l";
    case 0x0111:
    case 0x00f0:
        return "d";
    case 0x00fe:
        return "th";
    case 0x0131:
        return "i";
    default:
        return NULL;
    }
}

static size_t fold_wide(uint32_t code_point, char *folded)
{
    char mark = plain_mark(code_point);
    if (mark != 0) {
        folded[0] = mark;
        return 1;
    }
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, parts, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    if (count < 0 || count > 8)
        return utf8_encode(code_point, folded);
    size_t written = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        const char *letters = plain_letters((uint32_t)parts[i]);
        char encoded[4];
        size_t size = letters != NULL ? strlen(letters) : utf8_encode((uint32_t)parts[i], encoded);
        if (written + size > 6)
            break;
        memcpy(folded + written, letters != NULL ? letters : encoded, size);
        written += size;
    }
    return written;
}

size_t utf8_width(const char *bytes, size_t length)
{
    size_t width = 0, size;
    for (size_t at = 0; at < length; at += size) {
        if ((unsigned char)bytes[at] < 0x80) {
            size = 1;
            width++;
            continue;
        }
        uint32_t character = utf8_decode(bytes + at, length - at, &size);
        int columns = utf8proc_charwidth((utf8proc_int32_t)character);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

size_t utf8_fold(const char *bytes, size_t length, char *folded)
{
    size_t written = 0;
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte < 0x80) {
            folded[written++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            at++;
            continue;
        }
        size_t size;
        uint32_t code_point = utf8_decode(bytes + at, length - at, &size);
        if (size == 1) {
            folded[written++] = '?';
        } else {
            written += fold_wide(code_point, folded + written);
        }
        at += size;
    }
    return written;
}

bool utf8_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z';
    return utf8proc_category((utf8proc_int32_t)code_point) == UTF8PROC_CATEGORY_LL;
}

bool utf8_is_letter(uint32_t code_point)
{
    if (code_point < 0x80)
        return (code_point | 32) >= 'a' && (code_point | 32) <= 'z';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9';
    return utf8proc_category((utf8proc_int32_t)code_point) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return code_point == 0xa0 || code_point == 0x85 || code_point == 0x1680 ||
           (code_point >= 0x2000 && code_point <= 0x200b) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0x202f || code_point == 0x205f ||
           code_point == 0x3000 || code_point == 0xfeff;
}
