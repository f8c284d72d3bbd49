/* Scripts: which one a letter is of.
 *
 * Method: ranges of the Unicode blocks (Unicode 15, Blocks.txt), which is coarser than the script property
 * but enough for letters. Leaves out: scripts that no daily paper is written in; they are "other". */
#include "language/scripts.h"

#include <stddef.h>

/* In order of code points; what lies between is of another script. */
static const struct range {
    uint32_t first, last;
    enum script script;
} ranges[] = {
    {0x0041, 0x024f, SCRIPT_LATIN},      {0x0250, 0x02ff, SCRIPT_LATIN},
    {0x0370, 0x03ff, SCRIPT_GREEK},      {0x0400, 0x052f, SCRIPT_CYRILLIC},
    {0x0530, 0x058f, SCRIPT_ARMENIAN},   {0x0590, 0x05ff, SCRIPT_HEBREW},
    {0x0600, 0x06ff, SCRIPT_ARABIC},     {0x0750, 0x077f, SCRIPT_ARABIC},
    {0x08a0, 0x08ff, SCRIPT_ARABIC},     {0x0900, 0x097f, SCRIPT_DEVANAGARI},
    {0x0980, 0x09ff, SCRIPT_BENGALI},    {0x0a00, 0x0a7f, SCRIPT_GURMUKHI},
    {0x0a80, 0x0aff, SCRIPT_GUJARATI},   {0x0b80, 0x0bff, SCRIPT_TAMIL},
    {0x0c00, 0x0c7f, SCRIPT_TELUGU},     {0x0d80, 0x0dff, SCRIPT_SINHALA},
    {0x0e00, 0x0e7f, SCRIPT_THAI},       {0x0e80, 0x0eff, SCRIPT_LAO},
    {0x1000, 0x109f, SCRIPT_MYANMAR},    {0x10a0, 0x10ff, SCRIPT_GEORGIAN},
    {0x1100, 0x11ff, SCRIPT_HANGUL},     {0x1200, 0x139f, SCRIPT_ETHIOPIC},
    {0x1780, 0x17ff, SCRIPT_KHMER},      {0x1c90, 0x1cbf, SCRIPT_GEORGIAN},
    {0x1d00, 0x1dbf, SCRIPT_LATIN},      {0x1e00, 0x1eff, SCRIPT_LATIN},
    {0x1f00, 0x1fff, SCRIPT_GREEK},      {0x2d00, 0x2d2f, SCRIPT_GEORGIAN},
    {0x2d80, 0x2ddf, SCRIPT_ETHIOPIC},   {0x3040, 0x30ff, SCRIPT_KANA},
    {0x3130, 0x318f, SCRIPT_HANGUL},     {0x3400, 0x4dbf, SCRIPT_HAN},
    {0x4e00, 0x9fff, SCRIPT_HAN},        {0xa640, 0xa69f, SCRIPT_CYRILLIC},
    {0xa8e0, 0xa8ff, SCRIPT_DEVANAGARI}, {0xac00, 0xd7af, SCRIPT_HANGUL},
    {0xf900, 0xfaff, SCRIPT_HAN},        {0xfb00, 0xfb06, SCRIPT_LATIN},
    {0xfb1d, 0xfb4f, SCRIPT_HEBREW},     {0xfb50, 0xfdff, SCRIPT_ARABIC},
    {0xfe70, 0xfefe, SCRIPT_ARABIC},     {0xff21, 0xff5a, SCRIPT_LATIN},
    {0xff66, 0xff9f, SCRIPT_KANA},       {0x20000, 0x3134f, SCRIPT_HAN},
};

enum script script_of(uint32_t code_point)
{
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof ranges / sizeof ranges[0] && code_point >= ranges[low].first
               ? ranges[low].script
               : SCRIPT_OTHER;
}
