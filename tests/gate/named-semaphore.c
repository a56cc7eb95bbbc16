/* refused 3:sem_open */
#include <semaphore.h>
sem_t *f(void) { return sem_open("/left", 0); }
