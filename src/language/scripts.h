/* Scripts: which one a letter is of. */
#ifndef ANNALS_LANGUAGE_SCRIPTS_H
#define ANNALS_LANGUAGE_SCRIPTS_H

#include <stdint.h>

/* Script, its name in dictionaries/world/languages.tsv. */
#define SCRIPT_TABLE(ROW)                                                                          \
    ROW(LATIN, "latin") ROW(GREEK, "greek") ROW(CYRILLIC, "cyrillic") ROW(ARMENIAN, "armenian")    \
    ROW(HEBREW, "hebrew") ROW(ARABIC, "arabic") ROW(DEVANAGARI, "devanagari")                      \
    ROW(BENGALI, "bengali") ROW(GURMUKHI, "gurmukhi") ROW(GUJARATI, "gujarati")                    \
    ROW(TAMIL, "tamil") ROW(TELUGU, "telugu") ROW(SINHALA, "sinhala") ROW(THAI, "thai")            \
    ROW(LAO, "lao") ROW(MYANMAR, "myanmar") ROW(GEORGIAN, "georgian") ROW(HANGUL, "hangul")        \
    ROW(ETHIOPIC, "ethiopic") ROW(KHMER, "khmer") ROW(KANA, "kana") ROW(HAN, "han")                \
    ROW(OTHER, "other")

enum script {
#define ROW(name, text) SCRIPT_##name,
    SCRIPT_TABLE(ROW)
#undef ROW
    SCRIPT_COUNT
};

/* The script of a letter; SCRIPT_OTHER where it is of none of these. */
enum script script_of(uint32_t code_point);

#endif
