/* refused 3:pthread_cancel */
#include <pthread.h>
void f(pthread_t t) { pthread_cancel(t); }
