/* record/: figures of an event, by invented claims: who counts, what replaces, what is left out. */
#include "record/figures.h"
#include "record/victims.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct stage {
    struct arena arena;
    struct record_claim claims[12];
    struct record_event event;
};

static void begin(struct stage *stage)
{
    *stage = (struct stage){0};
    arena_init(&stage->arena);
    stage->event.claims = stage->claims;
    stage->event.first = stage->event.last = "3019-03-13";
}

/* `sentence` has its trigger between stars: "Orcs *killed* 12 soldiers". */
static struct record_claim *claim(struct stage *stage, const char *report, const char *published,
                                  const char *speaker, const char *sentence)
{
    struct record_claim *item = &stage->claims[stage->event.claim_count];
    char *text = arena_copy_string(&stage->arena, sentence), *to = text;
    snprintf(item->id, sizeof item->id, "c%u", stage->event.claim_count++);
    snprintf(item->report, sizeof item->report, "%s", report);
    for (const char *at = sentence; *at != '\0'; at++) {
        if (*at != '*')
            *to++ = *at;
        else if (item->trigger.start == 0 && item->trigger.end == 0)
            item->trigger.start = item->trigger.end = (uint32_t)(to - text);
        else
            item->trigger.end = (uint32_t)(to - text);
    }
    *to = '\0';
    item->sentence = text;
    item->where = item->trigger;
    item->source = report;
    item->published = published;
    item->plover = "ASSAULT";
    item->mode = "kill";
    item->status = speaker != NULL ? "claimed" : "asserted";
    item->first = item->last = "3019-03-13";
    array_init(&item->agents, &stage->arena);
    array_init(&item->patients, &stage->arena);
    array_init(&item->according_to, &stage->arena);
    array_init(&item->counts, &stage->arena);
    if (speaker != NULL)
        *array_push(&item->according_to) = (struct record_actor){.name = speaker};
    return item;
}

static void count(struct record_claim *item, const char *what, const char *who, double low,
                  double high)
{
    *array_push(&item->counts) =
        (struct record_count){.what = what, .who = who, .low = low, .high = high};
}

/* The same, with the words of the sentence that are the number. */
static void count_at(struct record_claim *item, const char *what, double low, double high,
                     const char *words)
{
    const char *at = strstr(item->sentence, words);
    assert_non_null(at);
    count(item, what, "unknown", low, high);
    struct record_count *one = &item->counts.items[item->counts.count - 1];
    one->where.start = (uint32_t)(at - item->sentence) + item->where.start - item->trigger.start;
    one->where.end = one->where.start + (uint32_t)strlen(words);
}

static void victim(struct record_claim *item, const char *name, const char *words)
{
    *array_push(&item->patients) = (struct record_actor){
        .name = name, .kind = name != NULL ? "person" : NULL, .words = words, .sort = "person"};
}

static void expect(struct stage *stage, const char *what, const char *side, double low, double best,
                   double high)
{
    const struct record_toll *toll = figures_toll(&stage->event, what, side);
    assert_non_null(toll);
    if (toll->figure.low != low || toll->figure.best != best || toll->figure.high != high)
        fail_msg("%s %s: %g %g %g, not %g %g %g", what, side != NULL ? side : "in all",
                 toll->figure.low, toll->figure.best, toll->figure.high, low, best, high);
}

static void end(struct stage *stage)
{
    assert_false(stage->arena.failed);
    arena_release(&stage->arena);
}

static void parts_are_not_added_to_the_whole(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item = claim(&stage, "Herald", "3019-03-14", NULL, "Orcs *killed* 12.");
    count(item, "killed", "unknown", 12, 12);
    count(item, "killed", "child", 3, 3);
    /* Five and seven are twelve. */
    item = claim(&stage, "Dispatch", "3019-03-14", NULL, "Five soldiers and seven others *died*.");
    count(item, "killed", "security force", 5, 5);
    count(item, "killed", "civilian", 7, 7);
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 12, 12, 12);
    expect(&stage, "killed", "security force", 5, 5, 5);
    expect(&stage, "killed", "child", 3, 3, 3);
    assert_false(stage.event.disputed);
    end(&stage);
}

static void later_tolls_replace_earlier_ones(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    count(claim(&stage, "Herald", "3019-03-13", "Healers", "Nine *died*."), "killed", "unknown", 9,
          9);
    count(claim(&stage, "Dispatch", "3019-03-15", "Healers", "Now 22 have *died*."), "killed",
          "unknown", 22, 22);
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 22, 22, 22);
    const struct record_toll *toll = figures_toll(&stage.event, "killed", NULL);
    assert_int_equal(toll->sayings.count, 2);
    assert_string_equal(toll->sayings.items[0].left_out, "replaced");
    assert_null(toll->sayings.items[1].left_out);
    end(&stage);
}

static void copies_are_one_witness(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    count(claim(&stage, "Herald", "3019-03-14", NULL, "They *killed* 12."), "killed", "unknown", 12,
          12);
    struct record_claim *copy = claim(&stage, "Dispatch", "3019-03-14", NULL, "They *killed* 12.");
    count(copy, "killed", "unknown", 12, 12);
    copy->original = "Herald";
    count(claim(&stage, "Gazette", "3019-03-14", NULL, "They *killed* 8."), "killed", "unknown", 8,
          8);
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 8, 12, 12);
    assert_int_equal(figures_toll(&stage.event, "killed", NULL)->sayings.count, 2);
    assert_true(stage.event.disputed);
    end(&stage);
}

static void sums_over_days_are_left_out(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    count(claim(&stage, "Herald", "3019-03-14", NULL, "The raid *killed* 4."), "killed", "unknown",
          4, 4);
    count(claim(&stage, "Dispatch", "3019-03-14", NULL, "The war has *killed* 90 since January."),
          "killed", "unknown", 90, 90);
    struct record_claim *old = claim(&stage, "Gazette", "3019-03-14", NULL, "It *killed* 7.");
    count(old, "killed", "unknown", 7, 7);
    old->first = old->last = "3018-12-29";
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 4, 4, 4);
    /* Where nobody counts the raid itself, the war is all that is known; what was over long before
     * is background. */
    stage.claims[0].counts.count = 0;
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 90, 90, 90);
    end(&stage);
}

static void the_best_can_be_chosen(void **state)
{
    (void)state;
    static const double best[] = {40, 60, 40, 30, 60};
    struct stage stage;
    begin(&stage);
    count(claim(&stage, "Herald", "3019-03-13", "Healers", "*Killed*: 30."), "killed", "unknown",
          30, 30);
    count(claim(&stage, "Dispatch", "3019-03-14", "Steward", "*Killed*: 40."), "killed", "unknown",
          40, 40);
    struct record_claim *boast = claim(&stage, "Gazette", "3019-03-15", "Mordor", "*Killed*: 60.");
    count(boast, "killed", "unknown", 60, 60);
    *array_push(&boast->agents) = (struct record_actor){.name = "Mordor"};
    for (int rule = ANNALS_BEST_UCDP; rule <= ANNALS_BEST_HIGH; rule++) {
        figures_find(&stage.arena, &stage.event, (annals_best)rule);
        expect(&stage, "killed", NULL, 30, best[rule], 60);
    }
    end(&stage);
}

static void victims_told_one_by_one(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item =
        claim(&stage, "Herald", "3019-03-13", NULL, "A guard was *shot* dead.");
    victim(item, NULL, "A guard");
    item = claim(&stage, "Herald", "3019-03-13", NULL, "A cook was *wounded*.");
    item->mode = NULL;
    victim(item, NULL, "A cook");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 1, 1, 1);
    expect(&stage, "wounded", NULL, 1, 1, 1);
    assert_int_equal(stage.event.killed.basis, BASIS_TOLD);
    end(&stage);
}

static void who_is_shot_and_dies_is_dead(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item = claim(&stage, "Herald", "3019-03-13", NULL, "A guard was *shot*.");
    item->mode = "firearms";
    victim(item, NULL, "A guard");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "wounded", NULL, 1, 1, 1);
    expect(&stage, "killed", NULL, 0, 0, 0);
    assert_int_equal(stage.event.killed.basis, BASIS_NONE_TOLD);
    item = claim(&stage, "Dispatch", "3019-03-14", NULL, "The guard has *died*.");
    victim(item, NULL, "The guard");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 1, 1, 1);
    expect(&stage, "wounded", NULL, 0, 0, 0);
    end(&stage);
}

static void nothing_is_told_of_nobody(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item =
        claim(&stage, "Herald", "3019-03-13", NULL, "They *shelled* a tower.");
    item->mode = "heavy-weapons";
    item = claim(&stage, "Herald", "3019-03-13", NULL, "They will *kill* 12.");
    item->status = "threatened";
    count(item, "killed", "unknown", 12, 12);
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    assert_null(figures_toll(&stage.event, "killed", NULL));
    assert_true(isnan(stage.event.killed.best));
    assert_string_equal(figures_kind("dead"), "killed");
    assert_null(figures_kind("sunk"));
    end(&stage);
}

static void the_sentence_says_what_is_part(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item =
        claim(&stage, "Herald", "3019-03-14", NULL, "They *killed* seven, including two archers.");
    count_at(item, "killed", 7, 7, "seven");
    count_at(item, "killed", 2, 2, "two");
    item = claim(&stage, "Herald", "3019-03-14", NULL, "They *hurt* two men and three others.");
    item->mode = NULL;
    count_at(item, "wounded", 2, 2, "two");
    item->mode = NULL;
    count_at(item, "wounded", 3, 3, "three");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 7, 7, 7);
    expect(&stage, "wounded", NULL, 5, 5, 5);
    end(&stage);
}

/* "At least two" and "scores" say nothing against a number within their bounds. */
static void open_and_vague_numbers_give_way(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item = claim(&stage, "Herald", "3019-03-13", NULL, "Orcs *hurt* 12 men.");
    item->mode = NULL;
    count_at(item, "wounded", 12, 12, "12");
    item = claim(&stage, "Dispatch", "3019-03-14", NULL, "At least two are *hurt*.");
    item->mode = NULL;
    count_at(item, "wounded", 2, NAN, "At least two");
    item = claim(&stage, "Herald", "3019-03-13", NULL, "They *killed* scores.");
    count_at(item, "killed", 40, 199, "scores");
    item = claim(&stage, "Dispatch", "3019-03-13", NULL, "They *killed* 100.");
    count_at(item, "killed", 100, 100, "100");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "killed", NULL, 100, 100, 100);
    assert_true(figures_toll(&stage.event, "wounded", NULL)->figure.best == 12);
    end(&stage);
}

static void nobody_hurt_is_a_number(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage);
    struct record_claim *item = claim(&stage, "Herald", "3019-03-14", NULL, "No one was *hurt*.");
    item->status = "negated";
    item->mode = NULL;
    count_at(item, "wounded", 0, 0, "No");
    item = claim(&stage, "Herald", "3019-03-14", NULL, "Ten were hurt in separate *attacks*.");
    item->mode = NULL;
    count_at(item, "wounded", 10, 10, "Ten");
    figures_find(&stage.arena, &stage.event, ANNALS_BEST_UCDP);
    expect(&stage, "wounded", NULL, 0, 0, 0);
    end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_not_added_to_the_whole),
        cmocka_unit_test(later_tolls_replace_earlier_ones),
        cmocka_unit_test(copies_are_one_witness),
        cmocka_unit_test(sums_over_days_are_left_out),
        cmocka_unit_test(the_best_can_be_chosen),
        cmocka_unit_test(victims_told_one_by_one),
        cmocka_unit_test(who_is_shot_and_dies_is_dead),
        cmocka_unit_test(nothing_is_told_of_nobody),
        cmocka_unit_test(the_sentence_says_what_is_part),
        cmocka_unit_test(open_and_vague_numbers_give_way),
        cmocka_unit_test(nobody_hurt_is_a_number),
    };
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
