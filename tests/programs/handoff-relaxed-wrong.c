/* expect: data-race */
/* A message is written, then announced by a relaxed store: nothing orders the text before the flag. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct {
    char text[32];
    int number;
} message;
static atomic_bool ready = false;

static void *sender(void *arg)
{
    strcpy(message.text, "the answer"); /* fault: data-race */
    message.number = 42; /* fault: data-race */
    atomic_store_explicit(&ready, true, memory_order_relaxed);
    return arg;
}

static void *receiver(void *arg)
{
    while (!atomic_load_explicit(&ready, memory_order_relaxed))
        sched_yield();
    printf("%s is %d\n", message.text, message.number); /* fault: data-race */
    return arg;
}

int main(void)
{
    pthread_t s, r;
    pthread_create(&r, NULL, receiver, NULL);
    pthread_create(&s, NULL, sender, NULL);
    pthread_join(s, NULL);
    pthread_join(r, NULL);
    return 0;
}
