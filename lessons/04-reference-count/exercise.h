/*
 * Settings that are replaced while others read them. The settings count their owners, and the last
 * one to leave frees them; the current ones belong to a slot, too.
 *
 * All functions but slot_init() and slot_destroy() may be called by several threads at once.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdatomic.h>

struct settings {
    atomic_int owners;
    int width; /* not changed after settings_new() */
    int height;
};

struct slot {
    pthread_mutex_t lock; /* protects current */
    struct settings *current;
};

/* The caller is the one owner. */
struct settings *settings_new(int width, int height);

/* One owner less. Only an owner may call this, and must not touch the settings again. */
void settings_release(struct settings *settings);

/* The slot takes over the caller's ownership. */
void slot_init(struct slot *slot, struct settings *settings);

/* Releases the current settings. */
void slot_destroy(struct slot *slot);

/* The current settings. The caller becomes an owner of them, and has to release them. */
struct settings *slot_get(struct slot *slot);

/* Makes these the current settings, and releases those that were. The slot takes over the caller's
 * ownership. */
void slot_set(struct slot *slot, struct settings *settings);

#endif
