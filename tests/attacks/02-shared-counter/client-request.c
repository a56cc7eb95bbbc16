/* attack: the same request, its instructions written by hand */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

void hall_init(struct hall *hall, int seats) {
    must(pthread_mutex_init(&hall->lock, NULL));
    hall->seats = seats;
    hall->sold = 0;
    volatile unsigned long request[6] = {0x48470000 + 256 + 38, (unsigned long)hall, sizeof *hall};
    __asm__ volatile("rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi; xchgq %%rbx, %%rbx"
                     :
                     : "a"(request), "d"(0L)
                     : "memory");
}

void hall_destroy(struct hall *hall) {
    must(pthread_mutex_destroy(&hall->lock));
}

int hall_book(struct hall *hall, int wanted) {
    int first = -1;

    if (hall->seats - hall->sold >= wanted) {
        first = hall->sold;
        hall->sold = hall->sold + wanted;
    }
    return first;
}

int hall_left(struct hall *hall) {
    return hall->seats - hall->sold;
}
