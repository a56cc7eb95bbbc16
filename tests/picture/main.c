#include <pthread.h>

void *add_one(void *);

int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add_one, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
