/* What readers said of claims: reads the two files of labels, and finds the label of a claim. */
#include "train/trust_trainer.h"

#include "bytes/hash.h"

#include <errno.h>
#include <stdlib.h>

static annals_status wrong_line(const char *path, uint32_t line, annals_error *error)
{
    error_set(
        error, ANNALS_MALFORMED,
        "corpus, report, offset, type, verdict, part expected, or these, agents and patients");
    error_at(error, path, line, 0, -1);
    return ANNALS_MALFORMED;
}

static uint32_t corpus_index(struct trust_labels *labels, const char *name)
{
    for (uint32_t i = 0; i < labels->corpus_count; i++)
        if (strcmp(labels->corpora[i], name) == 0)
            return i;
    if (labels->corpus_count == TRUST_CORPORA || strlen(name) >= TRUST_NAME)
        return TRUST_CORPORA;
    memcpy(labels->corpora[labels->corpus_count], name, strlen(name) + 1);
    return labels->corpus_count++;
}

/* Fields of a line that stand between tabs; returns their number. */
static uint32_t split(char *line, char **fields, uint32_t limit)
{
    uint32_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *field = line; field != NULL && count < limit; count++) {
        fields[count] = field;
        field = strchr(field, '\t');
        if (field != NULL)
            *field++ = '\0';
    }
    return count;
}

/* Six fields say whether a reader found who takes part right, eight who it is. */
static bool add_label(struct trust_labels *labels, char *line)
{
    enum { SAID = 6, NAMED = 8 };
    char *fields[NAMED + 1];
    uint32_t count = split(line, fields, NAMED + 1);
    if (count != SAID && count != NAMED)
        return false;
    if (labels->count == labels->capacity) {
        uint32_t capacity = labels->capacity == 0 ? 1024 : labels->capacity * 2;
        struct trust_label *items = realloc(labels->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        labels->items = items;
        labels->capacity = capacity;
    }
    const char *verdict = fields[4];
    struct trust_label *label = &labels->items[labels->count++];
    *label = (struct trust_label){.report = hash_bytes(fields[1], strlen(fields[1])),
                                  .offset = (uint32_t)strtoul(fields[2], NULL, 10),
                                  .type = hash_bytes(fields[3], strlen(fields[3])),
                                  .corpus = corpus_index(labels, fields[0]),
                                  .right = strcmp(verdict, "event") != 0,
                                  .roles_read =
                                      strcmp(verdict, "event") != 0 && strcmp(verdict, "told") != 0,
                                  .roles_right = strcmp(verdict, "right") == 0,
                                  .agent_wrong = strcmp(verdict, "agent") == 0,
                                  .held_out = strcmp(fields[5], "held") == 0};
    if (count == NAMED) {
        label->agents = arena_copy(&labels->arena, fields[6], strlen(fields[6]));
        label->patients = arena_copy(&labels->arena, fields[7], strlen(fields[7]));
        if (label->agents == NULL || label->patients == NULL)
            return false;
        label->roles_read = label->right && strchr(label->agents, '?') == NULL &&
                            strchr(label->patients, '?') == NULL;
    }
    return label->corpus < TRUST_CORPORA;
}

annals_status trust_labels_read(struct trust_labels *labels, const char *path, annals_error *error)
{
    FILE *stream = fopen(path, "rb");
    char *line = NULL;
    size_t size = 0;
    uint32_t number = 0;
    annals_status status = ANNALS_OK;
    if (stream == NULL) {
        error_set(error, ANNALS_CANNOT_READ, "%s", strerror(errno));
        error_at(error, path, 0, 0, -1);
        return ANNALS_CANNOT_READ;
    }
    while (status == ANNALS_OK && getline(&line, &size, stream) > 0) {
        number++;
        labels->hash = hash_join(labels->hash, hash_bytes(line, strlen(line)));
        if (line[0] != '#' && !add_label(labels, line))
            status = wrong_line(path, number, error);
    }
    free(line);
    fclose(stream);
    return status;
}

struct trust_label *trust_label_of(const struct trust_labels *labels, uint64_t report,
                                   uint32_t offset, uint64_t type)
{
    for (uint32_t i = 0; i < labels->count; i++) {
        struct trust_label *label = &labels->items[i];
        if (label->report == report && label->offset == offset && label->type == type &&
            !label->found)
            return label;
    }
    return NULL;
}

uint32_t trust_code_points(const struct document *document, uint32_t bytes)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < bytes; i++)
        count += ((unsigned char)document->text[i] & 0xc0) != 0x80;
    return count;
}

bool trust_are_among(const struct document *document, const struct participant *items,
                     uint32_t count, const char *ranges)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = trust_code_points(document, items[i].span.start),
                 end = trust_code_points(document, items[i].span.end);
        bool among = first == end;
        for (const char *at = ranges; at != NULL && !among; at = strchr(at, ',')) {
            unsigned long from = 0, to = 0;
            at += *at == ',';
            among = sscanf(at, "%lu:%lu", &from, &to) == 2 && first < to && from < end;
        }
        if (!among)
            return false;
    }
    return true;
}
