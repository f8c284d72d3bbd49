/* Writes figures as Prometheus reads them: the text exposition format 0.0.4. */
#ifndef ANNALS_FORMATS_EXPOSITION_H
#define ANNALS_FORMATS_EXPOSITION_H

#include "bytes/buffer.h"

/* Of the reply that carries them. */
#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* The head of a family of figures; `kind` is counter, gauge or histogram. */
void exposition_family(struct buffer *text, const char *name, const char *kind, const char *help);

/* One figure of it. `labels` as `route="/",status="200"`, or NULL; `suffix` is "", "_bucket",
 * "_sum" or
 * "_count". NAN is unknown: no line. */
void exposition_value(struct buffer *text, const char *name, const char *suffix, const char *labels,
                      double value);

#endif
