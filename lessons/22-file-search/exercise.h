/*
 * The contract of exercise.c: a survey of several texts, which are read at the same time.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

struct report {
    int words;           /* of all texts together */
    const char *longest; /* the text with the most words, one of those given; NULL: none has any */
    int longest_words;   /* how many it has */
};

/* Counts the words of `count` texts, at least one, and waits until all are counted. Each text is a
 * job of a pool (lib/pool.h) of two workers, which calls count_words(text) once. That may wait for
 * long: nobody else waits for it meanwhile. The texts belong to the caller. */
struct report survey(const char *const texts[], int count, int (*count_words)(const char *text));

#endif
