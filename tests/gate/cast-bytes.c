/* refused 4:cast */
void f(void) {
    char *start = (char *)(void *)f;
    void (*there)(void) = (void (*)(void))(start + 64);
    there();
}
