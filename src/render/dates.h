/* Days and spans of days in words, from the record's YYYY-MM-DD. */
#ifndef ANNALS_RENDER_DATES_H
#define ANNALS_RENDER_DATES_H

#include "bytes/buffer.h"

/* "Friday 9 November 2001", "24 April to 7 May 2015", "November 2001", "2001", "before 7 May 2015";
 * nothing where both ends are unknown. `precision` is the record's word for it, or NULL. */
void date_add_long(struct buffer *buffer, const char *first, const char *last,
                   const char *precision);
/* "9 Nov 2001"; nothing for NULL. */
void date_add_short(struct buffer *buffer, const char *day);
/* "2001-11-09", "2015-04-24..05-07", "2001-11", "2001". */
void date_add_code(struct buffer *buffer, const char *first, const char *last);

#endif
