/* expect: data-race */
/* Both files have a lock called `lock`, each its own, and one counter between them. */
#include <pthread.h>
#include <stdio.h>

extern long visits;
void *visit_from_b(void *);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *visit_from_a(void *arg)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&lock);
        visits++; /* fault: data-race */
        pthread_mutex_unlock(&lock);
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
