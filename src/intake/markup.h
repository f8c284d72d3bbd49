/* Markup made safe to parse: what an HTML parser could be made to choke on, taken out beforehand.
 */
#ifndef ANNALS_INTAKE_MARKUP_H
#define ANNALS_INTAKE_MARKUP_H

#include "bytes/arena.h"

struct markup {
    char *text;
    size_t length;
    bool trimmed; /* elements were nested too deep, or tags too long; they were left out */
};

/* Copies `html` without comments, scripts and styles (but JSON-LD), formatting tags (<b>, <font>…),
 * tags of over 8 KiB, and tags nested more than 300 deep; the text stays. Linear in `length`. False
 * when memory is out. */
bool markup_trim(struct markup *markup, struct arena *arena, const char *html, size_t length);

#endif
