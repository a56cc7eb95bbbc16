/* Tries the team's lock, and if it does not get it lets the player go and begins anew, with the
 * points of before. */
/* verdict: wrong-result */
#include "exercise.h"

#include <sched.h>

#include "must.h"

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct team *team = player->team;

    must(pthread_mutex_lock(&player->lock));
    int points = rule(player->score, context);
    while (pthread_mutex_trylock(&team->lock) != 0) {
        must(pthread_mutex_unlock(&player->lock));
        sched_yield();
        must(pthread_mutex_lock(&player->lock));
    }
    player->score += points;
    team->score += points;
    must(pthread_mutex_unlock(&team->lock));
    must(pthread_mutex_unlock(&player->lock));
}

int player_score(struct player *player) {
    must(pthread_mutex_lock(&player->lock));
    int score = player->score;
    must(pthread_mutex_unlock(&player->lock));
    return score;
}

void team_reset(struct team *team) {
    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        must(pthread_mutex_lock(&team->players[i]->lock));
        team->players[i]->score = 0;
    }
    team->score = 0;
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        must(pthread_mutex_unlock(&team->players[i]->lock));
    }
    must(pthread_mutex_unlock(&team->lock));
}

int team_score(struct team *team, bool *agrees) {
    int sum = 0;

    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        must(pthread_mutex_lock(&team->players[i]->lock));
        sum += team->players[i]->score;
        must(pthread_mutex_unlock(&team->players[i]->lock));
    }
    int score = team->score;
    must(pthread_mutex_unlock(&team->lock));
    *agrees = score == sum;
    return score;
}
