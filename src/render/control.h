/* What the views of control share: one row, a place in one period. */
#ifndef ANNALS_RENDER_CONTROL_H
#define ANNALS_RENDER_CONTROL_H

#include "record/control.h"
#include "render/output.h"

struct control_row {
    const struct control_place *place;
    const struct control_period *period; /* NULL: nothing is known */
};

/* "Taliban"; "A and B" where they share it; "unknown". */
void control_add_holder(struct buffer *buffer, const struct control_row *row);
/* "held", "contested by A", "lost by A", …: what there is to say beside the holder. */
void control_add_standing(struct buffer *buffer, const struct control_row *row);
/* "town", "province", …; nothing where it is none of those that have a word. */
const char *control_kind(const struct record_place *place);

/* One place for a reader: its holder, since when, on whose word; `relation` tells how much. */
void control_card(struct record *record, struct output *output, const struct control_row *row);

#endif
