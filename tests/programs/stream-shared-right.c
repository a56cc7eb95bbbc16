/* expect: clean */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
static FILE *out;
static void *writer(void *name) {
    for (int i = 0; i < 2; i++) {
        flockfile(out);
        fputs(name, out);
        fputs(" 1\n", out);
        funlockfile(out);
    }
    return NULL;
}
int main(void) {
    pthread_t threads[2];
    char line[32];
    int lines = 0;
    out = tmpfile();
    pthread_create(&threads[0], NULL, writer, "one");
    pthread_create(&threads[1], NULL, writer, "two");
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    rewind(out);
    while (fgets(line, sizeof line, out))
        lines += strlen(line) == 6;
    fclose(out);
    return lines != 4;
}
