/*
 * A competition: every candidate is given points by a judge, and the one with most points wins.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

enum { MOST_CANDIDATES = 8 };

/*
 * The points of one candidate, 0 or more. A judge takes time, and may be at work for several
 * candidates at once, each in a thread of its own.
 */
typedef int judge_points(int candidate);

/*
 * Asks the judge about the candidates 0 to candidates - 1 (there are 1 to MOST_CANDIDATES), once
 * about each, all at the same time: a judge may wait until all the others are at work. Returns the
 * candidate with the most points, and of several the one with the lowest number. When it returns,
 * no judge is at work any more, and no thread is left over.
 */
int find_winner(int candidates, judge_points *judge);

#endif
