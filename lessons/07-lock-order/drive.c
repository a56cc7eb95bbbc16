/*
 * A player scores, a team is reset, somebody watches: two of these at a time. Then players of two
 * teams score, and their rules meet.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static struct player players[4];
static struct team reds = TEAM_OF(&players[0], &players[1]);
static struct team blues = TEAM_OF(&players[2], &players[3]);
static struct player players[4] = {PLAYER_OF(&reds), PLAYER_OF(&reds), PLAYER_OF(&blues),
                                   PLAYER_OF(&blues)};
static pthread_barrier_t meeting;
static int points;

static void look(struct team *team, int least, int most) {
    bool agrees;
    int score = team_score(team, &agrees);

    check(agrees, "the score of a team is not the sum of its players' scores");
    check(score >= least && score <= most, "a team has the score %d, not %d or %d", score, least,
          most);
}

static int by_points(int score, void *unused) {
    (void)score, (void)unused;
    return points;
}

static int doubled(int score, void *unused) {
    (void)unused;
    return score;
}

static int doubled_and_more(int score, void *unused) {
    (void)unused;
    return score + points;
}

static int after_meeting(int score, void *unused) {
    (void)score, (void)unused;
    /* If a call for the other team waits for this one, both wait for ever. */
    pthread_barrier_wait(&meeting);
    return points;
}

static void *score(void *player) {
    player_scores(player, by_points, NULL);
    return NULL;
}

static void *doubles(void *player) {
    player_scores(player, doubled, NULL);
    return NULL;
}

static void *doubles_and_watches(void *player) {
    player_scores(player, doubled_and_more, NULL);
    look(&reds, 0, 4 * points);
    return NULL;
}

static void *reset(void *team) {
    team_reset(team);
    return NULL;
}

static void *watch(void *team) {
    int score = player_score(&players[0]);

    check(score == 0 || score == points, "a player has the score %d, not 0 or %d", score, points);
    look(team, 0, points);
    return NULL;
}

static void *score_with_the_other(void *player) {
    player_scores(player, after_meeting, NULL);
    return NULL;
}

static void both(void *(*one)(void *), void *its, void *(*other)(void *), void *others) {
    pthread_t threads[2];

    must(pthread_create(&threads[0], NULL, one, its));
    must(pthread_create(&threads[1], NULL, other, others));
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
}

int main(void) {
    points = 1 + (int)drive_number(9);

    both(score, &players[0], watch, &reds);
    both(reset, &reds, watch, &reds);
    player_scores(&players[0], by_points, NULL);
    player_scores(&players[1], by_points, NULL);
    both(doubles_and_watches, &players[1], reset, &reds);
    look(&reds, 0, points); /* more if the rule was asked before the reset */
    team_reset(&reds);
    look(&reds, 0, 0);
    player_scores(&players[0], by_points, NULL);
    player_scores(&players[1], by_points, NULL);
    player_scores(&players[1], doubled, NULL);
    look(&reds, 3 * points, 3 * points);
    both(doubles, &players[1], doubles, &players[1]);
    look(&reds, 9 * points, 9 * points);

    must(pthread_barrier_init(&meeting, NULL, 2));
    both(score_with_the_other, &players[0], score_with_the_other, &players[2]);
    must(pthread_barrier_destroy(&meeting));
    look(&reds, 10 * points, 10 * points);
    look(&blues, points, points);
    drive_done();
    return 0;
}
