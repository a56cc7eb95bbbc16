#include "watch.h"

#include "helper.h"
#include "judging.h"
#include "saves.h"
#include "shipped.h"
#include "terminal.h"
#include "view.h"

#include "../digest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    GONE_MS = 400,   // an editor may take the file away for a moment
    LAYOUT_MS = 300, // after the terminal had its last size
};

struct watch {
    const struct options *options;
    const struct home *home;
    const struct course *course;
    const struct lesson *lesson;
    uv_loop_t loop;
    struct terminal terminal;
    struct saves saves;
    struct judging judging;
    struct view verdict, aside; // aside: what a key has asked for
    bool is_aside;
    char *aside_title;
    struct helper *helper; // whose output goes there
    bool opens_picture;    // that it writes
    char *content;         // digest of what is or was judged; NULL: the file is not there
    bool gone;
    size_t solved_at; // attempt
    int laid_out_for; // columns
    bool asks_reset, waits_for_schedule;
    struct helper *resetting;
    int number; // typed in the list; 0: none
    bool lists;
    char *notice;
    uv_timer_t absence, layout;
    uv_signal_t signals[3];
    int status;
    bool quits;
};

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

static void draw(struct watch *watch) {
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
    draw(watch);
    if (watch->terminal.columns != watch->laid_out_for)
        uv_timer_again(&watch->layout);
}

// The commands of interleave

static struct strings command_line(const struct watch *watch, const char *command) {
    struct strings argv = {0};
    const struct options *options = watch->options;
    int columns = watch->terminal.columns;
    strings_add(&argv, watch->home->executable);
    strings_add(&argv, command);
    if (strcmp(command, "progress") != 0)
        strings_addf(&argv, "%d", watch->lesson->number);
    strings_addf(&argv, "--width=%d", columns < 20 ? 20 : columns > 100 ? 100 : columns);
    strings_addf(&argv, "--color=%s", watch->terminal.colour ? "always" : "never");
    strings_addf(&argv, "--jobs=%u", options->jobs);
    if (options->lessons)
        strings_addf(&argv, "--lessons=%s", options->lessons);
    if (options->seconds > 0)
        strings_addf(&argv, "--timeout=%.0f", options->seconds);
    return argv;
}

static void leave_aside(struct watch *watch) {
    if (watch->helper)
        helper_stop(watch->helper);
    watch->helper = NULL;
    watch->is_aside = watch->lists = watch->asks_reset = watch->opens_picture = false;
    watch->waits_for_schedule = false;
    watch->number = 0;
}

static void show_aside(struct watch *watch, const char *text) {
    view_set(&watch->aside, text, true);
    draw(watch);
}

static void open_aside(struct watch *watch, const char *title) {
    leave_aside(watch);
    free(watch->aside_title);
    watch->is_aside = true;
    watch->aside_title =
        string_format("%d %s: %s", watch->lesson->number, watch->lesson->title, title);
    show_aside(watch, "");
}

// The address of the page that the output names; owned by the caller, NULL when there is none.
static char *page_address(const char *out) {
    struct strings words = {0};
    char real[PATH_MAX], *address = NULL;
    strings_add_words(&words, out);
    for (size_t i = 0; i < words.count && !address; i++) {
        const char *word = words.items[i];
        if (string_starts(word, "file://"))
            address = string_copy(word);
        else if (string_ends(word, ".html") && realpath(word, real))
            address = string_format("file://%s", real);
    }
    strings_free(&words);
    return address;
}

static bool has_display(void) {
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (x && *x) || (wayland && *wayland);
}

static void browser_ended(uv_process_t *process, int64_t status, int number) {
    (void)status, (void)number;
    uv_close((uv_handle_t *)process, (uv_close_cb)free);
}

// It may outlive the watch.
static bool start_browser(uv_loop_t *loop, char *address) {
    uv_process_t *process = memory_zeroed(1, sizeof *process);
    uv_process_options_t options = {.file = "xdg-open",
                                    .args = (char *[]){"xdg-open", address, NULL},
                                    .flags = UV_PROCESS_DETACHED,
                                    .exit_cb = browser_ended};
    bool started = has_display() && uv_spawn(loop, process, &options) == 0;
    uv_unref((uv_handle_t *)process);
    if (!started)
        uv_close((uv_handle_t *)process, (uv_close_cb)free);
    return started;
}

static void command_ended(void *context, int status, const char *out, const char *err) {
    struct watch *watch = context;
    watch->helper = NULL;
    struct text text = {0};
    text_add(&text, "%s%s%s", out, *out && *err ? "\n" : "", err);
    char *address = watch->opens_picture && status == 0 ? page_address(out) : NULL;
    if (address)
        text_add(&text, "\n%s: %s\n",
                 start_browser(&watch->loop, address) ? "Opened" : "Open it in a browser", address);
    if (!text.length)
        text_add(&text, status == 0 ? "No difference.\n" : "It ended with status %d.\n", status);
    free(address);
    char *shown = text_take(&text);
    show_aside(watch, shown);
    free(shown);
}

static void run_aside(struct watch *watch, const char *title, struct strings *argv) {
    open_aside(watch, title);
    watch->helper =
        helper_start(&watch->loop, argv, (struct helper_calls){NULL, command_ended, watch});
}

static void run_command(struct watch *watch, const char *title, const char *command) {
    struct strings argv = command_line(watch, command);
    run_aside(watch, title, &argv);
}

// Judging

// Of all that a judgement depends on and a student may edit.
static char *content_digest(const struct lesson *lesson) {
    char *own = digest_file(shipped_exercise(lesson));
    if (!own)
        return NULL;
    struct text all = {0};
    text_add(&all, "%s", own);
    for (const char *const *name = (const char *const[]){"exercise.h", "drive.c", NULL}; *name;
         name++) {
        char *path = string_format("%s/%s", lesson->directory, *name), *digest = digest_file(path);
        text_add(&all, " %s", digest ? digest : "-");
        free(digest);
        free(path);
    }
    free(own);
    return text_take(&all);
}

static struct strings judge_command(struct watch *watch) {
    struct strings argv = command_line(watch, "exercise");
    strings_add(&argv, "--format=events");
    watch->laid_out_for = watch->terminal.columns;
    return argv;
}

static void judge(struct watch *watch) {
    struct strings argv = judge_command(watch);
    uv_timer_stop(&watch->absence);
    free(watch->notice);
    watch->notice = NULL;
    watch->gone = false;
    leave_aside(watch);
    view_set(&watch->verdict, "", true);
    judging_start(&watch->judging, &argv);
    draw(watch);
}

static void say_gone(uv_timer_t *timer) {
    struct watch *watch = timer->data;
    watch->gone = true;
    judging_stop(&watch->judging);
    leave_aside(watch);
    char *path = report_path(shipped_exercise(watch->lesson));
    char *text = string_format("%s is not there.\n\nIt is judged as soon as it is back; x restores "
                               "the shipped file.\n",
                               path);
    free(path);
    view_set(&watch->verdict, text, true);
    free(text);
    draw(watch);
}

static void look(void *context) {
    struct watch *watch = context;
    char *now = content_digest(watch->lesson);
    bool same = now && watch->content && strcmp(now, watch->content) == 0;
    free(watch->content);
    watch->content = now;
    if (!now && !watch->gone)
        uv_timer_start(&watch->absence, say_gone, GONE_MS, 0);
    else if (now && same)
        uv_timer_stop(&watch->absence);
    else if (now)
        judge(watch);
}

static void add_solved(struct watch *watch, struct text *text) {
    struct progress progress;
    char *sentence = progress_read(watch->home, &progress);
    const struct lesson *next = progress_next(&progress, watch->course, watch->lesson);
    watch->solved_at = progress_of(&progress, watch->lesson).solved_at;
    if (watch->solved_at)
        text_add(text, "Solved at attempt %zu. The reference: make solution-%d\n", watch->solved_at,
                 watch->lesson->number);
    if (next)
        text_add(text, "n goes on to exercise %d, %s.\n", next->number, next->title);
    else
        text_add(text, "All other exercises are solved, too.\n");
    free(sentence);
    progress_free(&progress);
}

static void key_replay(struct watch *watch);

static void judging_changed(void *context) {
    struct watch *watch = context;
    const struct judging *judging = &watch->judging;
    struct text text = {0};
    if (watch->notice)
        text_add(&text, "%s\n", watch->notice);
    text_add_bytes(&text, judging->text.data, judging->text.length);
    watch->solved_at = 0;
    if (judging->state == JUDGING_DONE && judging->verdict &&
        strcmp(judging->verdict, "clean") == 0)
        add_solved(watch, &text);
    view_set(&watch->verdict, text.data ? text.data : "", false);
    text_free(&text);
    if (watch->waits_for_schedule && (judging->schedule || judging->state == JUDGING_DONE))
        key_replay(watch);
    else
        draw(watch);
}

// The report is wrapped for the width that the terminal had. While engines run it is wrapped anew afterwards.
static void lay_out(uv_timer_t *timer) {
    struct watch *watch = timer->data;
    uv_timer_stop(timer);
    if (watch->laid_out_for == watch->terminal.columns || watch->gone || !watch->content)
        return;
    if (watch->judging.helper) {
        uv_timer_again(timer);
        return;
    }
    struct strings argv = judge_command(watch);
    judging_renew(&watch->judging, &argv);
}

static void take_up(struct watch *watch, const struct lesson *lesson) {
    watch->lesson = lesson;
    free(watch->content);
    watch->content = NULL;
    watch->gone = false;
    watch->solved_at = 0;
    judging_stop(&watch->judging);
    leave_aside(watch);
    view_set(&watch->verdict, "", true);
    saves_watch(&watch->saves, shipped_exercise(lesson));
    look(watch);
    draw(watch);
}

// Keys

static void key_hint(struct watch *watch) {
    run_command(watch, "hint", "hint");
}

static void key_list(struct watch *watch) {
    run_command(watch, "the course", "progress");
    watch->lists = true;
    draw(watch);
}

static void key_next(struct watch *watch) {
    struct progress progress;
    free(progress_read(watch->home, &progress));
    const struct lesson *next = progress_next(&progress, watch->course, watch->lesson);
    progress_free(&progress);
    if (next) {
        take_up(watch, next);
    } else {
        open_aside(watch, "next");
        show_aside(watch, "There is no other exercise that is not solved. l lists them all.\n");
    }
}

static void key_replay(struct watch *watch) {
    if (!watch->judging.schedule) {
        bool waits = watch->judging.state != JUDGING_DONE && !watch->gone;
        open_aside(watch, "replay");
        watch->waits_for_schedule = waits;
        show_aside(watch, waits ? "The explorer still looks for a schedule that fails; it is "
                                  "replayed as soon as there is one.\n"
                                : "The explorer has found no schedule that fails, so there is none "
                                  "to replay.\n");
        return;
    }
    struct strings argv = command_line(watch, "exercise");
    strings_addf(&argv, "--schedule=%s", watch->judging.schedule);
    run_aside(watch, "the failing schedule", &argv);
}

static void key_trace(struct watch *watch) {
    run_command(watch, "the trace", "trace");
}

static void key_picture(struct watch *watch) {
    run_command(watch, "the picture", "picture");
    watch->opens_picture = true;
}

static void key_diff(struct watch *watch) {
    struct strings argv = {0};
    char *shipped = shipped_path(watch->lesson);
    for (const char *const *word =
             (const char *const[]){"diff", "-u", "--label", "as shipped", "--label", "exercise.c",
                                   watch->terminal.colour ? "--color=always" : "--color=never",
                                   "--", shipped, shipped_exercise(watch->lesson), NULL};
         *word; word++)
        strings_add(&argv, *word);
    free(shipped);
    run_aside(watch, "what you have changed", &argv);
}

static void key_reset(struct watch *watch) {
    leave_aside(watch);
    watch->asks_reset = true;
    draw(watch);
}

static void key_back(struct watch *watch) {
    leave_aside(watch);
    draw(watch);
}

static void key_again(struct watch *watch) {
    if (watch->is_aside)
        key_back(watch);
    else if (watch->content)
        judge(watch);
}

static void quit(struct watch *watch, int status) {
    if (watch->quits)
        return;
    watch->quits = true;
    watch->status = status;
    judging_stop(&watch->judging);
    leave_aside(watch);
    if (watch->resetting)
        helper_abandon(watch->resetting);
    saves_close(&watch->saves);
    terminal_close(&watch->terminal);
    uv_close((uv_handle_t *)&watch->absence, NULL);
    uv_close((uv_handle_t *)&watch->layout, NULL);
    for (int i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&watch->signals[i], NULL);
}

static void key_quit(struct watch *watch) {
    quit(watch, 0);
}

static void key_help(struct watch *watch);

static const struct {
    int key;
    const char *name, *about;
    void (*act)(struct watch *watch);
} keys[] = {
    {'h', "h", "the next hint", key_hint},
    {'l', "l", "the list of exercises; a number and Enter goes to one", key_list},
    {'n', "n", "the next exercise that is not solved", key_next},
    {'r', "r", "replay the schedule that fails", key_replay},
    {'t', "t", "its trace, a column for each thread", key_trace},
    {'o', "o", "the picture of it, in a browser", key_picture},
    {'d', "d", "what you have changed in the shipped file", key_diff},
    {'x', "x", "restore the shipped file, after a question", key_reset},
    {KEY_ENTER, "Enter", "judge again", key_again},
    {KEY_ESCAPE, "Esc", "back to the verdict", key_back},
    {KEY_REDRAW, "Ctrl-L", "draw the screen anew", draw},
    {'?', "?", "this page", key_help},
    {'q', "q", "quit", key_quit},
    {KEY_QUIT, "Ctrl-C", "quit", key_quit},
};
enum { KEYS = sizeof keys / sizeof keys[0] };

static void key_help(struct watch *watch) {
    struct text text = {0};
    char *path = report_path(shipped_exercise(watch->lesson));
    text_add(&text, "The exercise is judged whenever you save %s.\n\n", path);
    free(path);
    for (size_t i = 0; i < KEYS; i++)
        text_add(&text, "%-8s %s\n", keys[i].name, keys[i].about);
    text_add(&text, "%-8s %s\n", "j k", "scroll, as do the arrows, PgUp, PgDn, space, g and G");
    open_aside(watch, "keys");
    show_aside(watch, text.data);
    text_free(&text);
}

// In the list: digits, then Enter.
static bool types_number(struct watch *watch, int key) {
    if (!watch->lists || (!watch->number && key == KEY_ENTER))
        return false;
    if (key >= '0' && key <= '9') {
        watch->number = (watch->number * 10 + key - '0') % 100;
    } else if (key == KEY_ENTER) {
        const struct lesson *lesson = course_lesson((struct course *)watch->course, watch->number);
        watch->number = 0;
        if (lesson && lesson->exercise) {
            take_up(watch, lesson);
            return true;
        }
    } else {
        return false;
    }
    draw(watch);
    return true;
}

// The file is another now, and what became of the old one stands above its verdict.
static void reset_ended(void *context, int status, const char *out, const char *err) {
    (void)status;
    struct watch *watch = context;
    watch->resetting = NULL;
    look(watch);
    free(watch->notice);
    watch->notice = string_format("%s%s", out, err);
    judging_changed(watch);
}

static void answer_reset(struct watch *watch, int key) {
    watch->asks_reset = false;
    if ((key == 'y' || key == 'Y') && !watch->resetting) {
        struct strings argv = command_line(watch, "reset");
        watch->resetting =
            helper_start(&watch->loop, &argv, (struct helper_calls){NULL, reset_ended, watch});
    }
    draw(watch);
}

static void got_key(void *context, int key) {
    struct watch *watch = context;
    if (watch->quits)
        return;
    if (key == KEY_QUIT) {
        key_quit(watch);
    } else if (watch->asks_reset) {
        answer_reset(watch, key);
    } else if (view_scroll(watch->is_aside ? &watch->aside : &watch->verdict, key)) {
        draw(watch);
    } else if (!types_number(watch, key)) {
        for (size_t i = 0; i < KEYS; i++)
            if (keys[i].key == key) {
                keys[i].act(watch);
                return;
            }
    }
}

// Beginning and end

static void got_signal(uv_signal_t *handle, int number) {
    quit(handle->data, 128 + number);
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
    uv_timer_start(&watch->layout, lay_out, LAYOUT_MS, LAYOUT_MS);
    uv_timer_stop(&watch->layout);
    judging_open(&watch->judging, loop, judging_changed, watch);
    saves_open(&watch->saves, loop, watch->options->poll, look, watch);
    char *notice = watch->notice;
    watch->notice = NULL;
    take_up(watch, watch->lesson);
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
    *start->problem = terminal_open(&watch->terminal, &watch->loop, got_key, redraw, watch);
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
