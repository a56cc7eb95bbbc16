/* expect: clean */
/* Heat on a ring: all threads read one row and write the other, and meet at a barrier after each step. */
#include <pthread.h>
#include <stdio.h>

#define N 12
#define T 3
#define STEPS 20

static double row[2][N];
static pthread_barrier_t step_done;
static int serial_threads;

static void *cells(void *arg)
{
    int from = *(int *)arg, to = from + N / T;
    for (int s = 0; s < STEPS; s++) {
        double *now = row[s % 2], *next = row[1 - s % 2];
        for (int i = from; i < to; i++)
            next[i] = (now[(i + N - 1) % N] + 2 * now[i] + now[(i + 1) % N]) / 4;
        if (pthread_barrier_wait(&step_done) == PTHREAD_BARRIER_SERIAL_THREAD)
            serial_threads++;
        pthread_barrier_wait(&step_done);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[T];
    int from[T];
    double sum = 0;

    row[0][0] = 120;
    pthread_barrier_init(&step_done, NULL, T);
    for (int i = 0; i < T; i++) {
        from[i] = i * (N / T);
        pthread_create(&t[i], NULL, cells, &from[i]);
    }
    for (int i = 0; i < T; i++)
        pthread_join(t[i], NULL);
    pthread_barrier_destroy(&step_done);
    for (int i = 0; i < N; i++)
        sum += row[0][i];
    printf("%.3f after %d steps\n", sum, serial_threads);
    return 0;
}
