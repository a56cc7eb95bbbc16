#include "refused.h"

#include "excerpt.h"

#include <stdlib.h>

enum { SHOWN_REFUSALS = 8 };

static void write_refusal(const struct painter *painter, const struct refusal *refusal) {
    char *path = report_path(refusal->file);
    struct text where = {0};
    text_add_line(&where, path);
    if (refusal->line > 0)
        text_add(&where, ":%d", refusal->line);
    painted(painter, CYAN, "  %s", where.data);
    fputs("  ", painter->out);
    wrapped_text(painter, refusal->message, 6, (int)where.length + 4);
    excerpt_write(painter, refusal->file, refusal->line, YELLOW);
    text_free(&where);
    free(path);
}

void refused_write(const struct painter *painter, const struct verdict *verdict) {
    const struct refusals *refusals = &verdict->refusals;
    for (size_t i = 0; i < refusals->count && i < SHOWN_REFUSALS; i++)
        write_refusal(painter, &refusals->items[i]);
    if (refusals->count > SHOWN_REFUSALS)
        fprintf(painter->out, "  … and %zu more; --format json lists all.\n",
                refusals->count - SHOWN_REFUSALS);
    if (refusals->count) {
        fputs("  ", painter->out);
        wrapped_text(painter,
                     "This is a rule of the course, not a fault of the program: what could blind "
                     "the tools is not judged, and a grader leaves it to a person.",
                     2, 2);
    }
}
