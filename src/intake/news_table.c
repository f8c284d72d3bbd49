/* Tables of reports: CSV and TSV with named columns. Names of columns are compared without case,
 * blanks and underscores. A row that cannot be read costs itself only. Leaves out: tables without a
 * head. */
#include "intake/news_table.h"

#include "bytes/buffer.h"
#include "formats/delimited.h"
#include "intake/metadata.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool news_table_is(const char *name)
{
    static const char *const endings[] = {".csv", ".tsv", ".tab"};
    size_t length = name != NULL ? strlen(name) : 0;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (length > 4 && strcasecmp(name + length - 4, endings[i]) == 0)
            return true;
    return false;
}

/* The column of the first of `names` (NULL-terminated) that the table has; NULL for none. */
static const char *column_of(const struct delimited *table, const char *const *names)
{
    for (; *names != NULL; names++)
        for (uint32_t i = 0; i < table->names.count; i++) {
            const char *at = *names, *to = table->names.items[i];
            while (*at != '\0' && *to != '\0') {
                if (*to == '_' || *to == ' ' || *to == '-')
                    to++;
                else if (tolower((unsigned char)*to) == *at)
                    at++, to++;
                else
                    break;
            }
            if (*at == '\0' && *to == '\0')
                return table->names.items[i];
        }
    return NULL;
}

struct columns {
    const char *text, *title, *date, *source, *url, *id, *author, *language;
};

static void find_columns(struct columns *columns, const struct delimited *table)
{
    static const char *const text[] = {"text",    "body",        "content",  "fulltext",
                                       "article", "articletext", "maintext", "storytext",
                                       "notes",   NULL};
    static const char *const title[] = {"title", "headline", "heading", "subject", NULL};
    static const char *const date[] = {
        "date",          "published",   "publicationdate", "pubdate", "publishdate",
        "datepublished", "publishedat", "eventdate",       "day",     NULL};
    static const char *const source[] = {"source",    "outlet",     "publisher", "publication",
                                         "newspaper", "sourcename", "media",     NULL};
    static const char *const url[] = {"url", "link", "address", "weblink", NULL};
    static const char *const id[] = {"id", "articleid", "documentid", "docid", "guid", NULL};
    static const char *const author[] = {"author", "byline", "authors", "reporter", NULL};
    static const char *const language[] = {"language", "lang", NULL};
    *columns = (struct columns){column_of(table, text),   column_of(table, title),
                                column_of(table, date),   column_of(table, source),
                                column_of(table, url),    column_of(table, id),
                                column_of(table, author), column_of(table, language)};
}

static const char *value(const struct delimited *table, const char *column)
{
    return column != NULL ? delimited_field(table, column) : NULL;
}

static annals_status no_text(const struct delimited *table, annals_error *error)
{
    struct buffer names;
    buffer_init(&names);
    buffer_add_string(&names, "");
    for (uint32_t i = 0; i < table->names.count && i < 12; i++)
        buffer_print(&names, "%s%.40s", i > 0 ? ", " : "", table->names.items[i]);
    annals_status status = error_set(error, ANNALS_MALFORMED,
                                     "a table without a column of text (text, body, content, "
                                     "article, full_text, notes); it has: %.200s",
                                     names.failed ? "" : names.bytes);
    buffer_release(&names);
    return status;
}

annals_status news_table_read(struct articles *articles, struct arena *arena, const char *bytes,
                              size_t length, uint64_t *empty, annals_error *error)
{
    struct delimited table;
    struct columns columns;
    uint32_t before = articles->items.count;
    if (!delimited_open(&table, arena, bytes, length))
        return error_set(error, ANNALS_EMPTY, "a table without a head");
    find_columns(&columns, &table);
    if (columns.text == NULL)
        return no_text(&table, error);
    while (delimited_next(&table, arena)) {
        if (table.trouble != NULL) {
            articles_add_trouble(articles, table.line, table.trouble);
            continue;
        }
        const char *text = value(&table, columns.text), *title = value(&table, columns.title);
        const char *date = value(&table, columns.date);
        if (text == NULL) {
            ++*empty;
            continue;
        }
        struct article *article = articles_add(articles);
        if (article == NULL)
            break;
        bool page = text[0] == '<' && strchr(text, '>') != NULL;
        article->title = title;
        article->html = page ? text : NULL;
        article->text = page            ? NULL
                        : title != NULL ? arena_print(arena, "%s\n\n%s", title, text)
                                        : text;
        article->source = value(&table, columns.source);
        article->url = value(&table, columns.url);
        article->id = value(&table, columns.id);
        article->author = value(&table, columns.author);
        article->language = value(&table, columns.language);
        article->published = date != NULL ? metadata_day(arena, date) : DAY_UNKNOWN;
        article->line = table.line;
    }
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    return articles->items.count > before
               ? ANNALS_OK
               : error_set(error, ANNALS_EMPTY, "a table whose rows have no text");
}
