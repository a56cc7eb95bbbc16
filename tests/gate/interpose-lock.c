/* refused 3:pthread_mutex_lock */
#include <pthread.h>
int pthread_mutex_lock(pthread_mutex_t *m) { (void)m; return 0; }
