/* refused 3:_fileno */
#include <stdio.h>
void f(void) { stdout->_fileno = 3; }
