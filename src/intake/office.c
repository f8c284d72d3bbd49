/* Office documents: their text.
 *
 * DOCX (ECMA-376: word/document.xml) and ODT (OASIS ODF 1.3: content.xml) by libxml2's reader,
 * which keeps no tree: paragraphs, tabs and line breaks. Leaves out: headers, footers, notes and
 * comments, which stand in parts of their own; deleted text (w:del). */
#include "intake/office.h"

#include "bytes/buffer.h"
#include "intake/archives.h"
#include "intake/xml_nodes.h"

#include <libxml/xmlreader.h>
#include <string.h>

bool office_is(const char *bytes, size_t length)
{
    return length > 30 && memcmp(bytes, "PK\3\4", 4) == 0 && !archive_is(bytes, length);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* One node of the stream: text inside runs, ends of paragraphs. */
static void take_node(xmlTextReader *reader, struct buffer *text, int *silent)
{
    static const char *const paragraphs[] = {"p", "h", "tr", NULL};
    static const char *const hidden[] = {
        "del", "instrText", "tracked-changes", "annotation", "note", "moveFrom", NULL};
    int type = xmlTextReaderNodeType(reader);
    const char *name = (const char *)xmlTextReaderConstLocalName(reader);
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
        type == XML_READER_TYPE_CDATA) {
        const char *value = (const char *)xmlTextReaderConstValue(reader);
        for (; *silent == 0 && value != NULL && *value != '\0'; value++)
            buffer_add_byte(text, *value == '\n' || *value == '\r' ? ' ' : *value);
        return;
    }
    bool empty = type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(reader);
    if (type == XML_READER_TYPE_ELEMENT && !empty)
        *silent += is_one_of(name, hidden);
    else if (type == XML_READER_TYPE_END_ELEMENT)
        *silent -= is_one_of(name, hidden) && *silent > 0;
    if (*silent > 0)
        return;
    if (type == XML_READER_TYPE_ELEMENT &&
        (strcmp(name, "br") == 0 || strcmp(name, "line-break") == 0))
        buffer_add_byte(text, '\n');
    else if (type == XML_READER_TYPE_ELEMENT && strcmp(name, "tab") == 0)
        buffer_add_byte(text, '\t');
    else if (type == XML_READER_TYPE_ELEMENT && strcmp(name, "s") == 0)
        buffer_add_byte(text, ' ');
    else if ((type == XML_READER_TYPE_END_ELEMENT || empty) && is_one_of(name, paragraphs))
        buffer_add_byte(text, '\n');
}

static annals_status read_part(const char *xml, size_t size, struct buffer *text,
                               annals_error *error)
{
    annals_status status = xml_check(xml, size, error);
    if (status != ANNALS_OK)
        return status;
    xmlTextReader *reader =
        size < INT32_MAX
            ? xmlReaderForMemory(xml, (int)size, NULL, NULL,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
            : NULL;
    int silent = 0, more;
    if (reader == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    while ((more = xmlTextReaderRead(reader)) == 1)
        take_node(reader, text, &silent);
    xmlFreeTextReader(reader);
    return more == 0 ? ANNALS_OK
                     : error_set(error, ANNALS_MALFORMED, "an office document with damaged XML");
}

/* What it is, where it has no text that can be read here. */
static const char *kind_of(struct arena *arena, const char *bytes, size_t length)
{
    static const struct {
        const char *member, *begins, *kind;
    } kinds[] = {
        {"xl/workbook.xml", "", "a sheet (XLSX), not text: export it as CSV"},
        {"ppt/presentation.xml", "", "slides (PPTX), not text"},
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet",
         "a sheet (ODS), not text: export it as CSV"},
        {"mimetype", "application/vnd.oasis.opendocument.presentation", "slides (ODP), not text"},
        {"mimetype", "application/epub+zip", "a book (EPUB), which annals does not read"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t size = 0;
        const char *found =
            archive_member_of(arena, bytes, length, kinds[i].member, 1 << 20, &size);
        if (found != NULL && strncmp(found, kinds[i].begins, strlen(kinds[i].begins)) == 0)
            return kinds[i].kind;
    }
    return "an office document without readable text (damaged, or of a kind that annals does not "
           "know)";
}

annals_status office_read(struct arena *arena, const char *bytes, size_t length, size_t limit,
                          const char **text, annals_error *error)
{
    struct buffer found;
    size_t size = 0;
    const char *xml = archive_member_of(arena, bytes, length, "word/document.xml", limit, &size);
    if (xml == NULL) {
        const char *kind = archive_member_of(arena, bytes, length, "mimetype", 256, &size);
        if (kind != NULL && strncmp(kind, "application/vnd.oasis.opendocument.text", 39) == 0)
            xml = archive_member_of(arena, bytes, length, "content.xml", limit, &size);
    }
    if (xml == NULL)
        return error_set(error, ANNALS_NOT_TEXT, "%s", kind_of(arena, bytes, length));
    buffer_init(&found);
    annals_status status = read_part(xml, size, &found, error);
    if (status == ANNALS_OK && (found.length == 0 || strspn(found.bytes, " \t\n") == found.length))
        status = error_set(error, ANNALS_EMPTY, "an office document without text");
    if (status == ANNALS_OK) {
        *text = arena_copy(arena, found.bytes, found.length);
        if (*text == NULL || found.failed)
            status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    }
    buffer_release(&found);
    return status;
}
