/* refused 6:count */
static struct {
    unsigned count : 24;
    char other;
} all;
void count(void) { all.count++; }
