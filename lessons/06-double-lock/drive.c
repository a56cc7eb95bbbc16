/*
 * One thread replaces the only song while another watches; then both add the same song; then each
 * takes one out while the other looks.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static struct playlist list;
static int first, second, third;

static void *replace(void *added) {
    bool *mine = added;

    check(playlist_replace(&list, first, second), "the only song could not be replaced");
    *mine = playlist_add(&list, third);
    return NULL;
}

static void *watch(void *added) {
    bool *mine = added;

    int count = playlist_count(&list); /* a step of playlist_replace() that can be seen */
    check(count > 0, "while the only song was replaced, the list was empty for others to see");
    *mine = playlist_add(&list, third);
    return NULL;
}

static void *remove_second(void *removed) {
    bool *mine = removed;

    *mine = playlist_remove(&list, second);
    check(!playlist_has(&list, first), "song %d is there, and was replaced long ago", first);
    return NULL;
}

static void *remove_third(void *removed) {
    bool *mine = removed;

    check(!playlist_has(&list, first), "song %d is there, and was replaced long ago", first);
    *mine = playlist_remove(&list, third);
    return NULL;
}

/* Runs the two at the same time, and says how many of them answered true. */
static int both(void *(*one)(void *), void *(*other)(void *)) {
    bool answers[2];
    pthread_t threads[2];

    must(pthread_create(&threads[0], NULL, one, &answers[0]));
    must(pthread_create(&threads[1], NULL, other, &answers[1]));
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
    return answers[0] + answers[1];
}

int main(void) {
    first = 1 + (int)drive_number(100);
    second = first + 1 + (int)drive_number(100);
    third = second + 1 + (int)drive_number(100);
    playlist_init(&list);

    check(!playlist_replace(&list, first, second), "a song was replaced that was not there");
    check(playlist_add(&list, first), "a song could not be added to an empty list");
    check(!playlist_replace(&list, first, first), "a song was replaced by one that was there");

    int added = both(replace, watch);
    check(added == 1, "two threads added the same song, and %d of them were told that it was new",
          added);
    check(playlist_count(&list) == 2, "the list has %d songs and should have 2",
          playlist_count(&list));

    int removed = both(remove_second, remove_third);
    check(removed == 2, "two songs were removed at once, and %d of them were found", removed);
    check(playlist_count(&list) == 0, "the list is not empty, and all songs were removed");

    check(playlist_add(&list, second), "a song could not be added again");
    removed = both(remove_second, remove_second);
    check(removed == 1,
          "two threads removed the same song, and %d of them were told that it was there", removed);

    for (int song = 0; song < PLAYLIST_MOST; song++) {
        check(playlist_add(&list, song), "a song could not be added, and there is room");
    }
    check(!playlist_add(&list, PLAYLIST_MOST), "a song was added to a full list");
    check(!playlist_replace(&list, 0, 1), "a song was replaced by one that was there");
    check(playlist_replace(&list, 0, PLAYLIST_MOST), "in a full list no song could be replaced");
    check(playlist_remove(&list, 1), "a song was not found in a full list");
    check(playlist_count(&list) == PLAYLIST_MOST - 1, "the list has %d songs and should have %d",
          playlist_count(&list), PLAYLIST_MOST - 1);
    for (int i = 0; i < PLAYLIST_MOST - 1; i++) {
        check(list.songs[i] == i + 2, "the songs do not keep their order: %d is where %d belongs",
              list.songs[i], i + 2);
    }
    playlist_destroy(&list);
    drive_done();
    return 0;
}
