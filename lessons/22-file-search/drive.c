/*
 * Surveys two texts. The counts of the two meet at a barrier: each waits there until the other has
 * begun as well. Then three texts without a word, of which no more than two are counted at a time.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { TEXTS = 2 };

static pthread_barrier_t both_count;
static char texts[TEXTS][2] = {"a", "b"}; /* what they say does not matter, their place does */
static int words[TEXTS];                  /* set before any thread is there */
static atomic_int times[TEXTS];           /* how often each was counted */

static int count_words(const char *text) {
    int result = pthread_barrier_wait(&both_count);
    check(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD, "the barrier does not work");
    int which = text == texts[0] ? 0 : 1;
    atomic_fetch_add(&times[which], 1);
    return words[which];
}

static atomic_int counting, counted;

static int count_none(const char *text) {
    (void)text;
    int now = atomic_fetch_add(&counting, 1) + 1;
    check(now <= 2, "%d texts are counted at the same time, by two workers", now);
    atomic_fetch_sub(&counting, 1);
    atomic_fetch_add(&counted, 1);
    return 0;
}

int main(void) {
    int longest = (int)drive_number(TEXTS);
    words[longest] = 501 + (int)drive_number(500);
    words[1 - longest] = 1 + (int)drive_number(500);

    must(pthread_barrier_init(&both_count, NULL, TEXTS));
    struct report report = survey((const char *const[]){texts[0], texts[1]}, TEXTS, count_words);
    for (int i = 0; i < TEXTS; i++) {
        check(times[i] == 1, "a text was counted %d times, and not once", times[i]);
    }
    check(report.words == words[0] + words[1], "texts of %d and %d words have %d, says the report",
          words[0], words[1], report.words);
    check(report.longest_words == words[longest],
          "the longest of two texts has %d words; the report says %d", words[longest],
          report.longest_words);
    check(report.longest == texts[longest], "the report names a text that is not the longest");
    must(pthread_barrier_destroy(&both_count));

    report = survey((const char *const[]){texts[0], texts[1], texts[0]}, 3, count_none);
    check(report.words == 0 && report.longest_words == 0, "three texts without a word have %d",
          report.words);
    check(report.longest == NULL, "no text has a word, and the report names a longest one");
    check(counted == 3, "of three texts, %d were counted", counted);
    drive_done();
    return 0;
}
