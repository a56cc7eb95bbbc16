/* expect: undefined-behaviour */
/* Two hashing threads, one signed overflow. */
#include <pthread.h>
#include <stdio.h>

static void *hash(void *arg)
{
    const char *s = arg;
    int h = 17;
    for (; *s; s++)
        h = h * 31 + *s; /* fault: undefined-behaviour */
    return (void *)(long)(h & 0xff);
}

int main(void)
{
    pthread_t a, b;
    void *ha, *hb;
    pthread_create(&a, NULL, hash, "a rather long sentence");
    pthread_create(&b, NULL, hash, "abc");
    pthread_join(a, &ha);
    pthread_join(b, &hb);
    printf("%d\n", ha != hb);
    return 0;
}
