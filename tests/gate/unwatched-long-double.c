/* refused 5:add, 6:same */
static struct {
    long double sum;
} all;
void add(int more) { all.sum += more; }
void same(long double *sum) { *sum = 1; }
double mean(const int *of, int count) {
    long double sum = 0; // nobody else's
    for (int i = 0; i < count; i++)
        sum += of[i];
    return (double)(sum / count);
}
