/* refused 3:constructor */
static int early;
__attribute__((constructor)) static void begin(void) { early = 1; }
int get(void) { return early; }
