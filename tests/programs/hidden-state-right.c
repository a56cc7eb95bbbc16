/* expect: clean */
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <stdlib.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count(char *text) {
    int words = 0;
    pthread_mutex_lock(&lock);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        words++;
    time_t when = 86400;
    words += localtime(&when)->tm_year - 70;
    words += drand48() > 2;
    pthread_mutex_unlock(&lock);
    return words + (getenv("WORDS") == NULL);
}
static void *work(void *text) {
    return (void *)(long)count(text);
}
int main(void) {
    pthread_t threads[2];
    void *words[2];
    char text[2][12] = {"one two", "three"};
    setenv("WORDS", "1", 1);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, text[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], &words[i]);
    setenv("WORDS", "2", 1);
    return words[0] != (void *)2 || words[1] != (void *)1;
}
