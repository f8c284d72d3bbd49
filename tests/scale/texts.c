/* Writes reports of about 350 words as interchange JSONL: what `make scale-reports` reads.
 *
 * usage: texts COUNT [FIRST]   the first COUNT reports of the world, from the FIRST on (0).
 * Incidents in fourteen countries are told by one or several outlets each, in wordings of their own, from
 * the templates of templates.h; one report in eight prints another's text, one in three recalls an
 * earlier incident. The world's sizes, skew and days are those of reports.h. The same numbers give the
 * same reports on every machine. Left out: whatever no template says; what annals finds in them is no
 * measure of its accuracy. */
#include "reports.h"
#include "templates.h"

#include <stdlib.h>

enum { WORDS = 350, OUTLETS = 60 };

struct writing {
    const struct world *world;
    struct arena arena;
    struct buffer text;
    struct facts {
        uint64_t incident;
        const struct land *land;
        const struct kind *kind;
        const char *town, *other, *quarter, *group, *target, *victim, *speaker;
        uint32_t killed, wounded;
        int32_t day;
    } facts;
    uint64_t style; /* drawn from for every choice of words */
    uint32_t words;
};

static uint32_t draw(struct writing *writing, uint32_t count)
{
    writing->style = hash_mix(writing->style + 1);
    return (uint32_t)(writing->style % count);
}

static const char *person(struct writing *writing, uint64_t number)
{
    return arena_print(&writing->arena, "%s %s", world_name(&writing->arena, hash_mix(number), 2),
                       world_name(&writing->arena, hash_mix(number + 1), 3));
}

static struct facts facts_of(struct writing *writing, uint64_t incident)
{
    const struct world *world = writing->world;
    uint32_t place = world_skewed(world, incident, 2, LAND_COUNT * 8);
    const struct land *land = &lands[hash_mix(place) % LAND_COUNT];
    struct facts facts = {.incident = incident, .land = land};
    facts.kind = &kinds[world_number(world, incident, 5) % KIND_COUNT];
    facts.town = land->towns[place % 8];
    facts.other = land->towns[(place + 1 + world_number(world, incident, 6) % 7) % 8];
    facts.quarter = world_name(&writing->arena, world_number(world, place, world_number(world, incident, 12) % 40), 3);
    facts.group = land->groups[world_skewed(world, incident, 7, 3)];
    facts.target = targets[world_number(world, incident, 10) % COUNT(targets)];
    facts.victim = person(writing, world_number(world, incident, 8));
    facts.speaker = arena_print(&writing->arena, "%s %s", roles[world_number(world, incident, 11) % COUNT(roles)],
                                person(writing, world_number(world, place, 9)));
    facts.killed = world_skewed(world, incident, 3, 60) + 1;
    facts.wounded = world_skewed(world, incident, 4, 120) + 2;
    facts.day = world->first_day + (int32_t)((double)incident / world->incidents_a_day);
    return facts;
}

/* ------------------------------------------------------------------ a sentence */

static void write_date(struct writing *writing, int32_t day)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    char date[16];
    calendar_write(day, date);
    buffer_print(&writing->text, "%d %s %.4s", atoi(date + 8), months[(atoi(date + 5) + 11) % 12], date);
}

static void write_part(struct writing *writing, const char *name, size_t length)
{
    static const char *const weekdays[] = {"Thursday", "Friday",  "Saturday", "Sunday",
                                           "Monday",   "Tuesday", "Wednesday"};
    const struct facts *facts = &writing->facts;
    const struct {
        const char *name, *text;
    } parts[] = {
        {"town", facts->town},       {"other", facts->other},
        {"quarter", facts->quarter}, {"group", facts->group},
        {"target", facts->target},   {"victim", facts->victim},
        {"speaker", facts->speaker}, {"country", facts->land->name},
        {"army", facts->land->army}, {"weekday", weekdays[(facts->day % 7 + 7) % 7]},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strlen(parts[i].name) == length && memcmp(parts[i].name, name, length) == 0)
            buffer_add_string(&writing->text, parts[i].text);
    if (strncmp(name, "killed}", 7) == 0)
        buffer_print(&writing->text, "%u", facts->killed);
    else if (strncmp(name, "wounded}", 8) == 0)
        buffer_print(&writing->text, "%u", facts->wounded);
    else if (strncmp(name, "date}", 5) == 0)
        write_date(writing, facts->day);
    else if (strncmp(name, "few}", 4) == 0)
        buffer_add_string(&writing->text, counts_few[facts->incident % COUNT(counts_few)]);
    else if (strncmp(name, "many}", 5) == 0)
        buffer_print(&writing->text, "%u,000", facts->wounded);
    else if (strncmp(name, "official}", 9) == 0)
        buffer_add_string(&writing->text, officials[draw(writing, COUNT(officials))]);
    else if (strncmp(name, "outlet}", 7) == 0)
        buffer_print(&writing->text, "%s Radio", world_name(&writing->arena, facts->incident % OUTLETS, 2));
}

static void write_sentence(struct writing *writing, const char *template)
{
    size_t start = writing->text.length;
    while (*template != '\0') {
        size_t plain = strcspn(template, "{");
        buffer_add(&writing->text, template, plain);
        template += plain;
        if (*template != '{')
            continue;
        size_t length = strcspn(++template, "}");
        write_part(writing, template, length);
        template += length + (template[length] == '}');
    }
    /* "The" and "a" may have come to stand first, or no longer to. */
    char *bytes = writing->text.bytes;
    for (size_t i = start; i < writing->text.length; i++) {
        writing->words += bytes[i] == ' ' || i == start;
        if (i == start && bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
        else if (i > start + 1 && strncmp(bytes + i, "The ", 4) == 0 && bytes[i - 1] == ' ' && bytes[i - 2] != '"')
            bytes[i] = 't';
    }
    buffer_add_byte(&writing->text, ' ');
}

static void end_paragraph(struct writing *writing)
{
    if (writing->text.length > 0 && writing->text.bytes[writing->text.length - 1] == ' ')
        writing->text.bytes[writing->text.length - 1] = '\n';
}

/* ------------------------------------------------------------------ a report */

/* The next of a list whose order the style gives; each once, as long as there are some. */
static const char *next_of(const char *const *list, uint32_t count, uint64_t style, uint32_t number)
{
    uint32_t step = 1 + (uint32_t)(hash_mix(style) % (count - 1));
    while (count % step == 0 && step > 1)
        step--;
    return list[(style + (uint64_t)number * step) % count];
}

static void write_text(struct writing *writing, uint64_t incident, uint32_t teller)
{
    const struct world *world = writing->world;
    uint64_t style = world_number(world, incident, 100 + teller);
    uint32_t length = WORDS - 100 + world_skewed(world, style, 1, 450);
    writing->facts = facts_of(writing, incident);
    writing->style = style;
    writing->words = 0;
    const struct kind *kind = writing->facts.kind;
    write_sentence(writing, kind->leads[draw(writing, TELLINGS)]);
    write_sentence(writing, kind->details[draw(writing, TELLINGS)]);
    end_paragraph(writing);
    for (uint32_t i = 0; writing->words < length && i < 40; i++) {
        if (kind->deadly && i % 4 == 0 && i < 12)
            write_sentence(writing, next_of(tolls, COUNT(tolls), style, i / 4));
        write_sentence(writing, next_of(words_of, COUNT(words_of), style >> 8, i));
        if (i % 3 == 1)
            write_sentence(writing, next_of(kind->details, TELLINGS, style >> 4, i / 3));
        if (i == 2 && style % 3 == 0 && incident > 40) {
            struct facts own = writing->facts;
            writing->facts = facts_of(writing, incident - 1 - style % 40);
            write_sentence(writing, recaps[draw(writing, COUNT(recaps))]);
            writing->facts = own;
        }
        if (i % 2 == 0)
            write_sentence(writing, next_of(around, COUNT(around), style >> 16, i / 2));
        else
            write_sentence(writing, next_of(background, COUNT(background), style >> 24, i / 2));
        write_sentence(writing, next_of(eventless, COUNT(eventless), style >> 32, 2 * i));
        write_sentence(writing, next_of(eventless, COUNT(eventless), style >> 32, 2 * i + 1));
        end_paragraph(writing);
    }
}

static void print_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\')
            putchar('\\');
        if (text[i] == '\n')
            fputs("\\n", stdout);
        else
            putchar(text[i]);
    }
}

static void print_report(const struct world *world, uint64_t incident, uint32_t teller)
{
    struct writing writing = {.world = world};
    uint64_t own = world_number(world, incident, 5000 + teller);
    uint32_t words = teller > 0 && own % 8 == 0 ? 0 : teller;
    char published[16];
    arena_init(&writing.arena);
    buffer_init(&writing.text);
    write_text(&writing, incident, words);
    size_t length = writing.text.length;
    write_sentence(&writing, writing.facts.kind->titles[world_number(world, incident, 300 + words) % TELLINGS]);
    calendar_write(writing.facts.day + (int32_t)world_skewed(world, own, 1, 5), published);
    printf("{\"id\": \"t%llu-%u\", \"published\": \"%s\", \"source\": \"%s Herald\", \"title\": \"",
           (unsigned long long)incident, teller, published,
           world_name(&writing.arena, world->seed + 700000 + world_skewed(world, own, 2, OUTLETS), 2));
    print_text(writing.text.bytes + length, writing.text.length - length - 1);
    fputs("\", \"text\": \"", stdout);
    print_text(writing.text.bytes, length - 1);
    /* A report is known by its bytes: no two are quite the same. */
    printf("\\nEdition %u, number %llu.\"}\n", teller + 1, (unsigned long long)incident);
    buffer_release(&writing.text);
    arena_release(&writing.arena);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        fputs("usage: texts COUNT [FIRST]\n", stderr);
        return 2;
    }
    struct world world = world_make(1, 30);
    uint64_t wanted = strtoull(arguments[1], NULL, 10);
    uint64_t first = count > 2 ? strtoull(arguments[2], NULL, 10) : 0, at = 0;
    for (uint64_t incident = 0; at < first + wanted; incident++) {
        uint32_t size = world_size(&world, incident);
        for (uint32_t teller = 0; teller < size && at < first + wanted; teller++, at++)
            if (at >= first)
                print_report(&world, incident, teller);
    }
    return ferror(stdout) != 0;
}
