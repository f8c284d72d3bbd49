/* Whose surname a name of one word is: "Marek says" in a report on Jana Marek is not the president
 * of that name whom the tables have.
 *
 * Method: a person of the tables found by a name of one word only stays where the report names him
 * otherwise, too, by more words or behind his post. Else another person whom the report names in
 * full with that surname is meant; and where it names nobody so, whoever has been out of his posts
 * for long is somebody else. Of two whom the tables have and the report names, the one it names
 * first is meant: who comes later under the same name is told apart by his own. Left out: given
 * names alone; persons the tables lack who are named by surname only. */
#include "meaning/actor_search.h"

#include <stdlib.h>

/* Who left his last post longer ago is no longer in the news by his surname alone. */
enum { DAYS_REMEMBERED = 5 * 366 };

static bool is_person(const struct actor_search *search, const struct finding *finding)
{
    return finding->sort == FOUND_KNOWN &&
           search->knowledge->world.entries[finding->entry].sort == WORLD_PERSON &&
           search->knowledge->world.entries[finding->entry].own == NULL;
}

static bool is_bare(const struct finding *finding)
{
    return finding->core.end == finding->core.first + 1;
}

/* "President Marek", "the former premier Marek": one of his posts stands before him. */
static bool has_post_before(const struct actor_search *search, const struct finding *finding)
{
    const struct world *world = &search->knowledge->world;
    const struct token *tokens = search->document->tokens.items;
    uint32_t at = finding->core.first;
    if (at == 0 || tokens[at - 1].sentence != tokens[at].sentence)
        return false;
    for (uint32_t i = 0; i < world->post_count; i++) {
        if (world->posts[i].person != finding->entry)
            continue;
        const char *last = strrchr(world->posts[i].post, '-');
        last = last != NULL ? last + 1 : world->posts[i].post;
        if (actor_word_is(&tokens[at - 1], last) ||
            (actor_word_is(&tokens[at - 1], "secretary") && strcmp(last, "minister") == 0) ||
            (actor_word_is(&tokens[at - 1], "premier") && strcmp(last, "minister") == 0))
            return true;
    }
    return false;
}

/* The word before `at` is a given name: a proper noun that no title and no other name has. */
static bool has_given_name(const struct actor_search *search, uint32_t at)
{
    const struct token *tokens = search->document->tokens.items;
    if (at == 0 || tokens[at - 1].sentence != tokens[at].sentence)
        return false;
    const struct token *before = &tokens[at - 1];
    uint32_t length;
    return before->upos == UPOS_PROPN && search->covered[at - 1] == NONE &&
           (before->flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER | TOKEN_HYPHEN)) == 0 &&
           (before->flags & (TOKEN_CAPITALISED | TOKEN_ALL_CAPITALS)) != 0 &&
           before->folded_length > 2 && before->folded[before->folded_length - 1] != '.' &&
           (before->head == at || tokens[at].head == at - 1 || before->head == tokens[at].head) &&
           phrases_find(&search->knowledge->roles.phrases, &before->hash, sizeof *before, 1,
                        &length) == PHRASE_NONE;
}

/* A surname that stands alone somewhere, and where the report names its bearer in full. */
struct surname {
    uint64_t hash;
    uint32_t named; /* the first such token, or NONE */
    uint32_t entry; /* of the tables; WORLD_NONE where they lack him */
};

struct surnames {
    ARRAY(struct surname) items; /* sorted by hash once it is complete */
};

static int by_hash(const void *a, const void *b)
{
    uint64_t left = ((const struct surname *)a)->hash, right = ((const struct surname *)b)->hash;
    return left < right ? -1 : left > right;
}

static struct surname *find_surname(const struct surnames *surnames, uint64_t hash)
{
    struct surname key = {.hash = hash};
    return surnames->items.count == 0
               ? NULL
               : bsearch(&key, surnames->items.items, surnames->items.count, sizeof key, by_hash);
}

/* True where the token ends a full name; of the tables (`*entry`), or of somebody whom they lack.
 */
static bool is_in_full(const struct actor_search *search, uint32_t token, uint32_t *entry)
{
    uint32_t index = search->covered[token];
    *entry = WORLD_NONE;
    if (index == NONE)
        return has_given_name(search, token);
    const struct finding *finding = &search->findings.items[index];
    if (!is_person(search, finding))
        return false;
    *entry = finding->entry;
    return is_bare(finding) ? has_post_before(search, finding) : finding->core.end == token + 1;
}

static void collect(const struct actor_search *search, struct surnames *surnames)
{
    const struct document *document = search->document;
    array_init(&surnames->items, search->scratch);
    for (uint32_t i = 0; i < search->findings.count; i++) {
        const struct finding *finding = &search->findings.items[i];
        struct surname *surname =
            is_person(search, finding) && is_bare(finding) ? array_push(&surnames->items) : NULL;
        if (surname != NULL)
            *surname = (struct surname){document->tokens.items[finding->core.first].hash, NONE,
                                        WORLD_NONE};
    }
    if (surnames->items.count == 0)
        return;
    qsort(surnames->items.items, surnames->items.count, sizeof *surnames->items.items, by_hash);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < surnames->items.count; i++)
        if (surnames->items.items[i].hash != surnames->items.items[kept - 1].hash)
            surnames->items.items[kept++] = surnames->items.items[i];
    surnames->items.count = kept;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        struct surname *surname = find_surname(surnames, document->tokens.items[i].hash);
        uint32_t entry;
        if (surname != NULL && surname->named == NONE && is_in_full(search, i, &entry)) {
            surname->named = i;
            surname->entry = entry;
        }
    }
}

/* True where the day of the report is within what one remembers of the person. */
static bool is_of_the_time(const struct actor_search *search, uint32_t entry)
{
    const struct world *world = &search->knowledge->world;
    int32_t day = search->document->report.published;
    if (day == DAY_UNKNOWN)
        return true;
    for (uint32_t i = 0; i < world->post_count; i++)
        if (world->posts[i].person == entry &&
            (!world->posts[i].dated || world->posts[i].to > day - DAYS_REMEMBERED))
            return true;
    return false;
}

static void take_back(struct actor_search *search, struct finding *finding)
{
    if (!finding->pending && !finding->inside_word)
        actor_names_support(search, finding->entry, false);
    finding->sort = FOUND_NOTHING;
    finding->pending = false;
    search->covered[finding->core.first] = NONE;
}

void actor_surnames_settle(struct actor_search *search)
{
    const struct token *tokens = search->document->tokens.items;
    struct surnames surnames;
    collect(search, &surnames);
    for (uint32_t i = 0; i < search->findings.count; i++) {
        struct finding *finding = &search->findings.items[i];
        if (!is_person(search, finding) || !is_bare(finding) || has_post_before(search, finding))
            continue;
        const struct surname *surname = find_surname(&surnames, tokens[finding->core.first].hash);
        if (surname == NULL)
            continue; /* memory is out */
        if (surname->named == NONE ? !is_of_the_time(search, finding->entry)
                                   : surname->entry == WORLD_NONE) {
            take_back(search, finding);
        } else if (surname->named != NONE && surname->entry != finding->entry) {
            if (!finding->pending && !finding->inside_word) {
                actor_names_support(search, finding->entry, false);
                actor_names_support(search, surname->entry, true);
            }
            finding->entry = surname->entry;
        }
    }
}
