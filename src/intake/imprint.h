/* The imprint: title, byline and outlet as the page prints them. */
#ifndef ANNALS_INTAKE_IMPRINT_H
#define ANNALS_INTAKE_IMPRINT_H

#include "document/document.h"

/* Fills title, byline and source of the report's facts where they are unknown. */
void imprint_find(struct document *document, struct arena *scratch);

#endif
