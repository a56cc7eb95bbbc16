/* expect: clean */
/* The count lives under the object's own mutex; who brings it to zero destroys mutex and object. POSIX allows
   that as soon as the lock was given back, even while an earlier owner is still returning from unlock. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct session {
    pthread_mutex_t mu;
    int users, bytes;
};

static void session_leave(struct session *s, int bytes)
{
    int users;
    pthread_mutex_lock(&s->mu);
    s->bytes += bytes;
    users = --s->users;
    pthread_mutex_unlock(&s->mu);
    if (users == 0) {
        printf("%d bytes\n", s->bytes);
        pthread_mutex_destroy(&s->mu);
        free(s);
    }
}

static void *client(void *arg)
{
    session_leave(arg, 100);
    return NULL;
}

int main(void)
{
    for (int round = 0; round < 5; round++) {
        pthread_t t[3];
        struct session *s = malloc(sizeof *s);
        if (!s || pthread_mutex_init(&s->mu, NULL))
            return 1;
        s->users = 4;
        s->bytes = round;
        for (int i = 0; i < 3; i++)
            if (pthread_create(&t[i], NULL, client, s))
                return 1;
        session_leave(s, 1000);
        for (int i = 0; i < 3; i++)
            pthread_join(t[i], NULL);
    }
    return 0;
}
