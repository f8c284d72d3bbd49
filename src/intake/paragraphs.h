/* Paragraphs of a plain text: lines that belong together, with their measures. */
#ifndef ANNALS_INTAKE_PARAGRAPHS_H
#define ANNALS_INTAKE_PARAGRAPHS_H

#include "document/document.h"
#include "intake/furniture.h"
#include "intake/words.h"

struct paragraph {
    struct byte_span span; /* without the white space around it */
    uint32_t first, end;   /* words */
    uint32_t marker;       /* bytes of a Markdown heading mark at its head ("## ") */
    uint32_t functions;    /* function words */
    uint32_t capitals;     /* words that begin with a capital */
    uint32_t readers;      /* words that speak to the reader, outside quotes */
    uint32_t speech;       /* words that report speech */
    uint32_t items;        /* menu items, if it looks like a row of them; else 0 */
    uint32_t stops;        /* ends of sentences inside it and at its end */
    bool bullet;           /* "- ", "* ", "1. " */
    bool terminal;         /* ends as a sentence ends */
    bool question;         /* ends in ? or ! */
    bool lower;            /* begins with a lower-case letter */
    bool quoted;           /* holds a quotation mark */
    bool link;             /* little but an address: URL, e-mail, Markdown link */
    bool prose;            /* running text */
    bool decided;          /* `kind` is settled */
    bool continues;        /* goes on the sentence of the body paragraph before it */
    enum block_kind kind;
    const struct furniture_rule *rule;
};

struct paragraphs {
    ARRAY(struct paragraph) list;
    bool lower_case; /* the text hardly has capitals: they tell nothing */
    bool upper_case; /* it hardly has small letters */
};

/* Cuts `text` into paragraphs: at blank lines, and at line ends where the text is not hard-wrapped
 * or where a line stands alone (a heading, a list item, a line that `furniture` knows). What a
 * blank line broke in mid-sentence is joined again. */
void paragraphs_find(struct paragraphs *paragraphs, struct arena *arena, const char *text,
                     uint32_t length, const struct words *words, const struct furniture *furniture);

/* Measures words and shape of a paragraph whose span is set. */
void paragraph_measure(struct paragraph *paragraph, const char *text, const struct words *words);

/* True where the paragraph is little more than a date: with a byline or section name at most. */
bool paragraph_is_date(const struct paragraph *paragraph, struct arena *scratch, const char *text,
                       const struct words *words);

#endif
