/* Charsets: bytes of a file to UTF-8.
 *
 * Method: certain evidence first (byte order mark, well-formed UTF-8), then what the file declares,
 * if its bytes bear that out, then uchardet (Mozilla's detector, Li and Momoi 2001). "ISO-8859-1"
 * and "US-ASCII" mean Windows-1252, as the WHATWG Encoding Standard has it. Text that is UTF-8 but
 * for some bytes stays UTF-8: those bytes become what Windows-1252 has for them if that is a
 * quotation mark, dash or blank (two files pasted together), else U+FFFD, and are counted either
 * way. Leaves out: charsets that change inside a file. */
#include "intake/charset.h"

#include "bytes/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>

/* ------------------------------------------------------------------ what is not text */

struct magic {
    const char *bytes;
    size_t length;
    const char *what;
};

static const struct magic magics[] = {
    {"%PDF-", 5, "a PDF file"},
    {"PK\x03\x04", 4, "a ZIP archive or office document"},
    {"\x1f\x8b", 2, "a gzip file"},
    {"\x28\xb5\x2f\xfd", 4, "a Zstandard file"},
    {"\xfd"
     "7zXZ",
     5, "an xz file"},
    {"7z\xbc\xaf", 4, "a 7-Zip archive"},
    {"BZh", 3, "a bzip2 file"},
    {"Rar!", 4, "a RAR archive"},
    {"\x89PNG", 4, "a PNG image"},
    {"\xff\xd8\xff", 3, "a JPEG image"},
    {"GIF8", 4, "a GIF image"},
    {"RIFF", 4, "a RIFF file (sound, film or WebP image)"},
    {"\x7f"
     "ELF",
     4, "a program"},
    {"MZ\x90", 3, "a program"},
    {"SQLite format 3", 15, "a SQLite database"},
    {"\xd0\xcf\x11\xe0", 4, "an old office document"},
    {"{\\rtf", 5, "an RTF document"},
    {"ID3", 3, "an MP3 file"},
    {"OggS", 4, "an Ogg file"},
    {"%!PS", 4, "a PostScript file"},
};

static annals_status refuse_magic(const unsigned char *bytes, size_t length, annals_error *error)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (length >= magics[i].length && memcmp(bytes, magics[i].bytes, magics[i].length) == 0)
            return error_set(error, ANNALS_NOT_TEXT, "not text but %s", magics[i].what);
    return ANNALS_OK;
}

struct census {
    size_t nuls, even_nuls, controls, high, first_nul;
};

static struct census count_bytes(const unsigned char *bytes, size_t length)
{
    struct census census = {.first_nul = length};
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = bytes[i];
        if (byte == 0) {
            census.first_nul = census.nuls == 0 ? i : census.first_nul;
            census.nuls++;
            census.even_nuls += i % 2 == 0;
        } else if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
                   byte != 0x1b) {
            census.controls++;
        }
        census.high += byte >= 0x80;
    }
    return census;
}

static annals_status refuse_binary(const struct census *census, size_t length, annals_error *error)
{
    if (census->nuls * 1000 > length) {
        error_set(error, ANNALS_NOT_TEXT, "not text: a NUL byte at %zu, %zu in all",
                  census->first_nul, census->nuls);
        return error_at(error, NULL, 0, 0, (int64_t)census->first_nul);
    }
    if (census->controls * 20 > length)
        return error_set(error, ANNALS_NOT_TEXT, "not text: %zu control characters in %zu bytes",
                         census->controls, length);
    return ANNALS_OK;
}

/* ------------------------------------------------------------------ what the file declares */

/* The value behind `key` ("charset=", "encoding=") within the first kilobytes, into `name`. */
static bool find_declared(const unsigned char *bytes, size_t length, const char *key, char name[40])
{
    size_t key_length = strlen(key), limit = length < 4096 ? length : 4096;
    for (size_t at = 0; at + key_length < limit; at++) {
        if (strncasecmp((const char *)bytes + at, key, key_length) != 0)
            continue;
        at += key_length;
        while (at < limit && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == ' '))
            at++;
        size_t size = 0;
        while (at < limit && size < 39 &&
               (isalnum(bytes[at]) || strchr("-_:.", bytes[at]) != NULL) && bytes[at] != '\0')
            name[size++] = (char)bytes[at++];
        name[size] = '\0';
        return size > 0;
    }
    return false;
}

/* The charset that the file says it is in, or NULL. Only markup is believed. */
static const char *declared_charset(const unsigned char *bytes, size_t length, char name[40])
{
    size_t at = 0;
    while (at < length && isspace(bytes[at]))
        at++;
    if (at >= length || bytes[at] != '<')
        return NULL;
    if (length - at > 5 && memcmp(bytes + at, "<?xml", 5) == 0 &&
        find_declared(bytes, length < 200 ? length : 200, "encoding=", name))
        return name;
    return find_declared(bytes, length, "charset=", name) ? name : NULL;
}

/* What a label means: the WHATWG's reading of the usual misnomers. */
static const char *meant_charset(const char *label)
{
    static const char *const latin[] = {"iso-8859-1", "iso8859-1", "latin1",       "latin-1",
                                        "us-ascii",   "ascii",     "iso_8859-1",   "l1",
                                        "cp1252",     "x-cp1252",  "windows-1252", "iso-8859-15"};
    for (size_t i = 0; i < sizeof latin / sizeof latin[0]; i++)
        if (strcasecmp(label, latin[i]) == 0)
            return "WINDOWS-1252";
    if (strcasecmp(label, "utf8") == 0 || strcasecmp(label, "utf-8") == 0)
        return "UTF-8";
    if (strcasecmp(label, "iso-8859-9") == 0)
        return "WINDOWS-1254";
    if (strcasecmp(label, "gb2312") == 0 || strcasecmp(label, "gbk") == 0)
        return "GB18030";
    return label;
}

/* ------------------------------------------------------------------ conversion */

/* Code points of the bytes 0x80 to 0x9f in Windows-1252; 0 where there is none. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

static void note_replaced(struct decoded *decoded, size_t at)
{
    if (decoded->replaced++ == 0)
        decoded->first_replaced = (int64_t)at;
}

/* Windows-1252, byte by byte; the five bytes it does not know are replaced. */
static annals_status from_windows(struct decoded *decoded, struct arena *arena,
                                  const unsigned char *bytes, size_t length)
{
    decoded->text = arena_allocate_array(arena, length + 1, 3);
    if (decoded->text == NULL)
        return ANNALS_NO_MEMORY;
    for (size_t i = 0; i < length; i++) {
        uint32_t letter = bytes[i];
        if (letter >= 0x80 && letter < 0xa0)
            letter = windows_1252[letter - 0x80];
        if (letter == 0) {
            note_replaced(decoded, i);
            letter = 0xfffd;
        }
        decoded->length += utf8_encode(letter, decoded->text + decoded->length);
    }
    decoded->charset = "WINDOWS-1252";
    return ANNALS_OK;
}

/* UTF-8 with its malformed bytes and NULs replaced. */
static annals_status from_utf8(struct decoded *decoded, struct arena *arena,
                               const unsigned char *bytes, size_t length)
{
    size_t growth = 0, at = 0;
    for (size_t i = 0; i < length; i++)
        growth += bytes[i] >= 0x80 || bytes[i] == 0;
    decoded->text = arena_allocate(arena, length + growth * 2 + 1);
    if (decoded->text == NULL)
        return ANNALS_NO_MEMORY;
    while (at < length) {
        size_t size;
        uint32_t letter = utf8_decode((const char *)bytes + at, length - at, &size);
        if ((letter == 0xfffd && size == 1) || letter == 0) {
            note_replaced(decoded, at);
            letter = bytes[at] == 0x85 || (bytes[at] >= 0x91 && bytes[at] <= 0x97)
                         ? windows_1252[bytes[at] - 0x80]
                     : bytes[at] == 0xa0 ? 0xa0
                                         : 0xfffd;
        }
        decoded->length += utf8_encode(letter, decoded->text + decoded->length);
        at += size;
    }
    decoded->charset = "UTF-8";
    return ANNALS_OK;
}

/* By iconv; false where the charset is not known or more than one byte in a hundred does not fit.
 */
static bool from_other(struct decoded *decoded, struct arena *arena, const unsigned char *bytes,
                       size_t length, const char *charset)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes;
    size_t left = length, room = length * 4 + 4;
    struct decoded made = {.first_replaced = -1};
    char *out = made.text = arena_allocate(arena, room + 1);
    bool fits = out != NULL;
    while (fits && left > 0 && iconv(converter, &in, &left, &out, &room) == (size_t)-1) {
        if (errno != EILSEQ && errno != EINVAL)
            break;
        note_replaced(&made, length - left);
        fits = made.replaced * 100 <= length && room >= 3;
        if (fits) {
            size_t size = utf8_encode(0xfffd, out);
            out += size;
            room -= size;
            in++;
            left--;
        }
    }
    iconv_close(converter);
    if (!fits || left > 0)
        return false;
    made.length = (size_t)(out - made.text);
    made.charset = arena_copy_string(arena, charset);
    *decoded = made;
    return made.charset != NULL;
}

/* ------------------------------------------------------------------ deciding */

/* Well-formed sequences of more than one byte, and bytes that belong to none. */
static void count_sequences(const unsigned char *bytes, size_t length, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t letter = utf8_decode((const char *)bytes + at, length - at, &size);
        *bad += letter == 0xfffd && size == 1;
        *good += size > 1;
    }
}

/* The detector's guess, into `name`; false where it has none. */
static bool guess_charset(const unsigned char *bytes, size_t length, char name[40])
{
    uchardet_t detector = uchardet_new();
    if (detector == NULL)
        return false;
    uchardet_handle_data(detector, (const char *)bytes, length < (1u << 20) ? length : 1u << 20);
    uchardet_data_end(detector);
    snprintf(name, 40, "%s", uchardet_get_charset(detector));
    uchardet_delete(detector);
    return name[0] != '\0';
}

/* UTF-16 without a mark: every other byte of plain text is NUL. */
static const char *wide_charset(const struct census *census, size_t length)
{
    if (census->nuls * 5 < length * 2 || length % 2 != 0)
        return NULL;
    if (census->even_nuls * 20 <= census->nuls)
        return "UTF-16LE";
    return census->even_nuls * 20 >= census->nuls * 19 ? "UTF-16BE" : NULL;
}

static annals_status decode_marked(struct decoded *decoded, struct arena *arena,
                                   const unsigned char *bytes, size_t length, bool *marked)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *charset;
    } marks[] = {{"\xff\xfe\0\0", 4, "UTF-32LE"},
                 {"\0\0\xfe\xff", 4, "UTF-32BE"},
                 {"\xff\xfe", 2, "UTF-16LE"},
                 {"\xfe\xff", 2, "UTF-16BE"}};
    *marked = true;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        annals_status status = from_utf8(decoded, arena, bytes + 3, length - 3);
        decoded->first_replaced += decoded->first_replaced >= 0 ? 3 : 0;
        return status;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (length >= marks[i].length && memcmp(bytes, marks[i].mark, marks[i].length) == 0 &&
            from_other(decoded, arena, bytes + marks[i].length, length - marks[i].length,
                       marks[i].charset))
            return ANNALS_OK;
    *marked = false;
    return ANNALS_OK;
}

static annals_status decode_unmarked(struct decoded *decoded, struct arena *arena,
                                     const unsigned char *bytes, size_t length,
                                     const struct census *census, const char *declared)
{
    size_t good, bad;
    char found[40], guess[40] = "";
    count_sequences(bytes, length, &good, &bad);
    const char *label = declared_charset(bytes, length, found);
    label = label != NULL ? label : declared;
    const char *meant = label != NULL ? meant_charset(label) : NULL;
    bool shifting = meant != NULL && strncasecmp(meant, "ISO-2022", 8) == 0;
    if (shifting && from_other(decoded, arena, bytes, length, meant))
        return ANNALS_OK;
    bool utf8_meant = meant != NULL && strcmp(meant, "UTF-8") == 0;
    if (bad == 0 || (good >= 3 && good >= bad * 4) || (utf8_meant && good >= bad))
        return from_utf8(decoded, arena, bytes, length);
    bool windows = meant != NULL && strcmp(meant, "WINDOWS-1252") == 0;
    bool wide = meant != NULL && (strncasecmp(meant, "UTF-16", 6) == 0 || utf8_meant);
    if (meant != NULL && !windows && !wide && from_other(decoded, arena, bytes, length, meant))
        return ANNALS_OK;
    /* English with a quotation mark here and there: too little for a detector, and Windows-1252. */
    bool sparse = census->high * 33 < length;
    if (!windows && !sparse && guess_charset(bytes, length, guess) &&
        strcmp(meant_charset(guess), "WINDOWS-1252") != 0 &&
        from_other(decoded, arena, bytes, length, meant_charset(guess)))
        return ANNALS_OK;
    return from_windows(decoded, arena, bytes, length);
}

annals_status charset_decode(struct decoded *decoded, struct arena *arena,
                             const unsigned char *bytes, size_t length, const char *declared,
                             annals_error *error)
{
    *decoded = (struct decoded){.first_replaced = -1};
    annals_status status = refuse_magic(bytes, length, error);
    if (status != ANNALS_OK)
        return status;
    bool done;
    status = decode_marked(decoded, arena, bytes, length, &done);
    if (status == ANNALS_OK && !done) {
        struct census census = count_bytes(bytes, length);
        const char *wide = wide_charset(&census, length);
        if (wide != NULL)
            done = from_other(decoded, arena, bytes, length, wide);
        if (!done) {
            status = refuse_binary(&census, length, error);
            if (status != ANNALS_OK)
                return status;
            status = decode_unmarked(decoded, arena, bytes, length, &census, declared);
        }
    }
    if (status != ANNALS_OK || arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    decoded->text[decoded->length] = '\0';
    for (size_t i = 0; i < decoded->length; i++)
        if ((unsigned char)decoded->text[i] > ' ')
            return ANNALS_OK;
    return error_set(error, ANNALS_EMPTY, "holds no text");
}
