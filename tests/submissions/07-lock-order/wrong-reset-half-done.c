/* team_reset() backs off when a player is busy, and has set others to 0 already. */
/* verdict: wrong-result */
#include "exercise.h"

#include <sched.h>

#include "must.h"

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct team *team = player->team;

    must(pthread_mutex_lock(&player->lock));
    int points = rule(player->score, context);
    must(pthread_mutex_lock(&team->lock));
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
    int locked = 0;

    must(pthread_mutex_lock(&team->lock));
    while (locked < TEAM_PLAYERS) {
        if (pthread_mutex_trylock(&team->players[locked]->lock) == 0) {
            team->players[locked++]->score = 0;
            continue;
        }
        while (locked > 0) {
            must(pthread_mutex_unlock(&team->players[--locked]->lock));
        }
        must(pthread_mutex_unlock(&team->lock));
        sched_yield();
        must(pthread_mutex_lock(&team->lock));
    }
    team->score = 0;
    while (locked > 0) {
        must(pthread_mutex_unlock(&team->players[--locked]->lock));
    }
    must(pthread_mutex_unlock(&team->lock));
}

int team_score(struct team *team, bool *agrees) {
    int sum = 0;

    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        sum += team->players[i]->score; /* who writes it holds the team's lock as well */
    }
    int score = team->score;
    must(pthread_mutex_unlock(&team->lock));
    *agrees = score == sum;
    return score;
}
