/* annals control: who holds which place, on a day, as known on a day.
 *
 * A name that no report has is looked up in the gazetteer, which knows other spellings: the record is
 * asked again for the numbers of the places found there, or of the town whose facility is meant. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 2000, FOUND = 40 };

/* Numbers of the gazetteer, parted by commas. */
struct numbers {
    char text[NUMBERS];
    size_t length;
    unsigned count;
    bool begins; /* at the beginning of a line */
};

/* Takes the first field of each line. */
static bool take_number(void *context, const char *bytes, size_t length)
{
    struct numbers *numbers = context;
    bool inside = numbers->begins;
    for (size_t i = 0; i < length; i++) {
        if (numbers->begins && numbers->count < FOUND && numbers->length + 24 < NUMBERS) {
            if (numbers->count++ > 0)
                numbers->text[numbers->length++] = ',';
            inside = true;
        }
        numbers->begins = bytes[i] == '\n';
        inside = inside && bytes[i] != '\t' && bytes[i] != '\n';
        if (inside && numbers->length + 1 < NUMBERS)
            numbers->text[numbers->length++] = bytes[i];
    }
    numbers->text[numbers->length] = '\0';
    return true;
}

static bool look_up(const struct settings *settings, const char *name, struct numbers *numbers)
{
    char path[4096];
    annals_error error = {0};
    *numbers = (struct numbers){.begins = true};
    int length = snprintf(path, sizeof path, "%s/gazetteer.bin", settings->data);
    return length > 0 && (size_t)length < sizeof path &&
           annals_gazetteer_find(path, name, take_number, numbers, &error) == ANNALS_OK &&
           numbers->count > 0;
}

/* "The prison of Kandahar", "Kandahar prison": the town by its numbers, where the gazetteer has it. */
static bool look_up_site(const struct settings *settings, const char *name, struct numbers *numbers)
{
    static const char *const marks[] = {", ",   " outside ", " near ", " inside ",
                                        " in ", " at ",      " of ",   NULL};
    char what[200] = "", town[200] = "";
    for (const char *const *mark = marks; *mark != NULL && town[0] == '\0'; mark++) {
        const char *found = strstr(name, *mark);
        if (found == NULL || (size_t)(found - name) >= sizeof what)
            continue;
        snprintf(what, sizeof what, "%.*s", (int)(found - name), name);
        snprintf(town, sizeof town, "%s", found + strlen(*mark));
    }
    const char *last = strrchr(name, ' ');
    if (town[0] == '\0' && last != NULL && (size_t)(last - name) < sizeof town) {
        snprintf(what, sizeof what, "%s", last + 1);
        snprintf(town, sizeof town, "%.*s", (int)(last - name), name);
    }
    char *copy = town[0] != '\0' && look_up(settings, town, numbers) ? malloc(NUMBERS) : NULL;
    if (copy == NULL)
        return false;
    snprintf(copy, NUMBERS, "%s", numbers->text);
    int length = snprintf(numbers->text, NUMBERS, "%s of %s", what, copy);
    free(copy);
    return length > 0 && length < NUMBERS;
}

static annals_status ask(annals_record *record, annals_query *query, annals_error *error)
{
    return annals_render(record, query, to_standard_output, NULL, error);
}

/* Asks; where no report has the name, asks again for what the gazetteer has under it. */
static annals_status ask_twice(annals_record *record, struct options *options, annals_error *error)
{
    annals_query query = options->query;
    const char **name = query.id != NULL ? &query.id : &query.place;
    annals_status status = ask(record, &query, error);
    struct numbers *numbers = status == ANNALS_NOT_FOUND ? malloc(sizeof *numbers) : NULL;
    if (numbers != NULL && (look_up(&options->settings, *name, numbers) ||
                            look_up_site(&options->settings, *name, numbers))) {
        annals_error second = {0};
        *name = numbers->text;
        annals_status found = ask(record, &query, &second);
        /* Where that fails too, the name itself is what was not found. */
        if (found != ANNALS_NOT_FOUND) {
            status = found;
            *error = second;
        }
    }
    free(numbers);
    return status;
}

int command_control(const struct settings *settings, int count, char **arguments)
{
    struct options options;
    annals_error error = {0};
    if (!options_read(&options, settings, OPTIONS_FORMAT | OPTIONS_CONTROL, &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 1 || (count == 1 && options.query.place != NULL)) {
        fputs("annals: one place, or --place with the country or province that holds them\n", stderr);
        return EXIT_WRONG_USE;
    }
    if (options.query.history && count == 0) {
        fputs("annals: --history of which place?\n", stderr);
        return EXIT_WRONG_USE;
    }
    options.query.view = ANNALS_CONTROL;
    options.query.notes = print_query_note;
    options.query.id = count == 1 ? arguments[0] : NULL;
    annals_record *record = open_record(&options, ANNALS_READ_ONLY);
    if (record == NULL)
        return EXIT_COULD_NOT;
    annals_status status = ask_twice(record, &options, &error);
    annals_record_close(record);
    if (status == ANNALS_OK && fflush(stdout) != 0) {
        error.byte = -1;
        snprintf(error.sentence, sizeof error.sentence, "the output could not be written");
        status = ANNALS_CANNOT_WRITE;
    }
    if (status != ANNALS_OK)
        print_error(settings, &error);
    return status == ANNALS_OK ? EXIT_DONE
                               : status == ANNALS_WRONG_USE ? EXIT_WRONG_USE : EXIT_COULD_NOT;
}
