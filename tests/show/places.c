/* Places: `text -> name, feature, country, division, use, relation, precision`, one a line. */
#include "show.h"

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void print_places(const struct document *document, struct buffer *out)
{
    static const char *const uses[] = {"", " adjective", " name", " government"};
    for (uint32_t i = 0; i < document->places.count; i++) {
        const struct place_mention *place = &document->places.items[i];
        buffer_add(out, document->text + place->span.start, place->span.end - place->span.start);
        buffer_print(out, " -> %s %s %s %s%s", place->name, or_dash(place->feature),
                     or_dash(place->country), or_dash(place->admin1), uses[place->use]);
        if (place->dateline)
            buffer_add_string(out, " dateline");
        if (place->relation != NULL)
            buffer_print(out, " \"%s\"", place->relation);
        if (place->acled_precision != 0)
            buffer_print(out, " %u/%u", place->acled_precision, place->ucdp_precision);
        if (place->reason != NULL)
            buffer_print(out, " (%s)", place->reason);
        buffer_add_byte(out, '\n');
    }
}

const struct show show_places = {.name = "places", .wanted = HAS_PLACES, .print = print_places};
