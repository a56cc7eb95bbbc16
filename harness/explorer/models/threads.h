// What the ends of the program need of the model of threads.
#ifndef INTERLEAVE_THREADS_H
#define INTERLEAVE_THREADS_H

// Ends the calling thread for the schedule; for pthread_cleanup_push.
void threads_end(void *unused);

#endif
