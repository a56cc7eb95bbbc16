/*
 * Many jobs, and few threads.
 *
 * Blocking: run_all() blocks until all is done. Errors: calls that fail end the program, as must()
 * does.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

enum { THREADS_MOST = 2 };

/* Calls job(0), job(1) and so on to job(count - 1), each once, in threads that it starts: as long as
 * there are enough jobs, THREADS_MOST of them run at the same time. It never has more threads than
 * that. When it returns, all jobs have returned and all its threads have ended. The jobs may wait
 * for each other if they are neighbours: 0 and 1, 2 and 3, and so on. */
void run_all(unsigned count, void (*job)(unsigned number));

#endif
