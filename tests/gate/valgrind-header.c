/* refused 2:valgrind/helgrind.h */
#include <valgrind/helgrind.h>
