/*
 * Two producers send messages into one channel, each at its own pace. The consumer prints what
 * comes, and stops when both producers have closed the channel.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "must.h"

enum { MESSAGES = 5 };

struct message {
    struct message *next; /* the one sent after this */
    char producer;
    int number;
};

struct channel {
    pthread_mutex_t lock;   /* protects all below */
    pthread_cond_t changed; /* a message came, or a producer closed */
    struct message *oldest; /* NULL: the channel is empty */
    struct message *newest;
    int open_producers; /* who may still send */
};

static struct channel channel = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .changed = PTHREAD_COND_INITIALIZER,
    .open_producers = 2,
};

/* Takes the message over. */
static void channel_send(struct message *message) {
    must(pthread_mutex_lock(&channel.lock));
    if (channel.oldest == NULL) {
        channel.oldest = message;
    } else {
        channel.newest->next = message;
    }
    channel.newest = message;
    must(pthread_cond_signal(&channel.changed));
    must(pthread_mutex_unlock(&channel.lock));
}

/* A producer promises to send no more. */
static void channel_close(void) {
    must(pthread_mutex_lock(&channel.lock));
    channel.open_producers--;
    must(pthread_cond_signal(&channel.changed));
    must(pthread_mutex_unlock(&channel.lock));
}

/* Waits for a message and gives it to the caller, who frees it; NULL when there will be no more. */
static struct message *channel_receive(void) {
    must(pthread_mutex_lock(&channel.lock));
    while (channel.oldest == NULL && channel.open_producers > 0) {
        must(pthread_cond_wait(&channel.changed, &channel.lock)); /* fault: stuck-wait */
    }
    struct message *message = channel.oldest;
    if (message != NULL) {
        channel.oldest = message->next;
    }
    must(pthread_mutex_unlock(&channel.lock));
    return message;
}

static void send_all(char producer, long milliseconds) {
    const struct timespec pause = {.tv_nsec = milliseconds * 1000 * 1000};

    for (int i = 1; i <= MESSAGES; i++) {
        must_errno(nanosleep(&pause, NULL)); /* work: it takes this long to make a message */
        struct message *message = must_alloc(malloc(sizeof *message));
        *message = (struct message){.producer = producer, .number = i};
        channel_send(message);
    }
}

static void *producer_a(void *unused) {
    send_all('A', 50);
    channel_close();
    return unused;
}

static void *producer_b(void *unused) {
    send_all('B', 80);
    return unused;
}

int main(void) {
    pthread_t threads[2];
    struct message *message;
    int last[2] = {0}; /* the number that came last from A, from B */

    must(pthread_create(&threads[0], NULL, producer_a, NULL));
    must(pthread_create(&threads[1], NULL, producer_b, NULL));
    while ((message = channel_receive()) != NULL) {
        int *before = &last[message->producer - 'A'];
        const char *remark = message->number == *before + 1 ? "" : " (out of order)";
        printf("Producer %c: %d%s\n", message->producer, message->number, remark);
        *before = message->number;
        free(message);
    }
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
    must(pthread_cond_destroy(&channel.changed));
    must(pthread_mutex_destroy(&channel.lock));
    return 0;
}
