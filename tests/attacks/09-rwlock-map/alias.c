/* attack: a function of the file gets the name of a hook as its second name */
/* verdict: refused */
/* behind the gate: data-race wrong-result */
#include <string.h>

#include "exercise.h"

#include "must.h"

void nothing(void *report);
void nothing(void *report) {
    (void)report;
}
void __tsan_on_report(void *report) __attribute__((alias("nothing")));

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
    if (number < 0 && table->count < WORDS_MOST) {
        number = table->count;
        table->words[number] = word;
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
