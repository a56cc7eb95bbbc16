/* odd: each thread starts the next one, and joins it */
/* verdict: correct */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

struct link {
    judge_points *judge;
    int candidate, left;
    int best, points; /* of this candidate and all after it */
};

static void *ask(void *argument) {
    struct link *own = argument, next = *own;
    pthread_t thread;

    next.candidate++, next.left--;
    if (next.left > 0) {
        must(pthread_create(&thread, NULL, ask, &next));
    }
    own->points = own->judge(own->candidate);
    own->best = own->candidate;
    if (next.left > 0) {
        must(pthread_join(thread, NULL));
        if (next.points > own->points) {
            own->points = next.points;
            own->best = next.best;
        }
    }
    return NULL;
}

int find_winner(int candidates, judge_points *judge) {
    struct link all = {.judge = judge, .left = candidates};

    ask(&all);
    return all.best;
}
