/* annals review: goes through the claims that nobody decided on, the most uncertain first.
 *
 * On a terminal a card a claim and single keys; in a pipe lines, so that a script can review too.
 * Each decision is kept at once: quitting, or losing the connection, loses nothing. */
#include "deciding.h"

#include "keyboard.h"

#include <ctype.h>

enum { ID_SIZE = 16 };

struct review {
    struct options options;
    annals_record *record;
    const char *author;
    char (*ids)[ID_SIZE];
    size_t count, capacity, at;
    bool failed, written; /* `written`: something stands below the card */
    /* Decisions of this run that can be undone: their number and the claim's place. */
    struct {
        uint64_t number;
        size_t at;
        char kind;
    } * made;
    size_t made_count;
    unsigned accepted, rejected, corrected, noted;
};

/* ------------------------------------------------------------------ the claims that wait */

/* An annals_sink: ids, one a line, perhaps in pieces. */
static bool take_ids(void *context, const char *bytes, size_t length)
{
    struct review *review = context;
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && bytes[end] != '\n')
            end++;
        if (review->count == review->capacity) {
            size_t capacity = review->capacity == 0 ? 256 : review->capacity * 2;
            void *larger = realloc(review->ids, capacity * sizeof *review->ids);
            if (larger == NULL)
                return false;
            review->ids = larger;
            review->capacity = capacity;
        }
        if (end - i < ID_SIZE) {
            memcpy(review->ids[review->count], bytes + i, end - i);
            review->ids[review->count++][end - i] = '\0';
        }
        i = end + 1;
    }
    return true;
}

static bool find_claims(struct review *review)
{
    annals_error error = {.byte = -1};
    annals_query query = review->options.query;
    query.view = ANNALS_REVIEW;
    query.author = review->options.again ? review->author : NULL;
    if (annals_render(review->record, &query, take_ids, review, &error) != ANNALS_OK) {
        print_error(&review->options.settings, &error);
        return false;
    }
    review->made = calloc(review->count > 0 ? review->count * 4 : 1, sizeof *review->made);
    return review->made != NULL;
}

/* ------------------------------------------------------------------ the card */

static const char *code(const struct review *review, const char *codes)
{
    return review->options.query.colour ? codes : "";
}

static void show_progress(const struct review *review)
{
    enum { BAR = 24 };
    size_t full = review->at * BAR / review->count;
    if (!keyboard_is_terminal()) {
        printf("%zu of %zu\n", review->at + 1, review->count);
        return;
    }
    fputs(code(review, "\x1b[H\x1b[2J\x1b[36m"), stdout);
    for (size_t i = 0; i < BAR; i++)
        fputs(i < full ? "\xe2\x94\x81" : "\xe2\x94\x80", stdout);
    printf("%s %zu of %zu\n\n", code(review, "\x1b[0m"), review->at + 1, review->count);
}

static void show_keys(const struct review *review)
{
    static const char *const names[] = {"accept", "reject", "correct", "skip",
                                        "note",   "undo",   "quit"};
    if (!keyboard_is_terminal())
        return;
    fputs("\n  ", stdout);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        printf("%s%c%s %s%s%s   ", code(review, "\x1b[1m"), names[i][0], code(review, "\x1b[0m"),
               code(review, "\x1b[2m"), names[i], code(review, "\x1b[0m"));
    fputs("\n", stdout);
}

static void show_card(struct review *review)
{
    annals_error error = {.byte = -1};
    annals_query query = {.view = ANNALS_REVIEW,
                          .id = review->ids[review->at],
                          .width = review->options.query.width,
                          .colour = review->options.query.colour};
    show_progress(review);
    if (annals_render(review->record, &query, to_standard_output, NULL, &error) != ANNALS_OK)
        print_error(&review->options.settings, &error);
    show_keys(review);
    fflush(stdout);
}

/* ------------------------------------------------------------------ deciding */

static bool keep(struct review *review, const annals_decision *decision, char kind)
{
    annals_decision whole = *decision;
    const char *id = review->ids[review->at];
    annals_error error = {.byte = -1};
    uint64_t number = 0;
    if (whole.ids == NULL) {
        whole.ids = &id;
        whole.id_count = 1;
    }
    whole.author = review->author;
    whole.decided = write_moment();
    if (annals_record_decide(review->record, review->options.settings.data, &whole, 1, &number,
                             &error) != ANNALS_OK) {
        fflush(stdout);
        print_error(&review->options.settings, &error);
        review->failed = error.status != ANNALS_WRONG_USE;
        return false;
    }
    if (kind != 'u' && review->made_count < review->count * 4) {
        review->made[review->made_count].number = number;
        review->made[review->made_count].kind = kind;
        review->made[review->made_count++].at = review->at;
    }
    review->accepted += kind == 'a';
    review->rejected += kind == 'r';
    review->corrected += kind == 'c';
    review->noted += kind == 'n';
    return true;
}

/* "slot=value": asked again where it is none; nothing typed leaves the claim as it is. */
static bool correct(struct review *review)
{
    char text[1024];
    if (keyboard_is_terminal())
        printf("\n  %stype  mode  status  date  place  agent  patient  control  holder  killed  "
               "wounded "
               "...%s\n",
               code(review, "\x1b[2m"), code(review, "\x1b[0m"));
    while (keyboard_line("  slot=value: ", text, sizeof text) && text[0] != '\0') {
        char *sign = strchr(text, '=');
        if (sign == NULL) {
            fputs("annals: a slot, a =, and its value\n", stderr);
        } else {
            *sign = '\0';
            annals_decision decision = {.kind = "amend", .slot = text, .value = sign + 1};
            if (keep(review, &decision, 'c'))
                return true;
        }
        if (!keyboard_is_terminal() || review->failed)
            break;
    }
    return false;
}

static bool write_note(struct review *review)
{
    char text[2048];
    if (!keyboard_line("  note: ", text, sizeof text) || text[0] == '\0')
        return false;
    annals_decision decision = {.kind = "note", .reason = text};
    return keep(review, &decision, 'n');
}

/* Takes the last decision back and returns to its claim. */
static bool undo(struct review *review)
{
    if (review->made_count == 0) {
        fputs("annals: nothing was decided yet\n", stderr);
        return false;
    }
    char id[32];
    const char *ids = id;
    snprintf(id, sizeof id, "d%llu",
             (unsigned long long)review->made[review->made_count - 1].number);
    annals_decision decision = {.kind = "undo", .ids = &ids, .id_count = 1};
    if (!keep(review, &decision, 'u'))
        return false;
    review->made_count--;
    char kind = review->made[review->made_count].kind;
    review->accepted -= kind == 'a';
    review->rejected -= kind == 'r';
    review->corrected -= kind == 'c';
    review->noted -= kind == 'n';
    review->at = review->made[review->made_count].at;
    return true;
}

/* Does what the key says; false to quit. `*shown` whether the card still stands as it is. */
static bool act(struct review *review, int key, bool *shown)
{
    annals_decision verdict = {.kind = key == 'a' ? "accept" : "reject"};
    bool next = false;
    switch (key) {
    case 'a':
    case 'r':
        next = keep(review, &verdict, (char)key);
        break;
    case 's':
    case ' ':
        next = true;
        break;
    /* More of the claim may be wrong: it stays, as it is now. */
    case 'c':
        *shown = !correct(review) && !keyboard_is_terminal();
        return !review->failed;
    case 'n':
        *shown = !write_note(review) && !keyboard_is_terminal();
        return !review->failed;
    case 'u':
        *shown = !undo(review);
        return !review->failed;
    case 'q':
    case 0:
        return false;
    default:
        if (!keyboard_is_terminal())
            fprintf(stderr, "annals: no key \"%c\"; a, r, c, s, n, u or q\n", key);
        return true;
    }
    review->at += next;
    *shown = !next;
    return !review->failed;
}

static void go_through(struct review *review)
{
    bool going = true, shown = false;
    while (going && review->at < review->count) {
        if (!shown)
            show_card(review);
        shown = true;
        int key = keyboard_key();
        going = act(review, key < 128 ? tolower(key) : key, &shown);
    }
}

static void report_outcome(const struct review *review)
{
    const struct {
        unsigned number;
        const char *what;
    } parts[] = {{review->accepted, "accepted"},
                 {review->rejected, "rejected"},
                 {review->corrected, "corrected"},
                 {review->noted, "noted"}};
    bool any = false;
    fputs(keyboard_is_terminal() ? "\n" : "", stdout);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].number > 0) {
            printf("%s%u %s", any ? ", " : "", parts[i].number, parts[i].what);
            any = true;
        }
    puts(any ? "" : review->count == 0 ? "no claim waits for review" : "nothing decided");
}

int command_review(const struct settings *settings, int count, char **arguments)
{
    struct review review = {.record = NULL};
    int status = EXIT_COULD_NOT;
    if (!options_read(&review.options, settings, OPTIONS_REVIEW | OPTIONS_FILTER | OPTIONS_AUTHOR,
                      &count, arguments))
        return EXIT_WRONG_USE;
    if (count > 0) {
        fprintf(stderr, "annals: \"%s\" is too much: review takes only options\n", arguments[0]);
        return EXIT_WRONG_USE;
    }
    review.author = find_author(&review.options);
    if (review.author == NULL)
        return EXIT_WRONG_USE;
    annals_record_close(review.record = open_record(&review.options, ANNALS_READ_ONLY));
    if (review.record != NULL)
        review.record = open_record(&review.options, ANNALS_READ_WRITE);
    if (review.record != NULL && find_claims(&review)) {
        keyboard_begin();
        go_through(&review);
        keyboard_end();
        report_outcome(&review);
        status = !review.failed && fflush(stdout) == 0 ? EXIT_DONE : EXIT_COULD_NOT;
    }
    annals_record_close(review.record);
    free(review.ids);
    free(review.made);
    return status;
}
