/* refused 0:llvm.x86.rdtsc */
#include <x86intrin.h>
unsigned long long f(void) { return __rdtsc(); }
