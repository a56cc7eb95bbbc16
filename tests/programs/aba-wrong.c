/* expect: crash */
/* A lock-free free list without tags: the head can be the same cell again, with another one behind it. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define CELLS 3

struct cell {
    struct cell *_Atomic next;
    atomic_int taken;
};

static struct cell cells[CELLS];
static struct cell *_Atomic head;

static struct cell *pop(void)
{
    struct cell *c = atomic_load(&head), *next;
    do {
        if (c == NULL)
            return NULL;
        next = atomic_load(&c->next); /* fault: crash */
    } while (!atomic_compare_exchange_strong(&head, &c, next)); /* fault: crash */
    if (atomic_exchange(&c->taken, 1) != 0)
        abort(); /* fault: crash */
    return c;
}

static void push(struct cell *c)
{
    struct cell *h = atomic_load(&head);
    atomic_store(&c->taken, 0);
    do {
        atomic_store(&c->next, h);
    } while (!atomic_compare_exchange_strong(&head, &h, c));
}

static void *one(void *arg)
{
    struct cell *a = pop();
    struct cell *b = a ? pop() : NULL;
    if (b)
        push(b);
    if (a)
        push(a);
    return arg;
}

static void *two(void *arg)
{
    struct cell *a = pop();
    struct cell *b = a ? pop() : NULL;
    if (a)
        push(a);
    struct cell *c = a ? pop() : NULL;
    if (c)
        push(c);
    if (b)
        push(b);
    return arg;
}

int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < CELLS; i++)
        push(&cells[i]);
    pthread_create(&t[0], NULL, one, NULL);
    pthread_create(&t[1], NULL, two, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    puts("each cell had one owner");
    return 0;
}
