// Tells when a file has been saved, in whatever way its editor does that: written in place, or replaced.
#ifndef INTERLEAVE_SAVES_H
#define INTERLEAVE_SAVES_H

#include "../text.h"

#include <uv.h>

struct saves {
    // private
    uv_fs_event_t events; // of the directory: an editor may put another file under the name
    uv_fs_poll_t poll;
    uv_timer_t rest;
    char *path;
    bool by_poll;
    void (*changed)(void *context);
    void *context;
};

// `changed` is called a moment after the last of the events that one save makes, also when the file is gone or back.
void saves_open(struct saves *saves, uv_loop_t *loop, bool by_poll, void (*changed)(void *context),
                void *context);
// From now on of this file.
void saves_watch(struct saves *saves, const char *path);
void saves_close(struct saves *saves);

#endif
