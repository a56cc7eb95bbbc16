/* The student loads the count and stores one more, under the lock of the slot. A release takes no lock. */
/* verdict: wrong-result use-after-free double-free leak crash */
#include "exercise.h"

#include "must.h"

struct settings *settings_new(int width, int height) {
    struct settings *settings = must_alloc(malloc(sizeof *settings));

    atomic_init(&settings->owners, 1);
    settings->width = width;
    settings->height = height;
    return settings;
}

void settings_release(struct settings *settings) {
    /* release: all that this owner did with the settings happens before it is counted out.
     * acquire: all that the others did happens before the free. */
    if (atomic_fetch_sub_explicit(&settings->owners, 1, memory_order_acq_rel) == 1) {
        free(settings);
    }
}

void slot_init(struct slot *slot, struct settings *settings) {
    must(pthread_mutex_init(&slot->lock, NULL));
    slot->current = settings;
}

void slot_destroy(struct slot *slot) {
    settings_release(slot->current);
    must(pthread_mutex_destroy(&slot->lock));
}

struct settings *slot_get(struct slot *slot) {
    must(pthread_mutex_lock(&slot->lock));
    struct settings *settings = slot->current;
    /* relaxed: it orders nothing. The slot is an owner until the lock is free, so the settings
     * cannot go away here. */
    atomic_store(&settings->owners, atomic_load(&settings->owners) + 1);
    must(pthread_mutex_unlock(&slot->lock));
    return settings;
}

void slot_set(struct slot *slot, struct settings *settings) {
    must(pthread_mutex_lock(&slot->lock));
    struct settings *old = slot->current;
    slot->current = settings;
    must(pthread_mutex_unlock(&slot->lock));

    settings_release(old);
}
