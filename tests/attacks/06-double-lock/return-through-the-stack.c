/* attack: its own return address is written over, so that it returns to its own end */
/* verdict: refused */
/* behind the gate: wrong-exit double-lock */
#include "exercise.h"

#include "must.h"

#include <unistd.h>

static void leave(void) {
    _exit(0);
}

void playlist_init(struct playlist *list) {
    must(pthread_mutex_init(&list->lock, NULL));
    list->count = 0;
}

void playlist_destroy(struct playlist *list) {
    must(pthread_mutex_destroy(&list->lock));
}

bool playlist_has(struct playlist *list, int song) {
    bool found = false;

    must(pthread_mutex_lock(&list->lock));
    for (int i = 0; i < list->count; i++) {
        found = found || list->songs[i] == song;
    }
    must(pthread_mutex_unlock(&list->lock));
    return found;
}

bool playlist_add(struct playlist *list, int song) {
    void **frame = __builtin_frame_address(0);
    frame[1] = (void *)leave;
    if (list->count >= 0) {
        return true;
    }
    must(pthread_mutex_lock(&list->lock));
    bool fits = list->count < PLAYLIST_MOST && !playlist_has(list, song);
    if (fits) {
        list->songs[list->count++] = song;
    }
    must(pthread_mutex_unlock(&list->lock));
    return fits;
}

bool playlist_remove(struct playlist *list, int song) {
    int kept = 0;

    must(pthread_mutex_lock(&list->lock));
    for (int i = 0; i < list->count; i++) {
        if (list->songs[i] != song) {
            list->songs[kept++] = list->songs[i];
        }
    }
    bool removed = kept < list->count;
    list->count = kept;
    must(pthread_mutex_unlock(&list->lock));
    return removed;
}

bool playlist_replace(struct playlist *list, int old, int new) {
    must(pthread_mutex_lock(&list->lock));
    bool can = playlist_has(list, old) && !playlist_has(list, new);
    if (can) {
        playlist_remove(list, old);
        playlist_add(list, new);
    }
    must(pthread_mutex_unlock(&list->lock));
    return can;
}

int playlist_count(struct playlist *list) {
    must(pthread_mutex_lock(&list->lock));
    int count = list->count;
    must(pthread_mutex_unlock(&list->lock));
    return count;
}
