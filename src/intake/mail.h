/* Mail: messages (EML) and mailboxes (MBOX) as articles. */
#ifndef ANNALS_INTAKE_MAIL_H
#define ANNALS_INTAKE_MAIL_H

#include "intake/articles.h"

/* Whether text begins as a message or a mailbox does. */
bool mail_is(const char *bytes, size_t length, const char *name);

/* Adds one article a message: its subject, sender, day, and its plain text, else its HTML.
 * Attachments are left out. ANNALS_MALFORMED, ANNALS_EMPTY. */
annals_status mail_read(struct articles *articles, struct arena *arena, const char *bytes,
                        size_t length, annals_error *error);

#endif
