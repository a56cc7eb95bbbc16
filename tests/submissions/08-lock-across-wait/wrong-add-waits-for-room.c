/* journal_add() waits when there is no room, and so for write(). */
/* verdict: stuck-wait deadlock lock-across-wait */
#include "exercise.h"

#include "must.h"

static void *write_lines(void *argument) {
    struct journal *journal = argument;

    must(pthread_mutex_lock(&journal->lock));
    while (journal->count > 0 || !journal->closing) {
        if (journal->count == 0) {
            must(pthread_cond_wait(&journal->changed, &journal->lock));
            continue;
        }
        int line = journal->lines[0];
        journal->count--;
        must(pthread_cond_broadcast(&journal->changed));
        memmove(journal->lines, journal->lines + 1, sizeof(int) * (size_t)journal->count);
        must(pthread_mutex_unlock(&journal->lock)); /* write() may take long */
        journal->write(line, journal->context);
        must(pthread_mutex_lock(&journal->lock));
    }
    must(pthread_mutex_unlock(&journal->lock));
    return NULL;
}

void journal_open(struct journal *journal, void (*write)(int line, void *context), void *context) {
    must(pthread_mutex_init(&journal->lock, NULL));
    must(pthread_cond_init(&journal->changed, NULL));
    journal->count = 0;
    journal->closing = journal->closed = false;
    journal->write = write;
    journal->context = context;
    must(pthread_create(&journal->writer, NULL, write_lines, journal));
}

bool journal_add(struct journal *journal, int line) {
    must(pthread_mutex_lock(&journal->lock));
    while (!journal->closing && journal->count == JOURNAL_MOST) {
        must(pthread_cond_wait(&journal->changed, &journal->lock));
    }
    bool fits = !journal->closing;
    if (fits) {
        journal->lines[journal->count++] = line;
        must(pthread_cond_broadcast(&journal->changed));
    }
    must(pthread_mutex_unlock(&journal->lock));
    return fits;
}

void journal_close(struct journal *journal) {
    must(pthread_mutex_lock(&journal->lock));
    if (!journal->closing) {
        journal->closing = true;
        must(pthread_cond_broadcast(&journal->changed));
        must(pthread_mutex_unlock(&journal->lock)); /* the writer needs it to end */
        must(pthread_join(journal->writer, NULL));
        must(pthread_mutex_lock(&journal->lock));
        journal->closed = true;
        must(pthread_cond_broadcast(&journal->changed));
    }
    while (!journal->closed) {
        must(pthread_cond_wait(&journal->changed, &journal->lock));
    }
    must(pthread_mutex_unlock(&journal->lock));
}

void journal_destroy(struct journal *journal) {
    must(pthread_cond_destroy(&journal->changed));
    must(pthread_mutex_destroy(&journal->lock));
}
