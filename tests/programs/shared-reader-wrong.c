/* expect: crash */
/* needs: explorer */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
static FILE *in;
static void *reader(void *unused) {
    while (!feof(in)) {
        int c = getc(in);
        if (c == EOF) /* the other one has read the last */
            break;
        int d = getc(in); /* pairs belong together */
        if (c != 'a' || d != 'b')
            abort(); /* fault: crash */
    }
    return unused;
}
int main(void) {
    pthread_t threads[2];
    in = tmpfile();
    fputs("ababab", in);
    rewind(in);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, reader, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    fclose(in);
    return 0;
}
