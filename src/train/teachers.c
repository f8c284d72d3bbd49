/* Several networks label a text together; see teachers.h. Arcs are counted, not weighed by their
 * scores: each network's answer is a tree already, and the best tree of the counts is all that is
 * needed. Equal counts go to the first network. */
#include "train/teachers.h"

#include "classifiers/tree.h"

#include <string.h>

#define FIRST_BONUS 0.01f

/* answers[teacher][word] */
struct votes {
    struct answer *answers[TEACHER_LIMIT];
    size_t teachers;
};

static annals_status ask(const struct training *training, const char *checkpoints,
                         const struct treebank *treebank, struct votes *votes, struct arena *arena,
                         annals_error *error)
{
    char *names = arena_copy_string(arena, checkpoints);
    char *rest = NULL;
    for (char *name = names == NULL ? NULL : strtok_r(names, ",", &rest); name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        if (votes->teachers == TEACHER_LIMIT)
            return error_set(error, ANNALS_MALFORMED, "more than %d teachers", TEACHER_LIMIT);
        struct answer *answers = arena_new_array(arena, struct answer, treebank->examples.count);
        annals_status status = parameters_load(training->parameters, name, error);
        if (status != ANNALS_OK)
            return status;
        parameters_swap(training->parameters);
        bool asked = answers != NULL && training_answer(training, treebank, false, answers);
        parameters_swap(training->parameters);
        if (!asked)
            return error_set(error, ANNALS_NO_MEMORY, "no memory for the teachers' answers");
        votes->answers[votes->teachers++] = answers;
    }
    return names == NULL ? error_set(error, ANNALS_NO_MEMORY, "no memory for the teachers")
                         : ANNALS_OK;
}

/* What most teachers say of a word; of equals the first. Of those that have its head, where
 * `head` is not NULL. */
static uint16_t most_said(const struct votes *votes, size_t word, const uint16_t *head,
                          uint16_t (*said)(const struct answer *), size_t *share)
{
    uint16_t best = 0;
    *share = 0;
    for (size_t t = 0; t < votes->teachers; t++) {
        const struct answer *answer = &votes->answers[t][word];
        if (head != NULL && answer->head != *head)
            continue;
        size_t same = 0;
        for (size_t other = 0; other < votes->teachers; other++)
            same += (head == NULL || votes->answers[other][word].head == *head) &&
                    said(&votes->answers[other][word]) == said(answer);
        if (same > *share) {
            *share = same;
            best = said(answer);
        }
    }
    return best;
}

static uint16_t said_upos(const struct answer *answer)
{
    return answer->upos;
}

static uint16_t said_morph(const struct answer *answer)
{
    return answer->morph;
}

static uint16_t said_relation(const struct answer *answer)
{
    return answer->relation;
}

static bool decide(const struct votes *votes, const struct example_sentence *sentence,
                   struct example *words, struct arena *scratch)
{
    size_t count = sentence->count, stride = count + 1, share;
    float *scores = arena_new_array(scratch, float, count *stride);
    uint16_t *heads = arena_new_array(scratch, uint16_t, count);
    if (scratch->failed)
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < votes->teachers; t++)
            scores[i * stride + votes->answers[t][sentence->first + i].head] +=
                t == 0 ? 1 + FIRST_BONUS : 1;
    if (!tree_find(scores, stride, count, heads, scratch))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t at = sentence->first + i;
        words[i].head = heads[i];
        words[i].upos = (uint8_t)most_said(votes, at, NULL, said_upos, &share);
        words[i].morph = most_said(votes, at, NULL, said_morph, &share);
        words[i].relation = (uint8_t)most_said(votes, at, &heads[i], said_relation, &share);
        if (share == 0)
            words[i].relation = (uint8_t)most_said(votes, at, NULL, said_relation, &share);
        words[i].weight = (float)share / (float)votes->teachers;
    }
    return true;
}

annals_status teachers_label(const struct training *training, const char *checkpoints,
                             struct treebank *treebank, annals_error *error)
{
    struct votes votes = {0};
    struct arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    annals_status status = ask(training, checkpoints, treebank, &votes, &arena, error);
    for (uint32_t i = 0; status == ANNALS_OK && i < treebank->sentences.count; i++) {
        const struct example_sentence *sentence = &treebank->sentences.items[i];
        if (!decide(&votes, sentence, &treebank->examples.items[sentence->first], &scratch))
            status = error_set(error, ANNALS_NO_MEMORY, "no memory for the teachers' votes");
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    arena_release(&arena);
    return status;
}

struct scores teachers_measure(const struct treebank *labelled, const struct treebank *gold)
{
    struct scores scores = {0};
    for (uint32_t i = 0; i < gold->examples.count; i++) {
        const struct example *word = &labelled->examples.items[i];
        struct answer answer = {.upos = word->upos,
                                .morph = word->morph,
                                .head = word->head,
                                .relation = word->relation};
        scores_add(&scores, &answer, &gold->examples.items[i]);
    }
    return scores_shares(&scores);
}
