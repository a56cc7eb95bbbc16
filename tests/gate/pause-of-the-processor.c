/* passes */
#include <immintrin.h>
#include <stdatomic.h>

static atomic_int ready;
void spin(void) {
    while (!atomic_load(&ready))
        _mm_pause();
}
