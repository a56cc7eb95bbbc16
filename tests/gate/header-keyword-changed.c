/* refused 2:extern */
#define extern extern __attribute__((weak))
#include <pthread.h>
