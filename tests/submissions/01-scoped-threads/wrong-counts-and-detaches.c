/* Counts the judges, and does not join the threads: the last may still be there. */
/* verdict: data-race wrong-result use-after-free */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;

struct entry {
    judge_points *judge;
    int candidate;
    int points;
    int *left; /* judges at work; protected by lock */
};

static void *ask_judge(void *argument) {
    struct entry *entry = argument;
    int points = entry->judge(entry->candidate);

    must(pthread_mutex_lock(&lock));
    entry->points = points;
    (*entry->left)--;
    must(pthread_cond_broadcast(&done));
    must(pthread_mutex_unlock(&lock));
    return NULL;
}

int find_winner(int candidates, judge_points *judge) {
    struct entry entries[MOST_CANDIDATES];
    int winner = 0, left = candidates;

    for (int i = 0; i < candidates; i++) {
        pthread_t thread;
        entries[i] = (struct entry){.judge = judge, .candidate = i, .left = &left};
        must(pthread_create(&thread, NULL, ask_judge, &entries[i]));
        must(pthread_detach(thread));
    }
    must(pthread_mutex_lock(&lock));
    while (left > 0) {
        must(pthread_cond_wait(&done, &lock));
    }
    must(pthread_mutex_unlock(&lock));

    for (int i = 1; i < candidates; i++) {
        if (entries[i].points > entries[winner].points) {
            winner = i;
        }
    }
    return winner;
}
