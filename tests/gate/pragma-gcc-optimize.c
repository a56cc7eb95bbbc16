/* refused 2:#pragma GCC optimize */
#pragma GCC optimize("O3")
void f(int *p) { *p = 1; }
