/*
 * A producer sends 64 messages of one mebibyte each through a channel. How much memory do they
 * take? As much as the producer can run ahead of the consumer: the largest backlog.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"

enum { MESSAGES = 64, MESSAGE_BYTES = 1024 * 1024, CAPACITY = 4 };

struct message {
    struct message *next; /* the one sent after this */
    unsigned char bytes[MESSAGE_BYTES];
};

struct channel {
    pthread_mutex_t lock;   /* protects all below */
    pthread_cond_t changed; /* a message came or went */
    struct message *oldest;
    struct message *newest;
    int backlog; /* messages sent and not yet received */
    int largest_backlog;
};

static struct channel channel = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .changed = PTHREAD_COND_INITIALIZER,
};

/* The caller holds the lock. */
static bool channel_is_full(void) {
    return channel.backlog == CAPACITY;
}

/* Takes the message over. A full channel makes the sender wait: this is backpressure. */
static void channel_send(struct message *message) {
    must(pthread_mutex_lock(&channel.lock));
    while (channel_is_full()) {
        must(pthread_cond_wait(&channel.changed, &channel.lock));
    }
    if (channel.backlog == 0) {
        channel.oldest = message;
    } else {
        channel.newest->next = message;
    }
    channel.newest = message;
    channel.backlog++;
    if (channel.backlog > channel.largest_backlog) {
        channel.largest_backlog = channel.backlog;
    }
    must(pthread_cond_broadcast(&channel.changed));
    must(pthread_mutex_unlock(&channel.lock));
}

/* Waits for a message and gives it to the caller, who frees it. */
static struct message *channel_receive(void) {
    must(pthread_mutex_lock(&channel.lock));
    while (channel.backlog == 0) {
        must(pthread_cond_wait(&channel.changed, &channel.lock));
    }
    struct message *message = channel.oldest;
    channel.oldest = message->next;
    channel.backlog--;
    must(pthread_cond_broadcast(&channel.changed));
    must(pthread_mutex_unlock(&channel.lock));
    return message;
}

/* For a consumer that is late: returns when the producer can send no more, or has no more. */
static void channel_wait_until_sender_stops(void) {
    must(pthread_mutex_lock(&channel.lock));
    while (!channel_is_full() && channel.backlog < MESSAGES) {
        must(pthread_cond_wait(&channel.changed, &channel.lock));
    }
    must(pthread_mutex_unlock(&channel.lock));
}

static void *produce(void *unused) {
    (void)unused;
    for (int i = 0; i < MESSAGES; i++) {
        struct message *message = must_alloc(malloc(sizeof *message));
        message->next = NULL;
        memset(message->bytes, i, sizeof message->bytes);
        channel_send(message);
    }
    return NULL;
}

int main(void) {
    pthread_t producer;

    must(pthread_create(&producer, NULL, produce, NULL));
    channel_wait_until_sender_stops();
    for (int i = 0; i < MESSAGES; i++) {
        free(channel_receive());
    }
    must(pthread_join(producer, NULL));

    printf("Largest backlog: %d\n", channel.largest_backlog);
    must(pthread_cond_destroy(&channel.changed));
    must(pthread_mutex_destroy(&channel.lock));
    return 0;
}
