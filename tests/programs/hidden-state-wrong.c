/* expect: data-race */
/* needs: explorer */
#include <pthread.h>
#include <string.h>
static int count(char *text) {
    int words = 0;
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) /* fault: data-race */
        words++;
    return words;
}
static void *work(void *text) {
    return (void *)(long)count(text);
}
int main(void) {
    pthread_t threads[2];
    char text[2][12] = {"one two", "three"};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, text[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
