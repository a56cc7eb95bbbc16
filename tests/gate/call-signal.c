/* refused 3:cast, 3:__sysv_signal */
#include <signal.h>
void f(void) { signal(SIGSEGV, SIG_IGN); }
