/* odd: both functions are written by one macro */
/* verdict: correct */
#include "exercise.h"

#define LOAD(of, order) atomic_load_explicit(&ring->of, memory_order_##order)
#define RING(name, parameter, own, other, is_possible, act) \
    bool ring_##name(struct ring *ring, int parameter) { \
        const unsigned own = LOAD(own, relaxed), other = LOAD(other, acquire); \
        return (is_possible) && \
               ((void)(act), atomic_store_explicit(&ring->own, own + 1, memory_order_release), true); \
    }

RING(put, number, put, taken, put - taken < RING_CAPACITY, ring->slots[put & 1] = number)
RING(take, *number, taken, put, put - taken > 0, *number = ring->slots[taken & 1])
_Static_assert(RING_CAPACITY == 2, "a slot is chosen by one bit");
