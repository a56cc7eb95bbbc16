/* expect: clean */
/* The writer closes its end, and the reader sees the end of file. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int ends[2];

static void *reader(void *arg)
{
    char buf[64];
    long total = 0;
    ssize_t n;
    (void)arg;
    while ((n = read(ends[0], buf, sizeof buf)) > 0)
        total += n;
    return (void *)total;
}

int main(void)
{
    pthread_t t;
    void *total;
    const char *text[] = {"one", "two", "three"};

    if (pipe(ends) != 0)
        return 1;
    if (pthread_create(&t, NULL, reader, NULL) != 0)
        return 1;
    for (int i = 0; i < 3; i++)
        if (write(ends[1], text[i], strlen(text[i])) < 0)
            return 1;
    close(ends[1]);
    pthread_join(t, &total);
    close(ends[0]);
    printf("%ld bytes\n", (long)total);
    return 0;
}
