/* expect: use-after-free|data-race */
/* main frees the message as soon as the thread was started, not when it is done. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t measure(const char *s)
{
    size_t n = 0;
    while (s[n] != '\0') /* fault: use-after-free|data-race */
        n++;
    return n;
}

static void *reader(void *arg)
{
    usleep(50000);
    return (void *)measure(arg);
}

int main(void)
{
    pthread_t t;
    void *n;
    char *message = malloc(40);

    if (message == NULL)
        return 1;
    strcpy(message, "nothing lasts");
    pthread_create(&t, NULL, reader, message);
    free(message); /* fault: use-after-free|data-race */
    pthread_join(t, &n);
    printf("%s\n", n == NULL ? "empty" : "some");
    return 0;
}
