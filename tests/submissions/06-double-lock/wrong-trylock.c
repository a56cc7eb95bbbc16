/* "If it is locked already, then it is my own lock": it may as well be another thread's. Then this
 * one goes on without the lock. */
/* verdict: data-race wrong-result */
#include "exercise.h"

#include "must.h"

void playlist_init(struct playlist *list) {
    must(pthread_mutex_init(&list->lock, NULL));
    list->count = 0;
}

void playlist_destroy(struct playlist *list) {
    must(pthread_mutex_destroy(&list->lock));
}

bool playlist_has(struct playlist *list, int song) {
    bool found = false;

    bool mine = pthread_mutex_trylock(&list->lock) == 0;
    for (int i = 0; i < list->count; i++) {
        found = found || list->songs[i] == song;
    }
    if (mine) {
        must(pthread_mutex_unlock(&list->lock));
    }
    return found;
}

bool playlist_add(struct playlist *list, int song) {
    bool mine = pthread_mutex_trylock(&list->lock) == 0;
    bool fits = list->count < PLAYLIST_MOST && !playlist_has(list, song);
    if (fits) {
        list->songs[list->count++] = song;
    }
    if (mine) {
        must(pthread_mutex_unlock(&list->lock));
    }
    return fits;
}

bool playlist_remove(struct playlist *list, int song) {
    int kept = 0;

    bool mine = pthread_mutex_trylock(&list->lock) == 0;
    for (int i = 0; i < list->count; i++) {
        if (list->songs[i] != song) {
            list->songs[kept++] = list->songs[i];
        }
    }
    bool removed = kept < list->count;
    list->count = kept;
    if (mine) {
        must(pthread_mutex_unlock(&list->lock));
    }
    return removed;
}

bool playlist_replace(struct playlist *list, int old, int new) {
    bool mine = pthread_mutex_trylock(&list->lock) == 0;
    bool can = playlist_has(list, old) && !playlist_has(list, new);
    if (can) {
        playlist_remove(list, old);
        playlist_add(list, new);
    }
    if (mine) {
        must(pthread_mutex_unlock(&list->lock));
    }
    return can;
}

int playlist_count(struct playlist *list) {
    bool mine = pthread_mutex_trylock(&list->lock) == 0;
    int count = list->count;
    if (mine) {
        must(pthread_mutex_unlock(&list->lock));
    }
    return count;
}
