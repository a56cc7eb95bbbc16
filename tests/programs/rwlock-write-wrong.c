/* expect: data-race */
/* lookup() keeps a hit counter up to date, under the read lock only. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct entry { const char *name; int value; unsigned hits; };

static struct entry table[] = {{"one", 1, 0}, {"two", 2, 0}, {"three", 3, 0}};
static pthread_rwlock_t table_lock = PTHREAD_RWLOCK_INITIALIZER;

static int lookup(const char *name)
{
    int value = -1;
    pthread_rwlock_rdlock(&table_lock);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].name, name) == 0) {
            table[i].hits++; /* fault: data-race */
            value = table[i].value;
        }
    }
    pthread_rwlock_unlock(&table_lock);
    return value;
}

static void *reader(void *name)
{
    for (int i = 0; i < 1000; i++)
        lookup(name);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, reader, "two");
    pthread_create(&b, NULL, reader, "two");
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", lookup("three"));
    return 0;
}
