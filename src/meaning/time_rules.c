/* Reads the rules and words of time expressions and compiles them.
 * Method: every class of words, every figure, every literal word of a pattern and every name in a
 * `gives` column is a class with a number; an element of a pattern is the set of classes it takes.
 * Matching is then bit tests (time_matching.c). */
#include "meaning/time_rules.h"

#include <math.h>
#include <stdlib.h>

static const char *const field_names[TIME_FIELD_COUNT] = {
#define ROW(name, text) text,
    TIME_FIELD_TABLE(ROW)
#undef ROW
};

static const char *const figure_names[FIGURE_COUNT] = {
#define ROW(name, text) text,
    TIME_FIGURE_TABLE(ROW)
#undef ROW
};

/* Names that may stand for a number in the dictionaries. */
static const struct {
    const char *name;
    double value;
} symbols[] = {
    {"second", UNIT_SECOND}, {"minute", UNIT_MINUTE}, {"hour", UNIT_HOUR}, {"day", UNIT_DAY},
    {"weekend", UNIT_WEEKEND}, {"week", UNIT_WEEK}, {"month", UNIT_MONTH},
    {"quarter", UNIT_QUARTER}, {"season", UNIT_SEASON}, {"half", UNIT_HALF}, {"year", UNIT_YEAR},
    {"decade", UNIT_DECADE}, {"century", UNIT_CENTURY}, {"millennium", UNIT_MILLENNIUM},
    {"spring", SEASON_SPRING}, {"summer", SEASON_SUMMER}, {"autumn", SEASON_AUTUMN},
    {"winter", SEASON_WINTER}, {"calendar", KIND_CALENDAR}, {"shift", KIND_SHIFT},
    {"duration", KIND_DURATION}, {"set", KIND_SET}, {"reference", KIND_REFERENCE},
    {"none", KIND_NONE}, {"report", ANCHOR_REPORT}, {"story", ANCHOR_STORY},
    {"present", REFERENCE_PRESENT}, {"past", REFERENCE_PAST}, {"future", REFERENCE_FUTURE},
    {"morning", PART_MORNING}, {"afternoon", PART_AFTERNOON}, {"evening", PART_EVENING},
    {"night", PART_NIGHT}, {"midday", PART_MIDDAY}, {"daytime", PART_DAYTIME},
    {"start", STAGE_START}, {"middle", STAGE_MIDDLE}, {"end", STAGE_END}, {"before", STAGE_BEFORE}, {"after", STAGE_AFTER},
    {"lunar", CALENDAR_LUNAR}, {"solar", CALENDAR_SOLAR}, {"some", (double)NAN},
};

static bool symbol_value(const char *name, double *value)
{
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (strcmp(symbols[i].name, name) == 0) {
            *value = symbols[i].value;
            return true;
        }
    }
    return false;
}

static int field_of(const char *name, size_t length)
{
    for (int i = 0; i < TIME_FIELD_COUNT; i++)
        if (strlen(field_names[i]) == length && memcmp(field_names[i], name, length) == 0)
            return i;
    return -1;
}

/* The number of a class, new where there was none; -1 where there are too many. */
static int class_named(struct time_rules *rules, const char *name, size_t length)
{
    for (uint32_t i = 0; i < rules->class_names.count; i++) {
        const char *known = rules->class_names.items[i];
        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return (int)i;
    }
    uint32_t index = rules->class_names.count;
    if (index >= TIME_CLASS_MAXIMUM)
        return -1;
    const char *copy = arena_copy(rules->class_names.arena, name, length);
    const char **added = copy != NULL ? array_push(&rules->class_names) : NULL;
    if (added == NULL)
        return -1;
    *added = copy;
    rules->class_fields[index] = (int8_t)field_of(name, length);
    return (int)index;
}

static int class_of_words(void *context, const char *name)
{
    return *name == '\0' ? -1 : class_named(context, name, strlen(name));
}

/* A literal word is a class of its own, named with a quote before it. */
static int class_of_literal(struct time_rules *rules, const char *word, size_t length)
{
    char name[64];
    if (length + 1 >= sizeof name)
        return -1;
    name[0] = '\'';
    memcpy(name + 1, word, length);
    uint32_t before = rules->class_names.count;
    int index = class_named(rules, name, length + 1);
    if (index >= 0 && rules->class_names.count > before) {
        struct lexicon_entry entry = {.word_class = (uint16_t)index};
        /* A hyphen is no word of a phrase; time_matching.c knows it by its class. */
        if (!(length == 1 && *word == '-') &&
            !lexicon_add_word(&rules->words, word, length, entry))
            return -1;
    }
    return index;
}

/* One element: [~|!]ALTERNATIVE[/ALTERNATIVE...][?], an alternative being $CLASS[=FIELD] or a word. */
static bool read_element(struct time_rules *rules, const char *text, size_t length,
                         struct time_element *element)
{
    *element = (struct time_element){.field = -1};
    if (*text == '~' || *text == '!') {
        element->use = *text == '~' ? ELEMENT_NEEDS : ELEMENT_FORBIDS;
        text++;
        length--;
    }
    if (length > 1 && text[length - 1] == '?') {
        element->optional = true;
        length--;
    }
    for (size_t at = 0; at <= length;) {
        size_t end = at;
        while (end < length && text[end] != '/')
            end++;
        const char *name = text + at;
        size_t size = end - at;
        bool word_class = *name == '$' && size > 1;
        const char *equals = word_class ? memchr(name, '=', size) : NULL;
        if (equals != NULL) {
            int field = field_of(equals + 1, size - (size_t)(equals + 1 - name));
            if (field < 0)
                return false;
            element->field = (int8_t)field;
            size = (size_t)(equals - name);
        }
        if (size == 0)
            return false;
        int index = word_class ? class_named(rules, name + 1, size - 1)
                               : class_of_literal(rules, name, size);
        if (index < 0)
            return false;
        class_set_add(&element->classes, (uint32_t)index);
        at = end + 1;
    }
    return true;
}

static bool read_pattern(struct time_rules *rules, const char *text, struct time_rule *rule)
{
    bool after = false;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length > 0) {
            struct time_element *element = &rule->elements[rule->count];
            if (rule->count == TIME_ELEMENTS || !read_element(rules, text, length, element))
                return false;
            bool takes = element->use == ELEMENT_TAKES;
            if (takes && after)
                return false;
            if (takes) {
                rule->end = (uint8_t)(rule->count + 1);
            } else if (rule->end > 0) {
                after = true;
            } else {
                rule->first = (uint8_t)(rule->count + 1);
            }
            rule->count++;
        }
        text += length + (text[length] == ' ');
    }
    return rule->end > rule->first;
}

/* "kind=shift unit=day". */
static bool read_constants(const char *text, struct time_meaning *meaning)
{
    while (*text != '\0') {
        size_t length = strcspn(text, " "), name = strcspn(text, "=");
        char value[32], *end;
        if (name >= length || length - name >= sizeof value)
            return false;
        int field = field_of(text, name);
        memcpy(value, text + name + 1, length - name - 1);
        value[length - name - 1] = '\0';
        double number = strtod(value, &end);
        if ((*end != '\0' || end == value) && !symbol_value(value, &number))
            return false;
        if (field < 0)
            return false;
        time_put(meaning, (enum time_field)field, number);
        text += length;
        while (*text == ' ')
            text++;
    }
    return true;
}

static annals_status read_rules(struct time_rules *rules, annals_error *error)
{
    const struct table *table = &rules->rule_table;
    for (uint32_t row = 0; row < table->row_count; row++) {
        struct time_rule *rule = array_push(&rules->rules);
        if (rule == NULL)
            return error_set(error, ANNALS_NO_MEMORY, "out of memory");
        rule->row = row;
        const char *gives = table_cell(table, row, "gives");
        int given = class_named(rules, gives, strlen(gives));
        if (*gives == '\0' || given < 0)
            return table_fail(table, row, error, "`gives` is empty, or there are too many classes");
        rule->gives = (uint16_t)given;
        if (!read_pattern(rules, table_cell(table, row, "pattern"), rule))
            return table_fail(table, row, error, "the pattern cannot be read");
        if (!read_constants(table_cell(table, row, "set"), &rule->constants))
            return table_fail(table, row, error, "`set` cannot be read");
    }
    return ANNALS_OK;
}

/* Whether a rule may take an item of the class first. */
static bool may_start(const struct time_rule *rule, uint32_t word_class)
{
    for (uint32_t i = rule->first; i < rule->end; i++) {
        if (class_set_has(&rule->elements[i].classes, word_class))
            return true;
        if (!rule->elements[i].optional)
            return false;
    }
    return false;
}

static annals_status index_rules(struct time_rules *rules, struct arena *arena,
                                 annals_error *error)
{
    const struct table *table = &rules->rule_table;
    int level_column = table_column(table, "level");
    for (uint32_t word_class = 0; word_class < rules->class_names.count; word_class++) {
        for (uint32_t level = 0; level < TIME_LEVELS; level++) {
            int16_t *list = arena_new_array(arena, int16_t, rules->rules.count + 1);
            if (list == NULL)
                return error_set(error, ANNALS_NO_MEMORY, "out of memory");
            uint32_t count = 0;
            for (uint32_t i = 0; i < rules->rules.count; i++) {
                const struct time_rule *rule = &rules->rules.items[i];
                const char *cell = table->rows[rule->row].cells[level_column];
                if (cell[0] == (char)('1' + level) && cell[1] == '\0' &&
                    may_start(rule, word_class))
                    list[count++] = (int16_t)i;
            }
            list[count] = -1;
            rules->starts[level][word_class] = count > 0 ? list : NULL;
        }
    }
    return ANNALS_OK;
}

annals_status time_rules_open(struct time_rules *rules, const struct stage_setting *setting,
                              annals_error *error)
{
    static const char *const word_columns[] = {"id", "class", "value", "when", "words", NULL};
    static const char *const rule_columns[] = {"id",  "level",   "pattern", "gives",
                                               "set", "example", "span",    "value", NULL};
    struct arena *arena = setting->arena;
    lexicon_init(&rules->words, arena);
    array_init(&rules->class_names, arena);
    array_init(&rules->rules, arena);
    rules->class_fields = arena_new_array(arena, int8_t, TIME_CLASS_MAXIMUM);
    if (rules->class_fields == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    for (uint32_t i = 0; i < FIGURE_COUNT; i++)
        class_named(rules, figure_names[i], strlen(figure_names[i]));
    rules->class_fields[FIGURE_NUMBER] = TIME_AMOUNT;
    rules->class_fields[FIGURE_DAYNUM] = TIME_DAY;
    rules->class_fields[FIGURE_ANYYEAR] = TIME_YEAR;
    rules->class_fields[FIGURE_SHORTYEAR] = TIME_YEAR;
    rules->class_fields[class_named(rules, "units", 5)] = TIME_UNIT;
    rules->hyphen = class_of_literal(rules, "-", 1);
    annals_status status =
        table_read_columns(&rules->word_table, arena,
                           stage_path(setting, "dictionaries/en", "time_words.tsv"), word_columns,
                           error);
    if (status == ANNALS_OK)
        status = table_read_columns(&rules->rule_table, arena,
                                    stage_path(setting, "dictionaries/en", "times.tsv"),
                                    rule_columns, error);
    if (status == ANNALS_OK)
        status = lexicon_add(&rules->words, &rules->word_table, class_of_words, symbol_value,
                             rules, error);
    if (status == ANNALS_OK)
        status = read_rules(rules, error);
    return status == ANNALS_OK ? index_rules(rules, arena, error) : status;
}
