/* refused 3:dlsym */
void *dlsym(void *, const char *);
void *f(void) { return dlsym(0, "x"); }
