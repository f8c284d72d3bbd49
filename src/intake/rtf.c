/* RTF documents: their text.
 *
 * Method: Rich Text Format Specification 1.9.1. Groups, control words, hexadecimal and Unicode
 * signs; destinations that are no text (fonts, styles, pictures, headers, fields' instructions,
 * everything behind \*) are passed over. Bytes over 127 are read by the document's code page where
 * iconv knows it. Leaves out: tables' shape, footnotes' place, text by absolute position. */
#include "intake/rtf.h"

#include "bytes/buffer.h"
#include "bytes/utf8.h"

#include <ctype.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 256 };

struct rtf {
    const char *bytes;
    size_t length, at;
    struct buffer text;
    bool hidden[DEPTH];   /* by group: nothing in it is text */
    uint8_t after[DEPTH]; /* by group: signs that stand in for a Unicode one */
    unsigned depth;
    unsigned pass; /* such signs still to be passed over */
    iconv_t page;  /* of the code page; (iconv_t)-1 where there is none */
    uint32_t high; /* first half of a surrogate pair */
};

static void put(struct rtf *rtf, uint32_t sign)
{
    char bytes[4];
    if (!rtf->hidden[rtf->depth])
        buffer_add(&rtf->text, bytes, utf8_encode(sign, bytes));
}

/* A byte of the code page. */
static void put_byte(struct rtf *rtf, unsigned char byte)
{
    char from = (char)byte, to[8], *in = &from, *out = to;
    size_t left = 1, room = sizeof to;
    if (rtf->pass > 0) {
        rtf->pass--;
        return;
    }
    if (rtf->hidden[rtf->depth])
        return;
    if (byte < 0x80)
        buffer_add_byte(&rtf->text, (char)byte);
    else if (rtf->page != (iconv_t)-1 && iconv(rtf->page, &in, &left, &out, &room) != (size_t)-1)
        buffer_add(&rtf->text, to, sizeof to - room);
    else
        put(rtf, 0xFFFD);
}

static void put_unicode(struct rtf *rtf, long number)
{
    uint32_t sign = (uint32_t)(number < 0 ? number + 65536 : number);
    if (sign >= 0xD800 && sign < 0xDC00) {
        rtf->high = sign;
    } else {
        if (sign >= 0xDC00 && sign < 0xE000 && rtf->high != 0)
            sign = 0x10000 + ((rtf->high - 0xD800) << 10) + (sign - 0xDC00);
        put(rtf, sign);
        rtf->high = 0;
    }
    rtf->pass = rtf->after[rtf->depth];
}

static void set_page(struct rtf *rtf, long number)
{
    char name[32];
    snprintf(name, sizeof name, "CP%ld", number);
    iconv_t page = iconv_open("UTF-8", name);
    if (page == (iconv_t)-1)
        return;
    if (rtf->page != (iconv_t)-1)
        iconv_close(rtf->page);
    rtf->page = page;
}

static void obey(struct rtf *rtf, const char *word, bool has_number, long number)
{
    static const struct {
        const char *word;
        uint32_t sign;
    } signs[] = {
        {"par", '\n'},         {"line", '\n'},     {"sect", '\n'},     {"page", '\n'},
        {"row", '\n'},         {"tab", '\t'},      {"cell", '\t'},     {"emdash", 0x2014},
        {"endash", 0x2013},    {"lquote", 0x2018}, {"rquote", 0x2019}, {"ldblquote", 0x201C},
        {"rdblquote", 0x201D}, {"bullet", 0x2022},
    };
    static const char *const no_text[] = {
        "fonttbl",      "colortbl", "stylesheet",        "info",
        "pict",         "header",   "headerl",           "headerr",
        "headerf",      "footer",   "footerl",           "footerr",
        "footerf",      "object",   "fldinst",           "listtable",
        "revtbl",       "rsidtbl",  "generator",         "themedata",
        "datastore",    "xmlnstbl", "listoverridetable", "colorschememapping",
        "latentstyles",
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strcmp(signs[i].word, word) == 0) {
            put(rtf, signs[i].sign);
            return;
        }
    for (size_t i = 0; i < sizeof no_text / sizeof no_text[0]; i++)
        if (strcmp(no_text[i], word) == 0)
            rtf->hidden[rtf->depth] = true;
    if (strcmp(word, "u") == 0 && has_number)
        put_unicode(rtf, number);
    else if (strcmp(word, "uc") == 0 && has_number && number >= 0 && number < 32)
        rtf->after[rtf->depth] = (uint8_t)number;
    else if (strcmp(word, "ansicpg") == 0 && has_number)
        set_page(rtf, number);
    else if (strcmp(word, "bin") == 0 && has_number && number > 0)
        rtf->at = (size_t)number < rtf->length - rtf->at ? rtf->at + (size_t)number : rtf->length;
}

static int digit(char byte)
{
    return byte >= '0' && byte <= '9'   ? byte - '0'
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                        : -1;
}

/* Behind a backslash. */
static void read_control(struct rtf *rtf)
{
    if (rtf->at >= rtf->length)
        return;
    char first = rtf->bytes[rtf->at];
    if (first == '\'' && rtf->at + 2 < rtf->length) {
        int high = digit(rtf->bytes[rtf->at + 1]), low = digit(rtf->bytes[rtf->at + 2]);
        rtf->at += 3;
        if (high >= 0 && low >= 0)
            put_byte(rtf, (unsigned char)(high * 16 + low));
        return;
    }
    if (!isalpha((unsigned char)first)) {
        rtf->at++;
        if (first == '*')
            rtf->hidden[rtf->depth] = true;
        else if (first == '~')
            put(rtf, ' ');
        else if (first == '_')
            put(rtf, '-');
        else if (first == '\n' || first == '\r')
            put(rtf, '\n');
        else if (strchr("\\{}", first) != NULL)
            put_byte(rtf, (unsigned char)first);
        return;
    }
    char word[33];
    size_t letters = 0;
    while (rtf->at < rtf->length && isalpha((unsigned char)rtf->bytes[rtf->at])) {
        if (letters < sizeof word - 1)
            word[letters++] = rtf->bytes[rtf->at];
        rtf->at++;
    }
    word[letters] = '\0';
    char number[16];
    size_t digits = 0;
    while (rtf->at < rtf->length && digits < sizeof number - 1 &&
           (isdigit((unsigned char)rtf->bytes[rtf->at]) ||
            (digits == 0 && rtf->bytes[rtf->at] == '-')))
        number[digits++] = rtf->bytes[rtf->at++];
    number[digits] = '\0';
    if (rtf->at < rtf->length && rtf->bytes[rtf->at] == ' ')
        rtf->at++;
    obey(rtf, word, digits > 0, strtol(number, NULL, 10));
}

/* Whether another document follows, as in files that were put together. */
static bool goes_on(struct rtf *rtf)
{
    while (rtf->at < rtf->length && (unsigned char)rtf->bytes[rtf->at] <= ' ')
        rtf->at++;
    return rtf->at < rtf->length && rtf->bytes[rtf->at] == '{';
}

static annals_status read_all(struct rtf *rtf, annals_error *error)
{
    while (rtf->at < rtf->length) {
        char byte = rtf->bytes[rtf->at++];
        if (byte == '{') {
            if (rtf->depth + 1 >= DEPTH)
                return error_set(error, ANNALS_MALFORMED,
                                 "an RTF document with groups over %d deep", DEPTH);
            rtf->hidden[rtf->depth + 1] = rtf->hidden[rtf->depth];
            rtf->after[rtf->depth + 1] = rtf->after[rtf->depth];
            rtf->depth++;
        } else if (byte == '}') {
            if (rtf->depth == 0)
                break;
            rtf->depth--;
            rtf->pass = 0;
            if (rtf->depth == 0 && !goes_on(rtf))
                break; /* what stands behind the document is no part of it */
        } else if (byte == '\\') {
            read_control(rtf);
        } else if (byte != '\n' && byte != '\r' && byte != '\0') {
            put_byte(rtf, (unsigned char)byte);
        }
    }
    return ANNALS_OK;
}

annals_status rtf_read(struct arena *arena, const char *bytes, size_t length, const char **text,
                       annals_error *error)
{
    struct rtf rtf = {.bytes = bytes, .length = length, .page = (iconv_t)-1};
    rtf.after[0] = 1;
    buffer_init(&rtf.text);
    set_page(&rtf, 1252);
    annals_status status = read_all(&rtf, error);
    if (status != ANNALS_OK)
        error_at(error, NULL, 0, 0, (int64_t)rtf.at);
    else if (rtf.text.length == 0 || strspn(rtf.text.bytes, " \t\n") == rtf.text.length)
        status = error_set(error, ANNALS_EMPTY, "an RTF document without text");
    else
        *text = arena_copy(arena, rtf.text.bytes, rtf.text.length);
    if (status == ANNALS_OK && (rtf.text.failed || *text == NULL))
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (rtf.page != (iconv_t)-1)
        iconv_close(rtf.page);
    buffer_release(&rtf.text);
    return status;
}
