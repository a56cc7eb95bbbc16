/* refused 3:kill */
#include <signal.h>
void f(void) { kill(1, SIGKILL); }
