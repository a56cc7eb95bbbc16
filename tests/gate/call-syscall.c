/* refused 3:syscall */
long syscall(long, ...);
long f(void) { return syscall(39); }
