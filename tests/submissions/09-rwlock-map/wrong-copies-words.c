/* Keeps copies of the words, which nobody frees. */
/* verdict: leak */
#include <string.h>

#include "exercise.h"

#include "must.h"

void words_init(struct words *table) {
    must(pthread_rwlock_init(&table->lock, NULL));
    table->count = 0;
}

void words_destroy(struct words *table) {
    must(pthread_rwlock_destroy(&table->lock));
}

/* The caller holds the lock, to read or to write. -1 if the word is not there. */
static int find_locked(const struct words *table, const char *word) {
    for (int i = 0; i < table->count; i++) {
        if (strcmp(table->words[i], word) == 0) {
            return i;
        }
    }
    return -1;
}

int words_number(struct words *table, const char *word) {
    must(pthread_rwlock_rdlock(&table->lock));
    int number = find_locked(table, word);
    must(pthread_rwlock_unlock(&table->lock));
    if (number >= 0) {
        return number;
    }

    must(pthread_rwlock_wrlock(&table->lock));
    number = find_locked(table, word); /* once more: another thread may have added it meanwhile */
    if (number < 0 && table->count < WORDS_MOST) {
        number = table->count;
        table->words[number] = must_alloc(strdup(word));
        table->count = number + 1;
    }
    must(pthread_rwlock_unlock(&table->lock));
    return number;
}

void words_each(struct words *table, void (*visit)(const char *word, int number, void *context),
                void *context) {
    must(pthread_rwlock_rdlock(&table->lock));
    for (int i = 0; i < table->count; i++) {
        visit(table->words[i], i, context);
    }
    must(pthread_rwlock_unlock(&table->lock));
}
