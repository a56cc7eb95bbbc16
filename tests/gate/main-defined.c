/* refused 2:main */
int main(void) { return 0; }
