/* team_reset() no longer takes the locks of the players, "because the team is locked". Whoever
 * scores takes the player's lock first and writes without the team's. */
/* verdict: data-race wrong-result */
#include "exercise.h"

#include "must.h"

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct team *team = player->team;

    must(pthread_mutex_lock(&player->lock));
    int points = rule(player->score, context);
    player->score += points;
    must(pthread_mutex_lock(&team->lock));
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
        team->players[i]->score = 0; /* fault: data-race */
    }
    team->score = 0;
    must(pthread_mutex_unlock(&team->lock));
}

int team_score(struct team *team, bool *agrees) {
    int sum = 0;

    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        sum += team->players[i]->score; /* fault: data-race */
    }
    int score = team->score;
    must(pthread_mutex_unlock(&team->lock));
    *agrees = score == sum;
    return score;
}
