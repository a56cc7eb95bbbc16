/*
 * A playlist. No song is in it twice, and songs keep the order in which they came. A song is known
 * by its number.
 *
 * Each function may be called by several threads at once, and is one step to all others: nobody
 * sees it half done. None of them waits for anything but the lock of this playlist.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

enum { PLAYLIST_MOST = 8 };

struct playlist {
    pthread_mutex_t lock;     /* protects songs and count */
    int songs[PLAYLIST_MOST]; /* in their order, from songs[0] on */
    int count;
};

/* Makes it empty. Before any other function, by one thread. */
void playlist_init(struct playlist *list);

/* After all others, by one thread. */
void playlist_destroy(struct playlist *list);

bool playlist_has(struct playlist *list, int song);

/* Puts the song at the end. False, and nothing is changed, if it is there already or the list is
 * full. */
bool playlist_add(struct playlist *list, int song);

/* False if it is not there. */
bool playlist_remove(struct playlist *list, int song);

/* Takes `old` out and puts `new` at the end. False, and nothing is changed, unless `old` is there
 * and `new` is not. */
bool playlist_replace(struct playlist *list, int old, int new);

int playlist_count(struct playlist *list);

#endif
