#include "watching.h"

#include "shipped.h"

#include "../digest.h"

#include <stdlib.h>
#include <string.h>

enum { GONE_MS = 400 }; // an editor may take the file away for a moment

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
    struct strings argv = watch_command(watch, "exercise");
    strings_add(&argv, "--format=events");
    watch->laid_out_for = watch->terminal.columns;
    return argv;
}

void watch_judge(struct watch *watch) {
    struct strings argv = judge_command(watch);
    uv_timer_stop(&watch->absence);
    free(watch->notice);
    watch->notice = NULL;
    watch->gone = false;
    aside_leave(watch);
    view_set(&watch->verdict, "", true);
    judging_start(&watch->judging, &argv);
    watch_draw(watch);
}

static void say_gone(uv_timer_t *timer) {
    struct watch *watch = timer->data;
    watch->gone = true;
    judging_stop(&watch->judging);
    aside_leave(watch);
    char *path = report_path(shipped_exercise(watch->lesson));
    char *text = string_format("%s is not there.\n\nIt is judged as soon as it is back; x restores "
                               "the shipped file.\n",
                               path);
    free(path);
    view_set(&watch->verdict, text, true);
    free(text);
    watch_draw(watch);
}

void watch_look(void *context) {
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
        watch_judge(watch);
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

void watch_tell(void *context) {
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
        watch_replay(watch);
    else
        watch_draw(watch);
}

// The report is wrapped for the width that the terminal had. While engines run it is wrapped anew afterwards.
void watch_lay_out(uv_timer_t *timer) {
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

void watch_take_up(struct watch *watch, const struct lesson *lesson) {
    watch->lesson = lesson;
    free(watch->content);
    watch->content = NULL;
    watch->gone = false;
    watch->solved_at = 0;
    judging_stop(&watch->judging);
    aside_leave(watch);
    view_set(&watch->verdict, "", true);
    saves_watch(&watch->saves, shipped_exercise(lesson));
    watch_look(watch);
    watch_draw(watch);
}
