/* What people decided, in words. */
#ifndef ANNALS_RENDER_DECIDED_H
#define ANNALS_RENDER_DECIDED_H

#include "bytes/buffer.h"
#include "formats/json_writer.h"
#include "record/record.h"

/* "corrected by A. Baker", "rejected by A. Baker and C. Dale"; nothing where nobody changed it. */
void decided_add_mark(struct buffer *buffer, const struct record_claim *claim);

/* "status, place by A. Baker (d3, d4)", "accepted by C. Dale (d5)"; nothing where nobody decided.
 */
void decided_add_short(struct buffer *buffer, const struct record_claim *claim);

/* "status: denied, was claimed": what an amendment did; for others what they are. */
void decided_add_deed(struct buffer *buffer, const struct record_decision *decision);

/* "decisions": [...] of a claim, where there are some. */
void json_decisions(struct json_writer *json, const struct record_claim *claim);

#endif
