/* The disputes found so far, and which of them hold a sentence.
 *
 * Two sentences contradict each other once in one way, so each pair that is found is looked for among
 * all disputes: by the hash of its sentences, or many claims that contradict each other would cost the
 * square of their number. */
#include "record/finding.h"

#include "bytes/calendar.h"
#include "bytes/hash.h"

/* ------------------------------------------------------------------ a dispute */

struct record_dispute *dispute_open(struct finding *finding, const char *kind, const char *about,
                                    const struct said *said)
{
    struct record_dispute *dispute = array_push(&finding->disputes);
    if (dispute == NULL)
        return NULL;
    *dispute = (struct record_dispute){.kind = kind, .about = about};
    array_init(&dispute->stands, finding->arena);
    if (said != NULL) {
        char day[16];
        if (said->first != DAY_UNKNOWN) {
            calendar_write(said->first, day);
            dispute->first = finding_copy(finding, day);
        }
        dispute->place = said->place.name != NULL ? said->place.name : said->control_place;
    }
    return dispute;
}

void dispute_take(struct record_dispute *dispute, const struct record_stand *stand,
                  const char *says)
{
    struct record_stand *item = dispute != NULL ? array_push(&dispute->stands) : NULL;
    if (item != NULL) {
        *item = *stand;
        item->says = says;
    }
}

/* ------------------------------------------------------------------ by sentence */

static uint32_t slot_of(const struct finding *finding, const char *sentence)
{
    return (uint32_t)hash_bytes(sentence, strlen(sentence)) & (finding->slot_count - 1);
}

static void note_stand(struct finding *finding, uint32_t dispute, const char *sentence)
{
    struct holding *holding = sentence != NULL ? array_push(&finding->holdings) : NULL;
    if (holding == NULL)
        return;
    uint32_t slot = slot_of(finding, sentence);
    *holding = (struct holding){dispute, finding->slots[slot]};
    finding->slots[slot] = finding->holdings.count;
}

static void note_dispute(struct finding *finding, uint32_t number)
{
    const struct record_dispute *dispute = &finding->disputes.items[number];
    for (uint32_t i = 0; i < dispute->stands.count; i++)
        note_stand(finding, number, dispute->stands.items[i].sentence);
}

/* Whoever opens a dispute gives it its stands before the next is asked for. False where memory ran out. */
static bool note_new(struct finding *finding)
{
    if (finding->holdings.count >= finding->slot_count) {
        uint32_t count = finding->slot_count == 0 ? 256 : finding->slot_count * 4;
        while (count < finding->disputes.count * 2)
            count *= 2;
        finding->slots = arena_new_array(finding->arena, uint32_t, count);
        finding->slot_count = finding->slots != NULL ? count : 0;
        finding->holdings.count = finding->noted = 0;
    }
    for (; finding->slots != NULL && finding->noted < finding->disputes.count; finding->noted++)
        note_dispute(finding, finding->noted);
    return finding->slots != NULL;
}

static struct record_stand *stand_of(const struct record_dispute *dispute, const char *sentence)
{
    for (uint32_t i = 0; i < dispute->stands.count; i++)
        if (text_is(dispute->stands.items[i].sentence, sentence))
            return &dispute->stands.items[i];
    return NULL;
}

bool dispute_holds(struct finding *finding, const char *sentence)
{
    uint32_t at = sentence != NULL && note_new(finding)
                      ? finding->slots[slot_of(finding, sentence)]
                      : 0;
    for (; at != 0; at = finding->holdings.items[at - 1].next)
        if (stand_of(&finding->disputes.items[finding->holdings.items[at - 1].dispute], sentence))
            return true;
    return false;
}

/* ------------------------------------------------------------------ two that contradict each other */

/* One of two that contradict each other: who says it, and what. */
struct half {
    const struct said *said;
    const char *says;
};

static bool takes(const struct record_dispute *known, const char *kind, const char *about,
                  const struct half halves[2])
{
    if (strcmp(known->kind, kind) != 0)
        return false;
    const struct record_stand *first = stand_of(known, halves[0].said->stand.sentence);
    const struct record_stand *second = stand_of(known, halves[1].said->stand.sentence);
    if (first != NULL && second != NULL)
        return true;
    return (first == NULL) != (second == NULL) && known->about != NULL && about != NULL &&
           strcmp(known->about, about) == 0 &&
           text_is(first != NULL ? first->says : second->says,
                   first != NULL ? halves[0].says : halves[1].says);
}

/* The first dispute that the two belong to: it holds both, or one of them in the same matter. */
static uint32_t find_known(struct finding *finding, const char *kind, const char *about,
                           const struct half halves[2])
{
    uint32_t found = NONE;
    for (int i = 0; i < 2 && note_new(finding); i++) {
        const char *sentence = halves[i].said->stand.sentence;
        uint32_t at = sentence != NULL ? finding->slots[slot_of(finding, sentence)] : 0;
        for (; at != 0; at = finding->holdings.items[at - 1].next) {
            uint32_t number = finding->holdings.items[at - 1].dispute;
            if (number < found && takes(&finding->disputes.items[number], kind, about, halves))
                found = number;
        }
    }
    return found;
}

void dispute_join(struct finding *finding, struct record_dispute *dispute, const struct said *said,
                  const char *says)
{
    uint32_t number = dispute != NULL ? (uint32_t)(dispute - finding->disputes.items) : NONE;
    dispute_take(dispute, &said->stand, says);
    if (number < finding->noted)
        note_stand(finding, number, said->stand.sentence);
}

struct record_dispute *dispute_find(struct finding *finding, const char *kind, const char *about,
                                    const struct said *left, const struct said *right)
{
    const struct said *halves[2] = {left, right};
    uint32_t found = NONE;
    for (int i = 0; i < 2 && note_new(finding); i++) {
        const char *sentence = halves[i]->stand.sentence;
        uint32_t at = sentence != NULL ? finding->slots[slot_of(finding, sentence)] : 0;
        for (; at != 0; at = finding->holdings.items[at - 1].next) {
            uint32_t number = finding->holdings.items[at - 1].dispute;
            const struct record_dispute *known = &finding->disputes.items[number];
            if (number < found && strcmp(known->kind, kind) == 0 && text_is(known->about, about) &&
                stand_of(known, sentence) != NULL)
                found = number;
        }
    }
    return found != NONE ? &finding->disputes.items[found] : NULL;
}

void dispute_add(struct finding *finding, const char *kind, const char *about,
                 const struct said *left, const char *one, const struct said *right,
                 const char *other)
{
    /* The same two sentences contradict each other once in one way; who contradicts one of them in
     * the same matter joins them. */
    const struct half halves[2] = {{left, one}, {right, other}};
    uint32_t number = find_known(finding, kind, about, halves);
    if (number != NONE) {
        struct record_dispute *known = &finding->disputes.items[number];
        bool first = stand_of(known, left->stand.sentence) != NULL;
        if (first && stand_of(known, right->stand.sentence) != NULL)
            return;
        const struct half *added = &halves[first ? 1 : 0];
        dispute_join(finding, known, added->said, added->says);
        return;
    }
    struct record_dispute *dispute = dispute_open(finding, kind, about, left);
    dispute_take(dispute, &left->stand, one);
    dispute_take(dispute, &right->stand, other);
}
