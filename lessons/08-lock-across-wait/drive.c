/*
 * A line is being written while others are added, until there is no more room. One more comes when there
 * may be room again, and then three threads close the journal.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

static struct journal journal;
static pthread_barrier_t meeting;
static int first;
static int added; /* not changed when threads close the journal */

/* What the writer alone touches until it has ended. */
static int written;

static void write_line(int line, void *count) {
    int *lines = count;

    check(line == first + *lines, "line %d was written, and it was the turn of line %d", line,
          first + *lines);
    if (line == first) {
        /* The other lines are added now. If journal_add() waits for write(), it waits for ever. */
        pthread_barrier_wait(&meeting);
        pthread_barrier_wait(&meeting);
    }
    (*lines)++;
}

static void *close_it(void *unused) {
    journal_close(&journal);
    check(written == added, "journal_close() returned when %d of %d lines were written", written,
          added);
    return unused;
}

int main(void) {
    pthread_t others[2];

    first = 1 + (int)drive_number(100);
    must(pthread_barrier_init(&meeting, NULL, 2));
    journal_open(&journal, write_line, &written);
    check(journal_add(&journal, first), "a line could not be added to a new journal");
    pthread_barrier_wait(&meeting); /* inside write() */
    for (added = 1; journal_add(&journal, first + added); added++) {
        check(added <= JOURNAL_MOST, "%d lines wait, and there is room for %d", added,
              JOURNAL_MOST);
    }
    check(added > 1, "no line could be added while another was written");
    pthread_barrier_wait(&meeting);
    added += journal_add(&journal, first + added);

    must(pthread_create(&others[0], NULL, close_it, NULL));
    must(pthread_create(&others[1], NULL, close_it, NULL));
    close_it(NULL);
    must(pthread_join(others[0], NULL));
    must(pthread_join(others[1], NULL));

    check(!journal_add(&journal, first), "a line was added to a closed journal");
    journal_close(&journal); /* again: nothing happens */
    journal_destroy(&journal);
    must(pthread_barrier_destroy(&meeting));
    drive_done();
    return 0;
}
