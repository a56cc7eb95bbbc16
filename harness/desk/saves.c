#include "saves.h"

#include <stdlib.h>
#include <string.h>

enum {
    REST_MS = 40,   // of quiet, after which a save is over
    QUICK_MS = 200, // between two looks at the file, where the system does not tell of changes
    SLOW_MS =
        1000, // where it does, but may be mistaken: another file system, a directory that was replaced
};

static void is_over(uv_timer_t *timer) {
    struct saves *saves = timer->data;
    saves->changed(saves->context);
}

static void touched(struct saves *saves) {
    uv_timer_start(&saves->rest, is_over, REST_MS, 0);
}

static void got_event(uv_fs_event_t *handle, const char *name, int events, int status) {
    (void)events;
    struct saves *saves = handle->data;
    // Other files of the directory, the editor's own among them, are none of our business.
    if (status == 0 && name && strcmp(name, path_base(saves->path)) != 0 &&
        !string_ends(name, ".h") && strcmp(name, "drive.c") != 0)
        return;
    touched(saves);
}

static void start_events(struct saves *saves);

// The directory may be another one now.
static void got_poll(uv_fs_poll_t *handle, int status, const uv_stat_t *before,
                     const uv_stat_t *now) {
    (void)before, (void)now;
    struct saves *saves = handle->data;
    if (status == 0 && !saves->by_poll)
        start_events(saves);
    touched(saves);
}

static void start_events(struct saves *saves) {
    char *directory =
        string_format("%.*s", (int)(path_base(saves->path) - saves->path), saves->path);
    uv_fs_event_stop(&saves->events);
    bool told = !saves->by_poll && uv_fs_event_start(&saves->events, got_event, directory, 0) == 0;
    uv_fs_poll_start(&saves->poll, got_poll, saves->path, told ? SLOW_MS : QUICK_MS);
    free(directory);
}

void saves_open(struct saves *saves, uv_loop_t *loop, bool by_poll, void (*changed)(void *context),
                void *context) {
    *saves = (struct saves){.by_poll = by_poll, .changed = changed, .context = context};
    uv_fs_event_init(loop, &saves->events);
    uv_fs_poll_init(loop, &saves->poll);
    uv_timer_init(loop, &saves->rest);
    saves->events.data = saves->poll.data = saves->rest.data = saves;
}

void saves_watch(struct saves *saves, const char *path) {
    free(saves->path);
    saves->path = string_copy(path);
    uv_timer_stop(&saves->rest);
    uv_fs_poll_stop(&saves->poll);
    start_events(saves);
}

void saves_close(struct saves *saves) {
    uv_close((uv_handle_t *)&saves->events, NULL);
    uv_close((uv_handle_t *)&saves->poll, NULL);
    uv_close((uv_handle_t *)&saves->rest, NULL);
    free(saves->path);
}
