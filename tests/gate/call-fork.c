/* refused 3:fork */
#include <unistd.h>
int f(void) { return fork(); }
