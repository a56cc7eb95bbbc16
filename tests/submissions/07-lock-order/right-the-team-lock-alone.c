/* The lock of the team is enough for its players as well: every function knows the team and takes
 * that lock. The locks of the players are left unused. */
/* verdict: clean */
#include "exercise.h"

#include "must.h"

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct team *team = player->team;

    must(pthread_mutex_lock(&team->lock));
    int points = rule(player->score, context);
    player->score += points;
    team->score += points;
    must(pthread_mutex_unlock(&team->lock));
}

int player_score(struct player *player) {
    must(pthread_mutex_lock(&player->team->lock));
    int score = player->score;
    must(pthread_mutex_unlock(&player->team->lock));
    return score;
}

void team_reset(struct team *team) {
    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        team->players[i]->score = 0;
    }
    team->score = 0;
    must(pthread_mutex_unlock(&team->lock));
}

int team_score(struct team *team, bool *agrees) {
    int sum = 0;

    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        sum += team->players[i]->score;
    }
    int score = team->score;
    must(pthread_mutex_unlock(&team->lock));
    *agrees = score == sum;
    return score;
}
