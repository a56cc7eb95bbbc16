/* passes */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct big { long parts[4]; };
static _Atomic struct big whole;
static atomic_flag taken = ATOMIC_FLAG_INIT;
static _Atomic(int *) shared;
static atomic_int number = ATOMIC_VAR_INIT(3);
static int plain;

static void spin(void) {
    while (atomic_flag_test_and_set_explicit(&taken, memory_order_acquire))
        ;
    atomic_flag_clear(&taken);
}

bool change(int *p, uint64_t n) {
    struct big copy = atomic_load(&whole);
    copy.parts[0] += (long)n;
    atomic_store(&whole, copy);
    spin();
    atomic_fetch_add_explicit(&number, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    __atomic_fetch_add(&plain, 1, __ATOMIC_SEQ_CST);
    __sync_fetch_and_add(&plain, 1);
    __sync_synchronize();
    number += 2;
    int *expected = NULL;
    return atomic_compare_exchange_strong(&shared, &expected, p) && __atomic_load_n(&plain, __ATOMIC_ACQUIRE);
}
