#include "watching.h"

#include "shipped.h"

#include <stdlib.h>
#include <string.h>

static void key_hint(struct watch *watch) {
    aside_run_command(watch, "hint", "hint");
}

static void key_list(struct watch *watch) {
    aside_run_command(watch, "the course", "progress");
    watch->lists = true;
    watch_draw(watch);
}

static void key_next(struct watch *watch) {
    struct progress progress;
    free(progress_read(watch->home, &progress));
    const struct lesson *next = progress_next(&progress, watch->course, watch->lesson);
    progress_free(&progress);
    if (next) {
        watch_take_up(watch, next);
    } else {
        aside_open(watch, "next");
        aside_show(watch, "There is no other exercise that is not solved. l lists them all.\n");
    }
}

void watch_replay(struct watch *watch) {
    if (!watch->judging.schedule) {
        bool waits = watch->judging.state != JUDGING_DONE && !watch->gone;
        aside_open(watch, "replay");
        watch->waits_for_schedule = waits;
        aside_show(watch, waits ? "The explorer still looks for a schedule that fails; it is "
                                  "replayed as soon as there is one.\n"
                                : "The explorer has found no schedule that fails, so there is none "
                                  "to replay.\n");
        return;
    }
    struct strings argv = watch_command(watch, "exercise");
    strings_addf(&argv, "--schedule=%s", watch->judging.schedule);
    aside_run(watch, "the failing schedule", &argv);
}

static void key_trace(struct watch *watch) {
    aside_run_command(watch, "the trace", "trace");
}

static void key_picture(struct watch *watch) {
    aside_run_command(watch, "the picture", "picture");
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
    aside_run(watch, "what you have changed", &argv);
}

static void key_reset(struct watch *watch) {
    aside_leave(watch);
    watch->asks_reset = true;
    watch_draw(watch);
}

static void key_back(struct watch *watch) {
    aside_leave(watch);
    watch_draw(watch);
}

static void key_again(struct watch *watch) {
    if (watch->is_aside)
        key_back(watch);
    else if (watch->content)
        watch_judge(watch);
}

static void key_quit(struct watch *watch) {
    watch_quit(watch, 0);
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
    {'r', "r", "replay the schedule that fails", watch_replay},
    {'t', "t", "its trace, a column for each thread", key_trace},
    {'o', "o", "the picture of it, in a browser", key_picture},
    {'d', "d", "what you have changed in the shipped file", key_diff},
    {'x', "x", "restore the shipped file, after a question", key_reset},
    {KEY_ENTER, "Enter", "judge again", key_again},
    {KEY_ESCAPE, "Esc", "back to the verdict", key_back},
    {KEY_REDRAW, "Ctrl-L", "draw the screen anew", watch_draw},
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
    aside_open(watch, "keys");
    aside_show(watch, text.data);
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
            watch_take_up(watch, lesson);
            return true;
        }
    } else {
        return false;
    }
    watch_draw(watch);
    return true;
}

// The file is another now, and what became of the old one stands above its verdict.
static void reset_ended(void *context, int status, const char *out, const char *err) {
    (void)status;
    struct watch *watch = context;
    watch->resetting = NULL;
    watch_look(watch);
    free(watch->notice);
    watch->notice = string_format("%s%s", out, err);
    watch_tell(watch);
}

static void answer_reset(struct watch *watch, int key) {
    watch->asks_reset = false;
    if ((key == 'y' || key == 'Y') && !watch->resetting) {
        struct strings argv = watch_command(watch, "reset");
        watch->resetting =
            helper_start(&watch->loop, &argv, (struct helper_calls){NULL, reset_ended, watch});
    }
    watch_draw(watch);
}

void watch_key(void *context, int key) {
    struct watch *watch = context;
    if (watch->quits)
        return;
    if (key == KEY_QUIT) {
        key_quit(watch);
    } else if (watch->asks_reset) {
        answer_reset(watch, key);
    } else if (view_scroll(watch->is_aside ? &watch->aside : &watch->verdict, key)) {
        watch_draw(watch);
    } else if (!types_number(watch, key)) {
        for (size_t i = 0; i < KEYS; i++)
            if (keys[i].key == key) {
                keys[i].act(watch);
                return;
            }
    }
}
