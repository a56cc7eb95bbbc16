/* Took the threads out. No two judges are at work at the same time any more. */
/* verdict: stuck-wait deadlock */
#include "exercise.h"

int find_winner(int candidates, judge_points *judge) {
    int winner = 0;
    int most = -1;

    for (int i = 0; i < candidates; i++) {
        int points = judge(i);
        if (points > most) {
            most = points;
            winner = i;
        }
    }
    return winner;
}
