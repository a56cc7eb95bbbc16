/* odd: an error-checking lock: EDEADLK says that the thread has it already */
/* verdict: correct */
#define _XOPEN_SOURCE 700
#include "exercise.h"

#include <errno.h>

#include "must.h"

static bool enter(struct playlist *list) {
    int error = pthread_mutex_lock(&list->lock);
    if (error == EDEADLK) {
        return false; /* a function of ours has called us, which holds it */
    }
    must(error);
    return true;
}

static void leave(struct playlist *list, bool entered) {
    if (entered) {
        must(pthread_mutex_unlock(&list->lock));
    }
}

void playlist_init(struct playlist *list) {
    pthread_mutexattr_t attributes;
    must(pthread_mutexattr_init(&attributes));
    must(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK));
    must(pthread_mutex_init(&list->lock, &attributes));
    must(pthread_mutexattr_destroy(&attributes));
    list->count = 0;
}

void playlist_destroy(struct playlist *list) {
    must(pthread_mutex_destroy(&list->lock));
}

bool playlist_has(struct playlist *list, int song) {
    bool entered = enter(list), found = false;
    for (int i = 0; i < list->count; i++) {
        found = found || list->songs[i] == song;
    }
    leave(list, entered);
    return found;
}

bool playlist_add(struct playlist *list, int song) {
    bool entered = enter(list);
    bool fits = list->count < PLAYLIST_MOST && !playlist_has(list, song);
    if (fits) {
        list->songs[list->count++] = song;
    }
    leave(list, entered);
    return fits;
}

bool playlist_remove(struct playlist *list, int song) {
    bool entered = enter(list);
    int kept = 0;
    for (int i = 0; i < list->count; i++) {
        if (list->songs[i] != song) {
            list->songs[kept++] = list->songs[i];
        }
    }
    bool removed = kept < list->count;
    list->count = kept;
    leave(list, entered);
    return removed;
}

bool playlist_replace(struct playlist *list, int old, int new) {
    bool entered = enter(list);
    bool can = playlist_has(list, old) && !playlist_has(list, new);
    if (can) {
        playlist_remove(list, old);
        playlist_add(list, new);
    }
    leave(list, entered);
    return can;
}

int playlist_count(struct playlist *list) {
    bool entered = enter(list);
    int count = list->count;
    leave(list, entered);
    return count;
}
