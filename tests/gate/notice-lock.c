/* refused 3:__data, 3:__owner */
#include <pthread.h>
int f(pthread_mutex_t *lock) { return lock->__data.__owner; }
