#include "progress.h"

#include "../report/paint.h"
#include "../text.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PLAIN_SECONDS = 30 };

static struct {
    bool began, shown;
    double start, last;
} state;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static char *duration(double seconds) {
    long whole = (long)(seconds + 0.5);
    if (whole < 60)
        return string_format("%ld s", whole);
    if (whole < 3600)
        return string_format("%ld min %ld s", whole / 60, whole % 60);
    return string_format("%ld h %ld min", whole / 3600, whole % 3600 / 60);
}

static char *line_of(const struct grading *grading, double elapsed) {
    size_t judged = grading->done - grading->kept;
    struct text line = {0};
    text_add(&line, "[%zu/%zu]", grading->done, grading->all);
    static const enum ruling told[] = {RULING_FAULTY, RULING_REFUSED, RULING_UNJUDGED};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        text_add(&line, "%s %zu %s", i ? "," : "", grading->rulings[told[i]],
                 ruling_words[told[i]]);
    if (judged && elapsed > 0) {
        double rate = (double)judged / elapsed;
        char *left = duration((double)(grading->all - grading->done) / rate);
        text_add(&line, ", %.1f a minute, %s left", rate * 60, left);
        free(left);
    }
    return text_take(&line);
}

void progress_grading(const struct grading *grading) {
    double time = now();
    if (!state.began) {
        state.began = true;
        state.start = state.last = time;
    }
    struct painter painter = painter_new(stderr);
    if (!painter.moves && time - state.last < PLAIN_SECONDS)
        return;
    char *line = line_of(grading, time - state.start);
    if (painter.moves)
        fprintf(stderr, "\r\033[K%.*s", painter.width - 1, line);
    else
        fprintf(stderr, "%s\n", line);
    fflush(stderr);
    state.shown = painter.moves;
    state.last = time;
    free(line);
}

void progress_grading_end(const struct grading *grading) {
    (void)grading;
    if (state.shown)
        fputs("\r\033[K", stderr);
    fflush(stderr);
    state.shown = false;
}
