/* expect: crash|undefined-behaviour */
/* The lookup may fail, and the thread does not ask whether it did. */
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct user { const char *name; int age; };

static const struct user users[] = {{"ann", 31}, {"bob", 42}};

static const struct user *find(const char *name)
{
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        if (strcmp(users[i].name, name) == 0)
            return &users[i];
    return NULL;
}

static void *age(void *name)
{
    const struct user *u = find(name);
    return (void *)(long)u->age; /* fault: crash|undefined-behaviour */
}

int main(void)
{
    pthread_t t[3];
    char *names[3] = {"ann", "bob", "eve"};
    long sum = 0;
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, age, names[i]);
    for (int i = 0; i < 3; i++) {
        void *r;
        pthread_join(t[i], &r);
        sum += (long)r;
    }
    printf("%ld\n", sum);
    return 0;
}
