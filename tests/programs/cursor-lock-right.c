/* expect: clean */
/* A lock taken in cursor_open() and released in cursor_close(); early returns on the way. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct book {
    pthread_mutex_t mu;
    char pages[10][24];
    int used;
};

struct cursor {
    struct book *book;
    int page;
};

static bool cursor_open(struct cursor *c, struct book *b, int page)
{
    pthread_mutex_lock(&b->mu);
    if (page >= b->used) {
        pthread_mutex_unlock(&b->mu);
        return false;
    }
    c->book = b;
    c->page = page;
    return true;
}

static void cursor_close(struct cursor *c)
{
    pthread_mutex_unlock(&c->book->mu);
    c->book = NULL;
}

static struct book book = {.mu = PTHREAD_MUTEX_INITIALIZER, .pages = {"once", "upon", "a time"}, .used = 3};

static void *editor(void *mark)
{
    for (int i = 0; i < 10; i++) {
        struct cursor c;
        if (!cursor_open(&c, &book, i))
            continue;
        char *p = c.book->pages[c.page];
        if (strlen(p) < 20)
            strcat(p, mark);
        cursor_close(&c);
    }
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    struct cursor c;
    pthread_create(&a, NULL, editor, "!");
    pthread_create(&b, NULL, editor, "!");
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    for (int i = 0; cursor_open(&c, &book, i); i++) {
        puts(c.book->pages[i]);
        cursor_close(&c);
    }
    return 0;
}
