/*
 * Two threads ask for the same new word, and one of them goes through the table before. Then one
 * asks for a word that is there while the other is in the middle of words_each().
 */
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static const char *const vocabulary[] = {"lock", "read", "wait", "write", "yield"};

static struct words table;
static const char *old_word, *new_word, *other_word;
static pthread_barrier_t inside;

static void *ask(void *number) {
    int *mine = number;

    *mine = words_number(&table, new_word);
    return NULL;
}

static void number_fits(const char *word, int number, void *count) {
    int *seen = count;

    check(number == *seen, "word %d was visited as number %d", *seen, number);
    check(number < table.count, "word %d was visited, and there are %d", number, table.count);
    check(number > 0 || strcmp(word, old_word) == 0, "the first word is no longer the first");
    (*seen)++;
}

static void *look_and_ask(void *number) {
    int seen = 0;

    words_each(&table, number_fits, &seen);
    check(words_number(&table, other_word) > 0, "the number of the first word was given again");
    return ask(number);
}

static void meet(const char *word, int number, void *unused) {
    (void)word, (void)unused;

    if (number == 0) { /* the other thread must get its number now, not after words_each() */
        pthread_barrier_wait(&inside);
    }
}

static void *go_through(void *unused) {
    words_each(&table, meet, NULL);
    return unused;
}

static void *ask_meanwhile(void *unused) {
    /* If this waits, it waits for words_each(), which waits for us. */
    check(words_number(&table, old_word) == 0, "the first word has another number than before");
    pthread_barrier_wait(&inside);
    return unused;
}

int main(void) {
    int numbers[2];
    pthread_t threads[2];
    unsigned word = drive_number(5);

    old_word = vocabulary[word];
    new_word = vocabulary[(word + 1) % 5];
    other_word = vocabulary[(word + 2) % 5];
    words_init(&table);
    check(words_number(&table, old_word) == 0, "the first word did not get the number 0");

    must(pthread_create(&threads[0], NULL, ask, &numbers[0]));
    must(pthread_create(&threads[1], NULL, look_and_ask, &numbers[1]));
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
    check(numbers[0] == numbers[1], "the same word got the numbers %d and %d", numbers[0],
          numbers[1]);
    check(words_number(&table, new_word) == numbers[0], "a word has another number than before");
    check(words_number(&table, other_word) == 3 - numbers[0], "two words have the same number");
    int seen = 0;
    words_each(&table, number_fits, &seen);
    check(seen == 3, "there are %d words in the table, and 3 were asked for", seen);

    must(pthread_barrier_init(&inside, NULL, 2));
    must(pthread_create(&threads[0], NULL, go_through, NULL));
    must(pthread_create(&threads[1], NULL, ask_meanwhile, NULL));
    must(pthread_join(threads[0], NULL));
    must(pthread_join(threads[1], NULL));
    must(pthread_barrier_destroy(&inside));

    static char more[WORDS_MOST][8];
    for (int i = 3; i < WORDS_MOST; i++) {
        snprintf(more[i], sizeof more[i], "word %d", i);
        check(words_number(&table, more[i]) == i, "word %d got another number", i);
    }
    check(words_number(&table, "one more") == -1, "a full table took one more word");
    check(words_number(&table, new_word) == numbers[0],
          "in a full table a word was not found any more");
    words_destroy(&table);
    /* Copies of words that are still there are lost now: a leak. */
    memset(table.words, 0, sizeof table.words);
    drive_done();
    return 0;
}
