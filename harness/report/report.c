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
    struct text joined = {0};
    for (size_t i = 0; i < words->count; i++) {
        char *path = report_path(words->items[i]);
        text_add(&joined, "%s%s", i ? " " : "", path);
        free(path);
    }
    if (words->count) {
        text_add(command, " %s ", option);
        text_add_word(command, joined.data);
    }
    text_free(&joined);
}

static void add_file(struct text *command, const char *file) {
    char *path = report_path(file);
    text_add(command, " ");
    text_add_word(command, path);
    free(path);
}

void report_add_files(struct text *command, const struct program *program) {
    for (size_t i = 0; i < program->sources.count; i++)
        add_file(command, program->sources.items[i]);
    add_option(command, "--cflags", &program->cflags);
    add_option(command, "--libs", &program->libs);
    add_option(command, "--args", &program->arguments);
}

char *report_program(const struct report *report, const struct program *program,
                     const char *command) {
    struct text words = {0};
    text_add(&words, "%s %s", program_invocation_name, command);
    if (program->exercise) {
        text_add(&words, " %d", report->lesson->number);
        add_file(&words, program->sources.items[0]);
    } else {
        report_add_files(&words, program);
    }
    return text_take(&words);
}
