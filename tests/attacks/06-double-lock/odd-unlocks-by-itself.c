/* odd: a lock that gives itself back when its variable goes out of sight */
/* verdict: correct */
#include "exercise.h"

#include "must.h"

static void give_back(pthread_mutex_t **lock) {
    must(pthread_mutex_unlock(*lock));
}

static pthread_mutex_t *taken(pthread_mutex_t *lock) {
    must(pthread_mutex_lock(lock));
    return lock;
}

#define GUARD(list) __attribute__((cleanup(give_back), unused)) pthread_mutex_t *guard = taken(&(list)->lock)

void playlist_init(struct playlist *list) {
    must(pthread_mutex_init(&list->lock, NULL));
    list->count = 0;
}

void playlist_destroy(struct playlist *list) {
    must(pthread_mutex_destroy(&list->lock));
}

static int place_of(const struct playlist *list, int song) {
    int place = list->count;
    while (place-- > 0 && list->songs[place] != song) {
    }
    return place;
}

static bool add(struct playlist *list, int song) {
    return list->count < PLAYLIST_MOST && place_of(list, song) < 0 &&
           (list->songs[list->count++] = song, true);
}

static bool take_out(struct playlist *list, int song) {
    int place = place_of(list, song);
    if (place < 0) {
        return false;
    }
    memmove(&list->songs[place], &list->songs[place + 1],
            sizeof list->songs[0] * (size_t)(list->count - place - 1));
    list->count--;
    return true;
}

bool playlist_has(struct playlist *list, int song) {
    GUARD(list);
    return place_of(list, song) >= 0;
}

bool playlist_add(struct playlist *list, int song) {
    GUARD(list);
    return add(list, song);
}

bool playlist_remove(struct playlist *list, int song) {
    GUARD(list);
    return take_out(list, song);
}

bool playlist_replace(struct playlist *list, int old, int new) {
    GUARD(list);
    if (place_of(list, old) < 0 || place_of(list, new) >= 0) {
        return false;
    }
    return take_out(list, old) && add(list, new);
}

int playlist_count(struct playlist *list) {
    GUARD(list);
    return list->count;
}
