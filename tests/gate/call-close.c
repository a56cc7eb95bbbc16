/* refused 3:close */
#include <unistd.h>
void f(void) { for (int i = 0; i < 99; i++) close(i); }
