/* Takes the names of private persons, and exact places, out of what is exported.
 *
 * Masked are, as whole words, each name that a report gives a private person, with the capitalised words
 * that follow it, every other wording of it that holds one of its words, the last word of the name
 * alone, and the capitalised words behind "Mr", "Dr" and the like. A person whom the dictionaries know
 * keeps the name. Left out: descriptions ("the only pharmacist of the town"), which only people can
 * judge, and names that the grammar did not see; docs/record.md says so. */
#include "render/redact.h"

#include "bytes/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char mask[] = "[name withheld]";

annals_status redact_begin(struct redaction *redaction, struct record *record, struct arena *arena,
                           const char *data, bool persons, double kilometres,
                           annals_error *error)
{
    *redaction = (struct redaction){.persons = persons, .kilometres = kilometres, .record = record};
    arena_init(&redaction->names_arena);
    buffer_init(&redaction->text);
    array_init(&redaction->names, &redaction->names_arena);
    if (!persons)
        return ANNALS_OK;
    static const char *const columns[] = {"singular", NULL};
    const char *path = arena_print(arena, "%s/dictionaries/en/roles.tsv", data);
    return path == NULL ? error_set(error, ANNALS_NO_MEMORY, "out of memory")
                        : table_read_columns(&redaction->roles, arena, path, columns, error);
}

void redact_end(struct redaction *redaction)
{
    arena_release(&redaction->names_arena);
    buffer_release(&redaction->text);
}

/* ------------------------------------------------------------------ the names of a report */

static bool is_role(const struct redaction *redaction, const char *word)
{
    for (uint32_t i = 0; i < redaction->roles.row_count; i++) {
        const char *at = table_cell(&redaction->roles, i, "singular"), *item;
        size_t length;
        while (table_next_item(&at, &item, &length))
            if (strlen(word) == length && strncasecmp(item, word, length) == 0)
                return true;
    }
    return false;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

static bool begins_with_capital(const char *word)
{
    size_t length = strlen(word), used;
    return length > 0 && utf8_is_upper(utf8_decode(word, length, &used));
}

static const char *last_word(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank != NULL ? blank + 1 : name;
}

/* Whether the two share a word. */
static bool shares_word(const char *name, const char *words)
{
    for (const char *at = name; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        for (const char *to = words; *to != '\0'; to += strspn(to, " ")) {
            size_t other = strcspn(to, " ");
            if (length == other && length > 1 && strncasecmp(at, to, length) == 0)
                return true;
            to += other;
        }
        at += length;
    }
    return false;
}

/* Does a person whom the dictionaries know go by this? */
static bool is_known(const struct redaction *redaction, const char *name)
{
    for (uint32_t i = 0; i < redaction->known.count; i++)
        if (strcasecmp(redaction->known.items[i], name) == 0 ||
            strcasecmp(last_word(redaction->known.items[i]), name) == 0)
            return true;
    return false;
}

static void add_name(struct redaction *redaction, const char *name)
{
    if (strlen(name) < 3 || is_known(redaction, name))
        return;
    for (uint32_t i = 0; i < redaction->names.count; i++)
        if (strcmp(redaction->names.items[i], name) == 0)
            return;
    const char **item = (const char **)array_push(&redaction->names);
    if (item != NULL)
        *item = arena_copy_string(&redaction->names_arena, name);
}

/* The length of `words` up to the end of the capitalised words behind its first `length` bytes. */
static size_t with_following(const char *words, size_t length)
{
    for (;;) {
        size_t end = length;
        if (words[end] != ' ' || !begins_with_capital(words + end + 1))
            return length;
        for (end++; is_word_byte(words[end]) || words[end] == '-' || words[end] == '\''; end++)
            ;
        if (words[end] == '\0') /* cut off: no whole word */
            return length;
        length = end;
    }
}

static annals_status take_known(void *context, const char *name, const char *words)
{
    struct redaction *redaction = context;
    const char *both[] = {name, words};
    for (int i = 0; i < 2; i++) {
        const char **item = both[i] != NULL ? (const char **)array_push(&redaction->known) : NULL;
        if (item != NULL)
            *item = arena_copy_string(&redaction->names_arena, both[i]);
    }
    return ANNALS_OK;
}

/* `name` is what the record calls a private person, `words` one wording of it and a stretch of the text
 * behind, parted by a line feed. */
static annals_status take_name(void *context, const char *name, const char *words)
{
    struct redaction *redaction = context;
    const char *last = last_word(name);
    if (!begins_with_capital(name) || !begins_with_capital(last) || is_role(redaction, last))
        return ANNALS_OK;
    add_name(redaction, name);
    add_name(redaction, last);
    const char *behind = words != NULL ? strchr(words, '\n') : NULL;
    if (behind == NULL)
        return ANNALS_OK;
    char *whole = arena_print(&redaction->names_arena, "%.*s%s", (int)(behind - words), words,
                              behind + 1);
    if (whole == NULL || !shares_word(name, whole))
        return ANNALS_OK;
    size_t length = (size_t)(behind - words), longer = with_following(whole, length);
    whole[longer] = '\0';
    add_name(redaction, whole);
    if (longer > length)
        add_name(redaction, last_word(whole));
    whole[length] = '\0';
    add_name(redaction, whole);
    return ANNALS_OK;
}

static int by_length(const void *left, const void *right)
{
    size_t a = strlen(*(const char *const *)left), b = strlen(*(const char *const *)right);
    return a != b ? (a < b ? 1 : -1) : strcmp(*(const char *const *)left, *(const char *const *)right);
}

static annals_status know_names(struct redaction *redaction, const char *report,
                                annals_error *error)
{
    if (!redaction->persons || strcmp(redaction->report, report) == 0)
        return ANNALS_OK;
    arena_reset(&redaction->names_arena);
    array_init(&redaction->names, &redaction->names_arena);
    snprintf(redaction->report, sizeof redaction->report, "%s", report);
    array_init(&redaction->known, &redaction->names_arena);
    annals_status status =
        record_known_persons(redaction->record, report, take_known, redaction, error);
    if (status == ANNALS_OK)
        status = record_private_persons(redaction->record, report, take_name, redaction, error);
    if (status == ANNALS_OK && redaction->names_arena.failed)
        status = error_set(error, ANNALS_NO_MEMORY, "out of memory");
    if (redaction->names.count > 1)
        qsort(redaction->names.items, redaction->names.count, sizeof redaction->names.items[0],
              by_length);
    return status;
}

/* ------------------------------------------------------------------ masking */

/* The length of the name that begins at `at` as whole words; 0 for none. */
static size_t name_at(const struct redaction *redaction, const char *text, const char *at)
{
    if (at > text && is_word_byte(at[-1]))
        return 0;
    for (uint32_t i = 0; i < redaction->names.count; i++) {
        const char *name = redaction->names.items[i];
        size_t length = strlen(name);
        /* A single word counts as a name only where it is written as one. */
        bool same = strchr(name, ' ') != NULL
                        ? strncasecmp(at, name, length) == 0
                        : strncmp(at, name, length) == 0 ||
                              (begins_with_capital(at) && strncasecmp(at, name, length) == 0);
        if (same && !is_word_byte(at[length]))
            return length;
    }
    return 0;
}

/* Where the name behind "Mr" and the like begins, and its length; 0 where `at` begins no such word. */
static size_t titled_at(const struct redaction *redaction, const char *text, const char *at,
                        size_t *length)
{
    static const char *const titles[] = {"Mr",  "Mrs", "Ms",  "Miss",   "Dr",    "Mr.",
                                         "Mrs.", "Ms.", "Dr.", "Doctor", "Haji", "Sayed"};
    if (at > text && is_word_byte(at[-1]))
        return 0;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        size_t title = strlen(titles[i]);
        if (strncmp(at, titles[i], title) != 0 || at[title] != ' ' ||
            !begins_with_capital(at + title + 1))
            continue;
        size_t end = with_following(at, title);
        if (end == title) /* the text ends with the name */
            end = title + strlen(at + title);
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)(end - title - 1), at + title + 1);
        if (is_known(redaction, name) || is_known(redaction, last_word(name)))
            return 0;
        *length = end - title - 1;
        return title + 1;
    }
    return 0;
}

static const char *mask_text(struct redaction *redaction, struct arena *arena, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return text;
    buffer_clear(&redaction->text);
    for (const char *at = text; *at != '\0';) {
        size_t length = name_at(redaction, text, at), titled = 0;
        if (length == 0)
            titled = titled_at(redaction, text, at, &length);
        buffer_add(&redaction->text, at, titled);
        at += titled;
        if (length > 0) {
            buffer_add_string(&redaction->text, mask);
            at += length;
        } else {
            buffer_add_byte(&redaction->text, *at++);
        }
    }
    return redaction->text.failed || redaction->text.length == 0
               ? mask
               : arena_copy(arena, redaction->text.bytes, redaction->text.length);
}

static void mask_actors(struct redaction *redaction, struct arena *arena,
                        struct record_actor **actors, uint32_t count)
{
    struct record_actor *copies = arena_new_array(arena, struct record_actor, count);
    for (uint32_t i = 0; i < count && copies != NULL; i++) {
        copies[i] = (*actors)[i];
        if (copies[i].entry != NULL)
            continue;
        copies[i].name = mask_text(redaction, arena, copies[i].name);
        copies[i].words = mask_text(redaction, arena, copies[i].words);
    }
    if (copies != NULL)
        *actors = copies;
}

/* Moves a place to the middle of its square and leaves no name finer than the province. */
static void coarsen(const struct redaction *redaction, struct record_place *place)
{
    if (redaction->kilometres <= 0 || place->name == NULL)
        return;
    double degrees = redaction->kilometres / 111.32;
    if (place->located) {
        place->latitude = (floor(place->latitude / degrees) + 0.5) * degrees;
        place->latitude = fmin(fmax(place->latitude, -90), 90);
        double wide = degrees / fmax(cos(place->latitude * 3.14159265358979 / 180), 0.01);
        place->longitude = (floor(place->longitude / wide) + 0.5) * wide;
        place->longitude = fmin(fmax(place->longitude, -180), 180);
    }
    place->name = place->admin1 != NULL ? place->admin1 : place->country;
    place->admin2 = NULL;
    place->geonameid = 0;
    place->relation = NULL;
    place->feature = NULL;
    place->acled_precision = place->acled_precision > 0 ? 3 : 0;
    if (place->ucdp_precision > 0 && place->ucdp_precision < 4)
        place->ucdp_precision = 4;
}

static annals_status check(struct arena *arena, annals_error *error)
{
    return arena->failed ? error_set(error, ANNALS_NO_MEMORY, "out of memory") : ANNALS_OK;
}

annals_status redact_claim(struct redaction *redaction, struct arena *arena,
                           const struct record_claim *claim, struct record_claim *masked,
                           annals_error *error)
{
    *masked = *claim;
    coarsen(redaction, &masked->place);
    coarsen(redaction, &masked->control_place);
    if (redaction->kilometres > 0) {
        /* The words would say what the place no longer does. */
        masked->sentence = masked->clause = NULL;
        masked->trigger = (struct byte_span){0, 0};
    }
    if (!redaction->persons)
        return ANNALS_OK;
    annals_status status = know_names(redaction, claim->report, error);
    if (status != ANNALS_OK)
        return status;
    masked->title = mask_text(redaction, arena, claim->title);
    masked->sentence = mask_text(redaction, arena, masked->sentence);
    masked->clause = mask_text(redaction, arena, masked->clause);
    masked->control_holder = mask_text(redaction, arena, claim->control_holder);
    masked->explanation = NULL;
    masked->trigger = (struct byte_span){0, 0};
    mask_actors(redaction, arena, &masked->agents.items, claim->agents.count);
    mask_actors(redaction, arena, &masked->patients.items, claim->patients.count);
    mask_actors(redaction, arena, &masked->instruments.items, claim->instruments.count);
    mask_actors(redaction, arena, &masked->according_to.items, claim->according_to.count);
    return check(arena, error);
}

annals_status redact_event(struct redaction *redaction, struct arena *arena,
                           const struct record_event *event, struct record_event *masked,
                           annals_error *error)
{
    *masked = *event;
    if (!redaction->persons && redaction->kilometres <= 0)
        return ANNALS_OK;
    struct record_claim *claims = arena_new_array(arena, struct record_claim, event->claim_count);
    annals_status status = check(arena, error);
    for (uint32_t i = 0; i < event->claim_count && status == ANNALS_OK; i++)
        status = redact_claim(redaction, arena, &event->claims[i], &claims[i], error);
    masked->claims = claims;
    coarsen(redaction, &masked->place);
    return status;
}

annals_status redact_report(struct redaction *redaction, struct arena *arena,
                            const struct record_report *report, struct record_report *masked,
                            annals_error *error)
{
    *masked = *report;
    if (!redaction->persons)
        return ANNALS_OK;
    annals_status status = know_names(redaction, report->id, error);
    masked->title = mask_text(redaction, arena, report->title);
    masked->byline = report->byline != NULL ? mask : NULL;
    return status == ANNALS_OK ? check(arena, error) : status;
}
