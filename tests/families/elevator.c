/* expect: crash */
/* needs: explorer */
/* A lift moves only with its doors shut, and the doors open only while it stands: each side looks first and
   acts afterwards. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

enum { FLOORS = 3 };

static atomic_bool open, moving;

static void *motor(void *arg)
{
    for (int floor = 0; floor < FLOORS; floor++) {
        if (atomic_load(&open)) /* fault: crash */
            continue;
        atomic_store(&moving, true); /* fault: crash */
        assert(!atomic_load(&open)); /* fault: crash */
        atomic_store(&moving, false); /* fault: crash */
    }
    return arg;
}

static void *doors(void *arg)
{
    for (int floor = 0; floor < FLOORS; floor++) {
        if (atomic_load(&moving)) /* fault: crash */
            continue;
        atomic_store(&open, true);  /* fault: crash */
        atomic_store(&open, false); /* fault: crash */
    }
    return arg;
}

int main(void)
{
    pthread_t lift, door;
    pthread_create(&lift, NULL, motor, NULL);
    pthread_create(&door, NULL, doors, NULL);
    pthread_join(lift, NULL);
    pthread_join(door, NULL);
    puts("arrived");
    return 0;
}
