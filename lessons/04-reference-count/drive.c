/*
 * A thread replaces the settings while another reads them. Then two replace them at once, and two read.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static struct slot slot;
static int size;

static struct settings *square(int side) {
    return settings_new(side, side);
}

static void *replace(void *settings) {
    slot_set(&slot, settings);
    return NULL;
}

static void *read_them(void *unused) {
    struct settings *settings = slot_get(&slot);

    /* A reader is an owner: nobody may have freed them. */
    int width = settings->width, height = settings->height;
    settings_release(settings);
    check(width == height, "a reader saw the width %d and the height %d: parts of two settings",
          width, height);
    check(width == size || width == size + 1, "a reader saw %d, which nobody set", width);
    return unused;
}

static void both(void *(*one)(void *), void *its, void *(*other)(void *), void *others) {
    pthread_t threads[2];

    must(pthread_create(&threads[0], NULL, one, its));
    must(pthread_create(&threads[1], NULL, other, others));
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
}

int main(void) {
    size = 1 + (int)drive_number(100);
    slot_init(&slot, square(size));

    struct settings *kept = slot_get(&slot);
    check(atomic_load(&kept->owners) == 2, "the slot and its reader are %d owners, not 2",
          atomic_load(&kept->owners));
    settings_release(kept);

    both(read_them, NULL, replace, square(size + 1));
    both(replace, square(size), replace, square(size));
    both(read_them, NULL, read_them, NULL);

    kept = slot_get(&slot);
    slot_set(&slot, square(size + 1));
    check(atomic_load(&kept->owners) == 1, "settings that were replaced have %d owners, not 1",
          atomic_load(&kept->owners));
    check(kept->width == size, "settings that were replaced have the width %d, not %d", kept->width,
          size);
    settings_release(kept);
    slot_destroy(&slot);
    slot.current = NULL; /* settings that are still there are lost now: a leak */
    drive_done();
    return 0;
}
