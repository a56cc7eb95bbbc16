/* refused 2:#pragma clang optimize */
#pragma clang optimize off
void f(int *p) { *p = 1; }
