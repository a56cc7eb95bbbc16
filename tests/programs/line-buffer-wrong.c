/* expect: data-race */
/* needs: explorer */
#include <pthread.h>
#include <stdio.h>
static char line[64];
static int lines[2];
static void *reader(void *count) {
    FILE *file = fopen("/etc/passwd", "r");
    while (fgets(line, sizeof line, file)) /* fault: data-race */
        ++*(int *)count;
    fclose(file);
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, reader, &lines[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return lines[0] != lines[1];
}
