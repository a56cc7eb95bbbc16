/* expect: clean */
/* Two threads print 8,192 lines of 64 bytes each: one megabyte in all. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void *print(void *letter)
{
    char line[65];
    memset(line, *(const char *)letter, 63);
    line[63] = '\n';
    line[64] = '\0';
    for (int i = 0; i < 8192; i++)
        if (fputs(line, stdout) == EOF)
            return letter;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    void *ra, *rb;
    pthread_create(&a, NULL, print, "a");
    pthread_create(&b, NULL, print, "b");
    pthread_join(a, &ra);
    pthread_join(b, &rb);
    return ra || rb || fflush(stdout) == EOF;
}
