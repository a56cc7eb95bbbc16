/* refused 2:__real_pthread_mutex_lock, 3:__real_pthread_mutex_lock */
int __real_pthread_mutex_lock(void *);
int f(void *p) { return __real_pthread_mutex_lock(p); }
