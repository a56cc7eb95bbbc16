// Verdicts as compilers write their errors, a line each, for the problem matchers of editors:
//   file:line:column: error: message [kind]
// and `note:` lines for the other places that take part. Nothing when there is nothing to say.
#include "remark.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    [REMARK_ERROR] = "error", [REMARK_WARNING] = "warning", [REMARK_NOTE] = "note"};

static void write_line(FILE *out, const char *file, int line, int column, const char *word,
                       const char *message, const char *rule) {
    struct text name = {0};
    text_add_line(&name, file);
    fprintf(out, "%s:%d:%d: %s: %s [%s]\n", name.data ? name.data : "", line > 0 ? line : 1, column,
            word, message, rule);
    text_free(&name);
}

void report_gcc(FILE *out, const struct report *report) {
    struct remarks remarks;
    remarks_read(&remarks, report);
    for (size_t i = 0; i < remarks.count; i++) {
        const struct remark *remark = &remarks.items[i];
        if (remark->about == REMARK_EXPECTED && report->about == REPORT_CHECK)
            continue;
        write_line(out, remark->file, remark->line, remark->column, words[remark->level],
                   remark->message, remark->rule);
        for (size_t k = 0; remark->fault && k < remark->fault->place_count; k++) {
            int line = remark->fault->places[k].line;
            char *file, *says;
            if (!remark_other_place(remark, k, &file, &says))
                continue;
            write_line(out, file, line, remark_column(file, line), words[REMARK_NOTE], says,
                       remark->rule);
            free(file);
            free(says);
        }
    }
    remarks_free(&remarks);
}
