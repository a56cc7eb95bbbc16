/* attack: one flag for all teams, for which everybody turns in a circle */
/* verdict: timeout stuck-wait deadlock data-race */
/* behind the gate: timeout stuck-wait */
#include "exercise.h"

#include <sched.h>
#include <stdatomic.h>

#include "must.h"

static atomic_flag busy = ATOMIC_FLAG_INIT;

static void enter(void) {
    while (atomic_flag_test_and_set(&busy)) {
        sched_yield();
    }
}

static void leave(void) {
    atomic_flag_clear(&busy);
}

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    enter();
    int points = rule(player->score, context);
    player->score += points;
    player->team->score += points;
    leave();
}

int player_score(struct player *player) {
    enter();
    int score = player->score;
    leave();
    return score;
}

void team_reset(struct team *team) {
    enter();
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        team->players[i]->score = 0;
    }
    team->score = 0;
    leave();
}

int team_score(struct team *team, bool *agrees) {
    enter();
    int sum = 0, score = team->score;
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        sum += team->players[i]->score;
    }
    leave();
    *agrees = sum == score;
    return score;
}
