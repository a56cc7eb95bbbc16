/* expect: clean */
/* Each thread has a line buffer of its own, made on first use and flushed by the key's destructor. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_key_t key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t total_lock = PTHREAD_MUTEX_INITIALIZER;
static size_t total;
static _Thread_local int calls;

static void flush(void *p)
{
    char *line = p;
    pthread_mutex_lock(&total_lock);
    total += strlen(line);
    pthread_mutex_unlock(&total_lock);
    free(line);
}

static void make_key(void)
{
    if (pthread_key_create(&key, flush) != 0)
        abort();
}

static void say(char c)
{
    pthread_once(&key_once, make_key);
    char *line = pthread_getspecific(key);
    if (line == NULL) {
        line = calloc(1, 32);
        if (line == NULL || pthread_setspecific(key, line) != 0)
            abort();
    }
    if (calls < 31)
        line[calls++] = c;
}

static void *speaker(void *arg)
{
    for (const char *s = arg; *s; s++)
        say(*s);
    return NULL;
}

int main(void)
{
    static char *const texts[] = {"hello", "good day", "hi"};
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, speaker, texts[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    pthread_key_delete(key);
    printf("%zu\n", total);
    return total == 15 ? 0 : 1;
}
