/* One more lock around everything: nobody waits in a cycle, but now calls for different teams wait
 * for one another. */
/* verdict: lock-across-wait stuck-wait deadlock */
#include "exercise.h"

#include "must.h"

static pthread_mutex_t everything = PTHREAD_MUTEX_INITIALIZER;

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct team *team = player->team;

    must(pthread_mutex_lock(&everything)); /* fault: lock-across-wait */
    must(pthread_mutex_lock(&player->lock));
    int points = rule(player->score, context);
    player->score += points;
    must(pthread_mutex_lock(&team->lock));
    team->score += points;
    must(pthread_mutex_unlock(&team->lock));
    must(pthread_mutex_unlock(&player->lock));
    must(pthread_mutex_unlock(&everything));
}

int player_score(struct player *player) {
    must(pthread_mutex_lock(&player->lock));
    int score = player->score;
    must(pthread_mutex_unlock(&player->lock));
    return score;
}

void team_reset(struct team *team) {
    must(pthread_mutex_lock(&everything));
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
    must(pthread_mutex_unlock(&everything));
}

int team_score(struct team *team, bool *agrees) {
    int sum = 0;

    must(pthread_mutex_lock(&everything));
    must(pthread_mutex_lock(&team->lock));
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        must(pthread_mutex_lock(&team->players[i]->lock));
        sum += team->players[i]->score;
        must(pthread_mutex_unlock(&team->players[i]->lock));
    }
    int score = team->score;
    must(pthread_mutex_unlock(&team->lock));
    must(pthread_mutex_unlock(&everything));
    *agrees = score == sum;
    return score;
}
