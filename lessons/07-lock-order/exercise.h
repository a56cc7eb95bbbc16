/*
 * Players and their teams. A team's score is the sum of the scores of its players, whenever anybody
 * looks.
 *
 * All functions may be called by several threads at once; players and teams are made before, with
 * the initializers below, and a player never changes its team. Calls for different teams do not
 * wait for one another.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

enum { TEAM_PLAYERS = 2 };

struct player {
    pthread_mutex_t lock; /* protects score */
    int score;
    struct team *team;
};

struct team {
    pthread_mutex_t lock; /* protects score */
    int score;
    struct player *players[TEAM_PLAYERS];
};

#define PLAYER_OF(its_team) \
    { .lock = PTHREAD_MUTEX_INITIALIZER, .team = (its_team) }
#define TEAM_OF(one, other) \
    { \
        .lock = PTHREAD_MUTEX_INITIALIZER, .players = {(one), (other) } \
    }

/* Adds points to the player and to its team, as one step. How many, rule(score of the player,
 * context) says; it must not call functions of this header. */
void player_scores(struct player *player, int (*rule)(int score, void *context), void *context);

int player_score(struct player *player);

/* Sets the team and all its players to 0, as one step. */
void team_reset(struct team *team);

/* The team's score. *agrees says whether it is the sum of the players' scores. */
int team_score(struct team *team, bool *agrees);

#endif
