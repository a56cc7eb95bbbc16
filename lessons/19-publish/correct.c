/*
 * A sender writes a letter into a mailbox and puts the flag up. A reader looks at the flag until it
 * is up, and then reads the letter. There is no lock: the flag alone says whose turn it is.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "must.h"

struct letter {
    int day;
    int hour;
};

struct mailbox {
    struct letter letter; /* plain: the sender's until the flag is up, the reader's after */
    atomic_bool flag_is_up;
};

static struct mailbox mailbox;

static void *sender(void *unused) {
    (void)unused;

    mailbox.letter = (struct letter){.day = 24, .hour = 18};
    /* release: all that this thread wrote before is handed on together with the flag. */
    atomic_store_explicit(&mailbox.flag_is_up, true, memory_order_release);
    return NULL;
}

static void *reader(void *unused) {
    (void)unused;

    /* acquire: whoever sees the flag up also receives what was handed on with it. */
    while (!atomic_load_explicit(&mailbox.flag_is_up, memory_order_acquire)) {
        sched_yield(); /* let the sender run; this orders nothing */
    }
    struct letter letter = mailbox.letter;
    printf("Dinner: day %d, %d o'clock\n", letter.day, letter.hour);
    return NULL;
}

int main(void) {
    pthread_t sender_thread, reader_thread;

    must(pthread_create(&reader_thread, NULL, reader, NULL));
    must(pthread_create(&sender_thread, NULL, sender, NULL));
    must(pthread_join(sender_thread, NULL));
    must(pthread_join(reader_thread, NULL));
    return 0;
}
