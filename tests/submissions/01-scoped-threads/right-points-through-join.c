/* Gets the points from pthread_join(): what a thread returns cannot be had earlier. */
/* verdict: clean */
#include <pthread.h>
#include <stdint.h>

#include "exercise.h"
#include "must.h"

struct entry {
    judge_points *judge;
    int candidate;
};

static void *ask_judge(void *argument) {
    const struct entry *entry = argument;

    return (void *)(intptr_t)entry->judge(entry->candidate);
}

int find_winner(int candidates, judge_points *judge) {
    struct entry entries[MOST_CANDIDATES];
    pthread_t threads[MOST_CANDIDATES];
    int winner = 0;
    intptr_t most = -1;

    for (int i = 0; i < candidates; i++) {
        entries[i] = (struct entry){.judge = judge, .candidate = i};
        must(pthread_create(&threads[i], NULL, ask_judge, &entries[i]));
    }
    for (int i = 0; i < candidates; i++) {
        void *points;
        must(pthread_join(threads[i], &points));
        if ((intptr_t)points > most) {
            most = (intptr_t)points;
            winner = i;
        }
    }
    return winner;
}
