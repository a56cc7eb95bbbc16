/* refused 2:write */
long write(int fd, const void *p, unsigned long n) { (void)fd, (void)p; return (long)n; }
