/* KML 2.2 (OGC 07-147r2) for maps, and the JSON of TimelineJS 3 and of Forensic Architecture's TimeMap. */
#include "render/export.h"

#include "bytes/calendar.h"
#include "bytes/utf8.h"
#include "formats/json_writer.h"
#include "render/dates.h"
#include "render/line.h"

#include <string.h>

/* What the event's line says, in the buffer that the export lends. */
static const char *line_of(const struct export_row *row)
{
    struct buffer *text = &row->exporting->text;
    buffer_clear(text);
    buffer_add_string(text, "");
    export_add_line(text, row->claim);
    return text->failed ? "" : text->bytes;
}

/* ------------------------------------------------------------------ KML */

/* Text between tags: the five signs of XML, and none of the bytes that XML 1.0 forbids. */
static void put_text(struct buffer *out, const char *text)
{
    for (const char *at = text != NULL ? text : ""; *at != '\0'; at++) {
        switch (*at) {
        case '&': buffer_add_string(out, "&amp;"); break;
        case '<': buffer_add_string(out, "&lt;"); break;
        case '>': buffer_add_string(out, "&gt;"); break;
        case '"': buffer_add_string(out, "&quot;"); break;
        default:
            if ((unsigned char)*at >= 0x20 || *at == '\n' || *at == '\t')
                buffer_add_byte(out, *at);
        }
    }
}

static void put_data(struct buffer *out, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    buffer_print(out, "<Data name=\"%s\"><value>", name);
    put_text(out, value);
    buffer_add_string(out, "</value></Data>");
}

void kml_begin(struct exporting *exporting)
{
    buffer_add_string(&exporting->output->buffer,
                      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
                      "<name>annals</name>\n");
}

void kml_row(const struct export_row *row)
{
    struct buffer *out = &row->exporting->output->buffer;
    const struct record_event *event = row->event;
    const char *line = line_of(row);
    buffer_print(out, "<Placemark id=\"%s\"><name>", event->id);
    put_text(out, event->place.name);
    buffer_add_string(out, "</name><description>");
    put_text(out, line);
    buffer_add_string(out, "</description>");
    if (event->first != NULL || event->last != NULL) {
        buffer_add_string(out, "<TimeSpan>");
        if (event->first != NULL)
            buffer_print(out, "<begin>%s</begin>", event->first);
        if (event->last != NULL)
            buffer_print(out, "<end>%s</end>", event->last);
        buffer_add_string(out, "</TimeSpan>");
    }
    buffer_add_string(out, "<ExtendedData>");
    put_data(out, "type", row->claim->plover);
    put_data(out, "status", row->claim->status);
    buffer_clear(&row->exporting->text);
    export_add_sources(&row->exporting->text, event, "; ");
    put_data(out, "source", row->exporting->text.bytes);
    put_data(out, "sentence", row->claim->sentence);
    buffer_print(out,
                 "</ExtendedData><Point><coordinates>%.5f,%.5f</coordinates></Point></Placemark>\n",
                 event->place.longitude, event->place.latitude);
}

void kml_end(struct exporting *exporting)
{
    buffer_add_string(&exporting->output->buffer, "</Document>\n</kml>\n");
}

/* ------------------------------------------------------------------ TimelineJS */

static struct json_writer *writer(struct exporting *exporting)
{
    return exporting->own;
}

static void begin_json(struct exporting *exporting)
{
    struct json_writer *json = arena_new(&exporting->arena, struct json_writer);
    if (json == NULL)
        return;
    *json = (struct json_writer){.buffer = &exporting->output->buffer};
    exporting->own = json;
}

static void put_string(struct json_writer *json, const char *key, const char *value)
{
    json_key(json, key);
    json_string(json, value);
}

static void put_day(struct json_writer *json, const char *key, const char *day)
{
    if (day == NULL)
        return;
    struct civil_date date = calendar_date(calendar_read(day));
    json_key(json, key);
    json_begin(json, '{');
    json_key(json, "year");
    json_integer(json, date.year);
    json_key(json, "month");
    json_integer(json, date.month);
    json_key(json, "day");
    json_integer(json, date.day);
    json_end(json, '}');
}

/* TimelineJS takes the text for HTML. */
static const char *as_html(const struct export_row *row, const char *text)
{
    struct buffer escaped;
    buffer_init(&escaped);
    buffer_add_string(&escaped, "");
    put_text(&escaped, text);
    const char *copy =
        escaped.failed ? "" : arena_copy(&row->exporting->row, escaped.bytes, escaped.length);
    buffer_release(&escaped);
    return copy;
}

void timelinejs_begin(struct exporting *exporting)
{
    begin_json(exporting);
    if (exporting->own == NULL)
        return;
    json_begin(writer(exporting), '{');
    json_key(writer(exporting), "events");
    json_begin(writer(exporting), '[');
}

void timelinejs_row(const struct export_row *row)
{
    struct json_writer *json = writer(row->exporting);
    const struct record_event *event = row->event;
    if (json == NULL)
        return;
    const char *line = as_html(row, line_of(row));
    struct buffer *text = &row->exporting->text;
    json_begin(json, '{');
    put_string(json, "unique_id", event->id);
    put_day(json, "start_date", event->first != NULL ? event->first : event->last);
    if (event->first != NULL && event->last != NULL && strcmp(event->first, event->last) != 0)
        put_day(json, "end_date", event->last);
    buffer_clear(text);
    date_add_long(text, event->first, event->last, row->claim->precision);
    put_string(json, "display_date", text->length > 0 ? text->bytes : "");
    if (event->place.name != NULL)
        put_string(json, "group", event->place.name);
    json_key(json, "text");
    json_begin(json, '{');
    put_string(json, "headline", line);
    buffer_clear(text);
    buffer_add_string(text, "");
    export_add_sources(text, event, "; ");
    const char *sources = as_html(row, text->bytes);
    const char *sentence = as_html(row, row->claim->sentence);
    buffer_clear(text);
    buffer_print(text, "<p>%s</p><p>%s</p>", sentence, sources);
    put_string(json, "text", text->failed ? "" : text->bytes);
    json_end(json, '}');
    json_end(json, '}');
}

void timelinejs_end(struct exporting *exporting)
{
    if (exporting->own == NULL)
        return;
    json_end(writer(exporting), ']');
    json_end(writer(exporting), '}');
    buffer_add_byte(&exporting->output->buffer, '\n');
}

/* ------------------------------------------------------------------ TimeMap */

void timemap_begin(struct exporting *exporting)
{
    begin_json(exporting);
    if (exporting->own != NULL)
        json_begin(writer(exporting), '[');
}

static void put_coordinate(struct json_writer *json, const char *key, bool known, double value)
{
    char text[32] = "";
    if (known)
        snprintf(text, sizeof text, "%.5f", value);
    put_string(json, key, text);
}

/* All values are strings, as TimeMap's spreadsheets give them. */
void timemap_row(const struct export_row *row)
{
    struct json_writer *json = writer(row->exporting);
    const struct record_event *event = row->event;
    static const char *const precisions[] = {"", "day", "week", "month", "year", "more"};
    if (json == NULL)
        return;
    const char *first = event->first != NULL ? event->first : event->last;
    json_begin(json, '{');
    put_string(json, "id", event->id);
    put_string(json, "description", line_of(row));
    put_string(json, "date", first != NULL ? first : "");
    put_string(json, "time", "");
    put_string(json, "time_precision", precisions[export_date_precision(event->first, event->last)]);
    put_string(json, "location", event->place.name != NULL ? event->place.name : "");
    put_coordinate(json, "latitude", event->place.located, event->place.latitude);
    put_coordinate(json, "longitude", event->place.located, event->place.longitude);
    put_string(json, "type", row->claim->acled_detail != NULL ? row->claim->acled_detail : "");
    put_string(json, "category", row->claim->plover != NULL ? row->claim->plover : "");
    json_key(json, "associations");
    json_begin(json, '[');
    for (int side = 0; side < 2; side++) {
        struct export_side one = export_side(row, side == 0);
        if (one.chief != NULL)
            json_string(json, export_actor_name(one.chief));
    }
    json_end(json, ']');
    json_key(json, "sources");
    json_begin(json, '[');
    for (uint32_t i = 0; i < event->claim_count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < i && !known; j++)
            known = strcmp(event->claims[i].report, event->claims[j].report) == 0;
        if (!known)
            json_string(json, event->claims[i].report);
    }
    json_end(json, ']');
    put_string(json, "comments", row->claim->sentence != NULL ? row->claim->sentence : "");
    json_end(json, '}');
}

void timemap_end(struct exporting *exporting)
{
    if (exporting->own != NULL)
        json_end(writer(exporting), ']');
    buffer_add_byte(&exporting->output->buffer, '\n');
}
