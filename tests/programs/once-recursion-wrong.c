/* expect: stuck-wait|deadlock|double-lock */
/* The initialiser of a pthread_once_t asks for what it is about to make. */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int level;

static void init(void);

static int get_level(void)
{
    pthread_once(&once, init); /* fault: stuck-wait|deadlock|double-lock */
    return level;
}

static void init(void)
{
    level = 1;
    if (get_level() > 0) /* fault: stuck-wait|deadlock|double-lock */
        level = 2;
}

static void *user(void *arg)
{
    *(int *)arg = get_level();
    return NULL;
}

int main(void)
{
    pthread_t t;
    int l = 0;
    pthread_create(&t, NULL, user, &l);
    pthread_join(t, NULL);
    printf("%d\n", l);
    return 0;
}
