/* results: "00 00" "00 01" "00 10" "00 11" "01 00" "01 01" "01 10" "01 11" "10 00" "10 01" "10 11" "11 00" "11 01" "11 10" "11 11"
   Independent reads of independent writes: all of 16 but "10 10", in which the readers would disagree on
   which store came first. main is one of the writers. */
#include "litmus.h"

static atomic_int x, y;
static int a, b, c, d;

static void *write_y(void *unused) {
    y = 1;
    return unused;
}
static void *read_xy(void *unused) {
    a = x;
    b = y;
    return unused;
}
static void *read_yx(void *unused) {
    c = y;
    d = x;
    return unused;
}

int main(void) {
    body *const bodies[] = {write_y, read_xy, read_yx};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, bodies[i], NULL);
    x = 1;
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    printf("%d%d %d%d\n", a, b, c, d);
}
