/* expect: clean */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

/* A spin lock made of an atomic_flag, and a counter behind it. */
struct spin {
    atomic_flag held;
};

#define SPIN_LOCK(s) \
    do { \
        while (atomic_flag_test_and_set_explicit(&(s)->held, memory_order_acquire)) \
            sched_yield(); \
    } while (0)
#define SPIN_UNLOCK(s) atomic_flag_clear_explicit(&(s)->held, memory_order_release)

static struct spin guard = {ATOMIC_FLAG_INIT};
static int counter;

static void *count(void *arg)
{
    for (int i = 0; i < 3000; i++) {
        SPIN_LOCK(&guard);
        counter++;
        SPIN_UNLOCK(&guard);
    }
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", counter);
    return counter != 6000;
}
