/*
 * A line is being written while another is added; then two threads close the journal, and one of
 * them has added the last line.
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

/* What the writer alone touches until it has ended. */
static int written;

static void write_line(int line, void *count) {
    int *lines = count;

    check(line == first + *lines, "line %d was written, and it was the turn of line %d", line,
          first + *lines);
    if (line == first) {
        /* The other line is added now. If journal_add() waits for write(), it waits for ever. */
        pthread_barrier_wait(&meeting);
        pthread_barrier_wait(&meeting);
    }
    (*lines)++;
}

static void *close_it(void *unused) {
    journal_close(&journal);
    check(written == 3, "journal_close() returned when %d of 3 lines were written", written);
    return unused;
}

int main(void) {
    pthread_t other;

    first = 1 + (int)drive_number(100);
    must(pthread_barrier_init(&meeting, NULL, 2));
    journal_open(&journal, write_line, &written);
    check(journal_add(&journal, first), "a line could not be added to a new journal");
    pthread_barrier_wait(&meeting); /* inside write() */
    check(journal_add(&journal, first + 1), "no line could be added while another was written");
    pthread_barrier_wait(&meeting);

    check(journal_add(&journal, first + 2), "a line could not be added, and there is room");
    must(pthread_create(&other, NULL, close_it, NULL));
    close_it(NULL);
    must(pthread_join(other, NULL));

    check(!journal_add(&journal, first + 3), "a line was added to a closed journal");
    journal_close(&journal); /* again: nothing happens */
    journal_destroy(&journal);
    must(pthread_barrier_destroy(&meeting));
    drive_done();
    return 0;
}
