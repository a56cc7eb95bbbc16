/* refused 3:fclose */
#include <stdio.h>
void f(void) { fclose(stderr); }
