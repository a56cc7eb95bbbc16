#include "watching.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LAYOUT_MS = 300 }; // after the terminal had its last size

// Drawing

static const char *const usual_keys[] = {
    "h hint  l list  n next  r replay  t trace  o picture  d diff  x reset  q quit",
    "h hint  n next  l list  r t o d x  ? keys  q quit", "h l n r t o d x ? q", NULL};
static const char *const aside_keys[] = {
    "Esc back  j k scroll  h hint  l list  n next  d diff  ? keys  q quit",
    "Esc back  j k scroll  q quit", "Esc back  q quit", NULL};
static const char *const list_keys[] = {"a number and Enter: that exercise  Esc back  q quit",
                                        "number Enter  Esc q", NULL};
static const char *const reset_keys[] = {
    "Restore the shipped file? What is there now is kept beside it.  y yes  n no",
    "Restore the shipped file?  y yes  n no", "Reset? y yes  n no", NULL};

static char *state_words(const struct watch *watch) {
    const struct judging *judging = &watch->judging;
    if (watch->gone)
        return string_copy("exercise.c is not there");
    switch (judging->state) {
    case JUDGING_NONE:
        return string_copy("");
    case JUDGING_COMPILES:
        return string_copy("compiling …");
    case JUDGING_RUNS:
        return string_format("judging, %zu of %zu engines", judging->engines,
                             watch->options->engine_count);
    case JUDGING_CERTAIN:
        return string_format("faulty, %zu of %zu engines", judging->engines,
                             watch->options->engine_count);
    case JUDGING_DONE:
        break;
    }
    if (judging->verdict && strcmp(judging->verdict, "clean") == 0)
        return watch->solved_at ? string_format("solved at attempt %zu", watch->solved_at)
                                : string_copy("solved");
    return string_copy(judging->verdict && strcmp(judging->verdict, "faulty") == 0
                           ? "faulty"
                           : "could not be judged");
}

void watch_draw(struct watch *watch) {
    if (watch->quits)
        return;
    char *state = state_words(watch);
    char *number = watch->number ? string_format(" exercise %d", watch->number) : string_copy("");
    char *head = watch->is_aside ? string_format("%s%s", watch->aside_title, number)
                                 : string_format("%d %s: %s", watch->lesson->number,
                                                 watch->lesson->title, state);
    view_draw(&watch->terminal, watch->is_aside ? &watch->aside : &watch->verdict, head,
              watch->asks_reset ? reset_keys
              : watch->lists    ? list_keys
              : watch->is_aside ? aside_keys
                                : usual_keys);
    free(head);
    free(number);
    free(state);
}

static void redraw(void *context) {
    struct watch *watch = context;
    watch_draw(watch);
    if (watch->terminal.columns != watch->laid_out_for)
        uv_timer_again(&watch->layout);
}

// Beginning and end

void watch_quit(struct watch *watch, int status) {
    if (watch->quits)
        return;
    watch->quits = true;
    watch->status = status;
    judging_stop(&watch->judging);
    aside_leave(watch);
    if (watch->resetting)
        helper_abandon(watch->resetting);
    saves_close(&watch->saves);
    terminal_close(&watch->terminal);
    uv_close((uv_handle_t *)&watch->absence, NULL);
    uv_close((uv_handle_t *)&watch->layout, NULL);
    for (int i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&watch->signals[i], NULL);
}

static void got_signal(uv_signal_t *handle, int number) {
    watch_quit(handle->data, 128 + number);
}

// One watch for a course: two would judge each save twice. A descriptor that holds the place; -1 with a problem when
// another has it. Where no file can be made, nobody is kept out.
static int take_place(const struct home *home, char **problem) {
    char *path = string_format("%s/watch", home->desk);
    int fd = directory_make(home->desk)
                 ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666)
                 : -1;
    free(path);
    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        char owner[16] = "";
        if (pread(fd, owner, sizeof owner - 1, 0) <= 0 ||
            strspn(owner, "0123456789") != strlen(owner))
            strcpy(owner, "unknown");
        *problem = string_format("another watch of this course is open (process %s); use that one, "
                                 "or quit it with q (after `fg` when it was stopped)",
                                 owner);
        close(fd);
        return -1;
    }
    char *own = string_format("%ld", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, own, strlen(own), 0) < 0)
        errno = 0; // the name is a courtesy; the lock is what counts
    free(own);
    return fd;
}

static void begin(struct watch *watch) {
    uv_loop_t *loop = &watch->loop;
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (int i = 0; i < 3; i++) {
        uv_signal_init(loop, &watch->signals[i]);
        watch->signals[i].data = watch;
        uv_signal_start(&watch->signals[i], got_signal, numbers[i]);
    }
    uv_timer_init(loop, &watch->absence);
    uv_timer_init(loop, &watch->layout);
    watch->absence.data = watch->layout.data = watch;
    uv_timer_start(&watch->layout, watch_lay_out, LAYOUT_MS, LAYOUT_MS);
    uv_timer_stop(&watch->layout);
    judging_open(&watch->judging, loop, watch_tell, watch);
    saves_open(&watch->saves, loop, watch->options->poll, watch_look, watch);
    char *notice = watch->notice;
    watch->notice = NULL;
    watch_take_up(watch, watch->lesson);
    watch->notice = notice ? string_format("interleave: %s\n", notice) : NULL;
    free(notice);
}

struct start {
    struct watch *watch;
    char **problem;
};

static int work(void *context) {
    struct start *start = context;
    struct watch *watch = start->watch;
    int place = take_place(watch->home, start->problem);
    if (*start->problem)
        return 2;
    uv_loop_init(&watch->loop);
    *start->problem = terminal_open(&watch->terminal, &watch->loop, watch_key, redraw, watch);
    if (*start->problem)
        return 2;
    begin(watch);
    uv_run(&watch->loop, UV_RUN_DEFAULT);
    uv_loop_close(&watch->loop);
    if (place >= 0)
        close(place);
    return watch->status;
}

int watch_run(const struct options *options, const struct home *home, const struct course *course,
              const struct lesson *lesson, char **problem) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        *problem = string_copy("watch needs a terminal for its keys; without one, `interleave "
                               "exercise N` judges once");
        return 2;
    }
    struct watch watch = {.options = options, .home = home, .course = course, .lesson = lesson};
    struct progress progress;
    watch.notice = progress_read(home, &progress);
    for (size_t i = 0; !watch.lesson && i < course->count; i++) // all solved: the last one
        watch.lesson = course->lessons[course->count - 1 - i].exercise
                           ? &course->lessons[course->count - 1 - i]
                           : NULL;
    if (!lesson && progress_next(&progress, course, NULL))
        watch.lesson = progress_next(&progress, course, NULL);
    progress_free(&progress);
    if (!watch.lesson) {
        free(watch.notice);
        *problem = string_copy("no lesson here has an exercise; --lessons names their directory");
        return 2;
    }
    struct start start = {&watch, problem};
    int status = terminal_guard(work, &start);
    view_free(&watch.verdict);
    view_free(&watch.aside);
    free(watch.aside_title);
    free(watch.content);
    free(watch.notice);
    return status;
}
