#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int ready;

static void *get_ready(void *unused) {
    ready = 1;
    return unused;
}

int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, get_ready, NULL);
    int forks = ready;
    pthread_join(thread, NULL);
    return forks && fork() < 0;
}
