/*
 * A client has two tasks on one thread. One tells the server every 20 ms that the client is alive;
 * the other one asks it something. The server is patient with clients that are alive: it answers
 * after the third heartbeat. The only function that gets the answer blocks until it is there.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "lib/async.h"
#include "lib/blocking.h"
#include "lib/pool.h"
#include "must.h"

enum { BEATS = 3, MILLISECONDS = 20 };

static struct {
    sem_t heard;    /* a heartbeat */
    sem_t answered; /* answer is there */
    int answer;
} server;

static void *serve(void *unused) {
    for (int i = 0; i < BEATS; i++) {
        must_errno(sem_wait(&server.heard));
    }
    server.answer = 42;
    must_errno(sem_post(&server.answered));
    return unused;
}

/* Knows nothing of tasks. */
static void get_answer(void *answer) {
    must_errno(sem_wait(&server.answered));
    *(int *)answer = server.answer;
}

static struct heart {
    struct task task;
    struct delay delay;
    int beats;
} heart;

static enum poll heart_poll(struct task *task, struct waker waker) {
    (void)task; /* it is the heart's */
    while (heart.beats < BEATS) {
        if (delay_poll(&heart.delay, MILLISECONDS, waker) == PENDING) {
            return PENDING;
        }
        printf("Heartbeat %d\n", ++heart.beats);
        must_errno(sem_post(&server.heard));
    }
    return READY;
}

static struct question {
    struct task task;
    struct blocking call;
    int answer;
} question;

static struct pool *pool;

static enum poll question_poll(struct task *task, struct waker waker) {
    (void)task;
    if (blocking_poll(&question.call, pool, waker) == PENDING) {
        return PENDING;
    }
    printf("Answer: %d\n", question.answer);
    return READY;
}

static struct executor executor;

int main(void) {
    pthread_t server_thread;

    must_errno(sem_init(&server.heard, 0, 0));
    must_errno(sem_init(&server.answered, 0, 0));
    must(pthread_create(&server_thread, NULL, serve, NULL));
    pool = pool_create(1);
    executor_init(&executor);
    heart.task.poll = heart_poll;
    executor_spawn(&executor, &heart.task);
    question.task.poll = question_poll;
    question.call.function = get_answer;
    question.call.argument = &question.answer;
    executor_spawn(&executor, &question.task);
    executor_run(&executor);

    pool_destroy(pool);
    executor_destroy(&executor);
    must(pthread_join(server_thread, NULL));
    must_errno(sem_destroy(&server.answered));
    must_errno(sem_destroy(&server.heard));
    return 0;
}
