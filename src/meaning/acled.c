/* ACLED event type and sub-type of a claim, by who does what to whom with what (ACLED Codebook
 * 2019, revised 2023). What the actors do not settle stays null. */
#include "meaning/coding.h"

static uint32_t kinds_of(const struct making *making, const struct participant_list *list)
{
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < list->count; i++)
        kinds |= coding_kinds(making->coding, list->tokens[i]);
    return kinds;
}

static void set(struct claim *claim, const char *type, const char *detail)
{
    claim->acled_type = type;
    claim->acled_detail = detail;
}

/* What was used settles it for attacks from a distance. */
static bool set_by_weapon(const struct making *making, struct claim *claim)
{
    static const struct {
        const char *weapon, *detail;
    } details[] = {
        {"chemical", "Chemical weapon"},
        {"suicide", "Suicide bomb"},
        {"aircraft", "Air/drone strike"},
        {"drone", "Air/drone strike"},
        {"grenade", "Grenade"},
        {"artillery", "Shelling/artillery/missile attack"},
        {"mortar", "Shelling/artillery/missile attack"},
        {"rocket", "Shelling/artillery/missile attack"},
        {"missile", "Shelling/artillery/missile attack"},
        {"shell", "Shelling/artillery/missile attack"},
        {"vehicle bomb", "Remote explosive/landmine/IED"},
        {"mine", "Remote explosive/landmine/IED"},
        {"bomb", "Remote explosive/landmine/IED"},
    };
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        for (uint32_t j = 0; j < making->instruments.count; j++) {
            const char *weapon = coding_weapon(making->coding, making->instruments.tokens[j]);
            if (weapon != NULL && strcmp(weapon, details[i].weapon) == 0) {
                set(claim, "Explosions/Remote violence", details[i].detail);
                return true;
            }
        }
    }
    return false;
}

static void set_by_sides(const struct making *making, struct claim *claim)
{
    uint32_t agents = kinds_of(making, &making->agents);
    uint32_t patients = kinds_of(making, &making->patients);
    bool state = (agents & (KIND_STATE_FORCE | KIND_POLICE | KIND_GOVERNMENT)) != 0;
    if (making->frame->control == CONTROL_TAKES)
        set(claim, "Battles",
            state ? "Government regains territory" : "Non-state actor overtakes territory");
    else if ((patients & KIND_PROTESTER) != 0 && state)
        set(claim, "Protests", "Excessive force against protesters");
    else if ((agents & KIND_PROTESTER) != 0)
        set(claim, "Riots", "Violent demonstration");
    else if ((patients & KIND_ARMED) != 0)
        set(claim, "Battles", "Armed clash");
    else if ((patients & (KIND_PERSON | KIND_FACILITY | KIND_VEHICLE | KIND_ACTOR)) != 0)
        set(claim, "Violence against civilians", "Attack");
    else if ((agents & KIND_ARMED) != 0)
        set(claim, "Battles", "Armed clash");
}

/* What did not happen, or is not known to, is no event for ACLED. */
static bool is_recorded(enum claim_status status)
{
    return status == STATUS_ASSERTED || status == STATUS_CLAIMED || status == STATUS_ALLEGED ||
           status == STATUS_DISPUTED;
}

void acled_find(const struct making *making, struct claim *claim)
{
    const struct frame *frame = making->frame;
    if (!is_recorded(claim->status))
        return;
    if (frame->acled_by_actor) {
        if (set_by_weapon(making, claim))
            return;
        if (making->means != NULL)
            set(claim, making->means->acled_type, making->means->acled_detail);
        else
            set_by_sides(making, claim);
        return;
    }
    set(claim, frame->acled_type, frame->acled_detail);
    bool arrest = frame->acled_detail != NULL && strcmp(frame->acled_detail, "Arrests") == 0;
    if (arrest && (kinds_of(making, &making->patients) & KIND_PROTESTER) != 0)
        set(claim, "Protests", "Protest with intervention");
    if (claim->acled_type != NULL && strcmp(claim->acled_type, "Explosions/Remote violence") == 0)
        set_by_weapon(making, claim);
}
