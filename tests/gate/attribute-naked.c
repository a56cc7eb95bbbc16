/* refused 2:naked, 2:asm */
__attribute__((naked)) void odd(void) { __asm__("ret"); }
