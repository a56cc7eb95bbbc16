/* refused 2:cast */
void f(void) { ((void (*)(void))0x401000)(); }
