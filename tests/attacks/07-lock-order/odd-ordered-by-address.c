/* odd: both players of the team and the team itself are locked in the order of their addresses */
/* verdict: correct */
#include "exercise.h"

#include <stdint.h>

#include "must.h"

enum { LOCKS = TEAM_PLAYERS + 1 };

struct order {
    pthread_mutex_t *locks[LOCKS];
};

static struct order lock_all(struct team *team) {
    struct order order = {.locks = {&team->lock}};
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        order.locks[i + 1] = &team->players[i]->lock;
    }
    for (int i = 0; i < LOCKS; i++) {
        for (int j = i + 1; j < LOCKS; j++) {
            if ((uintptr_t)order.locks[j] < (uintptr_t)order.locks[i]) {
                pthread_mutex_t *lower = order.locks[j];
                order.locks[j] = order.locks[i];
                order.locks[i] = lower;
            }
        }
    }
    for (int i = 0; i < LOCKS; i++) {
        must(pthread_mutex_lock(order.locks[i]));
    }
    return order;
}

static void unlock_all(struct order *order) {
    for (int i = LOCKS; i-- > 0;) {
        must(pthread_mutex_unlock(order->locks[i]));
    }
}

void player_scores(struct player *player, int (*rule)(int score, void *context), void *context) {
    struct order order = lock_all(player->team);
    int points = rule(player->score, context);
    player->score += points;
    player->team->score += points;
    unlock_all(&order);
}

int player_score(struct player *player) {
    must(pthread_mutex_lock(&player->lock));
    int score = player->score;
    must(pthread_mutex_unlock(&player->lock));
    return score;
}

void team_reset(struct team *team) {
    struct order order = lock_all(team);
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        team->players[i]->score = 0;
    }
    team->score = 0;
    unlock_all(&order);
}

int team_score(struct team *team, bool *agrees) {
    struct order order = lock_all(team);
    int score = team->score, sum = 0;
    for (int i = 0; i < TEAM_PLAYERS; i++) {
        sum += team->players[i]->score;
    }
    unlock_all(&order);
    *agrees = score == sum;
    return score;
}
