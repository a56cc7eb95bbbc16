// Random bytes from the system (getrandom, getentropy, arc4random): made up, so that a schedule repeats.
// Each thread draws from a sequence of its own, whatever the others draw.
#include "random.h"

#include "access.h"
#include "model.h"
#include "set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

// Older C libraries neither have nor declare them.
uint32_t arc4random(void);
void arc4random_buf(void *bytes, size_t size);
uint32_t arc4random_uniform(uint32_t bound);
#pragma weak arc4random
#pragma weak arc4random_buf
#pragma weak arc4random_uniform

static uint64_t drawn[THREADS_MOST];

static uint64_t draw(void) { // splitmix64
    uint64_t word = ++drawn[self->number] * 0x9E3779B97F4A7C15ULL + self->number;
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ word >> 27) * 0x94D049BB133111EBULL;
    return word ^ word >> 31;
}

ssize_t random_fill(void *bytes, size_t size, uint32_t place) {
    access_made(bytes, size, ACCESS_WRITE, place);
    for (size_t done = 0; done < size; done += sizeof(uint64_t)) {
        uint64_t word = draw();
        memcpy((char *)bytes + done, &word, size - done < sizeof word ? size - done : sizeof word);
    }
    return (ssize_t)size;
}

WRAP(ssize_t, getrandom, void *bytes, size_t size, unsigned flags) {
    return MODELLED ? random_fill(bytes, size, PLACE_HERE) : getrandom(bytes, size, flags);
}

WRAP(int, getentropy, void *bytes, size_t size) {
    if (!MODELLED || size > 256)
        return getentropy(bytes, size);
    random_fill(bytes, size, PLACE_HERE);
    return 0;
}

WRAP(uint32_t, arc4random, void) {
    return MODELLED ? (uint32_t)draw() : arc4random();
}

WRAP(void, arc4random_buf, void *bytes, size_t size) {
    if (MODELLED)
        random_fill(bytes, size, PLACE_HERE);
    else
        arc4random_buf(bytes, size);
}

WRAP(uint32_t, arc4random_uniform, uint32_t bound) {
    if (!MODELLED)
        return arc4random_uniform(bound);
    return bound ? (uint32_t)(draw() % bound) : 0;
}
