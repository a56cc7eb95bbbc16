/*
 * A table that gives numbers to words: 0 to the first that somebody asks for, 1 to the next, and so
 * on. It keeps the pointers to the words; the words stay the caller's, and must live as long as the
 * table.
 *
 * All but words_init() and words_destroy() may be called by several threads at once. Nearly always
 * the word is there already: so threads that ask for words that are there do not wait for one
 * another, and not for words_each() either.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>

enum { WORDS_MOST = 16 };

struct words {
    pthread_rwlock_t lock; /* protects the words and count */
    const char *words[WORDS_MOST];
    int count;
};

void words_init(struct words *table);
void words_destroy(struct words *table);

/* The number of the word. A word that is not there is added; each word once, whoever asks for it.
 * -1 if it is not there and the table is full. */
int words_number(struct words *table, const char *word);

/* Calls visit(word, number, context) for each word in the order of their numbers. Meanwhile no word
 * is added. visit() must not call any function of the table. */
void words_each(struct words *table, void (*visit)(const char *word, int number, void *context),
                void *context);

#endif
