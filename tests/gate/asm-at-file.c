/* refused 2:asm */
__asm__(".globl mine");
