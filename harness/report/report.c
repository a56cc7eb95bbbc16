#include "report.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct format formats[] = {
    {"terminal", report_terminal, list_terminal, false},
    {"json", report_json, NULL, false},
    {"tap", report_tap, NULL, false},
    {"events", report_events, NULL, false},
    {"markdown", report_markdown, list_markdown, true},
    {"gcc", report_gcc, NULL, false},
    {"github", report_github, NULL, false},
    {"sarif", report_sarif, NULL, false},
};
const size_t format_count = sizeof formats / sizeof formats[0];

const struct format *format_named(const char *name) {
    for (size_t i = 0; i < format_count; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

char *format_names(void) {
    struct text names = {0};
    for (size_t i = 0; i < format_count; i++)
        text_add(&names, "%s%s",
                 i == 0                  ? ""
                 : i + 1 == format_count ? " and "
                                         : ", ",
                 formats[i].name);
    return text_take(&names);
}

bool report_rejected(const struct verdict *verdict) {
    return verdict->faults.count && strcmp(verdict->faults.items[0].engine, "compiler") == 0;
}

// Of a lesson's program: met, or not, or not to be told since an engine was missing.
static int lesson_status(const struct verdict *verdict) {
    if (verdict->as_expected)
        return 0;
    return verdict->problems.count == verdict->unjudged ? 2 : 1;
}

int report_status(const struct report *report) {
    int status = 0;
    for (size_t i = 0; i < report->count; i++) {
        const struct verdict *verdict = &report->verdicts[i];
        int this = verdict->program->lesson            ? lesson_status(verdict)
                   : verdict->word == VERDICT_CLEAN    ? 0
                   : verdict->word == VERDICT_UNJUDGED ? 2
                                                       : 1;
        status = status == 0 || this == 1 ? (this ? this : status) : status;
    }
    return status;
}

char *report_path(const char *path) {
    char here[PATH_MAX];
    if (!path)
        return NULL;
    if (getcwd(here, sizeof here)) {
        size_t length = strlen(here);
        if (strncmp(path, here, length) == 0 && path[length] == '/')
            return string_copy(path + length + 1);
    }
    return string_copy(path);
}

static void add_option(struct text *command, const char *option, const struct strings *words) {
    for (size_t i = 0; i < words->count; i++) {
        char *path = report_path(words->items[i]);
        text_add(command, "%s%s", i ? " " : option, path);
        free(path);
    }
    text_add(command, "%s", words->count ? "'" : "");
}

char *report_program(const struct report *report, const struct program *program,
                     const char *command) {
    struct text words = {0};
    text_add(&words, "%s %s", program_invocation_name, command);
    if (program->exercise)
        text_add(&words, " %d", report->lesson->number);
    for (size_t i = 0; i < (program->exercise ? 1 : program->sources.count); i++) {
        char *path = report_path(program->sources.items[i]);
        text_add(&words, " %s", path);
        free(path);
    }
    if (!program->exercise) {
        add_option(&words, " --args '", &program->arguments);
        add_option(&words, " --libs '", &program->libs);
    }
    return text_take(&words);
}
