// Verdicts as workflow commands of GitHub Actions, which become annotations at lines of a change:
//   ::error file=…,line=…,col=…,title=…::message
// What is as a lesson expects is not worth one in a check.
#include "github.h"

#include "remark.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const commands[] = {
    [REMARK_ERROR] = "error", [REMARK_WARNING] = "warning", [REMARK_NOTE] = "notice"};

// The runner reads these back; it would take them for an end of the line or of the property. Other control
// characters are none of its own, but nothing for a terminal either.
static void write_escaped(FILE *out, const char *text, const char *escaped) {
    for (; *text; text++)
        if (strchr(escaped, *text) || iscntrl((unsigned char)*text))
            fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            fputc(*text, out);
}

void github_data(FILE *out, const char *text) {
    write_escaped(out, text, "%\r\n");
}

void github_property(FILE *out, const char *text) {
    write_escaped(out, text, "%\r\n:,");
}

static void write_places(FILE *out, const struct remark *remark) {
    for (size_t i = 0; remark->fault && i < remark->fault->place_count; i++) {
        char *file, *says;
        if (!remark_other_place(remark, i, &file, &says))
            continue;
        char *line =
            string_format("\n%s:%d  %s", path_base(file), remark->fault->places[i].line, says);
        github_data(out, line);
        free(line);
        free(file);
        free(says);
    }
}

void report_github(FILE *out, const struct report *report) {
    struct remarks remarks;
    remarks_read(&remarks, report);
    for (size_t i = 0; i < remarks.count; i++) {
        const struct remark *remark = &remarks.items[i];
        if (remark->about == REMARK_EXPECTED && report->about == REPORT_CHECK)
            continue;
        fprintf(out, "::%s file=", commands[remark->level]);
        github_property(out, remark->file);
        if (remark->line > 0)
            fprintf(out, ",line=%d,col=%d", remark->line, remark->column);
        fputs(",title=", out);
        github_property(out, remark->rule);
        fputs("::", out);
        github_data(out, remark->message);
        write_places(out, remark);
        fputc('\n', out);
    }
    remarks_free(&remarks);
}
