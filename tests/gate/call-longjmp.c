/* refused 4:_setjmp, 5:longjmp */
#include <setjmp.h>
static jmp_buf there;
int f(void) { return setjmp(there); }
void g(void) { longjmp(there, 1); }
