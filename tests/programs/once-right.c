/* expect: clean */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_once_t config_once = PTHREAD_ONCE_INIT;
static char *config_path;
static int config_level;

static void config_load(void)
{
    const char *level = getenv("NO_SUCH_LEVEL");
    config_path = malloc(64);
    if (config_path == NULL)
        abort();
    snprintf(config_path, 64, "/etc/%s.conf", "example");
    config_level = level ? atoi(level) : 3;
}

static const char *config(int *level)
{
    pthread_once(&config_once, config_load);
    *level = config_level;
    return config_path;
}

static void *user(void *arg)
{
    int level;
    const char *path = config(&level);
    *(int *)arg = level + (path[0] == '/');
    return NULL;
}

int main(void)
{
    pthread_t t[4];
    int seen[4], level;
    for (int i = 0; i < 4; i++)
        if (pthread_create(&t[i], NULL, user, &seen[i]))
            return 2;
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], NULL);
        if (seen[i] != 4)
            return 1;
    }
    printf("%s\n", config(&level));
    free(config_path);
    return 0;
}
