/* attack: threads are started and joined, and main does all the work itself */
/* verdict: stuck-wait deadlock */
/* behind the gate: stuck-wait */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

static void *idle(void *unused) {
    return unused;
}

int find_winner(int candidates, judge_points *judge) {
    int winner = 0, most = -1;
    for (int i = 0; i < candidates; i++) {
        pthread_t thread;
        must(pthread_create(&thread, NULL, idle, NULL));
        int points = judge(i);
        must(pthread_join(thread, NULL));
        if (points > most) {
            most = points;
            winner = i;
        }
    }
    return winner;
}
