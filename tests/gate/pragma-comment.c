/* refused 2:#pragma comment */
#pragma comment(lib, "dl")
void f(int *p) { *p = 1; }
