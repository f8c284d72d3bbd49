/* A claim as a line that a newspaper's chronology would print. */
#ifndef ANNALS_RENDER_LINE_H
#define ANNALS_RENDER_LINE_H

#include "bytes/buffer.h"
#include "record/record.h"

/* "Denied by General Dostum" and the like: what stands before the line where the claim does not
 * simply say that something happened; nothing for plain claims. */
void line_add_mark(struct buffer *buffer, const struct record_claim *claim);
/* Who did what to whom, how many, according to whom; ends without a full stop. Begins with a
 * capital where the buffer is empty. Where the claim names neither side nor figure it is the
 * sentence itself, in quotation marks. */
void line_add(struct buffer *buffer, const struct record_claim *claim);

/* "Taliban, Northern Alliance"; names where known, else the words. */
void line_add_actors(struct buffer *buffer, const struct record_actor *actors, uint32_t count,
                     const char *between);
/* "190 killed; 200 to 300 civilians wounded". */
void line_add_counts(struct buffer *buffer, const struct record_claim *claim);
/* "20", "20 to 190", "at least 20", "up to 190"; thousands with commas. */
void line_add_range(struct buffer *buffer, double low, double high);
/* "at least 20 soldiers, General Dostum in Time, 14 Nov 2001; not counted: replaced". */
void line_add_saying(struct buffer *buffer, const struct record_saying *saying);
/* "civilians", "of the security forces": those on one side of a count; NULL where it is unknown. */
const char *line_people(const char *side, bool single);
/* The name of an actor, else its words; NULL where neither says who it is (a pronoun). */
const char *line_actor(const struct record_actor *actor);
/* "Time", without an outlet the title, else the file or name that it came under: for tables. */
const char *line_source(const struct record_claim *claim);
/* The same for people: without an outlet the title, in quotation marks and abridged. */
void line_add_source(struct buffer *buffer, const struct record_claim *claim);

#endif
