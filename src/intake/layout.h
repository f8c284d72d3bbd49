/* What the parts of the stage "layout" share: the page, cut into paragraphs that are decided one by
 * one. */
#ifndef ANNALS_INTAKE_LAYOUT_H
#define ANNALS_INTAKE_LAYOUT_H

#include "document/document.h"
#include "intake/furniture.h"
#include "intake/paragraphs.h"

struct page {
    const char *text;
    const struct furniture *furniture;
    struct arena *scratch;
    struct words words;
    struct paragraphs paragraphs;
    uint32_t body_first, body_end; /* paragraphs from the first running text to after the last */
};

static inline struct paragraph *paragraph_at(const struct page *page, uint32_t i)
{
    return &page->paragraphs.list.items[i];
}

static inline uint32_t word_count(const struct paragraph *paragraph)
{
    return paragraph->end - paragraph->first;
}

static inline void decide(struct paragraph *paragraph, enum block_kind kind)
{
    paragraph->kind = kind;
    paragraph->decided = true;
}

bool layout_begins_with(const struct page *page, const struct paragraph *paragraph,
                        const char *bytes);
/* What needs no knowledge of its place; `zones` are those it might stand in. */
void layout_judge_alone(const struct page *page, struct paragraph *paragraph, unsigned zones);

/* layout_head.c: decides all before the body. */
void layout_judge_head(struct page *page, const struct document *document);
/* Both begin with the same words, and the shorter is used up: a caption and its alternative text.
 */
bool layout_repeats(const struct page *page, const struct paragraph *left,
                    const struct paragraph *right);
/* A line above the dateline is a caption rather than a summary if it is set in, or says on which
 * day it was seen. */
bool layout_describes_picture(const struct page *page, const struct paragraph *paragraph);

#endif
