/* expect: clean */
/* A message is written, then published with release; the reader polls with acquire. */
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
    strcpy(message.text, "the answer");
    message.number = 42;
    atomic_store_explicit(&ready, true, memory_order_release);
    return arg;
}

static void *receiver(void *arg)
{
    while (!atomic_load_explicit(&ready, memory_order_acquire))
        sched_yield();
    printf("%s is %d\n", message.text, message.number);
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
