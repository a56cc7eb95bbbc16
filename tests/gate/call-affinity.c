/* refused 3:sched_setaffinity */
int sched_setaffinity(int, unsigned long, const void *);
int f(void) { return sched_setaffinity(0, 8, "\1"); }
