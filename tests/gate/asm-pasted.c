/* refused 4:asm */
#define CAT(a, b) a##b
#define SAY(text) CAT(__as, m__)(text)
void f(void) { SAY("nop"); }
