/* refused 3:pthread_attr_setguardsize */
#include <pthread.h>
void f(pthread_attr_t *of) { pthread_attr_setguardsize(of, 7); }
