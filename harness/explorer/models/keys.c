// Thread-specific data (POSIX pthread_key_create): a value for each thread and key, NULL at first. When
// a thread ends, the destructor of each value that is not NULL is called with it, after the value was
// set to NULL, and again while destructors set new ones, up to PTHREAD_DESTRUCTOR_ITERATIONS times. The
// real keys would run them after the schedule has left the thread.
#include "keys.h"

#include "arena.h"
#include "model.h"

#include <errno.h>
#include <limits.h>

enum { FIRST_KEY = 1 << 20 }; // apart from the real ones, which libraries use

static struct {
    bool used;
    void (*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];

static bool is_ours(pthread_key_t key) {
    return key >= FIRST_KEY && key < FIRST_KEY + PTHREAD_KEYS_MAX && keys[key - FIRST_KEY].used;
}

int keys_create(pthread_key_t *key, void (*destructor)(void *)) {
    for (unsigned i = 0; i < PTHREAD_KEYS_MAX; i++)
        if (!keys[i].used) {
            keys[i].used = true;
            keys[i].destructor = destructor;
            *key = FIRST_KEY + i;
            for (unsigned t = 0; t < thread_count(); t++)
                if (i < thread_numbered(t)->specific_room)
                    thread_numbered(t)->specific[i] = NULL;
            return 0;
        }
    return EAGAIN;
}

int keys_delete(pthread_key_t key) {
    if (!is_ours(key))
        return pthread_key_delete(key);
    keys[key - FIRST_KEY].used = false;
    return 0;
}

void *keys_get(pthread_key_t key) {
    if (!is_ours(key) || !self)
        return pthread_getspecific(key);
    return key - FIRST_KEY < self->specific_room ? self->specific[key - FIRST_KEY] : NULL;
}

int keys_set(pthread_key_t key, const void *value) {
    if (!is_ours(key) || !self)
        return pthread_setspecific(key, value);
    size_t index = key - FIRST_KEY;
    self->specific = arena_grow(self->specific, &self->specific_room, index + 1, sizeof(void *));
    self->specific[index] = (void *)value;
    return 0;
}

WRAP(int, pthread_key_create, pthread_key_t *key, void (*destructor)(void *)) {
    return MODELLED ? keys_create(key, destructor) : pthread_key_create(key, destructor);
}

WRAP(int, pthread_key_delete, pthread_key_t key) {
    return keys_delete(key);
}

WRAP(void *, pthread_getspecific, pthread_key_t key) {
    return keys_get(key);
}

WRAP(int, pthread_setspecific, pthread_key_t key, const void *value) {
    return keys_set(key, value);
}

static bool destroy_once(void) {
    bool any = false;
    for (size_t i = 0; i < self->specific_room; i++) {
        void *value = self->specific[i];
        if (!value || !keys[i].used)
            continue;
        self->specific[i] = NULL;
        if (keys[i].destructor) {
            keys[i].destructor(value);
            any = true;
        }
    }
    return any;
}

void keys_destroy(void) {
    for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS && destroy_once(); i++)
        ;
}
