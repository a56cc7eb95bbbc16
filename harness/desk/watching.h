// The parts of the watch to each other: what is watched, and what each part does with it.
#ifndef INTERLEAVE_WATCHING_H
#define INTERLEAVE_WATCHING_H

#include "helper.h"
#include "judging.h"
#include "saves.h"
#include "terminal.h"
#include "view.h"
#include "watch.h"

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

// watch.c
void watch_draw(struct watch *watch);
void watch_quit(struct watch *watch, int status);

// watch_judge.c: the exercise at hand
void watch_take_up(struct watch *watch, const struct lesson *lesson);
void watch_judge(struct watch *watch); // anew, whatever is known
void watch_look(void *context);        // whether the file is another now; then it is judged
void watch_tell(void *context);        // what is known of the judgement
void watch_lay_out(uv_timer_t *timer);

// watch_aside.c: what a key has asked for, in the place of the verdict
struct strings watch_command(const struct watch *watch, const char *command); // of interleave
void aside_open(struct watch *watch, const char *title);
void aside_show(struct watch *watch, const char *text);
void aside_run(struct watch *watch, const char *title, struct strings *argv); // takes it over
void aside_run_command(struct watch *watch, const char *title, const char *command);
void aside_leave(struct watch *watch);

// watch_keys.c
void watch_key(void *context, int key);
void watch_replay(struct watch *watch);

#endif
