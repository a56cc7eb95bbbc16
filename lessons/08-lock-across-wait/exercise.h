/*
 * A journal: any thread adds lines, and one thread of the journal's own writes them.
 *
 * journal_add() and journal_close() may be called by several threads at once, after journal_open().
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <pthread.h>
#include <stdbool.h>

enum { JOURNAL_MOST = 4 };

struct journal {
    pthread_mutex_t lock;    /* protects lines, count, closing and closed */
    pthread_cond_t changed;  /* a line was added, closing or closed was set */
    int lines[JOURNAL_MOST]; /* not yet written */
    int count;
    bool closing; /* nothing is added any more */
    bool closed;  /* the writer has ended */
    pthread_t writer;
    void (*write)(int line, void *context);
    void *context;
};

/* Starts the writer. It calls write(line, context) for one line after the other, in the order in
 * which they were added, each once. write() must not call functions of the journal. */
void journal_open(struct journal *journal, void (*write)(int line, void *context), void *context);

/* Adds a line. False if the journal is closed or too many lines wait to be written. It does not
 * wait for write(). */
bool journal_add(struct journal *journal, int line);

/* Closes the journal and waits until all lines are written and the writer has ended. If two threads
 * call it, both return after that. It holds no lock while it waits for the writer to end. */
void journal_close(struct journal *journal);

/* After journal_close(), by one thread: no other function is called any more. */
void journal_destroy(struct journal *journal);

#endif
