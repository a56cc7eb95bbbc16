/* expect: clean */
/* Two files, one counter, and one lock for it, which b.c owns. */
#include <pthread.h>
#include <stdio.h>

extern long visits;
void *visit_from_b(void *);

extern pthread_mutex_t visits_lock;

static void *visit_from_a(void *arg)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&visits_lock);
        visits++;
        pthread_mutex_unlock(&visits_lock);
    }
    return arg;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, visit_from_a, NULL);
    pthread_create(&b, NULL, visit_from_b, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%s\n", visits > 0 ? "visited" : "lonely");
    return 0;
}
