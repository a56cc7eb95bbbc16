/* expect: clean */
/* Pairs of heap mutexes come and go at the same addresses; each pair has one order, but not always the same. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct pair { pthread_mutex_t lo, hi; int v; };
struct use { struct pair *p; int flip; };

static void *user(void *arg)
{
    struct use *u = arg;
    pthread_mutex_t *first = u->flip ? &u->p->hi : &u->p->lo;
    pthread_mutex_t *second = u->flip ? &u->p->lo : &u->p->hi;
    for (int i = 0; i < 10; i++) {
        pthread_mutex_lock(first);
        pthread_mutex_lock(second);
        u->p->v++;
        pthread_mutex_unlock(second);
        pthread_mutex_unlock(first);
    }
    return NULL;
}

int main(void)
{
    int total = 0;
    for (int round = 0; round < 6; round++) {
        struct use u = {malloc(sizeof(struct pair)), round & 1};
        pthread_t t[2];
        if (u.p == NULL)
            return 1;
        pthread_mutex_init(&u.p->lo, NULL);
        pthread_mutex_init(&u.p->hi, NULL);
        u.p->v = 0;
        for (int i = 0; i < 2; i++)
            pthread_create(&t[i], NULL, user, &u);
        for (int i = 0; i < 2; i++)
            pthread_join(t[i], NULL);
        total += u.p->v;
        pthread_mutex_destroy(&u.p->hi);
        pthread_mutex_destroy(&u.p->lo);
        free(u.p);
    }
    printf("%d\n", total);
    return 0;
}
