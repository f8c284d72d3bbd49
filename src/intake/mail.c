/* Mail: messages (EML, RFC 5322 and MIME) and mailboxes (MBOX, RFC 4155), by GMime.
 *
 * Newsletters and wire services come as mail. Of each message the first plain text is taken, else
 * the first HTML; the day is the Date field's own, without moving it to another time zone. Leaves
 * out: attachments, quoted replies, encrypted parts. */
#include "intake/mail.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

enum { PARTS = 200, MESSAGES = 1000000 };

static bool begins(const char *bytes, size_t length, const char *with)
{
    return length >= strlen(with) && strncasecmp(bytes, with, strlen(with)) == 0;
}

static bool ends(const char *name, const char *with)
{
    size_t length = name != NULL ? strlen(name) : 0, size = strlen(with);
    return length > size && strcasecmp(name + length - size, with) == 0;
}

/* The fields that mail begins with; one alone might be a line of a text. */
bool mail_is(const char *bytes, size_t length, const char *name)
{
    static const char *const fields[] = {
        "Received:",     "Return-Path:",  "Message-ID:", "MIME-Version:",
        "Delivered-To:", "From:",         "Subject:",    "Date:",
        "To:",           "Content-Type:", "X-"};
    if (begins(bytes, length, "From ") && memchr(bytes, '\n', length) != NULL &&
        (ends(name, ".mbox") || ends(name, ".mbx")))
        return true;
    unsigned found = 0;
    for (size_t at = 0; at < length && at < 65536;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t line = end != NULL ? (size_t)(end - bytes) - at : length - at;
        if (line <= 1)
            break;
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (begins(bytes + at, length - at, fields[i])) {
                found++;
                break;
            }
        at += line + 1;
    }
    bool first = begins(bytes, length, "Received:") || begins(bytes, length, "Return-Path:") ||
                 begins(bytes, length, "From ") || begins(bytes, length, "Delivered-To:") ||
                 begins(bytes, length, "Message-ID:") || begins(bytes, length, "MIME-Version:");
    return (first && found >= 3) || (ends(name, ".eml") && found >= 2);
}

/* ------------------------------------------------------------------ parts */

struct search {
    GMimeObject *plain, *html; /* first of each */
    unsigned parts;
};

static void look(GMimeObject *parent, GMimeObject *part, gpointer data)
{
    struct search *search = data;
    (void)parent;
    if (++search->parts > PARTS || !GMIME_IS_TEXT_PART(part))
        return;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    const char *disposition = g_mime_object_get_disposition(part);
    if (disposition != NULL && strcasecmp(disposition, "attachment") == 0)
        return;
    if (search->plain == NULL && g_mime_content_type_is_type(type, "text", "plain"))
        search->plain = part;
    else if (search->html == NULL && g_mime_content_type_is_type(type, "text", "html"))
        search->html = part;
}

static const char *text_of(struct arena *arena, GMimeObject *part)
{
    char *text = part != NULL ? g_mime_text_part_get_text(GMIME_TEXT_PART(part)) : NULL;
    const char *copy = NULL;
    if (text != NULL && g_utf8_validate(text, -1, NULL) && strspn(text, " \t\r\n") < strlen(text))
        copy = arena_copy_string(arena, text);
    g_free(text);
    return copy;
}

/* False where it has no text. */
static bool add_message(struct articles *articles, struct arena *arena, GMimeMessage *message)
{
    struct search search = {NULL, NULL, 0};
    g_mime_message_foreach(message, look, &search);
    const char *plain = text_of(arena, search.plain);
    const char *html = plain == NULL ? text_of(arena, search.html) : NULL;
    if (plain == NULL && html == NULL)
        return false;
    struct article *article = articles_add(articles);
    if (article == NULL)
        return true;
    const char *subject = g_mime_message_get_subject(message);
    const char *id = g_mime_message_get_message_id(message);
    InternetAddressList *from = g_mime_message_get_from(message);
    GDateTime *date = g_mime_message_get_date(message);
    article->title = subject != NULL ? arena_copy_string(arena, subject) : NULL;
    article->id = id != NULL ? arena_copy_string(arena, id) : NULL;
    article->text = plain;
    article->html = html;
    if (from != NULL && internet_address_list_length(from) > 0) {
        const char *name = internet_address_get_name(internet_address_list_get_address(from, 0));
        article->source = name != NULL && name[0] != '\0' ? arena_copy_string(arena, name) : NULL;
    }
    if (date != NULL) {
        int year, month, day;
        g_date_time_get_ymd(date, &year, &month, &day);
        if (year > 1970 && calendar_is_valid(year, (uint32_t)month, (uint32_t)day))
            article->published = calendar_day(year, (uint32_t)month, (uint32_t)day);
    }
    return true;
}

/* ------------------------------------------------------------------ the file */

static void start_library(void)
{
    g_mime_init();
}

annals_status mail_read(struct articles *articles, struct arena *arena, const char *bytes,
                        size_t length, annals_error *error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    bool box = begins(bytes, length, "From ");
    uint32_t messages = 0, good = 0;
    g_mime_parser_set_format(parser, box ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    while (!g_mime_parser_eos(parser) && messages < MESSAGES) {
        gint64 start = g_mime_parser_tell(parser);
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (message == NULL)
            break;
        messages++;
        if (add_message(articles, arena, message))
            good++;
        else if (box)
            articles_add_trouble(
                articles, 0,
                arena_print(arena, "a message without text at byte %lld", (long long)start));
        g_object_unref(message);
        if (!box || g_mime_parser_tell(parser) <= start)
            break;
    }
    g_object_unref(parser);
    g_object_unref(stream);
    if (arena->failed)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (messages >= MESSAGES)
        articles_add_trouble(articles, 0, "more than a million messages: the rest is not read");
    if (good > 0)
        return ANNALS_OK;
    return messages > 0 ? error_set(error, ANNALS_EMPTY, "mail without text")
                        : error_set(error, ANNALS_MALFORMED, "mail that cannot be read");
}
