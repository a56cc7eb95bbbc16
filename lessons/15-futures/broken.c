/*
 * Five URLs are fetched at the same time, by one thread. The answer to URL 1 takes 100 ms, the
 * answer to URL 2 takes 200 ms, and so on; the network is played by a timer.
 */
#include <stdint.h>
#include <stdio.h>

#include "lib/async.h"
#include "must.h"

enum { URLS = 5, MILLISECONDS = 100, ROOM = 32 };

/* A future: READY when the answer is there. */
struct answer {
    uint64_t due;
    char text[ROOM];
};

static enum poll answer_poll(struct answer *answer, int id, struct waker waker) {
    if (async_now() < answer->due) {
        (void)waker; /* the cause: nobody is given the waker */
        return PENDING;
    }
    snprintf(answer->text, sizeof answer->text, "Response from URL %d", id);
    return READY;
}

/* A task: what a thread would keep on its stack stands here, and `state` says where to go on. */
struct fetch {
    struct task task; /* first: a pointer to it is also a pointer to the fetch */
    enum { BEGINS, AWAITS } state;
    int id;
    struct answer answer;
};

static enum poll fetch_poll(struct task *task, struct waker waker) {
    struct fetch *fetch = (struct fetch *)task;

    switch (fetch->state) {
    case BEGINS:
        printf("Fetching URL %d started\n", fetch->id);
        fetch->answer.due = async_now() + (uint64_t)(MILLISECONDS * fetch->id) * async_millisecond;
        fetch->state = AWAITS;
        /* fall through */
    case AWAITS:
        if (answer_poll(&fetch->answer, fetch->id, waker) == PENDING) {
            return PENDING;
        }
        printf("Got: %s\n", fetch->answer.text);
        return READY;
    }
    return READY; /* there is no other state */
}

static struct executor executor;
static struct fetch fetches[URLS];

int main(void) {
    executor_init(&executor);
    for (int i = 0; i < URLS; i++) {
        fetches[i] = (struct fetch){.task.poll = fetch_poll, .state = BEGINS, .id = i + 1};
        executor_spawn(&executor, &fetches[i].task);
    }
    executor_run(&executor); /* fault: stuck-wait */
    executor_destroy(&executor);
    return 0;
}
