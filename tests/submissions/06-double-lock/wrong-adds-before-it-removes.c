/* Adds the new song and then removes the old one: in a full list the new one has no room. */
/* verdict: wrong-result */
#include "exercise.h"

#include "must.h"

void playlist_init(struct playlist *list) {
    must(pthread_mutex_init(&list->lock, NULL));
    list->count = 0;
}

void playlist_destroy(struct playlist *list) {
    must(pthread_mutex_destroy(&list->lock));
}

static bool has_locked(const struct playlist *list, int song) {
    bool found = false;

    for (int i = 0; i < list->count; i++) {
        found = found || list->songs[i] == song;
    }
    return found;
}

static bool add_locked(struct playlist *list, int song) {
    bool fits = list->count < PLAYLIST_MOST && !has_locked(list, song);

    if (fits) {
        list->songs[list->count++] = song;
    }
    return fits;
}

static bool remove_locked(struct playlist *list, int song) {
    int kept = 0;

    for (int i = 0; i < list->count; i++) {
        if (list->songs[i] != song) {
            list->songs[kept++] = list->songs[i];
        }
    }
    bool removed = kept < list->count;
    list->count = kept;
    return removed;
}

bool playlist_has(struct playlist *list, int song) {
    must(pthread_mutex_lock(&list->lock));
    bool found = has_locked(list, song);
    must(pthread_mutex_unlock(&list->lock));
    return found;
}

bool playlist_add(struct playlist *list, int song) {
    must(pthread_mutex_lock(&list->lock));
    bool added = add_locked(list, song);
    must(pthread_mutex_unlock(&list->lock));
    return added;
}

bool playlist_remove(struct playlist *list, int song) {
    must(pthread_mutex_lock(&list->lock));
    bool removed = remove_locked(list, song);
    must(pthread_mutex_unlock(&list->lock));
    return removed;
}

bool playlist_replace(struct playlist *list, int old, int new) {
    must(pthread_mutex_lock(&list->lock));
    bool can = has_locked(list, old) && !has_locked(list, new);
    if (can) {
        add_locked(list, new);
        remove_locked(list, old);
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
