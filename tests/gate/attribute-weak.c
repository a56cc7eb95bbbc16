/* refused 2:weak, 3:maybe */
int maybe(void) __attribute__((weak));
int use(void) { return maybe ? maybe() : 0; }
