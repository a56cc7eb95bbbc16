/* refused 4:asm */
void f(void) {

    __asm__ volatile("" ::: "memory");
}
