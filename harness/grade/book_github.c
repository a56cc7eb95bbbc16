// github/ID.txt: annotations for the student's own repository, to be printed by a workflow.
#include "book.h"

#include "../report/github.h"

#include <stdlib.h>
#include <string.h>

struct state {
    FILE *out;
    char *name;
};

static void *open_github(struct desk *desk) {
    (void)desk;
    return memory_zeroed(1, sizeof(struct state));
}

static void begin_github(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    state->name = string_format("github/%s.txt", student->id);
    state->out = desk_open(desk, state->name);
}

// As it is called in the student's own repository; owned by the caller.
static char *path_of(const struct pair *pair) {
    char *usual = string_format("lessons/%s/exercise.c", pair->lesson->slug);
    if (string_ends(pair->file, usual))
        return usual;
    free(usual);
    const char *slash = strchr(pair->file, '/'); // behind the directory that is the student's
    return string_copy(slash ? slash + 1 : pair->file);
}

// `line` may be 0: the file as a whole; a pair that was not handed in has no file.
static void annotate(FILE *out, const char *command, const struct pair *pair, int line,
                     const char *title, const char *says) {
    fprintf(out, "::%s ", command);
    if (pair && pair->file) {
        char *path = path_of(pair);
        fputs("file=", out);
        github_property(out, path);
        free(path);
        if (line > 0)
            fprintf(out, ",line=%d", line);
        fputc(',', out);
    }
    fputs("title=", out);
    github_property(out, title);
    fputs("::", out);
    github_data(out, says);
    fputc('\n', out);
}

static const char *command_of(const struct score *score) {
    return score->mark == MARK_CORRECT ? "notice" : score->person ? "warning" : "error";
}

static void pair_github(struct desk *desk, void *context, const struct student *student,
                        const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    (void)desk, (void)student;
    if (!state->out)
        return;
    char *points = points_words(pair->score.points), *of = points_words(pair->score.of);
    char *why = losses_why(pair);
    char *title = string_format("%s: %s", pair->lesson->slug, mark_words[pair->score.mark].says);
    char *says = pair->score.open
                     ? string_copy(why)
                     : string_format("%s of %s points%s%s", points, of, *why ? ". " : "", why);
    annotate(state->out, command_of(&pair->score), pair, 0, title, says);
    for (size_t i = 0; i < losses->refusal_count; i++) {
        char *name = losses_text(losses->refusals[i].name, MESSAGE_LONGEST);
        annotate(state->out, "warning", pair, losses->refusals[i].line, name,
                 losses->refusals[i].message);
        free(name);
    }
    for (size_t i = 0; i < losses->count; i++) {
        struct losses one = {.items = {losses->items[i]}, .count = 1};
        char *words = losses_words(pair, &one, CHECKS, MESSAGE_LONGEST);
        annotate(state->out, "error", pair, losses_line(pair, &losses->items[i]),
                 fault_words[losses->items[i].kind].name, words);
        free(words);
    }
    free(says);
    free(title);
    free(why);
    free(of);
    free(points);
}

static void end_github(struct desk *desk, void *context, const struct student *student) {
    struct state *state = context;
    if (state->out) {
        char *points = points_words(student->points), *of = points_words(student->of);
        char *says = string_format("%s of %s points. %s. Harness %s; %s", points, of, desk->sandbox,
                                   roll_text(desk->roll, "harness"), desk->scheme);
        annotate(state->out, roll_unsafe(desk->roll) ? "warning" : "notice", NULL, 0, "Interleave",
                 says);
        free(says);
        free(of);
        free(points);
    }
    desk_close(desk, state->out, state->name);
    free(state->name);
    *state = (struct state){0};
}

static void close_github(struct desk *desk, void *context) {
    struct state *state = context;
    desk_close(desk, state->out, state->name ? state->name : "github"); // of a student cut short
    free(state->name);
    free(state);
}

const struct book book_github = {.for_student = true,
                                 .name = "github",
                                 .open = open_github,
                                 .begin = begin_github,
                                 .pair = pair_github,
                                 .end = end_github,
                                 .close = close_github};
