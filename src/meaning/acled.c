/* ACLED event type and sub-type of a claim, by who does what to whom with what (ACLED Codebook
 * 2019, revised 2023). What the actors do not settle stays null. */
#include "meaning/coding.h"

static uint32_t kinds_of(const struct making *making, const uint32_t *tokens, uint32_t count)
{
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < count; i++)
        kinds |= coding_kinds(making->coding, tokens[i]);
    return kinds;
}

static bool has_type(const struct making *making, const uint32_t *tokens, uint32_t count,
                     const char *type)
{
    const struct coding *coding = making->coding;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t mention = coding->actor_mention[tokens[i]];
        if (mention == NONE)
            continue;
        uint32_t actor = coding->document->actor_mentions.items[mention].actor;
        const char *found = coding->document->actors.items[actor].type;
        if (found != NULL && strcmp(found, type) == 0)
            return true;
    }
    return false;
}

static void set(struct claim *claim, const char *type, const char *detail)
{
    claim->acled_type = type;
    claim->acled_detail = detail;
}

void acled_find(const struct making *making, struct claim *claim)
{
    const struct frame *frame = making->frame;
    if (!frame->acled_by_actor) {
        set(claim, frame->acled_type, frame->acled_detail);
        return;
    }
    uint32_t agents = kinds_of(making, making->agents, making->agent_count);
    uint32_t patients = kinds_of(making, making->patients, making->patient_count);
    bool protesters = has_type(making, making->patients, making->patient_count, "protester");
    if (claim->control == CONTROL_TAKES) {
        bool government = has_type(making, making->agents, making->agent_count, "state force") ||
                          has_type(making, making->agents, making->agent_count, "government");
        set(claim, "Battles",
            government ? "Government regains territory" : "Non-state actor overtakes territory");
    } else if (protesters) {
        set(claim, "Protests", "Excessive force against protesters");
    } else if ((patients & KIND_ARMED) != 0) {
        set(claim, "Battles", "Armed clash");
    } else if (has_type(making, making->agents, making->agent_count, "rioter")) {
        set(claim, "Riots", "Mob violence");
    } else if ((patients & (KIND_PERSON | KIND_FACILITY | KIND_VEHICLE | KIND_ACTOR)) != 0) {
        set(claim, "Violence against civilians", "Attack");
    } else if ((agents & KIND_ARMED) != 0 && strcmp(claim->plover, "ASSAULT") == 0) {
        set(claim, "Battles", "Armed clash");
    }
}
