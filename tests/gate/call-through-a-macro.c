/* refused 6:fork */
#include <unistd.h>
#define CAT(a, b) a##b
#define GO(x) CAT(fo, x)()
int f(void) {
    return GO(rk);
}
