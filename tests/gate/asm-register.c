/* refused 2:asm */
register unsigned long stack __asm__("rsp");
unsigned long f(void) { return stack; }
