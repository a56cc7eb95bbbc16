/* Begins with no winner and 0 points: when all have 0, the winner is -1. */
/* verdict: wrong-result */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

/* One candidate, for the thread that asks the judge. */
struct entry {
    judge_points *judge;
    int candidate;
    int points;
};

static void *ask_judge(void *argument) {
    struct entry *entry = argument;

    entry->points = entry->judge(entry->candidate);
    return NULL;
}

int find_winner(int candidates, judge_points *judge) {
    struct entry entries[MOST_CANDIDATES];
    pthread_t threads[MOST_CANDIDATES];
    int winner = -1;
    int most = 0;

    for (int i = 0; i < candidates; i++) {
        entries[i] = (struct entry){.judge = judge, .candidate = i, .points = 0};
        must(pthread_create(&threads[i], NULL, ask_judge, &entries[i]));
    }
    for (int i = 0; i < candidates; i++) {
        must(pthread_join(threads[i], NULL));
    }

    for (int i = 0; i < candidates; i++) {
        if (entries[i].points > most) {
            most = entries[i].points;
            winner = i;
        }
    }
    return winner;
}
