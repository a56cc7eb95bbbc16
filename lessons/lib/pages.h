/*
 * A small web server for lessons that fetch pages: a thread of the same program, which listens on
 * 127.0.0.1 alone, at a port that the system chooses.
 */
#ifndef INTERLEAVE_PAGES_H
#define INTERLEAVE_PAGES_H

/* Starts the server and gives its port. It answers nobody before `visitors` requests are there, so
 * one who waits for the first page before asking for the second waits for ever. It serves them and
 * no more. */
int pages_start(int visitors);

/* Waits until all visitors have been served. To be called once, after pages_start(). */
void pages_stop(void);

#endif
