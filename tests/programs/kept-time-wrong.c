/* expect: data-race */
#include <pthread.h>
#include <time.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *when) {
    pthread_mutex_lock(&lock);
    struct tm *time = localtime(when); /* fault: data-race */
    pthread_mutex_unlock(&lock);
    return (void *)(long)time->tm_year; /* fault: data-race */
}
int main(void) {
    pthread_t threads[2];
    time_t when[2] = {86400, 86400L * 365 * 20};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, &when[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
