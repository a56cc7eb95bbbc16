/* refused 4:asm */
int f(void) {
    int answer = 0;
    __asm__ volatile("rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi" : "=d"(answer));
    return answer;
}
