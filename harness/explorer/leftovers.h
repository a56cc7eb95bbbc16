// What a program leaves behind when it ends.
#ifndef INTERLEAVE_LEFTOVERS_H
#define INTERLEAVE_LEFTOVERS_H

// Reports, as thread-leak, the threads that have ended and were neither joined nor detached.
void leftovers_report_threads(void);

#endif
