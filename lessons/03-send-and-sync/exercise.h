/*
 * The score board of a game. Players add points, and everybody may look who leads.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

enum { PLAYERS = 3 };

/*
 * All of these may be called by several threads at once.
 *
 * board_add() adds points, 1 or more, to those of a player (0 to PLAYERS - 1).
 * board_points() returns the points of a player.
 * board_leader() returns the player with the most points, and of several the lowest number; -1 as
 * long as nobody has a point.
 */
void board_add(int player, int points);
int board_points(int player);
int board_leader(void);

#endif
