/* refused 2:ptrace */
int f(void) { return ptrace(0, 0, 0, 0); }
