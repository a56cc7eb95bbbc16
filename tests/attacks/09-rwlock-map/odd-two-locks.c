/* odd: a second lock among those who add; looks, and asks for the first lock again only when it must */
/* verdict: correct */
#include "exercise.h"

#include <string.h>

#include "must.h"

static pthread_mutex_t adding = PTHREAD_MUTEX_INITIALIZER;

void words_init(struct words *table) {
    must(pthread_rwlock_init(&table->lock, NULL));
    table->count = 0;
}

void words_destroy(struct words *table) {
    must(pthread_rwlock_destroy(&table->lock));
}

static int find_from(const struct words *table, int from, const char *word) {
    return from == table->count ? -1 : strcmp(table->words[from], word) ? find_from(table, from + 1, word) : from;
}

static int find(struct words *table, const char *word) {
    must(pthread_rwlock_rdlock(&table->lock));
    int number = find_from(table, 0, word);
    must(pthread_rwlock_unlock(&table->lock));
    return number;
}

int words_number(struct words *table, const char *word) {
    int number = find(table, word);
    if (number >= 0) {
        return number;
    }
    must(pthread_mutex_lock(&adding));
    number = find(table, word); /* whoever came before may have added it */
    if (number < 0) {
        must(pthread_rwlock_wrlock(&table->lock));
        if (table->count < WORDS_MOST) {
            table->words[number = table->count++] = word;
        }
        must(pthread_rwlock_unlock(&table->lock));
    }
    must(pthread_mutex_unlock(&adding));
    return number;
}

void words_each(struct words *table, void (*visit)(const char *word, int number, void *context),
                void *context) {
    must(pthread_rwlock_rdlock(&table->lock));
    const char **word = table->words, **end = word + table->count;
    while (word < end) {
        visit(*word, (int)(word - table->words), context), word++;
    }
    must(pthread_rwlock_unlock(&table->lock));
}
