/* Blocks of an HTML page: runs of text between block-level tags, with what surrounds them. */
#ifndef ANNALS_INTAKE_PAGE_BLOCKS_H
#define ANNALS_INTAKE_PAGE_BLOCKS_H

#include "bytes/array.h"

#include <gumbo.h>
#include <stdbool.h>

struct page_element {
    const GumboElement *element;
    uint32_t parent, end; /* index of the parent; index after the last descendant */
    uint32_t letters, link_letters;
    uint32_t prose;  /* words of running text inside, without what is left out */
    bool holds_main; /* the page's main heading or part is inside */
};

struct page_block {
    uint32_t start, end; /* bytes of the page's text */
    uint32_t words, link_words;
    uint32_t element; /* innermost block-level element */
    uint8_t heading;  /* 1 to 6, or 0 */
    bool caption, cell, time;
};

struct page_blocks {
    ARRAY(struct page_element) elements; /* in document order */
    ARRAY(struct page_block) blocks;
    char *text;
    uint32_t length;
};

/* Collects the blocks of the page below `root`; what is never part of a report (menus, asides,
 * forms, hidden elements, comments) is left out unless most of the text is in it. `room` is how
 * many bytes of text the page can have. False when memory is out. */
bool page_blocks_find(struct page_blocks *page, struct arena *arena, const GumboNode *root,
                      size_t room);

#endif
