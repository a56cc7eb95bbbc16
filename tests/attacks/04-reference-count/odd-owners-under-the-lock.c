/* odd: a slot gives its settings away while it changes, assertions everywhere, and a recursive lock */
/* verdict: correct */
#include "exercise.h"

#include <assert.h>

#include "must.h"

struct settings *settings_new(int width, int height) {
    struct settings *settings = calloc(1, sizeof(struct settings));
    assert(settings != NULL && "no memory");
    *settings = (struct settings){.owners = 1, width, height};
    return settings;
}

void settings_release(struct settings *settings) {
    int before = settings->owners--;
    assert(before >= 1);
    switch (before) {
    case 1:
        free(settings);
    default:;
    }
}

void slot_init(struct slot *slot, struct settings *settings) {
    pthread_mutexattr_t kind;
    must(pthread_mutexattr_init(&kind));
    must(pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE));
    must(pthread_mutex_init(&slot->lock, &kind));
    must(pthread_mutexattr_destroy(&kind));
    slot->current = settings;
}

void slot_destroy(struct slot *slot) {
    settings_release(slot->current);
    slot->current = NULL;
    must(pthread_mutex_destroy(&slot->lock));
}

static struct settings *swap(struct slot *slot, struct settings *settings) {
    must(pthread_mutex_lock(&slot->lock));
    struct settings *old = slot->current;
    slot->current = settings ? settings : (old->owners++, old);
    must(pthread_mutex_unlock(&slot->lock));
    return old;
}

struct settings *slot_get(struct slot *slot) {
    must(pthread_mutex_lock(&slot->lock));
    struct settings *settings = swap(slot, NULL);
    must(pthread_mutex_unlock(&slot->lock));
    return settings;
}

void slot_set(struct slot *slot, struct settings *settings) {
    settings_release(swap(slot, settings));
}
