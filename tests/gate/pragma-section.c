/* refused 2:#pragma clang section */
#pragma clang section text = ".mine"
void f(int *p) { *p = 1; }
