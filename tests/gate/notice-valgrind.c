/* refused 2:RUNNING_ON_VALGRIND */
#ifndef RUNNING_ON_VALGRIND
int f(void) { return 2; }
#endif
