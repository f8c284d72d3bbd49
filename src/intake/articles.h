/* Articles: what files of several reports hold, and files that are no plain text or page. */
#ifndef ANNALS_INTAKE_ARTICLES_H
#define ANNALS_INTAKE_ARTICLES_H

#include "bytes/array.h"
#include "bytes/calendar.h"
#include "bytes/status.h"

#include <stdint.h>

struct article {
    const char *id, *title, *url, *author; /* NULL where unknown */
    const char *source, *language;         /* outlet; NULL: that of all, below */
    const char *html, *text; /* one of both: the fullest text that it has; plain text wins */
    const char *file;        /* where the text stands, relative to the file at hand; or NULL */
    int32_t published;       /* day, or DAY_UNKNOWN */
    uint64_t line;           /* where it begins; 0 where lines mean nothing */
    const char *trouble;     /* why this one cannot be read, the others can; or NULL */
};

struct articles {
    const char *title, *language; /* the outlet, and the language, of all */
    ARRAY(struct article) items;
};

/* A new article without anything known; NULL after a failure of the arena. */
static inline struct article *articles_add(struct articles *articles)
{
    struct article *article = array_push(&articles->items);
    if (article != NULL)
        article->published = DAY_UNKNOWN;
    return article;
}

/* An article that cannot be read: told by its line, and the others are read. */
static inline void articles_add_trouble(struct articles *articles, uint64_t line, const char *why)
{
    struct article *article = articles_add(articles);
    if (article != NULL) {
        article->line = line;
        article->trouble = why;
    }
}

#endif
