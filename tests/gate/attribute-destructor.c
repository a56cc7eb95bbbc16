/* refused 2:destructor */
__attribute__((destructor)) void finish(void) {}
