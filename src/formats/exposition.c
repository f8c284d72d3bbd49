/* Writes figures as Prometheus reads them
 * (prometheus.io/docs/instrumenting/exposition_formats, text format 0.0.4).
 *
 * Labels come from the callers' own tables, written as they are sent; only help is escaped. Left
 * out: times of samples, which Prometheus sets itself, and summaries. */
#include "formats/exposition.h"

#include <math.h>

void exposition_family(struct buffer *text, const char *name, const char *kind, const char *help)
{
    buffer_print(text, "# HELP %s ", name);
    for (; *help != '\0'; help++) {
        if (*help == '\\' || *help == '\n')
            buffer_print(text, "\\%c", *help == '\n' ? 'n' : '\\');
        else
            buffer_add_byte(text, *help);
    }
    buffer_print(text, "\n# TYPE %s %s\n", name, kind);
}

void exposition_value(struct buffer *text, const char *name, const char *suffix, const char *labels,
                      double value)
{
    if (isnan(value))
        return;
    buffer_print(text, "%s%s", name, suffix);
    if (labels != NULL && labels[0] != '\0')
        buffer_print(text, "{%s}", labels);
    if (isinf(value))
        buffer_print(text, " %sInf\n", value > 0 ? "+" : "-");
    else
        buffer_print(text, " %.17g\n", value);
}
