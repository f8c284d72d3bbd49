/* The verbs and nouns by which a line words what is done, by PLOVER type and mode, and who holds a
 * place. A type that no row has is not worded. */
#include "render/line_wording.h"

#include <string.h>

static const struct line_wording wordings[] = {
    {"ASSAULT", "abduct", "abducted", "carried out an abduction", "abduction", "of", NULL},
    {"ASSAULT", "kill", "killed", "killed people", "killing", "of", NULL},
    {"ASSAULT", "execute", "executed", "carried out executions", "execution", "of", NULL},
    {"ASSAULT", "assassinate", "assassinated", "carried out an assassination", "assassination",
     "of", NULL},
    {"ASSAULT", "arson", "set fire to", "set fires", "burning", "of", NULL},
    {"ASSAULT", "loot", "looted", "took to looting", "looting", "of", NULL},
    {"ASSAULT", "chemical", "used chemical weapons against", "used chemical weapons",
     "chemical attack", "on", "came under chemical attack"},
    {"ASSAULT", "suicide", "carried out a suicide attack on", "carried out a suicide attack",
     "suicide attack", "on", "came under suicide attack"},
    {"ASSAULT", "beat", "beat", "carried out a beating", "beating", "of", NULL},
    {"ASSAULT", "torture", "tortured", "used torture", "torture", "of", NULL},
    {"ASSAULT", "sexual", "sexually assaulted", "committed a sexual assault", "sexual assault",
     "on", NULL},
    {"ASSAULT", "targeted", "carried out a targeted killing of", "carried out a targeted killing",
     "targeted killing", "of", NULL},
    {"ASSAULT", "destroy", "destroyed", "caused destruction", "destruction", "of", NULL},
    {"ASSAULT", "firearms", "opened fire on", "opened fire", "shooting", "of", "came under fire"},
    {"ASSAULT", "explosives", "set off a bomb against", "set off a bomb", "bomb attack", "on",
     "came under bomb attack"},
    {"ASSAULT", "suicide-attack", "carried out a suicide attack on", "carried out a suicide attack",
     "suicide attack", "on", "came under suicide attack"},
    {"ASSAULT", "aerial", "carried out an air strike on", "carried out an air strike", "air strike",
     "on", "came under air attack"},
    {"ASSAULT", "drone", "carried out a drone strike on", "carried out a drone strike",
     "drone strike", "on", "came under drone attack"},
    {"ASSAULT", "heavy-weapons", "shelled", "opened fire with heavy weapons", "shelling", "of",
     "came under shelling"},
    {"ASSAULT", "crowd-control", "used force against", "used force", "use of force", "against",
     NULL},
    {"ASSAULT", NULL, "attacked", "mounted an attack", "attack", "on", "came under attack"},
    {"COERCE", "seize", "seized", "made seizures", "seizure", "of", NULL},
    {"COERCE", "arrest", "arrested", "made arrests", "arrest", "of", NULL},
    {"COERCE", "deport", "deported", "carried out deportations", "deportation", "of", NULL},
    {"COERCE", "censor", "censored", "imposed censorship", "censorship", "of", NULL},
    {"COERCE", "curfew", "imposed a curfew on", "imposed a curfew", "curfew", "on", NULL},
    {"COERCE", "martial-law", "imposed martial law on", "imposed martial law", "martial law", "on",
     NULL},
    {"COERCE", "restrict", "imposed restrictions on", "imposed restrictions", "restrictions", "on",
     NULL},
    {"COERCE", "withhold", "withheld help from", "withheld help", "withholding of help", "from",
     NULL},
    {"COERCE", NULL, "used force against", "used force", "use of force", "against", NULL},
    {"MOBILIZE", "troops", "moved troops against", "moved troops", "movement of troops", "against",
     NULL},
    {"MOBILIZE", "police", "sent police against", "sent police", "sending of police", "against",
     NULL},
    {"MOBILIZE", "recruit", "recruited", "recruited", "recruitment", "of", NULL},
    {"MOBILIZE", "alert", "put on alert", "went on alert", "alert", "of", NULL},
    {"MOBILIZE", "show", "made a show of force against", "made a show of force", "show of force",
     "against", NULL},
    {"MOBILIZE", NULL, "mobilised against", "mobilised", "mobilisation", "against", NULL},
    {"PROTEST", "riot", "rioted against", "rioted", "riot", "against", NULL},
    {"PROTEST", "strike", "went on strike against", "went on strike", "strike", "against", NULL},
    {"PROTEST", "hunger", "went on hunger strike against", "went on hunger strike", "hunger strike",
     "against", NULL},
    {"PROTEST", "boycott", "boycotted", "held a boycott", "boycott", "of", NULL},
    {"PROTEST", "obstruct", "blocked", "set up a blockade", "blockade", "of", NULL},
    {"PROTEST", "occupy", "occupied", "held an occupation", "occupation", "of", NULL},
    {"PROTEST", NULL, "protested against", "protested", "protest", "against", NULL},
    {"SANCTION", "convict", "convicted", "passed a sentence", "conviction", "of", NULL},
    {"SANCTION", "expel", "expelled", "made expulsions", "expulsion", "of", NULL},
    {"SANCTION", NULL, "imposed sanctions on", "imposed sanctions", "sanctions", "on", NULL},
    {"THREATEN", NULL, "threatened", "issued a threat", "threat", "against", "came under threat"},
    {"REJECT", NULL, "refused", "refused", "refusal", "of", NULL},
    {"ACCUSE", "investigate", "investigated", "opened an investigation", "investigation", "of",
     NULL},
    {"ACCUSE", "disapprove", "criticised", "voiced criticism", "criticism", "of", NULL},
    {"ACCUSE", NULL, "accused", "made accusations", "accusations", "against", NULL},
    {"REQUEST", "demand", "made demands of", "made demands", "demands", "of", NULL},
    {"REQUEST", NULL, "called on", "made a request", "request", "to", NULL},
    {"RETREAT", "withdraw", "withdrew before", "withdrew", "withdrawal", "before", NULL},
    {"RETREAT", "release", "released", "made releases", "release", "of", NULL},
    {"RETREAT", "disarm", "disarmed", "disarmed", "disarmament", "of", NULL},
    {"RETREAT", "ceasefire", "ceased fire against", "ceased fire", "ceasefire", "with", NULL},
    {"RETREAT", "access", "gave access to", "gave access", "access", "for", NULL},
    {"RETREAT", "resign", "resigned before", "resigned", "resignation", "before", NULL},
    {"RETREAT", "surrender", "surrendered to", "surrendered", "surrender", "to", NULL},
    {"RETREAT", "defect", "went over to", "changed sides", "defection", "to", NULL},
    {"RETREAT", "return", "returned to", "returned", "return", "to", NULL},
    {"RETREAT", NULL, "gave way to", "gave way", "retreat", "before", NULL},
    {"AID", NULL, "gave help to", "gave help", "help", "for", "received help"},
    {"COOPERATE", NULL, "cooperated with", "cooperated", "cooperation", "with", NULL},
    {"CONCEDE", "amnesty", "granted an amnesty to", "granted an amnesty", "amnesty", "for", NULL},
    {"CONCEDE", "ease", "eased measures against", "eased measures", "easing of measures", "against",
     NULL},
    {"CONCEDE", NULL, "yielded to", "yielded", "concession", "to", NULL},
    {"SUPPORT", NULL, "declared support for", "declared support", "support", "for", NULL},
    {"CONSULT", "visit", "visited", "paid a visit", "visit", "to", NULL},
    {"CONSULT", "mediate", "mediated with", "mediated", "mediation", "with", NULL},
    {"CONSULT", "phone", "spoke by telephone with", "spoke by telephone", "telephone call", "with",
     NULL},
    {"CONSULT", NULL, "held talks with", "held talks", "talks", "with", NULL},
    {"AGREE", "ceasefire", "agreed a ceasefire with", "agreed a ceasefire", "ceasefire", "with",
     NULL},
    {"AGREE", NULL, "agreed with", "agreed", "agreement", "with", NULL},
};

/* Who holds a place: verb before the place, and noun. */
static const struct line_control control_wordings[] = {
    {"takes", "took", "capture of"},
    {"loses", "lost", "loss of"},
    {"holds", "held", "control of"},
    {"contests", "fought for", "fight for"},
    {"shares", "shared control of", "shared control of"},
};

const struct line_wording *line_find_wording(const struct record_claim *claim)
{
    for (size_t i = 0; claim->plover != NULL && i < sizeof wordings / sizeof wordings[0]; i++) {
        const struct line_wording *wording = &wordings[i];
        if (strcmp(wording->plover, claim->plover) == 0 &&
            (wording->mode == NULL ||
             (claim->mode != NULL && strcmp(wording->mode, claim->mode) == 0)))
            return wording;
    }
    return NULL;
}

const struct line_control *line_find_control(const struct record_claim *claim)
{
    if (claim->control == NULL || claim->control_place.name == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof control_wordings / sizeof control_wordings[0]; i++)
        if (strcmp(control_wordings[i].change, claim->control) == 0)
            return &control_wordings[i];
    return NULL;
}
